//! HTML within a postmortem: what has an equal in Markdown becomes that, what only lays things out goes, and what is no
//! HTML at all, such as `<name-of-host>`, is text.

use std::ops::Range;

use crate::import::markdown::{apply, attribute};
use crate::import::proof::is_within_words;
use crate::import::spans::{Span, spans};

/// At most so often is a text looked at again: without its outer tags, inner ones come to light.
const LOOKS: usize = 6;

/// The text without tags but those that `import::markdown` knows, which stand in a paragraph.
pub(super) fn converted(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..LOOKS {
        let mut edits = Vec::new();
        for (range, span) in spans(&text) {
            match span {
                Span::Block => edit(&text, range, true, &mut edits),
                Span::Inline => edit(&text, range, false, &mut edits),
                Span::Text | Span::Link(_) => {}
            }
        }
        if edits.is_empty() {
            break;
        }
        text = apply(&text, edits);
    }
    text
}

fn edit(text: &str, range: Range<usize>, is_block: bool, edits: &mut Vec<(Range<usize>, String)>) {
    let mut anchors: Vec<Option<String>> = Vec::new();
    let mut from = range.start;
    while let Some(found) = text[from..range.end].find('<') {
        let start = from + found;
        let Some(end) = text[start..range.end].find('>').map(|end| start + end + 1) else {
            edits.push((start..start, "\\".to_owned()));
            return;
        };
        if let Some(new) = replacement(&text[start + 1..end - 1], is_block, &mut anchors) {
            match new {
                New::Text(new) if new.is_empty() && parts_words(text, start..end) => {
                    edits.push((start..end, " ".to_owned()))
                }
                New::Text(new) => edits.push((start..end, new)),
                New::Escape => edits.push((start..start, "\\".to_owned())),
            }
        }
        from = end;
    }
}

/// Whether a tag stands between two words that are not one.
fn parts_words(text: &str, tag: Range<usize>) -> bool {
    let is_between = text[..tag.start].ends_with(|c: char| !c.is_whitespace())
        && text[tag.end..].starts_with(|c: char| !c.is_whitespace());
    is_between && !is_within_words(&text[tag])
}

enum New {
    Text(String),
    /// It is no HTML.
    Escape,
}

/// Tags that lay things out, or say no more than their text.
const DROPPED: &str = " p div section article center details figure figcaption header footer main aside nav table thead tbody tfoot caption \
    colgroup col ul ol dl dt dd blockquote picture span font u sup sub small big mark ins abbr label input svg path g button form \
    html body head hr nobr wbr time address cite q var dfn bdo strike_ ";

/// What a tag becomes; none if it stays for those who know it.
fn replacement(tag: &str, is_block: bool, anchors: &mut Vec<Option<String>>) -> Option<New> {
    let (is_closing, inner) = tag.strip_prefix('/').map_or((false, tag), |inner| (true, inner));
    let name = inner.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
    let is_whole_name = inner.len() == name.len() || inner[name.len()..].starts_with([' ', '/', '\n', '\t']);
    let text = |text: &str| Some(New::Text(text.to_owned()));
    match name.as_str() {
        _ if name.is_empty() || !is_whole_name => Some(New::Escape),
        "img" => Some(New::Text(picture(inner))),
        "iframe" | "video" | "audio" | "source" | "embed" => {
            let shown = attribute(inner, "src").filter(|_| !is_closing).map(|src| format!("<{src}>"));
            Some(New::Text(shown.filter(|shown| shown.starts_with("<http")).unwrap_or_default()))
        }
        "summary" | "th" if is_block || name == "summary" => text(if name == "th" { " " } else { "**" }),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => text("**"),
        "li" => text(if is_closing { "" } else { "- " }),
        "td" | "th" | "tr" => text(" "),
        "code" | "kbd" | "tt" | "samp" => text("`"),
        "pre" => text(""),
        "a" if is_block => match is_closing {
            false => {
                let target = attribute(inner, "href");
                anchors.push(target.clone());
                text(if target.is_some() { "[" } else { "" })
            }
            true => {
                let target = anchors.pop().flatten();
                Some(New::Text(target.map(|target| format!("](<{target}>)")).unwrap_or_default()))
            }
        },
        "a" if !is_closing && attribute(inner, "href").is_none() => text(""),
        "b" | "strong" if is_block => text("**"),
        "i" | "em" if is_block => text("*"),
        "s" | "del" | "strike" if is_block => text("~~"),
        "br" if is_block => text(""),
        "a" | "b" | "strong" | "i" | "em" | "s" | "del" | "strike" | "br" => None,
        name if DROPPED.contains(&format!(" {name} ")) => text(""),
        _ => Some(New::Escape),
    }
}

/// A picture of HTML as one of Markdown.
fn picture(tag: &str) -> String {
    let value = |name: &str| attribute(tag, name).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let Some(source) = value("src").filter(|source| !source.is_empty()) else {
        return value("alt").unwrap_or_default();
    };
    let alt = value("alt").unwrap_or_default().replace(['[', ']'], "");
    let title = value("title").filter(|title| *title != alt).map(|title| format!(" \"{}\"", title.replace('"', "'")));
    format!("![{alt}](<{source}>{})", title.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_marks_or_go() {
        for (html, markdown) in [
            ("<img width=\"3\" alt=\"Load\" src=\"https://x.example/a.png\" />", "![Load](<https://x.example/a.png>)"),
            ("a <img src='b c.png' title=\"t\"> d", "a ![](<b c.png> \"t\") d"),
            ("<details>\n<summary>More</summary>\n\nText.\n\n</details>", "\n**More**\n\nText.\n\n"),
            ("a <b>b</b> <u>c</u> <kbd>d</kbd>", "a <b>b</b> c `d`"),
            ("<p align=\"center\">\n<b>x</b> <a href=\"y\">z</a>\n</p>", "\n**x** [z](<y>)\n"),
            ("ask <name-of-host> and <T>", "ask \\<name-of-host> and \\<T>"),
            ("`<div>`\n\n```\n<div>\n```", "`<div>`\n\n```\n<div>\n```"),
        ] {
            assert_eq!(converted(html), markdown, "{html}");
        }
    }
}
