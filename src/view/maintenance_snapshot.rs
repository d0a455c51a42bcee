//! What is known of planned work at `now`.

use std::sync::Arc;

use super::Interval;
use super::maintenance_story::{MaintenanceStep, maintenance_story};
use super::occurrences::occurrences;
use super::settled::is_long_ago;
use crate::model::{Announced, ComponentStatus, Maintenance, MaintenanceStatus, MaintenanceUpdate, Window};
use crate::time::{Date, Time};

/// How far planned work has come at `now`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MaintenanceState {
    /// It is not worked on yet, or not until its next window.
    Upcoming,
    /// It goes on.
    Running,
    /// It is over, or given up.
    Past,
}

impl From<MaintenanceStatus> for MaintenanceState {
    fn from(status: MaintenanceStatus) -> MaintenanceState {
        match status {
            MaintenanceStatus::Scheduled | MaintenanceStatus::Postponed => MaintenanceState::Upcoming,
            MaintenanceStatus::InProgress | MaintenanceStatus::Verifying => MaintenanceState::Running,
            MaintenanceStatus::Completed | MaintenanceStatus::Cancelled => MaintenanceState::Past,
        }
    }
}

/// Planned work as it is known at `now`.
#[derive(Clone, Debug)]
pub struct MaintenanceSnapshot {
    /// The maintenance itself; its updates may lie in the future.
    pub maintenance: Arc<Maintenance>,
    /// What its updates say, or else the clock.
    pub status: MaintenanceStatus,
    /// When it is planned for, or was last.
    pub window: Window,
    /// Whether it was put off without another time, so that the window no longer holds: until one is given, also while it is
    /// worked on again.
    pub is_undated: bool,
    /// When it was worked on, until `now` at the latest; in order, apart, none empty.
    pub worked: Vec<Interval>,
    /// Since when it is worked on.
    pub since: Option<Time>,
    /// What happened to it, oldest first: what was said, and what the clock did.
    pub steps: Vec<MaintenanceStep>,
    /// How many of the updates are known.
    count: usize,
    now: Time,
}

/// The maintenance that is known at `now`, by its beginning: what has begun, what was announced, and what has no
/// announcement of its own. Of recurring work each time.
pub fn maintenance_snapshots(maintenance: &[Arc<Maintenance>], now: Time) -> Vec<Arc<MaintenanceSnapshot>> {
    let mut all: Vec<Arc<Maintenance>> = maintenance.iter().flat_map(|work| occurrences(work, now)).collect();
    // `assemble` sorted the files; only the times of recurring work come between those of others.
    if all.iter().any(|work| work.occurrence.is_some()) {
        all.sort_by(|a, b| (a.scheduled, &a.id).cmp(&(b.scheduled, &b.id)));
    }
    let known = all.iter().filter(|work| is_known(work, now));
    known.map(|work| Arc::new(MaintenanceSnapshot::at(work, now))).collect()
}

/// The times of recurring work that are not announced, by their beginning: for calendars. Those that were given up are among
/// them.
pub fn maintenance_to_come(maintenance: &[Arc<Maintenance>], now: Time) -> Vec<Arc<MaintenanceSnapshot>> {
    let recurring = maintenance.iter().filter(|work| work.recurrence.is_some() || !work.edits.withdrawn.is_empty());
    let mut all: Vec<Arc<Maintenance>> = recurring.flat_map(|work| occurrences(work, now)).collect();
    all.retain(|work| work.occurrence.is_some() && !is_known(work, now));
    all.sort_by(|a, b| (a.scheduled, &a.id).cmp(&(b.scheduled, &b.id)));
    all.iter().map(|work| Arc::new(MaintenanceSnapshot::at(work, now))).collect()
}

/// The time of recurring work that somebody means who does not say which: the one that goes on, or else the next, or else
/// the last. What is not repeated is itself.
pub fn time_at_hand(work: &Arc<Maintenance>, now: Time) -> Arc<Maintenance> {
    let all = occurrences(work, now);
    let in_state = |state| all.iter().find(|work| MaintenanceSnapshot::at(work, now).state() == state);
    let found = in_state(MaintenanceState::Running).or_else(|| in_state(MaintenanceState::Upcoming));
    Arc::clone(found.or(all.last()).unwrap_or(work))
}

