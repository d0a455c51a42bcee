//! Lists in quotations in lists: each level costs the parser memory and time in every line below it.

use std::borrow::Cow;

/// More levels than any page can show.
const DEEPEST: usize = 100;

/// The byte at which the first line begins that opens more quotations and lists than any page can show.
pub(crate) fn too_deep(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        // Each level takes a character at least.
        if line.len() > DEEPEST && levels(line) > DEEPEST {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// The text with the marks of lines that are too deep shown as they were written.
pub(crate) fn flattened(text: &str) -> Cow<'_, str> {
    let (mut shown, mut rest) = (String::new(), text);
    while let Some(line) = too_deep(rest) {
        // The backslash stands before the mark itself, behind blanks and the digits of a number.
        let is_before_mark = |c: char| c.is_whitespace() || c.is_ascii_digit();
        let mark = line + rest[line..].find(|c| !is_before_mark(c)).unwrap_or_default();
        let end = rest[mark..].find(['\n', '\r']).map_or(rest.len(), |length| mark + length);
        shown += &format!("{}\\{}", &rest[..mark], &rest[mark..end]);
        rest = &rest[end..];
    }
    if shown.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(shown + rest) }
}

/// How many quotations and items of lists begin, or go on, at the beginning of a line.
fn levels(line: &str) -> usize {
    let (mut rest, mut levels) = (line.trim_start(), 0);
    while let Some(length) = marker(rest.as_bytes()) {
        rest = rest[length..].trim_start();
        levels += 1;
    }
    levels
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
        for flat in ["1.", "-", "**", "1234567890. ", "x > ", "1.2 "] {
            assert_eq!(too_deep(&flat.repeat(2000)), None, "{flat:?}");
        }
        assert_eq!(too_deep(&"> - 1. deep\n".repeat(2000)), None);
    }
}
