//! What was promised after incidents: every action of every postmortem, and how far it is.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::model::{Action, Postmortem};
use crate::time::{Date, Time, Zone};

/// How far an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// It was to be done before today, and is not.
    Overdue,
    /// It is to be done.
    Open,
    /// It is done.
    Done,
}

impl Progress {
    /// Its name in messages and in data.
    pub fn word(self) -> &'static str {
        match self {
            Progress::Overdue => "overdue",
            Progress::Open => "open",
            Progress::Done => "done",
        }
    }
}

/// An action as it stands at `now`.
#[derive(Clone, Debug)]
pub struct ActionState {
    /// The postmortem that promises it.
    pub postmortem: Arc<Postmortem>,
    /// Which of the postmortem's actions it is, counted from 0.
    pub index: usize,
    /// How far it is.
    pub progress: Progress,
    /// Days since the day on which it was due; negative before it, none without such a day or when it
    /// is done.
    pub days_late: Option<i64>,
}

impl ActionState {
    /// The action itself.
    pub fn action(&self) -> &Action {
        &self.postmortem.actions[self.index]
    }

    /// Whether somebody still has to do it.
    pub fn is_open(&self) -> bool {
        self.progress != Progress::Done
    }
}

/// Every action of the postmortems: the overdue ones first, the longest overdue at the head; then those
/// that are open, the next due first; then those that are done, the newest first. An action counts as
/// done from its day on, in `zone`.
pub fn actions(postmortems: &[Arc<Postmortem>], zone: Zone, now: Time) -> Vec<ActionState> {
    let today = zone.date(now);
    let of = |postmortem: &Arc<Postmortem>| {
        (0..postmortem.actions.len()).map(|index| state(postmortem, index, today)).collect::<Vec<_>>()
    };
    let mut all: Vec<ActionState> = postmortems.iter().flat_map(of).collect();
    all.sort_by(|a, b| order(a).cmp(&order(b)));
    all
}

fn state(postmortem: &Arc<Postmortem>, index: usize, today: Date) -> ActionState {
    let action = &postmortem.actions[index];
    let is_done = action.done.is_some_and(|done| done <= today);
    let days_late = action.due.map(|due| today.days_since(due)).filter(|_| !is_done);
    let progress = match days_late {
        _ if is_done => Progress::Done,
        Some(1..) => Progress::Overdue,
        _ => Progress::Open,
    };
    ActionState { postmortem: Arc::clone(postmortem), index, progress, days_late }
}

/// What is to be read first comes first: those without a day after those with one.
fn order(state: &ActionState) -> impl Ord + '_ {
    let action = state.action();
    let done = action.done.filter(|_| !state.is_open()).map(Reverse);
    let lateness = Reverse(state.days_late.unwrap_or(i64::MIN));
    (state.progress, lateness, done, !action.priority, &state.postmortem.id, state.index)
}
