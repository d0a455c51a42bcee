//! Times of the feed: `Jun 18, 18:09 UTC`, without a year, in the page's zone.

use crate::import::times::{self, Context, Day, Frame, Moment, Place};
use crate::time::{Date, Time, Zone};

/// When something was published and last changed, and how the page's clocks go.
#[derive(Clone, Copy)]
pub(super) struct Years {
    pub from: Time,
    pub until: Time,
    /// The page's clocks; as far as only the time of the entry tells of them, those of its offset.
    pub clocks: Frame,
}

const HOUR: i64 = 3600;

/// The times in a text, each on its day of some year. A second time of the same day has no date of its own, and of
/// several the last names the zone.
pub(super) fn times_in(text: &str, clocks: Frame) -> Vec<Moment> {
    let home = if let Frame::Zone(zone) = clocks { Some(zone) } else { None };
    // A leap year has every day.
    let context = Context { year: Some(2000), home, ..Context::default() };
    let (mut found, mut rest): (Vec<Moment>, &str) = (Vec::new(), text);
    while let Some((moment, range)) = times::within(rest, context) {
        rest = &rest[range.end..];
        let until = moment.until.as_deref().and_then(|until| times::read(until, context, Place::Alone));
        let day = moment.day.clone();
        let until = until.map(|(until, _)| Moment { day, zone: moment.zone.clone(), ..until });
        found.extend(
            [moment].into_iter().chain(until).filter(|moment| moment.date().is_some() && moment.clock.is_some()),
        );
    }
    let zone = found.last().and_then(|moment| moment.zone.clone());
    found.iter_mut().for_each(|moment| moment.zone = moment.zone.take().or(zone.clone()));
    found
}

impl Years {
    /// When that was; and why one may doubt it.
    pub fn place(&self, moment: &Moment) -> Option<(Time, Option<String>)> {
        let (first, last) = (year(self.from) - 1, year(self.until) + 1);
        let all: Vec<Time> = (first..=last).filter_map(|year| self.in_year(moment, year)).collect();
        // A minute is cut off, and an update may be dated back a little.
        let (from, until) = (self.from.plus_seconds(-24 * HOUR), self.until.plus_seconds(HOUR));
        let mut fitting = all.iter().copied().filter(|time| (from..=until).contains(time));
        match (fitting.next(), fitting.next()) {
            (Some(time), None) => Some((time, self.doubt_zone(moment))),
            (Some(time), Some(_)) => {
                Some((time, Some(format!("the year of an update is not certain; it was taken to be {}", year(time)))))
            }
            (None, _) => {
                let distance = |time: &Time| (time.millis() - self.from.millis()).abs();
                let time = all.into_iter().min_by_key(distance)?;
                let reason =
                    format!("an update lies outside the time of its entry; it was taken to be of {}", year(time));
                Some((time, Some(reason)))
            }
        }
    }

    /// When that was in the year with which they begin, or so many later; and why one may doubt it.
    pub fn in_first(&self, moment: &Moment, later: i32) -> Option<(Time, Option<String>)> {
        let time = self.in_year(moment, year(self.from) + later)?;
        Some((time, self.doubt_zone(moment)))
    }

    fn in_year(&self, moment: &Moment, year: i32) -> Option<Time> {
        let date = Date::parse(&format!("{year:04}{}", &moment.date()?.iso()[4..])).ok()?;
        // Of a word that no list knows, the page's own clocks are the best witness.
        let zone = moment.zone.clone().filter(|word| word.frame.is_some());
        Moment { day: Some(Day::Known(date)), zone, ..moment.clone() }.instant(self.clocks, None).ok()
    }

    fn doubt_zone(&self, moment: &Moment) -> Option<String> {
        let word = moment.zone.as_ref().filter(|word| word.frame.is_none())?;
        let taken = match self.clocks {
            Frame::Offset(_) => "the offset of the entry's own time".to_owned(),
            Frame::Zone(zone) => format!("the page's zone, {},", zone.name()),
        };
        Some(format!("times are in `{}`, which no list knows; {taken} was taken", word.name))
    }
}

fn year(time: Time) -> i32 {
    Zone::UTC.date(time).year()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(from: &str, until: &str, zone: &str) -> Years {
        Years {
            from: Time::parse(from).unwrap(),
            until: Time::parse(until).unwrap(),
            clocks: Frame::Zone(Zone::named(zone).unwrap()),
        }
    }

    fn placed(text: &str, years: &Years) -> (String, bool) {
        let (time, doubt) = years.place(&times_in(text, years.clocks)[0]).unwrap();
        (time.rfc3339_minutes(), doubt.is_some())
    }

    #[test]
    fn the_year_follows_from_the_entry() {
        let turn = years("2023-12-31T23:50:12Z", "2024-01-01T00:20:40Z", "Etc/UTC");
        assert_eq!(placed("Dec 31, 23:50 UTC", &turn), ("2023-12-31T23:50Z".to_owned(), false));
        assert_eq!(placed("Jan 1, 00:20 UTC", &turn), ("2024-01-01T00:20Z".to_owned(), false));
        let long = years("2022-05-01T00:00Z", "2024-06-01T00:00Z", "Etc/UTC");
        assert_eq!(placed("May 20, 10:00 UTC", &long), ("2022-05-20T10:00Z".to_owned(), true));
        assert_eq!(placed("Aug 20, 10:00 UTC", &turn), ("2023-08-20T10:00Z".to_owned(), true));
    }

    #[test]
    fn times_are_those_of_their_zone_and_else_of_the_page() {
        let denver = years("2021-11-07T06:00Z", "2021-11-08T00:00Z", "America/Denver");
        for (text, at, is_doubtful) in [
            ("Nov 7, 12:00 MST", "2021-11-07T19:00Z", false),
            ("Nov 7, 12:00 CET", "2021-11-07T11:00Z", false),
            ("Nov 7, 12:00 UTC", "2021-11-07T12:00Z", false),
            ("Nov 7, 12:00 QQT", "2021-11-07T19:00Z", true),
            ("Nov 7, 12:00", "2021-11-07T19:00Z", false),
        ] {
            assert_eq!(placed(text, &denver), (at.to_owned(), is_doubtful), "{text}");
        }
    }

    #[test]
    fn a_window_names_its_day_once_or_twice() {
        let moments = |text: &str| {
            let found = times_in(text, Frame::UTC);
            found.iter().map(|m| (m.date().unwrap().day(), m.clock.unwrap() / 3_600_000)).collect::<Vec<_>>()
        };
        assert_eq!(moments("THIS IS A SCHEDULED EVENT Apr 7, 22:00 - 23:00 UTC"), [(7, 22), (7, 23)]);
        assert_eq!(moments("Apr 7, 22:00 - Apr 8, 02:00 UTC"), [(7, 22), (8, 2)]);
        assert_eq!(moments("In a while"), []);
    }
}
