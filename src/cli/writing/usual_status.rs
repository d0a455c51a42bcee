//! The status of an update on planned work that names none: as before, where that can be said again.

use super::target::UpdateTarget;
use crate::cli::CannotRun;
use crate::model::{Maintenance, MaintenanceStatus};
use crate::time::Time;
use crate::view::MaintenanceSnapshot;

use MaintenanceStatus::{Cancelled, Completed, Postponed, Scheduled};

/// The status that leaves everything as it is. What was given up before its time is over has none: to announce it takes it up
/// again, and it is not given up twice.
pub(super) fn usual_status(
    target: &UpdateTarget<'_>,
    work: &Maintenance,
    now: Time,
) -> Result<MaintenanceStatus, CannotRun> {
    let Some(time) = target.work().filter(|time| time.occurrence.is_some() || work.recurrence.is_none()) else {
        return of_all_times(target, work);
    };
    let snapshot = MaintenanceSnapshot::at(time, now);
    match snapshot.status {
        Cancelled if snapshot.window.last() > now => Err(given_up(target)),
        // The next word is a note: that it is done, said once more, would be that it ran over until now.
        Completed | Cancelled => Ok(Scheduled),
        // To say once more that it is put off, without a window, would take back the one it has.
        Postponed if !snapshot.is_undated => Ok(Scheduled),
        status => Ok(status),
    }
}

/// Of all times of recurring work it can only be said that they are announced, or given up.
fn of_all_times(target: &UpdateTarget<'_>, work: &Maintenance) -> Result<MaintenanceStatus, CannotRun> {
    let last = work.updates.iter().rfind(|update| update.occurrence.is_none());
    match last.map(|last| last.status) {
        Some(Cancelled) => Err(given_up(target)),
        _ => Ok(Scheduled),
    }
}

fn given_up(target: &UpdateTarget<'_>) -> CannotRun {
    let id = target.id();
    CannotRun(format!(
        "`{id}` is cancelled: if it takes place after all, say so with `--status scheduled`; if only the text is to change, \
         edit the update that cancels it"
    ))
}
