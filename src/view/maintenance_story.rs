//! What planned work goes through: one fold over what was said of it and what the clock does meanwhile.
//!
//! The clock begins work when its window does, and ends it with its window, unless somebody says how it went.
//! A word that was said late says how it had gone before: so the fold looks at the next word, also where that
//! lies ahead, and a build of the same content never takes back what an earlier one said.

use super::Interval;
use crate::model::{Maintenance, MaintenanceStatus, MaintenanceUpdate, Window};
use crate::time::Time;

use MaintenanceStatus::{Cancelled, Completed, InProgress, Postponed, Scheduled, Verifying};

/// Planned work up to `now`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MaintenanceStory {
    /// What happened, oldest first.
    pub steps: Vec<MaintenanceStep>,
    /// How far it has come.
    pub status: MaintenanceStatus,
    /// When it is planned for, or was last.
    pub window: Window,
    /// Whether it was put off without another time, so that the window no longer holds.
    pub is_undated: bool,
    /// When it was worked on, until `now` at the latest; in order, apart, none empty.
    pub worked: Vec<Interval>,
    /// Since when it is worked on.
    pub since: Option<Time>,
    /// When the clock will move it on, or its planned end passes, if nothing is said before.
    pub due: Option<Time>,
}

/// Something that happened to planned work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaintenanceStep {
    /// When.
    pub at: Time,
    /// The status from then on.
    pub status: MaintenanceStatus,
    /// The update that says so; none if it was the clock.
    pub update: Option<usize>,
    /// When the work is planned for from then on, or was last.
    pub window: Window,
}

/// Tells what `work` went through up to `now`.
pub(super) fn maintenance_story(work: &Maintenance, now: Time) -> MaintenanceStory {
    let mut fold = Fold::new(work.scheduled);
    let known = work.updates.partition_point(|update| update.at <= now);
    for (index, update) in work.updates[..known].iter().enumerate() {
        fold.clock(Some(update), update.at);
        fold.say(index, update);
    }
    let next = work.updates.get(known);
    // The instant of `now` itself belongs to what is known.
    fold.clock(next, Time::from_millis(now.millis() + 1));
    fold.finish(next, now)
}

/// The work between two words.
struct Fold {
    steps: Vec<MaintenanceStep>,
    status: MaintenanceStatus,
    window: Window,
    is_undated: bool,
    worked: Vec<Interval>,
    since: Option<Time>,
    /// Before this the clock does not begin it: a window that is told late is not told backwards.
    told: Time,
    /// Whether somebody said that it goes on; then only a word ends it.
    is_confirmed: bool,
}

impl Fold {
    fn new(window: Window) -> Fold {
        Fold {
            steps: Vec::new(),
            status: Scheduled,
            window,
            is_undated: false,
            worked: Vec::new(),
            since: None,
            told: Time::from_millis(i64::MIN),
            is_confirmed: false,
        }
    }

    /// Moves on by the clock alone, up to the instant before `end`; `next` is what is said after that.
    fn clock(&mut self, next: Option<&MaintenanceUpdate>, end: Time) {
        if let Some(begin) = self.begins().filter(|begin| *begin < end) {
            self.since = Some(begin);
            self.step(begin, InProgress, None);
        }
        if let Some(over) = self.ends(next).filter(|over| *over < end) {
            self.stop(over);
            self.step(over, Completed, None);
        }
    }

    /// When the clock begins it. A window that was over when it was told begins nothing.
    fn begins(&self) -> Option<Time> {
        let waits = matches!(self.status, Scheduled | Postponed) && !self.is_undated;
        let begin = self.window.from.max(self.told);
        (waits && begin < self.window.until).then_some(begin)
    }

    /// When the clock ends it. Where the next word is that it goes on, or that it is done, it ran over.
    fn ends(&self, next: Option<&MaintenanceUpdate>) -> Option<Time> {
        let ran_over = next.is_some_and(|next| {
            let is_about_this = next.scheduled.is_none_or(|window| window.from <= self.window.until);
            is_about_this && matches!(next.status, InProgress | Verifying | Completed)
        });
        (self.since.is_some() && !self.is_confirmed && !ran_over).then_some(self.window.until)
    }

    fn say(&mut self, index: usize, update: &MaintenanceUpdate) {
        let status = match update.status {
            Scheduled => self.schedule(update),
            Postponed => self.postpone(update),
            InProgress | Verifying => self.confirm(update),
            Completed if self.was_never_begun() => self.end(update, Cancelled),
            Completed | Cancelled => self.end(update, update.status),
        };
        self.step(update.at, status, Some(index));
    }

    /// Announced, moved, or taken up again. Without a window of its own it is no more than a word about
    /// work that goes on or is over.
    fn schedule(&mut self, update: &MaintenanceUpdate) -> MaintenanceStatus {
        match update.scheduled {
            Some(window) if self.since.is_some() && window.from <= update.at => {
                self.window = window;
                self.status
            }
            Some(window) => {
                self.plan(update.at, Some(window));
                Scheduled
            }
            None if self.since.is_some() || self.window.until <= update.at => self.status,
            None => {
                let stays = self.status == Scheduled;
                let window = self.window;
                if !stays {
                    self.plan(update.at, Some(window));
                }
                Scheduled
            }
        }
    }

    fn postpone(&mut self, update: &MaintenanceUpdate) -> MaintenanceStatus {
        self.plan(update.at, update.scheduled);
        Postponed
    }

    /// Waits for `window`, or for one that is not known yet; what was worked on until now is kept.
    fn plan(&mut self, at: Time, window: Option<Window>) {
        self.stop(at);
        self.told = at;
        self.is_undated = window.is_none();
        self.window = window.unwrap_or(self.window);
    }

    fn confirm(&mut self, update: &MaintenanceUpdate) -> MaintenanceStatus {
        self.window = update.scheduled.unwrap_or(self.window);
        self.is_undated = false;
        self.since.get_or_insert(update.at);
        self.is_confirmed = true;
        update.status
    }

    fn end(&mut self, update: &MaintenanceUpdate, status: MaintenanceStatus) -> MaintenanceStatus {
        self.stop(update.at);
        status
    }

    /// Work of which somebody says, before it began, that it is over does not take place.
    fn was_never_begun(&self) -> bool {
        self.since.is_none() && self.worked.is_empty()
    }

    fn stop(&mut self, at: Time) {
        let worked = self.since.take().map(|since| Interval::new(since, at));
        self.worked.extend(worked.filter(|worked| !worked.is_empty()));
        self.is_confirmed = false;
    }

    fn step(&mut self, at: Time, status: MaintenanceStatus, update: Option<usize>) {
        self.status = status;
        self.steps.push(MaintenanceStep { at, status, update, window: self.window });
    }

    fn finish(mut self, next: Option<&MaintenanceUpdate>, now: Time) -> MaintenanceStory {
        let planned_end = self.since.map(|_| self.window.until);
        let due = self.begins().or(self.ends(next)).or(planned_end).filter(|due| *due > now);
        let worked = self.since.map(|since| Interval::new(since, now));
        self.worked.extend(worked.filter(|worked| !worked.is_empty()));
        let Fold { steps, status, window, is_undated, worked, since, .. } = self;
        MaintenanceStory { steps, status, window, is_undated, worked, since, due }
    }
}
