//! The single times of recurring work. Each is planned work like any other, with an id of its own: so it has its page, its
//! place in feeds, calendars, the API and the bars, and can be moved or given up alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::maintenance_story::story_of;
use crate::model::{
    Announced, Edits, Id, Maintenance, MaintenanceStatus, MaintenanceUpdate, Occurrence, Translations, Window,
    WithdrawnTime,
};
use crate::recurrence::Recurrence;
use crate::time::{Date, Time};

/// How far ahead the times of a rule are told, in seconds: a year and a month.
const HORIZON: i64 = 396 * 86_400;

/// How long before its beginning a time is announced at the latest, in seconds: a week.
const AHEAD: i64 = 7 * 86_400;

/// The work itself, or each of its times up to the horizon, oldest first; then those that an edit took away.
pub(super) fn occurrences(work: &Arc<Maintenance>, now: Time) -> Vec<Arc<Maintenance>> {
    let mut found = occurrences_told(work, &work.edits.occurrences.keys().copied().collect(), now);
    let names = found.iter().filter_map(|time| time.occurrence.as_ref()?.name());
    let days: BTreeSet<Date> = names.collect();
    // What is taken up again is told once. The first time of all has no name of its own: its day may be that of another.
    let withdrawn = work.edits.withdrawn.iter().filter(|(day, time)| time.at <= now && !days.contains(day));
    found.extend(withdrawn.filter_map(|(day, time)| given_up_by_edit(work, *day, time)));
    found
}

/// The work itself, or each of its times up to the horizon, oldest first. Those of days that were `told` before an edit moved
/// them beyond the horizon are there as well: they must not vanish from calendars until it reaches them again.
pub(super) fn occurrences_told(work: &Arc<Maintenance>, told: &BTreeSet<Date>, now: Time) -> Vec<Arc<Maintenance>> {
    match &work.recurrence {
        None => vec![Arc::clone(work)],
        Some(rule) => by_rule(work, rule, told, now),
    }
}

/// A time that is no longer in the file is given up, without a word: it must not merely vanish from the calendars that
/// have it.
fn given_up_by_edit(work: &Maintenance, day: Date, time: &WithdrawnTime) -> Option<Arc<Maintenance>> {
    let announced = time.announced.map_or(Announced::Never, Announced::ByClock);
    let occurrence = Occurrence { series: work.id.clone(), day, told: told(work), announced, spoken: None };
    let mut found = one(work, occurrence, time.window, Told { places: Vec::new(), unseen: Vec::new() })?;
    Arc::make_mut(&mut found).updates.push(without_a_word(time.at));
    Some(found)
}

/// That it is given up, where no file says so.
pub(super) fn without_a_word(at: Time) -> MaintenanceUpdate {
    MaintenanceUpdate {
        id: None,
        at,
        status: MaintenanceStatus::Cancelled,
        scheduled: None,
        occurrence: None,
        body: String::new(),
        translations: Translations::default(),
    }
}

fn by_rule(work: &Arc<Maintenance>, rule: &Recurrence, days: &BTreeSet<Date>, now: Time) -> Vec<Arc<Maintenance>> {
    let course = Course::of(work, now);
    let times = match course.given_up() {
        // What lies beyond the horizon then is given up by the edit.
        Some(_) => rule.times(course.horizon(now)),
        None => rule.times_and(course.horizon(now), days),
    };
    let updates = UpdatesByTime::of(work, rule, &times, now, course);
    let mut found: Vec<Arc<Maintenance>> = Vec::new();
    for (number, from) in times.iter().enumerate() {
        let window = Window { from: *from, until: Some(until(work, *from)) };
        let announced = match number.checked_sub(1) {
            None => Announced::ByFile,
            Some(last) => updates.course.announced(announced(work, window, until(work, times[last])), window),
        };
        let day = rule.day(*from);
        let places = updates.by_day.get(&day).cloned().unwrap_or_default();
        let spoken = places.first().map(|place| work.updates[*place].at);
        let occurrence = Occurrence { series: work.id.clone(), day, told: told(work), announced, spoken };
        let told = updates.course.told(work, &occurrence, window, places);
        found.extend(one(work, occurrence, window, told));
    }
    found
}

