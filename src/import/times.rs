//! The one reader of times that other systems and people wrote. It never guesses: what is no time is none, a zone that
//! no list knows leaves the time unknown, and a time without a zone is one of the zone that the import was told.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::time::{Date, Time, Zone};

pub(super) use super::history::write::time as written;

/// The last moment that content can name; the first is 1970.
const LAST: Time = Time::from_millis(253_402_300_799_000);

/// A time with its zone, unless no content can name it.
pub(super) fn exact(text: &str) -> Option<Time> {
    Time::parse(text.trim()).ok().filter(|time| is_nameable(*time))
}

/// Whether content can name it.
pub(super) fn is_nameable(time: Time) -> bool {
    (Time::from_millis(0)..=LAST).contains(&time)
}

/// So many seconds later, as far as content can name it.
pub(super) fn later(time: Time, seconds: i64) -> Time {
    time.plus_seconds(seconds).min(LAST)
}

/// As a sentence writes it.
pub(super) fn spoken(time: Time) -> String {
    written(time).replace('T', " ").replace('Z', " UTC")
}

/// A time in any of the forms that Hugo accepts and people write, with `true` if it is a day without a time of
/// day; one without a zone is read as UTC.
pub(super) fn read(text: &str) -> Option<(Time, bool)> {
    read_in(text, None)
}

/// The same; one without a zone is one of `zone`.
pub(super) fn read_in(text: &str, zone: Option<Zone>) -> Option<(Time, bool)> {
    let mark = Mark::whole(text)?;
    mark.resolve(zone.unwrap_or(Zone::UTC), None).ok().map(|time| (time, mark.clock.is_none()))
}

/// What a text says of a moment: perhaps a day, perhaps a time of day, perhaps a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The day.
    pub date: Option<Date>,
    /// Milliseconds since midnight.
    pub clock: Option<i64>,
    /// What is said of the zone.
    pub zone: Stated,
    /// Where it stands in the text, from its first to its last character.
    pub range: Range<usize>,
}

/// What is said of the zone of a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stated {
    /// Nothing.
    Nothing,
    /// Seconds ahead of UTC.
    Offset(i64),
    /// A zone of the database.
    Zone(&'static str),
    /// A word, which a list may know.
    Word(String),
}

/// Why a mark is no moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// It has no day, and none is known otherwise.
    NoDay,
    /// No list knows this zone, or several places call different times so.
    Zone(String),
    /// Clocks of the zone never showed it, or content cannot name it.
    Impossible,
}

static DATES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    const MONTH: &str = r"(?P<word>jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])\w*\.?";
    let of = |text: &str| Regex::new(text).expect("a fixed pattern");
    vec![
        of(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"),
        of(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})"),
        of(&format!(r"(?i)(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{MONTH},?\s+(?P<y>\d{{4}})")),
        of(&format!(r"(?i)\b{MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})")),
    ]
});

static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    let clock = r"(?P<h>\d{1,2})(?:\s?[:hH]\s?|(?P<dot>\.))(?P<min>\d{2})(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?(?:\s*(?P<half>[AaPp]\.?[Mm]\b\.?))?|(?P<h12>\d{1,2})\s*(?P<half12>[AaPp]\.?[Mm]\b\.?)";
    Regex::new(clock).expect("a fixed pattern")
});

static ZONE: LazyLock<Regex> = LazyLock::new(|| {
    let zone = r"^\s*[(\[]?\s*(?:(?P<utc>UTC|GMT)\s*)?(?:(?P<sign>[+\-−])(?P<oh>\d{1,2})(?::?(?P<om>\d{2}))?(?:\s*UTC\b)?|(?P<region>[A-Z][A-Za-z]+/[A-Za-z_/]+)|(?P<word>[A-Z]{2,5}|[a-z]{3,4}|[Zz])\b)?";
    Regex::new(zone).expect("a fixed pattern")
});

impl Mark {
    /// The mark that a text is as a whole; none if it says anything else.
    pub(super) fn whole(text: &str) -> Option<Mark> {
        let text = text.trim().trim_matches(['"', '\'', '\u{201c}', '\u{201d}', '`']).trim();
        let mark = Mark::within(text)?;
        mark.date?;
        // A time of day that cannot be read must not become the beginning of its day.
        let (before, behind) = (&text[..mark.range.start], &text[mark.range.end..]);
        let is_all = [before, behind].iter().all(|rest| !rest.contains(char::is_alphanumeric));
        is_all.then_some(mark)
    }

