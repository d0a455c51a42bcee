//! Where in the source something stands.

use crate::import::Notes;

/// Where an entry stands in the source.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Location {
    /// The file.
    pub path: String,
    /// Counted from 1; none where the file has no lines to speak of.
    pub line: Option<usize>,
    /// What the entry is called there, such as `#12`; empty if the file is the entry.
    pub name: String,
}

impl Location {
    /// A file that is one entry.
    pub(in crate::import) fn of(path: &str) -> Location {
        Location { path: path.to_owned(), ..Location::default() }
    }

    /// Notes something about the entry.
    pub(in crate::import) fn note(&self, notes: &mut Notes, message: &str) {
        self.note_at(notes, self.line, message);
    }

    /// Notes a doubt about a time of the entry.
    pub(in crate::import) fn doubt(&self, notes: &mut Notes, message: &str) {
        let name = if self.name.is_empty() { String::new() } else { format!("`{}`: ", self.name) };
        notes.time(&self.path, self.line, format!("{name}{message}"));
    }

    /// Notes something about a line of the entry.
    pub(in crate::import) fn note_at(&self, notes: &mut Notes, line: Option<usize>, message: &str) {
        let name = if self.name.is_empty() { String::new() } else { format!("`{}`: ", self.name) };
        notes.add(&self.path, line, format!("{name}{message}"));
    }
}
