//! The words that people put behind times for a zone: `PST`, `CET`, `UTC+2`, `Europe/Berlin`.
//!
//! A word that is not understood is no reason to take UTC: who asks is told that there is one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::frame::Frame;
use super::place::place_in_words;
use crate::time::{Time, Zone};

/// A word that stands for a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct Word {
    /// As written.
    pub name: String,
    /// What it stands for; none if no list knows it, or it may mean several.
    pub frame: Option<Frame>,
}

impl Word {
    /// Whether it is what clocks of its place are called in another season than the one they showed then.
    pub(in crate::import) fn is_of_other_season(&self, at: Time) -> bool {
        let Some(Frame::Zone(zone)) = self.frame else { return false };
        let word = english(&self.name);
        calls(zone, word) && zone.local(at).zone.to_string() != word
    }
}

/// Whether a zone calls its time so, in winter or in summer.
fn calls(zone: Zone, word: &str) -> bool {
    noons().any(|noon| zone.local(noon).zone.to_string() == word)
}

/// A day in the winter and one in the summer of the north.
fn noons() -> impl Iterator<Item = Time> {
    ["2024-01-15T12:00Z", "2024-07-15T12:00Z"].into_iter().filter_map(|noon| Time::parse(noon).ok())
}

/// What the database calls it.
fn english(word: &str) -> &str {
    match word {
        "MEZ" => "CET",
        "MESZ" => "CEST",
        other => other,
    }
}

/// Words that people use for what clocks show in a place, in summer as in winter: nobody changes the
/// sentence above a table twice a year.
const PLACES: [(&str, &[&str]); 21] = [
    ("Etc/UTC", &["UTC", "GMT", "Z", "UCT", "ZULU"]),
    ("CET", &["CET", "CEST", "MEZ", "MESZ", "HNEC"]),
    ("EET", &["EET", "EEST"]),
    ("WET", &["WET", "WEST"]),
    ("Europe/London", &["BST"]),
    ("Europe/Istanbul", &["TRT"]),
    ("America/New_York", &["ET", "EST", "EDT"]),
    ("America/Chicago", &["CT", "CST", "CDT"]),
    ("America/Denver", &["MT", "MST", "MDT"]),
    ("America/Los_Angeles", &["PT", "PST", "PDT"]),
    ("America/Anchorage", &["AKST", "AKDT"]),
    ("America/Sao_Paulo", &["BRT"]),
    ("America/Argentina/Buenos_Aires", &["ART"]),
    ("America/Bogota", &["COT"]),
    ("Asia/Singapore", &["SGT"]),
    ("Asia/Dubai", &["GST"]),
    ("Asia/Bangkok", &["ICT"]),
    ("Australia/Sydney", &["AEST", "AEDT", "AET"]),
    ("Australia/Adelaide", &["ACST", "ACDT"]),
    ("Australia/Perth", &["AWST"]),
    ("Pacific/Auckland", &["NZST", "NZDT", "NZT"]),
];

/// The offsets of every abbreviation that the rules of the zones have, winter and summer, each with a zone in which
/// it holds all year, if there is one.
static LISTED: LazyLock<BTreeMap<String, BTreeMap<i32, Option<Zone>>>> = LazyLock::new(|| {
    let mut found: BTreeMap<String, BTreeMap<i32, Option<Zone>>> = BTreeMap::new();
    for zone in Zone::names().filter(|name| name.contains('/')).filter_map(Zone::named) {
        let offsets: Vec<i32> = noons().map(|noon| offset(zone, noon)).collect();
        let all_year = Some(zone).filter(|_| offsets.windows(2).all(|pair| pair[0] == pair[1]));
        for (noon, offset) in noons().zip(offsets) {
            let place = found.entry(zone.local(noon).zone.to_string()).or_default().entry(offset).or_default();
            *place = place.or(all_year);
        }
    }
    found
});

/// How many minutes a zone is ahead at a moment.
fn offset(zone: Zone, at: Time) -> i32 {
    let local = zone.local(at);
    let shown = Zone::UTC.instant(local.date, local.hour * 60 + local.minute).unwrap_or(at);
    i32::try_from(shown.seconds_since(at) / 60).unwrap_or_default()
}

