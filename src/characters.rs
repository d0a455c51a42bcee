//! Which characters a text may have, and which of them make words without blanks. What some format cannot carry is a blank in all of them, so that
//! pages, API, feeds and calendars say the same.

use std::borrow::Cow;

/// `text` with a blank for each control character but tabs and line ends, and for the two last characters
/// of the first plane. XML 1.0 (section 2.2) and iCalendar (RFC 5545, section 3.1) have no way to write
/// most of them, and no page shows any. Word processors leave U+000B behind for a line break.
pub fn carried(text: &str) -> Cow<'_, str> {
    if text.contains(is_lost) { text.replace(is_lost, " ").into() } else { text.into() }
}

fn is_lost(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        c => c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'),
    }
}

/// The byte at which `text` may be cut so that at most `bytes` of it are before the cut.
pub fn cut_before(text: &str, bytes: usize) -> usize {
    // `str::floor_char_boundary` is younger than the oldest compiler that we build with.
    (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// `text` as a terminal and a log may show it: each control character but tabs and line ends, and each that turns the
/// direction of writing, as one character that can be seen. Names of files and keys of foreign texts hold any; an escape
/// would paint, clear, or type (ECMA-48), and a turned line reads as another one (Unicode TR 36, section 3.2).
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unseen) {
        return text.into();
    }
    let shown = |c: char| match c {
        // The block Control Pictures has one for each of C0.
        '\0'..='\u{1f}' if is_unseen(c) => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        c if is_unseen(c) => '\u{fffd}',
        c => c,
    };
    text.chars().map(shown).collect::<String>().into()
}

/// A value as indented JSON that a terminal may show: what would act on it is escaped, of which JSON asks only for some. So
/// a program reads the same texts.
pub fn visible_json(value: &serde_json::Value) -> String {
    let mut shown = String::new();
    // Blanks and line ends between texts are the only ones that are not inside of one.
    for c in format!("{value:#}\n").chars() {
        if is_unseen(c) { shown += &format!("\\u{:04x}", u32::from(c)) } else { shown.push(c) }
    }
    shown
}

fn is_unseen(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n') || is_turning(c)
}

fn is_turning(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Han, kana and hangul, by the blocks of Unicode (<https://www.unicode.org/charts/>): what stands without blanks where
/// words end, or, in Korean, with particles that no blank parts from the word. So such text is cut into pairs of
/// characters, for the search and for finding texts that are alike. The theme's `wiki.js` has the same list.
pub fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_shown() {
        assert_eq!(visible("a\u{1b}[31m\u{7}\r\u{9b}\u{202e}\u{7f}b\tc\n"), "a␛[31m␇␍\u{fffd}\u{fffd}␡b\tc\n");
        assert!(matches!(visible("plain, größe, 🚚"), Cow::Borrowed(_)));
    }

    #[test]
    fn json_is_the_same_value_without_anything_that_a_terminal_obeys() {
        let value = serde_json::json!({ "a\u{7f}\u{9b}": ["\u{1b}[31m", "\u{202e}größe 🚚\n\t\u{2069}", "\\u007f"] });
        let shown = visible_json(&value);
        assert_eq!(visible(&shown), shown);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).ok(), Some(value));
    }

    #[test]
    fn what_no_format_carries_is_a_blank_and_the_rest_stays() {
        assert_eq!(carried("a\u{0}b\u{b}c\u{1f}d\u{7f}e\u{85}f\u{fffe}g\u{ffff}h"), "a b c d e f g h");
        let kept = "\ttab\r\n🚚 \u{200f}מ\u{200d} \u{2028}\u{fffd}";
        assert!(matches!(carried(kept), Cow::Borrowed(same) if same == kept));
    }
}