/// The time of recurring work that was to begin on a day by the rule.
pub fn time_of_day(work: &Arc<Maintenance>, day: Date, now: Time) -> Option<Arc<Maintenance>> {
    let is_its = |time: &Arc<Maintenance>| time.occurrence.as_ref().is_some_and(|occurrence| occurrence.day == day);
    occurrences(work, now).into_iter().find(is_its)
}

/// When it was first told of, by somebody, by the clock or by its file.
pub(super) fn first_told(work: &Maintenance) -> Option<Time> {
    work.spoken_of().into_iter().chain(work.announced()).chain(work.announced_by_file()).min()
}

fn is_known(work: &Maintenance, now: Time) -> bool {
    let told = first_told(work);
    let is_dropped = work.occurrence.as_ref().is_some_and(|occurrence| occurrence.announced == Announced::Never);
    told.map_or(!is_dropped, |told| told.min(work.scheduled.from) <= now)
}

impl MaintenanceSnapshot {
    /// One maintenance at `now`, whether it is known then or not.
    pub fn at(maintenance: &Arc<Maintenance>, now: Time) -> MaintenanceSnapshot {
        let story = maintenance_story(maintenance, now);
        MaintenanceSnapshot {
            status: story.status,
            window: story.window,
            is_undated: story.is_undated,
            worked: story.worked,
            since: story.since,
            steps: story.steps,
            count: maintenance.updates.partition_point(|update| update.at <= now),
            maintenance: Arc::clone(maintenance),
            now,
        }
    }

    /// The same work as if nobody felt it.
    pub fn unfelt(self: &Arc<MaintenanceSnapshot>) -> Arc<MaintenanceSnapshot> {
        let mut snapshot = Arc::clone(self);
        // Most work says nothing of what is felt, and need not be copied.
        if !snapshot.maintenance.impact.is_empty() {
            Arc::make_mut(&mut Arc::make_mut(&mut snapshot).maintenance).impact.clear();
        }
        snapshot
    }

    /// The updates up to `now`, oldest first; possibly none.
    pub fn updates(&self) -> &[MaintenanceUpdate] {
        &self.maintenance.updates[..self.count]
    }

    /// When customers last saw it change: something was said of it, the clock moved it, or what had been said was edited.
    /// For what was never spoken of and lies ahead when its file came, or else the planned beginning, the one time that is
    /// known.
    pub fn changed(&self) -> Time {
        let edits = &self.maintenance.edits;
        let last = self.steps.last().map(|last| last.at).max(edits.last(self.now));
        let since = edits.since.filter(|since| *since <= self.now);
        // What changed before it was announced was seen by calendars alone.
        let known = first_told(&self.maintenance).filter(|known| *known <= self.now);
        let last = last.map(|last| known.map_or(last, |known| known.max(last)));
        last.or(self.maintenance.announced()).or(since).unwrap_or(self.maintenance.scheduled.from)
    }

    /// The same for calendars, which have a time of recurring work before it is announced, since all of it was spoken of.
    pub fn stamped(&self) -> Time {
        let changed = self.steps.last().map(|last| last.at).max(self.maintenance.edits.last(self.now));
        // By its file first: a word on all of it may be taken back, and that changes nothing of a time to come.
        let known = self.maintenance.edits.since.filter(|since| *since <= self.now);
        let told = self.maintenance.occurrence.as_ref().and_then(|occurrence| known.or(occurrence.told));
        changed.or(told).unwrap_or_else(|| self.changed())
    }

    /// How many times customers saw it change.
    pub fn version(&self) -> usize {
        self.steps.len() + self.maintenance.edits.raised(self.now)
    }

    /// Whether it is known: it has begun, was announced, or has no announcement of its own.
    pub(super) fn is_known(&self) -> bool {
        is_known(&self.maintenance, self.now)
    }

