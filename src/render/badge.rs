//! Badges for READMEs and dashboards: `badge.svg`, and `badge.json` for shields.io's endpoint
//! (<https://shields.io/badges/endpoint-badge>); for the whole, each component and each group.

use std::sync::Arc;

use serde_json::json;

use super::facts::Facts;
use super::html::{colour, headline};
use super::scope::Scope;
use super::text::xml_text;
use crate::model::ComponentStatus;
use crate::output::Route;
use crate::paths;

/// Badges stay small: a longer text is cut in the drawing. Its title has all of it.
const LONGEST: usize = 48;

pub(super) fn routes(facts: &Arc<Facts>) -> Vec<Route> {
    let formats: [(&str, BadgeFormat); 2] = [(paths::BADGE_SVG, svg), (paths::BADGE_JSON, endpoint)];
    let of = |scope: Scope| {
        formats.map(|(name, write)| scope.routes(facts, name, move |facts, scope| write(&badge(facts, scope)))).concat()
    };
    Scope::every(facts).into_iter().flat_map(of).collect()
}

type BadgeFormat = fn(&Badge<'_>) -> String;

/// What a badge says.
struct Badge<'a> {
    label: &'a str,
    message: &'a str,
    colour: &'static str,
}

fn badge<'a>(facts: &'a Facts, scope: &'a Scope) -> Badge<'a> {
    let (message, status) = match scope {
        Scope::All => (headline(facts), colour(facts)),
        Scope::Component(_) | Scope::Group(..) if scope.is_retired(facts) => {
            let message = facts.look.theme.messages.get("retired");
            return Badge { label: scope.name(facts), message, colour: GREY };
        }
        Scope::Component(_) | Scope::Group(..) => {
            let status = scope.status(facts);
            (facts.look.theme.messages.get(status.word()), status)
        }
    };
    Badge { label: scope.name(facts), message, colour: paint(status) }
}

/// Of what is no longer there. White text on it reaches 4.5:1 as well.
const GREY: &str = "#5a626a";

/// White text on it reaches 4.5:1.
fn paint(status: ComponentStatus) -> &'static str {
    match status {
        ComponentStatus::Operational => "#17744a",
        ComponentStatus::UnderMaintenance => "#2f55b8",
        ComponentStatus::DegradedPerformance => "#8a5a00",
        ComponentStatus::PartialOutage => "#b3440a",
        ComponentStatus::MajorOutage => "#b3201a",
    }
}

fn endpoint(badge: &Badge<'_>) -> String {
    let Badge { label, message, colour } = badge;
    format!("{:#}\n", json!({ "schemaVersion": 1, "label": label, "message": message, "color": colour }))
}

/// It brings its own grounds, so that it looks the same on light and dark pages; a light rim parts it
/// from dark ones. Both texts are drawn to a given length, so that the fonts of a reader do not matter.
fn svg(badge: &Badge<'_>) -> String {
    let (label, message) = (cut(badge.label), cut(badge.message));
    let (left, right) = (width(&label), width(&message));
    let (middle, whole) = (left + 12, left + right + 24);
    let text = |text: &str, begin: usize, length: usize| {
        let x = begin + length / 2;
        format!("<text x=\"{x}\" y=\"14\" textLength=\"{length}\">{}</text>\n", xml_text(text))
    };
    let title = xml_text(&format!("{}: {}", badge.label, badge.message));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{whole}\" height=\"20\" viewBox=\"0 0 {whole} 20\" \
         role=\"img\" aria-labelledby=\"t\">\n<title id=\"t\">{title}</title>\n\
         <clipPath id=\"c\"><rect width=\"{whole}\" height=\"20\" rx=\"4\"/></clipPath>\n\
         <g clip-path=\"url(#c)\"><rect width=\"{middle}\" height=\"20\" fill=\"#3b4249\"/>\
         <rect x=\"{middle}\" width=\"{}\" height=\"20\" fill=\"{}\"/></g>\n\
         <rect x=\".5\" y=\".5\" width=\"{}\" height=\"19\" rx=\"3.5\" fill=\"none\" stroke=\"#fff\" stroke-opacity=\".3\"/>\n\
         <g fill=\"#fff\" font-family=\"Verdana,DejaVu Sans,Geneva,sans-serif\" font-size=\"11\" \
         text-anchor=\"middle\" aria-hidden=\"true\">\n{}{}</g>\n</svg>\n",
        right + 12,
        badge.colour,
        whole - 1,
        text(&label, 6, left),
        text(&message, middle + 6, right),
    )
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let begin: String = text.chars().take(LONGEST - 1).collect();
    format!("{}…", begin.trim_end())
}

/// The length of a text in pixels, in Verdana at 11 pixels or a font like it.
fn width(text: &str) -> usize {
    let tenths: usize = text.chars().map(tenths).sum();
    tenths.div_ceil(10).max(1)
}

/// The width of a character in tenths of a pixel.
fn tenths(c: char) -> usize {
    match c {
        'i' | 'j' | 'l' | 'I' | '\'' | '|' => 32,
        ' ' | '.' | ',' | ':' | ';' | '!' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' => 43,
        's' | 'c' | 'z' => 57,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '&' | '…' => 103,
        c if c.is_ascii_uppercase() => 79,
        c if c.is_ascii() => 67,
        // Marks that stand on another character, joiners and the like.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0,
        // Chinese, Japanese, Korean and pictures are as wide as high.
        '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{1f000}'.. => 110,
        _ => 72,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lengths that shields.io has measured for these words.
    #[test]
    fn widths_are_near_those_of_the_font() {
        for (text, wanted) in [("passing", 41), ("build", 27)] {
            assert!(width(text).abs_diff(wanted) <= 2, "{text}: {}", width(text));
        }
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(cut("short"), "short");
        assert_eq!(cut(&"é".repeat(60)), format!("{}…", "é".repeat(LONGEST - 1)));
    }
}
