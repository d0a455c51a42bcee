//! Times as other systems and people write them. A time without a zone is read as UTC, as Hugo does.

use crate::time::Time;

/// The last moment that content can name; the first is 1970.
const LAST: Time = Time::from_millis(253_402_300_799_000);

/// A time with its zone, unless no content can name it.
pub(super) fn exact(text: &str) -> Option<Time> {
    Time::parse(text.trim()).ok().filter(|time| (Time::from_millis(0)..=LAST).contains(time))
}

/// So many seconds later, as far as content can name it.
pub(super) fn later(time: Time, seconds: i64) -> Time {
    time.plus_seconds(seconds).min(LAST)
}

/// A time in any of the forms that Hugo accepts, with `true` if it is a day without a time of day.
pub(super) fn read(text: &str) -> Option<(Time, bool)> {
    let text = text.trim().trim_matches(['"', '\'', '\u{201c}', '\u{201d}', '`']).trim();
    let text = text.strip_suffix("UTC").unwrap_or(text).trim_end();
    let (date, clock) = text.split_once(['T', 't', ' ']).unwrap_or((text, ""));
    let date = pad_date(date)?;
    let clock = clock.trim();
    if clock.is_empty() {
        return Some((exact(&format!("{date}T00:00Z"))?, true));
    }
    Some((exact(&format!("{date}T{}", with_zone(&pad_hour(clock))))?, false))
}

/// The time that a heading such as `Update - 2023-03-29 15h50 UTC` names: a date, a time of day and
/// the zone UTC, all three.
pub(super) fn named_in(words: &str) -> Option<Time> {
    let tokens: Vec<&str> = words.split_whitespace().collect();
    tokens.windows(3).find_map(|three| {
        let zone = three[2].trim_matches(|c: char| !c.is_alphanumeric());
        let clock = three[1].replace(['h', 'H'], ":");
        let is_clock = clock.len() >= 4 && clock.contains(':');
        let is_utc = ["UTC", "GMT", "Z"].contains(&zone);
        (is_clock && is_utc).then(|| read(&format!("{} {clock}Z", three[0])))?.map(|(time, _)| time)
    })
}

pub(super) use super::history::write::time as written;

/// As a sentence writes it.
pub(super) fn spoken(time: Time) -> String {
    written(time).replace('T', " ").replace('Z', " UTC")
}

/// `2021-6-8` becomes `2021-06-08`.
fn pad_date(date: &str) -> Option<String> {
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts[..] else { return None };
    Some(format!("{year}-{month:0>2}-{day:0>2}"))
}

/// `9:30` becomes `09:30`.
fn pad_hour(clock: &str) -> String {
    if clock.find(':') == Some(1) { format!("0{clock}") } else { clock.to_owned() }
}

fn with_zone(clock: &str) -> String {
    let stated = clock.ends_with(['Z', 'z']) || clock.contains(['+', '-']);
    if stated { clock.to_owned() } else { format!("{clock}Z") }
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
            ("\u{201c}2021-04-14T09:30:00.000Z\u{201d}", "2021-04-14T09:30Z"),
            ("2021-4-4", "2021-04-04T00:00Z"),
            ("soon", "none"),
            ("9999-12-31T23:59:59-01:00", "none"),
            ("1970-01-01T00:00:00+01:00", "none"),
            ("2021-02-30 10:00", "none"),
            ("", "none"),
        ] {
            assert_eq!(rfc(text), expected, "{text}");
        }
        assert!(read("2021-04-04").is_some_and(|(_, day_only)| day_only));
    }

    #[test]
    fn a_heading_names_a_time_only_with_date_and_zone() {
        let named = |words| named_in(words).map(written);
        assert_eq!(named("Update - 2023-03-29 15h50 UTC").as_deref(), Some("2023-03-29T15:50Z"));
        assert_eq!(named("Update at 2021-06-08 11:20 UTC").as_deref(), Some("2021-06-08T11:20Z"));
        assert_eq!(named("Update 2021-06-08 11:20"), None);
        assert_eq!(named("Update on 2024-09-10"), None);
        assert_eq!(named("Update at 11:20 UTC"), None);
    }
}
