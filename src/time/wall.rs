//! Times as a clock on the wall shows them: without an offset, perhaps without a day.

use chrono::{MappedLocalTime, TimeZone};

use super::parse::parse_date_prefix;
use super::{Date, Time, Zone};

/// What a clock on the wall shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wall {
    /// The day, if it was written.
    pub date: Option<Date>,
    /// Minutes since midnight.
    pub minute: u32,
}

impl Wall {
    /// Reads `2026-03-02 14:53`, `14:53`, or `8:40`; seconds are passed over.
    pub fn parse(text: &str) -> Option<Wall> {
        let (date, clock) = match parse_date_prefix(text) {
            Ok((date, rest)) => (Some(Date(date)), rest.trim_start_matches(['T', 't', ' '])),
            Err(_) => (None, text),
        };
        let mut parts = clock.split(':').map(str::trim);
        let (hour, minute) = (number(parts.next()?, 23)?, number(parts.next()?, 59)?);
        let is_read = parts.next().is_none_or(|seconds| number(seconds, 60).is_some()) && parts.next().is_none();
        is_read.then_some(Wall { date, minute: hour * 60 + minute })
    }
}

fn number(text: &str, most: u32) -> Option<u32> {
    let is_short = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| is_short && *number <= most)
}

impl Zone {
    /// The instant at which clocks of the zone show `minute` minutes since midnight on `date`: the
    /// first one where they show it twice, none where they skip it.
    pub fn instant(self, date: Date, minute: u32) -> Option<Time> {
        let local = date.0.and_hms_opt(minute / 60, minute % 60, 0)?;
        match self.0.from_local_datetime(&local) {
            MappedLocalTime::Single(time) | MappedLocalTime::Ambiguous(time, _) => Some(Time(time.timestamp_millis())),
            MappedLocalTime::None => None,
        }
    }

    /// The same for every minute: where the clocks skip it, by the clock from before, as iCalendar has it (RFC 5545, section
    /// 3.3.5). None for what is no minute of a day.
    pub fn instant_by_clock_before(self, date: Date, minute: u32) -> Option<Time> {
        /// No zone ever skipped more than a day.
        const MOST: u32 = 2 * 24 * 60;
        let shown = |back: u32| {
            let (days, minutes) = (back.saturating_sub(minute).div_ceil(24 * 60), back);
            let earlier = days * 24 * 60 + minute - minutes;
            let at = self.instant(date.minus_days(days.into()), earlier)?;
            Some(at.plus_seconds(i64::from(back) * 60))
        };
        (minute < 24 * 60).then(|| (0..=MOST).find_map(shown)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_that_clocks_skip_is_by_the_clock_from_before() {
        let at = |zone: &str, date: &str, minute| {
            let at = Zone::named(zone).unwrap().instant_by_clock_before(Date::parse(date).unwrap(), minute);
            at.map(Time::rfc3339_minutes).unwrap_or_default()
        };
        assert_eq!(at("Europe/Berlin", "2026-03-29", 150), "2026-03-29T01:30Z", "an hour");
        assert_eq!(at("Australia/Lord_Howe", "2026-10-04", 135), "2026-10-03T15:45Z", "half an hour");
        assert_eq!(at("Antarctica/Troll", "2026-03-29", 75), "2026-03-29T01:15Z", "two hours");
        assert_eq!(at("America/Nuuk", "2026-03-28", 1410), "2026-03-29T01:30Z", "the last hour of a day");
        assert_eq!(at("Pacific/Apia", "2011-12-30", 60), "2011-12-30T11:00Z", "a day");
        assert_eq!(at("Etc/UTC", "2026-03-28", 1440), "");
    }

    #[test]
    fn a_clock_on_the_wall_is_read_with_and_without_its_day() {
        let wall = Wall::parse("2026-03-02 14:53").unwrap();
        assert_eq!((wall.date.unwrap().iso(), wall.minute), ("2026-03-02".to_owned(), 893));
        assert_eq!(Wall::parse("8:40"), Some(Wall { date: None, minute: 520 }));
        assert_eq!(Wall::parse("08:40:59"), Some(Wall { date: None, minute: 520 }));
        for bad in ["", "8", "25:00", "12:60", "+8:00", "20202-01-16 08:40", "noon", "2026-03-02"] {
            assert_eq!(Wall::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_zone_makes_an_instant_of_it() {
        let zone = Zone::named("Europe/Copenhagen").unwrap();
        let at = |date: &str, minute| zone.instant(Date::parse(date).unwrap(), minute).map(Time::rfc3339);
        assert_eq!(at("2026-07-02", 600).as_deref(), Some("2026-07-02T08:00:00Z"));
        assert_eq!(at("2026-03-29", 150), None, "clocks skip it");
    }
}
