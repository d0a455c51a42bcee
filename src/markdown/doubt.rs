//! Whether a section ends where its author sees it end.
//!
//! Markdown and the eye part a text differently: `##Lessons` is no heading, nor is one in code that was never closed.
//! What is below such a line belongs to the section above it, and if that one is published, it is published too.

use std::ops::Range;

use super::parser;
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

/// Why a section may not end where its author sees it end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Code opens here and is not closed.
    OpenCode,
    /// HTML, or a comment, opens here and is not closed.
    OpenHtml,
    /// A line that looks like a heading stands in code with fences.
    InCode,
    /// A line that looks like a heading has an indent that makes it code.
    Indented,
    /// A line that looks like a heading, or is one, stands in a list, a quotation or a table.
    Nested,
    /// A line that looks like a heading stands in HTML or a comment.
    InHtml,
    /// A line that looks like a heading and is none.
    Unread,
    /// A line of a few words and nothing else, or a deeper heading: a doubt if the words are those of a section.
    Words,
}

/// Each line of `body` after which its author may believe to be in another section, with where it stands and its
/// words without markup. Code or HTML that stays open is told alone: it explains whatever follows.
pub fn doubts(body: &str) -> Vec<(Range<usize>, Doubt, String)> {
    if let Some((at, doubt)) = open(body) {
        return vec![(line_at(body, at), doubt, String::new())];
    }
    let blocks = Blocks::of(body);
    let (mut found, mut above) = (Vec::new(), "");
    for (start, line) in lines(body) {
        let doubt = match () {
            () if looks_like_heading(line, above) && !blocks.has_heading(start, line) => {
                Some(blocks.around(start, line))
            }
            () if line.len() <= LONGEST_NAME && has_words(line) => Some(Doubt::Words),
            () => None,
        };
        found.extend(doubt.map(|doubt| (line_at(body, start), doubt, words(line))));
        above = line;
    }
    found
}

/// No name of a section is as long, in bytes.
const LONGEST_NAME: usize = 200;

/// The lines as an editor may show them: it may break them where Markdown does not.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']).map(move |line| {
        at += line.len();
        (at - line.len(), line)
    })
}

fn line_at(text: &str, at: usize) -> Range<usize> {
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    at..at + text[at..end].trim_end().len()
}

/// What keeps a heading below `body` from being one. It is asked of the parser itself, with such a heading.
fn open(body: &str) -> Option<(usize, Doubt)> {
    // No rule of our own for what closes a block: the parser that publishes decides.
    let probed = format!("{body}\n\n## .\n");
    let probe = body.len() + 2;
    let around = parser(&probed).into_offset_iter().find_map(|(event, at)| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) if at.contains(&probe) => {
            Some((at.start, Doubt::OpenCode))
        }
        Event::Start(Tag::HtmlBlock) if at.contains(&probe) => Some((at.start, Doubt::OpenHtml)),
        _ => None,
    })?;
    Some((around.0.min(body.len()), around.1))
}

/// Where in a text a heading is none, or parts nothing.
struct Blocks {
    /// In the order in which they begin, with why a heading in them is none.
    blocks: Vec<(Range<usize>, Doubt)>,
    /// Headings outside of them.
    headings: Vec<Range<usize>>,
}

impl Blocks {
    fn of(body: &str) -> Blocks {
        let (mut blocks, mut headings, mut depth) = (Vec::new(), Vec::new(), 0usize);
        for (event, at) in parser(body).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => blocks.push((at, Doubt::InCode)),
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => blocks.push((at, Doubt::Indented)),
                Event::Start(Tag::HtmlBlock) => blocks.push((at, Doubt::InHtml)),
                Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Table(_)) => {
                    depth += 1;
                    blocks.push((at, Doubt::Nested));
                }
                Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Table) => depth -= 1,
                Event::Start(Tag::Heading { .. }) if depth == 0 => headings.push(at),
                _ => {}
            }
        }
        Blocks { blocks, headings }
    }

    /// Why a heading in this line would be none: for the sake of the innermost block around it.
    fn around(&self, start: usize, line: &str) -> Doubt {
        let text = first_of(start, line);
        let before = &self.blocks[..self.blocks.partition_point(|(at, _)| at.start <= text)];
        let near = before.iter().rev().take(NEAR);
        near.clone().find(|(at, _)| at.contains(&text)).map_or(Doubt::Unread, |(_, doubt)| *doubt)
    }

    fn has_heading(&self, start: usize, line: &str) -> bool {
        let text = first_of(start, line);
        let next = self.headings.partition_point(|at| at.start <= text);
        next.checked_sub(1).is_some_and(|index| self.headings[index].contains(&text))
    }
}

