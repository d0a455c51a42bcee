//! The window that planned work is moved to, as it is given on the command line.

use clap::Args;

use super::Workspace;
use super::moment::{Direction, moment};
use super::target::UpdateTarget;
use crate::cli::CannotRun;
use crate::model::{MaintenanceStatus, Window};
use crate::view::{MaintenanceSnapshot, MaintenanceState};

/// The new window, as it was asked for.
#[derive(Args, Clone)]
pub(super) struct WindowArgs {
    /// When it begins now: a time, `05:00` in the site's zone, or `2d` from now [default: as before]
    #[arg(long, value_name = "TIME", required_unless_present = "until")]
    from: Option<String>,
    /// When it ends now: a time, `07:00` in the site's zone, or `2h` after its beginning [default: after as
    /// long as before]
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
}

impl WindowArgs {
    /// The window that is meant, and the status of the update that says so.
    pub fn plan(
        &self,
        workspace: &Workspace,
        target: &UpdateTarget<'_>,
    ) -> Result<(Window, MaintenanceStatus), CannotRun> {
        let Some(work) = target.work() else {
            return Err(CannotRun(format!("`{}` is an incident: only maintenance has a window", target.id())));
        };
        let before = MaintenanceSnapshot::at(work, workspace.now);
        let window = self.window(workspace, &before)?;
        Ok((window, status(workspace, &before, window)))
    }

    fn window(&self, workspace: &Workspace, snapshot: &MaintenanceSnapshot) -> Result<Window, CannotRun> {
        let (zone, before) = (workspace.site.settings.zone, snapshot.window);
        let from = match &self.from {
            Some(text) => moment("--from", text, zone, workspace.now, Direction::Future)?,
            // Its last window no longer holds, so that says of neither when it is to begin nor when it did.
            None if snapshot.waits_undated() => {
                return Err(CannotRun("--from: this waits for another time; say when it is to begin".to_owned()));
            }
            None => snapshot.since.filter(|_| snapshot.is_undated).unwrap_or(before.from),
        };
        let until = match &self.until {
            Some(text) => Some(moment("--until", text, zone, from, Direction::Future)?),
            None => before.until.map(|until| from.plus_seconds(until.seconds_since(before.from))),
        };
        if until.is_some_and(|until| until <= from) {
            return Err(CannotRun("--until: the work would end before it begins".to_owned()));
        }
        Ok(Window { from, until })
    }
}

/// Work that goes on and only ends at another time goes on; what begins later is put off.
fn status(workspace: &Workspace, before: &MaintenanceSnapshot, window: Window) -> MaintenanceStatus {
    match before.state() {
        MaintenanceState::Running if window.from <= workspace.now => before.status,
        _ if window.from > before.window.from => MaintenanceStatus::Postponed,
        _ => MaintenanceStatus::Scheduled,
    }
}
