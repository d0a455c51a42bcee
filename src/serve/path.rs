//! From what a request asks for to the path of a route, and from there to a URL.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All but what RFC 3986 calls unreserved, and the `/` between folders.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The path of the file that `path` of a request asks for, without its first `/`; a folder ends in
/// `/` or is empty. None if it can be no route: it climbs, has empty parts, control characters, or
/// is not UTF-8.
pub(super) fn decode(path: &str) -> Option<String> {
    let path = unescape(path.strip_prefix('/')?)?;
    // Unescaped once and then judged: what climbs may be written as `%2e%2e`.
    let parts = path.strip_suffix('/').unwrap_or(&path);
    let is_fine =
        |part: &str| !matches!(part, "" | "." | "..") && !part.contains(|c: char| c.is_control() || c == '\\');
    (path.is_empty() || parts.split('/').all(is_fine)).then_some(path)
}

/// The value of a field in a query, as forms write it.
pub(super) fn unescape_field(text: &str) -> Option<String> {
    unescape(&text.replace('+', " "))
}

/// Each `%XX` once as the byte that it stands for; none if that is not UTF-8. A `%` that begins no such code is itself,
/// as for browsers.
fn unescape(text: &str) -> Option<String> {
    Some(percent_decode_str(text).decode_utf8().ok()?.into_owned())
}

/// The URL of a route's path, from the root: ASCII, whatever the name of the file is.
pub(super) fn encode(path: &str) -> String {
    format!("/{}", utf8_percent_encode(path, ESCAPED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_files_are_told_apart() {
        assert_eq!(decode("/").as_deref(), Some(""));
        assert_eq!(decode("/x/").as_deref(), Some("x/"));
        assert_eq!(decode("/a%20b/gr%C3%B6%C3%9Fe.svg").as_deref(), Some("a b/größe.svg"));
        assert_eq!(decode("/100%25").as_deref(), Some("100%"));
        assert_eq!(decode("/100%").as_deref(), Some("100%"));
    }

    #[test]
    fn what_can_be_no_route_is_none() {
        let bad =
            ["", "x", "http://x/", "//", "//etc/passwd", "/..", "/../Cargo.toml", "/%2e%2e/x", "/a/%2E./x", "/a//b"];
        let worse = ["/./", "/%00", "/a%0d%0ab", "/%ff", "/a%2f..%2fb", "/..%5cx", "/a\\b", "/%2fetc"];
        for path in bad.iter().chain(&worse) {
            assert_eq!(decode(path), None, "{path}");
        }
    }

    #[test]
    fn escapes_are_resolved_once() {
        assert_eq!(decode("/%252e%252e/x").as_deref(), Some("%2e%2e/x"));
    }

    #[test]
    fn a_url_is_ascii_without_line_ends() {
        assert_eq!(encode("größe/a\r\nb/"), "/gr%C3%B6%C3%9Fe/a%0D%0Ab/");
    }
}
