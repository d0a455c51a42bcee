//! What was changed of an entry without an update that says so, found by comparing the versions of its file.
//!
//! Two versions are compared as they are told at the time of the last word on the older one: what the newer one says after
//! that is news and dates itself. So a note in the file, an internal key or an update that is added raise nothing here.
//! An update of the very instant at which its file is changed was said by no older one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::maintenance_snapshot::first_told;
use super::occurrences::occurrences_told;
use super::updates::{PublishedUpdate, UpdateKey, keys};
use super::{IncidentSnapshot, MaintenanceSnapshot};
use crate::model::{Announcement, Edits, Id, Incident, Maintenance, Occurrence, WithdrawnTime};
use crate::time::{Date, Time};

/// A version of an entry, and since when its file says so.
pub type Version<T> = (Time, Arc<T>);

/// What was changed of the last of these versions, which are in order of time.
pub fn incident_edits(versions: &[Version<Incident>]) -> Edits {
    edits(
        versions,
        |incident| &incident.updates,
        |update| (update.at, update.id.as_ref()),
        |edits, old, new, at| {
            edits.times.extend(is_incident_edited(old, new, at).then_some((at, 1)));
        },
    )
}

/// The same of planned work.
pub fn maintenance_edits(versions: &[Version<Maintenance>]) -> Edits {
    let edits = edits(
        versions,
        |work| &work.updates,
        |update| (update.at, update.id.as_ref()),
        |edits, old, new, at| {
            compare_times(edits, old, new, at);
            if old.description != new.description {
                edits.description = Some(at);
            }
        },
    );
    let came_silent = versions.first().is_some_and(|(_, work)| work.updates.is_empty());
    Edits { came_silent, ..edits }
}

/// When what the last of these versions of an announcement says was last changed, if it was shown by then.
pub fn announcement_edited(versions: &[(Time, Announcement)]) -> Option<Time> {
    let said = |version: &Announcement| (version.title.clone(), version.body.clone(), version.translations.clone());
    let mut edits =
        versions.windows(2).filter(|pair| pair[0].1.from < pair[1].0 && said(&pair[0].1) != said(&pair[1].1));
    edits.next_back().map(|pair| pair[1].0)
}

/// Compares each version with the one before it: its updates here, and what else it says by `judge`.
fn edits<T, U: PartialEq>(
    versions: &[Version<T>],
    updates: fn(&T) -> &[U],
    key: fn(&U) -> (Time, Option<&Id>),
    judge: impl Fn(&mut Edits, &Arc<T>, &Arc<T>, Time),
) -> Edits {
    let mut edits = Edits { since: versions.first().map(|first| first.0), ..Edits::default() };
    let keyed = |version: &T| -> Vec<(UpdateKey, Time)> {
        let known = || updates(version).iter().map(key);
        keys(known()).into_iter().zip(known().map(|(at, _)| at)).collect()
    };
    let Some((_, last)) = versions.last() else { return edits };
    // Places are those in the last version, which is the one that is built.
    let names = keyed(last);
    for pair in versions.windows(2) {
        let (old, (at, new)) = (&pair[0].1, &pair[1]);
        judge(&mut edits, old, new, *at);
        let before = keyed(old);
        // Those that are in both versions and were known by then, and do not say the same.
        for ((name, _), update) in keyed(new).iter().zip(updates(new)).filter(|((_, said), _)| said < at) {
            let was = before.iter().position(|(old, _)| old == name).map(|index| &updates(old)[index]);
            let place = names.iter().position(|(last, _)| last == name);
            if let (Some(was), Some(place)) = (was, place)
                && was != update
            {
                // Versions come oldest first, so the last edit of an update is the one that stays.
                edits.updates.insert(place, *at);
            }
        }
    }
    edits
}

/// The last moment of the version that ends at `at`.
pub(super) fn just_before(at: Time) -> Time {
    Time::from_millis(at.millis() - 1)
}

fn is_incident_edited(old: &Arc<Incident>, new: &Arc<Incident>, at: Time) -> bool {
    let Some(known) = IncidentSnapshot::at(old, just_before(at)) else { return false };
    let told = known.newest().at;
    let (Some(before), Some(after)) = (IncidentSnapshot::at(old, told), IncidentSnapshot::at(new, told)) else {
        return true;
    };
    let head =
        |incident: &Incident| (incident.title.clone(), incident.impact, incident.started, incident.summary.clone());
    head(old) != head(new) || before.updates() != after.updates()
}

