//! `repeat` of planned work, and what its updates say of single times.

use super::frame::Frame;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Document, UpdateDoc, WindowDoc};
use crate::model::{Id, MaintenanceStatus, Window};
use crate::recurrence::{Recurrence, RecurrenceFault};
use crate::time::{Date, Time, Zone};

/// So long after the last word of a file times are looked for, in seconds: longer than the longest gap of a yearly rule.
const AHEAD: i64 = 3 * 366 * 86_400;

/// The rule, in the zone of the site; none with a fault.
pub(super) fn rule(
    document: &Document,
    written: &At<String>,
    id: &Id,
    window: Window,
    frame: Option<&Frame>,
) -> Option<Recurrence> {
    let zone = frame.map_or(Zone::UTC, |frame| frame.settings.zone);
    let report = |message: String, help: String| {
        let fault = Diagnostic::error(Code::Recurrence, message).at(document.place(&written.path));
        document.report(fault.help(help));
    };
    let rule = match Recurrence::parse(&written.value, window.from, zone) {
        Ok(rule) => rule,
        Err(fault) => {
            report(fault.to_string(), help(&fault));
            return None;
        }
    };
    let longest = Id::LONGEST - "-2026-03-01".len();
    if id.len() > longest {
        let message =
            format!("the name of this file leaves no room for the days of its times: it has {} letters", id.len());
        report(message, format!("rename the file, to {longest} letters at most"));
        return None;
    }
    let times = rule.times(window.from.plus_seconds(AHEAD));
    let Some(until) = window.until else {
        let message = "work that is repeated needs an end".to_owned();
        report(message, "write `until` beside `from`: how long each time takes".to_owned());
        return None;
    };
    let length = until.seconds_since(window.from);
    if times.windows(2).any(|pair| pair[1].seconds_since(pair[0]) < length) {
        let message = "the work would begin again before it is over".to_owned();
        report(message, "shorten the window, or repeat it less often".to_owned());
        return None;
    }
    Some(rule)
}

fn help(fault: &RecurrenceFault) -> String {
    match fault {
        RecurrenceFault::Malformed(_) => {
            "write a rule such as `FREQ=MONTHLY;BYDAY=1SU;UNTIL=20271231`, or a word such as `weekly`".to_owned()
        }
        RecurrenceFault::WithinDays => {
            "repeat it by days, weeks, months or years; the time of the day is that of `from`".to_owned()
        }
        RecurrenceFault::TwoEnds | RecurrenceFault::End(_) => {
            "end it with one of `UNTIL=20271231` and `COUNT=12`, or with neither".to_owned()
        }
        RecurrenceFault::FirstIsNone(Some(day)) => {
            format!("begin with the first time that the rule has, on {}, or change the rule", day.iso())
        }
        RecurrenceFault::FirstIsNone(None) => "the rule has no day at all; change it".to_owned(),
    }
}

/// Each update is about one of the times, or about all that are to come.
pub(super) fn check_updates(
    document: &Document,
    updates: &[UpdateDoc],
    plan: Option<&WindowDoc>,
    rule: Option<&Recurrence>,
) {
    let is_repeated = plan.is_some_and(|plan| plan.repeat.is_some());
    if is_repeated && rule.is_none() {
        return;
    }
    let last = updates.iter().filter_map(|update| Some(update.at.as_ref()?.value)).max();
    let days = rule.zip(last).map(|(rule, last)| Days::of(rule, last)).unwrap_or_default();
    for update in updates {
        let fault = match (&update.occurrence, is_repeated) {
            (Some(day), false) => Some((&day.path, "this work is not repeated".to_owned(), LEAVE_OUT.to_owned())),
            (Some(day), true) => days.fault(day.value).map(|(message, help)| (&day.path, message, help)),
            (None, true) => days.missing(update).map(|(message, help)| (&update.path, message, help)),
            (None, false) => None,
        };
        if let Some((path, message, help)) = fault {
            let fault = Diagnostic::error(Code::UnknownOccurrence, message).at(document.place(path));
            document.report(fault.help(help));
        }
    }
}

const LEAVE_OUT: &str = "leave `occurrence` out, or write a `repeat` in `scheduled`";

/// The days of a rule, each with the time at which the work begins.
#[derive(Default)]
struct Days(Vec<(Date, Time)>);

impl Days {
    fn of(rule: &Recurrence, last: Time) -> Days {
        Days(rule.times(last.plus_seconds(AHEAD)).into_iter().map(|time| (rule.day(time), time)).collect())
    }

    /// What is wrong with a day, and the repair.
    fn fault(&self, day: Date) -> Option<(String, String)> {
        if self.0.iter().any(|(one, _)| *one == day) {
            return None;
        }
        let before = self.0.iter().rev().map(|(one, _)| *one).find(|one| *one < day);
        let after = self.0.iter().map(|(one, _)| *one).find(|one| *one > day);
        let near: Vec<String> = before.into_iter().chain(after).map(Date::iso).collect();
        let help = format!("write the day on which it was to begin by the rule, such as {}", near.join(" or "));
        Some((format!("the work was not to begin on {}", day.iso()), help))
    }

    /// What an update about all times cannot say.
    fn missing(&self, update: &UpdateDoc) -> Option<(String, String)> {
        let (status, at) = (update.status.as_ref()?, update.at.as_ref()?.value);
        let is_about_all = [MaintenanceStatus::Scheduled, MaintenanceStatus::Cancelled].map(MaintenanceStatus::word);
        if update.scheduled.is_none() && is_about_all.contains(&&*status.value) {
            return None;
        }
        let begun = self.0.iter().rev().find(|(_, begin)| *begin <= at).or(self.0.first());
        let day = begun.map_or_else(|| "YYYY-MM-DD".to_owned(), |(day, _)| day.iso());
        let message = "this update does not say which time of the work it is about".to_owned();
        Some((message, format!("add the day on which that was to begin, such as `occurrence: {day}`")))
    }
}
