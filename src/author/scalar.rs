//! Texts as YAML.

/// The longest line that is written without a break, in characters.
const WIDTH: usize = 120;

/// `text` as a YAML scalar on one line.
pub(super) fn scalar(text: &str) -> String {
    const SPECIAL: &str = ":#\"'\\{}[]&*!|>%@`,=?";
    let is_plain = is_word_like(text) && !text.contains(|c: char| SPECIAL.contains(c));
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// `key: text` outside of brackets, in the lines that a person would write: on the line of its key if it fits
/// there as it is, else below it. `indent` is that of the key, in blanks; the lines come without it.
pub(super) fn prose(key: &str, text: &str, indent: usize) -> Vec<String> {
    let is_short = indent + key.len() + 2 + text.chars().count() <= WIDTH;
    let is_plain = is_word_like(text) && ![": ", " #"].iter().any(|mark| text.contains(mark)) && !text.ends_with(':');
    if is_short && is_plain {
        return vec![format!("{key}: {text}")];
    }
    if text.contains(|c: char| is_break(c) || (c.is_control() && c != '\n')) || text.starts_with(' ') {
        return vec![format!("{key}: {}", quoted(text))];
    }
    let below = text.lines().map(|line| if line.trim().is_empty() { String::new() } else { format!("  {line}") });
    std::iter::once(format!("{key}: |")).chain(below).collect()
}

/// Whether `text` begins as a word and YAML takes it for nothing else.
fn is_word_like(text: &str) -> bool {
    const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !text.contains(|c: char| c.is_control() || is_break(c))
        && !WORDS.contains(&&*text.to_lowercase())
        && text.trim_end() == text
}

/// JSON's strings are YAML's double-quoted ones, but for what YAML takes for the end of a line.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    json.chars().fold(String::new(), |mut out, c| {
        match c {
            c if is_break(c) || c.is_control() => out += &format!("\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
        out
    })
}

/// Ends of lines in YAML that are none elsewhere, and the mark of the byte order.
fn is_break(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_quoted_where_yaml_would_read_it_otherwise() {
        for (text, yaml) in [
            ("Checkout returned 503", "Checkout returned 503"),
            ("Payments: slow", "\"Payments: slow\""),
            ("503 at checkout", "\"503 at checkout\""),
            ("The \"new\" pool", "\"The \\\"new\\\" pool\""),
            ("No", "\"No\""),
        ] {
            assert_eq!(scalar(text), yaml);
        }
    }

    #[test]
    fn prose_is_written_as_a_person_would() {
        assert_eq!(prose("body", "Pay again, please. It's over.", 4), ["body: Pay again, please. It's over."]);
        assert_eq!(prose("body", "Known: *slow*", 4), ["body: |", "  Known: *slow*"]);
        assert_eq!(prose("body", "One.\n\nTwo.", 4), ["body: |", "  One.", "", "  Two."]);
        assert_eq!(prose("body", "12 orders", 4), ["body: |", "  12 orders"]);
        assert_eq!(prose("body", "a\tb\u{2028}", 4), [r#"body: "a\tb\u2028""#]);
        assert_eq!(prose("body", "a ".repeat(60).trim_end(), 4).len(), 2, "too long for one line");
    }
}
