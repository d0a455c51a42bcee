//! C103: somebody said that work is completed before it had begun. Nothing was done then, so it counts as given up; those
//! who wait for it should read that.

use super::scope::RECENT;
use super::{Now, of_update};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{EntryKind, Maintenance, MaintenanceStatus, MaintenanceUpdate};
use crate::view::MaintenanceSnapshot;

pub(super) fn check(now: &Now<'_>) -> Vec<Diagnostic> {
    let recent = now.maintenance.iter().filter(|snapshot| now.at.seconds_since(snapshot.window.last()) < RECENT);
    let advice = recent.filter_map(|snapshot| {
        let update = said_to_be_done(snapshot)?;
        let id = snapshot.maintenance.file_id();
        let file = now.site.maintenance.iter().find(|work| work.id == *id)?;
        let document = (now.documents)(EntryKind::Maintenance, id)?;
        let warning = Diagnostic::warning(Code::EndedBeforeBegun, "this work is `completed` before it has begun");
        let place = document.place(&of_update(index(file, update)?, "status"));
        Some(warning.at(place).help(
            "write `status: cancelled` if it does not take place; if it was begun early, add an update with \
             `status: in_progress` before this one",
        ))
    });
    advice.collect()
}

/// The word `completed` about work that was given up by it; about which time of recurring work is another rule's matter.
fn said_to_be_done(snapshot: &MaintenanceSnapshot) -> Option<&MaintenanceUpdate> {
    let over = snapshot.over().filter(|over| over.status == MaintenanceStatus::Cancelled)?;
    let update = snapshot.updates().get(over.update?).filter(|update| update.status == MaintenanceStatus::Completed)?;
    let is_clear = snapshot.maintenance.occurrence.is_none() || update.occurrence.is_some();
    is_clear.then_some(update)
}

/// Its place in the file, which recurring work shares among its times.
fn index(file: &Maintenance, update: &MaintenanceUpdate) -> Option<usize> {
    file.updates.iter().position(|known| known == update)
}
