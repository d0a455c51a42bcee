//! From a path through the front matter, or a piece of text, to a line and a column of the file.

use std::ops::Range;

use super::Document;
use crate::diagnostic::Place;
use crate::yaml::{Mark, Node, Path, Step};

/// Where the node at `path` stands. A key without a value, and a node that cannot be found, stand
/// where their key does.
pub(super) fn of_node(document: &Document, path: &Path) -> Place {
    of_mark(document, mark_of_node(document, path))
}

fn mark_of_node(document: &Document, path: &Path) -> Mark {
    let mut path = path.clone();
    if let Some(Step::Key(key)) = path.last().cloned()
        && matches!(node(document.root(), &path), None | Some(Node::Null))
    {
        path.pop();
        path.push(Step::KeyItself(key.into_owned(), 0));
    }
    while !path.is_empty() {
        if let Some(mark) = document.places().find(&path) {
            return mark;
        }
        path.pop();
    }
    Mark { line: 1, column: 1 }
}

/// A mark in the front matter as a place in the file. The parser may stop below the last line, where
/// nobody can look; the end of that line is meant.
pub(super) fn of_mark(document: &Document, mark: Mark) -> Place {
    let lines = document.lines().count().max(1);
    let (line, column) = match mark.line + document.front_line {
        line if line > lines => (lines, usize::MAX),
        line => (line, mark.column),
    };
    let text = document.lines().get(line);
    if text.len() > LONG && column < text.len() {
        return at(document, line, column, 1);
    }
    let column = column.min(text.chars().count().max(1));
    at(document, line, column, token_length(text, column))
}

/// Nobody sees how far the caret goes in a line of so many bytes, which is not to be passed once for each of its faults.
const LONG: usize = 10_000;

/// Which occurrence of one text is still told apart from those after it.
const FURTHEST: usize = 200;

fn at(document: &Document, line: usize, column: usize, length: usize) -> Place {
    Place { path: document.path.clone(), line, column, length, text: document.lines().shared(line) }
}

/// The n-th `needle`, searched from the value at `path` on, or from the body on.
pub(super) fn of_text(document: &Document, path: Option<&Path>, needle: &str, nth: usize) -> Place {
    let mark = match path {
        Some(path) => mark_of_node(document, path),
        None => Mark { line: document.lines().position(document.body).0 - document.front_line, column: 1 },
    };
    let found = document.lines().find(needle, mark.line + document.front_line).nth(nth.min(FURTHEST));
    // Only what is found nowhere is given the place of the whole, which costs a walk over its line.
    found.map_or_else(|| of_mark(document, mark), |byte| of_byte(document, byte, needle.chars().count().max(1)))
}

fn of_byte(document: &Document, byte: usize, length: usize) -> Place {
    let (line, offset) = document.lines().position(byte);
    at(document, line, document.lines().characters(byte - offset..byte) + 1, length)
}

/// Where phrases of one value stand, one asked for after the other. Each is looked for from the beginning of the value, so
/// that only so many are: what comes after them, where nobody reads on, stands where the last of them does.
pub struct PhrasePlaces<'d> {
    pub(super) document: &'d Document,
    pub(super) path: &'d Path,
    pub(super) asked: usize,
    pub(super) last: Option<Place>,
}

impl PhrasePlaces<'_> {
    /// The place of the next phrase; that of the value, if its lines are folded within the phrase.
    pub fn of(&mut self, phrase: &str) -> Place {
        if let Some(last) = self.last.as_ref().filter(|_| self.asked == FURTHEST) {
            return last.clone();
        }
        self.asked += 1;
        self.last.insert(of_phrase(self.document, self.path, phrase)).clone()
    }
}

