//! Days as people write them: `2020-01-08`, `01/08/2020`, `8. Januar 2020`, `Jan 8`, `1月8日`.

use crate::time::{Date, Zone};

/// Which of two numbers is the month, where both could be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::import) enum Order {
    /// `12/31/2020`
    MonthFirst,
    /// `31/12/2020`
    DayFirst,
    /// Nothing says it.
    #[default]
    Unknown,
}

/// What is known of the times of a text before one of them is read.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::import) struct Context {
    /// Which number is the month.
    pub order: Order,
    /// A day close by.
    pub near: Option<Date>,
    /// The year, if only that is known.
    pub year: Option<i32>,
    /// The zone of times that name none, if the user or the old system names it.
    pub home: Option<Zone>,
}

/// A day at the beginning of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) enum Day {
    /// It is understood.
    Known(Date),
    /// Its year had a digit too many.
    Repaired(Date),
    /// It may be two days, or lacks its year, or does not exist.
    Doubtful,
}

impl Day {
    /// The day, if it is known.
    pub(in crate::import) fn date(&self) -> Option<Date> {
        match self {
            Day::Known(date) | Day::Repaired(date) => Some(*date),
            Day::Doubtful => None,
        }
    }
}

/// The months, each as it is written in English, German, French, Spanish, Portuguese and Italian.
const MONTHS: [&str; 12] = [
    "jan january januar jänner janvier janv enero ene janeiro gennaio",
    "feb february februar février fevrier févr fév febrero fevereiro fev febbraio",
    "mar march märz maerz mär mars marzo março marco",
    "apr april avril avr abril abr aprile",
    "may mai mayo maio maggio",
    "jun june juni juin junio junho giugno",
    "jul july juli juillet juil julio julho luglio",
    "aug august août aout agosto",
    "sep sept september septembre septiembre setembro settembre",
    "oct october oktober okt octobre octubre outubro ottobre",
    "nov november novembre noviembre novembro",
    "dec december dezember dez décembre decembre déc diciembre dic dezembro dicembre",
];

/// The day at the beginning of `text`, and what follows it.
pub(super) fn day(text: &str, context: Context) -> Option<(Day, &str)> {
    written(text, context)
        .or_else(|| numbers(text, context))
        .or_else(|| month_first(text, context))
        .or_else(|| day_first(text, context))
        .filter(|(_, rest)| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The first day that a text names. Addresses name files of other days.
pub(in crate::import) fn first(text: &str, context: Context) -> Option<Date> {
    starts(text).filter(|at| !is_in_address(&text[..*at])).find_map(|at| day(&text[at..], context)?.0.date())
}

/// Whether what stands before a word makes it a piece of an address: `[other](2020-01-07-a.md)`, `https://…/2020/01/07`.
fn is_in_address(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.contains("](") || word.contains("://")
}

/// Which number of the days in a text is the month, as far as any of them says it.
pub(in crate::import) fn order(text: &str) -> Order {
    let told: Vec<Order> = starts(text).filter_map(|at| told(&text[at..])).collect();
    let count = |order: Order| told.iter().filter(|told| **told == order).count();
    match count(Order::MonthFirst).cmp(&count(Order::DayFirst)) {
        std::cmp::Ordering::Greater => Order::MonthFirst,
        std::cmp::Ordering::Less => Order::DayFirst,
        std::cmp::Ordering::Equal => Order::Unknown,
    }
}

/// What a day tells of the order of its numbers: one of them is no month.
fn told(text: &str) -> Option<Order> {
    let (first, rest) = digits(text, 1, 2)?;
    let mark = rest.chars().next().filter(|c| "-/".contains(*c))?;
    let (second, rest) = digits(&rest[1..], 1, 2)?;
    digits(rest.strip_prefix(mark)?, 2, 4)?;
    let (first, second): (u32, u32) = (first.parse().ok()?, second.parse().ok()?);
    match (first, second) {
        (1..=12, 13..=31) => Some(Order::MonthFirst),
        (13..=31, 1..=12) => Some(Order::DayFirst),
        _ => None,
    }
}

/// Where words and numbers begin.
pub(super) fn starts(text: &str) -> impl Iterator<Item = usize> {
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, c)| {
        let is_start = c.is_alphanumeric() && (!before.is_alphanumeric() || !before.is_ascii() || !c.is_ascii());
        before = c;
        is_start.then_some(at)
    })
}

/// `2020-01-08`, `2020/1/8`, `2020.01.08`, and years of five digits.
fn written(text: &str, context: Context) -> Option<(Day, &str)> {
    if let Some(found) = japanese(text, context) {
        return Some(found);
    }
    let (year, rest) = digits(text, 4, 5)?;
    let mark = rest.chars().next().filter(|c| "-/._".contains(*c))?;
    let (month, rest) = digits(&rest[1..], 1, 2)?;
    let (day, rest) = digits(rest.strip_prefix(mark)?, 1, 2)?;
    let at = |year: i32| date(year, month.parse().ok()?, day.parse().ok()?);
    let found = match year.len() {
        4 => at(year.parse().ok()?).map_or(Day::Doubtful, Day::Known),
        _ => without_one(year, context).and_then(at).map_or(Day::Doubtful, Day::Repaired),
    };
    Some((found, rest))
}

