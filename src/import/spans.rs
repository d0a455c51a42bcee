//! Where in a Markdown text the things stand that an import may have to rewrite. What is code stays
//! untouched, because the Markdown parser says what is code.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

/// A piece of a Markdown text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// A block of HTML.
    Block,
    /// One HTML tag or comment within a paragraph.
    Inline,
    /// Running text, outside links.
    Text,
    /// A link or picture.
    Link(Link),
}

/// A link or picture.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Where it leads.
    pub target: String,
    /// What readers see who hover over it; mostly empty.
    pub title: String,
    /// Where its text stands; empty if it has none.
    pub label: Range<usize>,
    /// Whether it is a picture.
    pub is_picture: bool,
    /// Whether its target is written elsewhere, in a definition.
    pub is_reference: bool,
}

/// Every such piece of `text`, in order, an outer one before those inside it.
pub(super) fn spans(text: &str) -> Vec<(Range<usize>, Span)> {
    let mut found: Vec<(Range<usize>, Span)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut code = false;
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let is_end = matches!(event, Event::End(_));
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => open.push(usize::MAX),
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                open.push(found.len());
                found.push((range.clone(), link([&dest_url, &title], link_type, false, &range)));
                continue;
            }
            Event::Start(Tag::Image { link_type, dest_url, title, .. }) => {
                widen(&mut found, &open, &range);
                open.push(found.len());
                found.push((range.clone(), link([&dest_url, &title], link_type, true, &range)));
                continue;
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                open.pop();
            }
            Event::Html(_) => add(&mut found, range.clone(), Span::Block),
            Event::InlineHtml(_) if open.is_empty() => found.push((range.clone(), Span::Inline)),
            Event::Text(_) if open.is_empty() && !code => add(&mut found, range.clone(), Span::Text),
            _ => {}
        }
        if !is_end {
            widen(&mut found, &open, &range);
        }
    }
    found
}

/// Where code stands that is marked as such. What is only indented is code to one parser and words to another.
pub(super) fn marked_code(text: &str) -> Vec<Range<usize>> {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).into_offset_iter();
    let is_code =
        |event: &Event<'_>| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))));
    events.filter(|(event, _)| is_code(event)).map(|(_, range)| range).collect()
}

/// `text` with every line break of a paragraph as one that readers see.
pub(super) fn hard_breaks(text: &str) -> String {
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for (event, range) in
        Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).into_offset_iter()
    {
        if event == Event::SoftBreak && range.start >= done {
            out.push_str(&text[done..range.start]);
            out.push('\\');
            done = range.start;
        }
    }
    out + &text[done..]
}

fn link([target, title]: [&str; 2], kind: LinkType, is_picture: bool, range: &Range<usize>) -> Span {
    let is_reference = kind != LinkType::Inline;
    let (target, title) = (target.to_owned(), title.to_owned());
    Span::Link(Link { target, title, label: range.start..range.start, is_picture, is_reference })
}

/// Adds a piece; one that follows another of its kind without a gap continues it.
fn add(found: &mut Vec<(Range<usize>, Span)>, range: Range<usize>, span: Span) {
    match found.last_mut() {
        Some((before, kind)) if *kind == span && before.end == range.start => before.end = range.end,
        _ => found.push((range, span)),
    }
}

/// What stands within an open link belongs to its label.
fn widen(found: &mut [(Range<usize>, Span)], open: &[usize], inside: &Range<usize>) {
    for index in open {
        let Some((range, Span::Link(link))) = found.get_mut(*index) else { continue };
        if link.label.is_empty() {
            link.label = inside.clone();
        }
        link.label.end = link.label.end.max(inside.end).min(range.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_within_a_paragraph_become_hard() {
        assert_eq!(hard_breaks("a\nb\n\n- c\n  d\n\n```\ne\nf\n```\n"), "a\\\nb\n\n- c\\\n  d\n\n```\ne\nf\n```\n");
        assert_eq!(hard_breaks("a  \nb\nc\\\nd"), "a  \nb\\\nc\\\nd");
    }

    #[test]
    fn links_know_their_labels_and_code_is_left_alone() {
        let text = "a [*b* c](/x) `<i>` ![d](e.png)\n\n    <b>\n\n[f][g]\n\n[g]: h";
        let links: Vec<(&str, &str)> = spans(text)
            .iter()
            .filter_map(|(range, span)| match span {
                Span::Link(link) => Some((&text[range.clone()], &text[link.label.clone()])),
                Span::Block | Span::Inline => panic!("code is no HTML"),
                Span::Text => None,
            })
            .collect();
        assert_eq!(links, [("[*b* c](/x)", "*b* c"), ("![d](e.png)", "d"), ("[f][g]", "f")]);
    }
}
