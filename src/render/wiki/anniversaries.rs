//! A year ago today: what happened around this day in earlier years, and what became of it.

use std::sync::Arc;

use serde::Serialize;

use super::postmortem::{PostmortemRow, postmortem_row, postmortem_rows};
use super::{Wiki, WikiPageHead, actions, render};
use crate::model::Postmortem;
use crate::output::Made;
use crate::time::Date;

/// An anniversary lies at most so many days from today.
const AROUND: i64 = 3;

/// Days ahead that are announced.
const AHEAD: i64 = 30;

/// A postmortem whose day comes round.
struct Anniversary<'a> {
    postmortem: &'a Arc<Postmortem>,
    years: i32,
    /// Days from today; negative if it is past.
    days: i64,
}

#[derive(Serialize)]
struct AnniversariesPage {
    now: Vec<AnniversaryRow>,
    soon: Vec<AnniversaryRow>,
}

#[derive(Serialize)]
pub(super) struct AnniversaryRow {
    postmortem: PostmortemRow,
    /// `1 year ago, in 2 days`
    when: String,
    actions: String,
    /// The postmortems of the same cause that came later.
    came_back: Vec<PostmortemRow>,
    has_cause: bool,
}

pub(super) fn page(wiki: &Wiki) -> Made {
    let page = AnniversariesPage { now: within(wiki, -AROUND..=AROUND), soon: within(wiki, AROUND + 1..=AHEAD) };
    render(
        wiki,
        "anniversaries.html",
        &WikiPageHead::new("years-ago/", wiki.look.theme.messages.get("pm_years_ago")),
        &page,
    )
}

/// The anniversaries of this week: those of the days around today.
pub(super) fn near(wiki: &Wiki) -> Vec<AnniversaryRow> {
    within(wiki, -7..=7)
}

/// The anniversaries that lie so many days from today.
fn within(wiki: &Wiki, days: std::ops::RangeInclusive<i64>) -> Vec<AnniversaryRow> {
    let found = anniversaries(wiki, wiki.site.settings.zone.date(wiki.look.now()));
    let found = found.into_iter().filter(move |found| days.contains(&found.days));
    found.map(|found| entry(wiki, &found)).collect()
}

/// The nearest anniversary of every postmortem of an earlier year, the next first.
fn anniversaries(wiki: &Wiki, today: Date) -> Vec<Anniversary<'_>> {
    let found = wiki.site.postmortems.iter().filter_map(|postmortem| {
        let day = wiki.site.settings.zone.date(postmortem.happened()?);
        let (years, days) = nearest(day, today)?;
        Some(Anniversary { postmortem, years, days })
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|found| (found.days, found.years));
    found
}

/// The anniversary of `day` that is nearest to `today`: how many years after, and how many days from
/// today. None in the half year after the day itself.
fn nearest(day: Date, today: Date) -> Option<(i32, i64)> {
    let years = (today.year() - 1..=today.year() + 1).filter(|year| *year > day.year());
    let found = years.map(|year| (year - day.year(), in_year(day, year).days_since(today)));
    found.min_by_key(|(_, days)| days.abs()).filter(|(_, days)| days.abs() <= 183)
}

/// The same day in another year; 29 February becomes 28 February.
fn in_year(day: Date, year: i32) -> Date {
    let date = |number: u32| Date::parse(&format!("{year:04}-{:02}-{number:02}", day.month()));
    date(day.day()).or_else(|_| date(28)).unwrap_or(day)
}

fn entry(wiki: &Wiki, found: &Anniversary<'_>) -> AnniversaryRow {
    let postmortem = found.postmortem;
    let is_later = |other: &&Arc<Postmortem>| {
        let is_same = postmortem.cause.is_some() && other.cause == postmortem.cause
            || other.recurrence_of.contains(&postmortem.id);
        is_same && other.id != postmortem.id && other.happened() > postmortem.happened()
    };
    AnniversaryRow {
        postmortem: postmortem_row(wiki, postmortem),
        when: when(wiki, found),
        actions: actions::summary(wiki, std::slice::from_ref(postmortem)),
        came_back: postmortem_rows(wiki, wiki.site.postmortems.iter().filter(is_later)),
        has_cause: postmortem.cause.is_some(),
    }
}

fn when(wiki: &Wiki, found: &Anniversary<'_>) -> String {
    let messages = &wiki.look.theme.messages;
    let years = messages.count("pm_years", usize::try_from(found.years).unwrap_or_default());
    let days = messages.count("days", usize::try_from(found.days.abs()).unwrap_or_default());
    let key = match found.days {
        0 => "pm_years_today",
        1.. => "pm_years_in",
        _ => "pm_years_past",
    };
    messages.fill(key, &[("years", &years), ("days", &days)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(day: &str, today: &str) -> Option<(i32, i64)> {
        nearest(Date::parse(day).unwrap(), Date::parse(today).unwrap())
    }

    #[test]
    fn an_anniversary_is_near_on_either_side_of_today() {
        assert_eq!(found("2025-11-24", "2026-11-22"), Some((1, 2)));
        assert_eq!(found("2022-11-20", "2026-11-22"), Some((4, -2)));
        assert_eq!(found("2025-11-22", "2026-11-22"), Some((1, 0)));
    }

    #[test]
    fn the_turn_of_the_year_is_no_wall() {
        assert_eq!(found("2024-12-31", "2026-01-02"), Some((1, -2)));
        assert_eq!(found("2024-01-02", "2025-12-30"), Some((2, 3)));
    }

    #[test]
    fn this_year_has_no_anniversary_yet() {
        assert_eq!(found("2026-11-20", "2026-11-22"), None);
        assert_eq!(found("2026-01-02", "2026-12-31"), Some((1, 2)));
    }

    #[test]
    fn a_leap_day_is_remembered_every_year() {
        assert_eq!(found("2024-02-29", "2026-02-27"), Some((2, 1)));
        assert_eq!(found("2024-02-29", "2028-02-29"), Some((4, 0)));
    }
}
