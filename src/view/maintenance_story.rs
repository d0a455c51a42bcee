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
    /// Whether it was put off without another time, so that the window no longer holds: until one is given, also while it is
    /// worked on again.
    pub is_undated: bool,
    /// When it was worked on, until `now` at the latest; in order, apart, none empty.
    pub worked: Vec<Interval>,
    /// Since when it is worked on.
    pub since: Option<Time>,
    /// When the clock will move it on, or its planned end passes, if nothing is said before; of work that was called off
    /// when its time comes and goes.
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
    /// When the work is planned for from then on, or was last; none while it is put off without another time.
    pub window: Option<Window>,
}

/// Tells what `work` went through up to `now`.
pub(super) fn maintenance_story(work: &Maintenance, now: Time) -> MaintenanceStory {
    story_of((work.scheduled, work.is_duration_known), &work.updates, now)
}

/// The same of when it was first planned for, with whether somebody knows how long it took, and all that is said of it.
pub(super) fn story_of(
    (scheduled, is_duration_known): (Window, bool),
    updates: &[MaintenanceUpdate],
    now: Time,
) -> MaintenanceStory {
    let mut fold = Fold::new(scheduled, is_duration_known);
    let known = updates.partition_point(|update| update.at <= now);
    for (index, update) in updates[..known].iter().enumerate() {
        fold.clock(Some(update), update.at);
        fold.begin_with(update);
        fold.say(index, update);
    }
    let next = updates.get(known);
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
    /// Before this the clock neither begins nor ends it: a window that is told late is not told backwards.
    told: Time,
    /// Whether somebody said that it goes on; then only a word ends it.
    is_confirmed: bool,
    /// Whether somebody knows how long it took.
    is_duration_known: bool,
    /// Whether it was ever interrupted or ended after it had begun.
    was_begun: bool,
}

impl Fold {
    fn new(window: Window, is_duration_known: bool) -> Fold {
        Fold {
            steps: Vec::new(),
            status: Scheduled,
            window,
            is_undated: false,
            worked: Vec::new(),
            since: None,
            told: Time::from_millis(i64::MIN),
            is_confirmed: false,
            is_duration_known,
            was_begun: false,
        }
    }

    /// Moves on by the clock alone, up to the instant before `end`; `next` is what is said after that.
    fn clock(&mut self, next: Option<&MaintenanceUpdate>, end: Time) {
        if let Some(begin) = self.begins().filter(|begin| *begin < end) {
            self.since = Some(begin);
            // What is over in the instant in which it begins is told once.
            if self.ends(next) != Some(begin) {
                self.step(begin, InProgress, None);
            }
        }
        if let Some(over) = self.ends(next).filter(|over| *over < end) {
            self.stop(over);
            self.step(over, Completed, None);
        }
    }

    /// Begins it by the clock where somebody says so at that very instant: a build of that instant may have told it
    /// before. Where nobody knows how long it took, its end may be dated by its beginning.
    fn begin_with(&mut self, update: &MaintenanceUpdate) {
        let is_dated_by_it = update.status == Completed && !self.is_duration_known;
        if (is_dated_by_it || update.status == InProgress) && self.begins() == Some(update.at) {
            self.since = Some(update.at);
            // An end that is dated by the beginning is all that there is to tell.
            if !is_dated_by_it {
                self.step(update.at, InProgress, None);
            }
        }
    }

    /// When the clock begins it. A window that was over when it was told begins nothing.
    fn begins(&self) -> Option<Time> {
        let waits = matches!(self.status, Scheduled | Postponed) && !self.is_undated;
        // A window that began before anybody spoke of it begins the work with the word, or an earlier build would be
        // wrong.
        let begin = self.window.from.max(self.told);
        (waits && self.window.until.is_none_or(|until| begin < until)).then_some(begin)
    }

