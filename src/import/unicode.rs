//! Files in other encodings than UTF-8: what Windows calls Unicode, which says so with its first bytes, and its letters
//! of one byte, which say nothing.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// What the names of texts end with; a file of any other name stays as it is.
const TEXTS: [&str; 14] = [
    ".md",
    ".markdown",
    ".mdown",
    ".mkd",
    ".erb",
    ".txt",
    ".text",
    ".json",
    ".yml",
    ".yaml",
    ".toml",
    ".js",
    ".atom",
    ".xml",
];

/// A text as UTF-8, and whether its letters had to be guessed. What is no text stays as it is.
pub(super) fn decoded<'b>(path: &str, bytes: &'b [u8]) -> (Cow<'b, [u8]>, bool) {
    let name = path.to_ascii_lowercase();
    let is_text =
        !name.rsplit('/').next().unwrap_or_default().contains('.') || TEXTS.iter().any(|end| name.ends_with(end));
    let as_is = (Cow::Borrowed(bytes), false);
    if !is_text {
        return as_is;
    }
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding).filter(|encoding| *encoding != UTF_8);
    if let Some(encoding) = marked {
        let (text, _, is_broken) = encoding.decode(bytes);
        return if is_broken { as_is } else { (Cow::Owned(text.into_owned().into_bytes()), false) };
    }
    // Machine code and pictures hold zeros, and texts in these letters none.
    if std::str::from_utf8(bytes).is_ok() || bytes.contains(&0) {
        return as_is;
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    (Cow::Owned(text.into_owned().into_bytes()), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str, bytes: &[u8]) -> (String, bool) {
        let (bytes, is_guess) = decoded(path, bytes);
        (String::from_utf8_lossy(&bytes).into_owned(), is_guess)
    }

    #[test]
    fn texts_of_windows_become_utf_8() {
        let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        assert_eq!(read("a.md", &wide("\u{feff}K\u{f6}ln \u{1f6d1}")), ("K\u{f6}ln \u{1f6d1}".to_owned(), false));
        assert_eq!(read("dir.d/A", b"\xfe\xff\0A\0b"), ("Ab".to_owned(), false));
        assert_eq!(read("a.TXT", b"K\xf6ln \x96 5 \x80"), ("K\u{f6}ln \u{2013} 5 \u{20ac}".to_owned(), true));
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for (path, bytes) in [
            ("a.md", "K\u{f6}ln".as_bytes()),
            ("a.md", b"\xef\xbb\xbfA"),
            ("a.png", b"\xff\xfeA\0"),
            ("a.md", b"\xf6\0"),
            ("a.md", b"\xff\xfeA"),
            ("a.md", b""),
        ] {
            assert!(matches!(decoded(path, bytes), (Cow::Borrowed(_), false)), "{path} {bytes:?}");
        }
    }
}
