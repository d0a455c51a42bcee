//! Texts of authors, made fit for what other programs read line by line or only so much of.

use crate::render::Piece;

/// On one line, without characters that no line shows: line ends and other control characters become
/// blanks, and marks that turn the direction of what follows are left out.
pub(super) fn one_line(text: &str) -> String {
    let is_turn = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown = text.chars().filter(|c| !is_turn(c));
    let shown: String =
        shown.map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect();
    shown.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Without control characters but line ends and tabs, which JSON would blow up and nobody shows.
pub(super) fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// The whole of a text, without its links.
pub(super) fn whole(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| printable(&piece.text)).collect()
}

/// The same as [`cut`]; a link whose text does not fit whole is none.
pub(super) fn cut_pieces(pieces: &[Piece], longest: usize) -> Vec<Piece> {
    let size = |text: &str| text.encode_utf16().count();
    let printable = pieces.iter().map(|piece| Piece { text: printable(&piece.text), address: piece.address.clone() });
    let mut pieces: Vec<Piece> = printable.collect();
    let all: usize = pieces.iter().map(|piece| size(&piece.text)).sum();
    if all <= longest {
        return pieces;
    }
    // One is for the ellipsis.
    let mut room = longest.saturating_sub(1);
    let whole = pieces.iter().take_while(|piece| {
        let fits = size(&piece.text) <= room;
        room = room.saturating_sub(if fits { size(&piece.text) } else { 0 });
        fits
    });
    let whole = whole.count();
    let rest = cut(&format!("{}…", pieces[whole].text), room + 1);
    pieces.truncate(whole);
    pieces.push(Piece::words(&rest));
    pieces
}

/// At most `longest` UTF-16 units, as JavaScript counts, so that it fits however a receiver counts; an
/// ellipsis stands for what is cut off.
pub(super) fn cut(text: &str, longest: usize) -> String {
    if text.encode_utf16().count() <= longest {
        return text.to_owned();
    }
    let mut room = longest.saturating_sub(1);
    let kept = text.chars().take_while(|c| {
        let fits = c.len_utf16() <= room;
        room = room.saturating_sub(c.len_utf16());
        fits
    });
    let kept: String = kept.collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_end_inside_and_turns_nothing() {
        assert_eq!(one_line(" a\r\nBcc: x\tb\u{202e}c\u{0}\u{2028}d "), "a Bcc: x bc d");
        assert_eq!(one_line("שלום 🔥"), "שלום 🔥");
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
        assert_eq!(cut("🔥🔥🔥", 4), "🔥…");
        assert_eq!(cut("a b", 2), "a…");
    }
}
