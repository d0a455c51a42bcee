//! Writes YAML that people like to read: block style, no quotes where none are needed, long texts as
//! block scalars. The property that matters is tested: what is written reads back as the same tree.
//!
//! By hand, since no crate writes block style in the order given and with quotes only where they are needed.

use super::Node;
use crate::time::Time;

/// The longest line that prose is written on without a break, in characters.
const WIDTH: usize = 120;

/// A mapping as YAML, one key a line, in the given order.
pub fn mapping(entries: &[(String, Node)]) -> String {
    let mut out = String::new();
    write_entries(&mut out, entries, 0, false);
    out
}

/// `text` as YAML comments, one a line. What would end a line early becomes the replacement character.
pub fn comment(text: &str) -> String {
    text.lines().map(|line| format!("# {}", printable(line)).trim_end().to_owned() + "\n").collect()
}

/// `inline`: the first key stands behind a dash that is written already.
fn write_entries(out: &mut String, entries: &[(String, Node)], indent: usize, inline: bool) {
    for (index, (key, node)) in entries.iter().enumerate() {
        if index > 0 || !inline {
            blanks(out, indent);
        }
        out.push_str(&scalar(key));
        out.push(':');
        write_value(out, node, indent);
    }
}

fn write_value(out: &mut String, node: &Node, indent: usize) {
    match node {
        Node::Map(entries) if !entries.is_empty() => {
            out.push('\n');
            write_entries(out, entries, indent + 2, false);
        }
        Node::List(items) if !items.is_empty() => {
            out.push('\n');
            write_items(out, items, indent + 2);
        }
        Node::Text(text) if is_block(text) => write_block(out, text, indent + 2),
        other => write_small(out, other),
    }
}

fn write_items(out: &mut String, items: &[Node], indent: usize) {
    for item in items {
        blanks(out, indent);
        out.push('-');
        match item {
            Node::Map(entries) if !entries.is_empty() => {
                out.push(' ');
                write_entries(out, entries, indent + 2, true);
            }
            Node::List(items) if !items.is_empty() => {
                out.push('\n');
                write_items(out, items, indent + 2);
            }
            other => write_small(out, other),
        }
    }
}

/// Whatever fits on the rest of the line.
fn write_small(out: &mut String, node: &Node) {
    let text = match node {
        Node::Null => String::new(),
        Node::Bool(value) => format!(" {value}"),
        Node::Int(value) => format!(" {value}"),
        // `Display` writes 1.0 as 1, which reads back as a whole number.
        Node::Float(value) => format!(" {value:?}"),
        Node::Text(text) => format!(" {}", scalar(text)),
        Node::List(_) => " []".to_owned(),
        Node::Map(_) => " {}".to_owned(),
    };
    out.push_str(&text);
    out.push('\n');
}

/// A block scalar: the indent is stated where the text begins with blanks, the end where it is not
/// one line break.
fn write_block(out: &mut String, text: &str, indent: usize) {
    out.push_str(" |");
    if text.starts_with([' ', '\n']) {
        // Else the parser would take the blanks of the first line for the indent.
        out.push('2');
    }
    if !text.ends_with('\n') {
        out.push('-');
    } else if text.ends_with("\n\n") {
        out.push('+');
    }
    out.push('\n');
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        if !line.is_empty() {
            blanks(out, indent);
        }
        out.push_str(line);
        out.push('\n');
    }
}

/// Whether a text can and should be a block scalar: several lines, something in the first and last
/// of them, no character that YAML wants escaped.
fn is_block(text: &str) -> bool {
    text.contains('\n')
        && !text.trim().is_empty()
        && !text.starts_with('\t')
        && text.split('\n').all(|line| line.is_empty() || !line.trim_matches(' ').is_empty())
        && text.chars().all(|c| c == '\n' || c == '\t' || !must_escape(c))
}

/// A text on one line, in quotes if need be.
fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Whether a text means itself without quotes. Careful rather than complete: words of letters, or a
/// time.
fn is_plain(text: &str) -> bool {
    let first = text.chars().next().is_some_and(char::is_alphabetic);
    let last = text.chars().next_back().is_some_and(|c| c != ' ' && c != ':');
    let safe = |c: char| c.is_alphanumeric() || " _-./(),+'".contains(c) || c == ':';
    let words = first && last && text.chars().all(safe) && !text.contains(": ") && !is_reserved(text);
    words || (text.len() > 10 && Time::parse(text).is_ok() && !text.contains(' '))
}

