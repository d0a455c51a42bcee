//! What postmortems promise, and how far it is: a row of every table of actions, and the page of all of them.

use std::sync::Arc;

use serde::Serialize;

use super::filter::{FilterMarks, ListFilter, filter};
use super::judgement::Judgement;
use super::{Wiki, WikiPageHead, paths, render};
use crate::model::Postmortem;
use crate::output::Made;
use crate::view::{ActionState, Progress, actions};

/// A line of a table of actions.
#[derive(Serialize)]
pub(super) struct ActionRow {
    /// The postmortem it stands in: its page and its name.
    path: String,
    label: String,
    id: String,
    text: String,
    ticket: Option<Ticket>,
    kind: String,
    owner: String,
    due: Option<String>,
    /// Open, overdue by so many days, done on a day.
    state: Judgement,
    is_priority: bool,
    /// Whether it was open when its cause came back.
    came_back: bool,
    marks: FilterMarks,
}

impl ActionRow {
    /// What, who, until when; in the place of the day how late it is, or when it was done.
    pub(super) fn promise(&self) -> [String; 3] {
        let when = match (&self.due, self.state.word) {
            (Some(due), "open") => due.clone(),
            (Some(due), "overdue") => format!("{due}, {}", self.state.label),
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

/// The actions of a postmortem, in its own order.
pub(super) fn of(wiki: &Wiki, postmortem: &Arc<Postmortem>) -> Vec<ActionRow> {
    let mut states = actions(std::slice::from_ref(postmortem), wiki.site.settings.zone, wiki.look.now());
    states.sort_by_key(|state| state.index);
    states.iter().map(|state| row(wiki, state)).collect()
}

/// The actions of these postmortems that are still to be done, the most urgent first.
pub(super) fn open(wiki: &Wiki, postmortems: &[Arc<Postmortem>]) -> Vec<ActionRow> {
    let states = actions(postmortems, wiki.site.settings.zone, wiki.look.now());
    states.iter().filter(|state| state.is_open()).map(|state| row(wiki, state)).collect()
}

/// How many actions there are, how many of them are still to be done, and how many of those are late.
pub(super) fn counts(wiki: &Wiki, postmortems: &[Arc<Postmortem>]) -> [usize; 3] {
    let states = actions(postmortems, wiki.site.settings.zone, wiki.look.now());
    let late = states.iter().filter(|state| state.progress == Progress::Overdue).count();
    [states.len(), states.iter().filter(|state| state.is_open()).count(), late]
}

/// `4 actions, all done`, `3 actions, 1 open, 1 of them overdue`.
pub(super) fn summary(wiki: &Wiki, postmortems: &[Arc<Postmortem>]) -> String {
    let messages = &wiki.look.theme.messages;
    let [all, open, late] = counts(wiki, postmortems);
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

pub(super) fn row(wiki: &Wiki, state: &ActionState) -> ActionRow {
    let (postmortem, action) = (&state.postmortem, state.action());
    ActionRow {
        path: paths::page(&paths::postmortem(&postmortem.id)),
        label: postmortem.label.clone(),
        id: action.id.clone(),
        text: action.text.clone(),
        ticket: action.link.as_ref().map(|url| Ticket { url: url.clone(), name: ticket_name(url) }),
        kind: wiki.look.theme.messages.get(&format!("action_{}", action.kind.word())).to_owned(),
        owner: action.owner.clone(),
        due: action.due.map(|date| wiki.look.format().date(date)),
        state: progress(wiki, state),
        is_priority: action.priority,
        came_back: came_back(wiki, state),
        marks: FilterMarks::of_postmortem(wiki, postmortem).owned_by(Some(&action.owner)),
    }
}

fn came_back(wiki: &Wiki, state: &ActionState) -> bool {
    wiki.came_back.contains(&(state.postmortem.id.clone(), state.action().id.clone()))
}

fn progress(wiki: &Wiki, state: &ActionState) -> Judgement {
    let messages = &wiki.look.theme.messages;
    let date = state.action().done.map(|date| wiki.look.format().date(date)).unwrap_or_default();
    let late = usize::try_from(state.days_late.unwrap_or_default()).unwrap_or_default();
    let (sign, label) = match state.progress {
        Progress::Done => ("✓", messages.fill("pm_done", &[("date", &date)])),
        Progress::Open => ("○", messages.get("action_open").to_owned()),
        Progress::Overdue => ("✕", messages.fill("pm_overdue", &[("days", &messages.count("days", late))])),
    };
    Judgement { word: state.progress.word(), sign, label }
}

#[derive(Serialize)]
struct ActionsPage {
    filter: Option<ListFilter>,
    open: Vec<ActionRow>,
    done: Vec<ActionRow>,
    summary: String,
}

/// All actions: those that were open when their cause came back, then the overdue, the open, the done.
pub(super) fn page(wiki: &Wiki) -> Made {
    let all = &wiki.site.postmortems;
    let states = actions(all, wiki.site.settings.zone, wiki.look.now());
    let (mut open, done): (Vec<_>, Vec<_>) = states.iter().partition(|state| state.is_open());
    open.sort_by_key(|state| !came_back(wiki, state));
    let rows = |states: &[&ActionState]| states.iter().map(|state| row(wiki, state)).collect::<Vec<ActionRow>>();
    let (open, done) = (rows(&open), rows(&done));
    let filter = filter(wiki, open.iter().chain(&done).map(|row| &row.marks));
    let page = ActionsPage { filter, open, done, summary: summary(wiki, all) };
    render(wiki, "actions.html", &WikiPageHead::new("actions/", wiki.look.theme.messages.get("actions")), &page)
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
