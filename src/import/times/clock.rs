//! Times of day as people write them: `10:00`, `7:32 PM`, `11.57`, `10h30`, `1030Z`, `午後3時`.

use super::day::digits;
use super::frame::DAY;
use super::zone;

/// Milliseconds.
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// Hour, minute, and the milliseconds behind them.
type Parts = (i64, i64, i64);

/// The milliseconds since midnight at the beginning of a text, and what follows. With `is_sure` a point may part hour and
/// minute.
pub(super) fn clock(text: &str, is_sure: bool) -> Option<(i64, &str)> {
    if let Some(found) = japanese(text) {
        return Some(found);
    }
    let (first, rest) = digits(text, 1, 4)?;
    if first.len() > 2 {
        return packed(first, rest);
    }
    let ((hour, minute, below), rest, has_minute) = parts(first.parse().ok()?, rest, is_sure)?;
    let half = half(rest);
    if half.is_none() && !has_minute {
        return None;
    }
    let rest = half.map_or_else(|| rest.strip_prefix(" Uhr").unwrap_or(rest), |(_, rest)| rest);
    let clock = of_day((hour, minute, below), half.map(|(is_afternoon, _)| is_afternoon))?;
    Some((clock, rest)).filter(|_| !goes_on(rest))
}

/// What stands behind an hour, and whether that is a minute or says that it is a time.
fn parts(hour: i64, rest: &str, is_sure: bool) -> Option<(Parts, &str, bool)> {
    let two = |rest: &str| digits(rest, 2, 2)?.0.parse::<i64>().ok().filter(|minute| *minute < 60);
    let blank = rest.trim_start_matches(' ');
    match rest.chars().next() {
        Some(mark @ (':' | '：')) => {
            let behind = &rest[mark.len_utf8()..];
            let minute = two(behind)?;
            let (below, rest) = seconds(&behind[2..])?;
            Some(((hour, minute, below), rest, true))
        }
        Some('.') if digits(&rest[1..], 2, 2).is_some() => {
            let (minute, after) = (two(&rest[1..])?, &rest[3..]);
            let is_time = || half(after).is_some() || zone::after_time(after, false, None).is_some();
            let is_meant = is_sure || after.trim_start().starts_with("Uhr") || is_time();
            is_meant.then_some(((hour, minute, 0), after, true))
        }
        _ if blank.starts_with(['h', 'H']) => match two(blank[1..].trim_start_matches(' ')) {
            Some(minute) => Some(((hour, minute, 0), &blank[1..].trim_start_matches(' ')[2..], true)),
            // `2h outage` is how long it took.
            None => {
                let after = blank[1..].strip_prefix("rs").unwrap_or(&blank[1..]);
                let next = after.trim_start().chars().next();
                let is_apart = rest.len() == blank.len() && next.is_none_or(|c| ":*])-–—".contains(c));
                is_apart.then_some(((hour, 0, 0), after, true))
            }
        },
        _ => Some(((hour, 0, 0), rest, blank.starts_with("Uhr"))),
    }
}

/// `1030 UTC`, `1030Z`: only with its zone.
fn packed<'t>(number: &str, rest: &'t str) -> Option<(i64, &'t str)> {
    let (hour, minute) = (number.get(..2)?.parse().ok()?, number.get(2..4)?.parse().ok()?);
    let is_zoned = zone::after_time(rest, false, None).is_some_and(|(word, _)| word.frame.is_some());
    Some((of_day((hour, minute, 0), None)?, rest)).filter(|_| is_zoned)
}

/// `10時18分`, `午後3時`.
fn japanese(text: &str) -> Option<(i64, &str)> {
    let (half, rest) = match (text.strip_prefix("午前"), text.strip_prefix("午後")) {
        (Some(rest), _) => (Some(false), rest),
        (None, Some(rest)) => (Some(true), rest),
        (None, None) => (None, text),
    };
    let (hour, rest) = digits(rest, 1, 2)?;
    let rest = rest.strip_prefix('時').or(rest.strip_prefix('时')).or(rest.strip_prefix('시'))?;
    let minute = digits(rest, 1, 2).and_then(|(minute, rest)| Some((minute.parse().ok()?, rest.strip_prefix('分')?)));
    let (minute, rest) = minute.unwrap_or((0, rest));
    Some((of_day((hour.parse().ok()?, minute, 0), half)?, rest))
}

/// Seconds and their fraction as milliseconds; none if there are more than a minute has.
fn seconds(text: &str) -> Option<(i64, &str)> {
    let Some((seconds, rest)) = text.strip_prefix(':').and_then(|rest| digits(rest, 2, 2)) else {
        return Some((0, text));
    };
    let seconds = seconds.parse::<i64>().ok().filter(|seconds| *seconds < 60)? * 1_000;
    let fraction = rest.strip_prefix(['.', ',']).and_then(|rest| digits(rest, 1, 9));
    let Some((fraction, rest)) = fraction else { return Some((seconds, rest)) };
    let millis: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    Some((seconds + millis, rest))
}

/// Whether digits go on behind a mark: an address, a version, a fraction.
fn goes_on(text: &str) -> bool {
    text.strip_prefix([':', '.', ',', '/']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// `AM` or `PM`: whether it is the afternoon, and what follows.
fn half(text: &str) -> Option<(bool, &str)> {
    let rest = text.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let is_afternoon = rest.starts_with(['p', 'P']);
    let after = rest.strip_prefix(['a', 'A', 'p', 'P'])?;
    let after = [".m.", ".M.", "m", "M"].iter().find_map(|m| after.strip_prefix(m))?;
    (!after.starts_with(char::is_alphanumeric)).then_some((is_afternoon, after))
}

/// Milliseconds since midnight. `17:14 pm` is what it says anyway, `17:14 am` is nothing; `24:00` is the end of its day.
fn of_day((hour, minute, below): Parts, half: Option<bool>) -> Option<i64> {
    let hour = match (hour, half) {
        (12, Some(false)) => 0,
        (0..=11, Some(true)) => hour + 12,
        (0..=12, Some(_)) | (13..=23, Some(true)) | (0..=24, None) => hour,
        _ => return None,
    };
    let clock = hour * HOUR + minute * MINUTE + below;
    (minute < 60 && clock <= DAY).then_some(clock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read_in_every_way_people_write_them() {
        let minutes = |text| clock(text, false).map(|(clock, rest)| (clock / MINUTE, rest.to_owned()));
        for text in [
            "19:32",
            "7:32 PM",
            "7:32pm",
            "7:32 p.m.",
            "19h32",
            "19 h 32",
            "19:32 PM",
            "19:32:05",
            "19:32:05.123",
            "1932Z",
            "19時32分",
            "午後7時32分",
        ] {
            assert_eq!(minutes(text).map(|(minute, _)| minute), Some(19 * 60 + 32), "{text}");
        }
        assert_eq!(minutes("12:05 AM x"), Some((5, " x".to_owned())));
        assert_eq!(minutes("10h: x"), Some((600, ": x".to_owned())));
        assert_eq!(minutes("11 Uhr: x"), Some((660, ": x".to_owned())));
        assert_eq!((clock("11.57", true).is_some(), minutes("11.57")), (true, None));
        assert_eq!((minutes("24:00").map(|(minute, _)| minute), minutes("24:01")), (Some(1440), None));
        for text in
            ["25:00", "10:60", "1:1", "13 AM", "15:00 AM", "503", "1932", "pm", "", "2h outage", "10:00:61", "9.30.1"]
        {
            assert_eq!(minutes(text), None, "{text}");
        }
    }
}
