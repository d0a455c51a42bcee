//! Ninety days of a component or a group as one picture, one sentence, and a word on each day.
//!
//! Each day is a cell, so that ninety days can be counted. A day without trouble stands at five eighths of the
//! height; a day with trouble rises above it with the logarithm of its minutes, so that six minutes do not look
//! like a day and yet can be seen. A day of which nothing is known has a texture instead of a cell.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::Serialize;

use super::parts::{component_path, isolated};
use crate::model::ComponentStatus;
use crate::paths;
use crate::render::facts::Facts;
use crate::render::text::escape;
use crate::view::{Cause, DAYS, Day, Record, Uptime};

/// Units from one day to the next, and of a cell's width, in the picture's own measure: pixels of a wide page.
pub(super) const PITCH: u64 = 8;
pub(super) const CELL: u64 = 6;
pub(super) const HEIGHT: f64 = 32.0;
/// The height of a day without trouble.
const QUIET: f64 = 20.0;

/// How many days with trouble the sentence names.
const NAMED_DAYS: usize = 5;

/// How many causes a page tells by title, the latest ones; older days lead to the component's page alone.
const TOLD_CAUSES: usize = 60;

/// The picture of a component or group.
#[derive(Serialize)]
pub(super) struct Bars {
    /// A sentence, as HTML.
    label: String,
    /// The same as text.
    pub(super) text: String,
    pub(super) percent: Option<String>,
    width: u64,
    /// Where the days end of which nothing is known.
    known: u64,
    /// The days without trouble, as the path of a dashed line.
    quiet: String,
    days: Vec<BarDay>,
}

/// A day with trouble.
#[derive(Serialize)]
struct BarDay {
    x: u64,
    y: String,
    height: String,
    status: &'static str,
    /// The day and the time in each status, a line each.
    title: String,
    /// What the script draws: the statuses of the lines as digits, then the numbers of the causes.
    data: String,
    /// The day on the component's page; none for a group.
    href: Option<String>,
}

/// What the days of a page were in trouble for, each known by its number.
pub(super) struct Causes {
    numbers: BTreeMap<Cause, usize>,
}

impl Causes {
    /// The causes of these records, the latest first.
    pub(super) fn of<'a>(records: impl Iterator<Item = &'a Record> + Clone) -> Causes {
        let mut numbers = BTreeMap::new();
        for index in (0..DAYS as usize).rev() {
            let causes: BTreeSet<&Cause> =
                records.clone().filter_map(|record| record.days.get(index)).flat_map(|day| &day.causes).collect();
            for cause in causes {
                let number = numbers.len();
                if number < TOLD_CAUSES {
                    numbers.entry(cause.clone()).or_insert(number);
                }
            }
        }
        Causes { numbers }
    }

    /// Addresses and titles by number, as JSON for the script.
    pub(super) fn json(&self, root: &str) -> String {
        let mut causes: Vec<(&usize, (String, &str))> =
            self.numbers.iter().map(|(cause, number)| (number, link(cause, root))).collect();
        causes.sort();
        let causes: Vec<_> = causes.into_iter().map(|(_, link)| link).collect();
        serde_json::json!(causes).to_string()
    }
}

fn link<'a>(cause: &'a Cause, root: &str) -> (String, &'a str) {
    match cause {
        Cause::Incident(id, title) => (root.to_owned() + &paths::file(&paths::incident(id)), title),
        Cause::Maintenance(id, title) => (root.to_owned() + &paths::file(&paths::maintenance(id)), title),
    }
}

/// The names of the days of all bars, the oldest first, as the script reads them.
pub(super) fn day_names(facts: &Facts) -> String {
    let days = facts.records.first().map(|record| record.days.as_slice()).unwrap_or_default();
    days.iter().map(|day| facts.look.format().day(day.date)).collect::<Vec<_>>().join("|")
}

/// What stands for a day on its component's page.
pub(super) fn day_anchor(day: &Day) -> String {
    format!("d{}", day.date.iso())
}

/// The bars of a component, on a page whose way to the root is `root`.
pub(super) fn bars(facts: &Facts, record: &Record, causes: &Causes, root: &str) -> Bars {
    let page = root.to_owned() + &component_path(&record.component.id);
    draw(facts, &record.component.name, record.uptime.share(), &record.days, causes, Some(&page))
}

/// The bars of a group: each day as in the component that had the worst of it.
pub(super) fn group_bars(facts: &Facts, name: &str, share: Option<f64>, days: &[Day], causes: &Causes) -> Bars {
    draw(facts, name, share, days, causes, None)
}