/// The first `phrase` in the front matter from the value at `path` on.
fn of_phrase(document: &Document, path: &Path, phrase: &str) -> Place {
    let value = of_node(document, path);
    let end = document.front_line + document.front().lines().count();
    let mut found = (value.line..=end).filter_map(|line| {
        let text = document.lines().get(line);
        let column = text[..text.find(phrase)?].chars().count() + 1;
        Some(at(document, line, column, phrase.chars().count().max(1)))
    });
    found.next().or_else(|| of_folded(document, &value, end, phrase)).unwrap_or(value)
}

/// The first line of a phrase that goes on in the next.
fn of_folded(document: &Document, value: &Place, end: usize, phrase: &str) -> Option<Place> {
    let lines = document.lines();
    let breaks = phrase.match_indices(' ').map(|(at, _)| (&phrase[..at], &phrase[at + 1..]));
    let mut found = breaks.rev().filter_map(|(first, rest)| {
        let next = rest.split(' ').next().unwrap_or_default();
        let is_here = |line: &usize| {
            let goes_on = *line < end && lines.get(line + 1).trim_start().starts_with(next);
            lines.get(*line).trim_end().ends_with(first) && goes_on
        };
        let line = (value.line..=end).find(is_here)?;
        let text = lines.get(line);
        let column = text[..text.trim_end().len() - first.len()].chars().count() + 1;
        Some(at(document, line, column, first.chars().count()))
    });
    found.next()
}

/// Bytes of the body, as far as the end of their first line.
pub(super) fn in_body(document: &Document, range: Range<usize>) -> Place {
    let (start, end) = (document.body + range.start, document.body + range.end);
    let (line, offset) = document.lines().position(start);
    let line_start = start - offset;
    let end = end.min(line_start + document.lines().get(line).len()).max(start);
    let length = document.text()[start..end].trim_end().chars().count().max(1);
    at(document, line, document.lines().characters(line_start..start) + 1, length)
}

/// Where the first byte stands that is not UTF-8; the line is shown with replacement characters.
pub(super) fn of_bad_byte(path: &str, bytes: &[u8], at: usize) -> Place {
    let before = String::from_utf8_lossy(&bytes[..at]);
    let line = before.matches('\n').count() + 1;
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |newline| at + newline);
    let column = String::from_utf8_lossy(&bytes[start..at]).chars().count() + 1;
    let text = String::from_utf8_lossy(&bytes[start..end]).trim_end().into();
    Place { path: path.to_owned(), line, column, length: 1, text }
}

fn node<'n>(root: &'n Node, path: &[Step]) -> Option<&'n Node> {
    path.iter().try_fold(root, |node, step| match (node, step) {
        (Node::Map(entries), Step::Key(key)) => entries.iter().find_map(|(name, node)| (name == key).then_some(node)),
        (Node::List(items), Step::Index(index)) => items.get(*index),
        _ => None,
    })
}

/// How many characters the scalar or key at `column` has.
fn token_length(line: &str, column: usize) -> usize {
    let mut rest = line.chars().skip(column - 1);
    let length = match rest.next() {
        None | Some('\t') => 1,
        Some(quote @ ('"' | '\'')) => {
            let closing = rest.position(|c| c == quote);
            closing.map_or_else(|| line.chars().skip(column - 1).count(), |closing| closing + 2)
        }
        Some(_) => {
            let is_in_flow = line.chars().take(column - 1).any(|c| c == '{' || c == '[');
            plain_length(line.chars().skip(column - 1), is_in_flow)
        }
    };
    length.max(1)
}

/// A plain scalar ends at a comment, at the colon of a key, and inside brackets at a separator.
fn plain_length(rest: impl Iterator<Item = char>, is_in_flow: bool) -> usize {
    let (mut length, mut rest) = (1, rest.enumerate().peekable());
    while let Some((index, c)) = rest.next() {
        let next = rest.peek().map(|(_, next)| *next);
        match c {
            ':' if next.is_none_or(char::is_whitespace) => break,
            ' ' if next == Some('#') => break,
            ',' | ']' | '}' if is_in_flow => break,
            c if !c.is_whitespace() => length = index + 1,
            _ => {}
        }
    }
    length
}
