//! Times on the command line: in full, on the clock of the site's zone, or from now.

use crate::cli::CannotRun;
use crate::time::{Time, Wall, Zone};

/// Where a time lies that is given by the clock alone, or as a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// The last such moment up to the reference; so long before it.
    Past,
    /// The next such moment after the reference; so long after it.
    Future,
}

/// The moment that `text` means: `2026-03-02T15:04Z`, `16:04` in the site's zone, or `30m`.
pub(super) fn moment(
    flag: &str,
    text: &str,
    zone: Zone,
    reference: Time,
    direction: Direction,
) -> Result<Time, CannotRun> {
    let text = text.trim();
    let by_clock = || Wall::parse(text).and_then(|wall| on_the_clock(wall, zone, reference, direction));
    let by_duration = || {
        let seconds = length(text)?;
        Some(whole_minute(reference.plus_seconds(if direction == Direction::Past { -seconds } else { seconds })))
    };
    // In this order: `10:00` is a time of day, and no forms overlap, so that nobody has to say which one is meant.
    Time::parse(text).ok().or_else(by_clock).or_else(by_duration).ok_or_else(|| {
        let name = zone.name();
        CannotRun(format!(
            "{flag}: `{text}` is not a time: write it as `2026-03-02T15:04Z`, as `15:04` ({name}), or as `30m`"
        ))
    })
}

/// A duration in seconds as people type it: `30m`, `1h30m`, `1.5 h`, `90 min`, `2 days`, `PT45M`.
pub(super) fn length(text: &str) -> Option<i64> {
    let lower = text.trim().to_ascii_lowercase();
    let mut rest = lower.strip_prefix('p').unwrap_or(&lower).trim_start();
    let mut seconds = 0.0;
    while !rest.is_empty() {
        rest = rest.strip_prefix('t').unwrap_or(rest);
        let (number, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit() && c != '.')?);
        let after = after.trim_start();
        let (unit, after) = after.split_at(after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len()));
        // `t` stands between days and hours in ISO 8601.
        let (unit, is_followed) = unit.strip_suffix('t').map_or((unit, false), |unit| (unit, true));
        if is_followed && after.is_empty() {
            return None;
        }
        seconds += number.parse::<f64>().ok()? * unit_seconds(unit)?;
        rest = after.trim_start();
    }
    // A hundred years are more than anybody means.
    ((1.0..=3.2e9).contains(&seconds) && seconds.fract() == 0.0).then_some(seconds as i64)
}

fn unit_seconds(unit: &str) -> Option<f64> {
    match unit {
        "s" | "sec" | "secs" | "second" | "seconds" => Some(1.0),
        "m" | "min" | "mins" | "minute" | "minutes" => Some(60.0),
        "h" | "hr" | "hrs" | "hour" | "hours" => Some(3600.0),
        "d" | "day" | "days" => Some(86_400.0),
        _ => None,
    }
}

fn on_the_clock(wall: Wall, zone: Zone, reference: Time, direction: Direction) -> Option<Time> {
    let today = zone.date(reference);
    let dates = match (wall.date, direction) {
        (Some(date), _) => return zone.instant(date, wall.minute),
        (None, Direction::Past) => [today, today.minus_days(1)],
        (None, Direction::Future) => [today, today.plus_days(1)],
    };
    let is_meant = |time: &Time| match direction {
        Direction::Past => *time <= reference,
        Direction::Future => *time > reference,
    };
    dates.into_iter().filter_map(|date| zone.instant(date, wall.minute)).find(is_meant)
}

/// Without its seconds, as people write times.
pub(super) fn whole_minute(time: Time) -> Time {
    Time::from_millis(time.millis().div_euclid(60_000) * 60_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, zone: &str, direction: Direction) -> Option<String> {
        let reference = Time::parse("2026-11-22T23:30Z").unwrap();
        moment("--at", text, Zone::named(zone).unwrap(), reference, direction).ok().map(Time::rfc3339_minutes)
    }

    #[test]
    fn a_duration_is_read_as_people_type_it() {
        let minutes = |text: &str| length(text).map(|seconds| seconds / 60);
        for text in ["90m", "1h30m", "1h 30m", "1.5h", "90 min", "1 h 30 min", "PT1H30M", "pt90m", "1 hour 30 minutes"]
        {
            assert_eq!(minutes(text), Some(90), "{text}");
        }
        assert_eq!((minutes("P1DT1H"), minutes("1d1h"), minutes("2 days")), (Some(1500), Some(1500), Some(2880)));
        for text in ["", "h", "90", "0m", "1h30", "-5m", "2w", "1..5h", "p1dt", "1e3m", "9999999d"] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }

    #[test]
    fn a_clock_means_the_nearest_such_moment_in_the_zone_of_the_site() {
        use Direction::{Future, Past};
        for (text, zone, direction, expected) in [
            ("2026-11-22T22:00+01:00", "Etc/UTC", Past, "2026-11-22T21:00Z"),
            ("23:10", "Etc/UTC", Past, "2026-11-22T23:10Z"),
            ("23:40", "Etc/UTC", Past, "2026-11-21T23:40Z"),
            ("0:15", "Etc/UTC", Future, "2026-11-23T00:15Z"),
            ("00:45", "Europe/Copenhagen", Future, "2026-11-22T23:45Z"),
            ("2026-11-24 08:00", "Europe/Copenhagen", Future, "2026-11-24T07:00Z"),
            ("25m", "Etc/UTC", Past, "2026-11-22T23:05Z"),
            ("1h", "Etc/UTC", Future, "2026-11-23T00:30Z"),
        ] {
            assert_eq!(at(text, zone, direction).as_deref(), Some(expected), "{text} in {zone}");
        }
        for bad in ["", "soon", "25:00", "2026-02-30T10:00Z"] {
            assert_eq!(at(bad, "Etc/UTC", Past), None, "{bad}");
        }
    }
}
