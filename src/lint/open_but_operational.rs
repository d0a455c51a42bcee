//! C063: an incident is open, its repair not yet in place, and every component that it touches works, or it
//! touches none. Customers then read of a trouble that the page shows nowhere.

use super::{Now, of_update};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ComponentStatus, EntryKind, Impact, IncidentStatus};
use crate::view::IncidentSnapshot;

pub(super) fn check(now: &Now<'_>) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    for snapshot in now.snapshots.iter().filter(|snapshot| is_contradicted(snapshot)) {
        if let Some(document) = (now.documents)(EntryKind::Incident, &snapshot.incident.id) {
            let message = match snapshot.components.is_empty() {
                true => "this incident is open and touches no component, so every component is shown as working",
                false => "this incident is open while every component that it touches is shown as working",
            };
            let place = document.place(&of_update(snapshot.updates().len() - 1, "status"));
            advice.push(Diagnostic::warning(Code::OpenButOperational, message).at(place).help(
                "say which fails with `components`, go on to `status: monitoring` or `resolved`, or set `impact: none` if \
                 nobody is hindered",
            ));
        }
    }
    advice
}

fn is_contradicted(snapshot: &IncidentSnapshot) -> bool {
    let is_at_work = matches!(snapshot.status, IncidentStatus::Investigating | IncidentStatus::Identified);
    is_at_work && snapshot.incident.impact > Impact::None && snapshot.worst_now() == ComponentStatus::Operational
}
