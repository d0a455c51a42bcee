//! Writing iCalendar (RFC 5545): lines of at most 75 octets, folded between characters, with CRLF.

use crate::time::Time;

/// The longest line in octets, without its end.
const LONGEST: usize = 75;

/// An iCalendar object as it grows.
#[derive(Default)]
pub(super) struct CalendarWriter {
    text: String,
}

impl CalendarWriter {
    /// A property whose value is no text, or is escaped already.
    pub fn line(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if length + c.len_utf8() > LONGEST {
                self.text += "\r\n ";
                length = 1;
            }
            self.text.push(c);
            length += c.len_utf8();
        }
        self.text += "\r\n";
    }

    /// A property whose value is text.
    pub fn text(&mut self, name: &str, value: &str) {
        self.line(name, &escape(value));
    }

    /// A property whose value is a list of texts; none if the list is empty.
    pub fn texts<'a>(&mut self, name: &str, values: impl Iterator<Item = &'a str>) {
        let values: Vec<String> = values.map(escape).collect();
        if !values.is_empty() {
            self.line(name, &values.join(","));
        }
    }

    /// A property whose value is an instant, in UTC.
    pub fn time(&mut self, name: &str, time: Time) {
        let basic = time.rfc3339().replace(['-', ':'], "");
        let seconds = basic.split(['.', 'Z']).next().unwrap_or_default();
        self.line(name, &format!("{seconds}Z"));
    }

    pub fn finish(self) -> String {
        self.text
    }
}

/// Section 3.3.11; control characters, which it does not allow, are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out += "\\n",
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let mut writer = CalendarWriter::default();
        writer.text("SUMMARY", &"aé€🚚".repeat(40));
        let text = writer.finish();
        assert!(text.ends_with("\r\n"));
        assert!(text.split("\r\n").all(|line| line.len() <= LONGEST), "{text}");
        assert_eq!(text.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "aé€🚚".repeat(40)));
        assert!(text.matches("\r\n ").count() >= 400 / LONGEST);
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(escape("a\\b; c, d\r\ne\u{b}\u{7f}:\"\t"), "a\\\\b\\; c\\, d\\ne:\"\t");
    }
}
