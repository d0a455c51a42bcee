//! `candor report cadence`

mod json;
mod text;

use clap::Args;

use super::{Asked, ReportFormat};
use crate::audience;
use crate::cli::{CannotRun, Outcome, print};
use crate::model::{Settings, Site};
use crate::time::Time;
use crate::view::{DueState, Promise, PromisesKept, UpdateGap, incident_snapshots, promises, update_gaps};

/// Say of each open public incident how long customers have had no word, how long they may have none, and when the
/// next is due; and of all public incidents how many promised updates came in time. Internal incidents owe no word
/// to customers.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor report cadence\n  candor report cadence --format markdown   # for a chat or an issue\n  candor report cadence --fail-overdue      # in a scheduled job: exit code 1 if a word is overdue"
)]
pub(super) struct Cadence {
    #[command(flatten)]
    asked: Asked,
    /// Exit with 1 if an open incident's next word is overdue
    #[arg(long)]
    fail_overdue: bool,
}

/// What is printed, whatever the form.
struct CadenceReport<'a> {
    settings: &'a Settings,
    now: Time,
    update_gaps: Vec<UpdateGap>,
    /// In the order of time.
    promises: Vec<Promise>,
    kept: PromisesKept,
}

impl CadenceReport<'_> {
    fn of(site: &Site, now: Time) -> CadenceReport<'_> {
        let incidents = incident_snapshots(&audience::public(site).incidents, now);
        let mut promises = promises(&incidents, now);
        promises.sort_by_key(|promise| (promise.at, promise.incident.incident.id.clone()));
        let update_gaps = update_gaps(&incidents, &site.internal.cadence, now);
        CadenceReport { settings: &site.settings, now, update_gaps, kept: PromisesKept::of(&promises), promises }
    }

    fn is_overdue(&self) -> bool {
        self.update_gaps.iter().any(|gap| gap.state == DueState::Overdue)
    }
}

impl Cadence {
    pub(super) fn run(&self) -> Result<Outcome, CannotRun> {
        let Some((content, options)) = self.asked.content()? else { return Ok(Outcome::Faults) };
        let Some(site) = content.site() else { return Ok(Outcome::Faults) };
        let report = CadenceReport::of(site, options.now);
        print::give(&match self.asked.format {
            ReportFormat::Text => text::text(&report),
            ReportFormat::Json => json::json(&report),
            ReportFormat::Markdown => text::markdown(&report),
        });
        Ok(if self.fail_overdue && report.is_overdue() { Outcome::Faults } else { Outcome::Fine })
    }
}