/// Compares each time of the work alone: what is edited about one of them changes no other.
fn compare_times(edits: &mut Edits, old: &Arc<Maintenance>, new: &Arc<Maintenance>, at: Time) {
    let name = |work: &Arc<Maintenance>| work.occurrence.as_ref().and_then(Occurrence::name);
    let mut told: BTreeSet<Date> = edits.occurrences.keys().copied().collect();
    let mut before: BTreeMap<Option<Date>, Arc<Maintenance>> =
        occurrences_told(old, &told, at).into_iter().map(|work| (name(&work), work)).collect();
    told.extend(before.keys().flatten());
    for work in occurrences_told(new, &told, at) {
        let day = name(&work);
        let is_back = day.is_some_and(|day| edits.withdrawn.remove(&day).is_some());
        let by = match before.remove(&day) {
            Some(was) => maintenance_edit(&was, &work, at),
            // More than the step with which it was given up.
            None => is_back.then_some(2),
        };
        let times = day.map_or(&mut edits.times, |day| edits.occurrences.entry(day).or_default());
        times.extend(by.map(|by| (at, by)));
    }
    for (day, was) in before {
        let (Some(day), Some((time, steps))) = (day, withdrawn(&was, at)) else { continue };
        edits.withdrawn.insert(day, time);
        edits.occurrences.entry(day).or_default().extend((steps > 0).then_some((at, steps)));
    }
}

/// A time that the newer version does not have, and how many steps its version had counted; nothing of one that was over. What
/// was given up before it came stays so in the calendars that have it, as it does where its rule is left alone.
fn withdrawn(was: &Arc<Maintenance>, at: Time) -> Option<(WithdrawnTime, usize)> {
    let known = MaintenanceSnapshot::at(was, just_before(at));
    let announced = first_told(was).filter(|told| *told < at);
    let time = WithdrawnTime { at, window: known.window, announced };
    known.may_be_waited_for().then_some((time, known.steps.len()))
}

/// By how much an edit raises the version: more than by what it took away.
fn maintenance_edit(old: &Arc<Maintenance>, new: &Arc<Maintenance>, at: Time) -> Option<usize> {
    let known = MaintenanceSnapshot::at(old, just_before(at));
    // Calendars have the times of recurring work before they are announced.
    let is_announced = known.is_known();
    if !is_announced && old.occurrence.is_none() {
        return None;
    }
    let told = known.steps.last().map_or(at, |last| last.at);
    let [before, after] = [old, new].map(|work| MaintenanceSnapshot::at(work, told));
    let is_other = seen(&before, is_announced) != seen(&after, is_announced);
    // Versions count steps and edits: an edit that takes steps away must not make the sum smaller than calendars know
    // it.
    let lost = known.steps.len().saturating_sub(MaintenanceSnapshot::at(new, at).steps.len());
    is_other.then_some(1 + lost)
}

/// All that customers see of planned work.
fn seen(snapshot: &MaintenanceSnapshot, is_announced: bool) -> impl PartialEq + use<> {
    let work = &snapshot.maintenance;
    let head = (work.title.clone(), work.components.clone(), work.impact.clone(), work.description.clone());
    let plan =
        ((snapshot.window, snapshot.is_undated), snapshot.status, snapshot.takes_place(), work.is_duration_known);
    let published = if is_announced { snapshot.published() } else { snapshot.listed() };
    let by_clock = |update: &PublishedUpdate<'_>| matches!(update.key, UpdateKey::Clock(..)) && update.index.is_none();
    // That the time is over is told only where no later word says how it went on, and of a beginning the words of the same
    // minute: that is the news of the update.
    let last = published.iter().rposition(|update| !by_clock(update)).unwrap_or(0);
    let said = published.into_iter().enumerate().filter(|(index, update)| *index < last || !by_clock(update));
    let said = said.map(|(_, update)| update);
    let told = said.map(|it| (it.key.to_string(), it.at, it.status.word(), format!("{:?}", it.text)));
    (head, plan, told.collect::<Vec<_>>())
}
