//! `candor build`

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::clock::ClockArgs;
use super::deny::Deny;
use super::progress::Verbosity;
use super::stages::BuildRequest;
use super::timings::TimingsArgs;
use super::wording::WordingArgs;
use super::{CannotRun, Outcome, folders, print};
use crate::diagnostic::{self, has_errors};
use crate::leak;
use crate::output::{self, PublishError, Route, Written};

/// Make the site. With a fault in the content nothing is written, and the last good site stays.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor build\n  candor build --site status --out /srv/status\n  candor build --now 2026-03-02T15:04Z"
)]
pub(super) struct BuildCommand {
    /// The folder that holds `content/` and `themes/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// Where the public site goes: an absent or empty folder, or one of an earlier build
    #[arg(long, value_name = "DIR", default_value = "public")]
    out: PathBuf,
    /// Where the internal wiki goes, if the site has one: `wiki` in `site.yaml`, or postmortems
    #[arg(long, value_name = "DIR", default_value = "wiki")]
    wiki_out: PathBuf,
    #[command(flatten)]
    deny: Deny,
    #[command(flatten)]
    wording: WordingArgs,
    #[command(flatten)]
    clock: ClockArgs,
    #[command(flatten)]
    timings: TimingsArgs,
    #[command(flatten)]
    verbosity: Verbosity,
}

impl BuildCommand {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        let begun = Instant::now();
        let now = self.clock.now()?;
        let wording = self.wording.scope(&self.site)?;
        let request = BuildRequest { site: &self.site, now, deny: self.deny.codes(), wording };
        let mut timings = self.timings.start();
        let build = self.verbosity.watch("reading the content", None, |_| request.build(&mut timings))?;
        print::complain(&build.diagnostics);
        if has_errors(&build.diagnostics) {
            print::say("nothing was written");
            return Ok(Outcome::Faults);
        }
        let wiki_out = Some(&*self.wiki_out).filter(|_| !build.wiki.is_empty());
        folders::keep_apart(&self.site, &self.out, wiki_out)?;
        // The wiki first: should it fail, the public site stays as it is.
        let sites = [(&build.wiki, &self.wiki_out), (&build.routes, &self.out)];
        for (routes, out) in sites.into_iter().filter(|(routes, _)| !routes.is_empty()) {
            let outcome = timings.phase("pages", || publish(routes, out, begun, &self.verbosity))?;
            if outcome == Outcome::Faults {
                return Ok(Outcome::Faults);
            }
        }
        timings.say();
        Ok(Outcome::Fine)
    }
}

fn publish(routes: &[Route], out: &Path, begun: Instant, verbosity: &Verbosity) -> Result<Outcome, CannotRun> {
    let what = format!("{}: making pages", out.display());
    let written = verbosity.watch(&what, Some(routes.len()), |done| write(&done.counting(routes), out))?;
    let Some(Written { files, written, removed, .. }) = written else { return Ok(Outcome::Faults) };
    let milliseconds = begun.elapsed().as_millis();
    verbosity
        .say(&format!("{}: {files} files, {written} written, {removed} removed, {milliseconds} ms", out.display()));
    Ok(Outcome::Fine)
}

/// Puts the routes into a folder; none if they have faults, which are printed.
pub(super) fn write(routes: &[Route], out: &Path) -> Result<Option<Written>, CannotRun> {
    match output::publish(routes, out) {
        Ok(written) => Ok(Some(written)),
        Err(PublishError::Pages(mut faults)) => {
            diagnostic::sort(&mut faults);
            faults.dedup();
            leak::keep_one_each(&mut faults);
            print::complain(&faults);
            print::say(&format!("{}: nothing was written", out.display()));
            Ok(None)
        }
        Err(error) => Err(CannotRun::because(error)),
    }
}
