//! Times of a timeline: absolute, or told from the one before.

use crate::import::times::{self, Context, DAY, Frame, Place};
use crate::time::{Time, Zone};

/// A time, and how the clock goes that told it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ClockTime {
    pub time: Time,
    /// How many milliseconds the clock is ahead of UTC.
    ahead: i64,
    /// Whether it is on the day after the one that stactus itself would take.
    pub is_next_day: bool,
    /// Whether it names no zone and is told from no other time.
    pub is_zoneless: bool,
}

/// Reads a time with its day; after another time also `+17m`, and a time of the same day, or of the next one if the clock
/// went past midnight.
pub(super) fn read(text: &str, before: Option<ClockTime>, home: Option<Zone>) -> Option<ClockTime> {
    let text = text.trim();
    if let Some(length) = text.strip_prefix('+') {
        let before = before?;
        let time = Time::from_millis(before.time.millis().checked_add(length_of(length)?)?);
        return Some(ClockTime { time, is_next_day: false, is_zoneless: false, ..before });
    }
    let context = Context { home, ..Context::default() };
    let (moment, _) = times::read(text, context, Place::Value).filter(|(_, rest)| rest.trim().is_empty())?;
    let clock = moment.clock.filter(|_| moment.until.is_none())?;
    let Some(date) = moment.date() else {
        return before.filter(|_| moment.day.is_none() && moment.zone.is_none()).map(|before| of_day(before, clock));
    };
    let time = moment.instant(Frame::Zone(home.unwrap_or(Zone::UTC)), None).ok()?;
    let ahead = Frame::UTC.instant(date, clock)?.millis() - time.millis();
    Some(ClockTime { time, ahead, is_next_day: false, is_zoneless: moment.zone.is_none() })
}

fn of_day(before: ClockTime, clock: i64) -> ClockTime {
    const MINUTE: i64 = 60_000;
    let shown = before.time.millis() + before.ahead;
    let same = shown.div_euclid(DAY) * DAY + clock;
    // A clock without seconds may lie a little before one with them.
    let is_next_day = same + MINUTE <= shown;
    let time = Time::from_millis(same + if is_next_day { DAY } else { 0 } - before.ahead);
    ClockTime { time, is_next_day, is_zoneless: false, ..before }
}

/// A length as Go writes it (`1h17m`, `1.5h`, `90s`), in milliseconds.
fn length_of(text: &str) -> Option<i64> {
    let (mut total, mut rest) = (0.0, text);
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let amount: f64 = rest[..end].parse().ok()?;
        let unit = &rest[end..];
        let length = unit.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(unit.len());
        let millis = match &unit[..length] {
            "h" => 3_600_000.0,
            "m" => 60_000.0,
            "s" => 1_000.0,
            "ms" => 1.0,
            "us" | "\u{b5}s" | "\u{3bc}s" => 0.001,
            "ns" => 0.000_001,
            _ => return None,
        };
        total += amount * millis;
        rest = &unit[length..];
    }
    // A longer one is no pause within an incident, and its sum may not be exact.
    const LONGEST: f64 = 1e13;
    #[expect(clippy::cast_possible_truncation, reason = "it is far below what fits")]
    let millis = total.round() as i64;
    (!text.is_empty() && total < LONGEST).then_some(millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(before: &str, text: &str) -> String {
        let before = read(before, None, None);
        read(text, before, None).map_or_else(|| "none".to_owned(), |moment| moment.time.rfc3339())
    }

    #[test]
    fn times_are_absolute_or_told_from_the_one_before() {
        for (before, text, expected) in [
            ("", "2024/09/13 05:42", "2024-09-13T05:42:00Z"),
            ("", "2024-09-13 05:42:10", "2024-09-13T05:42:10Z"),
            ("", "2024-09-13T05:42:00+02:00", "2024-09-13T03:42:00Z"),
            ("", "2024-09-13T05:42:00.000000000Z", "2024-09-13T05:42:00Z"),
            ("2024-09-13 05:42", "+17m", "2024-09-13T05:59:00Z"),
            ("2024-09-13 05:42", "+1h17m30s", "2024-09-13T06:59:30Z"),
            ("2024-09-13 05:42", "+1.5h", "2024-09-13T07:12:00Z"),
            ("2024-09-13 05:42", "05:59", "2024-09-13T05:59:00Z"),
            ("2024-09-13 05:42:10", "05:42", "2024-09-13T05:42:00Z"),
            ("2024-09-13 05:42", "5:59PM", "2024-09-13T17:59:00Z"),
            ("2024-09-13 23:50", "12:10AM", "2024-09-14T00:10:00Z"),
            ("2024-09-13T00:30:00+02:00", "00:40", "2024-09-12T22:40:00Z"),
            ("", "+17m", "none"),
            ("", "05:59", "none"),
            ("2024-09-13 05:42", "+17d", "none"),
            ("2024-09-13 05:42", "+", "none"),
            ("2024-09-13 05:42", "+999999999999h", "none"),
            ("2024-09-13 05:42", "25:00", "none"),
            ("2024-09-13 05:42", "Mon, 02 Jan 2006 15:04:05 MST", "2006-01-02T22:04:05Z"),
            ("2024-09-13 05:42", "05:59 QQQ", "none"),
            ("2024-09-13 05:42", "05:59-06:10", "none"),
        ] {
            assert_eq!(after(before, text), expected, "{text} after {before}");
        }
        let midnight = read("2024-09-13 23:50", None, None);
        assert!(read("00:10", midnight, None).is_some_and(|moment| moment.is_next_day));
    }
}
