//! What was changed of an entry after it was told.

use std::collections::BTreeMap;

use super::window::Window;
use crate::time::{Date, Time};

/// What was changed of an entry without an update that says so, as far as the versions of its file are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    /// When its file was first known.
    pub since: Option<Time>,
    /// Whether nobody had a word on it then, so that the file alone announced it.
    pub came_silent: bool,
    /// When, oldest first, and by how much its version rises each time.
    pub times: Vec<(Time, usize)>,
    /// The same of the later times of recurring work, by the days by which they are known.
    pub occurrences: BTreeMap<Date, Vec<(Time, usize)>>,
    /// The times of recurring work that an edit took away before they came, such as one of its rule, by their days.
    pub withdrawn: BTreeMap<Date, WithdrawnTime>,
    /// When what an update says was last changed, by its place among the updates.
    pub updates: BTreeMap<usize, Time>,
    /// When the description was.
    pub description: Option<Time>,
}

/// A time of recurring work that is no longer in its file. Those who have it in their calendars are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithdrawnTime {
    /// Since when it is not.
    pub at: Time,
    /// When it was planned for.
    pub window: Window,
    /// When it had been announced, if it had.
    pub announced: Option<Time>,
}

impl Edits {
    /// The last one up to `now`.
    pub fn last(&self, now: Time) -> Option<Time> {
        self.times.iter().rev().map(|(at, _)| *at).find(|at| *at <= now)
    }

    /// By how much all up to `now` raise the version.
    pub fn raised(&self, now: Time) -> usize {
        self.times.iter().filter(|(at, _)| *at <= now).map(|(_, by)| by).sum()
    }
}
