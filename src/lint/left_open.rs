//! C065: nothing has been said of an open incident for days. Either it is over and nobody wrote so, and its
//! components stand as failed and lose uptime for nothing; or customers were forgotten.

use super::{Now, has_future, of_update};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ComponentStatus, EntryKind};
use crate::time::in_words;
use crate::view::{IncidentSnapshot, LEFT_OPEN_AFTER};

pub(super) fn check(now: &Now<'_>) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    let silent_for = |snapshot: &IncidentSnapshot| now.at.seconds_since(snapshot.newest().at);
    let is_left = |snapshot: &IncidentSnapshot| {
        snapshot.is_open() && silent_for(snapshot) >= LEFT_OPEN_AFTER && !has_future(snapshot)
    };
    for snapshot in now.snapshots.iter().filter(|snapshot| is_left(snapshot)) {
        if let Some(document) = (now.documents)(EntryKind::Incident, &snapshot.incident.id) {
            let silent = in_words(silent_for(snapshot));
            let message =
                format!("this incident is open, and nothing has been said of it for {silent}{}", failed(snapshot));
            let place = document.place(&of_update(snapshot.updates().len() - 1, "at"));
            advice.push(Diagnostic::warning(Code::LeftOpen, message).at(place).help(
                "if it is over, append an update with `status: resolved` and the time at which it was; else say what is \
                 known",
            ));
        }
    }
    advice
}

/// The components that stand as failed because of it.
fn failed(snapshot: &IncidentSnapshot) -> String {
    let failed = snapshot.components.iter().filter(|(_, status)| **status > ComponentStatus::Operational);
    let failed: Vec<String> = failed.map(|(id, status)| format!("`{id}` as {}", status.word())).collect();
    if failed.is_empty() { String::new() } else { format!("; it shows {}", failed.join(", ")) }
}
