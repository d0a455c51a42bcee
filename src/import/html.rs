//! What people wrote into a box such as Statuspage's: plain text in which a line break is one, with light HTML.
//! Here it becomes Markdown that says the same; what Markdown would read as a mark is escaped.

use std::cell::Cell;

use crate::markdown;

/// `text` as Markdown, and the tags that it has no equal for, which were left out.
pub(super) fn markdown(text: &str) -> (String, Vec<String>) {
    let mut writer = MarkdownWriter::default();
    let text = text.replace("\r\n", "\n");
    let mut rest = text.as_str();
    while let Some(start) = rest.find('<') {
        let tag = rest[start..].find('>').map(|end| &rest[start + 1..start + end]).filter(|tag| is_tag(tag));
        let plain = if tag.is_some() { start } else { start + 1 };
        writer.text(&rest[..plain]);
        rest = &rest[plain..];
        if let Some(tag) = tag {
            writer.tag(tag);
            rest = &rest[tag.len() + 2..];
        }
    }
    writer.text(rest);
    writer.finish()
}

/// `text` without tags, on one line.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let end = rest[start..].find('>').map(|end| start + end);
        let Some(end) = end.filter(|end| is_tag(&rest[start + 1..*end])) else {
            out.push_str(&rest[..=start]);
            rest = &rest[start + 1..];
            continue;
        };
        out.push_str(&rest[..start]);
        if name(&rest[start + 1..end]) == "br" {
            out.push(' ');
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    decoded(&out).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_tag(tag: &str) -> bool {
    tag.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic()) && !tag.contains(['<', '\n'])
}

fn name(tag: &str) -> String {
    let tag = tag.trim_start_matches('/');
    tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase()
}

/// Writes Markdown. Blanks and line breaks wait, so that marks of emphasis touch their words.
#[derive(Default)]
struct MarkdownWriter {
    out: String,
    blank: bool,
    breaks: usize,
    /// Opening marks that wait for a word.
    marks: Vec<&'static str>,
    /// The link that is open: where it leads, where its words begin, the words as they are.
    link: Option<(String, usize, String)>,
    without_equal: Vec<String>,
}

impl MarkdownWriter {
    fn text(&mut self, raw: &str) {
        let text = decoded(raw);
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.breaks += 1;
            }
            self.blank |= line.starts_with([' ', '\t', '\u{a0}']);
            for (index, word) in line.split_whitespace().enumerate() {
                self.blank |= index > 0;
                self.word(word);
            }
            self.blank |= line.len() > 1 && line.ends_with([' ', '\t', '\u{a0}']);
        }
    }

    fn word(&mut self, word: &str) {
        self.space();
        if let Some((_, _, words)) = &mut self.link {
            words.push_str(if words.is_empty() { "" } else { " " });
            words.push_str(word);
        }
        let begins_line = Cell::new(self.out.is_empty() || self.out.ends_with('\n'));
        let escape = |piece: &str| escaped(piece, begins_line.replace(false));
        let written = if self.link.is_some() { escape(word) } else { markdown::written_out(word, escape) };
        self.out.push_str(&written);
    }

    /// Writes the blank or the line breaks that waited, then the marks.
    fn space(&mut self) {
        if !self.out.is_empty() {
            match self.breaks {
                0 if self.blank => self.out.push(' '),
                0 => {}
                1 => self.out.push_str("\\\n"),
                _ => self.out.push_str("\n\n"),
            }
        }
        (self.blank, self.breaks) = (false, 0);
        for mark in std::mem::take(&mut self.marks) {
            self.out.push_str(mark);
        }
    }

    fn tag(&mut self, tag: &str) {
        let closing = tag.starts_with('/');
        match (&*name(tag), closing) {
            ("br", _) => self.breaks += 1,
            ("p" | "div" | "ul" | "ol", _) => self.breaks = self.breaks.max(2),
            ("li", false) => {
                self.breaks = self.breaks.max(1);
                self.word("-");
                self.blank = true;
            }
            ("li", true) | ("span" | "small" | "var", _) => {}
            ("b" | "strong", _) => self.mark("**", closing),
            ("i" | "em", _) => self.mark("*", closing),
            ("a", false) => self.open_link(tag),
            ("a", true) => self.close_link(),
            _ => self.without_equal.push(format!("<{tag}>")),
        }
    }

    fn mark(&mut self, mark: &'static str, closing: bool) {
        if !closing {
            self.marks.push(mark);
        } else if self.marks.last() == Some(&mark) {
            self.marks.pop();
        } else {
            self.out.push_str(mark);
        }
    }

    fn open_link(&mut self, tag: &str) {
        let target = attribute(tag, "href").map(|target| decoded(&target));
        let is_safe =
            |target: &String| ["https://", "http://", "mailto:", "tel:"].iter().any(|s| target.starts_with(s));
        match target.filter(is_safe).filter(|target| !target.contains(|c: char| c.is_whitespace() || "<>".contains(c)))
        {
            Some(target) if self.link.is_none() => {
                self.space();
                self.link = Some((target, self.out.len(), String::new()));
            }
            _ => self.without_equal.push(format!("<{tag}>")),
        }
    }

    fn close_link(&mut self) {
        let Some((target, begin, words)) = self.link.take() else { return };
        let written = self.out.split_off(begin);
        if words.is_empty() || words == target {
            self.out.push_str(&format!("<{target}>"));
        } else {
            self.out.push_str(&format!("[{written}](<{target}>)"));
        }
    }

    fn finish(mut self) -> (String, Vec<String>) {
        self.close_link();
        (self.out, self.without_equal)
    }
}

