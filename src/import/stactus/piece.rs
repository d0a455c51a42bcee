//! One document of a file. A file may hold several, with `---` between them.

use crate::document::{Document, Node, Path, Step};
use crate::import::Notes;
use crate::import::front::shown;

/// A document, and where it begins.
pub(super) struct Piece<'a> {
    pub path: &'a str,
    text: &'a str,
    /// How many lines stand above it.
    above: usize,
}

/// The documents of a file that hold anything.
pub(super) fn pieces<'a>(path: &'a str, bytes: &'a [u8], notes: &mut Notes) -> Vec<Piece<'a>> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            notes.add(path, line, "it is not valid UTF-8; not imported");
            return Vec::new();
        }
    };
    let (mut found, mut begin, mut above, mut at) = (Vec::new(), 0, 0, 0);
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if line.trim_end() == "---" || line.starts_with("--- ") {
            found.push(Piece { path, text: &text[begin..at], above });
            (begin, above) = (at + line.len(), index + 1);
        }
        at += line.len();
    }
    found.push(Piece { path, text: &text[begin..], above });
    found.retain(|piece| piece.text.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')));
    found
}

impl Piece<'_> {
    /// Parses it. What cannot be read is noted.
    pub fn open(&self, notes: &mut Notes) -> Option<Document> {
        match Document::read(self.path, self.text.as_bytes()) {
            Ok(document) => Some(document),
            Err(faults) => {
                for fault in faults {
                    let line = fault.place.map_or(1, |place| place.line);
                    self.note(notes, line, &format!("it cannot be read: {}; not imported", fault.message));
                }
                None
            }
        }
    }

    /// Notes something about a line of the document, or about its beginning.
    pub fn note(&self, notes: &mut Notes, line: impl Into<Option<usize>>, message: &str) {
        notes.add(self.path, self.line_of(line), message);
    }

    /// The line of the file that is a line of the document, or its first.
    pub fn line_of(&self, line: impl Into<Option<usize>>) -> usize {
        self.above + line.into().unwrap_or(1)
    }

    /// Where the document begins in its file.
    pub fn line(&self) -> usize {
        let empty = self.text.lines().take_while(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
        self.above + empty.count() + 1
    }

    /// Notes the value of each key that is not in `known`.
    pub fn note_others(&self, document: &Document, way: &Path, node: &Node, known: &[&str], notes: &mut Notes) {
        let Node::Map(entries) = node else { return };
        for (key, value) in entries.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
            let mut way = way.clone();
            way.push(Step::KeyItself(key.clone(), 0));
            let message = format!("`{key}` has no place here and was not carried over: {}", shown(value));
            self.note(notes, document.place(&way).line, &message);
        }
    }
}
