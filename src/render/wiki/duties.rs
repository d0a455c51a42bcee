//! What needs somebody: the dashboard's first table, the actions, the review queue.

use std::sync::Arc;

use serde::Serialize;

use super::{Head, Wiki, paths, render};
use crate::model::{Postmortem, ReportStatus};
use crate::output::Made;
use crate::render::html::parts::clock;
use crate::theme::Form;
use crate::view::{self, ActionState, Due, Duty, DutyKind, Progress};

/// Something that needs somebody, as a row.
#[derive(Serialize)]
pub(super) struct Row {
    /// Where to look; none where the wiki has no page for it.
    path: Option<String>,
    what: String,
    why: String,
    owner: String,
    /// In words: `2 days late`, `in 3 days`, or since when it waits.
    when: String,
    is_late: bool,
}

/// The rows of everything that needs somebody: first the actions that were open when their cause came
/// back, then the rest by urgency.
pub(super) fn rows(wiki: &Wiki) -> Vec<Row> {
    let mut duties: Vec<&Duty> = wiki.known.learning.duties.iter().collect();
    duties.sort_by_key(|duty| !came_back(wiki, duty));
    duties.into_iter().map(|duty| row(wiki, duty)).collect()
}

fn came_back(wiki: &Wiki, duty: &Duty) -> bool {
    let (Some(report), Some(action)) = (&duty.report, &duty.action) else { return false };
    wiki.came_back.contains(&(report.clone(), action.clone()))
}

fn row(wiki: &Wiki, duty: &Duty) -> Row {
    let why = if came_back(wiki, duty) { "came_back_open" } else { why(duty.kind) };
    let path = duty.report.as_ref().map(paths::postmortem);
    let path = path.or_else(|| duty.component.as_ref().map(paths::component));
    let path = path.or_else(|| duty.incident.as_ref().map(paths::incident));
    Row {
        path: path.map(|folder| paths::page(&folder)),
        what: duty.what.clone(),
        why: wiki.theme.messages.get(why).to_owned(),
        owner: duty.owners.join(", "),
        when: when(wiki, duty),
        is_late: duty.is_late(),
    }
}

fn why(kind: DutyKind) -> &'static str {
    match kind {
        DutyKind::PostmortemOverdue => "duty_postmortem_overdue",
        DutyKind::PostmortemUnfinished => "duty_postmortem_unfinished",
        DutyKind::ExternalMessageAdvised => "duty_external_message",
        DutyKind::ActionOverdue => "duty_action_overdue",
        DutyKind::ReviewWaiting => "duty_review",
        DutyKind::PostmortemDue => "duty_postmortem_due",
        DutyKind::ActionDueSoon => "duty_action_soon",
        DutyKind::CapacityStale => "duty_capacity",
    }
}

/// How late it is, or how long there is time left, or since when it waits.
fn when(wiki: &Wiki, duty: &Duty) -> String {
    let messages = &wiki.theme.messages;
    match (duty.days_late(), duty.due) {
        (Some(0), Some(Due::On(_))) => messages.get("due_today").to_owned(),
        (Some(days @ 1..), _) => messages.count("late_by_days", days as usize),
        (Some(_), Some(Due::By(due))) => messages.fill("due_by", &[("time", &wiki.format().time(due, Form::Full))]),
        (Some(days), _) => messages.count("due_in_days", days.unsigned_abs() as usize),
        (None, _) => duty
            .since
            .map_or_else(String::new, |since| messages.fill("since", &[("time", &wiki.format().day_of(since))])),
    }
}

/// An action with its state.
#[derive(Serialize)]
pub(super) struct Action {
    /// The report it stands in.
    path: String,
    label: String,
    text: String,
    /// URL of the ticket.
    link: Option<String>,
    kind: String,
    owner: String,
    /// The day; empty if there is none.
    due: String,
    /// Open, overdue by so many days, done on a day.
    state: String,
    /// `overdue`, `open` or `done`.
    progress: &'static str,
    came_back: bool,
    is_priority: bool,
}

