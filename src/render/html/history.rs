//! The history: a page a month, and one that leads to all of them.

use serde::Serialize;

use super::entries::{EntryLine, line};
use super::{PageHead, render};
use crate::output::Made;
use crate::paths;
use crate::render::facts::Facts;
use crate::view::Month;

/// Months shown in full on the page that leads to all of them.
const SHOWN: usize = 1;

#[derive(Serialize)]
struct Index {
    shown: Vec<MonthSection>,
    years: Vec<YearOfMonths>,
    /// Whether there is anything in the archive of announcements.
    has_announcements: bool,
}

#[derive(Serialize)]
struct YearOfMonths {
    year: i32,
    months: Vec<MonthLink>,
}

#[derive(Serialize)]
struct MonthLink {
    path: String,
    name: String,
    count: usize,
    entries: String,
}

#[derive(Serialize)]
struct MonthSection {
    name: String,
    path: String,
    entries: Vec<EntryLine>,
}

pub(super) fn index(facts: &Facts) -> Made {
    let busy = facts.months.iter().filter(|month| !month.entries.is_empty());
    let mut years: Vec<YearOfMonths> = Vec::new();
    for month in &facts.months {
        let year = month.first.year();
        if years.last().is_none_or(|last| last.year != year) {
            years.push(YearOfMonths { year, months: Vec::new() });
        }
        years.iter_mut().last().into_iter().for_each(|year| year.months.push(link(facts, month)));
    }
    let shown = busy.take(SHOWN).map(|month| section(facts, month)).collect();
    let page = Index { shown, years, has_announcements: !facts.site.announcements.is_empty() };
    let messages = &facts.look.theme.messages;
    let (title, description) = (messages.get("history").to_owned(), messages.get("history_intro").to_owned());
    render(facts, "history.html", &PageHead { folder: paths::HISTORY, title, description }, &page)
}

fn section(facts: &Facts, month: &Month) -> MonthSection {
    MonthSection {
        name: facts.look.format().month(month.first),
        path: paths::file(&paths::month(month.first)),
        entries: month.entries.iter().map(|entry| line(facts, entry)).collect(),
    }
}

fn link(facts: &Facts, month: &Month) -> MonthLink {
    let count = month.entries.len();
    let entries = match count {
        0 => facts.look.theme.messages.get("entries_none").to_owned(),
        n => facts.look.theme.messages.count("entries", n),
    };
    MonthLink {
        path: paths::file(&paths::month(month.first)),
        name: facts.look.format().month(month.first),
        count,
        entries,
    }
}

#[derive(Serialize)]
struct MonthPage {
    month: MonthSection,
    newer: Option<MonthLink>,
    older: Option<MonthLink>,
}

pub(super) fn month(facts: &Facts, index: usize) -> Made {
    let month = &facts.months[index];
    let newer = index.checked_sub(1).map(|newer| link(facts, &facts.months[newer]));
    let older = facts.months.get(index + 1).map(|older| link(facts, older));
    let page = MonthPage { month: section(facts, month), newer, older };
    let messages = &facts.look.theme.messages;
    let title = format!("{}, {}", messages.get("history"), page.month.name);
    let description = messages.get("history_intro").to_owned();
    render(facts, "month.html", &PageHead { folder: &paths::month(month.first), title, description }, &page)
}
