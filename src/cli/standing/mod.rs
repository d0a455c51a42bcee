//! `candor report`

mod json;
mod text;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::clock::Clock;
use super::{CannotRun, Outcome, git, report};
use crate::diagnostic::has_errors;
use crate::model::Site;
use crate::pipeline;
use crate::time::Time;
use crate::view::{self, Duty, Standing};

/// Say what needs somebody: postmortems to write, to finish and to review, actions, capacity; and the
/// figures behind it. Duties are no faults: the exit code is 0 whatever waits.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor report\n  candor report --format markdown   # for a chat or an issue\n  candor report --format json"
)]
pub(super) struct Report {
    /// The folder that holds `content/` and `themes/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    #[command(flatten)]
    clock: Clock,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// For people
    Text,
    /// For programs
    Json,
    /// For a chat or an issue
    Markdown,
}

/// What is printed, whatever the form.
struct Found<'a> {
    site: &'a Site,
    now: Time,
    duties: &'a [Duty],
    standing: Standing,
}

impl Report {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        let now = self.clock.now()?;
        let source = report::read(&self.site)?;
        let build = pipeline::build(&source, &git::options(&self.site, &source, now));
        let (Some(site), Some(learning), false) = (&build.site, &build.learning, has_errors(&build.diagnostics)) else {
            report::complain(&build.diagnostics);
            return Ok(Outcome::Faults);
        };
        let standing = view::standing(&site.postmortems, &build.committed, site.settings.zone, now);
        let found = Found { site, now, duties: &learning.duties, standing };
        report::give(&match self.format {
            Form::Text => text::text(&found),
            Form::Json => json::json(&found),
            Form::Markdown => text::markdown(&found),
        });
        Ok(Outcome::Fine)
    }
}
