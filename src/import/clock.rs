//! Times that say nothing of their zone: what a clock showed, in a zone that is known otherwise.

use serde_json::Value;

use super::object::as_text;
use crate::time::{Date, Time, Zone};

/// Which zone stands for times that name none, and how often it had to.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    zone: Zone,
    guesses: usize,
}

impl Clock {
    /// A clock in `zone`.
    pub(super) fn new(zone: Zone) -> Clock {
        Clock { zone, guesses: 0 }
    }

    /// How many times named no zone.
    pub(super) fn guesses(&self) -> usize {
        self.guesses
    }

    /// The day on which `time` falls in the zone.
    pub(super) fn date(&self, time: Time) -> Date {
        self.zone.date(time)
    }

    /// Reads seconds or milliseconds since 1970, and what [`Clock::read`] reads.
    pub(super) fn value(&mut self, value: &Value) -> Option<Time> {
        // In seconds this is beyond the year 5000, in milliseconds in 1973.
        const SECONDS_BELOW: i64 = 100_000_000_000;
        let text = as_text(value)?;
        match text.trim().parse::<i64>() {
            Ok(number) if number.abs() < SECONDS_BELOW => Some(Time::from_millis(number * 1_000)),
            Ok(number) => Some(Time::from_millis(number)),
            Err(_) => self.read(&text),
        }
        // What cannot be written with four digits of a year is no time.
        .filter(|time| Time::parse(&time.rfc3339()).is_ok())
    }

    /// Reads `2026-01-02 10:11:12`, with `T` or a blank, and RFC 3339.
    pub(super) fn read(&mut self, text: &str) -> Option<Time> {
        let text = text.trim().replacen(' ', "T", 1);
        if let Ok(time) = Time::parse(&text) {
            return Some(time);
        }
        let shown = Time::parse(&format!("{text}Z")).ok()?;
        self.guesses += 1;
        Some(placed(shown, self.zone))
    }
}

/// When clocks in `zone` showed what `shown` is in UTC. A time that they skipped is moved on by as
/// much as they skipped.
fn placed(shown: Time, zone: Zone) -> Time {
    const MINUTE: i64 = 60_000;
    const DAY: i64 = 24 * 60;
    let (minutes, below) = (shown.millis().div_euclid(MINUTE), shown.millis().rem_euclid(MINUTE));
    let at = |minutes: i64| {
        let date = Zone::UTC.date(Time::from_millis(minutes * MINUTE));
        zone.instant(date, u32::try_from(minutes.rem_euclid(DAY)).unwrap_or_default())
    };
    let skipped = (0..=DAY).find(|skipped| at(minutes - skipped).is_some()).unwrap_or_default();
    let found = at(minutes - skipped).unwrap_or(shown);
    Time::from_millis(found.millis() + skipped * MINUTE + below)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, zone: &str) -> String {
        let mut clock = Clock::new(Zone::named(zone).unwrap());
        clock.read(text).map_or_else(|| "none".to_owned(), Time::rfc3339)
    }

    #[test]
    fn a_time_without_a_zone_is_one_of_the_zone() {
        for (text, zone, expected) in [
            ("2026-01-02 10:11:12", "Etc/UTC", "2026-01-02T10:11:12Z"),
            ("2026-01-02 00:11:12", "Europe/Copenhagen", "2026-01-01T23:11:12Z"),
            ("2026-07-02T10:11:12", "Europe/Copenhagen", "2026-07-02T08:11:12Z"),
            ("2026-01-02T10:11:12+05:30", "Europe/Copenhagen", "2026-01-02T04:41:12Z"),
            ("2026-01-02T10:11:12.000000Z", "Europe/Copenhagen", "2026-01-02T10:11:12Z"),
            // Clocks went from 2 to 3, and from 3 to 2.
            ("2026-03-29 02:30:05", "Europe/Copenhagen", "2026-03-29T01:30:05Z"),
            ("2026-10-25 02:30:05", "Europe/Copenhagen", "2026-10-25T00:30:05Z"),
            ("soon", "Etc/UTC", "none"),
            ("2026-02-30 10:00:00", "Etc/UTC", "none"),
        ] {
            assert_eq!(read(text, zone), expected, "{text} in {zone}");
        }
    }

    #[test]
    fn guesses_are_counted() {
        let mut clock = Clock::new(Zone::UTC);
        for text in ["2026-01-02 10:11:12", "2026-01-02T10:11:12Z", "no"] {
            clock.read(text);
        }
        assert_eq!(clock.guesses(), 1);
    }
}
