//! A component that the old page shows in trouble although no incident says so. Here a status follows
//! from incidents alone, so an incident must say it, or the new page would claim that all is well.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::System;
use super::board::Shown;
use crate::import::history::draft::Draft;
use crate::import::history::entry::{IncidentDraft, Location, UpdateDraft};
use crate::import::history::write;
use crate::model::{ComponentStatus, IncidentStatus};
use crate::time::Time;

/// Compares what the page shows of each component with what the entries say; writes the incidents that are missing.
pub(super) fn write(
    system: System,
    path: &str,
    items: &[Shown],
    said: &BTreeMap<String, ComponentStatus>,
    as_of: Option<Time>,
    draft: &mut Draft,
) {
    let location = Location::of(path);
    for item in items {
        let Some(status) = item.status else { continue };
        let said = said.get(&item.id).copied().unwrap_or(ComponentStatus::Operational);
        let (id, shown, since) = (&item.id, status.word(), item.updated.or(as_of));
        let message = match (said.cmp(&status), since) {
            (Ordering::Equal, _) => continue,
            (Ordering::Greater, _) => {
                let said = said.word();
                format!("an open incident says `{said}` of `{id}`, the page `{shown}`; the incident was followed")
            }
            // Work that nobody announced has no window, and trouble it is not.
            (Ordering::Less, _) if status == ComponentStatus::UnderMaintenance => {
                format!("the page shows `{id}` under maintenance and no planned work says so; please write it")
            }
            (Ordering::Less, None) => format!("the page shows `{id}` as `{shown}`, but not since when; not imported"),
            (Ordering::Less, Some(at)) => {
                let (name, incident) = leftover(system, item, status, at);
                draft.incident(&location, Some(&name), incident);
                let (at, of) = (write::time(at), if item.updated.is_some() { "it" } else { "something" });
                let message = format!(
                    "the page shows `{id}` as `{shown}` and no open incident says why or since when; an incident without words was written that says so as of {at}, when the page last changed {of}, and counts as no downtime: please look at it"
                );
                location.doubt(&mut draft.notes, &message);
                continue;
            }
        };
        draft.notes.add(path, None, message);
    }
}

/// The incident, and what its id is made of. When the page last changed something of a component is not when its
/// trouble began, so nobody knows how long it takes.
fn leftover(system: System, item: &Shown, status: ComponentStatus, at: Time) -> (String, IncidentDraft) {
    let words = status.word().replace('_', " ");
    let components = vec![(item.id.clone(), status)];
    let incident = IncidentDraft {
        title: format!("{}: {words}", item.name),
        is_duration_unknown: true,
        updates: vec![UpdateDraft { at, status: IncidentStatus::Investigating, components, body: String::new() }],
        kept: vec![format!("{}: no incident; written by the import", system.name)],
        ..IncidentDraft::default()
    };
    (format!("{} {} {words}", &at.rfc3339()[..10], item.name), incident)
}
