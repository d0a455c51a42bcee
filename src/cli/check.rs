//! `candor check`

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::build_request::BuildRequest;
use super::clock::ClockArgs;
use super::deny::Deny;
use super::host_bounds::{self, SiteSize};
use super::progress::{Progress, Verbosity};
use super::timings::TimingsArgs;
use super::wording::WordingArgs;
use super::{CannotRun, Outcome, print};
use crate::diagnostic::{self, Format, has_errors};
use crate::leak;
use crate::output::Route;

/// Report every fault of the content in one run, with file, line, column and repair; and advice.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor check\n  candor check --format json\n  candor check --deny BL001,BL007\n  candor check --since origin/main   # the wording of what a pull request changes\n  candor check --format github   # annotations in a pull request"
)]
pub(super) struct Check {
    /// The folder that holds `content/` and `themes/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// How to print the report
    #[arg(long, value_enum, default_value = "text")]
    format: CheckFormat,
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

#[derive(Clone, Copy, ValueEnum)]
enum CheckFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// Workflow commands for GitHub Actions
    Github,
}

impl Check {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        let now = self.clock.now()?;
        let wording = self.wording.scope(&self.site)?;
        let request =
            BuildRequest { site: &self.site, now, deny: self.deny.codes(), wording, commit: None, is_published: false };
        let mut timings = self.timings.start();
        let build = self.verbosity.watch("reading the content", None, |_| request.build(&mut timings))?;
        let mut diagnostics = build.diagnostics;
        // A theme may fail, and something private may show, only when a page is made, so every page is.
        let total = build.routes.len() + build.wiki.len();
        let bytes = AtomicU64::new(0);
        let make = |done: &Progress| {
            let public = build.routes.par_iter().map(|route| {
                let made = route.make();
                let length = made.as_ref().map_or(0, |made| made.len() as u64);
                bytes.fetch_add(length, Ordering::Relaxed);
                made
            });
            let made = public.chain(build.wiki.par_iter().map(Route::make));
            let failed = made.filter_map(|made| made.inspect(|_| done.one()).err());
            failed.flatten().collect::<Vec<_>>()
        };
        let failed = timings.phase("pages", || self.verbosity.watch("making pages", Some(total), make));
        diagnostics.extend(failed);
        timings.say();
        let size = SiteSize { files: build.routes.len(), bytes: bytes.into_inner() };
        host_bounds::warn(size, build.settings.as_ref());
        diagnostic::sort(&mut diagnostics);
        // What both sites show would be reported once for each.
        diagnostics.dedup();
        leak::keep_one_each(&mut diagnostics);
        let format = match self.format {
            CheckFormat::Text => Format::Text { colour: print::colour(io::stdout().is_terminal()) },
            CheckFormat::Json => Format::Json,
            CheckFormat::Github => Format::Github,
        };
        print::give(&diagnostic::print(&diagnostics, format));
        if diagnostics.is_empty() && matches!(self.format, CheckFormat::Text) {
            self.verbosity.say("no faults");
        }
        Ok(if has_errors(&diagnostics) { Outcome::Faults } else { Outcome::Fine })
    }
}