    /// When the clock ends it. Where the next word is that it goes on, or that it is done, it ran over.
    fn ends(&self, next: Option<&MaintenanceUpdate>) -> Option<Time> {
        let ran_over = next.is_some_and(|next| {
            // A word with another window, after this one, is about the next time and says nothing of how this one
            // went.
            let is_about_this = next.scheduled.zip(self.planned_end()).is_none_or(|(window, end)| window.from <= end);
            is_about_this && matches!(next.status, InProgress | Verifying | Completed)
        });
        let end = self.planned_end().filter(|_| self.since.is_some() && !self.is_confirmed && !ran_over);
        end.map(|end| end.max(self.told))
    }

    /// Where the clock ends it; none if only a word does. Of what nobody knows how long it took, nothing but the beginning
    /// can be told.
    fn planned_end(&self) -> Option<Time> {
        self.window.until.or((!self.is_duration_known).then_some(self.window.from))
    }

    fn say(&mut self, index: usize, update: &MaintenanceUpdate) {
        let status = match update.status {
            Scheduled => self.schedule(update),
            Postponed => self.postpone(update),
            InProgress | Verifying => self.confirm(update),
            Completed | Cancelled => self.end(update),
        };
        self.step(update.at, status, Some(index));
    }

    /// Announced, moved, or taken up again. Without a window of its own it is no more than a word about
    /// work that goes on or is over.
    fn schedule(&mut self, update: &MaintenanceUpdate) -> MaintenanceStatus {
        match update.scheduled {
            // Work that goes on is not interrupted by a window that has begun already: it only runs until another
            // time.
            Some(window) if self.since.is_some() && window.from <= update.at => {
                self.change(window, update.at);
                self.status
            }
            Some(window) => {
                self.plan(update.at, Some(window));
                Scheduled
            }
            // It goes on, is done, or its window is over: without another one there is nothing to wait for.
            None if self.since.is_some() || self.status == Completed || self.is_over(update.at) => self.status,
            None if self.status == Scheduled => Scheduled,
            None => {
                self.plan(update.at, Some(self.window));
                Scheduled
            }
        }
    }

