//! Times of the feed: `Jun 18, 18:09 UTC`, without a year, in the page's zone.

use crate::time::{Date, Time, Zone};

/// A time as it is written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HistoryTime {
    month: usize,
    day: u32,
    hour: i64,
    minute: i64,
    /// `UTC`, `PDT`; empty if none stands there.
    zone: String,
}

/// When something was published and last changed, and how the page's clocks go.
#[derive(Clone, Copy)]
pub(super) struct Years {
    pub from: Time,
    pub until: Time,
    pub clocks: Clocks,
}

/// How the page's clocks go.
#[derive(Clone, Copy)]
pub(super) enum Clocks {
    /// As in this zone.
    Zone(Zone),
    /// So many seconds before UTC, as in the time of the entry; the zone is not known.
    Offset(i64),
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const HOUR: i64 = 3600;

/// The times in a text. A second time of the same day has no date of its own, and of several the last
/// names the zone.
pub(super) fn times_in(text: &str) -> Vec<HistoryTime> {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let (mut month, mut day, mut found) = (None, None, Vec::new());
    for (index, word) in words.iter().enumerate() {
        if let Some(known) = MONTHS.iter().position(|name| word.starts_with(name)) {
            (month, day) = (Some(known + 1), words.get(index + 1).and_then(|next| next.parse().ok()));
        } else if let (Some((hour, minute)), Some(month), Some(day)) = (clock(word), month, day) {
            found.push(HistoryTime { month, day, hour, minute, zone: String::new() });
        }
    }
    let last = words.last().filter(|word| word.len() >= 2 && word.chars().all(|c| c.is_ascii_uppercase()));
    if let Some(zone) = last {
        found.iter_mut().for_each(|moment| moment.zone = (*zone).to_owned());
    }
    found
}

fn clock(word: &str) -> Option<(i64, i64)> {
    let (hour, minute) = word.split_once(':')?;
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute))
}

impl Years {
    /// When that was; and why one may doubt it.
    pub fn place(&self, moment: &HistoryTime) -> Option<(Time, Option<String>)> {
        let (first, last) = (year(self.from) - 1, year(self.until) + 1);
        let all: Vec<Time> = (first..=last).filter_map(|year| self.in_year(moment, year)).collect();
        // A minute is cut off, and an update may be dated back a little.
        let (from, until) = (self.from.plus_seconds(-24 * HOUR), self.until.plus_seconds(HOUR));
        let mut fitting = all.iter().copied().filter(|time| (from..=until).contains(time));
        match (fitting.next(), fitting.next()) {
            (Some(time), None) => Some((time, self.doubt_zone(moment, time))),
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
    pub fn in_first(&self, moment: &HistoryTime, later: i32) -> Option<(Time, Option<String>)> {
        let time = self.in_year(moment, year(self.from) + later)?;
        Some((time, self.doubt_zone(moment, time)))
    }

    fn in_year(&self, moment: &HistoryTime, year: i32) -> Option<Time> {
        let date = Date::parse(&format!("{year:04}-{:02}-{:02}", moment.month, moment.day)).ok()?;
        let wanted = moment.hour * HOUR + moment.minute * 60;
        let zone = match self.clocks {
            _ if is_utc(&moment.zone) => Zone::UTC,
            Clocks::Zone(zone) => zone,
            Clocks::Offset(offset) => return Some(Zone::UTC.day_start(date).plus_seconds(wanted - offset)),
        };
        let time = zone.day_start(date).plus_seconds(wanted);
        // On a day on which the clocks change, midnight and the hour are not in step.
        let local = zone.local(time);
        let shown = i64::from(local.hour) * HOUR + i64::from(local.minute) * 60;
        Some(if (wanted - shown).abs() <= 2 * HOUR { time.plus_seconds(wanted - shown) } else { time })
    }

    fn doubt_zone(&self, moment: &HistoryTime, time: Time) -> Option<String> {
        let written = &moment.zone;
        if is_utc(written) {
            return None;
        }
        match self.clocks {
            Clocks::Offset(_) => {
                Some(format!("times are in `{written}`; the offset of the entry's own time was taken"))
            }
            Clocks::Zone(zone) if zone.local(time).zone.to_string() == *written => None,
            Clocks::Zone(zone) => {
                Some(format!("times are in `{written}`, the page's zone is {}; the latter was taken", zone.name()))
            }
        }
    }
}

fn is_utc(zone: &str) -> bool {
    ["UTC", "GMT", ""].contains(&zone)
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
            clocks: Clocks::Zone(Zone::named(zone).unwrap()),
        }
    }

    fn placed(text: &str, years: &Years) -> (String, bool) {
        let (time, doubt) = years.place(&times_in(text)[0]).unwrap();
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
    fn times_are_those_of_the_page() {
        let denver = years("2021-11-07T06:00Z", "2021-11-08T00:00Z", "America/Denver");
        assert_eq!(placed("Nov 7, 12:00 MST", &denver), ("2021-11-07T19:00Z".to_owned(), false));
        assert_eq!(placed("Nov 7, 12:00 CET", &denver), ("2021-11-07T19:00Z".to_owned(), true));
        assert_eq!(placed("Nov 7, 12:00 UTC", &denver), ("2021-11-07T12:00Z".to_owned(), false));
    }

    #[test]
    fn a_window_names_its_day_once_or_twice() {
        let moments = |text: &str| times_in(text).iter().map(|m| (m.day, m.hour)).collect::<Vec<_>>();
        assert_eq!(moments("THIS IS A SCHEDULED EVENT Apr 7, 22:00 - 23:00 UTC"), [(7, 22), (7, 23)]);
        assert_eq!(moments("Apr 7, 22:00 - Apr 8, 02:00 UTC"), [(7, 22), (8, 2)]);
        assert_eq!(moments("In a while"), []);
    }
}
