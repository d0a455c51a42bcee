//! What needs somebody: the dashboard's first table, the review queue.

use std::sync::Arc;

use serde::Serialize;

use super::postmortem::{PostmortemRow, postmortem_row};
use super::{Wiki, WikiPageHead, paths, render};
use crate::model::{Postmortem, PostmortemStatus};
use crate::output::Made;
use crate::render::html::parts::clock;
use crate::theme::Form;
use crate::view::{Due, Duty, DutyKind};

/// Something that needs somebody, as a row.
#[derive(Serialize)]
pub(super) struct DutyRow {
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
pub(super) fn rows(wiki: &Wiki) -> Vec<DutyRow> {
    let mut duties: Vec<&Duty> = wiki.known.learning.duties.iter().collect();
    duties.sort_by_key(|duty| !came_back(wiki, duty));
    duties.into_iter().map(|duty| row(wiki, duty)).collect()
}

fn came_back(wiki: &Wiki, duty: &Duty) -> bool {
    let (Some(postmortem), Some(action)) = (&duty.postmortem, &duty.action) else { return false };
    wiki.came_back.contains(&(postmortem.clone(), action.clone()))
}

fn row(wiki: &Wiki, duty: &Duty) -> DutyRow {
    let why = if came_back(wiki, duty) { "came_back_open" } else { why(duty.kind) };
    let path = duty.postmortem.as_ref().map(paths::postmortem);
    let path = path.or_else(|| duty.component.as_ref().map(paths::component));
    let path = path.or_else(|| duty.incident.as_ref().map(paths::incident));
    DutyRow {
        path: path.map(|folder| paths::page(&folder)),
        what: duty.what.clone(),
        why: wiki.look.theme.messages.get(why).to_owned(),
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
    let messages = &wiki.look.theme.messages;
    match (duty.days_late(), duty.due) {
        (Some(0), Some(Due::On(_))) => messages.get("due_today").to_owned(),
        (Some(days @ 1..), _) => messages.count("late_by_days", days as usize),
        (Some(_), Some(Due::By(due))) => {
            messages.fill("due_by", &[("time", &wiki.look.format().time(due, Form::Full))])
        }
        (Some(days), _) => messages.count("due_in_days", days.unsigned_abs() as usize),
        (None, _) => duty
            .since
            .map_or_else(String::new, |since| messages.fill("since", &[("time", &wiki.look.format().day_of(since))])),
    }
}

/// A postmortem that waits for its review, or its author.
#[derive(Serialize)]
struct Waiting {
    postmortem: PostmortemRow,
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
    unwritten: Vec<DutyRow>,
}

/// The review queue: what waits to be read, what is still written, what nobody has begun.
pub(super) fn review(wiki: &Wiki) -> Made {
    let with = |status| {
        let postmortems = wiki.site.postmortems.iter().filter(move |postmortem| postmortem.status == status);
        postmortems.map(|postmortem| waiting(wiki, postmortem)).collect::<Vec<_>>()
    };
    let unwritten = wiki.known.learning.duties.iter();
    let unwritten = unwritten.filter(|duty| matches!(duty.kind, DutyKind::PostmortemOverdue | DutyKind::PostmortemDue));
    let page = Review {
        review: with(PostmortemStatus::InReview),
        drafts: with(PostmortemStatus::Draft),
        unwritten: unwritten.map(|duty| row(wiki, duty)).collect(),
    };
    render(wiki, "review.html", &WikiPageHead::new("review/", wiki.look.theme.messages.get("review")), &page)
}

fn waiting(wiki: &Wiki, postmortem: &Arc<Postmortem>) -> Waiting {
    let messages = &wiki.look.theme.messages;
    let lacks = [("severity", postmortem.severity.is_none()), ("cause", postmortem.cause.is_none())];
    let lacks: Vec<&str> =
        lacks.iter().filter(|(_, is_missing)| *is_missing).map(|(key, _)| messages.get(key)).collect();
    Waiting {
        postmortem: postmortem_row(wiki, postmortem),
        owner: postmortem.owner.clone().unwrap_or_default(),
        since: postmortem.published.or(postmortem.happened()).map(|time| clock(&wiki.look, time, Form::Full)),
        missing: messages.list(&lacks),
    }
}