fn draw(facts: &Facts, name: &str, share: Option<f64>, days: &[Day], causes: &Causes, page: Option<&str>) -> Bars {
    let known = days.iter().take_while(|day| day.uptime.counted == 0).count() as u64;
    let percent = share.map(|share| facts.look.format().percent(share));
    let troubled = days.iter().enumerate().filter(|(_, day)| day.uptime.troubled() > 0);
    let troubled = troubled.map(|(index, day)| bar_day(facts, index as u64, day, causes, page));
    let label = label(facts, days, percent.as_deref());
    Bars {
        label: escape(&label).replace("{component}", &isolated(&facts.look, name)),
        text: label.replace("{component}", name),
        percent,
        width: DAYS * PITCH,
        known: known * PITCH,
        quiet: quiet(days),
        days: troubled.collect(),
    }
}

/// One line over each run of days without trouble. It begins anew with each run, and so do its dashes.
fn quiet(days: &[Day]) -> String {
    let is_quiet = |day: &Day| day.uptime.counted > 0 && day.uptime.troubled() == 0;
    let mut path = String::new();
    let mut index = 0;
    for run in days.chunk_by(|one, next| is_quiet(one) == is_quiet(next)) {
        let end = index + run.len() as u64;
        if run.first().is_some_and(is_quiet) {
            _ = write!(path, "M{} 22H{}", index * PITCH, end * PITCH - (PITCH - CELL));
        }
        index = end;
    }
    path
}

fn bar_day(facts: &Facts, index: u64, day: &Day, causes: &Causes, page: Option<&str>) -> BarDay {
    let height = rise(day.uptime.troubled(), 1440.0);
    let times = troubles(&day.uptime);
    let mut title = facts.look.format().day(day.date);
    let mut data = String::new();
    for (status, millis) in times {
        let duration = facts.look.format().duration(millis / 1000);
        _ = write!(title, "\n{}, {duration}", facts.look.theme.messages.get(status.word()));
        _ = write!(data, "{}", ComponentStatus::ALL.iter().position(|one| *one == status).unwrap_or_default());
    }
    for number in day.causes.iter().filter_map(|cause| causes.numbers.get(cause)) {
        _ = write!(data, " {number}");
    }
    BarDay {
        x: index * PITCH,
        y: format!("{:.0}", HEIGHT - height),
        height: format!("{height:.0}"),
        status: day.uptime.worst().word(),
        title,
        data,
        href: page.map(|page| format!("{page}#{}", day_anchor(day))),
    }
}

/// From just above a time without trouble to all of the height for `longest` minutes of it.
pub(super) fn rise(troubled_millis: i64, longest: f64) -> f64 {
    let minutes = troubled_millis as f64 / 60_000.0;
    let share = (1.0 + minutes).ln() / (1.0 + longest).ln();
    QUIET + 1.0 + (HEIGHT - QUIET - 1.0) * share.min(1.0)
}

/// The sentence, in which `{component}` stands for the name.
fn label(facts: &Facts, days: &[Day], percent: Option<&str>) -> String {
    let messages = &facts.look.theme.messages;
    let Some(percent) = percent else { return messages.get("bars_label_no_data").to_owned() };
    let troubled: Vec<&Day> = days.iter().rev().filter(|day| day.uptime.troubled() > 0).collect();
    let mut days: Vec<String> = troubled.iter().take(NAMED_DAYS).map(|day| day_in_words(facts, day)).collect();
    match troubled.len().saturating_sub(NAMED_DAYS) {
        0 if days.is_empty() => days.push(messages.get("bars_quiet").to_owned()),
        0 => {}
        more => days.push(messages.count("bars_more", more)),
    }
    messages.fill("bars_label", &[("percent", percent), ("days", &days.join("; "))])
}

fn day_in_words(facts: &Facts, day: &Day) -> String {
    let worst = day.uptime.worst();
    let duration = facts.look.format().duration(day.uptime.millis(worst) / 1000);
    let status = facts.look.theme.messages.get(worst.word());
    let date = facts.look.format().day(day.date);
    facts.look.theme.messages.fill("bars_day", &[("date", &date), ("duration", &duration), ("status", status)])
}

/// How long a component was in each kind of trouble, the worst first.
#[derive(Serialize)]
pub(super) struct Time {
    pub(super) status: super::parts::Status,
    pub(super) duration: String,
}

pub(super) fn times(facts: &Facts, uptime: &Uptime) -> Vec<Time> {
    let time = |(status, millis): (ComponentStatus, i64)| Time {
        status: super::parts::status(&facts.look, status),
        duration: facts.look.format().duration(millis / 1000),
    };
    troubles(uptime).map(time).collect()
}

/// Each kind of trouble that took time, the worst first.
fn troubles(uptime: &Uptime) -> impl Iterator<Item = (ComponentStatus, i64)> {
    uptime.trouble.iter().rev().filter(|(_, millis)| **millis > 0).map(|(status, millis)| (*status, *millis))
}
