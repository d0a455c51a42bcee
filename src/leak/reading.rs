//! Bytes as a reader sees them: escapes resolved, letters folded, any blank space one blank. Each
//! piece knows where it came from, so that what is found can be shown in its line.

use std::ops::Range;

/// How a file escapes its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Escapes {
    /// `&amp;` of HTML and XML, `%20` of URLs, `\_` of Markdown.
    Markup,
    /// `\n` and `\u00e5` of JSON too.
    Json,
}

/// A text and its origin.
pub(super) struct Reading {
    /// In lower case.
    pub(super) folded: String,
    /// Where in the bytes the character at each byte of `folded` began.
    from: Vec<usize>,
}

/// One resolved character or byte of UTF-8, and where it began.
struct Unescaped {
    bytes: Vec<u8>,
    from: Vec<usize>,
}

impl Reading {
    pub(super) fn of(bytes: &[u8], escapes: Escapes) -> Reading {
        let plain = unescape(bytes, escapes);
        let mut reading = Reading { folded: String::with_capacity(plain.bytes.len()), from: Vec::new() };
        let mut at = 0;
        for chunk in plain.bytes.utf8_chunks() {
            for (offset, c) in chunk.valid().char_indices() {
                reading.push(c, plain.from[at + offset]);
            }
            at += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                reading.push('\u{fffd}', plain.from[at]);
                at += chunk.invalid().len();
            }
        }
        reading.from.push(bytes.len());
        reading
    }

    /// A text of the settings, read as the files are.
    pub(super) fn key(text: &str) -> String {
        Reading::of(text.as_bytes(), Escapes::Markup).folded.trim().to_owned()
    }

    /// The bytes without escapes and with single blanks, and each letter as it is.
    pub(super) fn exact(bytes: &[u8], escapes: Escapes) -> String {
        let plain = unescape(bytes, escapes).bytes;
        String::from_utf8_lossy(&plain).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn push(&mut self, c: char, from: usize) {
        if c.is_whitespace() {
            if !self.folded.ends_with(' ') {
                self.folded.push(' ');
            }
        } else {
            // Word processors write one for the other, in names as well.
            let c = if c == '’' { '\'' } else { c };
            self.folded.extend(c.to_lowercase());
        }
        self.from.resize(self.folded.len(), from);
    }

    /// The bytes that `part` of `folded` was made from.
    pub(super) fn origin(&self, part: Range<usize>) -> Range<usize> {
        self.from[part.start]..self.from[part.end]
    }
}

fn unescape(bytes: &[u8], escapes: Escapes) -> Unescaped {
    let mut plain = Unescaped { bytes: Vec::with_capacity(bytes.len()), from: Vec::with_capacity(bytes.len()) };
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let length = match rest[0] {
            b'&' => entity(rest),
            b'%' => percent(rest),
            b'\\' => backslash(rest, escapes),
            _ => None,
        };
        match length {
            Some((value, length)) => {
                plain.bytes.extend_from_slice(&value);
                at += plain.came_from(at, length);
            }
            None => {
                plain.bytes.push(rest[0]);
                at += plain.came_from(at, 1);
            }
        }
    }
    plain
}

impl Unescaped {
    fn came_from(&mut self, at: usize, length: usize) -> usize {
        self.from.resize(self.bytes.len(), at);
        length
    }
}

/// What an escape stands for, and how many bytes it takes.
type Resolved = Option<(Vec<u8>, usize)>;

fn entity(rest: &[u8]) -> Resolved {
    let end = rest.iter().take(10).position(|byte| *byte == b';')?;
    let name = std::str::from_utf8(&rest[1..end]).ok()?;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((c.to_string().into_bytes(), end + 1))
}

fn percent(rest: &[u8]) -> Resolved {
    let digits = std::str::from_utf8(rest.get(1..3)?).ok()?;
    // `from_str_radix` would take a sign as well.
    let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let byte = is_number.then(|| u8::from_str_radix(digits, 16).ok())??;
    Some((vec![byte], 3))
}

fn backslash(rest: &[u8], escapes: Escapes) -> Resolved {
    match (*rest.get(1)?, escapes) {
        (b'n' | b'r' | b't', Escapes::Json) => Some((vec![b' '], 2)),
        (b'u', Escapes::Json) => {
            let code = u32::from_str_radix(std::str::from_utf8(rest.get(2..6)?).ok()?, 16).ok()?;
            Some((char::from_u32(code)?.to_string().into_bytes(), 6))
        }
        (byte, _) if byte.is_ascii_punctuation() => Some((vec![byte], 2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved_and_blanks_are_one() {
        let read = |text: &str, escapes| Reading::of(text.as_bytes(), escapes).folded;
        for (text, plain) in [
            ("O&#39;Brien &amp;\n  Sons&nbsp;A/S", "o'brien & sons a/s"),
            ("%C3%85se%20%c3%98rsted", "åse ørsted"),
            (r"a\_b 5% of &unknown; 100%", "a_b 5% of &unknown; 100%"),
            ("O’BRIEN", "o'brien"),
        ] {
            assert_eq!(read(text, Escapes::Markup), plain);
        }
        assert_eq!(read(r#"\"A\nB\"\u00c5"#, Escapes::Json), "\"a b\"å");
        assert_eq!(read(r"C:\new", Escapes::Markup), r"c:\new");
    }

    #[test]
    fn what_is_found_leads_back_to_its_bytes() {
        let bytes = "x &amp; \n Ål%C3%85".as_bytes();
        let reading = Reading::of(bytes, Escapes::Markup);
        let at = reading.folded.find("& ål").unwrap();
        let origin = reading.origin(at..at + "& ål".len());
        assert_eq!(std::str::from_utf8(&bytes[origin]).unwrap(), "&amp; \n Ål");
        assert_eq!(reading.origin(reading.folded.len()..reading.folded.len()), bytes.len()..bytes.len());
    }
}
