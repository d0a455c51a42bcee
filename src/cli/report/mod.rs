//! `candor report`

mod cadence;
mod json;
mod text;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::clock::ClockArgs;
use super::report_format::ReportFormat;
use super::{CannotRun, Outcome, print, versions};
use crate::diagnostic::has_errors;
use crate::model::Site;
use crate::pipeline::{Content, Options};
use crate::time::Time;
use crate::view::{self, Duty, PostmortemStats};

/// Say what needs somebody: postmortems to write, to finish and to review, actions, capacity; and the
/// figures behind it. Duties are no faults: the exit code is 0 whatever waits.
#[derive(Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  candor report\n  candor report --format markdown   # for a chat or an issue\n  candor report --format json\n  candor report cadence"
)]
pub(super) struct Report {
    #[command(subcommand)]
    about: Option<About>,
    #[command(flatten)]
    asked: Asked,
}

#[derive(Subcommand)]
enum About {
    /// Say how long customers have had no word, and how many promised updates came in time
    Cadence(cadence::Cadence),
}

/// What every report is asked.
#[derive(Args)]
struct Asked {
    /// The folder that holds `content/` and `themes/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    format: ReportFormat,
    #[command(flatten)]
    clock: ClockArgs,
}

impl Asked {
    /// The content, and what else a moment needs; none if it has errors, which are printed then.
    fn content(&self) -> Result<Option<(Content, Options)>, CannotRun> {
        let now = self.clock.now()?;
        let source = print::read(&self.site)?;
        let options = versions::options(&self.site, &source, now);
        let content = Content::load(source, false);
        let is_sound = content.site().is_some() && !has_errors(content.faults());
        if !is_sound {
            print::complain(content.faults());
        }
        Ok(is_sound.then_some((content, options)))
    }
}

/// What is printed, whatever the form.
struct DutyReport<'a> {
    site: &'a Site,
    now: Time,
    duties: &'a [Duty],
    stats: PostmortemStats,
}

impl Report {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        match self.about {
            Some(About::Cadence(cadence)) => cadence.run(),
            None => duties(&self.asked),
        }
    }
}

fn duties(asked: &Asked) -> Result<Outcome, CannotRun> {
    let Some((content, options)) = asked.content()? else { return Ok(Outcome::Faults) };
    let (now, moment) = (options.now, content.at(&options));
    let (Some(site), Some(learning)) = (content.site(), moment.learning()) else { return Ok(Outcome::Faults) };
    let stats = view::postmortem_stats(&site.postmortems, &moment.committed(), site.settings.zone, now);
    let report = DutyReport { site, now, duties: &learning.duties, stats };
    print::give(&match asked.format {
        ReportFormat::Text => text::text(&report),
        ReportFormat::Json => json::json(&report),
        ReportFormat::Markdown => text::markdown(&report),
    });
    Ok(Outcome::Fine)
}
