//! C067: a window passed and nobody said that the work was done. The page takes the clock's word for it; those
//! who were told to expect trouble wait for ours.

use super::{Now, WEEK, of_window};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{EntryKind, MaintenanceStatus};
use crate::time::in_words;
use crate::view::MaintenanceSnapshot;

pub(super) fn check(now: &Now<'_>) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    for snapshot in now.maintenance.iter().filter(|snapshot| is_unconfirmed(snapshot)) {
        let ago = now.at.seconds_since(snapshot.window.last());
        if ago >= WEEK {
            continue;
        }
        if let Some(document) = (now.documents)(EntryKind::Maintenance, snapshot.maintenance.file_id()) {
            let message =
                format!("this window ended {} ago without a word on whether the work was done", in_words(ago));
            let note = Diagnostic::note(Code::WindowUnconfirmed, message).at(document.place(&of_window("until")));
            advice.push(note.help("append an update with `status: completed`, or say what is left"));
        }
    }
    advice
}

/// Recurring work and work without any update are left to the clock on purpose. Of what had no planned end the clock says
/// nothing but that nobody knows.
fn is_unconfirmed(snapshot: &MaintenanceSnapshot) -> bool {
    let last = snapshot.updates().last();
    let is_recurring = snapshot.maintenance.occurrence.is_some();
    let is_by_clock = snapshot.window.until.is_some() && snapshot.over().is_some_and(|over| over.update.is_none());
    !is_recurring && is_by_clock && last.is_some_and(|last| last.status == MaintenanceStatus::Scheduled)
}