    /// The first mark in words such as `Update - 2023-03-29 15h50 UTC`: a day, a time of day, or both.
    pub(super) fn within(words: &str) -> Option<Mark> {
        let date = DATES.iter().find_map(|pattern| pattern.captures_iter(words).find_map(|found| day(words, &found)));
        let without = date.as_ref().map_or_else(|| words.to_owned(), |(_, range)| blanked(words, range));
        let clock = CLOCK.captures_iter(&without).find_map(|found| time_of_day(&without, &found));
        let Some((clock, at)) = clock else {
            let (date, range) = date?;
            // `2020-01-01 T015:00` names a time of day that is none.
            let is_torn =
                without[range.end..].trim_start_matches(['T', 't', ' ']).starts_with(|c: char| c.is_ascii_digit());
            return (!is_torn).then_some(Mark { date: Some(date), clock: None, zone: Stated::Nothing, range });
        };
        let (zone, end) = stated(words, at.end);
        let range = date.as_ref().map_or(at.start..end, |(_, day)| day.start.min(at.start)..day.end.max(end));
        Some(Mark { date: date.map(|(date, _)| date), clock: Some(clock), zone, range })
    }

    /// The moment that is meant: in `home` if no zone is stated, on `day` if no day is.
    pub(super) fn resolve(&self, home: Zone, day: Option<Date>) -> Result<Time, Doubt> {
        let date = self.date.or(day).ok_or(Doubt::NoDay)?;
        let clock = self.clock.unwrap_or(0);
        let placed = match &self.zone {
            Stated::Nothing => local(home, date, clock),
            Stated::Offset(offset) => Some(at_offset(date, clock, *offset)),
            Stated::Zone(name) => local(Zone::named(name).ok_or_else(|| Doubt::Zone((*name).to_owned()))?, date, clock),
            Stated::Word(word) => {
                let offset = home.offset_called(word, date).or_else(|| generic(word, date, clock));
                Some(at_offset(date, clock, offset.ok_or_else(|| Doubt::Zone(word.clone()))?))
            }
        };
        placed.filter(|time| is_nameable(*time)).ok_or(Doubt::Impossible)
    }
}

/// `ET` and its like mean what the clocks of a coast show, in summer and in winter.
fn generic(word: &str, date: Date, clock: i64) -> Option<i64> {
    let name = match word {
        "ET" => "America/New_York",
        "CT" => "America/Chicago",
        "MT" => "America/Denver",
        "PT" => "America/Los_Angeles",
        _ => return None,
    };
    let time = local(Zone::named(name)?, date, clock)?;
    Some(at_offset(date, clock, 0).seconds_since(time))
}

fn at_offset(date: Date, clock: i64, offset: i64) -> Time {
    Time::from_millis(date.at_offset(clock.div_euclid(1_000), offset).millis() + clock.rem_euclid(1_000))
}

/// When clocks of a zone showed it. What they skipped is moved on by as much as they skipped.
fn local(zone: Zone, date: Date, clock: i64) -> Option<Time> {
    const MINUTE: i64 = 60_000;
    let (minutes, below) = (clock.div_euclid(MINUTE), clock.rem_euclid(MINUTE));
    let at = |minutes: i64| zone.instant(date, u32::try_from(minutes).ok()?);
    let skipped = (0..=minutes).find(|skipped| at(minutes - skipped).is_some())?;
    Some(Time::from_millis(at(minutes - skipped)?.millis() + skipped * MINUTE + below))
}

/// The day that was found, unless more digits touch it.
fn day(text: &str, found: &Captures<'_>) -> Option<(Date, Range<usize>)> {
    let whole = found.get(0)?;
    if touches_digits(text, &whole.range(), &['.', '-', '/']) {
        return None;
    }
    let month = match found.name("word") {
        Some(word) => month_of(word.as_str())?,
        None => found["m"].parse().ok()?,
    };
    let date = format!("{}-{month:02}-{:0>2}", &found["y"], &found["d"]);
    Some((Date::parse(&date).ok()?, whole.range()))
}

fn month_of(word: &str) -> Option<u32> {
    let first: String = word.to_lowercase().chars().take(3).collect();
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let first = match first.as_str() {
        "mär" => "mar",
        "mai" => "may",
        "okt" => "oct",
        "dez" => "dec",
        other => other,
    };
    Some(u32::try_from(months.iter().position(|month| *month == first)?).ok()? + 1)
}

