//! The history: a page a month, and one that leads to all of them.

use serde::Serialize;

use super::entries::{EntryLine, line};
use super::months::{CalendarMonth, calendar};
use super::{PageHead, render, settled};
use crate::model::Impact;
use crate::output::Made;
use crate::paths;
use crate::render::facts::Facts;
use crate::view::Month;

/// The page that leads to all months shows as many of the last ones in full as hold this many entries.
const SHOWN: usize = 12;

#[derive(Serialize)]
struct Index<'a> {
    calendar: Vec<CalendarMonth>,
    filter: Filter<'a>,
    shown: Vec<MonthSection>,
    /// The months with entries that are not shown, the newest first, from this page: the script reads them when they are
    /// wanted.
    older: String,
    years: Vec<YearOfMonths>,
    /// Whether there is anything in the archive of announcements.
    has_announcements: bool,
}

/// By what the entries can be filtered, in words of the page.
#[derive(Serialize)]
struct Filter<'a> {
    components: Vec<Choice<'a>>,
    impacts: Vec<Choice<'a>>,
}

#[derive(Serialize)]
struct Choice<'a> {
    value: &'a str,
    name: String,
}

fn filter(facts: &Facts) -> Filter<'_> {
    let messages = &facts.look.theme.messages;
    let components = facts.site.components.iter();
    let components =
        components.map(|component| Choice { value: &component.id, name: component.name.clone() }).collect();
    let impacts = Impact::ALL.iter().rev();
    let impacts = impacts
        .map(|impact| Choice {
            value: impact.word(),
            name: messages.get(&format!("impact_{}", impact.word())).to_owned(),
        })
        .collect();
    Filter { components, impacts }
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
    let mut busy: Vec<&Month> = facts.months.iter().filter(|month| !month.entries.is_empty()).collect();
    let older = busy.split_off(shown(&busy));
    let mut years: Vec<YearOfMonths> = Vec::new();
    for month in &facts.months {
        let year = month.first.year();
        if years.last().is_none_or(|last| last.year != year) {
            years.push(YearOfMonths { year, months: Vec::new() });
        }
        years.iter_mut().last().into_iter().for_each(|year| year.months.push(link(facts, month)));
    }
    let way = paths::root_of(paths::HISTORY);
    let older: Vec<String> =
        older.iter().map(|month| format!("{way}{}", paths::file(&paths::month(month.first)))).collect();
    let page = Index {
        calendar: calendar(facts, |month| count(facts, month)),
        filter: filter(facts),
        shown: busy.iter().map(|month| section(facts, month)).collect(),
        older: older.join(" "),
        years,
        has_announcements: !facts.site.announcements.is_empty(),
    };
    let messages = &facts.look.theme.messages;
    let (title, description) = (messages.get("history").to_owned(), messages.get("history_intro").to_owned());
    render(facts, "history.html", &PageHead::new(paths::HISTORY, title, description), &page)
}

/// How many of these months are shown in full: one at least.
fn shown(busy: &[&Month]) -> usize {
    let mut entries = 0;
    let fits = move |month: &&&Month| {
        let is_first = entries == 0;
        entries += month.entries.len();
        is_first || entries <= SHOWN
    };
    busy.iter().take_while(fits).count()
}

/// How much happened, in words.
fn count(facts: &Facts, month: &Month) -> String {
    match month.entries.len() {
        0 => facts.look.theme.messages.get("entries_none").to_owned(),
        n => facts.look.theme.messages.count("entries", n),
    }
}

fn section(facts: &Facts, month: &Month) -> MonthSection {
    MonthSection {
        name: facts.look.format().month(month.first),
        path: paths::file(&paths::month(month.first)),
        entries: month.entries.iter().map(|entry| line(facts, entry)).collect(),
    }
}

fn link(facts: &Facts, month: &Month) -> MonthLink {
    MonthLink {
        path: paths::file(&paths::month(month.first)),
        name: facts.look.format().month(month.first),
        count: month.entries.len(),
        entries: count(facts, month),
    }
}

#[derive(Serialize)]
struct MonthPage<'a> {
    filter: Filter<'a>,
    month: MonthSection,
    newer: Option<MonthLink>,
    older: Option<MonthLink>,
}

pub(super) fn month(facts: &Facts, index: usize) -> Made {
    let month = &facts.months[index];
    let newer = index.checked_sub(1).map(|newer| link(facts, &facts.months[newer]));
    let older = facts.months.get(index + 1).map(|older| link(facts, older));
    let page = MonthPage { filter: filter(facts), month: section(facts, month), newer, older };
    let messages = &facts.look.theme.messages;
    let title = format!("{}, {}", messages.get("history"), page.month.name);
    let description = messages.get("history_intro").to_owned();
    let is_settled = settled::month(facts, index);
    render(
        facts,
        "month.html",
        &PageHead::new(&paths::month(month.first), title, description).settled(is_settled),
        &page,
    )
}