fn until(work: &Maintenance, from: Time) -> Time {
    Time::from_millis(from.millis() + work.scheduled.last().millis() - work.scheduled.from.millis())
}

/// A week before it, or when the time before it is over if that is earlier, and never before all of it.
fn announced(work: &Maintenance, window: Window, before: Time) -> Time {
    let announced = window.from.plus_seconds(-AHEAD).min(before);
    told(work).map_or(announced, |told| announced.max(told))
}

/// When all of it was first spoken of, if that was before it began: a later word announces nothing again.
fn told(work: &Maintenance) -> Option<Time> {
    let first = work.updates.first().filter(|update| update.occurrence.is_none());
    first.map(|update| update.at).filter(|at| *at <= work.scheduled.from)
}

/// What is said of one time.
struct Told {
    /// The places of its updates.
    places: Vec<usize>,
    /// When its event changed while nobody but calendars had it.
    unseen: Vec<Time>,
}

/// One time, with its updates. None if its name would be too long.
fn one(work: &Maintenance, occurrence: Occurrence, window: Window, told: Told) -> Option<Arc<Maintenance>> {
    let later = occurrence.name();
    let name = |id: &Id| later.map_or_else(|| Some(id.clone()), |day| Id::new(&format!("{id}-{}", day.iso())));
    let edited = told.places.iter().enumerate();
    let edited = edited.filter_map(|(own, place)| Some((own, *work.edits.updates.get(place)?)));
    let mut times = match later {
        None => work.edits.times.clone(),
        Some(day) => work.edits.occurrences.get(&day).cloned().unwrap_or_default(),
    };
    times.extend(told.unseen.iter().map(|at| (*at, 1)));
    times.sort_unstable();
    let edits = Edits {
        times,
        updates: edited.collect(),
        occurrences: BTreeMap::new(),
        withdrawn: BTreeMap::new(),
        ..work.edits
    };
    Some(Arc::new(Maintenance {
        id: name(&work.id)?,
        aliases: work.aliases.iter().filter_map(name).collect(),
        title: work.title.clone(),
        scheduled: window,
        is_duration_known: work.is_duration_known,
        components: work.components.clone(),
        impact: work.impact.clone(),
        updates: told.places.iter().map(|place| work.updates[*place].clone()).collect(),
        description: work.description.clone(),
        translations: work.translations.clone(),
        edits,
        recurrence: work.recurrence.clone(),
        occurrence: Some(occurrence),
    }))
}

/// Whether all of it still goes on: that all is given up, and is taken up again, in turns. Each is an instant and the place of
/// the update that says so.
struct Course {
    /// Also those to come.
    turns: Vec<(Time, usize)>,
    /// How many of them are known.
    count: usize,
}

impl Course {
    fn of(work: &Maintenance, now: Time) -> Course {
        let mut turns: Vec<(Time, usize)> = Vec::new();
        let about_all = work.updates.iter().enumerate().filter(|(_, update)| update.occurrence.is_none());
        for (place, update) in about_all {
            let is_up = turns.len().is_multiple_of(2);
            if (update.status == MaintenanceStatus::Cancelled) == is_up {
                turns.push((update.at, place));
            }
        }
        let count = turns.partition_point(|(at, _)| *at <= now);
        Course { turns, count }
    }

    fn is_turn(&self, place: usize) -> bool {
        self.turns.iter().any(|(_, turn)| *turn == place)
    }

    fn known(&self) -> &[(Time, usize)] {
        &self.turns[..self.count]
    }

    /// The turns that a time may meet. What a file says to come belongs to its first time as to work that is not repeated: the
    /// first word of all announces that one, so it must not become another when it is said.
    fn of_time(&self, occurrence: &Occurrence) -> &[(Time, usize)] {
        if occurrence.name().is_none() { &self.turns } else { self.known() }
    }

    /// Up to when the times are told. What was given up stays as far as anybody has it in a calendar.
    fn horizon(&self, now: Time) -> Time {
        self.given_up().unwrap_or(now).plus_seconds(HORIZON)
    }

