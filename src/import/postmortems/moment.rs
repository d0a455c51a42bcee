//! Times as people write them into timelines.

use super::zone;
use crate::time::{Date, Time, Zone};

/// When something happened, as far as a text says it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Moment {
    /// The day, if it is known.
    pub date: Option<Date>,
    /// Hour and minute, if they are known.
    pub clock: Option<(u32, u32)>,
    /// The whole, if it has its offset.
    pub exact: Option<Time>,
    /// What else the text says, in words: `about`, `until 11:00`.
    pub words: Vec<String>,
    /// The zone it names, if it names one.
    pub zone: Option<Zone>,
    /// Whether its year had a digit too many.
    pub is_repaired: bool,
}

impl Moment {
    /// As Candor's timelines write it; none if the clock is not known.
    pub fn cell(&self) -> Option<String> {
        if let Some(exact) = self.exact {
            return Some(exact.rfc3339_minutes());
        }
        let (date, (hour, minute)) = (self.date?, self.clock?);
        Some(format!("{} {hour:02}:{minute:02}", date.iso()))
    }

    /// The moment, in its own zone or else in `zone`; at midnight if the clock is not known.
    pub fn time(&self, zone: Zone) -> Option<Time> {
        let (hour, minute) = self.clock.unwrap_or((0, 0));
        self.exact.or_else(|| self.zone.unwrap_or(zone).instant(self.date?, hour * 60 + minute))
    }

    /// Whether it is known to the minute.
    pub fn has_clock(&self) -> bool {
        self.exact.is_some() || (self.date.is_some() && self.clock.is_some())
    }

    /// What stands behind the clock: a zone, the end of a span, or anything.
    fn finish(&mut self, rest: &str) {
        let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
        self.zone = zone::named(word);
        let rest = if self.zone.is_some() { after.trim() } else { rest };
        match rest.strip_prefix(['-', '–']) {
            Some(until) => self.words.push(format!("until {}", until.trim())),
            None if rest.is_empty() => {}
            None => self.words.push(rest.to_owned()),
        }
    }
}

/// Reads a moment. `year` helps with years of five digits; `before` is the day of what came before,
/// for texts that name the hour alone.
pub(super) fn read(text: &str, year: Option<i32>, before: Option<Date>) -> Moment {
    let mut moment = Moment::default();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = text.replace('~', "");
    if plain.len() < text.len() {
        moment.words.push("about".to_owned());
    }
    let plain = plain.trim();
    if let Ok(exact) = Time::parse(plain) {
        return Moment { exact: Some(exact), date: Date::parse(&plain[..10]).ok(), ..moment };
    }
    let mut rest = plain;
    if let Some((date, is_repaired, after)) = date(plain, year) {
        (moment.date, moment.is_repaired) = (Some(date), is_repaired);
        rest = after.trim_start_matches(['T', ' ', ',']);
    } else if clock(plain).is_some() {
        moment.date = before;
    } else {
        return moment;
    }
    if let Some((clock, after)) = clock(rest) {
        moment.clock = Some(clock);
        moment.finish(after.trim());
    } else if !rest.chars().all(|c| "HhMm:?-".contains(c)) {
        moment.words.push(rest.to_owned());
    }
    moment
}

/// The day at the beginning of a text, whether its year was repaired, and what follows.
fn date(text: &str, year: Option<i32>) -> Option<(Date, bool, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let end = digits + "-03-02".len();
    let (head, rest) = (text.get(..end)?, &text[end..]);
    match digits {
        4 => Some((Date::parse(head).ok()?, false, rest)),
        5 => {
            let date = format!("{}{}", without_one(&text[..digits], year)?, &head[digits..]);
            Some((Date::parse(&date).ok()?, true, rest))
        }
        _ => None,
    }
}

