//! What was changed of an entry without an update that says so, found by comparing the versions of its file.
//!
//! Two versions are compared as they are told at the time of the last word on the older one: what the newer one says after
//! that is news and dates itself. So a note in the file, an internal key or an update that is added raise nothing here.

use std::sync::Arc;

use super::updates::{UpdateKey, keys};
use super::{IncidentSnapshot, MaintenanceSnapshot};
use crate::model::{Edits, Id, Incident, Maintenance};
use crate::time::Time;

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
    edits(
        versions,
        |work| &work.updates,
        |update| (update.at, update.id.as_ref()),
        |edits, old, new, at| {
            edits.times.extend(maintenance_edit(old, new, at).map(|by| (at, by)));
            if old.description != new.description {
                edits.description = Some(at);
            }
        },
    )
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
    let names = keyed(last);
    for pair in versions.windows(2) {
        let (old, (at, new)) = (&pair[0].1, &pair[1]);
        judge(&mut edits, old, new, *at);
        let before = keyed(old);
        // Those that are in both versions and were known by then, and do not say the same.
        for ((name, _), update) in keyed(new).iter().zip(updates(new)).filter(|((_, said), _)| said <= at) {
            let was = before.iter().position(|(old, _)| old == name).map(|index| &updates(old)[index]);
            let place = names.iter().position(|(last, _)| last == name);
            if let (Some(was), Some(place)) = (was, place)
                && was != update
            {
                edits.updates.insert(place, *at);
            }
        }
    }
    edits
}

fn is_incident_edited(old: &Arc<Incident>, new: &Arc<Incident>, at: Time) -> bool {
    let Some(known) = IncidentSnapshot::at(old, at) else { return false };
    let told = known.newest().at;
    let (Some(before), Some(after)) = (IncidentSnapshot::at(old, told), IncidentSnapshot::at(new, told)) else {
        return true;
    };
    let head =
        |incident: &Incident| (incident.title.clone(), incident.impact, incident.started, incident.summary.clone());
    head(old) != head(new) || before.updates() != after.updates()
}

/// By how much an edit raises the version: more than by what it took away.
fn maintenance_edit(old: &Arc<Maintenance>, new: &Arc<Maintenance>, at: Time) -> Option<usize> {
    if old.recurrence.is_some() || new.recurrence.is_some() {
        return is_series_edited(old, new, at).then_some(1);
    }
    let known = MaintenanceSnapshot::at(old, at);
    let told = known.steps.last().map_or(at, |last| last.at);
    let [before, after] = [old, new].map(|work| MaintenanceSnapshot::at(work, told));
    let is_other = seen(&before) != seen(&after);
    let lost = known.steps.len().saturating_sub(MaintenanceSnapshot::at(new, at).steps.len());
    (known.is_known() && is_other).then_some(1 + lost)
}

/// Of recurring work the file is compared, not each of its times: an edit of what all of them say raises all of them.
fn is_series_edited(old: &Maintenance, new: &Maintenance, at: Time) -> bool {
    let told = |work: &Maintenance| -> Vec<_> {
        let last = old.updates.iter().map(|update| update.at).filter(|said| *said <= at).max();
        work.updates.iter().filter(|update| Some(update.at) <= last).cloned().collect()
    };
    let head = |work: &Maintenance| {
        (work.title.clone(), work.components.clone(), work.impact.clone(), work.description.clone())
    };
    let plan = |work: &Maintenance| (work.scheduled, work.recurrence.clone());
    (head(old), plan(old), told(old)) != (head(new), plan(new), told(new))
}

/// All that customers see of planned work.
fn seen(snapshot: &MaintenanceSnapshot) -> impl PartialEq + use<> {
    let work = &snapshot.maintenance;
    let head = (work.title.clone(), work.components.clone(), work.impact.clone(), work.description.clone());
    let plan = (snapshot.window, snapshot.is_undated, snapshot.status, snapshot.takes_place());
    // What the clock did is told only where no update says it, also one to come: that is the news of the update.
    let said = snapshot.published().into_iter().filter(|update| !matches!(update.key, UpdateKey::Clock(..)));
    let told = said.map(|it| (it.key.to_string(), it.at, it.status.word(), format!("{:?}", it.text)));
    (head, plan, told.collect::<Vec<_>>())
}
