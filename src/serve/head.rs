//! The head of a request and of an answer, as bytes.

use super::respond::Response;

/// More headers than any browser sends.
const MOST_HEADERS: usize = 100;

/// What of a request counts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RequestHead {
    pub(super) method: String,
    /// As it stands in the request.
    pub(super) target: String,
    /// The host that is named, if exactly one is.
    pub(super) host: Option<String>,
    /// Whether a frame of another page will show the answer.
    pub(super) is_framed: bool,
    origin: Option<String>,
    /// What the browser says of the page that asks: `same-origin`, `cross-site`.
    site: Option<String>,
    /// What it says of how it asks: `navigate` follows a link.
    mode: Option<String>,
}

/// Why a request is not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no HTTP, or two readers could see two requests in it.
    Malformed,
    /// More bytes or headers than a browser sends.
    TooLong,
    /// It did not come in time.
    TooSlow,
}

impl Refusal {
    pub(super) fn status(self) -> u16 {
        match self {
            Refusal::Malformed => 400,
            Refusal::TooLong => 431,
            Refusal::TooSlow => 408,
        }
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Refusal::Malformed => "This is no request that can be read.",
            Refusal::TooLong => "The head of the request is too long.",
            Refusal::TooSlow => "The request did not come in time.",
        }
    }
}

impl RequestHead {
    /// Reads a head; nothing if it is not whole yet.
    pub(super) fn read(bytes: &[u8]) -> Result<Option<RequestHead>, Refusal> {
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        match request.parse(bytes) {
            Ok(httparse::Status::Complete(_)) => {}
            Ok(httparse::Status::Partial) => return Ok(None),
            Err(httparse::Error::TooManyHeaders) => return Err(Refusal::TooLong),
            Err(_) => return Err(Refusal::Malformed),
        }
        let all = |name: &str| {
            let named = request.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
            named.map(|header| String::from_utf8_lossy(header.value).trim().to_owned()).collect::<Vec<_>>()
        };
        // A body has one length; with two, or with a length and pieces, it ends where each reader likes.
        let (lengths, codings) = (all("Content-Length"), all("Transfer-Encoding"));
        let is_length = |value: &String| !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        if lengths.len() + codings.len() > 1 || !lengths.iter().all(is_length) {
            return Err(Refusal::Malformed);
        }
        let one = |name: &str| all(name).into_iter().next();
        let hosts = all("Host");
        Ok(Some(RequestHead {
            method: request.method.unwrap_or_default().to_owned(),
            target: request.path.unwrap_or_default().to_owned(),
            // Two hosts are none: which of them counts would be a matter of the reader.
            host: <[String; 1]>::try_from(hosts).ok().map(|[host]| host),
            is_framed: one("Sec-Fetch-Dest").as_deref() == Some("iframe"),
            origin: one("Origin"),
            site: one("Sec-Fetch-Site"),
            mode: one("Sec-Fetch-Mode"),
        }))
    }

    /// Whether a web page of another place asks. It may lead here by a link, and nothing else: neither send, nor
    /// load, nor frame.
    pub(super) fn is_foreign(&self) -> bool {
        // `null` stands for a place without a name.
        let host = self.host.as_deref();
        let is_ours = |origin: &str| origin.strip_prefix("http://").is_some_and(|of| Some(of) == host);
        // A frame navigates too, and would show drafts inside a foreign page.
        let is_link = self.mode.as_deref() == Some("navigate") && self.method == "GET" && !self.is_framed;
        let is_from_elsewhere = matches!(self.site.as_deref(), Some("cross-site" | "same-site"));
        is_from_elsewhere && !is_link || self.origin.as_deref().is_some_and(|origin| !is_ours(origin))
    }
}

/// The head of an answer. Its values are ours and ASCII: constants, numbers, or a location that
/// [`super::path::encode`] wrote.
pub(super) fn of_answer(response: &Response) -> String {
    let Response { status, content_type, location, body } = response;
    let mut head = format!(
        "HTTP/1.1 {status} {}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n",
        reason(*status),
        body.len()
    );
    if *status == 405 {
        head += "Allow: GET, HEAD\r\n";
    }
    if let Some(location) = location {
        head += &format!("Location: {location}\r\n");
    }
    head + "\r\n"
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        421 => "Misdirected Request",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Answer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<RequestHead>, Refusal> {
        RequestHead::read(text.as_bytes())
    }

    fn head(text: &str) -> RequestHead {
        read(&format!("{text}\r\n\r\n")).unwrap().unwrap()
    }

    #[test]
    fn a_head_is_read_once_it_is_whole() {
        let whole = "GET /a?b HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Dest: iframe\r\n\r\n";
        for end in 0..whole.len() {
            assert_eq!(read(&whole[..end]), Ok(None), "{end}");
        }
        let head = read(whole).unwrap().unwrap();
        assert_eq!((&*head.method, &*head.target, head.host.as_deref()), ("GET", "/a?b", Some("localhost")));
        assert!(head.is_framed);
        assert_eq!(self::head("GET / HTTP/1.1\r\nHost: a\r\nHost: b").host, None, "two hosts are none");
    }

    #[test]
    fn what_two_readers_could_read_as_two_requests_is_refused() {
        for odd in [
            "POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6",
            "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            "POST / HTTP/1.1\r\nContent-Length: +5",
            "POST / HTTP/1.1\r\nContent-Length: 5, 5",
            "POST / HTTP/1.1\r\nContent-Length:",
            "POST / HTTP/1.1\r\nContent-Length : 5",
            "POST / HTTP/1.1\r\nX: a\r\n folded: b",
            "GET / HTTP/1.1 GET /b HTTP/1.1",
            "GET /a\rX: y HTTP/1.1",
            "GET /\0 HTTP/1.1",
            "nonsense",
        ] {
            assert_eq!(read(&format!("{odd}\r\n\r\n")), Err(Refusal::Malformed), "{odd:?}");
        }
        assert_eq!(read(&format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(101))), Err(Refusal::TooLong));
    }

    #[test]
    fn other_web_pages_may_lead_here_and_nothing_else() {
        let is_foreign = |method: &str, headers: &str| {
            head(&format!("{method} / HTTP/1.1\r\nHost: 127.0.0.1:4000\r\n{headers}")).is_foreign()
        };
        for ours in ["", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none", "Origin: http://127.0.0.1:4000"] {
            assert!(!is_foreign("GET", ours), "{ours}");
        }
        assert!(!is_foreign(
            "GET",
            "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document"
        ));
        for foreign in [
            "Origin: https://evil.example",
            "Origin: null",
            "Origin: http://127.0.0.1:3000",
            "Origin: http://127.0.0.1.evil.example",
            "Origin: https://evil.example\r\nSec-Fetch-Site: same-origin",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site",
            "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors",
            "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe",
        ] {
            for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "BREW"] {
                assert!(is_foreign(method, foreign), "{method} {foreign}");
            }
        }
        assert!(is_foreign("POST", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate"));
    }
}
