//! What a text may ask of the parser: its own work grows with the square of the depth of brackets, and an alias of a few
//! bytes stands for as much as it likes.

use std::cell::Cell;

use serde::de;

use super::Mark;

/// No entry has ten.
const DEEPEST: usize = 500;

/// Where more brackets are open than any entry has. In a text, where brackets mean nothing, as many would have to stand
/// where a value may begin, and never be closed.
pub(super) fn too_deep(text: &str) -> Option<Mark> {
    let (mut depth, mut before) = (0_usize, b'\n');
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            // Only where a value may begin: links and code in a text are full of brackets.
            b'[' | b'{' if before.is_ascii_whitespace() || b"[{,:".contains(&before) => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Some(mark(text, at));
        }
        before = byte;
    }
    None
}

fn mark(text: &str, at: usize) -> Mark {
    let line = text[..at].matches('\n').count() + 1;
    let begin = text[..at].rfind('\n').map_or(0, |end| end + 1);
    Mark { line, column: text[begin..at].chars().count() + 1 }
}

/// What a tree may hold, in bytes of texts and in nodes. Without aliases it cannot hold more than the text does.
pub(super) struct Budget(Cell<usize>);

impl Budget {
    /// Each alias may repeat something, but all of them together not many times the text.
    pub(super) fn of(text: &str) -> Budget {
        const SPARE: usize = 1024 * 1024;
        Budget(Cell::new(2 * text.len() + SPARE))
    }

    /// The words of the error are those of the parser for the same reason.
    pub(super) fn spend<E: de::Error>(&self, cost: usize) -> Result<(), E> {
        let left = self.0.get().checked_sub(cost);
        left.map(|left| self.0.set(left)).ok_or_else(|| E::custom("repetition limit exceeded"))
    }
}
