//! `candor report`

mod cadence;
mod json;
mod text;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::clock::ClockArgs;
use super::report_format::ReportFormat;
use super::{CannotRun, Outcome, git, print};
use crate::diagnostic::has_errors;
use crate::model::Site;
use crate::pipeline::{self, Build};
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
    /// The site at the time asked for; none if its content has errors, which are printed then.
    fn build(&self) -> Result<(Option<Build>, Time), CannotRun> {
        let now = self.clock.now()?;
        let source = print::read(&self.site)?;
        let build = pipeline::build(&source, &git::options(&self.site, &source, now));
        let is_sound = build.site.is_some() && !has_errors(&build.diagnostics);
        if !is_sound {
            print::complain(&build.diagnostics);
        }
        Ok((Some(build).filter(|_| is_sound), now))
    }
}

/// What is printed, whatever the form.
struct Found<'a> {
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
    let (Some(build), now) = asked.build()? else { return Ok(Outcome::Faults) };
    let (Some(site), Some(learning)) = (&build.site, &build.learning) else { return Ok(Outcome::Faults) };
    let stats = view::postmortem_stats(&site.postmortems, &build.committed, site.settings.zone, now);
    let found = Found { site, now, duties: &learning.duties, stats };
    print::give(&match asked.format {
        ReportFormat::Text => text::text(&found),
        ReportFormat::Json => json::json(&found),
        ReportFormat::Markdown => text::markdown(&found),
    });
    Ok(Outcome::Fine)
}
