//! Lists in quotations in lists: each level costs the parser memory and time in every line below it.

use std::borrow::Cow;

use pulldown_cmark::{Event, Tag, TagEnd};

/// More levels than any page can show.
const DEEPEST: usize = 100;

/// The byte at which the first line begins that opens more quotations and lists than any page can show. In code, and as
/// a rule across the page, the same marks open nothing.
pub(crate) fn too_deep(text: &str) -> Option<usize> {
    deep_lines(text).next()?;
    let mut depth = 0;
    for (event, range) in super::any_depth(&shortened(text)).into_offset_iter() {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::Item) => depth += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::Item) => depth -= 1,
            _ => {}
        }
        if depth > DEEPEST {
            let line = text[..range.start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
            return Some(line);
        }
    }
    None
}

/// The lines that would open too many levels where Markdown looks for them, by their first bytes.
fn deep_lines(text: &str) -> impl Iterator<Item = usize> {
    let mut at = 0;
    // By bytes, since every text of a site is asked: most lines are too short, and no character has to be read for that.
    let lines = text.as_bytes().split_inclusive(|byte| matches!(byte, b'\n' | b'\r')).map(move |line| {
        at += line.len();
        at - line.len()..at
    });
    // Each level takes a character at least.
    lines.filter(|line| line.len() > DEEPEST && levels(&text[line.clone()]).0 > DEEPEST).map(|line| line.start)
}

/// The text with as many levels in each line as it takes to know that they are too many, byte for byte in its place.
fn shortened(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for at in deep_lines(text) {
        let line = text[at..].split_inclusive(['\n', '\r']).next().unwrap_or_default();
        let (_, start) = levels(line);
        let end = line.trim_end().len();
        // A rule is made of one mark alone, and stays one.
        let is_rule = ["-", "*", "_"].iter().any(|mark| line.replace(*mark, "").trim().is_empty());
        shown.push_str(&text[shown.len()..at + start]);
        shown.push_str(&if is_rule { " " } else { "x" }.repeat(end.saturating_sub(start)));
    }
    shown.push_str(&text[shown.len()..]);
    shown
}

/// The text with the marks of lines that are too deep shown as they were written.
pub(crate) fn flattened(text: &str) -> Cow<'_, str> {
    let mut shown = Cow::Borrowed(text);
    while too_deep(&shown).is_some() {
        shown = Cow::Owned(once_flattened(&shown));
    }
    shown
}

/// The same, as far as each line can be judged without those above it.
fn once_flattened(text: &str) -> String {
    let (mut shown, mut rest) = (String::new(), text);
    while let Some(line) = too_deep(rest) {
        // The backslash stands before the mark itself, behind blanks and the digits of a number.
        let is_before_mark = |c: char| c.is_whitespace() || c.is_ascii_digit();
        let mark = line + rest[line..].find(|c| !is_before_mark(c)).unwrap_or_default();
        let end = rest[mark..].find(['\n', '\r']).map_or(rest.len(), |length| mark + length);
        shown += &format!("{}\\{}", &rest[..mark], &rest[mark..end]);
        rest = &rest[end..];
    }
    shown + rest
}

/// How many quotations and items of lists begin, or go on, at the beginning of a line; of very many, where those end that
/// are already too many.
fn levels(line: &str) -> (usize, usize) {
    let (mut rest, mut levels) = (line.trim_start(), 0);
    while let Some(length) = marker(rest.as_bytes()).filter(|_| levels <= DEEPEST) {
        rest = rest[length..].trim_start();
        levels += 1;
    }
    (levels, line.len() - rest.len())
}

/// The length of the mark at the beginning: `>`, or `-`, `*`, `+`, `1.` and `1)` before a blank.
fn marker(rest: &[u8]) -> Option<usize> {
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let length = match rest.get(digits)? {
        b'>' if digits == 0 => return Some(1),
        b'-' | b'*' | b'+' if digits == 0 => 1,
        b'.' | b')' if (1..10).contains(&digits) => digits + 1,
        _ => return None,
    };
    rest.get(length).is_none_or(u8::is_ascii_whitespace).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_opens_very_many_levels_is_found() {
        for open in ["> ", ">", "- ", "* ", "+ ", "1. ", "23) ", "> - 1. "] {
            let text = format!("one\n\n{}two\n", open.repeat(2000));
            assert_eq!(too_deep(&text), Some(5), "{open:?}");
            let flat = flattened(&text);
            assert_eq!((too_deep(&flat), flat.replace('\\', "")), (None, text), "{open:?}");
        }
        for flat in ["1.", "-", "**", "1234567890. ", "x > ", "1.2 ", "- ", "* "] {
            assert_eq!(too_deep(&flat.repeat(2000)), None, "{flat:?}");
        }
        assert_eq!(too_deep(&"> - 1. deep\n".repeat(2000)), None);
    }

    #[test]
    fn marks_that_open_nothing_are_no_levels() {
        for open in ["> ", "- ", "1. ", "> - "] {
            let line = format!("{}two", open.repeat(2000));
            for text in [format!("```\n{line}\n```\n"), format!("    {line}\n"), format!("> ```\n> {line}\n")] {
                assert_eq!(too_deep(&text), None, "{open:?}");
                assert_eq!(flattened(&text), text);
                let after = format!("{text}\n{line}\n");
                assert_eq!(too_deep(&after), Some(text.len() + 1), "{open:?}");
                assert!(flattened(&after).starts_with(&text) && too_deep(&flattened(&after)).is_none());
            }
        }
    }
}