/// `2020年1月8日`, `1月8日`.
fn japanese(text: &str, context: Context) -> Option<(Day, &str)> {
    let (first, rest) = digits(text, 1, 4)?;
    let (year, month, rest) = match rest.strip_prefix('年') {
        Some(rest) => {
            let (month, rest) = digits(rest.trim_start(), 1, 2)?;
            (Some(first.parse().ok()?), month, rest)
        }
        None => (None, first, rest),
    };
    let (day, rest) = digits(rest.strip_prefix('月')?.trim_start(), 1, 2)?;
    let rest = rest.strip_prefix('日')?;
    Some((dated(year, month.parse().ok()?, day.parse().ok()?, context), rest))
}

/// `01/08/2020`, `8.1.2020`, `08-01-2020`.
fn numbers(text: &str, context: Context) -> Option<(Day, &str)> {
    let (first, rest) = digits(text, 1, 2)?;
    let mark = rest.chars().next().filter(|c| "-/.".contains(*c))?;
    let (second, rest) = digits(unspaced(&rest[1..], mark), 1, 2)?;
    let (year, rest) = digits(unspaced(rest.strip_prefix(mark)?, mark), 2, 4).filter(|(year, _)| year.len() != 3)?;
    let year: i32 = year.parse::<i32>().ok()? + if year.len() == 2 { 2000 } else { 0 };
    let (first, second): (u32, u32) = (first.parse().ok()?, second.parse().ok()?);
    let month_first = date(year, first, second);
    // With points between them the day comes first, wherever people write so.
    let day_first = date(year, second, first);
    let found = match (month_first, day_first) {
        (_, Some(date)) if mark == '.' => Day::Known(date),
        (Some(a), Some(b)) if a != b => either(a, b, context),
        (Some(date), _) | (None, Some(date)) => Day::Known(date),
        (None, None) => Day::Doubtful,
    };
    Some((found, rest))
}

/// Behind a point there may be blanks: `8. 1. 2020`.
fn unspaced(text: &str, mark: char) -> &str {
    if mark == '.' { text.trim_start_matches(' ') } else { text }
}

/// The one of two readings that the rest of the text is for: its order, or the day close by.
fn either(month_first: Date, day_first: Date, context: Context) -> Day {
    const CLOSE: i64 = 45;
    let is_close = |date: Date| context.near.is_some_and(|near| near.days_since(date).abs() <= CLOSE);
    match (context.order, is_close(month_first), is_close(day_first)) {
        (Order::MonthFirst, ..) | (Order::Unknown, true, false) => Day::Known(month_first),
        (Order::DayFirst, ..) | (Order::Unknown, false, true) => Day::Known(day_first),
        (Order::Unknown, ..) => Day::Doubtful,
    }
}

/// `Jan 8`, `January 8th, 2020`.
fn month_first(text: &str, context: Context) -> Option<(Day, &str)> {
    let (month, rest) = month(text)?;
    let (day, rest) = digits(rest.trim_start_matches(['.', ' ']), 1, 2)?;
    let rest = without_ending(rest);
    let (year, rest) = year(rest);
    Some((dated(year, month, day.parse().ok()?, context), rest))
}

/// `8 January 2020`, `8. Januar`, `8 de enero de 2020`.
fn day_first(text: &str, context: Context) -> Option<(Day, &str)> {
    let (day, rest) = digits(text, 1, 2)?;
    let rest = without_ending(rest).trim_start_matches(['.', ' ']);
    let (month, rest) = month(["de ", "of "].iter().find_map(|of| rest.strip_prefix(of)).unwrap_or(rest))?;
    let (year, rest) = year(rest.strip_prefix('.').unwrap_or(rest));
    Some((dated(year, month, day.parse().ok()?, context), rest))
}

/// `8th` as `8`.
fn without_ending(text: &str) -> &str {
    let ending = ["st", "nd", "rd", "th", "er"].iter().find_map(|ending| text.strip_prefix(ending));
    ending.filter(|rest| !rest.starts_with(char::is_alphanumeric)).unwrap_or(text)
}

/// A year behind a day and a month, and what follows. Without one, nothing is taken.
fn year(text: &str) -> (Option<i32>, &str) {
    let rest = text.trim_start_matches([',', ' ']);
    let rest = rest.strip_prefix("de ").or(rest.strip_prefix("del ")).unwrap_or(rest);
    match digits(rest, 4, 4).and_then(|(year, rest)| Some((year.parse::<i32>().ok()?, rest))) {
        Some((year, rest)) if (1900..2100).contains(&year) && !rest.starts_with(':') => (Some(year), rest),
        _ => (None, text),
    }
}

