//! The single times of recurring work. Each is planned work like any other, with an id of its own: so it has its page, its
//! place in feeds, calendars, the API and the bars, and can be moved or given up alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Edits, Id, Maintenance, MaintenanceStatus, MaintenanceUpdate, Occurrence, Window};
use crate::recurrence::Recurrence;
use crate::time::{Date, Time};

/// How far ahead the times of a rule are told, in seconds: a year and a month.
const HORIZON: i64 = 396 * 86_400;

/// How long before its beginning a time is announced at the latest, in seconds: a week.
const AHEAD: i64 = 7 * 86_400;

/// The work itself, or each of its times up to the horizon, oldest first.
pub(super) fn occurrences(work: &Arc<Maintenance>, now: Time) -> Vec<Arc<Maintenance>> {
    let Some(rule) = &work.recurrence else { return vec![Arc::clone(work)] };
    let times = rule.times(now.plus_seconds(HORIZON));
    let updates = UpdatesByTime::of(work, rule, &times, now);
    let mut found: Vec<Arc<Maintenance>> = Vec::new();
    for (number, from) in times.iter().enumerate() {
        let window = Window { from: *from, until: until(work, *from) };
        let announced = number.checked_sub(1).map(|last| announced(work, window, until(work, times[last])));
        // Each later time would have been announced later still.
        if updates.is_over(announced) {
            break;
        }
        let day = rule.day(*from);
        let updates = updates.about(work, day, *from);
        found.extend(occurrence(
            work,
            Occurrence { series: work.id.clone(), day, told: told(work), announced },
            window,
            updates,
        ));
    }
    found
}

fn until(work: &Maintenance, from: Time) -> Time {
    Time::from_millis(from.millis() + work.scheduled.until.millis() - work.scheduled.from.millis())
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

/// One time, with its updates and their places in the file. None if its name would be too long.
fn occurrence(
    work: &Maintenance,
    occurrence: Occurrence,
    window: Window,
    updates: Vec<(usize, MaintenanceUpdate)>,
) -> Option<Arc<Maintenance>> {
    let later = occurrence.name();
    let name = |id: &Id| later.map_or_else(|| Some(id.clone()), |day| Id::new(&format!("{id}-{}", day.iso())));
    let edited = updates.iter().enumerate();
    let edited = edited.filter_map(|(own, (place, _))| Some((own, *work.edits.updates.get(place)?)));
    let times = match later {
        None => work.edits.times.clone(),
        Some(day) => work.edits.occurrences.get(&day).cloned().unwrap_or_default(),
    };
    let edits = Edits { times, updates: edited.collect(), occurrences: BTreeMap::new(), ..work.edits };
    Some(Arc::new(Maintenance {
        id: name(&work.id)?,
        aliases: work.aliases.iter().filter_map(name).collect(),
        title: work.title.clone(),
        scheduled: window,
        components: work.components.clone(),
        impact: work.impact.clone(),
        updates: updates.into_iter().map(|(_, update)| update).collect(),
        description: work.description.clone(),
        translations: work.translations.clone(),
        edits,
        recurrence: work.recurrence.clone(),
        occurrence: Some(occurrence),
    }))
}

/// The updates of a file by the times that they are about, as places in its list.
struct UpdatesByTime {
    by_day: BTreeMap<Date, Vec<usize>>,
    /// When all that are to come were given up, and the update that says so.
    ended: Option<(Time, usize)>,
}

impl UpdatesByTime {
    fn of(work: &Maintenance, rule: &Recurrence, times: &[Time], now: Time) -> UpdatesByTime {
        let mut updates = UpdatesByTime { by_day: BTreeMap::new(), ended: None };
        for (place, update) in work.updates.iter().enumerate() {
            if update.occurrence.is_none() && update.status == MaintenanceStatus::Cancelled {
                updates.ended.get_or_insert((update.at, place));
                continue;
            }
            // A word about all of them stands with the next.
            // Beyond the last time there is only one to stand with if the rule is over; a word to come may get a time
            // that lies beyond the horizon today.
            let last = times.last().filter(|_| update.at <= now);
            let next = || times.iter().find(|from| **from > update.at).or(last).map(|from| rule.day(*from));
            let day = update.occurrence.or_else(next);
            day.into_iter().for_each(|day| updates.by_day.entry(day).or_default().push(place));
        }
        updates
    }

    /// Whether all was given up before a time was announced, so that there is nothing to take back.
    fn is_over(&self, announced: Option<Time>) -> bool {
        self.ended.is_some_and(|(ended, _)| announced.is_some_and(|announced| announced > ended))
    }

    fn about(&self, work: &Maintenance, day: Date, from: Time) -> Vec<(usize, MaintenanceUpdate)> {
        let ended = self.ended.filter(|(ended, _)| *ended < from).map(|(_, place)| place);
        let mut places = self.by_day.get(&day).cloned().unwrap_or_default();
        places.extend(ended);
        places.sort_unstable();
        places.into_iter().map(|place| (place, work.updates[place].clone())).collect()
    }
}
