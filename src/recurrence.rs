//! When recurring work takes place: rules in the notation of iCalendar (RFC 5545, section 3.3.10). The only module that
//! names the crate that reads them.
//!
//! Work takes place once a day at most, at the same time of the clocks of the site's zone. So a rule is asked for days
//! alone, and no change of the clocks can confuse it.

use std::collections::BTreeSet;

use chrono::{Datelike, TimeZone};
use rrule::{Frequency, RRule, RRuleSet, Tz, Unvalidated};

use crate::time::{Date, Time, Zone};

/// So many times are counted at most, however long a site lives: 27 years of every day.
const MOST: usize = 10_000;

/// A rule, with the first time to which it applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// The parts of the rule but its end, in capitals.
    parts: String,
    /// The last instant at which it may begin.
    end: Option<Time>,
    first: Time,
    zone: Zone,
}

/// Why a rule cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecurrenceFault {
    /// It is no rule.
    #[error("this is no rule of RFC 5545: {0}")]
    Malformed(String),
    /// It names times of the day, or a frequency above one a day.
    #[error("this would take place more than once a day, or at other times of the day")]
    WithinDays,
    /// An end twice.
    #[error("a rule ends after a `COUNT` or with an `UNTIL`, not both")]
    TwoEnds,
    /// `UNTIL` is no day and no time.
    #[error("the end `{0}` is neither a day such as `20271231` nor a time such as `20271231T235959Z`")]
    End(String),
    /// The first time is none of the rule's; the nearest that is one, if there is any.
    #[error("`from` is no day of this rule")]
    FirstIsNone(Option<Date>),
}

impl Recurrence {
    /// Reads a rule, such as `FREQ=MONTHLY;BYDAY=1SU;UNTIL=20271231`, or a frequency alone, such as `weekly`. `UNTIL`
    /// may be a day, which counts as a whole.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str, first: Time, zone: Zone) -> Result<Recurrence, RecurrenceFault> {
        let whole = whole(text);
        let is_end = |part: &&str| part.starts_with("UNTIL=");
        let (ends, parts): (Vec<&str>, Vec<&str>) = whole.split(';').filter(|part| !part.is_empty()).partition(is_end);
        let has_count = parts.iter().any(|part| part.starts_with("COUNT="));
        if ends.len() > 1 || (has_count && !ends.is_empty()) {
            return Err(RecurrenceFault::TwoEnds);
        }
        let end = ends.first().map(|end| last_instant(&end["UNTIL=".len()..], zone)).transpose()?;
        let rule = Recurrence { parts: parts.join(";"), end, first, zone };
        rule.check()?;
        Ok(rule)
    }

    /// The same rule as text, with this day as the last on which it may take place.
    pub fn ending(text: &str, day: Date) -> String {
        format!("{};UNTIL={}", whole(text), day.iso().replace('-', ""))
    }

    fn check(&self) -> Result<(), RecurrenceFault> {
        let malformed = |error: rrule::RRuleError| RecurrenceFault::Malformed(reason(&error));
        let parsed: RRule<Unvalidated> = self.parts.parse().map_err(malformed)?;
        let is_within_days = matches!(parsed.get_freq(), Frequency::Hourly | Frequency::Minutely | Frequency::Secondly);
        if is_within_days || ["BYHOUR=", "BYMINUTE=", "BYSECOND="].iter().any(|part| self.parts.contains(part)) {
            return Err(RecurrenceFault::WithinDays);
        }
        if parsed.get_interval() == 0 || parsed.get_count() == Some(0) {
            return Err(RecurrenceFault::Malformed("`INTERVAL` and `COUNT` are at least 1".to_owned()));
        }
        let set = self.set().map_err(malformed)?;
        let first = self.zone.date(self.first);
        match (&set).into_iter().next().map(|day| date(&day)) {
            Some(day) if day == first => Ok(()),
            day => Err(RecurrenceFault::FirstIsNone(day)),
        }
    }

    /// When it takes place up to `horizon`, oldest first.
    pub fn times(&self, horizon: Time) -> Vec<Time> {
        self.times_and(horizon, &BTreeSet::new())
    }

    /// The same, and beyond the horizon on those of these days that are its own.
    pub fn times_and(&self, horizon: Time, days: &BTreeSet<Date>) -> Vec<Time> {
        let Ok(set) = self.set() else { return Vec::new() };
        let all = (&set).into_iter().take(MOST).enumerate().map(|(number, day)| match (number, date(&day)) {
            (0, day) => (day, self.first),
            (_, day) => (day, self.time_of(day)),
        });
        let within = all.take_while(|(day, time)| {
            let is_asked = *time <= horizon || days.last().is_some_and(|last| day <= last);
            is_asked && self.end.is_none_or(|end| *time <= end)
        });
        within.filter(|(day, time)| *time <= horizon || days.contains(day)).map(|(_, time)| time).collect()
    }

    fn time_of(&self, day: Date) -> Time {
        let clock = self.zone.local(self.first);
        let at = self.zone.instant_by_clock_before(day, clock.hour * 60 + clock.minute);
        at.unwrap_or_else(|| self.zone.day_start(day))
    }

    /// The day by which an occurrence is known: that of its zone on which it was to begin. Where clocks skip the last hour of
    /// a day, what was to begin in it does so on the next.
    pub fn day(&self, begin: Time) -> Date {
        let shown = self.zone.date(begin);
        let before = shown.minus_days(1);
        let is_of_before = begin != self.first && self.time_of(shown) != begin && self.time_of(before) == begin;
        if is_of_before { before } else { shown }
    }

    /// Its days, as midnights of no zone.
    fn set(&self) -> Result<RRuleSet, rrule::RRuleError> {
        let first = self.zone.date(self.first);
        let midnight = Tz::UTC.with_ymd_and_hms(first.year(), first.month(), first.day(), 0, 0, 0);
        let midnight = midnight.single().ok_or_else(|| rrule::RRuleError::new_iter_err("no such day"))?;
        let rule: RRule<Unvalidated> = self.parts.parse()?;
        Ok(rule.build(midnight)?.limit())
    }
}

