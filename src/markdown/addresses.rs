//! Bare addresses: `https://…`, `www.…` and mail addresses that an author wrote without any markup. They become links, by
//! the rules of GFM's extended autolinks (<https://github.github.com/gfm/#autolinks-extension->).
//!
//! The text is rewritten before it is parsed, with angle brackets around each address. So all that reads Markdown sees
//! the same link, and the `_` and `*` in an address are no emphasis.

use std::borrow::Cow;
use std::ops::Range;

use markdown::mdast::Node;
use markdown::{Constructs, ParseOptions};
use pulldown_cmark::{Event, Tag, TagEnd};

/// `text` with its bare addresses as links that every reader of Markdown knows.
pub(super) fn with_links(text: &str) -> Cow<'_, str> {
    let bare = bare(text);
    if bare.is_empty() {
        return text.into();
    }
    let (mut out, mut end) = (String::with_capacity(text.len() + 4 * bare.len()), 0);
    for Bare { at, address } in bare {
        out += &text[end..at.start];
        // In a table, and by habit elsewhere, a bar is written with a backslash.
        let [written, address] = [&text[at.clone()], &*address].map(|text| text.replace("\\|", "|"));
        push_link(&mut out, &link(&written, &address));
        end = at.end;
    }
    out += &text[end..];
    out.into()
}

/// A bare address.
struct Bare {
    /// Its bytes in the text.
    at: Range<usize>,
    /// What it links to.
    address: String,
}

/// The bare addresses of `text`, in order.
fn bare(text: &str) -> Vec<Bare> {
    // Most texts have none, and need no parsing to know it.
    if !holds_address(text) {
        return Vec::new();
    }
    words(text, &plain_bytes(text))
        .into_iter()
        .filter(|word| holds_address(&text[word.clone()]))
        .flat_map(|word| in_word(text, word))
        .collect()
}

fn holds_address(text: &str) -> bool {
    let is_www = |at: &[u8]| at.eq_ignore_ascii_case(b"www.");
    text.contains("://") || text.contains('@') || text.as_bytes().windows(4).any(is_www)
}

/// For each byte, whether it belongs to running text: neither code, nor HTML, nor a link or picture, nor the
/// definition of one.
fn plain_bytes(text: &str) -> Vec<bool> {
    let mut plain = vec![false; text.len()];
    // How many links, pictures and blocks of code are open.
    let mut closed = 0_usize;
    for (event, range) in super::parser(text).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => {
                closed += 1;
                plain[range].fill(false);
            }
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => closed -= 1,
            Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) => plain[range].fill(false),
            // With the marks, which may be a part of an address.
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) if closed == 0 => plain[range].fill(true),
            Event::Text(_) if closed == 0 => {
                // The parser leaves the backslash out of the text that it tells; here it belongs to the word.
                let is_escaped = range.start > 0 && text.as_bytes()[range.start - 1] == b'\\';
                plain[range.start - usize::from(is_escaped)..range.end].fill(true);
            }
            _ => {}
        }
    }
    plain
}

/// The runs of running text without blanks.
fn words(text: &str, plain: &[bool]) -> Vec<Range<usize>> {
    let (mut found, mut open): (Vec<Range<usize>>, Option<usize>) = (Vec::new(), None);
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_in = at < text.len() && plain[at] && !c.is_whitespace();
        match open {
            Some(start) if !is_in => {
                found.push(start..at);
                open = None;
            }
            None if is_in => open = Some(at),
            _ => {}
        }
    }
    found
}

/// The addresses in a word, read by a parser that knows nothing else of Markdown.
fn in_word(text: &str, word: Range<usize>) -> Vec<Bare> {
    let options = ParseOptions { constructs: only_addresses(), ..ParseOptions::default() };
    let mut found = Vec::new();
    // Another parser, since ours knows no bare addresses. It gets one word, with all else that it knows switched off.
    if let Ok(tree) = markdown::to_mdast(&text[word.clone()], &options) {
        collect(&tree, word.start, &mut found);
    }
    found
}

fn only_addresses() -> Constructs {
    Constructs {
        attention: false,
        autolink: false,
        block_quote: false,
        character_escape: false,
        character_reference: false,
        code_indented: false,
        code_fenced: false,
        code_text: false,
        definition: false,
        hard_break_escape: false,
        hard_break_trailing: false,
        heading_atx: false,
        heading_setext: false,
        html_flow: false,
        html_text: false,
        label_start_image: false,
        label_start_link: false,
        label_end: false,
        list_item: false,
        thematic_break: false,
        gfm_autolink_literal: true,
        ..Constructs::default()
    }
}

fn collect(node: &Node, start: usize, found: &mut Vec<Bare>) {
    if let (Node::Link(link), Some(at)) = (node, node.position()) {
        // It knows `xmpp:` as well, which we do not link to.
        if matches!(super::target(&link.url), super::Target::Elsewhere) {
            found.push(Bare { at: start + at.start.offset..start + at.end.offset, address: link.url.clone() });
        }
        return;
    }
    node.children().into_iter().flatten().for_each(|child| collect(child, start, found));
}

/// Adds a link; a `!` right before it is no part of it, as it would be of a picture.
fn push_link(out: &mut String, link: &str) {
    let before = out.strip_suffix('!').map(|before| before.len() - before.trim_end_matches('\\').len());
    if link.starts_with('[') && before.is_some_and(|backslashes| backslashes.is_multiple_of(2)) {
        out.insert(out.len() - 1, '\\');
    }
    *out += link;
}

