//! C080: an incident is open on a component that has ended. It would stay in trouble for ever, and no page would say so.

use super::{Now, of_update};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Component, ComponentStatus, EntryKind};
use crate::view::IncidentSnapshot;

pub(super) fn check(now: &Now<'_>) -> Vec<Diagnostic> {
    let zone = now.site.settings.zone;
    let mut faults = Vec::new();
    for component in now.site.components.iter().filter(|component| component.is_retired(zone, now.at)) {
        for snapshot in now.snapshots.iter().filter(|snapshot| is_hurt(snapshot, component)) {
            let last = snapshot.updates().iter().rposition(|update| update.components.contains_key(&component.id));
            let (Some(index), Some(end)) = (last, component.end) else { continue };
            if let Some(document) = (now.documents)(EntryKind::Incident, &snapshot.incident.id) {
                let message = format!("this is open on `{}`, which ended on {}", component.id, end.iso());
                let fault = Diagnostic::warning(Code::ComponentEnded, message);
                let place = document.place(&of_update(index, "components"));
                faults.push(fault.at(place).help("resolve the incident, or put off the `end` in `site.yaml`"));
            }
        }
    }
    faults
}

fn is_hurt(snapshot: &IncidentSnapshot, component: &Component) -> bool {
    let status = snapshot.components.get(&component.id);
    snapshot.is_open() && status.is_some_and(|status| *status != ComponentStatus::Operational)
}
