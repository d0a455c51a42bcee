//! What the headings of postmortems mean, in the languages in which teams write them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{SectionKind, Vocabulary};

/// Every name, and what it stands for.
static NAMES: LazyLock<BTreeMap<&str, SectionKind>> = LazyLock::new(|| names().collect());

/// What `headings.txt` says, name by name.
fn names() -> impl Iterator<Item = (&'static str, SectionKind)> {
    let lines = include_str!("headings.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let kinds = lines.scan(SectionKind::Other, |kind, line| {
        let section = (!line.starts_with(' ')).then_some(line);
        *kind = section.and_then(SectionKind::from_word).unwrap_or(*kind);
        Some((*kind, if section.is_some() { "" } else { line }))
    });
    let each = kinds.flat_map(|(kind, line)| line.split('|').map(move |name| (name.trim(), kind)));
    each.filter(|(name, _)| !name.is_empty())
}

impl SectionKind {
    /// What a heading stands for, whatever numbers, pictographs or brackets are around its words.
    pub fn of(heading: &str) -> SectionKind {
        let folded = heading.replace(['*', '_', '`', '#'], "").replace('\u{2019}', "'").to_lowercase();
        let whole = trimmed(&folded);
        // What may be told to everybody is told by no more than these very words.
        let is_safe = |kind: &SectionKind| *kind != SectionKind::ExternalMessage;
        let read = || readings(&folded).iter().find_map(|reading| named(reading).filter(is_safe));
        named(&whole).or_else(read).unwrap_or(SectionKind::Other)
    }
}

fn named(reading: &str) -> Option<SectionKind> {
    let asked = || NAMES.get(reading.trim_start_matches('¿').trim_end_matches('?').trim_end());
    NAMES.get(reading).or_else(asked).copied()
}

/// The ways in which parts of a heading can be read: before its brackets, inside them, on each side of a stroke.
fn readings(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Some((before, rest)) = text.split_once(['(', '（']) {
        found.push(trimmed(before));
        found.extend(rest.split_once([')', '）']).map(|(inside, _)| trimmed(inside)));
    }
    found.extend(text.split_once(" / ").into_iter().flat_map(|(left, right)| [trimmed(left), trimmed(right)]));
    found
}

/// Without numbers, pictographs and marks around it, and without its article.
fn trimmed(text: &str) -> String {
    let is_around = |c: char| !c.is_alphabetic() && !"?¿!".contains(c);
    let text = text.trim_start_matches(|c: char| is_around(c) || c == '?' || c == '!');
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric() && !"?)".contains(c)).trim();
    text.strip_prefix("the ").unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_many_languages_and_shapes() {
        for (heading, kind) in [
            ("Summary", SectionKind::Summary),
            ("Issue Summary", SectionKind::Summary),
            ("1. Zusammenfassung:", SectionKind::Summary),
            ("\u{1f4dd} Resumen Ejecutivo", SectionKind::Summary),
            ("\u{30b5}\u{30de}\u{30ea}\u{30fc}", SectionKind::Summary),
            ("\u{5f71}\u{97ff}\u{ff08}Impact\u{ff09}", SectionKind::Impact),
            ("**Timeline** (all times UTC)", SectionKind::Timeline),
            ("Timeline (all times PST) 01/07/2020 - 01/09/2020", SectionKind::Timeline),
            ("Chronologie / Timeline", SectionKind::Timeline),
            ("Root Cause(s)", SectionKind::Factors),
            ("What didn\u{2019}t go well?", SectionKind::WentPoorly),
            ("What didn\u{2019}t go well", SectionKind::WentPoorly),
            ("Why were we surprised?", SectionKind::Surprised),
            ("The External Message", SectionKind::ExternalMessage),
            ("Draft (external message)", SectionKind::Other),
            ("How it all began", SectionKind::Other),
            ("", SectionKind::Other),
        ] {
            assert_eq!(SectionKind::of(heading), kind, "{heading}");
        }
    }

    #[test]
    fn no_heading_stands_for_two_sections() {
        let mut all: Vec<(&str, SectionKind)> = names().collect();
        assert!(all.len() > 300 && all.iter().all(|(_, kind)| *kind != SectionKind::Other));
        all.sort();
        all.dedup();
        let twice: Vec<_> = all.windows(2).filter(|pair| pair[0].0 == pair[1].0).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }
}
