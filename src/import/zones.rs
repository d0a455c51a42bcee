//! The words that people put behind times for a zone: `PST`, `CET`, `UTC+2`, `Europe/Berlin`.
//!
//! A word that is not understood is no reason to take UTC: who asks is told that there is one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::time::{Date, Time, Zone};

/// What clocks are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// The rules of a place, summer and winter.
    Zone(Zone),
    /// Always so many minutes ahead of UTC.
    Offset(i32),
}

/// A word that stands for a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// It is understood.
    Known(Frame),
    /// It is not, or may mean several.
    Unknown(String),
}

impl Frame {
    /// UTC.
    pub(super) const UTC: Frame = Frame::Zone(Zone::UTC);

    /// When clocks show `minute` minutes since midnight on `date`; none if they skip it.
    pub(super) fn instant(self, date: Date, minute: u32) -> Option<Time> {
        match self {
            Frame::Zone(zone) => zone.instant(date, minute),
            Frame::Offset(offset) => Some(Zone::UTC.instant(date, minute)?.plus_seconds(-i64::from(offset) * 60)),
        }
    }

    /// As RFC 3339 ends: `+02:00`; none for the rules of a place.
    pub(super) fn suffix(self) -> Option<String> {
        match self {
            Frame::Zone(_) => None,
            Frame::Offset(offset) => {
                let sign = if offset < 0 { '-' } else { '+' };
                Some(format!("{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60))
            }
        }
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

/// Places that people name in words, with "time" behind them.
const NAMED: [(&str, &str); 7] = [
    ("pacific", "America/Los_Angeles"),
    ("mountain", "America/Denver"),
    ("central", "America/Chicago"),
    ("eastern", "America/New_York"),
    ("central european", "CET"),
    ("coordinated universal", "Etc/UTC"),
    ("greenwich mean", "Etc/UTC"),
];

/// The offsets of every abbreviation that the rules of the zones have, winter and summer, each with a zone in which
/// it holds all year, if there is one.
static LISTED: LazyLock<BTreeMap<String, BTreeMap<i32, Option<Zone>>>> = LazyLock::new(|| {
    let days = ["2024-01-15", "2024-07-15"].map(|day| Date::parse(day).ok());
    let noons: Vec<Time> = days.iter().flatten().filter_map(|day| Zone::UTC.instant(*day, 720)).collect();
    let mut found: BTreeMap<String, BTreeMap<i32, Option<Zone>>> = BTreeMap::new();
    for zone in Zone::names().filter(|name| name.contains('/')).filter_map(Zone::named) {
        let offsets: Vec<i32> = noons.iter().map(|noon| offset(zone, *noon)).collect();
        let all_year = Some(zone).filter(|_| offsets.windows(2).all(|pair| pair[0] == pair[1]));
        for (noon, offset) in noons.iter().zip(offsets) {
            let place = found.entry(zone.local(*noon).zone.to_string()).or_default().entry(offset).or_default();
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

/// The zone of one word. Abbreviations are written in capitals.
pub(super) fn named(word: &str) -> Option<Frame> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !"/_+-".contains(c));
    let place = PLACES.iter().find(|(_, words)| words.contains(&word)).and_then(|(name, _)| Zone::named(name));
    if let Some(zone) = place {
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
fn shifted(word: &str) -> Option<Frame> {
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
        None if is_bare => return None,
        None => (digits, "0"),
    };
    let number = |text: &str| text.parse::<i32>().ok().filter(|_| text.len() <= 2 && !text.starts_with(['+', '-']));
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours <= 14 && minutes < 60).then(|| Frame::Offset(sign * (hours * 60 + minutes)))
}

/// The zone at the beginning of a text that follows a time, and what stands behind it. With `is_alone`
/// whatever word of capitals stands there is one.
pub(super) fn after_time(text: &str, is_alone: bool) -> Option<(Word, &str)> {
    let blank = text.trim_start_matches([' ', '\u{a0}']);
    let (inner, closing) = blank.strip_prefix('(').map_or((blank, ""), |inner| (inner, ")"));
    if let Some((zone, rest)) = place_in_words(inner) {
        return Some((Word::Known(Frame::Zone(zone)), rest.strip_prefix(closing)?));
    }
    let end = inner
        .char_indices()
        .find(|(_, c)| !(c.is_ascii_alphanumeric() || "/_+-:\u{2212}".contains(*c)))
        .map_or(inner.len(), |(at, _)| at);
    let word = inner[..end].trim_end_matches([':', '-', '_', '/']);
    let rest = inner[word.len()..].strip_prefix(closing)?;
    if let Some(frame) = named(word).filter(|_| !word.starts_with(['+', '-']) || !is_range(word)) {
        return Some((Word::Known(frame), rest));
    }
    // `UTC-based` begins with a zone too, but `UTC` alone is one.
    let first = word.split(['-', ':', '/']).next().unwrap_or_default();
    if let Some(frame) = named(first).filter(|_| first.len() < word.len() && closing.is_empty()) {
        return Some((Word::Known(frame), &inner[first.len()..]));
    }
    let is_word = (2..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    // Abbreviations of zones end with a T. Alone behind its time, any word in capitals is meant as one.
    let is_meant =
        if is_alone { rest.trim().is_empty() || !closing.is_empty() } else { word.len() >= 3 && word.ends_with('T') };
    (is_word && is_meant && !["AM", "PM"].contains(&word)).then(|| (Word::Unknown(word.to_owned()), rest))
}

/// `-11:00` behind a time is the end of a span more often than an offset.
fn is_range(word: &str) -> bool {
    word.starts_with('-') && word.contains(':')
}

/// `Pacific time`, `Eastern Standard Time`.
fn place_in_words(text: &str) -> Option<(Zone, &str)> {
    let lower = text.to_ascii_lowercase();
    NAMED.iter().find_map(|(name, zone)| {
        let rest = lower.strip_prefix(name)?.trim_start();
        let rest =
            ["standard ", "daylight ", "summer "].iter().find_map(|kind| rest.strip_prefix(kind)).unwrap_or(rest);
        let rest = rest.strip_prefix("time").filter(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))?;
        Some((Zone::named(zone)?, &text[text.len() - rest.len()..]))
    })
}

/// Words for time in the languages of reports, in small letters.
const TIMES: [&str; 16] = [
    "time",
    "zeit",
    "heure",
    "horaire",
    "hora",
    "horário",
    "horario",
    "tiempo",
    "orario",
    "tijd",
    "時刻",
    "時間",
    "日時",
    "时间",
    "時系列",
    "タイムライン",
];

/// The zone that a sentence or a heading about times names.
pub(super) fn in_sentence(text: &str) -> Option<Word> {
    let lower = text.to_lowercase();
    if !TIMES.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let is_end = |c: char| c.is_whitespace() || "()（）[],;.|".contains(c);
    let words = || text.split(is_end).filter(|word| !word.is_empty());
    // Of two zones in one breath, such as `CET (GMT+1)`, the first is the one that was meant.
    let known = words().find_map(|word| named(word.trim_matches(['*', '`', '"'])));
    let starts = || lower.char_indices().map(|(at, _)| at).filter(|at| text.is_char_boundary(*at));
    let placed = || starts().find_map(|at| place_in_words(&text[at..])).map(|(zone, _)| Frame::Zone(zone));
    known.or_else(placed).map(Word::Known).or_else(|| unknown(text))
}

/// The word of the winter that a text uses for its zone, as clocks would be called then.
pub(super) fn of_winter(text: &str) -> Option<&'static str> {
    const WORDS: [(&str, &str); 12] = [
        ("CET", "CET"),
        ("MEZ", "CET"),
        ("EET", "EET"),
        ("WET", "WET"),
        ("EST", "EST"),
        ("CST", "CST"),
        ("MST", "MST"),
        ("PST", "PST"),
        ("AKST", "AKST"),
        ("AEST", "AEST"),
        ("ACST", "ACST"),
        ("NZST", "NZST"),
    ];
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.find_map(|word| WORDS.iter().find(|(name, _)| *name == word)).map(|(_, called)| *called)
}

/// A word that stands where a zone would, and is none: `(all times XYZ)`, `times are in XYZ`.
fn unknown(text: &str) -> Option<Word> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (0..words.len()).find_map(|at| unknown_behind(&words, at))
}

fn unknown_behind(words: &[&str], at: usize) -> Option<Word> {
    const OF_TIMES: [&str; 7] = ["time", "times", "timeline", "zeiten", "uhrzeiten", "heures", "horas"];
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let lower = |at: usize| words.get(at).map(|word| bare(word).to_lowercase()).unwrap_or_default();
    if !OF_TIMES.contains(&&*lower(at)) {
        return None;
    }
    let next = (at + 1..words.len()).find(|at| !["in", "are", "is", "en", "em", "sind"].contains(&&*lower(*at)))?;
    let is_linked = ["in", "en", "em"].contains(&&*lower(next - 1));
    let (word, name) = (words[next], bare(words[next]));
    if lower(next) == "local" && is_linked {
        return Some(Word::Unknown("local time".to_owned()));
    }
    let is_abbreviation = (2..=5).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_enclosed = word.starts_with('(') && word.ends_with(')');
    let follows = is_linked || is_enclosed || (at > 0 && lower(at - 1) == "all");
    (is_abbreviation && follows).then_some(Word::Unknown(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Option<Frame> {
        Zone::named(name).map(Frame::Zone)
    }

    #[test]
    fn words_stand_for_places_or_offsets() {
        assert_eq!(named("PST"), zone("America/Los_Angeles"));
        assert_eq!(named("CEST"), zone("CET"));
        assert_eq!(named("Europe/Berlin"), zone("Europe/Berlin"));
        assert_eq!(named("JST"), zone("Asia/Tokyo"));
        assert_eq!(named("UTC+2"), Some(Frame::Offset(120)));
        assert_eq!(named("GMT-5:30"), Some(Frame::Offset(-330)));
        assert_eq!(named("+0200"), Some(Frame::Offset(120)));
        for word in ["IST", "XYZ", "ABC", "is", "est", "DNS", "+2", "", "The"] {
            assert_eq!(named(word), None, "{word}");
        }
    }

    #[test]
    fn sentences_and_titles_name_zones() {
        let known = |text: &str| match in_sentence(text) {
            Some(Word::Known(frame)) => Some(frame),
            _ => None,
        };
        for text in ["All times in CET.", "Date and Time in CET", "(all times CET)", "Time (CET)", "Uhrzeit (MEZ)"] {
            assert_eq!(known(text), zone("CET"), "{text}");
        }
        assert_eq!(known("Timeline (all times PST) 01/07/2020 - 01/09/2020"), zone("America/Los_Angeles"));
        assert_eq!(known("時刻 (JST)"), zone("Asia/Tokyo"));
        assert_eq!(known("タイムライン（JST）"), zone("Asia/Tokyo"));
        assert_eq!(known("All times are Pacific Time"), zone("America/Los_Angeles"));
        for text in
            ["Time is short", "the MET office", "Timeline", "All times approximate", "Timeline (all times approximate)"]
        {
            assert_eq!(in_sentence(text), None, "{text}");
        }
    }

    #[test]
    fn a_zone_that_is_not_understood_is_told() {
        let unknown = |name: &str| Some(Word::Unknown(name.to_owned()));
        assert_eq!(in_sentence("All times in IST."), unknown("IST"));
        assert_eq!(in_sentence("Time (XYZ)"), unknown("XYZ"));
        assert_eq!(in_sentence("Timeline (all times QQT)"), unknown("QQT"));
        assert_eq!(in_sentence("All times are in local time"), unknown("local time"));
        assert_eq!(after_time(" IST - it broke", false), Some((Word::Unknown("IST".to_owned()), " - it broke")));
        assert_eq!(after_time(" XYZ", true), Some((Word::Unknown("XYZ".to_owned()), "")));
        assert_eq!(after_time(" DNS fails", false), None);
        assert_eq!(after_time(" DNS fails", true), None);
    }

    #[test]
    fn what_stands_behind_a_time_may_be_a_zone() {
        let zone_of = |text| after_time(text, false).map(|(word, rest)| (word, rest.to_owned()));
        assert_eq!(zone_of(" UTC: x"), Some((Word::Known(Frame::UTC), ": x".to_owned())));
        assert_eq!(zone_of("Z"), Some((Word::Known(Frame::UTC), String::new())));
        assert_eq!(zone_of(" (PST) x"), Some((Word::Known(zone("America/Los_Angeles").unwrap()), " x".to_owned())));
        assert_eq!(zone_of("+02:00"), Some((Word::Known(Frame::Offset(120)), String::new())));
        assert_eq!(zone_of(" UTC+2 x"), Some((Word::Known(Frame::Offset(120)), " x".to_owned())));
        assert_eq!(zone_of(" UTC - x"), Some((Word::Known(Frame::UTC), " - x".to_owned())));
        assert_eq!(zone_of("-11:00"), None);
        assert_eq!(zone_of(" pods"), None);
    }

    #[test]
    fn an_offset_gives_instants() {
        let date = Date::parse("2020-01-08").unwrap();
        assert_eq!(Frame::Offset(540).instant(date, 618).unwrap().rfc3339_minutes(), "2020-01-08T01:18Z");
        assert_eq!(Frame::Offset(-90).suffix().as_deref(), Some("-01:30"));
    }
}
