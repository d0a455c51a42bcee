//! How a figure that is written in words, such as a headroom of `40 %`, went over time: a line without axes.

use std::fmt::Write;

use crate::render::text::escape;
use crate::time::Date;

/// The size, in units that are about a pixel, and what is left free around the line.
const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 36.0;
const EDGE: f64 = 4.0;

/// A figure and its day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::render::wiki) struct Point {
    day: Date,
    value: f64,
}

/// What can be drawn of readings, oldest first: the number of each that counts the same as the newest does.
pub(in crate::render::wiki) fn points<'a>(readings: impl Iterator<Item = (Date, &'a str)>) -> Vec<Point> {
    let numbers: Vec<(Date, f64, &str)> =
        readings.filter_map(|(day, text)| number(text).map(|(value, unit)| (day, value, unit))).collect();
    let unit = numbers.last().map_or("", |(_, _, unit)| unit);
    let same = numbers.iter().filter(|(_, _, own)| *own == unit);
    same.map(|(day, value, _)| Point { day: *day, value: *value }).collect()
}

/// The first number of a text, and what follows it: `about 1,200.5 requests` is 1200.5 and `requests`.
fn number(text: &str) -> Option<(f64, &str)> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = &text[start..];
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(rest.len());
    let digits = rest[..end].trim_end_matches(['.', ',']);
    let is_negative = text[..start].ends_with(['-', '\u{2212}']);
    let value: f64 = digits.replace(',', "").parse().ok()?;
    Some((if is_negative { -value } else { value }, rest[end..].trim()))
}

/// The SVG element; none for fewer than two points. `label` says the gist, as plain text.
pub(in crate::render::wiki) fn svg(points: &[Point], is_share: bool, label: &str) -> Option<String> {
    let (first, last) = points.first().zip(points.last()).filter(|_| points.len() > 1)?;
    let days = last.day.days_since(first.day).max(1) as f64;
    // From nothing left, so that a fall looks as deep as it is.
    let most = points.iter().map(|point| point.value).fold(if is_share { 100.0 } else { 0.0 }, f64::max);
    let least = points.iter().map(|point| point.value).fold(0.0, f64::min);
    let span = if most > least { most - least } else { 1.0 };
    let place = |point: &Point| {
        let across = point.day.days_since(first.day) as f64 / days;
        let up = (point.value - least) / span;
        (EDGE + across * (WIDTH - 2.0 * EDGE), HEIGHT - EDGE - up * (HEIGHT - 2.0 * EDGE))
    };
    let mut path = String::new();
    for (index, point) in points.iter().enumerate() {
        let (x, y) = place(point);
        // Writing to a string cannot fail.
        _ = write!(path, "{}{x:.1} {y:.1}", if index == 0 { 'M' } else { 'L' });
    }
    let (x, y) = place(last);
    Some(format!(
        "<svg class=\"sparkline\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\"><path class=\"grid\" \
         d=\"M0 {}H{WIDTH}\"/><path class=\"line\" d=\"{path}\"/><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"/></svg>",
        escape(label),
        HEIGHT - EDGE
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn a_number_is_found_in_words() {
        assert_eq!(number("40 %"), Some((40.0, "%")));
        assert_eq!(number("about 1,200.5 requests a second"), Some((1200.5, "requests a second")));
        assert_eq!(number("-3 %"), Some((-3.0, "%")));
        assert_eq!(number("2.5x."), Some((2.5, "x.")));
        assert_eq!(number("twice"), None);
    }

    #[test]
    fn only_what_counts_the_same_is_drawn() {
        let readings =
            [("2026-08-01", "55 %"), ("2026-09-01", "twice"), ("2026-10-01", "900 req/s"), ("2026-11-01", "40 %")];
        let found = points(readings.iter().map(|(date, text)| (day(date), *text)));
        assert_eq!(
            found,
            [Point { day: day("2026-08-01"), value: 55.0 }, Point { day: day("2026-11-01"), value: 40.0 }]
        );
        assert_eq!(svg(&found[..1], true, "one"), None);
        let drawn = svg(&found, true, "a \"fall\"").unwrap();
        assert!(drawn.contains("aria-label=\"a &quot;fall&quot;\""), "{drawn}");
        assert!(drawn.contains("d=\"M4.0 16.6L116.0 20.8\""), "{drawn}");
    }

    #[test]
    fn readings_of_one_day_or_of_nothing_are_drawn_all_the_same() {
        let same = [("2026-08-01", "0 %"), ("2026-08-01", "0 %")];
        let drawn = svg(&points(same.iter().map(|(date, text)| (day(date), *text))), false, "flat").unwrap();
        assert!(drawn.contains("M4.0 32.0L4.0 32.0"), "{drawn}");
    }
}
