//! Moments that a value is as a whole, or that stand among the few words of a label.

use std::ops::Range;

use super::day::{self, Context};
use super::moment::{Moment, Place, read};

/// The moment that a value is as a whole: a day, perhaps with a time of day. None if it says anything else.
pub(in crate::import) fn whole(text: &str, context: Context) -> Option<Moment> {
    let text = text.trim().trim_matches(['"', '\'', '\u{201c}', '\u{201d}', '`']).trim();
    let (moment, rest) = read(text, context, Place::Value)?;
    // A time of day that cannot be read must not become the beginning of its day.
    let is_all = !moment.is_mistyped && moment.until.is_none() && !rest.contains(char::is_alphanumeric);
    (moment.date().is_some() && is_all).then_some(moment)
}

/// The first moment in words such as `Update - 2023-03-29 15h50 UTC`, and where it stands: a day, a time of day, or both,
/// which words may part.
pub(in crate::import) fn within(words: &str, context: Context) -> Option<(Moment, Range<usize>)> {
    let (mut found, mut from): (Option<(Moment, Range<usize>)>, usize) = (None, 0);
    for at in day::starts(words) {
        if at < from || is_joined(&words[..at]) {
            continue;
        }
        let Some((moment, rest)) = read(&words[at..], context, Place::Label) else { continue };
        if moment.is_mistyped || (moment.day.is_some() && moment.clock.is_none() && moment.date().is_none()) {
            continue;
        }
        let range = at..words.len() - rest.len();
        from = range.end;
        found = match found {
            None => Some((moment, range)),
            Some((day, before)) if day.clock.is_none() && moment.day.is_none() => {
                return Some((Moment { day: day.day, ..moment }, before.start..range.end));
            }
            Some((clock, before)) if clock.day.is_none() && moment.clock.is_none() => {
                return Some((Moment { day: moment.day, ..clock }, before.start..range.end));
            }
            other => return other,
        };
        if found.as_ref().is_some_and(|(moment, _)| moment.day.is_some() && moment.clock.is_some()) {
            return found;
        }
    }
    found
}

/// Whether what stands before a number goes on with it: `v1.20`, `$10`, `10.0.12`.
fn is_joined(before: &str) -> bool {
    let mut back = before.chars().rev();
    back.next().is_some_and(|c| ".:-/$€#".contains(c)) && back.next().is_none_or(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::super::{Frame, written};
    use super::*;
    use crate::time::{Date, Zone};

    fn value(text: &str) -> String {
        let time = whole(text, Context::default()).and_then(|moment| moment.beginning(Frame::UTC).ok());
        time.map_or_else(|| "none".to_owned(), written)
    }

    #[test]
    fn values_are_read_as_programs_and_people_write_them() {
        for (text, expected) in [
            ("2020-07-13 14:24:00", "2020-07-13T14:24Z"),
            ("2021-06-01T23:00:05", "2021-06-01T23:00:05Z"),
            ("2021-04-14T9:30:00-00:00", "2021-04-14T09:30Z"),
            ("2021-04-14T09:30:00+02:00", "2021-04-14T07:30Z"),
            ("2021-04-14T09:30-03:00", "2021-04-14T12:30Z"),
            ("2021-04-14 09:30-03:00", "2021-04-14T12:30Z"),
            ("2021-04-14 09:30:00 +0000 UTC", "2021-04-14T09:30Z"),
            ("2021-04-14 09:30:00 +0200 CEST", "2021-04-14T07:30Z"),
            ("2021-04-14 09:30:00 CEST", "2021-04-14T07:30Z"),
            ("2021-07-14 09:30 PST", "2021-07-14T16:30Z"),
            ("\u{201c}2021-04-14T09:30:00.000Z\u{201d}", "2021-04-14T09:30Z"),
            ("2021-04-14 9:30 PM", "2021-04-14T21:30Z"),
            ("2021-04-14 15:00 PM", "2021-04-14T15:00Z"),
            ("2021-04-14T24:00:00", "2021-04-15T00:00Z"),
            ("2021-04-14 24:00 CEST", "2021-04-14T22:00Z"),
            ("2021-04-14 24:30", "none"),
            ("2021-04-14 12:30 am", "2021-04-14T00:30Z"),
            ("14 April 2021, 3pm", "2021-04-14T15:00Z"),
            ("Wed, 14 Apr 2021 09:30:00 +0000", "2021-04-14T09:30Z"),
            ("2021-4-4", "2021-04-04T00:00Z"),
            ("2021/04/14 08:00", "2021-04-14T08:00Z"),
            ("14.04.2021 08.00 Uhr", "2021-04-14T08:00Z"),
            ("soon", "none"),
            ("9999-12-31T23:59:59-01:00", "none"),
            ("1970-01-01T00:00:00+01:00", "none"),
            ("2021-02-30 10:00", "none"),
            ("03/04/2021 10:00", "none"),
            ("2021-04-14T015:00:00", "none"),
            ("2021-04-14 T015:00", "none"),
            ("2021-04-14T25:00:00", "none"),
            ("2021-04-14 10:00:61", "none"),
            ("2021-04-14 15:00 AM", "none"),
            ("2021-04-14 10:00 XYZ", "none"),
            ("2021-04-14 10:00 - 12:00", "none"),
            ("22021-04-14", "none"),
            ("", "none"),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }

    #[test]
    fn labels_name_a_time_of_day_with_or_without_a_day_and_a_zone() {
        let found = |words: &str| {
            let (moment, _) = within(words, Context::default())?;
            moment.clock?;
            let home = Frame::Zone(Zone::named("Europe/Berlin").unwrap());
            Some(match moment.instant(home, Date::parse("2021-06-08").ok()) {
                Ok(time) => written(time),
                Err(doubt) => format!("{doubt:?}"),
            })
        };
        for (words, expected) in [
            ("Update - 2023-03-29 15h50 UTC", Some("2023-03-29T15:50Z")),
            ("Update at 2021-06-08 11:20", Some("2021-06-08T09:20Z")),
            ("Update of 2021-06-09: seen at 11:20", Some("2021-06-09T09:20Z")),
            ("Update at 11:20 UTC", Some("2021-06-08T11:20Z")),
            ("Update 11.20 Uhr", Some("2021-06-08T09:20Z")),
            ("[11:20]", Some("2021-06-08T09:20Z")),
            ("11:20 PM", Some("2021-06-08T21:20Z")),
            ("3pm EDT", Some("2021-06-08T19:00Z")),
            ("3pm est", Some("2021-06-08T19:00Z")),
            ("11:20 UTC+2", Some("2021-06-08T09:20Z")),
            ("11:20 (GMT-03:00)", Some("2021-06-08T14:20Z")),
            ("11:20 Asia/Tokyo", Some("2021-06-08T02:20Z")),
            ("11:20 QQQ", Some("Zone(\"QQQ\")")),
            ("03/04/2021 11:20", Some("Day")),
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
