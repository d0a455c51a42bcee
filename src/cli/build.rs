//! `candor build`

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use super::clock::Clock;
use super::{CannotRun, Outcome, report};
use crate::diagnostic::{self, has_errors};
use crate::leak;
use crate::output::{self, PublishError};
use crate::pipeline::{self, Options};

/// Make the site. With a fault in the content nothing is written, and the last good site stays.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor build\n  candor build --site status --out /srv/status\n  candor build --now 2026-03-02T15:04Z"
)]
pub(super) struct Build {
    /// The folder that holds `content/` and `themes/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// Where the public site goes: an absent or empty folder, or one of an earlier build
    #[arg(long, value_name = "DIR", default_value = "public")]
    out: PathBuf,
    #[command(flatten)]
    clock: Clock,
}

impl Build {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        let begun = Instant::now();
        let source = report::read(&self.site)?;
        let build = pipeline::build(&source, &Options::at(self.clock.now()?));
        report::complain(&build.diagnostics);
        if has_errors(&build.diagnostics) {
            report::say("nothing was written");
            return Ok(Outcome::Faults);
        }
        match output::publish(&build.routes, &self.out) {
            Ok(written) => {
                report::say(&format!(
                    "{}: {} files, {} written, {} removed, {} ms",
                    self.out.display(),
                    written.files,
                    written.written,
                    written.removed,
                    begun.elapsed().as_millis()
                ));
                Ok(Outcome::Fine)
            }
            Err(PublishError::Pages(mut faults)) => {
                diagnostic::sort(&mut faults);
                faults.dedup();
                leak::keep_one_each(&mut faults);
                report::complain(&faults);
                report::say("nothing was written");
                Ok(Outcome::Faults)
            }
            Err(error) => Err(CannotRun::because(error)),
        }
    }
}