/// A year of five digits without the one that is too many: what is left is `year`, or, if that is not
/// known, the only year of these centuries that it can be.
fn without_one(digits: &str, year: Option<i32>) -> Option<i32> {
    let shorter = |at: usize| format!("{}{}", &digits[..at], &digits[at + 1..]).parse::<i32>().ok();
    let mut found: Vec<i32> = (0..digits.len()).filter_map(shorter).collect();
    found.sort_unstable();
    found.dedup();
    match year {
        Some(year) => found.contains(&year).then_some(year),
        None => {
            found.retain(|year| (1990..2100).contains(year));
            if let [only] = found[..] { Some(only) } else { None }
        }
    }
}

/// `8:40` or `08:40`, with seconds or not, and what follows.
fn clock(text: &str) -> Option<((u32, u32), &str)> {
    let (hour, rest) = number(text)?;
    let (minute, rest) = number(rest.strip_prefix(':')?).filter(|(_, after)| rest.len() - after.len() == 3)?;
    let rest = rest.strip_prefix(':').and_then(number).map_or(rest, |(_, rest)| rest);
    (hour < 24 && minute < 60).then_some(((hour, minute), rest))
}

/// One or two digits.
fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (1..=2).contains(&digits).then(|| text[..digits].parse().ok().map(|number| (number, &text[digits..])))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> (Option<String>, String) {
        let moment = read(text, Some(2025), Date::parse("2025-01-02").ok());
        (moment.cell(), moment.words.join("; "))
    }

    #[test]
    fn times_are_read_in_every_way_people_write_them() {
        let cases = [
            ("2024-04-09 8:40", "2024-04-09 08:40", ""),
            ("2021-12-10   15:40", "2021-12-10 15:40", ""),
            ("2020-11-17 10:45~", "2020-11-17 10:45", "about"),
            ("~2025-03-03 19:30", "2025-03-03 19:30", "about"),
            ("2020-10-06 09:00 - 11:00", "2020-10-06 09:00", "until 11:00"),
            ("2022-08-03 12:26-12:??", "2022-08-03 12:26", "until 12:??"),
            ("22025-03-18 09:15", "2025-03-18 09:15", ""),
            ("14:05", "2025-01-02 14:05", ""),
            ("2024-05-06T10:00:00+02:00", "2024-05-06T08:00Z", ""),
            ("2024-05-06 10:00 UTC", "2024-05-06 10:00", ""),
            ("2024-05-06 10:00 sharp", "2024-05-06 10:00", "sharp"),
        ];
        for (text, expected, words) in cases {
            assert_eq!(cell(text), (Some(expected.to_owned()), words.to_owned()), "{text}");
        }
    }

    #[test]
    fn local_times_know_summer() {
        let at = |text: &str, zone| read(text, None, None).time(Zone::named(zone).unwrap()).unwrap().rfc3339_minutes();
        assert_eq!(at("2020-06-09 12:20", "CET"), "2020-06-09T10:20Z");
        assert_eq!(at("2020-01-09 12:20", "CET"), "2020-01-09T11:20Z");
        assert_eq!(at("2020-06-09 12:20 UTC", "CET"), "2020-06-09T12:20Z");
    }

    #[test]
    fn what_is_not_known_is_not_made_up() {
        for text in ["2019-12-03 --:--", "2024-03-13 HH:mm", "2024-03-13 14:??", "2021-12-10"] {
            let moment = read(text, None, None);
            assert_eq!((moment.date.is_some(), moment.clock), (true, None), "{text}");
        }
        for text in ["2022-05-?? HH:mm", "2021/22-??-?? HH:mm", "soon", "2024-02-30 10:00", "2024-05-06 25:00"] {
            assert_eq!(read(text, None, None).cell(), None, "{text}");
        }
        // Without a hint, `20202` may be 2020 or 2022.
        assert_eq!(read("20202-01-16 12:00", None, None).cell(), None);
        assert_eq!(read("20202-01-16 12:00", Some(2020), None).cell().as_deref(), Some("2020-01-16 12:00"));
    }
}
