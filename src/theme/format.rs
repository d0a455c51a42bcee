//! Times and durations in words.

use std::fmt::Write;

use super::Messages;
use crate::time::{Date, Time, Zone};

/// How much of a time is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `14:53 UTC`
    Clock,
    /// `22 Nov 2026, 14:53 UTC`
    Full,
}

/// Prints times in a zone and a language.
#[derive(Clone, Copy)]
pub struct Formatter<'a> {
    /// The words.
    pub messages: &'a Messages,
    /// The zone, whose name stands beside each time.
    pub zone: Zone,
}

impl Formatter<'_> {
    /// An instant.
    pub fn time(&self, time: Time, form: Form) -> String {
        let key = match form {
            Form::Clock => "format_clock",
            Form::Full => "format_full",
        };
        let local = self.zone.local(time);
        self.messages.fill_with(key, |name, text| match name {
            "hour" => write!(text, "{:02}", local.hour).is_ok(),
            "minute" => write!(text, "{:02}", local.minute).is_ok(),
            "zone" => write!(text, "{}", local.zone).is_ok(),
            name => self.part(local.date, name, text),
        })
    }

    /// An instant in its shortest form: without the day if it is the day of `reference`.
    pub fn near(&self, time: Time, reference: Time) -> String {
        let is_same_day = self.zone.date(time) == self.zone.date(reference);
        self.time(time, if is_same_day { Form::Clock } else { Form::Full })
    }

    /// When work is planned for, in words.
    pub fn planned(&self, from: Time, until: Option<Time>) -> String {
        let begins = ("from", &*self.time(from, Form::Full));
        let range = match until {
            Some(until) => self.messages.fill("range", &[begins, ("until", &*self.near(until, from))]),
            None => self.messages.fill("range_open", &[begins]),
        };
        self.messages.fill("planned_for", &[("time", &range)])
    }

    /// `Wed 25 Nov`
    pub fn day(&self, date: Date) -> String {
        self.of(date, "format_day")
    }

    /// `25 Nov 2026`
    pub fn date(&self, date: Date) -> String {
        self.of(date, "format_date")
    }

    /// The local day of an instant, as [`Formatter::date`] prints it.
    pub fn day_of(&self, time: Time) -> String {
        self.date(self.zone.date(time))
    }

    /// `November 2026`
    pub fn month(&self, date: Date) -> String {
        self.of(date, "format_month")
    }

    /// `38 min`, `1 h 12 min`, `2 days 4 h`.
    pub fn duration(&self, seconds: i64) -> String {
        let unit = |key: &str, n: i64| self.messages.fill(key, &[("n", &n.to_string())]);
        let minutes = seconds / 60;
        let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        let parts = match (days, hours, rest) {
            (0, 0, 0) => vec![unit("seconds", 0)],
            (0, 0, minutes) => vec![unit("minutes", minutes)],
            (0, hours, 0) => vec![unit("hours", hours)],
            (0, hours, minutes) => vec![unit("hours", hours), unit("minutes", minutes)],
            (days, hours, _) => {
                let hours = (hours > 0).then(|| unit("hours", hours));
                std::iter::once(self.messages.count("days", days as usize)).chain(hours).collect()
            }
        };
        match &parts[..] {
            [first, second] => self.messages.fill("duration_pair", &[("first", first), ("second", second)]),
            parts => parts.concat(),
        }
    }

    /// `99.95 %`, rounded down, so that 100 % means that no time counted as down.
    pub fn percent(&self, share: f64) -> String {
        let hundredths = (share * 10_000.0 + 1e-9).floor().max(0.0);
        let text = if hundredths >= 10_000.0 { "100".to_owned() } else { format!("{:.2}", hundredths / 100.0) };
        self.messages.fill("percent", &[("n", &text.replace('.', self.messages.get("decimal")))])
    }

    fn of(&self, date: Date, key: &str) -> String {
        self.messages.fill_with(key, |name, text| self.part(date, name, text))
    }

    /// Writes what stands for `name` in the pattern of a date.
    fn part(&self, date: Date, name: &str, text: &mut String) -> bool {
        let word = |key, index: usize| self.messages.get(key).split_whitespace().nth(index).unwrap_or("?");
        let month = date.month() as usize - 1;
        match name {
            "weekday" => write!(text, "{}", word("weekdays", date.weekday())),
            "day" => write!(text, "{}", date.day()),
            "month" => write!(text, "{}", word("months", month)),
            "month_long" => write!(text, "{}", word("months_long", month)),
            "year" => write!(text, "{}", date.year()),
            _ => return false,
        }
        .is_ok()
    }
}
