//! Instants, days and time zones: the only file that parses and formats times.
//!
//! Everything inside is UTC. A [`Time`] has no zone; a [`Zone`] gives it one when it is printed or
//! when a day begins.

mod parse;
mod wall;
mod words;

use std::fmt;

use chrono::{
    DateTime, Datelike, Days, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeZone, Timelike,
    Utc,
};
use chrono_tz::{OffsetName, Tz};

pub use parse::{TimeFault, parse_duration};
use parse::{YEARS, parse_clock, parse_date_prefix, parse_offset};
pub use wall::Wall;
pub use words::in_words;

/// An instant, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

/// A calendar day, without a zone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

/// A time zone of the IANA database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(Tz);

/// What clocks and calendars of a zone show at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Local {
    /// The day.
    pub date: Date,
    /// 0 to 23.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
    /// What the zone calls itself then.
    pub zone: Abbreviation,
}

/// A zone's short name: `UTC`, `CET`; printed as `UTC+03` where the database has no letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abbreviation(String);

impl fmt::Display for Abbreviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = if self.0.starts_with(['+', '-']) { "UTC" } else { "" };
        write!(f, "{prefix}{}", self.0)
    }
}

impl Time {
    /// `milliseconds` since 1970-01-01T00:00:00Z.
    pub const fn from_millis(milliseconds: i64) -> Time {
        Time(milliseconds)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds from `earlier` to `self`; negative if `self` is the earlier one.
    pub const fn seconds_since(self, earlier: Time) -> i64 {
        (self.0 - earlier.0).div_euclid(1000)
    }

    /// `seconds` later.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Time {
        Time(self.0 + seconds * 1000)
    }

    /// Reads RFC 3339 (<https://www.rfc-editor.org/rfc/rfc3339>), seconds optional, `T` or a blank
    /// between date and time.
    ///
    /// # Errors
    /// Says which of the ways in which a text can fail to be a time it is.
    pub fn parse(text: &str) -> Result<Time, TimeFault> {
        let (date, rest) = parse_date_prefix(text)?;
        let rest = rest.strip_prefix(['T', 't', ' ']).ok_or(TimeFault::Malformed)?;
        let (time, rest) = parse_clock(rest)?;
        let offset_minutes = parse_offset(rest)?;
        let utc = NaiveDateTime::new(date, time).and_utc().timestamp_millis();
        let time = Time(utc - i64::from(offset_minutes) * 60_000);
        // An offset may lead out of the years that can be written down: what was read must read back from what is printed.
        if YEARS.contains(&time.utc().year()) { Ok(time) } else { Err(TimeFault::Year) }
    }

    /// As RFC 3339 in UTC, with seconds: `2026-03-02T15:04:00Z`. A fraction of a second is kept.
    pub fn rfc3339(self) -> String {
        let form = if self.0 % 1000 == 0 { SecondsFormat::Secs } else { SecondsFormat::Millis };
        self.utc().to_rfc3339_opts(form, true)
    }

    /// As RFC 3339 in a zone's offset, always with three digits of milliseconds, as Statuspage's API
    /// writes it: `2026-03-02T16:04:05.000+01:00`, and `Z` where the zone calls itself UTC.
    pub fn rfc3339_in(self, zone: Zone) -> String {
        let local = self.utc().with_timezone(&zone.0);
        let is_utc = local.offset().abbreviation() == Some("UTC");
        local.to_rfc3339_opts(SecondsFormat::Millis, is_utc)
    }

    /// As RFC 3339 in UTC to the minute, the shortest form that HTML's `datetime` accepts.
    pub fn rfc3339_minutes(self) -> String {
        let utc = self.utc();
        let (year, month, day) = (utc.year(), utc.month(), utc.day());
        format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}Z", utc.hour(), utc.minute())
    }

    /// As RFC 2822, which RSS wants: `Mon, 02 Mar 2026 15:04:00 +0000`.
    pub fn rfc2822(self) -> String {
        self.utc().format("%a, %d %b %Y %H:%M:%S +0000").to_string()
    }

    /// As chrono's type, for the feed libraries.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

impl Date {
    /// Reads `2026-03-02`.
    ///
    /// # Errors
    /// Says which of the ways in which a text can fail to be a date it is.
    pub fn parse(text: &str) -> Result<Date, TimeFault> {
        let (date, rest) = parse_date_prefix(text)?;
        if rest.is_empty() { Ok(Date(date)) } else { Err(TimeFault::Malformed) }
    }

    /// `2026-03-02`.
    pub fn iso(self) -> String {
        self.0.format("%Y-%m-%d").to_string()
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The day of the week, 0 for Monday.
    pub fn weekday(self) -> usize {
        self.0.weekday().num_days_from_monday() as usize
    }

    /// The day `days` before.
    #[must_use]
    pub fn minus_days(self, days: u64) -> Date {
        Date(self.0.checked_sub_days(Days::new(days)).unwrap_or(self.0))
    }

    /// The day `days` after.
    #[must_use]
    pub fn plus_days(self, days: u64) -> Date {
        Date(self.0.checked_add_days(Days::new(days)).unwrap_or(self.0))
    }

    /// Days from `earlier` to `self`.
    pub fn days_since(self, earlier: Date) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}

impl Zone {
    /// UTC, the default of every site.
    pub const UTC: Zone = Zone(Tz::Etc__UTC);