/// A piece of a word, without marks. A line may begin with it.
fn escaped(piece: &str, begins_line: bool) -> String {
    let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
    let mut out = String::with_capacity(piece.len());
    for (index, c) in piece.char_indices() {
        let opens_block = begins_line && index == 0 && "#>+-=|".contains(c);
        let is_number = begins_line && index > 0 && index == digits && (c == '.' || c == ')');
        let is_mark = match c {
            '_' => !is_within_word(piece, index),
            '&' => piece != "&",
            c => "\\`*[]<~".contains(c),
        };
        if opens_block || is_number || is_mark {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Whether letters or digits stand on both sides: there an underscore is no mark.
fn is_within_word(word: &str, index: usize) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    is_letter(word[..index].chars().next_back()) && is_letter(word[index + 1..].chars().next())
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}="))?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(rest[1..].split(quote).next()?.trim().to_owned())
}

/// The character references of HTML that people and editors write.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let found = rest.find(';').filter(|end| *end < 10).and_then(|end| Some((reference(&rest[1..end])?, end + 1)));
        let (c, length) = found.unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[length..];
    }
    out + rest
}

fn reference(name: &str) -> Option<char> {
    let number = name.strip_prefix('#');
    if let Some(number) = number {
        let hex = number.strip_prefix(['x', 'X']).map(|hex| u32::from_str_radix(hex, 16));
        return char::from_u32(hex.unwrap_or_else(|| number.parse()).ok()?);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '\u{2013}',
        "mdash" => '\u{2014}',
        "hellip" => '\u{2026}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::markdown::Links;

    fn converted(text: &str) -> String {
        super::markdown(text).0
    }

    #[test]
    fn line_breaks_are_kept() {
        assert_eq!(converted("One<br />Two\nThree\r\n\r\nFour<br><br>Five"), "One\\\nTwo\\\nThree\n\nFour\n\nFive");
        assert_eq!(converted("<p>A</p><p>B</p>"), "A\n\nB");
        assert_eq!(converted("A<br>\nB"), "A\n\nB");
    }

    #[test]
    fn light_html_becomes_markdown() {
        assert_eq!(converted("a <b> bold</b> and <em>thin</em>."), "a **bold** and *thin*.");
        assert_eq!(
            converted("<a href=\"https://x.example/?a=1&amp;b\">See this</a>"),
            "[See this](<https://x.example/?a=1&b>)"
        );
        assert_eq!(converted("<a href='javascript:x'>no</a>"), "no");
        assert_eq!(converted("see https://x.example/a_b."), "see <https://x.example/a_b>.");
        let (text, left_out) = super::markdown("a <img src=x> b <table>");
        assert_eq!((text.as_str(), left_out.len()), ("a b", 2));
    }

    #[test]
    fn what_looks_like_a_mark_stays_text() {
        assert_eq!(converted("# 1 < 2 & a_b * [c]\n- d\n1. e"), "\\# 1 \\< 2 & a_b \\* \\[c\\]\\\n\\- d\\\n1\\. e");
        assert_eq!(converted("Q&amp;A &#60;x&#62;"), "Q\\&A \\<x>");
    }

    #[test]
    fn plain_text_is_one_line() {
        assert_eq!(plain("Q&amp;A <b>of</b><br>us < them"), "Q&A of us < them");
    }

    /// What a reader sees of plain text: blanks are one, lines are lines, empty lines are one.
    fn seen(text: &str) -> String {
        let lines: Vec<String> =
            text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        let mut out = String::new();
        for line in lines.split(String::is_empty).filter(|paragraph| !paragraph.is_empty()) {
            out += if out.is_empty() { "" } else { "\n\n" };
            out += &line.join("\n");
        }
        out
    }

    proptest! {
        #[test]
        fn plain_text_reads_the_same_as_markdown(pieces in prop::collection::vec(prop::sample::select(vec![
            "a", "b c", " ", "  ", "\n", "\n\n", "    ", "*", "**", "_", "__", "a_b", "_c_d_", " & ", "`", "```", "~", "~~~", "#", "# ", "-", "- ", "---",
            "+ ", "=", "===", "1.", "2) ", "12", ".", ")", "(", "[", "]", "](", "!", "!\u{5b}", "<", ">", "> ", "|x", "|-x", "\\",
            "&", "amp;", ":", "https://x.example/a_b*c", "http://", ".", "\u{a0}", "\u{e9}", "\t", "$", "{{", "%}",
        ]), 0..14)) {
            let text = pieces.concat();
            // Tags and references of characters are not plain text.
            prop_assume!(!text.contains("&amp;") && !text.contains("<a") && !text.contains("<b") && !text.contains("<http"));
            let written = markdown::text(&converted(&text), Links::Absolute("https://s.example/"));
            prop_assert_eq!(written, seen(&text), "{}", converted(&text));
        }
    }
}