fn date(day: &chrono::DateTime<Tz>) -> Date {
    let text = format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day());
    // The rules of the crate end with the year 9999.
    Date::parse(&text).unwrap_or_else(|_| Zone::UTC.date(Time::from_millis(day.timestamp_millis())))
}

/// A rule in the standard's words, of a frequency alone too.
fn whole(text: &str) -> String {
    let text = text.trim().to_uppercase();
    let text = text.strip_prefix("RRULE:").unwrap_or(&text);
    if text.contains('=') { text.to_owned() } else { format!("FREQ={text}") }
}

/// The last instant at which something may begin by an `UNTIL`.
fn last_instant(text: &str, zone: Zone) -> Result<Time, RecurrenceFault> {
    let fault = || RecurrenceFault::End(text.to_owned());
    let digits =
        |range: std::ops::Range<usize>| text.get(range).filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let day = digits(0..8).ok_or_else(fault)?;
    let day = Date::parse(&format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..])).map_err(|_| fault())?;
    if text.len() == 8 {
        return Ok(Time::from_millis(zone.day_start(day.plus_days(1)).millis() - 1));
    }
    let clock = text.strip_suffix('Z').unwrap_or(text);
    let time = digits(9..15).filter(|_| clock.len() == 15 && text.as_bytes()[8] == b'T').ok_or_else(fault)?;
    let part = |range: std::ops::Range<usize>| time[range].parse::<u32>().ok();
    let (Some(hour @ ..24), Some(minute @ ..60), Some(second @ ..61)) = (part(0..2), part(2..4), part(4..6)) else {
        return Err(fault());
    };
    let zone = if text.ends_with('Z') { Zone::UTC } else { zone };
    let at = zone.instant_by_clock_before(day, hour * 60 + minute).ok_or_else(fault)?;
    Ok(at.plus_seconds(second.into()))
}

