//! C069: an incident is `monitoring`, its repair in place, and a component that it touches still stands as failed.
//! Mostly the update forgot to say that the component works again.

use super::{Now, of_update};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ComponentStatus, EntryKind, IncidentStatus};

pub(super) fn check(now: &Now<'_>) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    for snapshot in now.snapshots.iter().filter(|snapshot| snapshot.status == IncidentStatus::Monitoring) {
        let down = snapshot.components.iter().filter(|(_, status)| **status >= ComponentStatus::PartialOutage);
        let down: Vec<String> = down.map(|(id, status)| format!("`{id}` still stands as {}", status.word())).collect();
        if down.is_empty() {
            continue;
        }
        if let Some(document) = (now.documents)(EntryKind::Incident, &snapshot.incident.id) {
            let message = format!("the repair is being watched, but {}", down.join(", "));
            let place = document.place(&of_update(snapshot.updates().len() - 1, "status"));
            advice.push(Diagnostic::warning(Code::WatchedWhileDown, message).at(place).help(
                "add `components` with their present status, such as `operational`, or go back to `status: identified`",
            ));
        }
    }
    advice
}
