//! How the clocks of a place, or those at an offset, go.

use crate::time::{Date, Time, Zone};

/// Milliseconds.
const MINUTE: i64 = 60_000;
/// Milliseconds of a day, and the clock that shows its end.
pub(in crate::import) const DAY: i64 = 24 * 60 * MINUTE;

/// What clocks are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Frame {
    /// The rules of a place, summer and winter.
    Zone(Zone),
    /// Always so many minutes ahead of UTC.
    Offset(i32),
}

impl Frame {
    /// UTC.
    pub(in crate::import) const UTC: Frame = Frame::Zone(Zone::UTC);

    /// When clocks show so many milliseconds since midnight on `date`; none if they skip it.
    pub(in crate::import) fn instant(self, date: Date, clock: i64) -> Option<Time> {
        if clock == DAY {
            return self.instant(date.plus_days(1), 0);
        }
        let minute = u32::try_from(clock / MINUTE).ok()?;
        let time = match self {
            Frame::Zone(zone) => zone.instant(date, minute)?,
            Frame::Offset(offset) => Zone::UTC.instant(date, minute)?.plus_seconds(-i64::from(offset) * 60),
        };
        Some(Time::from_millis(time.millis() + clock % MINUTE))
    }

    /// When a day begins.
    pub(in crate::import) fn day_start(self, date: Date) -> Time {
        match self {
            Frame::Zone(zone) => zone.day_start(date),
            Frame::Offset(offset) => Zone::UTC.day_start(date).plus_seconds(-i64::from(offset) * 60),
        }
    }

    /// The day that calendars show.
    pub(in crate::import) fn date(self, time: Time) -> Date {
        match self {
            Frame::Zone(zone) => zone.date(time),
            Frame::Offset(offset) => Zone::UTC.date(time.plus_seconds(i64::from(offset) * 60)),
        }
    }

    /// As RFC 3339 ends: `+02:00`; none for the rules of a place.
    pub(in crate::import) fn suffix(self) -> Option<String> {
        let Frame::Offset(offset) = self else { return None };
        let sign = if offset < 0 { '-' } else { '+' };
        Some(format!("{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_gives_instants() {
        let date = Date::parse("2020-01-08").unwrap();
        assert_eq!(Frame::Offset(540).instant(date, 618 * MINUTE).unwrap().rfc3339_minutes(), "2020-01-08T01:18Z");
        assert_eq!(Frame::Offset(-90).suffix().as_deref(), Some("-01:30"));
    }

    #[test]
    fn a_clock_that_nobody_saw_is_no_instant() {
        let berlin = Frame::Zone(Zone::named("Europe/Berlin").unwrap());
        let at = |date: &str, clock| berlin.instant(Date::parse(date).unwrap(), clock).map(Time::rfc3339);
        assert_eq!(at("2020-03-29", 150 * MINUTE), None);
        assert_eq!(at("2020-03-29", DAY).as_deref(), Some("2020-03-29T22:00:00Z"));
        assert_eq!(at("2020-03-29", 90 * MINUTE + 5_000).as_deref(), Some("2020-03-29T00:30:05Z"));
    }
}
