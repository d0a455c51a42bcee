//! What a host answers.

/// One answer of a host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpAnswer {
    /// Such as 200.
    pub status: u16,
    /// Names as they came, and values.
    pub headers: Vec<(String, String)>,
    /// As it came, without any encoding for the way.
    pub body: Vec<u8>,
}

impl HttpAnswer {
    /// The answer whose head, as a program prints it, and body these are; of several heads (of a redirection, or `100
    /// Continue`) the last counts.
    pub fn read(head: &str, body: Vec<u8>) -> Option<HttpAnswer> {
        let last = head.replace("\r\n", "\n");
        let last = last.trim().rsplit("\n\n").next()?;
        let mut lines = last.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers = lines.filter_map(|line| line.split_once(':'));
        let headers = headers.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect();
        Some(HttpAnswer { status, headers, body })
    }

    /// What the file is said to be, without the encoding of its letters.
    pub fn content_type(&self) -> String {
        let stated = self.values("content-type").next().unwrap_or_default();
        stated.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// Where it sends whoever asks, if it does.
    pub fn location(&self) -> Option<&str> {
        self.values("location").next().filter(|_| (300..400).contains(&self.status))
    }

    /// Whether a header says this, alone or joined with others as some hosts send it.
    pub fn has(&self, name: &str, value: &str) -> bool {
        let wanted = squeezed(value);
        self.values(name).any(|stated| {
            let stated = squeezed(stated);
            stated == wanted || stated.split(", ").any(|part| part == wanted) || stated.contains(&format!("{wanted}, "))
        })
    }

    fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| &**value)
    }
}

/// Blanks count once.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_head_counts() {
        let head = "HTTP/1.1 301 Moved\r\nLocation: /x\r\n\r\nHTTP/2 200\r\ncontent-type: Text/HTML; charset=utf-8\r\nX-Y:  a,  b\r\n\r\n";
        let answer = HttpAnswer::read(head, Vec::new()).unwrap();
        assert_eq!((answer.status, &*answer.content_type()), (200, "text/html"));
        assert!(answer.has("x-y", "a, b") && answer.has("x-y", "b") && !answer.has("x-y", "c"));
        assert_eq!(HttpAnswer::read("no head", Vec::new()), None);
    }
}