/// The zone of one word, which is that of `home` if clocks there are called so. Abbreviations are written in capitals.
pub(super) fn named(word: &str, home: Option<Zone>) -> Option<Frame> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !"/_+-".contains(c));
    let place = PLACES.iter().find(|(_, words)| words.contains(&word)).and_then(|(name, _)| Zone::named(name));
    // In London clocks show GMT half of the year, and yet nobody means those of London by it.
    let is_own = |home: &Zone| place != Some(Zone::UTC) && calls(*home, word);
    if let Some(zone) = home.filter(is_own).or(place) {
        return Some(Frame::Zone(zone));
    }
    if word.contains('/') {
        return Zone::named(word).map(Frame::Zone);
    }
    let is_capital = word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let listed = LISTED.get(word).filter(|offsets| is_capital && offsets.len() == 1);
    let listed = listed.and_then(|offsets| offsets.iter().next());
    let frame = listed.map(|(offset, zone)| zone.map_or(Frame::Offset(*offset), Frame::Zone));
    frame.or_else(|| shifted(word))
}

/// `UTC+2`, `GMT-5:30`, `+0200`, `+02:00`.
pub(super) fn shifted(word: &str) -> Option<Frame> {
    let bare = ["UTC", "GMT"].iter().find_map(|name| word.strip_prefix(name)).unwrap_or(word);
    let is_bare = bare.len() == word.len();
    let (sign, digits) = match bare.chars().next()? {
        '+' => (1, &bare[1..]),
        '-' | '\u{2212}' => (-1, bare.trim_start_matches(['-', '\u{2212}'])),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None if is_bare && (sign < 0 || digits.len() != 2) => return None,
        None => (digits, "0"),
    };
    let number = |text: &str| text.parse::<i32>().ok().filter(|_| text.len() <= 2 && !text.starts_with(['+', '-']));
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours <= 14 && minutes < 60).then(|| Frame::Offset(sign * (hours * 60 + minutes)))
}