    /// Whether its window is over at `at`.
    fn is_over(&self, at: Time) -> bool {
        self.planned_end().is_some_and(|end| end <= at)
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

    /// Goes on until another time.
    fn change(&mut self, window: Window, at: Time) {
        self.window = window;
        self.is_undated = false;
        self.told = at;
    }

    fn confirm(&mut self, update: &MaintenanceUpdate) -> MaintenanceStatus {
        if let Some(window) = update.scheduled {
            self.change(window, update.at);
        }
        self.since.get_or_insert(update.at);
        self.is_confirmed = true;
        update.status
    }

    /// Done, or given up. Work of which somebody says, before it began, that it is over does not take place.
    fn end(&mut self, update: &MaintenanceUpdate) -> MaintenanceStatus {
        // Work that was interrupted and put off has been worked on, though it does not go on at the moment.
        let was_begun = self.since.is_some() || self.was_begun;
        self.stop(update.at);
        // What is over waits for no other time.
        self.is_undated = false;
        if was_begun { update.status } else { Cancelled }
    }

    fn stop(&mut self, at: Time) {
        self.count_until(at);
        self.was_begun |= self.since.is_some_and(|since| since < at || !self.is_duration_known);
        self.since = None;
        self.is_confirmed = false;
    }

    fn count_until(&mut self, at: Time) {
        let worked = self.since.filter(|_| self.is_duration_known).map(|since| Interval::new(since, at));
        self.worked.extend(worked.filter(|worked| !worked.is_empty()));
    }

    fn step(&mut self, at: Time, status: MaintenanceStatus, update: Option<usize>) {
        self.status = status;
        let window = (!self.is_undated).then_some(self.window);
        self.steps.push(MaintenanceStep { at, status, update, window });
    }

    /// When its time comes, and when that is over, of work that does not take place.
    fn forgotten(&self, now: Time) -> Option<Time> {
        let is_called_off = self.status == Cancelled && self.worked.is_empty();
        let mut ends = [self.window.from, self.window.last()].into_iter().filter(|_| is_called_off);
        ends.find(|end| *end > now)
    }

    fn finish(mut self, next: Option<&MaintenanceUpdate>, now: Time) -> MaintenanceStory {
        let planned_end = self.since.filter(|_| !self.is_undated).and(self.window.until);
        let due = self.begins().or(self.ends(next)).or(planned_end).or_else(|| self.forgotten(now));
        let due = due.filter(|due| *due > now);
        self.count_until(now);
        let Fold { steps, status, window, is_undated, worked, since, .. } = self;
        MaintenanceStory { steps, status, window, is_undated, worked, since, due }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::model::{Id, Vocabulary};

    /// Minutes of a day, from its beginning.
    fn at(minutes: i64) -> Time {
        Time::from_millis(minutes * 60_000)
    }

    fn window(from: i64, until: i64) -> Window {
        Window { from: at(from), until: Some(at(until)) }
    }

    type Said = (i64, MaintenanceStatus, Option<(i64, Option<i64>)>);

    /// Work that is planned from minute 500 until minute 700.
    fn work(said: &[Said]) -> Maintenance {
        let updates = said.iter().map(|(minute, status, moved)| MaintenanceUpdate {
            translations: Default::default(),
            id: None,
            at: at(*minute),
            status: *status,
            scheduled: moved.map(|(from, until)| Window { from: at(from), until: until.map(at) }),
            occurrence: None,
            body: String::new(),
        });
        Maintenance {
            translations: Default::default(),
            id: Id::new("work").unwrap(),
            aliases: Vec::new(),
            edits: crate::model::Edits::default(),
            impact: std::collections::BTreeMap::new(),
            recurrence: None,
            occurrence: None,
            title: String::new(),
            scheduled: window(500, 700),
            is_duration_known: true,
            components: Vec::new(),
            updates: updates.collect(),
            description: String::new(),
        }
    }

    /// The status and the minutes worked.
    fn told(said: &[Said], now: i64) -> (MaintenanceStatus, Vec<(i64, i64)>) {
        let story = maintenance_story(&work(said), at(now));
        let minutes = |time: Time| time.millis() / 60_000;
        (story.status, story.worked.iter().map(|worked| (minutes(worked.from), minutes(worked.until))).collect())
    }

    #[test]
    fn work_that_is_finished_early_keeps_the_hours_that_were_worked() {
        assert_eq!(told(&[(100, Scheduled, None), (630, Completed, None)], 900), (Completed, vec![(500, 630)]));
    }

    #[test]
    fn work_of_which_it_is_said_late_that_it_is_done_ran_over_until_then() {
        let said = [(100, Scheduled, None), (830, Completed, None)];
        assert_eq!(told(&said, 900), (Completed, vec![(500, 830)]));
        assert_eq!(told(&said, 750), (InProgress, vec![(500, 750)]), "before it is said as well");
    }

    #[test]
    fn a_first_note_during_the_work_moves_no_start() {
        assert_eq!(told(&[(530, InProgress, None)], 600), (InProgress, vec![(500, 600)]));
        assert_eq!(told(&[(530, Scheduled, None)], 600), (InProgress, vec![(500, 600)]));
    }

    #[test]
    fn work_that_is_cancelled_before_it_begins_is_never_worked_on() {
        assert_eq!(told(&[(100, Scheduled, None), (400, Cancelled, None)], 900), (Cancelled, vec![]));
        assert_eq!(
            told(&[(100, Scheduled, None), (400, Completed, None)], 900),
            (Cancelled, vec![]),
            "nothing was done"
        );
    }

    #[test]
    fn work_that_is_cancelled_while_it_goes_on_keeps_what_was_worked() {
        assert_eq!(told(&[(560, Cancelled, None)], 900), (Cancelled, vec![(500, 560)]));
    }

    #[test]
    fn work_that_is_put_off_waits_for_its_new_window() {
        let said = [(400, Postponed, Some((1500, Some(1600))))];
        assert_eq!(told(&said, 900), (Postponed, vec![]));
        assert_eq!(told(&said, 1550), (InProgress, vec![(1500, 1550)]));
        assert_eq!(told(&said, 1700), (Completed, vec![(1500, 1600)]));
        let undated = [(400, Postponed, None)];
        assert_eq!(told(&undated, 1700), (Postponed, vec![]), "nobody said when");
    }

    #[test]
    fn work_that_is_begun_again_without_a_window_has_none_until_one_is_given_or_it_is_over() {
        let said = [(560, Postponed, None), (1500, InProgress, None), (1600, InProgress, Some((1500, Some(1800))))];
        let story = |said: &[Said], now| maintenance_story(&work(said), at(now));
        assert!(story(&said, 900).is_undated);
        let again = story(&said, 1550);
        assert_eq!((again.status, again.is_undated, again.due), (InProgress, true, None));
        assert_eq!(again.steps.last().unwrap().window, None);
        assert!(!story(&said, 1650).is_undated);
        for end in [Cancelled, Completed] {
            let over = story(&[(560, Postponed, None), (1500, end, None)], 1600);
            assert_eq!((over.status, over.is_undated, over.window), (end, false, window(500, 700)));
        }
    }

    #[test]
    fn work_that_is_put_off_while_it_goes_on_is_begun_again() {
        let said = [(560, Postponed, Some((1500, Some(1600)))), (1580, Completed, None)];
        assert_eq!(told(&said, 1700), (Completed, vec![(500, 560), (1500, 1580)]));
    }

    #[test]
    fn a_longer_window_is_no_interruption() {
        let said = [(650, InProgress, Some((500, Some(900))))];
        assert_eq!(told(&said, 800), (InProgress, vec![(500, 800)]));
        assert_eq!(
            told(&[(650, Scheduled, Some((500, Some(900))))], 1000),
            (Completed, vec![(500, 900)]),
            "the clock ends it"
        );
    }

    #[test]
    fn work_that_was_over_is_begun_again_in_a_new_window() {
        let said = [(800, Scheduled, Some((1500, Some(1600))))];
        assert_eq!(told(&said, 900), (Scheduled, vec![(500, 700)]));
        assert_eq!(told(&said, 1700), (Completed, vec![(500, 700), (1500, 1600)]));
    }

    /// Work from minute 500 until nobody knows when.
    fn open(said: &[Said], is_duration_known: bool) -> Maintenance {
        Maintenance { scheduled: Window { from: at(500), until: None }, is_duration_known, ..work(said) }
    }

    #[test]
    fn work_without_a_planned_end_goes_on_until_somebody_says_that_it_is_over() {
        let told = |said: &[Said], now| {
            let story = maintenance_story(&open(said, true), at(now));
            (story.status, story.worked, story.due)
        };
        assert_eq!(told(&[], 400), (Scheduled, vec![], Some(at(500))));
        assert_eq!(told(&[], 90_000), (InProgress, vec![Interval::new(at(500), at(90_000))], None));
        let done = [(900, Completed, None)];
        assert_eq!(told(&done, 800), (InProgress, vec![Interval::new(at(500), at(800))], None));
        assert_eq!(told(&done, 90_000), (Completed, vec![Interval::new(at(500), at(900))], None));
    }

    #[test]
    fn of_work_of_which_nobody_knows_how_long_it_took_nothing_is_counted() {
        let told = |said: &[Said], now| {
            let story = maintenance_story(&open(said, false), at(now));
            assert_eq!(story.worked, []);
            story.status
        };
        assert_eq!(told(&[], 499), Scheduled);
        assert_eq!(told(&[], 500), Completed, "when it begins is all that is known");
        assert_eq!(told(&[(500, InProgress, None)], 9_000), InProgress, "somebody says that it goes on");
        assert_eq!(told(&[(500, InProgress, None), (600, Completed, None)], 9_000), Completed);
        assert_eq!(told(&[(550, InProgress, None), (600, Postponed, None), (700, Completed, None)], 9_000), Completed);
        assert_eq!(told(&[(500, Completed, None)], 9_000), Completed, "the one time that is known stands for its end");
        assert_eq!(told(&[(400, Cancelled, None)], 9_000), Cancelled);
    }

    fn any_work() -> impl Strategy<Value = Maintenance> {
        let status = prop::sample::select(MaintenanceStatus::ALL);
        let length = || prop::option::weighted(0.7, 1i64..300);
        let moved = prop::option::weighted(0.4, (0i64..1500, length()));
        let said = prop::collection::vec((0i64..1500, status, moved), 0..6);
        (said, length(), prop::bool::weighted(0.8)).prop_map(|(mut said, length, is_duration_known)| {
            said.sort_by_key(|(minute, ..)| *minute);
            let moved = |(from, length): (i64, Option<i64>)| (from, length.map(|length| from + length));
            let said: Vec<Said> =
                said.into_iter().map(|(minute, status, window)| (minute, status, window.map(moved))).collect();
            let scheduled = Window { from: at(500), until: length.map(|length| at(500 + length)) };
            Maintenance { scheduled, is_duration_known, ..work(&said) }
        })
    }

    proptest! {
        #[test]
        fn the_past_does_not_change_by_itself(work in any_work(), first in 0i64..2000, later in 0i64..2000) {
            let (first, later) = (at(first.min(later)), at(first.max(later)));
            let (before, after) = (maintenance_story(&work, first), maintenance_story(&work, later));
            prop_assert_eq!(&after.steps[..before.steps.len()], &before.steps[..]);
            prop_assert!(after.steps[before.steps.len()..].iter().all(|step| step.at > first));
            let past = Interval::new(at(-1), first);
            let clip = |story: &MaintenanceStory| -> Vec<Interval> {
                story.worked.iter().map(|worked| worked.clip(past)).filter(|worked| !worked.is_empty()).collect()
            };
            prop_assert_eq!(clip(&before), clip(&after));
        }

        #[test]
        fn steps_and_hours_are_in_order_and_apart(work in any_work(), now in 0i64..2000) {
            let story = maintenance_story(&work, at(now));
            prop_assert!(story.steps.windows(2).all(|pair| pair[0].at <= pair[1].at));
            prop_assert!(story.worked.windows(2).all(|pair| pair[0].until <= pair[1].from));
            prop_assert!(story.worked.iter().all(|worked| !worked.is_empty() && worked.until <= at(now)));
            prop_assert_eq!(story.since.is_some(), matches!(story.status, InProgress | Verifying));
        }

        #[test]
        fn nothing_moves_it_before_it_is_due(work in any_work(), now in 0i64..2000, later in 0i64..2000) {
            let story = maintenance_story(&work, at(now));
            let said = work.updates.iter().map(|update| update.at).find(|said| *said > at(now));
            let next = story.due.into_iter().chain(said).min();
            let quiet = at(later).max(at(now)).min(next.map_or(at(9999), |next| Time::from_millis(next.millis() - 1)));
            prop_assert_eq!(maintenance_story(&work, quiet.max(at(now))).steps, story.steps);
        }

        #[test]
        fn every_update_has_a_key_of_its_own(work in any_work()) {
            let snapshot = super::super::maintenance_snapshots(&[Arc::new(work)], at(3000)).remove(0);
            let mut keys: Vec<String> = snapshot.published().iter().map(|update| update.key.to_string()).collect();
            let count = keys.len();
            keys.sort();
            keys.dedup();
            prop_assert_eq!(keys.len(), count);
        }
    }

    #[test]
    fn every_status_has_a_word() {
        assert_eq!(MaintenanceStatus::from_word("cancelled"), Some(Cancelled));
    }
}
