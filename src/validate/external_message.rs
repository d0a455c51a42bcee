//! The wall inside of a postmortem: the one section that may be published must end where its author sees it end.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::markdown::{self, Doubt};
use crate::model::SectionKind;

/// Reports the first thing below "External message" after which internal text would be published.
pub(super) fn check(document: &Document, sections: &[markdown::Section<'_>]) {
    let mut messages =
        sections.iter().filter(|section| SectionKind::of(&section.heading) == SectionKind::ExternalMessage);
    let Some(section) = messages.next() else { return };
    if let Some(second) = messages.next() {
        let message = format!("`{}` is a second section that customers would be told", second.heading.trim());
        let before = &document.body()[..second.at];
        let line = before.trim_end().rfind('\n').map_or(0, |end| end + 1);
        report(document, line..second.at, message, "keep one of the two, and give the other another heading");
    }
    let found = markdown::doubts(section.body).into_iter();
    let mut doubts = found.filter(|(_, doubt, words)| *doubt != Doubt::Words || is_internal(words));
    if let Some((at, doubt, _)) = doubts.next() {
        let (message, help) = explain(doubt, section.body[at.clone()].trim());
        report(document, section.at + at.start..section.at + at.end, message, help);
    }
}

/// Whether a section of this name is for the wiki alone.
fn is_internal(words: &str) -> bool {
    !matches!(SectionKind::of(words), SectionKind::Other | SectionKind::ExternalMessage)
}

fn report(document: &Document, at: std::ops::Range<usize>, message: String, help: &str) {
    document.report(Diagnostic::error(Code::SectionEnd, message).at(document.place_in_body(at)).help(help));
}

fn explain(doubt: Doubt, line: &str) -> (String, &'static str) {
    let below = "so what is below it would be told to customers as well";
    let unread = |why: &str| format!("`{line}` {why}, {below}");
    match doubt {
        Doubt::OpenCode => (
            "the code that opens here is not closed, so the sections below it would be told to customers".to_owned(),
            "put a line with the same marks after its last line",
        ),
        Doubt::OpenHtml => (
            "the comment or HTML that opens here is not closed, so this section may not end where it seems".to_owned(),
            "put `-->` after the comment, or write it in Markdown",
        ),
        Doubt::InCode => (
            unread("stands in code and is no heading there"),
            "close the code above it; if it is code, tell customers without it",
        ),
        Doubt::Indented => (unread("is code because of its indent"), "begin a heading at the beginning of the line"),
        Doubt::Nested => (
            unread("stands in a list, a quotation or a table, and does not end the section"),
            "begin a heading at the beginning of the line, with an empty line above it",
        ),
        Doubt::InHtml => (
            unread("stands in HTML or a comment and is no heading there"),
            "close the comment above it, or write `## ` and the words at the beginning of a line",
        ),
        Doubt::Unread => (
            unread("looks like a heading and is none"),
            "write `## ` and the words at the beginning of a line of its own; otherwise begin the line with a word",
        ),
        Doubt::Words => (
            unread("names a section of the postmortem, but is no heading of the second level"),
            "write it as `## …` if the section begins here; otherwise say it in other words",
        ),
    }
}
