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
}

#[cfg(test)]
mod tests {
    use super::*;

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
