//! Which of Candor's headings a heading means.

/// What a heading stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A section that keeps its text under this name.
    Named(&'static str),
    /// The rows of what happened when.
    Timeline,
    /// What contributed.
    Factors,
    /// What is to be done.
    Actions,
    /// Who took part.
    People,
    /// Figures.
    Stats,
    /// Something that Candor has no name for.
    Other,
}

/// Candor's name for a timeline.
pub(super) const TIMELINE: &str = "Timeline";
/// Candor's name for what contributed.
pub(super) const FACTORS: &str = "Contributing factors";
/// Candor's name for what is to be done.
pub(super) const ACTIONS: &str = "Action items";
/// Candor's name for figures and proofs.
pub(super) const DATA: &str = "Supporting data";

const NAMES: [(&str, &[&str]); 12] = [
    ("Summary", &["summary", "tl;dr", "overview", "executive summary", "incident summary"]),
    ("Impact", &["impact", "user impact", "customer impact"]),
    ("Detection", &["detection", "identified"]),
    ("Response", &["response"]),
    ("Resolution", &["resolution"]),
    ("What went well", &["what went well"]),
    ("What went poorly", &["what went poorly", "what went wrong", "what didn't go well", "what did not go well"]),
    ("Where we got lucky", &["where we got lucky", "we got lucky"]),
    ("Why were we surprised?", &["why were we surprised", "why were we surprised?"]),
    ("Lessons", &["lessons", "lessons learned", "lessons learnt", "learnings"]),
    ("External message", &["external message"]),
    (DATA, &["supporting data", "supporting information"]),
];

const TIMELINES: [&str; 3] = ["timeline", "timeline of events", "incident timeline"];
const FACTOR_LISTS: [&str; 6] =
    ["contributing factors", "contributing factor", "root cause", "root causes", "causes", "root causes and trigger"];
const ACTION_LISTS: [&str; 6] =
    ["action items", "actions", "review actions", "corrective actions", "follow-up actions", "follow-ups"];
const PEOPLE: [&str; 5] = ["attendees", "atendees", "attendee", "participants", "responders"];
const STATS: [&str; 3] = ["stats", "statistics", "metrics"];

/// What a heading means.
pub(super) fn kind(heading: &str) -> Kind {
    let plain = plain(heading);
    let is_one_of = |list: &[&str]| list.contains(&plain.as_str());
    if is_one_of(&TIMELINES) {
        Kind::Timeline
    } else if is_one_of(&FACTOR_LISTS) {
        Kind::Factors
    } else if is_one_of(&ACTION_LISTS) {
        Kind::Actions
    } else if is_one_of(&PEOPLE) {
        Kind::People
    } else if is_one_of(&STATS) {
        Kind::Stats
    } else {
        NAMES.iter().find(|(_, names)| is_one_of(names)).map_or(Kind::Other, |(name, _)| Kind::Named(name))
    }
}

/// Whether a heading within another section is one of Candor's, which stands alone.
pub(super) fn is_raised(heading: &str) -> bool {
    matches!(kind(heading), Kind::Named("What went well" | "What went poorly" | "Where we got lucky"))
}

/// The heading that Candor writes for it.
pub(super) fn written(heading: &str) -> &str {
    match kind(heading) {
        Kind::Named(name) => name,
        Kind::Timeline => TIMELINE,
        Kind::Factors => FACTORS,
        Kind::Actions => ACTIONS,
        Kind::Stats => DATA,
        Kind::People | Kind::Other => heading,
    }
}

/// In small letters, without emphasis, punctuation at its end and what is added in parentheses.
fn plain(heading: &str) -> String {
    let text = heading.replace(['*', '_'], "").replace('\u{2019}', "'");
    let text = text.trim().trim_end_matches([':', '.']);
    let text = match text.rsplit_once(" (") {
        Some((before, inner)) if inner.ends_with(')') => before,
        _ => text,
    };
    text.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_many_names() {
        assert_eq!(kind("Contributing Factors (findings)"), Kind::Factors);
        assert_eq!(kind("Atendees"), Kind::People);
        assert_eq!(kind("**Timeline** (all times UTC)"), Kind::Timeline);
        assert_eq!(kind("What didn\u{2019}t go well:"), Kind::Named("What went poorly"));
        assert_eq!(kind("Reflections"), Kind::Other);
        assert_eq!(written("Lessons Learned"), "Lessons");
        assert!(is_raised("What went wrong") && !is_raised("Summary"));
    }
}
