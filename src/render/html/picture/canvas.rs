//! Shapes and lines of text as pixels, and the pixels as PNG: the only file that names the crates for both.

use tiny_skia::{Color, FillRule, Paint, Path, PathBuilder, Pixmap, Rect, Transform};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

use crate::model::Colour;

/// Inter SemiBold (SIL Open Font License 1.1), cut down to the letters of Latin, Greek and Cyrillic.
const FONT: &[u8] = include_bytes!("inter-semibold.otf");

/// In place of the words that a line has no room for.
const ELLIPSIS: char = '…';

/// A picture while it is drawn.
pub(super) struct Canvas {
    pixels: Pixmap,
}

impl Canvas {
    /// In pixels; none where that is too much.
    pub(super) fn new(width: u32, height: u32, ground: Colour) -> Option<Canvas> {
        let mut pixels = Pixmap::new(width, height)?;
        pixels.fill(Color::from_rgba8(ground.0, ground.1, ground.2, 255));
        Some(Canvas { pixels })
    }

    /// A rectangle: left, top, width, height.
    pub(super) fn rectangle(&mut self, [left, top, width, height]: [f32; 4], colour: Colour) {
        if let Some(rect) = Rect::from_xywh(left, top, width, height) {
            self.fill(&PathBuilder::from_rect(rect), colour);
        }
    }

    /// A shape with corners, in the order given.
    pub(super) fn polygon(&mut self, corners: &[[f32; 2]], colour: Colour) {
        let mut builder = PathBuilder::new();
        for (place, [x, y]) in corners.iter().enumerate() {
            match place {
                0 => builder.move_to(*x, *y),
                _ => builder.line_to(*x, *y),
            }
        }
        builder.close();
        if let Some(path) = builder.finish() {
            self.fill(&path, colour);
        }
    }

    /// A disk.
    pub(super) fn disk(&mut self, [x, y]: [f32; 2], radius: f32, colour: Colour) {
        if let Some(path) = PathBuilder::from_circle(x, y, radius) {
            self.fill(&path, colour);
        }
    }

    /// A line of text, with its left end and its foot at a place.
    pub(super) fn text(&mut self, text: &str, [left, foot]: [f32; 2], size: f32, colour: Colour) {
        let Some(letters) = Letters::new() else { return };
        let scale = size / letters.units();
        let mut outline = Outline { builder: PathBuilder::new(), scale, left, foot };
        for letter in text.chars() {
            let glyph = letters.glyph(letter);
            letters.face.outline_glyph(glyph, &mut outline);
            outline.left += letters.advance(glyph) * scale;
        }
        if let Some(path) = outline.builder.finish() {
            self.fill(&path, colour);
        }
    }

    /// The file.
    pub(super) fn png(&self) -> Option<Vec<u8>> {
        self.pixels.encode_png().ok()
    }

    fn fill(&mut self, path: &Path, colour: Colour) {
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        paint.set_color_rgba8(colour.0, colour.1, colour.2, 255);
        self.pixels.fill_path(path, &paint, FillRule::Winding, Transform::identity(), None);
    }
}

/// Whether the font has every letter of a text.
pub(super) fn has_letters_of(text: &str) -> bool {
    Letters::new().is_some_and(|letters| text.chars().all(|letter| letters.face.glyph_index(letter).is_some()))
}

/// The words of a text in at most `most` lines of a width in pixels; what has no room ends in `…`.
pub(super) fn lines(text: &str, size: f32, width: f32, most: usize) -> Vec<String> {
    let Some(letters) = Letters::new() else { return Vec::new() };
    let fits = |line: &str| letters.width(line) * size / letters.units() <= width;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if fits(&format!("{line} {word}")) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let is_cut = lines.len() > most;
    lines.truncate(most);
    if let Some(last) = lines.last_mut().filter(|_| is_cut) {
        last.push(ELLIPSIS);
    }
    lines.into_iter().map(|line| shortened(line, fits)).collect()
}

/// The line without letters at its end that have no room.
fn shortened(mut line: String, fits: impl Fn(&str) -> bool) -> String {
    while !fits(&line) {
        let whole = line.trim_end_matches(ELLIPSIS);
        let Some((end, _)) = whole.char_indices().next_back() else { break };
        line.truncate(end);
        line.push(ELLIPSIS);
    }
    line
}

/// The font.
struct Letters {
    face: Face<'static>,
}

impl Letters {
    fn new() -> Option<Letters> {
        Some(Letters { face: Face::parse(FONT, 0).ok()? })
    }

    /// What its measures are shares of.
    fn units(&self) -> f32 {
        f32::from(self.face.units_per_em())
    }

    fn glyph(&self, letter: char) -> GlyphId {
        self.face.glyph_index(letter).unwrap_or_default()
    }

    fn advance(&self, glyph: GlyphId) -> f32 {
        f32::from(self.face.glyph_hor_advance(glyph).unwrap_or_default())
    }

    fn width(&self, text: &str) -> f32 {
        text.chars().map(|letter| self.advance(self.glyph(letter))).sum()
    }
}

/// The letters of a line as one path.
struct Outline {
    builder: PathBuilder,
    scale: f32,
    left: f32,
    foot: f32,
}

impl Outline {
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        (self.left + x * self.scale, self.foot - y * self.scale)
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.builder.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.builder.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.place(x1, y1), self.place(x, y));
        self.builder.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        self.builder.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_as_many_lines_as_there_is_room_for_and_the_last_says_that_it_is_cut() {
        let text = "Payments stopped on a Saturday, all connections of the order database taken";
        assert_eq!(lines("Short", 60.0, 1000.0, 3), ["Short"]);
        let whole = lines(text, 60.0, 1000.0, 3);
        assert_eq!(whole.join(" "), text);
        let cut = lines(text, 60.0, 500.0, 2);
        assert!(cut.len() == 2 && cut[1].ends_with('…'), "{cut:?}");
        let long = lines(&"w".repeat(200), 60.0, 500.0, 2);
        assert!(long.len() == 1 && long[0].ends_with('…') && long[0].len() < 20, "{long:?}");
        assert!(lines("", 60.0, 500.0, 2).is_empty());
    }

    #[test]
    fn letters_that_the_font_lacks_are_known() {
        assert!(has_letters_of("Zahlungen schlägt fehl, 10–20 %: Łódź Ωμέγα Привет"));
        assert!(!has_letters_of("決済") && !has_letters_of("الدفع"));
    }
}