pub(super) fn action(wiki: &Wiki, state: &ActionState) -> Action {
    let action = state.action();
    let messages = &wiki.theme.messages;
    let date = |date| wiki.format().date(date);
    Action {
        path: paths::page(&paths::postmortem(&state.report.id)),
        label: state.report.label.clone(),
        text: action.text.clone(),
        link: action.link.clone(),
        kind: messages.get(&format!("action_{}", action.kind.word())).to_owned(),
        owner: action.owner.clone(),
        due: action.due.map(date).unwrap_or_default(),
        state: match (state.progress, state.days_late, action.done) {
            (Progress::Done, _, Some(done)) => messages.fill("done_on", &[("time", &date(done))]),
            (Progress::Overdue, Some(days), _) => messages.count("late_by_days", days.unsigned_abs() as usize),
            _ => messages.get("action_open").to_owned(),
        },
        progress: state.progress.word(),
        came_back: wiki.came_back.contains(&(state.report.id.clone(), action.id.clone())),
        is_priority: action.priority,
    }
}

#[derive(Serialize)]
struct Actions {
    open: Vec<Action>,
    done: Vec<Action>,
    summary: String,
}

/// All actions: those that were open when their cause came back, then the overdue, the open, the done.
pub(super) fn actions(wiki: &Wiki) -> Made {
    let states = view::actions(&wiki.site.postmortems, wiki.settings.zone, wiki.now());
    let (mut open, done): (Vec<Action>, Vec<Action>) =
        states.iter().map(|state| action(wiki, state)).partition(|action| action.progress != Progress::Done.word());
    open.sort_by_key(|action| !action.came_back);
    let late = open.iter().filter(|action| action.progress == Progress::Overdue.word()).count();
    let counts = [("open", open.len()), ("late", late), ("done", done.len())].map(|(name, n)| (name, n.to_string()));
    let values: Vec<(&str, &str)> = counts.iter().map(|(name, n)| (*name, &**n)).collect();
    let summary = wiki.theme.messages.fill("actions_summary", &values);
    let head = Head::new("actions/", wiki.theme.messages.get("actions"));
    render(wiki, "actions.html", &head, &Actions { open, done, summary })
}

/// A report that waits for its review, or its author.
#[derive(Serialize)]
struct Waiting {
    path: String,
    label: String,
    title: String,
    owner: String,
    /// An element.
    since: Option<String>,
    /// What reviewers still find missing.
    missing: String,
}

#[derive(Serialize)]
struct Review {
    review: Vec<Waiting>,
    drafts: Vec<Waiting>,
    unwritten: Vec<Row>,
}

/// The review queue: what waits to be read, what is still written, what nobody has begun.
pub(super) fn review(wiki: &Wiki) -> Made {
    let with = |status| {
        let reports = wiki.site.postmortems.iter().filter(move |report| report.status == status);
        reports.map(|report| waiting(wiki, report)).collect::<Vec<_>>()
    };
    let unwritten = wiki.known.learning.duties.iter();
    let unwritten = unwritten.filter(|duty| matches!(duty.kind, DutyKind::PostmortemOverdue | DutyKind::PostmortemDue));
    let page = Review {
        review: with(ReportStatus::InReview),
        drafts: with(ReportStatus::Draft),
        unwritten: unwritten.map(|duty| row(wiki, duty)).collect(),
    };
    render(wiki, "review.html", &Head::new("review/", wiki.theme.messages.get("review")), &page)
}

fn waiting(wiki: &Wiki, report: &Arc<Postmortem>) -> Waiting {
    let messages = &wiki.theme.messages;
    let lacks = [("severity", report.severity.is_none()), ("cause", report.cause.is_none())];
    let lacks: Vec<&str> =
        lacks.iter().filter(|(_, is_missing)| *is_missing).map(|(key, _)| messages.get(key)).collect();
    Waiting {
        path: paths::page(&paths::postmortem(&report.id)),
        label: report.label.clone(),
        title: report.title.clone(),
        owner: report.owner.clone().unwrap_or_default(),
        since: report.published.or(report.happened()).map(|time| clock(wiki, time, Form::Full)),
        missing: messages.list(&lacks),
    }
}
