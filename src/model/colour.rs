//! Colours, and whether one can be told from another.

use std::fmt;

/// What pages are printed on, by the default theme: the page and a card, in the light scheme.
pub const LIGHT_GROUNDS: [Colour; 2] = [Colour(0xfb, 0xfb, 0xf9), Colour(0xff, 0xff, 0xff)];
/// The same in the dark scheme.
pub const DARK_GROUNDS: [Colour; 2] = [Colour(0x0f, 0x12, 0x15), Colour(0x16, 0x1a, 0x1f)];

/// The least contrast of text (WCAG 2.2, 1.4.3).
pub const TEXT_CONTRAST: f64 = 4.5;
/// The least contrast of shapes that say something (WCAG 2.2, 1.4.11).
pub const SHAPE_CONTRAST: f64 = 3.0;

/// Red, green and blue of sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// `#0a5cff` or `#05f`.
    pub fn parse(text: &str) -> Option<Colour> {
        let digits: Option<Vec<u8>> =
            text.strip_prefix('#')?.chars().map(|digit| digit.to_digit(16).map(|value| value as u8)).collect();
        match digits?[..] {
            [r, g, b] => Some(Colour(r * 17, g * 17, b * 17)),
            [a, b, c, d, e, f] => Some(Colour(a * 16 + b, c * 16 + d, e * 16 + f)),
            _ => None,
        }
    }

    /// From 1 for the same light to 21 for black on white (WCAG 2.2, relative luminance).
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The least contrast with any of these grounds.
    pub fn least_contrast(self, grounds: &[Colour]) -> f64 {
        grounds.iter().map(|ground| self.contrast(*ground)).fold(f64::INFINITY, f64::min)
    }

    /// The colour itself if it has this contrast with all grounds, or the nearest one towards black or white that has:
    /// towards black on light grounds.
    #[must_use]
    pub fn nearest(self, grounds: &[Colour], contrast: f64) -> Colour {
        let is_light = grounds.iter().all(|ground| ground.luminance() > 0.18);
        let end = if is_light { 0.0 } else { 255.0 };
        let mix = |part: u8, share: f64| (f64::from(part) + (end - f64::from(part)) * share).round() as u8;
        let steps = (0..=256).map(|step| f64::from(step) / 256.0);
        let mut mixed = steps.map(|share| Colour(mix(self.0, share), mix(self.1, share), mix(self.2, share)));
        mixed.find(|colour| colour.least_contrast(grounds) >= contrast).unwrap_or(self)
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let (black, white) = (Colour(0, 0, 0), Colour(255, 255, 255));
        assert_eq!(black.contrast(white), 21.0);
        assert_eq!(white.contrast(white), 1.0);
        let grey = Colour::parse("#777").unwrap();
        assert!((grey.contrast(white) - 4.48).abs() < 0.01, "{}", grey.contrast(white));
    }

    #[test]
    fn a_colour_is_three_or_six_digits() {
        assert_eq!(Colour::parse("#0af"), Colour::parse("#00aaff"));
        for text in ["", "#", "0af", "#0a", "#0aff0", "#gggggg", "blue", "#0a5cff00"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
        assert_eq!(Colour::parse("#0A5cFf").unwrap().to_string(), "#0a5cff");
    }

    proptest! {
        #[test]
        fn the_nearest_colour_passes_and_a_colour_that_passes_stays(r: u8, g: u8, b: u8) {
            let colour = Colour(r, g, b);
            for (grounds, contrast) in [(LIGHT_GROUNDS, TEXT_CONTRAST), (DARK_GROUNDS, TEXT_CONTRAST), (LIGHT_GROUNDS, SHAPE_CONTRAST)] {
                let near = colour.nearest(&grounds, contrast);
                prop_assert!(near.least_contrast(&grounds) >= contrast, "{} for {}", near, colour);
                if colour.least_contrast(&grounds) >= contrast {
                    prop_assert_eq!(near, colour);
                }
            }
        }
    }
}