/// How many blocks before a line are looked at for the one around it, so that a text of nothing but blocks takes no
/// time. Beyond, a heading is as doubtful, and only the word for why is less fitting.
const NEAR: usize = 1000;

fn first_of(start: usize, line: &str) -> usize {
    start + line.len() - line.trim_start().len()
}

/// Whether a reader may take the line for a heading, or for what stands below one.
fn looks_like_heading(line: &str, above: &str) -> bool {
    begins_with_marks(line)
        || has_marks_within(line)
        || has_html_heading(line)
        || is_underline(line) && has_words(above)
}

/// Marks of a heading before the first word, whatever stands around them.
fn begins_with_marks(line: &str) -> bool {
    let text = after_numbers(line);
    let before = text.find(char::is_alphanumeric).unwrap_or(text.len());
    let marks = text[..before].chars().filter(|c| is_mark(*c)).count();
    // `#4711` at the beginning of a line is the number of a ticket.
    let is_number =
        marks == 1 && text[..before].ends_with(is_mark) && text[before..].starts_with(|c: char| c.is_numeric());
    marks > 0 && !is_number
}

fn is_mark(c: char) -> bool {
    matches!(c, '#' | '\u{ff03}' | '\u{fe5f}')
}

/// The line from its first word or mark on, without the numbers of a list.
fn after_numbers(line: &str) -> &str {
    let text = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !is_mark(c));
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let has_number = after.len() < text.len() && after.starts_with(['.', ')']);
    if has_number { after_numbers(&after[1..]) } else { &line[line.len() - text.len()..] }
}

/// Two marks and a word after a blank: a line end was lost.
fn has_marks_within(line: &str) -> bool {
    let begins = line
        .match_indices(is_mark)
        .filter(|(at, _)| !line[..*at].ends_with(|c: char| c.is_alphanumeric() || is_mark(c)));
    begins.map(|(at, _)| &line[at..]).any(|rest| {
        let after = rest.trim_start_matches(is_mark);
        let has_two = rest.chars().nth(1).is_some_and(is_mark);
        has_two && after.trim_start().starts_with(char::is_alphabetic)
    })
}

fn has_html_heading(line: &str) -> bool {
    line.match_indices('<').any(|(at, _)| {
        let mut tag = line[at + 1..].chars();
        let is_heading = matches!((tag.next(), tag.next()), (Some('h' | 'H'), Some('1'..='6')));
        is_heading && !tag.next().is_some_and(char::is_alphanumeric)
    })
}

/// A line of nothing but dashes or the like.
fn is_underline(line: &str) -> bool {
    let line = line.trim_end().trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    let is_dash = |c: char| "-=_*\u{2012}\u{2013}\u{2014}\u{2015}\u{2500}\u{2501}\u{2550}".contains(c);
    line.chars().filter(|c| is_dash(*c)).count() > 1 && line.chars().all(|c| is_dash(c) || c.is_whitespace())
}

fn has_words(line: &str) -> bool {
    line.contains(char::is_alphanumeric)
}

