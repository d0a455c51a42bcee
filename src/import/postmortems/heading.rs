//! Which of Candor's sections a heading means, in any of the languages that [`SectionKind::of`] knows, or as the
//! user says.

use std::collections::BTreeMap;

use crate::model::SectionKind;

/// What a heading stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeadingMeaning {
    /// A section that keeps its text.
    Section(SectionKind),
    /// Who took part.
    People,
    /// Figures: durations that the authors state.
    Stats,
    /// Labelled times.
    Events,
    /// Something that Candor has no name for.
    Other,
}

const PEOPLE: [&str; 8] =
    ["attendees", "atendees", "attendee", "participants", "responders", "teilnehmer", "beteiligte", "participantes"];
const STATS: [&str; 3] = ["stats", "statistics", "metrics"];

/// Headings of the user's own, in small letters, and what each of them stands for.
#[derive(Clone, Debug, Default)]
pub struct Headings(BTreeMap<String, SectionKind>);

impl Headings {
    /// Adds a heading and the section that it stands for, both as people write them; whether there is such a
    /// section.
    pub fn add(&mut self, heading: &str, section: &str) -> bool {
        let kind = SectionKind::of(section);
        let is_known = kind != SectionKind::Other;
        if is_known {
            self.0.insert(folded(heading), kind);
        }
        is_known
    }

    /// What a heading means.
    pub(super) fn kind(&self, heading: &str) -> HeadingMeaning {
        let plain = plain(heading);
        let own = self.own(heading);
        match (own, SectionKind::of(heading)) {
            (Some(kind), _) => HeadingMeaning::Section(kind),
            (None, _) if PEOPLE.contains(&plain.as_str()) => HeadingMeaning::People,
            (None, _) if STATS.contains(&plain.as_str()) => HeadingMeaning::Stats,
            (None, _) if plain == "key events" => HeadingMeaning::Events,
            (None, SectionKind::Other) => HeadingMeaning::Other,
            (None, kind) => HeadingMeaning::Section(kind),
        }
    }

    /// The heading as it is written: its own words, behind the section's name where only the user knows it.
    pub(super) fn written(&self, heading: &str) -> String {
        let own = self.own(heading).filter(|kind| SectionKind::of(heading) != *kind);
        own.map_or_else(|| heading.to_owned(), |kind| format!("{} ({heading})", name(kind)))
    }

    fn own(&self, heading: &str) -> Option<SectionKind> {
        self.0.get(&folded(heading)).copied()
    }
}

/// Whether a heading within another section is one of Candor's, which stands alone.
pub(super) fn is_raised(kind: HeadingMeaning) -> bool {
    matches!(kind, HeadingMeaning::Section(SectionKind::WentWell | SectionKind::WentPoorly | SectionKind::Lucky))
}

/// A section's name as a heading: `Contributing factors`.
pub(super) fn name(kind: SectionKind) -> String {
    let word = kind.word();
    let (first, rest) = word.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

fn folded(heading: &str) -> String {
    heading.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches(':').to_lowercase()
}

/// In small letters, without emphasis, punctuation at its end and what is added in parentheses.
fn plain(heading: &str) -> String {
    let text = heading.replace(['*', '_'], "");
    let text = text.trim().trim_end_matches([':', '.']);
    let text = text.split_once(" (").filter(|(_, inner)| inner.ends_with(')')).map_or(text, |(before, _)| before);
    text.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_many_names() {
        let kind = |heading| Headings::default().kind(heading);
        assert_eq!(kind("Contributing Factors (findings)"), HeadingMeaning::Section(SectionKind::Factors));
        assert_eq!(kind("Atendees"), HeadingMeaning::People);
        assert_eq!(kind("**Timeline** (all times UTC)"), HeadingMeaning::Section(SectionKind::Timeline));
        assert_eq!(kind("What didn\u{2019}t go well:"), HeadingMeaning::Section(SectionKind::WentPoorly));
        assert_eq!(kind("Stats"), HeadingMeaning::Stats);
        assert_eq!(kind("Reflections"), HeadingMeaning::Other);
        assert!(is_raised(kind("What went wrong")) && !is_raised(kind("Summary")));
    }

    #[test]
    fn headings_of_ones_own_keep_their_words() {
        let mut own = Headings::default();
        assert!(own.add("Was los war", "Summary") && !own.add("Anderes", "Nothing of ours"));
        assert_eq!(own.kind("was  los war:"), HeadingMeaning::Section(SectionKind::Summary));
        assert_eq!(own.written("Was los war"), "Summary (Was los war)");
        assert_eq!(SectionKind::of("Summary (Was los war)"), SectionKind::Summary);
        assert_eq!(own.written("Überblick"), "Überblick");
    }
}
