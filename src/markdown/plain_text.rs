//! Markdown as plain text that keeps its shape.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{Links, Target, canonical, target};
use crate::characters::carried;

/// A part of a plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// As it is shown.
    pub text: String,
    /// What it is a link to.
    pub address: Option<String>,
}

impl Piece {
    /// Words that link to nothing.
    pub fn words(text: &str) -> Piece {
        Piece { text: text.to_owned(), address: None }
    }
}

/// Writes the events of one text.
pub(super) struct Writer<'a> {
    links: Links<'a>,
    out: String,
    /// The lists that are open: the number of the next item, or none for a dash.
    lists: Vec<Option<u64>>,
    /// Where the text of each open link or picture begins, and its address.
    open: Vec<(usize, Option<String>)>,
    /// Where an address stands, and what it is.
    addresses: Vec<(Range<usize>, String)>,
}

impl<'a> Writer<'a> {
    pub fn new(links: Links<'a>) -> Writer<'a> {
        Writer { links, out: String::new(), lists: Vec::new(), open: Vec::new(), addresses: Vec::new() }
    }

    pub fn write(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.out += &carried(&text);
            }
            Event::SoftBreak => self.out.push(' '),
            Event::HardBreak => self.out.push('\n'),
            Event::Rule => self.apart(2),
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            _ => {}
        }
    }

    pub fn finish(self) -> Vec<Piece> {
        let begin = self.out.len() - self.out.trim_start_matches(is_break).len();
        let end = self.out.trim_end_matches(is_break).len().max(begin);
        let (mut pieces, mut done) = (Vec::new(), begin);
        for (at, address) in self.addresses {
            // Links stand one after the other, but for a picture in a link.
            if at.start >= done && at.end <= end && !at.is_empty() {
                pieces.push(Piece::words(&self.out[done..at.start]));
                pieces.push(Piece { text: self.out[at.clone()].to_owned(), address: Some(address) });
                done = at.end;
            }
        }
        pieces.push(Piece::words(&self.out[done..end]));
        pieces.retain(|piece| !piece.text.is_empty());
        pieces
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.apart(if self.lists.is_empty() { 2 } else { 1 });
                self.lists.push(*first);
            }
            Tag::Item => self.item(),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                self.open.push((self.out.len(), Some(format!("mailto:{dest_url}"))));
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                let address = self.address(dest_url).map(|address| carried(&address).into_owned());
                self.open.push((self.out.len(), address));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) => {
                self.lists.pop();
                self.apart(if self.lists.is_empty() { 2 } else { 1 });
            }
            TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow => self.apart(1),
            TagEnd::TableCell => self.out += " | ",
            TagEnd::Link | TagEnd::Image => self.close(),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {}
            _ => self.apart(if self.lists.is_empty() { 2 } else { 1 }),
        }
    }

    fn item(&mut self) {
        self.apart(1);
        self.out += &"  ".repeat(self.lists.len().saturating_sub(1));
        match self.lists.last_mut() {
            Some(Some(number)) => {
                self.out += &format!("{number}. ");
                *number += 1;
            }
            _ => self.out += "- ",
        }
    }

    /// Where a link leads; none if it leads nowhere that we would name.
    fn address(&self, link: &str) -> Option<String> {
        match target(link) {
            Target::Elsewhere => Some(link.to_owned()),
            Target::Inside(path, fragment) => Some(self.links.href(&canonical(path), fragment)),
            Target::Fragment | Target::Relative | Target::Unsafe => None,
        }
    }

    /// Names the address, unless the text did.
    fn close(&mut self) {
        let Some((begin, Some(address))) = self.open.pop() else { return };
        let shown = &self.out[begin..];
        // `www.example.org` is written for `http://www.example.org`, by the rules of GFM.
        let is_named = ["", "mailto:", "http://"].iter().any(|left_out| address.strip_prefix(left_out) == Some(shown));
        let begin = if is_named { begin } else { self.out.len() + 2 };
        if !is_named {
            self.out += &format!(" ({address})");
        }
        let end = if is_named { self.out.len() } else { self.out.len() - 1 };
        self.addresses.push((begin..end, address));
    }

    /// At least so many line ends before what follows.
    fn apart(&mut self, lines: usize) {
        let end = self.out.trim_end_matches(is_break);
        // The bar behind the last cell of a row parts nothing.
        let end = end.strip_suffix(" |").unwrap_or(end).len();
        let has = self.out[end..].matches('\n').count();
        self.out.truncate(end);
        if !self.out.is_empty() {
            self.out += &"\n".repeat(has.max(lines));
        }
    }
}

fn is_break(c: char) -> bool {
    c == '\n' || c == ' '
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;

    #[test]
    fn plain_text_keeps_its_shape() {
        let links = Links::Absolute("https://status.example/");
        let markdown = "Some *text* and\na <b>tag</b>.\n\n1. one\n2. two\n   - in\n\n[Here](/incidents/x/), \
                        <https://a.example/?b=1>, [no](javascript:x).\n\n| A | B |\n|---|---|\n| 1 | 2 |\n";
        let wanted = "Some text and a <b>tag</b>.\n\n1. one\n2. two\n  - in\n\n\
                      Here (https://status.example/incidents/x/), https://a.example/?b=1, no.\n\nA | B\n1 | 2";
        assert_eq!(text(markdown, links), wanted);
    }

    #[test]
    fn each_link_of_a_text_is_a_piece_of_its_own() {
        let links = Links::Absolute("https://status.example/");
        let markdown =
            "- [Here](/incidents/x/), www.a.example.\n- <b@a.example>, [no](javascript:x), `https://a.example`\n";
        let pieces = super::super::pieces(markdown, links);
        let linked: Vec<(&str, &str)> =
            pieces.iter().filter_map(|piece| Some((&*piece.text, piece.address.as_deref()?))).collect();
        let expected = [
            ("https://status.example/incidents/x/", "https://status.example/incidents/x/"),
            ("www.a.example", "http://www.a.example"),
            ("b@a.example", "mailto:b@a.example"),
        ];
        assert_eq!(linked, expected);
        assert!(
            text(markdown, links).starts_with("- Here (https://status.example/incidents/x/), www.a.example.\n- b@")
        );
    }
}