/// A link that shows `written`. In angle brackets where they can hold it, since nothing in them is markup.
fn link(written: &str, address: &str) -> String {
    let is_whole = written == address || address.strip_prefix("mailto:") == Some(written);
    if is_whole && !written.contains(['>', '|']) && (!address.starts_with("mailto:") || is_plain_mail(written)) {
        return format!("<{written}>");
    }
    format!("[{}](<{}>)", escaped(written), escaped(address))
}

/// Whether angle brackets make a link of a mail address: its host may have `_` by the rules of bare addresses, and not by
/// those of CommonMark (<https://spec.commonmark.org/0.31.2/#email-autolink>).
fn is_plain_mail(address: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    address.split_once('@').is_some_and(|(_, host)| host.split('.').all(is_label))
}

fn escaped(text: &str) -> String {
    let escape = |c: char| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c]);
    text.chars().flat_map(escape).collect()
}

/// Plain text as Markdown that reads as that text: its addresses as links, and the rest as `escape` makes it.
pub(crate) fn written_out(text: &str, escape: impl Fn(&str) -> String) -> String {
    let rest = |text: &str| {
        let written = escape(text);
        // A backslash can end a host that was none before.
        let is_address = !everywhere(&written).is_empty();
        if is_address { written.replace(':', "\\:").replace('@', "\\@").replace('.', "\\.") } else { written }
    };
    let (mut out, mut end) = (String::with_capacity(text.len()), 0);
    for Bare { at, address } in everywhere(text) {
        out += &rest(&text[end..at.start]);
        push_link(&mut out, &link(&text[at.clone()], &address));
        end = at.end;
    }
    out + &rest(&text[end..])
}

/// The addresses of a text that is no Markdown.
fn everywhere(text: &str) -> Vec<Bare> {
    if !holds_address(text) {
        return Vec::new();
    }
    let words = words(text, &vec![true; text.len()]).into_iter().filter(|word| holds_address(&text[word.clone()]));
    words.flat_map(|word| in_word(text, word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The addresses of `text` in brackets.
    fn marked(text: &str) -> String {
        let (mut out, mut end) = (String::new(), 0);
        for Bare { at, .. } in bare(text) {
            out += &format!("{}⟨{}⟩", &text[end..at.start], &text[at.clone()]);
            end = at.end;
        }
        out + &text[end..]
    }

    #[test]
    fn an_address_ends_as_on_github() {
        for (text, expected) in [
            ("See https://a.example/x.", "See ⟨https://a.example/x⟩."),
            ("https://a.example, http://b.example/?!", "⟨https://a.example⟩, ⟨http://b.example/⟩?!"),
            ("(https://a.example/b)", "(⟨https://a.example/b⟩)"),
            ("(https://a.example/b_(c))", "(⟨https://a.example/b_(c)⟩)"),
            ("https://a.example/b_(c) (d)", "⟨https://a.example/b_(c)⟩ (d)"),
            ("https://a.example/?q=(a))+ok", "⟨https://a.example/?q=(a))+ok⟩"),
            ("https://a.example/?q=b&hl;", "⟨https://a.example/?q=b⟩&hl;"),
            ("https://a.example/?q=b&hl=en.", "⟨https://a.example/?q=b&hl=en⟩."),
            ("https://a.example/&copy;", "⟨https://a.example/⟩&copy;"),
            ("https://a.example/x<br>", "⟨https://a.example/x⟩<br>"),
            ("**https://a.example** _www.b.example_", "**⟨https://a.example⟩** _⟨www.b.example⟩_"),
            ("https://a.example/_x_/y and *z*", "⟨https://a.example/_x_/y⟩ and *z*"),
            ("WWW.a.example. xwww.a.example www.", "⟨WWW.a.example⟩. xwww.a.example www."),
            (
                "http://localhost:8080/x https:// xhttps://a.example",
                "⟨http://localhost:8080/x⟩ https:// xhttps://a.example",
            ),
            ("mail help@a.example. or a.b-c_d@e.example-", "mail ⟨help@a.example⟩. or a.b-c_d@e.example-"),
            ("@team, a@b and ftp://a.example, xmpp:a@b.example", "@team, a@b and ftp://a.example, xmpp:a@b.example"),
            ("„https://a.example/ü“", "„⟨https://a.example/ü“⟩"),
        ] {
            assert_eq!(marked(text), expected);
        }
    }

    #[test]
    fn code_html_and_what_is_a_link_already_stay() {
        for text in [
            "`https://a.example` ``www.a.example``",
            "```\nhttps://a.example\n```\n\n    www.a.example",
            "<https://a.example> <a@b.example>",
            "[see https://a.example](/x/) [www.a.example]( https://b.example 'http://c.example')",
            "![of https://a.example](/x.png)",
            "[x] [https://a.example][x]\n\n[x]: https://a.example/y 'www.b.example'",
            "<a href=\"https://a.example\">",
            "<div title=\"https://a.example\">\nhttps://b.example\n</div>",
            "<!-- https://a.example\n\nwww.b.example -->",
        ] {
            assert_eq!(with_links(text), text);
        }
    }

    #[test]
    fn bars_and_angle_brackets_are_kept() {
        let page = |text| super::super::html(text, super::super::Links::FromPage(""), 2);
        let table = page("| a |\n| - |\n| https://a.example/x\\|y www.a.example/\\| |");
        assert!(table.contains("<a href=\"https://a.example/x%7Cy\">https://a.example/x|y</a>"), "{table}");
        assert!(table.contains("<a href=\"http://www.a.example/%7C\">www.a.example/|</a>"), "{table}");
        assert_eq!(
            page("https://a.example/>b"),
            "<p><a href=\"https://a.example/%3Eb\">https://a.example/&gt;b</a></p>"
        );
        assert_eq!(
            page("!https://a.example/>b"),
            "<p>!<a href=\"https://a.example/%3Eb\">https://a.example/&gt;b</a></p>"
        );
    }
}
