//! What an import has to say, by kind and the worst first: for the terminal in a line a kind, for `IMPORT.md` with every
//! place.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::Regex;

use super::{Imported, Note, Weight};

/// Notes that say the same of different things.
pub struct NoteKind<'n> {
    /// How much depends on it.
    pub weight: Weight,
    /// All of them, by file and line.
    pub notes: Vec<&'n Note>,
}

/// What differs between notes of a kind: names in backticks, numbers, words of the source in parentheses.
static DIFFERENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"`[^`]*`(?:, `[^`]*`)*|\([^)]*\)|\d[\d:., -]*").expect("a fixed pattern"));

/// Notes by their kind, the worst first, then those of which there are most.
pub fn kinds(notes: &[Note]) -> Vec<NoteKind<'_>> {
    let mut found: BTreeMap<(Weight, String), Vec<&Note>> = BTreeMap::new();
    for note in notes {
        // An entry of a list is named before what is said of it.
        let said = note
            .message
            .strip_prefix('`')
            .and_then(|rest| rest.split_once("`: "))
            .map_or(&*note.message, |(_, said)| said);
        let kind = DIFFERENT.replace_all(said, "…").into_owned();
        found.entry((note.weight, kind)).or_default().push(note);
    }
    let mut kinds: Vec<NoteKind<'_>> =
        found.into_iter().map(|((weight, _), notes)| NoteKind { weight, notes }).collect();
    kinds.sort_by_key(|kind| (kind.weight, std::cmp::Reverse(kind.notes.len())));
    kinds
}

impl NoteKind<'_> {
    /// One line: the first place, what it says, and how many more there are.
    pub fn line(&self) -> String {
        let more = match self.notes.len() {
            1 => String::new(),
            2 => " (and 1 more like it)".to_owned(),
            count => format!(" (and {} more like it)", count - 1),
        };
        self.notes.first().map_or_else(String::new, |first| format!("{}: {}{more}\n", place(first), first.message))
    }
}

/// `path:line`
pub(super) fn place(note: &Note) -> String {
    note.line.map_or_else(|| note.path.clone(), |line| format!("{}:{line}", note.path))
}

/// How much was read and written, in two lines.
pub fn totals(imported: &Imported) -> String {
    let summary = &imported.summary;
    if summary.postmortems > 0 {
        return format!("{} postmortems, {} notes", summary.postmortems, imported.notes.len());
    }
    format!(
        "{} entries read: {} incidents, {} maintenance, {} announcements, {} set aside as internal pages\n\
         {} components, {} pages, {} static files, {} updates reordered, {} notes",
        summary.entries,
        summary.incidents,
        summary.maintenance,
        summary.announcements,
        summary.set_aside,
        summary.components,
        summary.pages,
        summary.static_files,
        summary.reordered,
        imported.notes.len()
    )
}

/// Each weight, what its notes are about.
const HEADINGS: [(Weight, &str); 4] = [
    (Weight::Text, "Texts and files that are not where they were"),
    (Weight::Time, "Times that are not known, or doubtful"),
    (Weight::Decision, "What could have been read another way"),
    (Weight::Kept, "What is kept as a comment"),
];

/// `IMPORT.md`: what was taken, what is doubtful with its place, and what to do next.
pub(super) fn markdown(system: &str, imported: &Imported) -> Vec<u8> {
    let mut text = format!(
        "# Import: {system}\n\nWritten by `candor import {system}`. It is about this folder, is not published, and may be deleted.\n\n\
         ## What was taken\n\n{}\n\n## What to do next\n\n\
         1. Read what is listed below, the first headings first, and correct the files under `content/`.\n\
         2. Run `candor check` and `candor build`, and compare some pages with the old site.\n\
         3. Import again if the old site has changed: files that you touched are left alone.\n",
        totals(imported).replace('\n', "  \n")
    );
    let kinds = kinds(&imported.notes);
    for (weight, heading) in HEADINGS {
        let mut of_weight = kinds.iter().filter(|kind| kind.weight == weight).peekable();
        if of_weight.peek().is_some() {
            let _ = write!(text, "\n## {heading}\n");
        }
        for kind in of_weight {
            let _ = write!(text, "\n{}\n\n", counted(kind.notes.len()));
            for note in &kind.notes {
                text.push_str(&item(note));
            }
        }
    }
    if !imported.taken.is_empty() {
        text.push_str("\n## Words that became keys\n\nLabels that are statuses now, and times that are `at`.\n\n");
        for taken in &imported.taken {
            let _ = writeln!(text, "- {}: `` {} ``", place(taken), taken.message.replace('\n', " "));
        }
    }
    text.into_bytes()
}

/// A note as an item of a list; lines to paste stand below it as code.
fn item(note: &Note) -> String {
    let (message, lines) = note.message.split_once(":\n").unwrap_or((&note.message, ""));
    let end =
        if lines.is_empty() { "\n".to_owned() } else { format!(":\n\n      {}\n\n", lines.replace('\n', "\n      ")) };
    format!("- {}: {}{end}", place(note), message.replace('\n', " "))
}

fn counted(count: usize) -> String {
    if count == 1 { "Once:".to_owned() } else { format!("{count} times:") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(path: &str, weight: Weight, message: &str) -> Note {
        Note { path: path.to_owned(), line: Some(2), weight, message: message.to_owned() }
    }

    #[test]
    fn each_kind_is_one_line_and_the_worst_comes_first() {
        let notes = [
            note("a.md", Weight::Decision, "the system `x` was taken for `y`"),
            note("b.md", Weight::Decision, "the system `z` was taken for `y`"),
            note("b.md", Weight::Time, "`#3`: `date` is a day (2020)"),
            note("c.md", Weight::Time, "`#4`: `resolvedWhen` is a day (2021)"),
            note("d.md", Weight::Text, "lost"),
        ];
        let lines: Vec<String> = kinds(&notes).iter().map(NoteKind::line).collect();
        assert_eq!(
            lines,
            [
                "d.md:2: lost\n",
                "b.md:2: `#3`: `date` is a day (2020) (and 1 more like it)\n",
                "a.md:2: the system `x` was taken for `y` (and 1 more like it)\n",
            ]
        );
    }
}
