//! The lines of a file, and where its words stand: found once, whatever the number of faults.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What is found once for a text.
pub(super) struct LineIndex {
    /// Where each line begins.
    starts: Vec<usize>,
    /// Lines that places hold. A line may be as long as the file, and have thousands of faults.
    shared: Mutex<BTreeMap<usize, Arc<str>>>,
    /// Sorted by what they are, and then by where they stand.
    words: OnceLock<Vec<Range<usize>>>,
    /// How many characters stand before every [`STRIDE`]th byte.
    characters: OnceLock<Vec<usize>>,
}

/// So many bytes are counted for a column, however long its line is.
const STRIDE: usize = 1024;

impl LineIndex {
    pub(super) fn of(text: &str) -> LineIndex {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(breaks).filter(|start| *start < text.len()).collect();
        LineIndex { starts, shared: Mutex::default(), words: OnceLock::new(), characters: OnceLock::new() }
    }
}

/// A text by its lines, which are counted from 1.
#[derive(Clone, Copy)]
pub(super) struct Lines<'a> {
    pub(super) text: &'a str,
    pub(super) index: &'a LineIndex,
}

impl<'a> Lines<'a> {
    pub(super) fn count(self) -> usize {
        self.index.starts.len()
    }

    /// Without its end; empty if there is no such line.
    pub(super) fn get(self, line: usize) -> &'a str {
        let Some(start) = line.checked_sub(1).and_then(|index| self.index.starts.get(index)) else { return "" };
        let end = self.index.starts.get(line).copied().unwrap_or(self.text.len());
        let text = &self.text[*start..end];
        let text = text.strip_suffix('\n').unwrap_or(text);
        text.strip_suffix('\r').unwrap_or(text)
    }

    /// How many characters these bytes have.
    pub(super) fn characters(self, bytes: Range<usize>) -> usize {
        self.characters_before(bytes.end) - self.characters_before(bytes.start)
    }

    fn characters_before(self, byte: usize) -> usize {
        // Each character begins with one byte that does not go on with another: those that do are `10xxxxxx`.
        let count = |bytes: &[u8]| bytes.iter().filter(|byte| (**byte as i8) >= -0x40).count();
        let bytes = self.text.as_bytes();
        let marks = self.index.characters.get_or_init(|| {
            let mut before = 0;
            let marks = bytes.chunks(STRIDE).map(|chunk| {
                before += count(chunk);
                before
            });
            std::iter::once(0).chain(marks).collect()
        });
        let stride = byte / STRIDE;
        marks[stride] + count(&bytes[stride * STRIDE..byte])
    }

    /// The line as a place holds it.
    pub(super) fn shared(self, line: usize) -> Arc<str> {
        let mut shared = self.index.shared.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(shared.entry(line).or_insert_with(|| self.get(line).into()))
    }

    /// The line of a byte, and where in it that is.
    pub(super) fn position(self, byte: usize) -> (usize, usize) {
        let line = self.index.starts.partition_point(|start| *start <= byte).max(1);
        (line, byte - self.index.starts.get(line - 1).copied().unwrap_or(0))
    }

    /// Where the bytes begin that hold `needle` as a whole, in the lines from `first` on.
    pub(super) fn find(self, needle: &str, first: usize) -> impl Iterator<Item = usize> {
        let start = self.index.starts.get(first - 1).copied().unwrap_or(self.text.len());
        let (offset, word) = longest_word(needle).unwrap_or_default();
        let candidates = self.words_like(word).iter().filter_map(move |at| at.start.checked_sub(offset));
        let candidates = candidates.filter(move |at| *at >= start && self.text.is_char_boundary(*at));
        candidates.filter(move |at| self.text[*at..].starts_with(needle) && self.is_whole(*at, needle))
    }

    fn words_like(self, wanted: &str) -> &'a [Range<usize>] {
        let text = self.text;
        let words = self.index.words.get_or_init(|| {
            let mut words: Vec<Range<usize>> = words_of(text).map(|(at, word)| at..at + word.len()).collect();
            // Stable, so that the n-th of one word is the n-th in the text.
            words.sort_by_key(|at| &text[at.clone()]);
            words
        });
        let first = words.partition_point(|at| text[at.clone()] < *wanted);
        let count = words[first..].partition_point(|at| text[at.clone()] == *wanted);
        &words[first..first + count]
    }

    /// Whether `/a/` is a link of its own, not the beginning of `/a/b/`. HTML ends by itself.
    fn is_whole(self, at: usize, needle: &str) -> bool {
        let before = self.text[..at].chars().next_back();
        let after = self.text[at + needle.len()..].chars().next();
        needle.starts_with('<') || (before.is_none_or(is_end) && after.is_none_or(is_end))
    }
}

/// Whether a link ends before this.
fn is_end(c: char) -> bool {
    c.is_whitespace() || "()<>[]\"'#".contains(c)
}

/// The pieces between the ends of links, with where they begin.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(is_end).filter_map(move |word| {
        let start = at;
        // The end itself is skipped; at the end of the text there is none.
        at += word.len() + text[start + word.len()..].chars().next().map_or(0, char::len_utf8);
        (!word.is_empty()).then_some((start, word))
    })
}

/// A piece of `needle` that must be a whole word wherever it is found. Behind HTML that does not end by itself
/// anything may follow, so its last piece may be the beginning of a word.
fn longest_word(needle: &str) -> Option<(usize, &str)> {
    let is_open = needle.starts_with('<');
    let words = words_of(needle).filter(|(at, word)| !is_open || at + word.len() < needle.len());
    words.max_by_key(|(_, word)| word.len())
}