    /// When what an update says was last changed, if it was.
    pub(super) fn edited(&self, index: usize) -> Option<Time> {
        self.maintenance.edits.updates.get(&index).copied().filter(|at| *at <= self.now)
    }

    /// The same of the description.
    pub(super) fn description_edited(&self) -> Option<Time> {
        self.maintenance.edits.description.filter(|at| *at <= self.now)
    }

    /// Upcoming, running or past.
    pub fn state(&self) -> MaintenanceState {
        self.status.into()
    }

    /// The step with which it came to be over; words that follow it are notes.
    pub fn over(&self) -> Option<&MaintenanceStep> {
        let is_past = |step: &&MaintenanceStep| MaintenanceState::from(step.status) == MaintenanceState::Past;
        self.steps.iter().rev().take_while(is_past).last()
    }

    /// Whether it is over, its time too, and nothing was said of it for long.
    pub fn is_settled(&self) -> bool {
        let last = self.changed().max(self.window.last()).max(self.maintenance.scheduled.last());
        self.state() == MaintenanceState::Past && is_long_ago(last, self.now)
    }

    /// Whether it was given up before it began, and its time is not over: somebody may still wait for it.
    pub fn is_called_off(&self) -> bool {
        self.status == MaintenanceStatus::Cancelled && self.worked.is_empty() && self.window.last() > self.now
    }

    /// Whether somebody whose calendar has it may still wait for it: it is not over, or it was given up before it came. Taken
    /// out of a site then, it must not vanish without a word.
    pub(super) fn may_be_waited_for(&self) -> bool {
        self.state() != MaintenanceState::Past || self.takes_place().from > self.now
    }

    /// When it takes or took place, for calendars and lists: while it goes on from its real start to its
    /// planned end; once it is done the last time it was worked on; else the window that it has or had.
    pub fn takes_place(&self) -> Interval {
        let planned = Interval::new(self.window.from, self.window.last());
        match self.state() {
            MaintenanceState::Upcoming => planned,
            MaintenanceState::Running => {
                let since = self.since.unwrap_or(self.window.from);
                Interval::new(since, self.planned_end().unwrap_or(since))
            }
            MaintenanceState::Past if self.status == MaintenanceStatus::Cancelled => planned,
            MaintenanceState::Past => self.worked.last().copied().unwrap_or(planned),
        }
    }

    /// When it is planned to end; none where nobody knows, and while it was put off without another time.
    pub fn planned_end(&self) -> Option<Time> {
        self.window.until.filter(|_| !self.is_undated)
    }

    /// Whether it waits for a time that nobody knows yet.
    pub fn waits_undated(&self) -> bool {
        self.state() == MaintenanceState::Upcoming && self.is_undated
    }

    /// The worst that customers feel of it.
    pub fn worst_felt(&self) -> ComponentStatus {
        let felt = self.maintenance.components.iter().map(|component| self.maintenance.felt(component));
        felt.max().unwrap_or(ComponentStatus::UnderMaintenance)
    }

    /// Whether it goes on although its window is over.
    pub fn runs_over(&self) -> bool {
        self.state() == MaintenanceState::Running && self.planned_end().is_some_and(|end| end < self.now)
    }

    /// How long it was worked on until `now`, in seconds; none if nobody knows.
    pub fn seconds_worked(&self) -> Option<i64> {
        let seconds = || self.worked.iter().map(|worked| worked.seconds()).sum();
        self.maintenance.is_duration_known.then(seconds)
    }

    /// The time that belongs to the history: what was worked, or, of work that was given up before it began,
    /// the instant for which it was planned, once that has come.
    pub fn happened(&self) -> Vec<Interval> {
        let is_planned_for_now = self.state() == MaintenanceState::Past && self.window.from <= self.now;
        match self.worked.is_empty() {
            true if is_planned_for_now => vec![Interval::new(self.window.from, self.window.from)],
            _ => self.worked.clone(),
        }
    }
}
