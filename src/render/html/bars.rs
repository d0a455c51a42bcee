//! Ninety days of a component as one picture and one sentence.
//!
//! A day without trouble is a tick on the baseline. A day with trouble stands on it as high as the
//! logarithm of its minutes, so that six minutes do not look like a day and yet can be seen.

use serde::Serialize;

use crate::model::ComponentStatus;
use crate::render::facts::Facts;
use crate::view::{DAYS, Day, Record};

/// Units from one day to the next, in the picture's own measure.
const PITCH: u64 = 4;
const HEIGHT: f64 = 30.0;

/// How many days with trouble the sentence names.
const NAMED_DAYS: usize = 5;

/// The picture of one component.
#[derive(Serialize)]
pub(super) struct Bars {
    pub(super) label: String,
    pub(super) percent: Option<String>,
    pub(super) width: u64,
    /// Where the baseline begins: days before the component's start have no tick.
    pub(super) first: u64,
    pub(super) bars: Vec<Bar>,
}

/// A day with trouble.
#[derive(Serialize)]
pub(super) struct Bar {
    pub(super) x: u64,
    pub(super) y: String,
    pub(super) height: String,
    pub(super) status: &'static str,
}

pub(super) fn bars(facts: &Facts, record: &Record) -> Bars {
    let counted = record.days.iter().filter(|day| day.uptime.counted > 0).count() as u64;
    let bars = record.days.iter().enumerate().filter(|(_, day)| day.uptime.troubled() > 0).map(|(index, day)| {
        let height = height(day.uptime.troubled());
        let status = day.uptime.worst().word();
        Bar { x: index as u64 * PITCH, y: format!("{:.1}", HEIGHT - height), height: format!("{height:.1}"), status }
    });
    let percent = record.uptime.share().map(|share| facts.look.format().percent(share));
    Bars {
        label: label(facts, record, percent.as_deref()),
        percent,
        width: DAYS * PITCH - 1,
        first: (DAYS - counted) * PITCH,
        bars: bars.collect(),
    }
}

/// From a fifth of the height for a minute to all of it for a day.
fn height(troubled_millis: i64) -> f64 {
    let minutes = troubled_millis as f64 / 60_000.0;
    let share = (1.0 + minutes).ln() / 1441f64.ln();
    HEIGHT * (0.2 + 0.8 * share.min(1.0))
}

fn label(facts: &Facts, record: &Record, percent: Option<&str>) -> String {
    let messages = &facts.look.theme.messages;
    let name = &record.component.name;
    let Some(percent) = percent else { return messages.fill("bars_label_no_data", &[("component", name)]) };
    let troubled: Vec<&Day> = record.days.iter().rev().filter(|day| day.uptime.troubled() > 0).collect();
    let mut days: Vec<String> = troubled.iter().take(NAMED_DAYS).map(|day| day_in_words(facts, day)).collect();
    match troubled.len().saturating_sub(NAMED_DAYS) {
        0 if days.is_empty() => days.push(messages.get("bars_quiet").to_owned()),
        0 => {}
        1 => days.push(messages.get("bars_more_one").to_owned()),
        more => days.push(messages.fill("bars_more", &[("n", &more.to_string())])),
    }
    messages.fill("bars_label", &[("component", name), ("percent", percent), ("days", &days.join("; "))])
}

fn day_in_words(facts: &Facts, day: &Day) -> String {
    let worst = day.uptime.worst();
    let duration = facts.look.format().duration(day.uptime.millis(worst) / 1000);
    let status = facts.look.theme.messages.get(worst.word()).to_lowercase();
    let date = facts.look.format().day(day.date);
    facts.look.theme.messages.fill("bars_day", &[("date", &date), ("duration", &duration), ("status", &status)])
}

/// How long a component was in each kind of trouble, the worst first.
#[derive(Serialize)]
pub(super) struct Time {
    pub(super) status: super::parts::Status,
    pub(super) duration: String,
}

pub(super) fn times(facts: &Facts, uptime: &crate::view::Uptime) -> Vec<Time> {
    let troubles = uptime.trouble.iter().rev().filter(|(_, millis)| **millis > 0);
    let time = |(status, millis): (&ComponentStatus, &i64)| Time {
        status: super::parts::status(&facts.look, *status),
        duration: facts.look.format().duration(millis / 1000),
    };
    troubles.map(time).collect()
}