    /// The zone of this name, such as `Europe/Copenhagen`.
    pub fn named(name: &str) -> Option<Zone> {
        name.parse().ok().map(Zone)
    }

    /// Every name there is.
    pub fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    /// Its name in the IANA database.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The local day on which `time` falls.
    pub fn date(self, time: Time) -> Date {
        Date(self.at(time).date_naive())
    }

    /// What clocks and calendars of the zone show at `time`.
    pub fn local(self, time: Time) -> Local {
        let local = self.at(time);
        let zone = Abbreviation(local.offset().abbreviation().unwrap_or("UTC").to_owned());
        Local { date: Date(local.date_naive()), hour: local.hour(), minute: local.minute(), zone }
    }

    /// The first instant of a local day. Where the clocks skip midnight, the day begins with the
    /// first instant that exists; where midnight comes twice, with the first one.
    pub fn day_start(self, date: Date) -> Time {
        let midnight = date.0.and_time(NaiveTime::MIN);
        // No zone has ever skipped more than a day: Pacific/Apia in 2011 skipped exactly one.
        for minutes in 0..=24 * 60 {
            let local = midnight + chrono::TimeDelta::minutes(minutes);
            match self.0.from_local_datetime(&local) {
                MappedLocalTime::Single(time) | MappedLocalTime::Ambiguous(time, _) => {
                    return Time(time.timestamp_millis());
                }
                MappedLocalTime::None => {}
            }
        }
        Time(midnight.and_utc().timestamp_millis())
    }

    /// The first and the last local day of the month in which `date` lies, the last exclusive.
    pub fn month_bounds(date: Date) -> (Date, Date) {
        let first = date.0.with_day(1).unwrap_or(date.0);
        let next = first.checked_add_months(chrono::Months::new(1)).unwrap_or(first);
        (Date(first), Date(next))
    }

    fn at(self, time: Time) -> DateTime<Tz> {
        time.utc().with_timezone(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Time {
        Time::parse(text).unwrap()
    }

    #[test]
    fn times_are_read_with_any_offset_and_without_seconds() {
        assert_eq!(time("2026-03-02T15:04Z").rfc3339(), "2026-03-02T15:04:00Z");
        assert_eq!(time("2026-03-02T16:04:05+01:00").rfc3339(), "2026-03-02T15:04:05Z");
        assert_eq!(time("2026-03-02 09:34:05.5-0530").rfc3339(), "2026-03-02T15:04:05.500Z");
    }

    #[test]
    fn times_have_the_offset_of_their_zone() {
        let at = |zone: &str, text: &str| time(text).rfc3339_in(Zone::named(zone).unwrap());
        assert_eq!(at("Etc/UTC", "2026-03-02T15:04:05.07Z"), "2026-03-02T15:04:05.070Z");
        assert_eq!(at("America/Denver", "2026-03-02T15:04Z"), "2026-03-02T08:04:00.000-07:00");
        assert_eq!(at("Europe/Copenhagen", "2026-07-02T15:04Z"), "2026-07-02T17:04:00.000+02:00");
        assert_eq!(at("Europe/London", "2026-01-02T15:04Z"), "2026-01-02T15:04:00.000+00:00");
    }

    #[test]
    fn each_way_to_be_no_time_has_its_own_name() {
        for (text, fault) in [
            ("2026-03-02T15:04", TimeFault::NoOffset),
            ("2026-02-30T15:04Z", TimeFault::Impossible),
            ("2026-03-02T24:04Z", TimeFault::Impossible),
            ("20202-01-16T08:40Z", TimeFault::Year),
            ("1026-03-02T15:04Z", TimeFault::Year),
            ("1970-01-01T00:30+01:00", TimeFault::Year),
            ("9999-12-31T23:30-01:00", TimeFault::Year),
            ("2026-03-02", TimeFault::Malformed),
            ("2026-03-02T8:40Z", TimeFault::Malformed),
            ("yesterday", TimeFault::Malformed),
            ("", TimeFault::Malformed),
        ] {
            assert_eq!(Time::parse(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn a_day_may_have_23_or_25_hours() {
        let zone = Zone::named("Europe/Copenhagen").unwrap();
        let hours = |date: &str| {
            let date = Date::parse(date).unwrap();
            zone.day_start(date.plus_days(1)).seconds_since(zone.day_start(date)) / 3600
        };
        assert_eq!(hours("2026-03-29"), 23);
        assert_eq!(hours("2026-10-25"), 25);
        assert_eq!(hours("2026-11-22"), 24);
    }

    #[test]
    fn a_day_begins_when_the_clocks_skip_midnight() {
        let zone = Zone::named("America/Sao_Paulo").unwrap();
        let start = zone.day_start(Date::parse("2018-11-04").unwrap());
        assert_eq!(start.rfc3339(), "2018-11-04T03:00:00Z");
    }

    #[test]
    fn durations_have_a_unit() {
        assert_eq!(parse_duration("30m"), Some(1800));
        assert_eq!(parse_duration("2d"), Some(172_800));
        assert_eq!(parse_duration("2"), None);
        assert_eq!(parse_duration("-2h"), None);
        assert_eq!(parse_duration(""), None);
        assert_eq!(parse_duration("9999999999999999d"), None);
        assert_eq!(parse_duration("99999999999999d"), None);
    }
}
