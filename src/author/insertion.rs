//! Where the next item of a file's list belongs.

use std::ops::Range;

use super::lines::Lines;
use crate::document::{Document, Node, Step};

/// Why a file is left as it is, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}; {help}")]
pub struct Refused {
    /// The file, and the line if there is one.
    pub place: String,
    /// What stands in the way.
    pub reason: String,
    /// The repair, in the imperative.
    pub help: String,
}

impl Refused {
    pub(super) fn of(path: &str, line: Option<usize>, reason: &str, help: &str) -> Refused {
        let place = line.map_or_else(|| path.to_owned(), |line| format!("{path}:{line}"));
        Refused { place, reason: reason.to_owned(), help: help.to_owned() }
    }
}

/// A place for an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InsertionPoint {
    /// Where in the file.
    pub byte: usize,
    /// The column of its dash, counted from 0.
    pub dash: usize,
    /// The column of its keys, counted from 0.
    pub inner: usize,
    /// Whether an empty line stands above it.
    pub has_gap: bool,
    /// The line above it, where the file has no such list yet.
    pub header: Option<String>,
}

/// The places at which the next item of the list `key` may go, the best first.
pub(super) fn insertion_points(
    document: &Document,
    lines: &Lines<'_>,
    key: &str,
) -> Result<Vec<InsertionPoint>, Refused> {
    // By lines: the YAML crate keeps no places, and would write the whole file anew, without its comments. A wrong
    // guess does no harm, since `append` reads what came of it.
    let Node::Map(entries) = document.root() else {
        return Err(refuse(document, None, key, "its keys cannot be read"));
    };
    let Some(at) = entries.iter().position(|(name, _)| name == key) else {
        return Ok(vec![new_list(document, lines, key, entries)]);
    };
    let header = line_of_key(document, key);
    check_header(document, key, lines.get(header), header)?;
    // What follows the list, or the end of the front matter.
    let next = entries.get(at + 1).map(|(key, _)| line_of_key(document, key));
    match &entries[at].1 {
        Node::List(items) => {
            in_list(document, lines, key, items.len(), header..next.unwrap_or(lines.end), next.is_none())
        }
        _ => {
            let dash = lines.indent(header) + 2;
            Ok(vec![InsertionPoint {
                byte: lines.start(header + 1),
                dash,
                inner: dash + 2,
                has_gap: false,
                header: None,
            }])
        }
    }
}

/// At the end of the front matter, under a key of its own.
fn new_list(document: &Document, lines: &Lines<'_>, key: &str, entries: &[(String, Node)]) -> InsertionPoint {
    // A front matter may be indented as a whole, and a new key has to stand in its column.
    let root = entries.first().map_or(0, |(key, _)| lines.indent(line_of_key(document, key)));
    let last = (0..lines.end).rev().find(|index| !lines.is_blank(*index)).map_or(0, |last| last + 1);
    let header = Some(format!("{}{key}:", " ".repeat(root)));
    InsertionPoint { byte: lines.start(last), dash: root + 2, inner: root + 4, has_gap: false, header }
}

/// `within` is from the line of the key to what follows the list; `is_last` if nothing does.
fn in_list(
    document: &Document,
    lines: &Lines<'_>,
    key: &str,
    count: usize,
    within: Range<usize>,
    is_last: bool,
) -> Result<Vec<InsertionPoint>, Refused> {
    let (header, end) = (within.start, within.end);
    let is_text = |index: &usize| !lines.is_blank(*index) && !lines.is_comment(*index);
    let first = (header + 1..end).find(is_text).unwrap_or(header + 1);
    if !is_dash(lines.get(first), lines.indent(first)) {
        return Err(refuse(document, Some(first + 1), key, &format!("the list `{key}` does not have one dash a line")));
    }
    let dash = lines.indent(first);
    let last_text = (first..end).rev().find(is_text).unwrap_or(first);
    // Comments that are indented as the list is belong to what stands above them.
    let belongs = |index: &usize| {
        lines.is_comment(*index)
            && (lines.indent(*index) > dash || (lines.indent(*index) == dash && (dash > 0 || is_last)))
    };
    let last = (last_text..end).rev().find(|index| *index == last_text || belongs(index)).unwrap_or(last_text);
    let (inner, has_gap) = form(document, lines, key, count, dash);
    let place = |index, has_gap| InsertionPoint { byte: lines.start(index), dash, inner, has_gap, header: None };
    // Below the comments that belong to the list; should that not read back right, below everything, or above them.
    let after = [last + 1, end, last_text + 1];
    Ok([has_gap, false].iter().flat_map(|gap| after.map(|index| place(index, *gap))).collect())
}

/// The column of the keys of the last item, and whether an empty line stands above it.
fn form(document: &Document, lines: &Lines<'_>, key: &str, count: usize, dash: usize) -> (usize, bool) {
    let usual = dash + 2;
    let place = document.place(&vec![Step::Key(key.to_owned().into()), Step::Index(count - 1)]);
    let line = place.line - 1;
    let Some(top) = (0..=line).rev().find(|index| is_dash(lines.get(*index), dash)) else { return (usual, false) };
    let between = lines.get(line).chars().take(place.column - 1).skip(dash + 1).collect::<String>();
    let is_plain = top == line && !between.is_empty() && between.chars().all(|c| c == ' ');
    // Behind such a mark there is no column of keys to go on in.
    let is_keys = !lines.get(line).chars().nth(place.column - 1).is_some_and(|c| "{&*!".contains(c));
    let inner = if is_plain && is_keys { place.column - 1 } else { usual };
    // Comments above an item belong to it, so the gap is above them.
    let above = (0..top).rev().find(|index| !lines.is_comment(*index));
    (inner, count > 1 && above.is_some_and(|index| lines.is_blank(index)))
}

/// Whether an item of a list begins in the column `dash` of the line.
fn is_dash(line: &str, dash: usize) -> bool {
    let rest = line.strip_prefix(&*" ".repeat(dash)).and_then(|line| line.strip_prefix('-'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// The line of a key of the outermost mapping, counted from 0.
fn line_of_key(document: &Document, key: &str) -> usize {
    document.place(&vec![Step::KeyItself(key.to_owned(), 0)]).line.saturating_sub(1)
}

/// Refuses a list that does not begin on a line of its own below `key:`.
fn check_header(document: &Document, key: &str, line: &str, index: usize) -> Result<(), Refused> {
    let refuse = |reason: &str| Err(refuse(document, Some(index + 1), key, reason));
    let written = [key.to_owned(), format!("\"{key}\""), format!("'{key}'")];
    let rest = written.iter().find_map(|key| line.trim_start().strip_prefix(&**key));
    let Some(value) = rest.and_then(|rest| rest.trim_start().strip_prefix(':')) else {
        return refuse(&format!("the key `{key}` does not begin its line"));
    };
    match value.trim().chars().next() {
        None | Some('#') => Ok(()),
        Some('[') => refuse(&format!("the list `{key}` stands in brackets")),
        Some('&' | '*' | '!') => refuse(&format!("the list `{key}` has an anchor, an alias or a tag")),
        Some(_) => refuse(&format!("something follows `{key}:` on its line")),
    }
}

fn refuse(document: &Document, line: Option<usize>, key: &str, reason: &str) -> Refused {
    let help = format!("write `{key}:` alone on its line, and below it each item with a dash of its own");
    Refused::of(document.path(), line, reason, &help)
}
