//! From text to dates, clocks, offsets and durations.

use chrono::{NaiveDate, NaiveTime};

/// Why a text is not a time or a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeFault {
    /// It does not say its offset from UTC.
    NoOffset,
    /// No calendar or clock has it, such as 30 February.
    Impossible,
    /// Its year, there or in UTC, has not four digits, or lies before 1970.
    Year,
    /// It does not look like a time at all.
    Malformed,
}

/// The first and the last year that content may name.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1970..=9999;

/// Reads `YYYY-MM-DD` and returns what follows.
pub(super) fn parse_date_prefix(text: &str) -> Result<(NaiveDate, &str), TimeFault> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (year, rest) = text.split_at(digits);
    let (month, rest) = two_digits(rest.strip_prefix('-').ok_or(TimeFault::Malformed)?)?;
    let (day, rest) = two_digits(rest.strip_prefix('-').ok_or(TimeFault::Malformed)?)?;
    if digits == 0 {
        return Err(TimeFault::Malformed);
    }
    let year: i32 = year.parse().map_err(|_| TimeFault::Year)?;
    if digits != 4 || !YEARS.contains(&year) {
        return Err(TimeFault::Year);
    }
    let date = NaiveDate::from_ymd_opt(year, month, day).ok_or(TimeFault::Impossible)?;
    Ok((date, rest))
}

/// Reads `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fff` and returns what follows.
pub(super) fn parse_clock(text: &str) -> Result<(NaiveTime, &str), TimeFault> {
    let (hour, rest) = two_digits(text)?;
    let (minute, rest) = two_digits(rest.strip_prefix(':').ok_or(TimeFault::Malformed)?)?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => two_digits(rest)?,
        None => (0, rest),
    };
    let (millis, rest) = match rest.strip_prefix('.') {
        Some(rest) => parse_fraction(rest)?,
        None => (0, rest),
    };
    let time = NaiveTime::from_hms_milli_opt(hour, minute, second, millis).ok_or(TimeFault::Impossible)?;
    Ok((time, rest))
}

/// Reads the digits after the point as milliseconds; further digits are cut off.
fn parse_fraction(text: &str) -> Result<(u32, &str), TimeFault> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return Err(TimeFault::Malformed);
    }
    let padded: String = text[..digits].chars().chain("00".chars()).take(3).collect();
    let millis = padded.parse().map_err(|_| TimeFault::Malformed)?;
    Ok((millis, &text[digits..]))
}

/// Reads `Z`, `+01:00` or `-0530` as minutes east of UTC.
pub(super) fn parse_offset(text: &str) -> Result<i32, TimeFault> {
    let text = text.trim_start_matches(' ');
    let (sign, rest) = match text.as_bytes().first() {
        None => return Err(TimeFault::NoOffset),
        Some(b'Z' | b'z') if text.len() == 1 => return Ok(0),
        Some(b'+') => (1, &text[1..]),
        Some(b'-') => (-1, &text[1..]),
        Some(_) => return Err(TimeFault::Malformed),
    };
    let (hours, rest) = two_digits(rest)?;
    let (minutes, rest) = two_digits(rest.strip_prefix(':').unwrap_or(rest))?;
    if !rest.is_empty() {
        return Err(TimeFault::Malformed);
    }
    if hours > 23 || minutes > 59 {
        return Err(TimeFault::Impossible);
    }
    Ok(sign * (hours * 60 + minutes) as i32)
}

fn two_digits(text: &str) -> Result<(u32, &str), TimeFault> {
    let head = text.get(..2).filter(|head| head.bytes().all(|byte| byte.is_ascii_digit()));
    let number = head.and_then(|head| head.parse().ok()).ok_or(TimeFault::Malformed)?;
    Ok((number, &text[2..]))
}

/// The longest duration that content may name, in seconds: a hundred years.
const LONGEST_DURATION: i64 = 36_525 * 86_400;

/// Reads a duration such as `30m`, `8h` or `2d` as seconds.
pub fn parse_duration(text: &str) -> Option<i64> {
    let unit = text.chars().last()?;
    let number: i64 = text[..text.len() - unit.len_utf8()].trim_end().parse().ok()?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return None,
    };
    let total = number.checked_mul(seconds)?;
    (1..=LONGEST_DURATION).contains(&total).then_some(total)
}