/// The zone at the beginning of a text that follows a time, and what stands behind it. With `is_alone`
/// whatever word of capitals stands there is one.
pub(super) fn after_time(text: &str, is_alone: bool, home: Option<Zone>) -> Option<(Word, &str)> {
    let known = |name: &str, frame| Word { name: name.to_owned(), frame: Some(frame) };
    let blank = text.trim_start_matches([' ', '\u{a0}']);
    let (inner, closing) = blank.strip_prefix('(').map_or((blank, ""), |inner| (inner, ")"));
    if let Some((zone, rest)) = place_in_words(inner) {
        let name = inner[..inner.len() - rest.len()].trim();
        return Some((known(name, Frame::Zone(zone)), rest.strip_prefix(closing)?));
    }
    let end = inner
        .char_indices()
        .find(|(_, c)| !(c.is_ascii_alphanumeric() || "/_+-:\u{2212}".contains(*c)))
        .map_or(inner.len(), |(at, _)| at);
    let word = inner[..end].trim_end_matches([':', '-', '_', '/']);
    let rest = inner[word.len()..].strip_prefix(closing)?;
    let is_last = !rest.trim_start().starts_with(char::is_alphanumeric);
    let frame = match small(word).filter(|_| is_last) {
        Some(capitals) => named(&capitals, home),
        None => named(word, home).filter(|_| !is_range(word)),
    };
    if let Some(frame) = frame {
        let rest = if word.starts_with('+') { named_again(rest) } else { rest };
        return Some((known(word, frame), if is_of_programs(word) { spelt_out(rest) } else { rest }));
    }
    // `UTC-based` begins with a zone too, but `UTC` alone is one.
    let first = word.split(['-', ':', '/']).next().unwrap_or_default();
    if let Some(frame) = named(first, home).filter(|_| first.len() < word.len() && closing.is_empty()) {
        return Some((known(first, frame), &inner[first.len()..]));
    }
    let is_word = (2..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    // Abbreviations of zones end with a T. Alone behind its time, any word in capitals is meant as one.
    let is_meant =
        if is_alone { rest.trim().is_empty() || !closing.is_empty() } else { word.len() >= 3 && word.ends_with('T') };
    let is_unknown = is_word && is_meant && !["AM", "PM"].contains(&word);
    is_unknown.then(|| (Word { name: word.to_owned(), frame: None }, rest))
}

/// A word in small letters that names a zone where no other word follows it; in capitals.
fn small(word: &str) -> Option<String> {
    const SMALL: [&str; 11] = ["utc", "gmt", "z", "cet", "cest", "est", "edt", "pst", "pdt", "bst", "jst"];
    SMALL.contains(&word).then(|| word.to_ascii_uppercase())
}

/// Behind an offset Go writes the zone's name as well: ` +0200 CEST`.
fn named_again(text: &str) -> &str {
    let next = text.trim_start();
    let end = next.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(next.len());
    let is_again = end >= 3 && named(&next[..end], None).is_some() && !next[end..].starts_with(char::is_alphanumeric);
    if is_again { &next[end..] } else { text }
}

/// `GMT+0200`, as JavaScript writes it; people leave out the zeros or set a colon.
fn is_of_programs(word: &str) -> bool {
    let digits = word.strip_prefix("GMT").and_then(|offset| offset.strip_prefix(['+', '-']));
    digits.is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Behind that it spells out the zone, in the language of its user: ` (Central European Summer Time)`.
fn spelt_out(text: &str) -> &str {
    let Some((name, rest)) = text.trim_start().strip_prefix('(').and_then(|inner| inner.split_once(')')) else {
        return text;
    };
    let is_name = name.chars().all(|c| c.is_alphabetic() || " .'-/_&+0123456789:".contains(c)) && name.len() <= 60;
    if is_name { rest } else { text }
}

/// `-11:00` behind a time is the end of a span more often than an offset.
pub(super) fn is_range(word: &str) -> bool {
    word.starts_with('-') && word.contains(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Option<Frame> {
        Zone::named(name).map(Frame::Zone)
    }

    #[test]
    fn words_stand_for_places_or_offsets() {
        for (word, home, expected) in [
            ("PST", "Etc/UTC", "America/Los_Angeles"),
            ("PST", "Asia/Manila", "Asia/Manila"),
            ("MST", "America/Phoenix", "America/Phoenix"),
            ("CEST", "Etc/UTC", "CET"),
            ("GMT", "Europe/London", "Etc/UTC"),
            ("Europe/Berlin", "Etc/UTC", "Europe/Berlin"),
            ("JST", "Etc/UTC", "Asia/Tokyo"),
            ("IST", "Asia/Kolkata", "Asia/Kolkata"),
        ] {
            assert_eq!(named(word, Zone::named(home)), zone(expected), "{word} at {home}");
        }
        assert_eq!(named("UTC+2", None), Some(Frame::Offset(120)));
        assert_eq!(named("GMT-5:30", None), Some(Frame::Offset(-330)));
        assert_eq!(named("+0200", None), Some(Frame::Offset(120)));
        assert_eq!(named("+03", None), Some(Frame::Offset(180)));
        for word in ["IST", "XYZ", "ABC", "is", "est", "DNS", "+2", "", "The"] {
            assert_eq!(named(word, Some(Zone::UTC)), None, "{word}");
        }
    }

    #[test]
    fn a_zone_that_is_not_understood_is_told() {
        let unknown = |name: &str| Some(Word { name: name.to_owned(), frame: None });
        let behind = |text, is_alone| after_time(text, is_alone, None).map(|(word, rest)| (Some(word), rest));
        assert_eq!(behind(" IST - it broke", false), Some((unknown("IST"), " - it broke")));
        assert_eq!(behind(" XYZ", true), Some((unknown("XYZ"), "")));
        assert_eq!(behind(" DNS fails", false), None);
        assert_eq!(behind(" DNS fails", true), None);
    }

    #[test]
    fn what_stands_behind_a_time_may_be_a_zone() {
        let zone_of = |text| after_time(text, false, None).map(|(word, rest)| (word.frame, rest));
        for (text, frame, rest) in [
            (" UTC: x", Some(Frame::UTC), ": x"),
            ("Z", Some(Frame::UTC), ""),
            (" utc", Some(Frame::UTC), ""),
            (" (PST) x", zone("America/Los_Angeles"), " x"),
            ("+02:00", Some(Frame::Offset(120)), ""),
            (" +0200 CEST", Some(Frame::Offset(120)), ""),
            (" UTC+2 x", Some(Frame::Offset(120)), " x"),
            (" UTC - x", Some(Frame::UTC), " - x"),
        ] {
            assert_eq!(zone_of(text), Some((frame, rest)), "{text}");
        }
        for text in ["-11:00", " pods", " est survenu"] {
            assert_eq!(zone_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_word_of_the_other_season_is_known_as_such() {
        let is_other = |name: &str, at: &str| {
            let word = Word { name: name.to_owned(), frame: named(name, None) };
            word.is_of_other_season(Time::parse(at).unwrap())
        };
        let (winter, summer) = ("2020-01-08T10:00Z", "2020-07-08T10:00Z");
        assert!(is_other("PST", summer) && is_other("MEZ", summer) && is_other("CEST", winter));
        assert!(!is_other("PST", winter) && !is_other("PDT", summer) && !is_other("ET", summer));
        assert!(!is_other("UTC", summer) && !is_other("JST", summer) && !is_other("UTC+2", summer));
    }
}
