//! More items in a list that stands in brackets: `[a, b]`.

use std::ops::Range;

use super::lines::Lines;
use super::list_item::ListItem;
use crate::document::{Document, Node, Step};

/// How many closing brackets are tried.
const TRIED: usize = 40;

/// The file with the items before each closing bracket that may be the one of the list `key`, from the last on. None
/// where an item does not stand between brackets.
pub(super) fn candidates<'t>(
    document: &Document,
    lines: &Lines<'t>,
    key: &str,
    items: &[impl ListItem],
) -> impl Iterator<Item = String> {
    let text = lines.text;
    let within = range(document, lines, key);
    let closing = text[within.clone()].rmatch_indices(']').map(move |(at, _)| within.start + at).take(TRIED);
    let inline: Option<Vec<String>> = items.iter().map(ListItem::inline).collect();
    let inline = inline.map(|items| items.join(", "));
    closing.filter_map(move |at| Some(before(text, at, inline.as_deref()?))).flatten()
}

/// The bytes of the file between which the list ends.
fn range(document: &Document, lines: &Lines<'_>, key: &str) -> Range<usize> {
    let line = |key: &str| document.place(&vec![Step::KeyItself(key.to_owned(), 0)]).line;
    let Node::Map(entries) = document.root() else { return 0..0 };
    let mut from_here = entries.iter().map(|(key, _)| &**key).skip_while(|name| *name != key);
    let Some(key) = from_here.next() else { return 0..0 };
    // To the end of the line on which the next key stands, since in a file that is all brackets it may be the same.
    let end = from_here.next().map_or(lines.text.len(), |next| lines.start(line(next)));
    lines.start(line(key).saturating_sub(1)).min(end)..end
}

/// The text with `items` before the bracket at `at`: behind what stands there, or where that is a comment, below it.
fn before(text: &str, at: usize, items: &str) -> [String; 3] {
    let end = text[..at].trim_end().len();
    let gap = match text[..end].chars().next_back() {
        Some('[') => "",
        Some(',') => " ",
        _ => ", ",
    };
    let put = |at: usize, gap: &str| format!("{}{gap}{items}{}", &text[..at], &text[at..]);
    [put(end, gap), put(at, ", "), put(at, "")]
}