    /// Since when all is given up, if it is.
    fn given_up(&self) -> Option<Time> {
        self.known().last().map(|(at, _)| *at).filter(|_| !self.count.is_multiple_of(2))
    }

    /// What announces a time that is to be announced at `planned`: nothing while all is given up.
    fn announced(&self, planned: Time, window: Window) -> Announced {
        let next = self.known().partition_point(|(at, _)| *at <= planned);
        match next % 2 {
            0 => Announced::ByClock(planned),
            _ => match self.known().get(next).filter(|(again, _)| *again < window.from) {
                Some((again, _)) => Announced::ByClock(*again),
                None => Announced::Never,
            },
        }
    }

    /// Adds to the places of what was said of a time those turns that meet it: it is given up if it waits then, and taken
    /// up again if it was given up so and its time has not come. What only calendars had then is told there, by its version;
    /// whoever is told of it later need not read that it was given up and taken up before.
    fn told(&self, work: &Maintenance, occurrence: &Occurrence, window: Window, places: Vec<usize>) -> Told {
        let known = match occurrence.announced {
            Announced::ByFile => Some(Time::from_millis(i64::MIN)),
            Announced::ByClock(at) => Some(occurrence.spoken.map_or(at, |spoken| spoken.min(at))),
            Announced::Never => occurrence.spoken,
        };
        let mut told = Told { places, unseen: Vec::new() };
        let mut was_given_up = false;
        let in_calendars = |at: Time| window.from <= at.plus_seconds(HORIZON);
        let turns = self.of_time(occurrence);
        for (number, (at, place)) in turns.iter().enumerate().filter(|(_, (at, _))| in_calendars(*at)) {
            let said: Vec<MaintenanceUpdate> = told.places.iter().map(|place| work.updates[*place].clone()).collect();
            let before = story_of((window, work.is_duration_known), &said, Time::from_millis(at.millis() - 1));
            let is_end = number.is_multiple_of(2);
            let is_met = match (is_end, before.status) {
                (true, status) => waits(status),
                (false, MaintenanceStatus::Cancelled) => was_given_up && before.window.from > *at,
                (false, status) => was_given_up && waits(status),
            };
            let again = turns.get(number + 1).map(|(again, _)| *again).filter(|_| is_end);
            // Whether it stays given up: nobody takes it up before its time.
            let is_final = is_end && again.is_none_or(|again| again >= before.window.from);
            // Whoever was told of it before it was taken up again has read that it was given up.
            let is_read = known.is_some_and(|known| again.map_or(known <= *at, |again| known < again));
            match is_met {
                true if is_final || is_read => told.places.push(*place),
                true => told.unseen.push(*at),
                false => {}
            }
            told.places.sort_unstable();
            was_given_up = is_met && is_end;
        }
        told
    }
}

fn waits(status: MaintenanceStatus) -> bool {
    matches!(status, MaintenanceStatus::Scheduled | MaintenanceStatus::Postponed)
}

/// The updates of a file by the times that they are about, as places in its list.
struct UpdatesByTime {
    by_day: BTreeMap<Date, Vec<usize>>,
    course: Course,
}

impl UpdatesByTime {
    fn of(work: &Maintenance, rule: &Recurrence, times: &[Time], now: Time, course: Course) -> UpdatesByTime {
        let mut by_day: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
        for (place, update) in work.updates.iter().enumerate() {
            let is_about_all = update.occurrence.is_none();
            if course.is_turn(place) || (is_about_all && update.status == MaintenanceStatus::Cancelled) {
                continue;
            }
            // A word about all of them stands with the next.
            // Beyond the last time there is only one to stand with if the rule is over; a word to come may get a time
            // that lies beyond the horizon today.
            let last = times.last().filter(|_| update.at <= now);
            let next = || times.iter().find(|from| **from > update.at).or(last).map(|from| rule.day(*from));
            let day = update.occurrence.or_else(next);
            day.into_iter().for_each(|day| by_day.entry(day).or_default().push(place));
        }
        UpdatesByTime { by_day, course }
    }
}