fn month(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let word = text[..end].to_lowercase();
    let at = MONTHS.iter().position(|names| names.split(' ').any(|name| name == word))?;
    Some((u32::try_from(at).ok()? + 1, &text[end..]))
}

/// A day whose year may have to be found: the one that puts it closest to what is known.
fn dated(year: Option<i32>, month: u32, day: u32, context: Context) -> Day {
    if let Some(year) = year {
        return date(year, month, day).map_or(Day::Doubtful, Day::Known);
    }
    let Some(near) = context.near else {
        return context.year.and_then(|year| date(year, month, day)).map_or(Day::Doubtful, Day::Known);
    };
    let around = (near.year() - 1..=near.year() + 1).filter_map(|year| date(year, month, day));
    around.min_by_key(|date| date.days_since(near).abs()).map_or(Day::Doubtful, Day::Known)
}

/// A year of five digits without the one that is too many, if what is left is the year that is known.
fn without_one(digits: &str, context: Context) -> Option<i32> {
    let year = context.year.or(context.near.map(Date::year))?;
    let shorter = |at: usize| format!("{}{}", &digits[..at], &digits[at + 1..]);
    (0..digits.len()).any(|at| shorter(at) == year.to_string()).then_some(year)
}

fn date(year: i32, month: u32, day: u32) -> Option<Date> {
    Date::parse(&format!("{year:04}-{month:02}-{day:02}")).ok()
}

/// So many digits at the beginning of a text, no more, and what follows.
pub(super) fn digits(text: &str, least: usize, most: usize) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (least..=most).contains(&end).then(|| text.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> Context {
        Context { near: Date::parse("2020-01-07").ok(), ..Context::default() }
    }

    fn found(text: &str) -> String {
        match day(text, context()) {
            Some((day, rest)) => format!("{}|{rest}", day.date().map_or_else(|| "?".to_owned(), Date::iso)),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn days_are_read_in_every_way_people_write_them() {
        for text in [
            "2020-01-08",
            "2020/1/8",
            "2020.01.08",
            "2020-1-8",
            "01/08/2020",
            "1/8/20",
            "8.1.2020",
            "08.01.2020",
            "Jan 8",
            "Jan. 8, 2020",
            "January 8th, 2020",
            "8 January 2020",
            "8th of January 2020",
            "8. 1. 2020",
            "8. Januar 2020",
            "8 janvier 2020",
            "8 de enero de 2020",
            "8 de janeiro de 2020",
            "8 jan 2020",
            "2020年1月8日",
            "1月8日",
            "2020_01_08",
        ] {
            assert_eq!(found(text), "2020-01-08|", "{text}");
        }
        assert_eq!(found("Jan 8, 10:18 AM"), "2020-01-08|, 10:18 AM");
        assert_eq!(found("Dec 31 23:50"), "2019-12-31| 23:50");
        assert_eq!(found("13/01/2020"), "2020-01-13|");
    }

    #[test]
    fn what_may_be_two_days_is_none() {
        let far = Context { near: Date::parse("2021-05-05").ok(), ..Context::default() };
        assert_eq!(day("03/04/2020", far), Some((Day::Doubtful, "")));
        let ordered = Context { order: order("from 01/16/2020 on"), ..far };
        assert_eq!(day("03/04/2020", ordered).unwrap().0.date().unwrap().iso(), "2020-03-04");
        assert_eq!(order("01/02/2020 and 03/04/2020"), Order::Unknown);
        assert_eq!(order("31-12-2020"), Order::DayFirst);
        for text in
            ["10:00", "2 pods", "404 errors", "1.30 is out", "2.2.0", "may be", "May not", "12345-01-01x", "1/2"]
        {
            assert!(day(text, far).is_none_or(|(day, _)| day.date().is_none()), "{text}");
        }
        assert_eq!(found("2020-02-30"), "?|");
    }

    #[test]
    fn a_year_of_five_digits_is_repaired_by_the_one_that_is_known() {
        assert_eq!(found("20202-01-16 12:00"), "2020-01-16| 12:00");
        assert_eq!(day("20202-01-16", Context::default()), Some((Day::Doubtful, "")));
    }

    #[test]
    fn the_first_day_of_a_text_is_found() {
        let iso = |text| first(text, context()).map(Date::iso);
        assert_eq!(iso("Fritz on the 3rd: January 3rd, 2023 at noon").as_deref(), Some("2023-01-03"));
        assert_eq!(iso("発生日: 2020-01-07 19:25 JST").as_deref(), Some("2020-01-07"));
        assert_eq!(iso("nothing"), None);
        assert_eq!(iso("See [other](2020-01-06-a.md) of 2020-01-05").as_deref(), Some("2020-01-05"));
        assert_eq!(iso("https://x.example/2020/01/06"), None);
    }
}
