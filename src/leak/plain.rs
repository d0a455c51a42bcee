//! Bytes that say the same in another way, as plain text: UTF-16, letters with their accents apart, letters with unseen
//! characters between them.

use unicode_normalization::UnicodeNormalization;

/// The text without what hides it from a search; none if nothing does.
pub(super) fn of(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.contains(&0) {
        // UTF-16 in either order, as in the comments of pictures: of Latin letters every second byte is zero.
        return Some(bytes.iter().copied().filter(|byte| *byte != 0).collect());
    }
    let text = may_hide(bytes).then(|| String::from_utf8_lossy(bytes))?;
    let is_hidden = |c: char| is_unseen(c) || is_accent(c);
    text.contains(is_hidden).then(|| text.chars().filter(|c| !is_unseen(*c)).nfc().collect::<String>().into_bytes())
}

/// Whether there are bytes of what hides a text. Most of a file is ASCII, which is passed fast.
fn may_hide(bytes: &[u8]) -> bool {
    const STRETCH: usize = 64;
    let stretches = bytes.chunks(STRETCH).enumerate().filter(|(_, stretch)| !stretch.is_ascii());
    let mut places = stretches.flat_map(|(number, stretch)| number * STRETCH..number * STRETCH + stretch.len());
    places.any(|at| {
        matches!(
            bytes[at..],
            [0xc2, 0xad, ..]
                | [0xcc | 0xcd, ..]
                | [0xe2, 0x80, 0x8b..=0x8f, ..]
                | [0xe2, 0x81, 0xa0..=0xa4, ..]
                | [0xef, 0xbb, 0xbf, ..]
        )
    })
}

/// The soft hyphen, and what has no width (Unicode, general category Cf).
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Accents that stand behind their letters (Unicode, Combining Diacritical Marks).
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_look_passes_over_nothing_that_hides() {
        for c in ('\0'..=char::MAX).filter(|c| is_unseen(*c) || is_accent(*c)) {
            assert!(may_hide(c.to_string().as_bytes()), "{c:?}");
        }
    }

    #[test]
    fn what_hides_a_text_is_taken_away() {
        let plain = |text: &str| of(text.as_bytes()).map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(plain("Ki\u{ad}m\u{200b} D\u{feff}oe").as_deref(), Some("Kim Doe"));
        assert_eq!(plain("Zoe\u{308} A\u{30a}s").as_deref(), Some("Zoë Ås"));
        assert_eq!((plain("Kim Doe"), plain("Zoë")), (None, None));
        // Wherever it stands.
        for before in 0..130 {
            let text = format!("{}é\u{ad}", "a".repeat(before));
            assert_eq!(plain(&text), Some(format!("{}é", "a".repeat(before))));
        }
        let wide: Vec<u8> = "Kim Doe".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(of(&wide).as_deref(), Some(&b"Kim Doe"[..]));
    }
}
