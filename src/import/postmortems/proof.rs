//! Every word of a postmortem's source stands in its file: its text in its order, its comments, front matter, and the
//! addresses of its links wherever they went.

use std::collections::BTreeSet;

use super::dialect::guarded;
use super::front_matter;
use crate::document::{Document, Node};
use crate::import::front::scalar;
use crate::import::markdown::prepare;
use crate::import::proof::{Lost, code_blocks, lost, visible};
use crate::import::spans::{Span, spans};

/// The first place of `source` that the file written for it does not hold. `title` is the heading that became the
/// title, which stands before all text.
pub(super) fn prove(source: &str, title: Option<&str>, written: &[u8]) -> Option<Lost> {
    let written = String::from_utf8_lossy(written);
    let (front, body, first) = front_matter::split(source);
    let (_, text, _) = front_matter::split(&written);
    let is_title = |line: &str| {
        let (line, title) = (visible(line), visible(title.unwrap_or_default()));
        line.contains(char::is_alphanumeric) && lost(&line, &title).is_none() && lost(&title, &line).is_none()
    };
    // The same words may stand elsewhere too.
    let lines: Vec<&str> = body.lines().collect();
    let is_heading = |at: usize| {
        let is_underlined = lines.get(at + 1).is_some_and(|next| next.starts_with(['=', '-']));
        lines[at].trim_start().starts_with('#') || is_underlined
    };
    let raw = raw_lines(body);
    let named = || (0..lines.len()).filter(|at| is_title(lines[*at]));
    let named = named().find(|at| is_heading(*at) && !raw.contains(at)).or_else(|| named().next());
    // A footnote is a text here as it is there.
    let rest = lines.iter().enumerate().map(|(at, line)| guarded(if Some(at) == named { "" } else { line }));
    let rest: Vec<String> = rest.collect();
    let within = |lost: Lost| Lost { line: lost.line + first - 1, ..lost };
    // What is hidden is proven by itself, and must not come to light where a tag in front of it goes.
    let of_text = || lost(&visible(&prepare(&rest.join("\n")).0), &visible(text)).map(within);
    let of_title = || title.and_then(|title| lost(&visible(title), &written));
    let of_comments = || prepare(body).1.iter().find_map(|comment| lost(comment, &written));
    let of_front = || front.and_then(|front| values(front).iter().find_map(|value| lost(value, &written)));
    let of_links = || {
        let (at, address) = addresses(body).into_iter().find(|(_, address)| !written.contains(address))?;
        Some(Lost { line: first + body[..at].matches('\n').count(), words: address.to_owned() })
    };
    of_text().or_else(of_title).or_else(of_comments).or_else(of_front).or_else(of_links)
}

/// The lines of a text, counted from 0, that are code or comments, in which no heading stands.
fn raw_lines(text: &str) -> BTreeSet<usize> {
    let line = |at: usize| text[..at].matches('\n').count();
    let is_html = |span: &Span| matches!(span, Span::Block | Span::Inline);
    let html = spans(text).into_iter().filter(|(_, span)| is_html(span)).map(|(range, _)| range);
    let comments = html.filter(|range| text[range.clone()].starts_with("<!--"));
    let ranges = code_blocks(text).into_iter().chain(comments);
    ranges.flat_map(|range| line(range.start)..=line(range.end.saturating_sub(1).max(range.start))).collect()
}

/// Every value of a front matter; its lines, if it is none.
fn values(front: &str) -> Vec<String> {
    let mut found = Vec::new();
    match Document::read("front.yaml", front.as_bytes()) {
        Ok(document) if matches!(document.root(), Node::Map(_) | Node::Null) => gather(document.root(), &mut found),
        _ => found.extend(front.lines().map(str::to_owned)),
    }
    found
}

fn gather(node: &Node, found: &mut Vec<String>) {
    match node {
        Node::Map(entries) => entries.iter().for_each(|(_, node)| gather(node, found)),
        Node::List(items) => items.iter().for_each(|node| gather(node, found)),
        other => found.extend(scalar(other)),
    }
}

/// The addresses in a text, each with its place.
fn addresses(text: &str) -> Vec<(usize, &str)> {
    let starts = text.match_indices("http").map(|(at, _)| at);
    let whole = |at: usize| {
        let rest = &text[at..];
        let end = rest
            .find(|c: char| c.is_whitespace() || c.is_control() || "<>\"'`|()[]{}\\".contains(c))
            .unwrap_or(rest.len());
        (at, rest[..end].trim_end_matches(|c: char| !c.is_alphanumeric()))
    };
    starts.map(whole).filter(|(_, address)| address.contains("://")).collect()
}
