//! When an update is said, and when the next one comes.

use clap::Args;

use super::Workspace;
use super::moment::{Direction, moment};
use crate::cli::CannotRun;
use crate::model::{Impact, IncidentStatus};
use crate::time::Time;
use crate::view;

#[derive(Args, Default)]
pub(super) struct TimeArgs {
    /// When the next update comes: `30m`, `16:00` in the site's zone, a time, or `none` [default: by the
    /// `cadence` of the site]
    #[arg(long, value_name = "TIME")]
    next_update: Option<String>,
    /// When this is said: a time, `15:04` in the site's zone, or `5m` for so long ago [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

impl TimeArgs {
    /// When this is said, if that was asked for.
    pub fn at(&self, workspace: &Workspace) -> Result<Option<Time>, CannotRun> {
        let zone = workspace.site.settings.zone;
        self.at.as_deref().map(|text| moment("--at", text, zone, workspace.now, Direction::Past)).transpose()
    }

    /// Whether a next update was asked for.
    pub fn has_promise(&self) -> bool {
        self.next_update.as_deref().is_some_and(|text| text != "none")
    }

    /// When the next update of an incident comes: as asked for, else by the cadence; none after the end.
    pub fn next_update(
        &self,
        workspace: &Workspace,
        at: Time,
        impact: Impact,
        status: &str,
    ) -> Result<Option<Time>, CannotRun> {
        match self.next_update.as_deref() {
            Some("none") => Ok(None),
            Some(text) => moment("--next-update", text, workspace.site.settings.zone, at, Direction::Future).map(Some),
            None if status == IncidentStatus::Resolved.word() => Ok(None),
            None => {
                let gap = view::allowed_gap(impact, &workspace.site.internal.cadence);
                Ok(gap.map(|seconds| at.plus_seconds(seconds)))
            }
        }
    }
}