/// What the crate says, without its own beginning.
fn reason(error: &rrule::RRuleError) -> String {
    let text = error.to_string();
    let text = text.split_once(" error: ").map_or(&*text, |(_, rest)| rest);
    text.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Time {
        Time::parse(text).unwrap()
    }

    fn times(rule: &str, first: &str, zone: &str, horizon: &str) -> Vec<String> {
        let rule = Recurrence::parse(rule, at(first), Zone::named(zone).unwrap()).unwrap();
        rule.times(at(horizon)).into_iter().map(Time::rfc3339_minutes).collect()
    }

    #[test]
    fn the_first_sunday_of_each_month_keeps_the_time_of_the_clocks() {
        let found = times(
            "FREQ=MONTHLY;BYDAY=1SU;UNTIL=20260503",
            "2026-02-01T04:00+01:00",
            "Europe/Berlin",
            "2027-01-01T00:00Z",
        );
        assert_eq!(found, ["2026-02-01T03:00Z", "2026-03-01T03:00Z", "2026-04-05T02:00Z", "2026-05-03T02:00Z"]);
    }

    #[test]
    fn a_time_that_clocks_skip_takes_place_by_the_clock_from_before() {
        let found = times("weekly", "2026-03-22T02:30+01:00", "Europe/Berlin", "2026-04-06T00:00Z");
        assert_eq!(found, ["2026-03-22T01:30Z", "2026-03-29T01:30Z", "2026-04-05T00:30Z"]);
    }

    #[test]
    fn where_clocks_skip_the_time_or_show_it_twice_there_is_one_time_a_day_and_each_has_its_own_day() {
        let days = |rule: &str, first: &str, zone: &str, horizon: &str| -> Vec<String> {
            let rule = Recurrence::parse(rule, at(first), Zone::named(zone).unwrap()).unwrap();
            let times = rule.times(at(horizon));
            times.into_iter().map(|time| format!("{} {}", rule.day(time).iso(), time.rfc3339_minutes())).collect()
        };
        assert_eq!(
            days("daily", "2026-03-27T23:30-02:00", "America/Nuuk", "2026-03-30T03:00Z"),
            ["2026-03-27 2026-03-28T01:30Z", "2026-03-28 2026-03-29T01:30Z", "2026-03-29 2026-03-30T00:30Z"]
        );
        assert_eq!(
            days("daily", "2026-10-03T02:15+10:30", "Australia/Lord_Howe", "2026-10-05T00:00Z"),
            ["2026-10-03 2026-10-02T15:45Z", "2026-10-04 2026-10-03T15:45Z", "2026-10-05 2026-10-04T15:15Z"]
        );
        assert_eq!(
            days("daily", "2026-10-31T01:30-04:00", "America/New_York", "2026-11-02T12:00Z"),
            ["2026-10-31 2026-10-31T05:30Z", "2026-11-01 2026-11-01T05:30Z", "2026-11-02 2026-11-02T06:30Z"]
        );
    }

    #[test]
    fn a_rule_ends_by_its_count_its_end_or_the_horizon() {
        let count = |rule| times(rule, "2026-02-10T10:00Z", "Etc/UTC", "2026-03-10T10:00Z").len();
        assert_eq!(count("FREQ=WEEKLY"), 5);
        assert_eq!(count("RRULE:FREQ=WEEKLY;COUNT=3"), 3);
        assert_eq!(count("FREQ=WEEKLY;UNTIL=20260224"), 3, "the whole day");
        assert_eq!(count("FREQ=WEEKLY;UNTIL=20260224T095959Z"), 2);
        assert_eq!(count("FREQ=DAILY;INTERVAL=10"), 3);
        assert_eq!(count("freq=yearly"), 1);
    }

    #[test]
    fn what_cannot_be_followed_says_why() {
        let fault = |rule: &str| Recurrence::parse(rule, at("2026-02-10T10:00Z"), Zone::UTC).unwrap_err();
        assert!(matches!(fault("every week"), RecurrenceFault::Malformed(_)));
        assert!(matches!(fault("FREQ=WEEKLY;BYDAY=XX"), RecurrenceFault::Malformed(_)));
        assert!(matches!(fault("FREQ=WEEKLY;EVERY=2"), RecurrenceFault::Malformed(_)));
        assert!(matches!(fault("FREQ=WEEKLY;INTERVAL=0"), RecurrenceFault::Malformed(_)));
        assert_eq!(fault("hourly"), RecurrenceFault::WithinDays);
        assert_eq!(fault("FREQ=DAILY;BYHOUR=1,2"), RecurrenceFault::WithinDays);
        assert_eq!(fault("FREQ=DAILY;COUNT=2;UNTIL=20270101"), RecurrenceFault::TwoEnds);
        assert_eq!(fault("FREQ=DAILY;UNTIL=2027-01-01"), RecurrenceFault::End("2027-01-01".to_owned()));
        assert_eq!(fault("FREQ=DAILY;UNTIL=20270101T9999Z"), RecurrenceFault::End("20270101T9999Z".to_owned()));
        let next = Date::parse("2026-02-11").unwrap();
        assert_eq!(fault("FREQ=WEEKLY;BYDAY=WE"), RecurrenceFault::FirstIsNone(Some(next)));
        assert_eq!(fault("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), RecurrenceFault::FirstIsNone(None));
    }
}
