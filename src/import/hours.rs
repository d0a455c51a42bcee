//! Hours as people write them: `10:00`, `7:32 PM`, `11.57`, `10h30`, `1030Z`, `午後3時`.

use super::months;
use super::zones::{self, Word};

/// A clock, in minutes, and what follows it. With `is_sure` a point may part hour and minute.
pub(super) fn clock(text: &str, is_sure: bool) -> Option<(u32, &str)> {
    if let Some(found) = japanese(text) {
        return Some(found);
    }
    let (first, rest) = months::digits(text, 1, 4)?;
    if first.len() > 2 {
        return packed(first, rest);
    }
    let hour: u32 = first.parse().ok()?;
    let two = |rest: &'_ str| {
        months::digits(rest, 2, 2).and_then(|(minute, _)| minute.parse::<u32>().ok()).filter(|minute| *minute < 60)
    };
    let (minute, rest) = match rest.chars().next() {
        Some(mark @ (':' | '：')) => (two(&rest[mark.len_utf8()..])?, seconds(&rest[mark.len_utf8() + 2..])),
        Some('h' | 'H') => match two(&rest[1..]) {
            Some(minute) => (minute, &rest[3..]),
            None => (0, rest[1..].strip_prefix("rs").unwrap_or(&rest[1..])),
        },
        Some('.') => {
            let minute = two(&rest[1..]).filter(|_| !rest[3..].starts_with(['.', ',']))?;
            let after = &rest[3..];
            let is_meant = is_sure
                || half(after).is_some()
                || after.trim_start().starts_with("Uhr")
                || zones::after_time(after, false).is_some();
            (minute, Some(after).filter(|_| is_meant)?)
        }
        _ => {
            let (is_afternoon, rest) = half(rest)?;
            return Some((halved(hour, 0, is_afternoon)?, rest));
        }
    };
    match half(rest) {
        Some((is_afternoon, rest)) => Some((halved(hour, minute, is_afternoon)?, rest)),
        None if hour < 24 => Some((hour * 60 + minute, rest.strip_prefix(" Uhr").unwrap_or(rest))),
        None => None,
    }
}

/// `1030 UTC`, `1030Z`: only with its zone.
fn packed<'t>(number: &str, rest: &'t str) -> Option<(u32, &'t str)> {
    let (hour, minute): (u32, u32) = (number.get(..2)?.parse().ok()?, number.get(2..4)?.parse().ok()?);
    let is_zoned = matches!(zones::after_time(rest, false), Some((Word::Known(_), _)));
    (is_zoned && hour < 24 && minute < 60).then_some((hour * 60 + minute, rest))
}

/// `10時18分`, `午後3時`.
fn japanese(text: &str) -> Option<(u32, &str)> {
    let (half, rest) = match (text.strip_prefix("午前"), text.strip_prefix("午後")) {
        (Some(rest), _) => (Some(false), rest),
        (None, Some(rest)) => (Some(true), rest),
        (None, None) => (None, text),
    };
    let (hour, rest) = months::digits(rest, 1, 2)?;
    let rest = rest.strip_prefix('時').or(rest.strip_prefix('时')).or(rest.strip_prefix('시'))?;
    let hour: u32 = hour.parse().ok().filter(|hour| *hour < 24)?;
    let minute =
        months::digits(rest, 1, 2).and_then(|(minute, rest)| Some((minute.parse().ok()?, rest.strip_prefix('分')?)));
    let (minute, rest) = minute.unwrap_or((0, rest));
    let minutes = half.map_or(Some(hour * 60 + minute), |is_afternoon| halved(hour, minute, is_afternoon));
    minutes.filter(|_| minute < 60).map(|minutes| (minutes, rest))
}

/// Seconds and their fraction, which are passed over.
fn seconds(text: &str) -> &str {
    let Some((_, rest)) = text.strip_prefix(':').and_then(|rest| months::digits(rest, 2, 2)) else { return text };
    rest.strip_prefix(['.', ',']).and_then(|rest| months::digits(rest, 1, 9)).map_or(rest, |(_, rest)| rest)
}

/// `AM` or `PM`: whether it is the afternoon, and what follows.
fn half(text: &str) -> Option<(bool, &str)> {
    let rest = text.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let is_afternoon = rest.starts_with(['p', 'P']);
    let after = rest.strip_prefix(['a', 'A', 'p', 'P'])?;
    let after = ["m", "M", ".m.", ".M."].iter().find_map(|m| after.strip_prefix(m))?;
    (!after.starts_with(char::is_alphanumeric)).then_some((is_afternoon, after))
}

/// Minutes since midnight by a clock of twelve hours; `17:14 pm` is what it says anyway.
fn halved(hour: u32, minute: u32, is_afternoon: bool) -> Option<u32> {
    let hour = match (hour, is_afternoon) {
        (12, false) => 0,
        (0..=11, true) => hour + 12,
        (0..=12, _) | (13..=23, true) => hour,
        _ => return None,
    };
    Some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_in_every_way_people_write_them() {
        let minutes = |text| clock(text, false).map(|(minute, rest)| (minute, rest.to_owned()));
        for text in [
            "19:32",
            "7:32 PM",
            "7:32pm",
            "7:32 p.m.",
            "19h32",
            "19:32:05",
            "19:32:05.123",
            "1932Z",
            "19時32分",
            "午後7時32分",
        ] {
            assert_eq!(minutes(text).map(|(minute, _)| minute), Some(19 * 60 + 32), "{text}");
        }
        assert_eq!(minutes("12:05 AM x"), Some((5, " x".to_owned())));
        assert_eq!(minutes("10h x"), Some((600, " x".to_owned())));
        assert_eq!((clock("11.57", true), minutes("11.57")), (Some((717, "")), None));
        for text in ["25:00", "10:60", "1:1", "13 AM", "503", "1932", "pm", ""] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }
}
