//! The updates of an incident or of planned work as Statuspage has them: what each changed, and those
//! that only the clock gave.
//!
//! Statuspage knows no planned work without an update, and moves it by posting one; it has no place for
//! a description. So the description follows the text of the first update that says `scheduled`. Where
//! there is none, the description is that update, at the time of the first word, or, if nobody said
//! when, at the planned beginning, the one time that is known (Statuspage's own feeds date planned work
//! so). Where the clock moved the work without anybody's word, an update says so, at the planned instant.

use std::collections::BTreeMap;

use crate::model::{ComponentStatus, Id, MaintenanceStatus};
use crate::time::Time;
use crate::view::{IncidentSnapshot, MaintenanceSnapshot};

/// The status of the update that is a postmortem, and of an incident that has one.
pub(in crate::render) const POSTMORTEM: &str = "postmortem";

/// One update.
pub(in crate::render) struct Step<'a> {
    /// What its code is made from, beside the incident: its number in the file, or its status.
    pub key: String,
    pub status: &'static str,
    pub at: Time,
    pub words: Words<'a>,
    pub changes: Vec<Change<'a>>,
}

/// What an update says.
#[derive(Clone, Copy)]
pub(in crate::render) enum Words<'a> {
    /// Markdown of the content.
    Written(&'a str),
    /// Markdown of the content, and the description of the work.
    Announced(&'a str, &'a str),
    /// From when until when the work is planned.
    Planned(Time, Time),
    /// That the planned time has begun.
    Begun,
    /// That the planned time is over.
    Over,
}

/// A component that an update is about; its status may be the same as before.
pub(in crate::render) struct Change<'a> {
    pub component: &'a Id,
    pub old: ComponentStatus,
    pub new: ComponentStatus,
}

/// The updates of an incident, oldest first. Each is about every component touched until then.
pub(in crate::render) fn of_incident(snapshot: &IncidentSnapshot) -> Vec<Step<'_>> {
    let mut before: BTreeMap<Id, ComponentStatus> = BTreeMap::new();
    let steps = snapshot.updates().iter().zip(snapshot.statuses()).enumerate().map(|(index, (update, after))| {
        let changes = snapshot.components.keys().filter_map(|component| {
            let old = before.get(component).copied().unwrap_or(ComponentStatus::Operational);
            Some(Change { component, old, new: *after.get(component)? })
        });
        let changes = changes.collect();
        before = after;
        let words = Words::Written(&update.body);
        Step { key: (index + 1).to_string(), status: update.status.word(), at: update.at, words, changes }
    });
    let steps: Vec<_> = steps.collect();
    steps.into_iter().chain(postmortem(snapshot)).collect()
}

/// The postmortem, which Statuspage has as an update too.
fn postmortem(snapshot: &IncidentSnapshot) -> Option<Step<'_>> {
    let message = snapshot.postmortem.as_ref()?;
    let words = Words::Written(&message.body);
    Some(Step { key: POSTMORTEM.to_owned(), status: POSTMORTEM, at: message.published, words, changes: Vec::new() })
}

/// A word about planned work: key, time, status, text.
type Word<'a> = (String, Time, MaintenanceStatus, Words<'a>);

/// The updates of planned work, oldest first; at least one.
pub(in crate::render) fn of_maintenance(snapshot: &MaintenanceSnapshot) -> Vec<Step<'_>> {
    let mut old = ComponentStatus::Operational;
    let words = announcement(snapshot).into_iter().chain(written(snapshot)).chain(by_clock(snapshot));
    let steps = words.map(|(key, at, status, words)| {
        let new = during(status);
        let components = snapshot.maintenance.components.iter();
        let changes = components.map(|component| Change { component, old, new }).collect();
        old = new;
        Step { key, status: status.word(), at, words, changes }
    });
    steps.collect()
}

fn during(status: MaintenanceStatus) -> ComponentStatus {
    match status {
        MaintenanceStatus::Scheduled | MaintenanceStatus::Completed => ComponentStatus::Operational,
        MaintenanceStatus::InProgress | MaintenanceStatus::Verifying => ComponentStatus::UnderMaintenance,
    }
}

/// The description as an update, or when the work is planned for, if no update announces it.
fn announcement(snapshot: &MaintenanceSnapshot) -> Option<Word<'_>> {
    let work = &snapshot.maintenance;
    if announced(snapshot).is_some() {
        return None;
    }
    let words = match &*work.description {
        "" => Words::Planned(work.from, work.until),
        description => Words::Written(description),
    };
    let at = work.updates.first().map_or(work.from, |first| first.at.min(work.from));
    Some(by_status(at, MaintenanceStatus::Scheduled, words))
}

/// Which update announces the work.
fn announced(snapshot: &MaintenanceSnapshot) -> Option<usize> {
    snapshot.updates().iter().position(|update| update.status == MaintenanceStatus::Scheduled)
}

fn written(snapshot: &MaintenanceSnapshot) -> impl Iterator<Item = Word<'_>> {
    let description = &*snapshot.maintenance.description;
    let announced = announced(snapshot).filter(|_| !description.is_empty());
    snapshot.updates().iter().enumerate().map(move |(index, update)| {
        let words = match announced {
            Some(first) if first == index => Words::Announced(&update.body, description),
            _ => Words::Written(&update.body),
        };
        ((index + 1).to_string(), update.at, update.status, words)
    })
}

/// What the clock did after the last word.
fn by_clock(snapshot: &MaintenanceSnapshot) -> Vec<Word<'_>> {
    let work = &snapshot.maintenance;
    let said = snapshot.updates().last();
    if said.is_some_and(|said| said.status != MaintenanceStatus::Scheduled) {
        return Vec::new();
    }
    let after = |planned: Time| said.map_or(planned, |said| said.at.max(planned));
    let begun = by_status(after(work.from), MaintenanceStatus::InProgress, Words::Begun);
    let over = by_status(after(work.until), MaintenanceStatus::Completed, Words::Over);
    [begun, over].into_iter().filter(|(_, _, status, _)| *status <= snapshot.status).collect()
}

fn by_status(at: Time, status: MaintenanceStatus, words: Words<'_>) -> Word<'_> {
    (status.word().to_owned(), at, status, words)
}
