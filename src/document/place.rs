//! From a path through the front matter, or a piece of text, to a line and a column of the file.

use std::ops::Range;

use super::Document;
use crate::diagnostic::Place;
use crate::yaml::{self, Mark, Node, Path, Step};

/// Where the node at `path` stands. A key without a value, and a node that cannot be found, stand
/// where their key does.
pub(super) fn of_node(document: &Document<'_>, path: &Path) -> Place {
    let mut path = path.clone();
    if let Some(Step::Key(key)) = path.last().cloned()
        && matches!(node(&document.root, &path), None | Some(Node::Null))
    {
        path.pop();
        path.push(Step::KeyItself(key.into_owned(), 0));
    }
    while !path.is_empty() {
        if let Some(mark) = yaml::locate(document.front, &path) {
            return of_mark(document, mark);
        }
        path.pop();
    }
    of_mark(document, Mark { line: 1, column: 1 })
}

/// A mark in the front matter as a place in the file. The parser may stop below the last line, where
/// nobody can look; the end of that line is meant.
pub(super) fn of_mark(document: &Document<'_>, mark: Mark) -> Place {
    let lines = document.text.lines().count().max(1);
    let (line, column) = match mark.line + document.front_line {
        line if line > lines => (lines, usize::MAX),
        line => (line, mark.column),
    };
    let text = document.text.lines().nth(line - 1).unwrap_or_default();
    let column = column.min(text.chars().count().max(1));
    let length = token_length(text, column);
    Place { path: document.path.to_owned(), line, column, length, text: text.to_owned() }
}

/// The n-th `needle`, searched from the value at `path` on, or from the body on.
pub(super) fn of_text(document: &Document<'_>, path: Option<&Path>, needle: &str, nth: usize) -> Place {
    let (first, fallback) = match path {
        Some(path) => {
            let place = of_node(document, path);
            (place.line, place)
        }
        None => {
            let above = document.text.len() - document.body.len();
            let line = document.text[..above].lines().count() + 1;
            (line, of_mark(document, Mark { line: line - document.front_line, column: 1 }))
        }
    };
    let mut found = document.text.lines().enumerate().skip(first - 1).flat_map(|(index, text)| {
        text.match_indices(needle).filter(|(byte, _)| is_whole(text, *byte, needle)).map(move |(byte, _)| {
            let column = text[..byte].chars().count() + 1;
            let length = needle.chars().count().max(1);
            Place { path: document.path.to_owned(), line: index + 1, column, length, text: text.to_owned() }
        })
    });
    found.nth(nth).unwrap_or(fallback)
}

/// The first `phrase` in the front matter from the value at `path` on.
pub(super) fn of_phrase(document: &Document<'_>, path: &Path, phrase: &str) -> Place {
    let value = of_node(document, path);
    let end = document.front_line + document.front.lines().count();
    let lines = document.text.lines().enumerate().take(end).skip(value.line - 1);
    let mut found = lines.filter_map(|(index, text)| {
        let column = text[..text.find(phrase)?].chars().count() + 1;
        let length = phrase.chars().count().max(1);
        Some(Place { path: document.path.to_owned(), line: index + 1, column, length, text: text.to_owned() })
    });
    found.next().or_else(|| of_folded(document, &value, end, phrase)).unwrap_or(value)
}

/// The first line of a phrase that goes on in the next.
fn of_folded(document: &Document<'_>, value: &Place, end: usize, phrase: &str) -> Option<Place> {
    let lines: Vec<&str> = document.text.lines().take(end).collect();
    let breaks = phrase.match_indices(' ').map(|(at, _)| (&phrase[..at], &phrase[at + 1..]));
    let mut found = breaks.rev().filter_map(|(first, rest)| {
        let next = rest.split(' ').next().unwrap_or_default();
        let is_here = |index: &usize| {
            let goes_on = lines.get(index + 1).is_some_and(|line| line.trim_start().starts_with(next));
            lines[*index].trim_end().ends_with(first) && goes_on
        };
        let index = (value.line - 1..lines.len()).find(is_here)?;
        let text = lines[index];
        let column = text[..text.trim_end().len() - first.len()].chars().count() + 1;
        let length = first.chars().count();
        Some(Place { path: document.path.to_owned(), line: index + 1, column, length, text: text.to_owned() })
    });
    found.next()
}

/// Bytes of the body, as far as the end of their first line.
pub(super) fn in_body(document: &Document<'_>, at: Range<usize>) -> Place {
    let above = document.text.len() - document.body.len();
    let (start, end) = (above + at.start, above + at.end);
    let line_start = document.text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let text = document.text[line_start..].lines().next().unwrap_or_default();
    let end = end.min(line_start + text.len()).max(start);
    Place {
        path: document.path.to_owned(),
        line: document.text[..start].matches('\n').count() + 1,
        column: document.text[line_start..start].chars().count() + 1,
        length: document.text[start..end].trim_end().chars().count().max(1),
        text: text.to_owned(),
    }
}

/// Whether `/a/` is a link of its own, not the beginning of `/a/b/`. HTML ends by itself.
fn is_whole(line: &str, byte: usize, needle: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || "()<>[]\"'#".contains(c);
    let before = line[..byte].chars().next_back();
    let after = line[byte + needle.len()..].chars().next();
    needle.starts_with('<') || (before.is_none_or(ends) && after.is_none_or(ends))
}

/// Where the first byte stands that is not UTF-8; the line is shown with replacement characters.
pub(super) fn of_bad_byte(path: &str, bytes: &[u8], at: usize) -> Place {
    let before = String::from_utf8_lossy(&bytes[..at]);
    let line = before.matches('\n').count() + 1;
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |newline| at + newline);
    let column = String::from_utf8_lossy(&bytes[start..at]).chars().count() + 1;
    let text = String::from_utf8_lossy(&bytes[start..end]).trim_end().to_owned();
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
    let rest: Vec<char> = line.chars().skip(column - 1).collect();
    let length = match rest.first() {
        None | Some('\t') => 1,
        Some(quote @ ('"' | '\'')) => {
            rest.iter().skip(1).position(|c| c == quote).map_or(rest.len(), |closing| closing + 2)
        }
        Some(_) => plain_length(&rest, line.chars().take(column - 1).any(|c| c == '{' || c == '[')),
    };
    length.max(1)
}

/// A plain scalar ends at a comment, at the colon of a key, and inside brackets at a separator.
fn plain_length(rest: &[char], in_flow: bool) -> usize {
    let next = |index: usize| rest.get(index + 1);
    let end = (0..rest.len()).find(|&index| match rest[index] {
        ':' => next(index).is_none_or(|c| c.is_whitespace()),
        ' ' => next(index) == Some(&'#'),
        ',' | ']' | '}' => in_flow,
        _ => false,
    });
    let token = &rest[..end.unwrap_or(rest.len())];
    token.iter().rposition(|c| !c.is_whitespace()).map_or(1, |last| last + 1)
}
