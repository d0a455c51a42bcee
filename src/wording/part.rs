//! The parts of a postmortem, as far as the rules differ between them.

use crate::diagnostic::Severity;

/// What a sentence is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostmortemPart {
    /// What happened and whom it hurt: facts alone.
    Facts,
    /// What happened when.
    Timeline,
    /// What was learned; here one may ask what would have been.
    Lessons,
    /// What is to be done.
    Actions,
    /// Who took part.
    People,
    /// Anything else.
    Other,
}

/// Beginnings of headings.
const HEADINGS: &[(PostmortemPart, &[&str])] = &[
    (PostmortemPart::Facts, &["summary", "impact", "overview", "what happened", "executive summary"]),
    (PostmortemPart::Timeline, &["timeline", "chronology"]),
    (
        PostmortemPart::Lessons,
        &[
            "lesson",
            "learning",
            "what went",
            "what we learned",
            "where we got",
            "where did we get",
            "why were we",
            "what could have",
            "what did we learn",
            "takeaway",
            "retrospective",
        ],
    ),
    (
        PostmortemPart::Actions,
        &[
            "action",
            "next step",
            "follow",
            "remediation",
            "recommendation",
            "prevention",
            "preventive",
            "what will",
            "what we will",
            "what are we",
            "corrective",
            "improvement",
        ],
    ),
    (PostmortemPart::People, &["attendee", "atendee", "participant", "people", "responder", "authors", "present"]),
    (
        PostmortemPart::Other,
        &[
            "contributing",
            "factor",
            "root cause",
            "cause",
            "trigger",
            "detection",
            "response",
            "resolution",
            "recovery",
            "external",
            "message",
            "supporting",
            "appendix",
            "background",
            "stats",
        ],
    ),
];

impl PostmortemPart {
    /// What the innermost heading that is known stands for.
    pub(super) fn under(headings: &[String]) -> Option<PostmortemPart> {
        headings.iter().rev().find_map(|heading| PostmortemPart::of(heading))
    }

    fn of(heading: &str) -> Option<PostmortemPart> {
        let heading = heading.trim().to_lowercase();
        let heading = heading.strip_prefix("the ").unwrap_or(&heading);
        let is_meant = |words: &&(PostmortemPart, &[&str])| words.1.iter().any(|word| heading.starts_with(word));
        HEADINGS.iter().find(is_meant).map(|(part, _)| *part)
    }

    /// How a name is taken here, if it is worth a word at all.
    pub(super) fn severity_of_names(self) -> Option<Severity> {
        match self {
            PostmortemPart::People => None,
            PostmortemPart::Timeline => Some(Severity::Note),
            _ => Some(Severity::Warning),
        }
    }
}