/// A text on one line that means itself anywhere in YAML, between brackets too; in quotes if need be.
pub fn inline(text: &str) -> String {
    const SPECIAL: &str = ":#\"'\\{}[]&*!|>%@`,=?";
    let is_plain = is_word_like(text) && !text.contains(|c: char| SPECIAL.contains(c));
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// A value on one line, its mappings and lists in brackets.
pub fn flow(node: &Node) -> String {
    match node {
        Node::Null => "null".to_owned(),
        Node::Bool(value) => value.to_string(),
        Node::Int(value) => value.to_string(),
        Node::Float(value) => format!("{value:?}"),
        Node::Text(text) => inline(text),
        Node::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Node::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{}: {}", inline(key), flow(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// `key: text` outside of brackets, in the lines that a person would write: on the line of its key if it fits
/// there as it is, else below it. `indent` is that of the key, in blanks; the lines come without it.
pub fn prose(key: &str, text: &str, indent: usize) -> Vec<String> {
    let is_short = indent + key.len() + 2 + text.chars().count() <= WIDTH;
    let is_plain = is_word_like(text) && ![": ", " #"].iter().any(|mark| text.contains(mark)) && !text.ends_with(':');
    if is_short && is_plain {
        return vec![format!("{key}: {text}")];
    }
    if text.contains(|c: char| c != '\n' && must_escape(c)) || text.starts_with(' ') {
        return vec![format!("{key}: {}", quoted(text))];
    }
    let below = text.lines().map(|line| if line.trim().is_empty() { String::new() } else { format!("  {line}") });
    std::iter::once(format!("{key}: |")).chain(below).collect()
}

/// Whether `text` begins as a word and YAML takes it for nothing else.
fn is_word_like(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !text.contains(must_escape)
        && !is_reserved(text)
        && text.trim_end() == text
}

/// The words that YAML reads as something else than text, in any version.
fn is_reserved(text: &str) -> bool {
    // Readers of YAML 1.1 take `yes` and `on` for true.
    const WORDS: [&str; 11] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"];
    WORDS.contains(&text.to_ascii_lowercase().as_str())
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if must_escape(c) => out.push_str(&escape(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn escape(c: char) -> String {
    match u32::from(c) {
        code @ 0..=0xff => format!("\\x{code:02x}"),
        code @ 0x100..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}

/// Characters that YAML does not allow as they are, or takes for line breaks, or loses.
fn must_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn printable(line: &str) -> String {
    line.chars().map(|c| if must_escape(c) && c != '\t' { '\u{fffd}' } else { c }).collect()
}

fn blanks(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::yaml;

    fn text(text: &str) -> Node {
        Node::Text(text.to_owned())
    }

    fn read(written: &str) -> Node {
        yaml::parse(written).unwrap_or_else(|fault| panic!("{fault:?} in\n{written}")).root
    }

    #[test]
    fn it_looks_as_a_person_would_write_it() {
        let update = Node::Map(vec![
            ("at".to_owned(), text("2021-06-08T09:58Z")),
            ("body".to_owned(), text("One.\n\n  Two.\n")),
        ]);
        let entries = [("title".to_owned(), text("Yes: \"no\"")), ("updates".to_owned(), Node::List(vec![update]))];
        let expected = "title: \"Yes: \\\"no\\\"\"\nupdates:\n  - at: 2021-06-08T09:58Z\n    body: |\n      One.\n\n        Two.\n";
        assert_eq!(mapping(&entries), expected);
    }

    #[test]
    fn a_comment_cannot_break_out() {
        let written = comment("a: b\nc\u{85}d: e\n---");
        assert_eq!(read(&format!("{written}x: 1\n")), Node::Map(vec![("x".to_owned(), Node::Int(1))]));
    }

    #[test]
    fn a_title_is_quoted_where_yaml_would_read_it_otherwise() {
        for (text, yaml) in [
            ("Checkout returned 503", "Checkout returned 503"),
            ("Payments: slow", "\"Payments: slow\""),
            ("503 at checkout", "\"503 at checkout\""),
            ("The \"new\" pool", "\"The \\\"new\\\" pool\""),
            ("No", "\"No\""),
            ("NaN", "\"NaN\""),
        ] {
            assert_eq!(inline(text), yaml);
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

    fn texts() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[ \n\ta:#|>&*!%@`{}\\[\\]'\",?0-9.+~-]{0,24}",
            "(null|true|no|0x1f|1e3|\\.5|2021-06-08|404|---|\\.\\.\\.|~|=|<<)",
            "([ \t]{0,3}[a-c:#-]{0,4}\n){0,5}",
        ]
    }

    fn nodes() -> impl Strategy<Value = Node> {
        let leaf = prop_oneof![
            texts().prop_map(Node::Text),
            Just(Node::Null),
            any::<bool>().prop_map(Node::Bool),
            any::<i64>().prop_map(Node::Int),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Node::List),
                prop::collection::btree_map(texts(), inner, 0..4).prop_map(|map| Node::Map(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_the_same(map in prop::collection::btree_map(texts(), nodes(), 1..4)) {
            let entries: Vec<(String, Node)> = map.into_iter().collect();
            let written = mapping(&entries);
            prop_assert_eq!(read(&written), Node::Map(entries), "{}", written);
        }

        #[test]
        fn a_value_on_one_line_reads_back_the_same(map in prop::collection::btree_map(texts(), nodes(), 1..4)) {
            let map = Node::Map(map.into_iter().collect());
            prop_assert_eq!(read(&format!("[{}]", flow(&map))), Node::List(vec![map]));
        }

        #[test]
        fn a_text_between_brackets_reads_back_the_same(text in texts()) {
            let written = format!("- {{ title: {}, is_last: true }}\n", inline(&text));
            let expected = Node::Map(vec![("title".to_owned(), Node::Text(text)), ("is_last".to_owned(), Node::Bool(true))]);
            prop_assert_eq!(read(&written), Node::List(vec![expected]), "{}", written);
        }
    }
}
