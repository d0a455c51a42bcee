//! What a report promises, and how far it is.

use std::sync::Arc;

use serde::Serialize;

use super::{Line, Wiki, line};
use crate::model::Postmortem;
use crate::render::html::parts::Status;
use crate::view::{ActionState, Progress, actions};

/// A line of a table of actions.
#[derive(Serialize)]
pub(in crate::render::wiki) struct Row {
    id: String,
    text: String,
    kind: String,
    owner: String,
    due: Option<String>,
    state: Status,
    priority: bool,
    ticket: Option<Ticket>,
    report: Line,
}

impl Row {
    /// What, who, until when; in the place of the day how late it is, or when it was done.
    pub(super) fn promise(&self) -> [String; 3] {
        let when = match (&self.due, self.state.word) {
            (Some(due), "degraded_performance") => due.clone(),
            (Some(due), "major_outage") => format!("{due}, {}", self.state.label),
            _ => self.state.label.clone(),
        };
        [self.text.clone(), self.owner.clone(), when]
    }
}

/// Where the work is followed.
#[derive(Serialize)]
struct Ticket {
    url: String,
    name: String,
}

/// The actions of a report, in its own order.
pub(super) fn of(wiki: &Wiki, report: &Arc<Postmortem>) -> Vec<Row> {
    let mut states = actions(std::slice::from_ref(report), wiki.settings.zone, wiki.now());
    states.sort_by_key(|state| state.index);
    states.iter().map(|state| row(wiki, state)).collect()
}

/// The actions of these reports that are still to be done, the most urgent first.
pub(in crate::render::wiki) fn open(wiki: &Wiki, reports: &[Arc<Postmortem>]) -> Vec<Row> {
    let states = actions(reports, wiki.settings.zone, wiki.now());
    states.iter().filter(|state| state.is_open()).map(|state| row(wiki, state)).collect()
}

/// How many actions there are, how many of them are still to be done, and how many of those are late.
pub(in crate::render::wiki) fn counts(wiki: &Wiki, reports: &[Arc<Postmortem>]) -> [usize; 3] {
    let states = actions(reports, wiki.settings.zone, wiki.now());
    let late = states.iter().filter(|state| state.progress == Progress::Overdue).count();
    [states.len(), states.iter().filter(|state| state.is_open()).count(), late]
}

/// `4 actions, all done`, `3 actions, 1 open, 1 of them overdue`.
pub(in crate::render::wiki) fn summary(wiki: &Wiki, reports: &[Arc<Postmortem>]) -> String {
    let messages = &wiki.theme.messages;
    let [all, open, late] = counts(wiki, reports);
    let count = messages.count("pm_actions", all);
    match (all, open, late) {
        (0, ..) => messages.get("pm_actions_none").to_owned(),
        (_, 0, _) => messages.fill("pm_actions_done", &[("actions", &count)]),
        (_, _, 0) => messages.fill("pm_actions_open", &[("actions", &count), ("open", &open.to_string())]),
        _ => {
            let values = [("actions", &*count), ("open", &open.to_string()), ("late", &late.to_string())];
            messages.fill("pm_actions_late", &values)
        }
    }
}

pub(in crate::render::wiki) fn row(wiki: &Wiki, state: &ActionState) -> Row {
    let action = state.action();
    let messages = &wiki.theme.messages;
    Row {
        id: action.id.clone(),
        text: action.text.clone(),
        kind: messages.get(&format!("pm_action_{}", action.kind.word())).to_owned(),
        owner: action.owner.clone(),
        due: action.due.map(|date| wiki.format().date(date)),
        state: progress(wiki, state),
        priority: action.priority,
        ticket: action.link.as_ref().map(|url| Ticket { url: url.clone(), name: ticket_name(url) }),
        report: line(wiki, &state.report),
    }
}

fn progress(wiki: &Wiki, state: &ActionState) -> Status {
    let messages = &wiki.theme.messages;
    let date = state.action().done.map(|date| wiki.format().date(date)).unwrap_or_default();
    match state.progress {
        Progress::Done => Status { word: "operational", label: messages.fill("pm_done", &[("date", &date)]) },
        Progress::Open => Status { word: "degraded_performance", label: messages.get("pm_open").to_owned() },
        Progress::Overdue => {
            let days = usize::try_from(state.days_late.unwrap_or_default()).unwrap_or_default();
            Status {
                word: "major_outage",
                label: messages.fill("pm_overdue", &[("days", &messages.count("days", days))]),
            }
        }
    }
}

/// The last part of a ticket's address, which is its name in most trackers.
fn ticket_name(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or(url).trim_end_matches('/');
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::ticket_name;

    #[test]
    fn a_ticket_is_called_as_its_address_ends() {
        assert_eq!(ticket_name("https://tracker.example/browse/PLAT-12?x=1#y"), "PLAT-12");
        assert_eq!(ticket_name("https://tracker.example/issues/7/"), "7");
    }
}
