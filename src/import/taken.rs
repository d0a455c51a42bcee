//! Words of a source that became keys: labels that are statuses now, times that are `at`.

use super::Note;

/// A list of them, by file and line.
#[derive(Default)]
pub(super) struct Taken(pub Vec<Note>);

impl Taken {
    /// Adds words.
    pub(super) fn add(&mut self, path: &str, line: usize, words: &str) {
        let message = words.trim().to_owned();
        self.0.push(Note { path: path.to_owned(), line: Some(line), weight: super::Weight::Kept, message });
    }
}