/// The words of a line, or those behind the last mark in it, without what marks them.
fn words(line: &str) -> String {
    let mut text = String::new();
    for piece in line.split('<') {
        text +=
            piece.split_once('>').filter(|_| text.len() + piece.len() < line.len()).map_or(piece, |(_, after)| after);
    }
    // Marks behind a heading close it.
    let text = text.trim_end().trim_end_matches(is_mark);
    let name = text.rfind(is_mark).map_or(text, |mark| &text[mark..]);
    after_numbers(name).trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str) -> Vec<(&str, Doubt)> {
        let told = doubts(body).into_iter().filter(|(_, doubt, _)| *doubt != Doubt::Words);
        told.map(|(at, doubt, _)| (&body[at], doubt)).collect()
    }

    #[test]
    fn what_stays_open_is_told_where_it_opens() {
        assert_eq!(found("a\n\n```sh\ncurl x\n\n## Lessons\n"), [("```sh", Doubt::OpenCode)]);
        assert_eq!(found("a\n\n~~~\n```\n"), [("~~~", Doubt::OpenCode)]);
        assert_eq!(found("a\n\n````\nb\n```"), [("````", Doubt::OpenCode)]);
        assert_eq!(found("a\n\n<!-- b\n"), [("<!-- b", Doubt::OpenHtml)]);
        assert_eq!(found("a\n\n<pre>\nb"), [("<pre>", Doubt::OpenHtml)]);
        assert_eq!(found("a\n\n```\ncurl x\n```\n\n~~~\n```\n~~~\n\n<!-- b -->\n"), []);
    }

    #[test]
    fn a_line_that_looks_like_a_heading_is_told_with_why_it_is_none() {
        for (body, line, doubt) in [
            ("a\n\n##Lessons\n", "##Lessons", Doubt::Unread),
            ("a\n    ## Lessons\n", "    ## Lessons", Doubt::Unread),
            ("a\n\n\t## Lessons\n", "\t## Lessons", Doubt::Indented),
            ("> a\n>\n> ## Lessons\n", "> ## Lessons", Doubt::Nested),
            ("- a\n\n  ## Lessons\n", "  ## Lessons", Doubt::Nested),
            ("1. ## Lessons\n", "1. ## Lessons", Doubt::Nested),
            ("> a\nLessons\n---\n", "---", Doubt::Unread),
            ("Lessons\n    ---\n", "    ---", Doubt::Unread),
            ("```\na\n\n## Lessons\n\n```\n", "## Lessons", Doubt::InCode),
            ("<div>\n## Lessons\n</div>\n", "## Lessons", Doubt::InHtml),
            ("<!--\n## Lessons\n-->\n", "## Lessons", Doubt::InHtml),
            ("a\n\n\u{feff}## Lessons\n", "\u{feff}## Lessons", Doubt::Unread),
            ("a\n\n\u{a0}##\u{a0}Lessons\n", "\u{a0}##\u{a0}Lessons", Doubt::Unread),
            ("a\n\n##\0Lessons\n", "##\0Lessons", Doubt::Unread),
            ("a\n\n\\## Lessons\n", "\\## Lessons", Doubt::Unread),
            ("It works. ## Lessons\n", "It works. ## Lessons", Doubt::Unread),
            ("a\n\n####### Lessons\n", "####### Lessons", Doubt::Unread),
            ("a <h2>Lessons</h2>\n", "a <h2>Lessons</h2>", Doubt::Unread),
        ] {
            assert_eq!(found(body), [(line, doubt)], "{body:?}");
        }
    }

    #[test]
    fn the_words_of_a_heading_are_those_between_its_marks() {
        for line in ["### Lessons ##", "### Lessons", "<b>Lessons</b>", "a text. ## Lessons #", "1. Lessons:"] {
            assert_eq!(words(line), "Lessons", "{line}");
        }
    }

    #[test]
    fn what_customers_are_told_may_have_lists_code_rules_and_deeper_headings() {
        let body = [
            "Ticket\n#4711 says why, in C# and (#12).\n\n### What you can do\n\n1. Wait\n2. Call `a#b`\n\n",
            "```\ncurl x\n```\n\n---\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n> It *was* slow. [See](/x/#y)\n",
        ]
        .concat();
        assert_eq!(found(&body), []);
    }

    #[test]
    fn words_of_a_line_are_told_without_their_marks() {
        let body = "**Lessons**\n\n- Impact:\n\n<b>Timeline</b>\n\n### Root cause(s)\n\na < b > c\n";
        let words: Vec<String> = doubts(body).into_iter().map(|(_, _, words)| words).collect();
        assert_eq!(words, ["Lessons", "Impact", "Timeline", "Root cause(s)", "a  c"]);
    }
}