/// The milliseconds since midnight that were found.
fn time_of_day(text: &str, found: &Captures<'_>) -> Option<(i64, Range<usize>)> {
    let whole = found.get(0)?;
    if touches_digits(text, &whole.range(), &['.', ':', '-', '/', '$', '€', '#', 'v']) {
        return None;
    }
    let number = |name: &str| found.name(name).map_or(Some(0), |digits| digits.as_str().parse::<i64>().ok());
    let hour = number("h").filter(|_| found.name("h").is_some()).or_else(|| number("h12"))?;
    let (minute, second) = (number("min")?, number("s")?);
    let half = found.name("half").or_else(|| found.name("half12"));
    let hour = match half.map(|half| half.as_str().starts_with(['p', 'P'])) {
        // `15:04 PM` has no noon to be behind.
        Some(is_late) if (1..=12).contains(&hour) => hour % 12 + if is_late { 12 } else { 0 },
        Some(_) => return None,
        None => hour,
    };
    // `10.30` is a time only if it is written with two digits on both sides, as a version seldom is.
    let is_version =
        found.name("dot").is_some() && found.name("h").is_some_and(|hour| hour.len() != 2) && half.is_none();
    let fraction =
        found.name("f").map_or(Some(0), |digits| format!("{:0<3}", digits.as_str())[..3].parse::<i64>().ok())?;
    // `24:00` is the end of its day.
    let is_end = (hour, minute, second) == (24, 0, 0);
    let is_time = (hour < 24 || is_end) && minute < 60 && second < 60 && !is_version;
    is_time.then(|| (((hour * 60 + minute) * 60 + second) * 1_000 + fraction, whole.range()))
}

fn touches_digits(text: &str, range: &Range<usize>, joints: &[char]) -> bool {
    let before = text[..range.start].chars().next_back();
    let mut behind = text[range.end..].chars();
    let is_joined = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let before_joint = before.filter(|c| joints.contains(c)).is_some()
        && text[..range.start].chars().rev().nth(1).is_none_or(|c| c.is_alphanumeric());
    let next = behind.next();
    let behind_joint = next.is_some_and(|c| joints.contains(&c) && c != '-') && is_joined(behind.next());
    is_joined(before) || is_joined(next) || before_joint || behind_joint
}

/// The zone that stands behind a time, and where it ends.
fn stated(text: &str, from: usize) -> (Stated, usize) {
    let rest = &text[from..];
    let Some(found) = ZONE.captures(rest) else { return (Stated::Nothing, from) };
    let end = |name: &str| found.name(name).map_or(from, |group| from + group.end());
    if let (Some(sign), Some(hours)) = (found.name("sign"), found.name("oh")) {
        let number = |name: &str| found.name(name).map_or(Some(0), |digits| digits.as_str().parse::<i64>().ok());
        // `10:00 - 12 …` is a range, no offset: an offset touches its sign, and a time or `UTC` touches it.
        let is_close = found.name("utc").is_some()
            || sign.start() == 0
            || (rest.starts_with(' ') && hours.len() == 2 && found.name("om").is_some());
        let seconds = number("oh").zip(number("om")).map(|(hours, minutes)| (hours * 60 + minutes) * 60);
        if let Some(seconds) = seconds.filter(|seconds| is_close && *seconds <= 18 * 3_600) {
            let is_behind = sign.as_str() != "+";
            let whole = from + found.get(0).map_or(0, |whole| whole.end());
            return (Stated::Offset(if is_behind { -seconds } else { seconds }), whole.max(end("oh")));
        }
    }
    if found.name("utc").is_some() && found.name("word").is_none() {
        return (Stated::Offset(0), end("utc"));
    }
    if let Some(region) = found.name("region").and_then(|region| Zone::named(region.as_str())) {
        return (Stated::Zone(region.name()), end("region"));
    }
    match found.name("word") {
        Some(word) if is_zone_word(word.as_str()) => (zone_word(word.as_str()), end("word")),
        _ if found.name("utc").is_some() => (Stated::Offset(0), end("utc")),
        _ => (Stated::Nothing, from),
    }
}

fn zone_word(word: &str) -> Stated {
    if ["UTC", "GMT", "Z"].contains(&&*word.to_ascii_uppercase()) {
        Stated::Offset(0)
    } else {
        Stated::Word(word.to_owned())
    }
}

