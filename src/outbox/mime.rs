//! A mail as it travels: RFC 5322 with MIME (RFC 2045 to 2047), lines of at most 76 characters.

// By hand: of the crates for this, `mail-builder` can be kept from drawing ids by chance, but what it depends on asks for
// a newer Rust and `unsafe`, and some fifty lines would go.
use std::fmt;

use data_encoding::BASE64;

use super::Mail;
use super::text::one_line;
use crate::render::host;

/// From whom to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailing {
    /// The sender.
    pub from: Address,
    /// At least one receiver.
    pub to: Vec<Address>,
}

/// `Acme Status <status@acme.example>`, or the address alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    name: String,
    address: String,
}

impl Address {
    /// Reads an address as people write it.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn read(text: &str) -> Result<Address, String> {
        let (name, address) = match text.trim().strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
            Some((name, address)) => (name.trim().trim_matches('"'), address),
            None => ("", text.trim()),
        };
        let is_plain = |c: char| c.is_ascii_graphic() && !"()<>[]:;,\\\"@".contains(c);
        let parts = address.rsplit_once('@');
        let is_sound = |part: &str| !part.is_empty() && part.chars().all(is_plain);
        if !parts.is_some_and(|(local, host)| is_sound(local) && is_sound(host)) || address.len() > 254 {
            return Err(format!(
                "`{}` is no mail address: write `status@example.org` or `Example <status@example.org>`",
                one_line(text)
            ));
        }
        Ok(Address { name: one_line(name), address: address.to_owned() })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.name {
            "" => f.write_str(&self.address),
            name => write!(f, "{}\r\n <{}>", phrase(name), self.address),
        }
    }
}

impl Mailing {
    /// The whole message. Texts are in base64, so that no line of an author can be taken for a header, a
    /// boundary, or the end of the message.
    pub fn message(&self, mail: &Mail) -> String {
        let host = host(&mail.site);
        // Not by chance: the same message has to be the same bytes. No line of a part can be the boundary, since base64
        // has no hyphen.
        let boundary = format!("candor-{}", mail.id);
        let to: Vec<String> = self.to.iter().map(Address::to_string).collect();
        let thread = mail.thread.as_ref().map(|thread| format!("<{thread}@{host}>")).unwrap_or_default();
        let headers = [
            ("Date", mail.date.rfc2822()),
            ("From", self.from.to_string()),
            ("To", to.join(",\r\n ")),
            ("Subject", subject(&mail.subject)),
            ("Message-ID", format!("<{}@{host}>", mail.id)),
            ("In-Reply-To", thread.clone()),
            ("References", thread),
            ("Auto-Submitted", "auto-generated".to_owned()),
            ("MIME-Version", "1.0".to_owned()),
            ("Content-Type", format!("multipart/alternative;\r\n boundary=\"{boundary}\"")),
        ];
        let headers = headers.iter().filter(|(_, value)| !value.is_empty());
        let headers: String = headers.map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let parts = [part(&boundary, "plain", &mail.text), part(&boundary, "html", &mail.html)].concat();
        format!("{headers}\r\n{parts}--{boundary}--\r\n")
    }
}

fn part(boundary: &str, kind: &str, text: &str) -> String {
    // Base64 for every text, quoted-printable for none: lines of any length, dots at their beginning and `From ` then
    // need no care.
    let encoded = BASE64.encode(text.replace('\n', "\r\n").as_bytes());
    let mut lines = String::new();
    let mut rest = &*encoded;
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(76));
        lines += line;
        lines += "\r\n";
        rest = after;
    }
    format!(
        "--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{lines}"
    )
}

/// A subject may have any mark of ASCII as it is.
fn subject(text: &str) -> String {
    let text = one_line(text);
    if is_short(&text) && text.chars().all(|c| c == ' ' || c.is_ascii_graphic()) { text } else { words(&text) }
}

/// The name before an address may have those of an atom (RFC 5322, 3.2.3).
fn phrase(text: &str) -> String {
    let text = one_line(text);
    let is_plain = |c: char| c == ' ' || c.is_ascii_alphanumeric() || "!#$%&'*+-/=^_`{|}~".contains(c);
    if is_short(&text) && text.chars().all(is_plain) { text } else { words(&text) }
}

/// Fits into a line beside the header's name, and is not taken for an encoded word.
fn is_short(text: &str) -> bool {
    text.len() <= 65 && !text.contains("=?")
}

/// Any text as encoded words (RFC 2047), one a line.
fn words(text: &str) -> String {
    let mut words: Vec<String> = vec![String::new()];
    for c in text.chars() {
        // 39 bytes are 52 letters of base64, and with the header's name a line has at most 76.
        if words.last().is_some_and(|word| word.len() + c.len_utf8() > 39) {
            words.push(String::new());
        }
        words.last_mut().into_iter().for_each(|word| word.push(c));
    }
    let words: Vec<String> =
        words.iter().map(|word| format!("=?utf-8?B?{}?=", BASE64.encode(word.as_bytes()))).collect();
    words.join("\r\n ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_address_and_nothing_else() {
        let read = |text| Address::read(text).map(|address| address.to_string());
        assert_eq!(read("status@acme.example"), Ok("status@acme.example".to_owned()));
        assert_eq!(read("Acme Status <status@acme.example>"), Ok("Acme Status\r\n <status@acme.example>".to_owned()));
        assert_eq!(read("\"Acme\" <a@b.example>"), Ok("Acme\r\n <a@b.example>".to_owned()));
        assert_eq!(read("Ærø <a@b.example>"), Ok("=?utf-8?B?w4Zyw7g=?=\r\n <a@b.example>".to_owned()));
        for bad in
            ["", "a", "a@", "@b", "a@b@c", "a@b.example\r\nBcc: x@y.example", "a b@c", "a@b, c@d", "<a@b", "a@b>"]
        {
            assert!(Address::read(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_header_has_short_lines_of_ascii() {
        assert_eq!(subject("[Acme] Resolved: Payments slow."), "[Acme] Resolved: Payments slow.");
        assert_eq!(subject("a\r\nBcc: x@y.example"), "a Bcc: x@y.example");
        assert_eq!(phrase("Acme, Inc."), "=?utf-8?B?QWNtZSwgSW5jLg==?=");
        assert_eq!(subject("=?utf-8?q?x?="), "=?utf-8?B?PT91dGYtOD9xP3g/PQ==?=");
        for text in ["🔥".repeat(100), "a".repeat(300), "é ".repeat(90)] {
            let lines = subject(&text);
            assert!(lines.split("\r\n ").all(|line| line.len() <= 75 && line.is_ascii()), "{lines}");
        }
    }
}