/// Capitals behind a time name a zone. Small letters do only if a list knows them.
fn is_zone_word(word: &str) -> bool {
    let is_small = word.starts_with(|c: char| c.is_ascii_lowercase());
    !is_small || ["utc", "gmt", "z", "cet", "cest", "est", "edt", "pst", "pdt", "bst", "jst"].contains(&word)
}

/// `text` with a piece of it made blank, byte by byte.
fn blanked(text: &str, range: &Range<usize>) -> String {
    format!("{}{}{}", &text[..range.start], " ".repeat(range.len()), &text[range.end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rfc(text: &str) -> String {
        read(text).map_or_else(|| "none".to_owned(), |(time, _)| written(time))
    }

    #[test]
    fn hugos_forms_are_read() {
        for (text, expected) in [
            ("2020-07-13 14:24:00", "2020-07-13T14:24Z"),
            ("2021-06-01T23:00:05", "2021-06-01T23:00:05Z"),
            ("2021-04-14T9:30:00-00:00", "2021-04-14T09:30Z"),
            ("2021-04-14T09:30:00+02:00", "2021-04-14T07:30Z"),
            ("2021-04-14 09:30:00 +0000 UTC", "2021-04-14T09:30Z"),
            ("2021-04-14 09:30:00 CEST", "2021-04-14T07:30Z"),
            ("\u{201c}2021-04-14T09:30:00.000Z\u{201d}", "2021-04-14T09:30Z"),
            ("2021-04-14 9:30 PM", "2021-04-14T21:30Z"),
            ("2021-04-14T24:00:00", "2021-04-15T00:00Z"),
            ("2021-04-14 24:00 CEST", "2021-04-14T22:00Z"),
            ("2021-04-14 24:30", "none"),
            ("2021-04-14 12:30 am", "2021-04-14T00:30Z"),
            ("14 April 2021, 3pm", "2021-04-14T15:00Z"),
            ("2021-4-4", "2021-04-04T00:00Z"),
            ("2021/04/14 08:00", "2021-04-14T08:00Z"),
            ("soon", "none"),
            ("9999-12-31T23:59:59-01:00", "none"),
            ("1970-01-01T00:00:00+01:00", "none"),
            ("2021-02-30 10:00", "none"),
            ("2021-04-14T015:00:00", "none"),
            ("2021-04-14T25:00:00", "none"),
            ("2021-04-14 15:00 PM", "none"),
            ("2021-04-14 10:00 XYZ", "none"),
            ("22021-04-14", "none"),
            ("", "none"),
        ] {
            assert_eq!(rfc(text), expected, "{text}");
        }
        assert!(read("2021-04-04").is_some_and(|(_, day_only)| day_only));
    }

    #[test]
    fn words_name_a_time_of_day_with_or_without_a_day_and_a_zone() {
        let found = |words: &str| {
            let mark = Mark::within(words)?;
            let day = Date::parse("2021-06-08").ok();
            mark.clock?;
            Some(match mark.resolve(Zone::named("Europe/Berlin").unwrap(), day) {
                Ok(time) => written(time),
                Err(doubt) => format!("{doubt:?}"),
            })
        };
        for (words, expected) in [
            ("Update - 2023-03-29 15h50 UTC", Some("2023-03-29T15:50Z")),
            ("Update at 2021-06-08 11:20", Some("2021-06-08T09:20Z")),
            ("Update at 11:20 UTC", Some("2021-06-08T11:20Z")),
            ("Update 11.20 Uhr", Some("2021-06-08T09:20Z")),
            ("[11:20]", Some("2021-06-08T09:20Z")),
            ("11:20 PM", Some("2021-06-08T21:20Z")),
            ("3pm EDT", Some("2021-06-08T19:00Z")),
            ("11:20 UTC+2", Some("2021-06-08T09:20Z")),
            ("11:20 (GMT-03:00)", Some("2021-06-08T14:20Z")),
            ("11:20 Asia/Tokyo", Some("2021-06-08T02:20Z")),
            ("11:20 QQQ", Some("Zone(\"QQQ\")")),
            ("10:00 - 12:00", Some("2021-06-08T08:00Z")),
            ("Update 4.20", None),
            ("version 1.20.30", None),
            ("Update on 2024-09-10", None),
            ("Update 2", None),
            ("10.0.12.1 is down", None),
            ("at 99:99", None),
        ] {
            assert_eq!(found(words).as_deref(), expected, "{words}");
        }
    }
}
