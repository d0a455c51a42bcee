//! `candor build`

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Instant, UNIX_EPOCH};

use clap::Args;

use super::build_request::BuildRequest;
use super::clock::ClockArgs;
use super::deny::Deny;
use super::host_bounds::SiteSize;
use super::progress::{Progress, Verbosity};
use super::timings::TimingsArgs;
use super::wording::WordingArgs;
use super::{CannotRun, Outcome, folders, host_bounds, print, revision};
use crate::diagnostic::{self, has_errors};
use crate::leak;
use crate::output::{
    self, FolderKind, FolderLock, FolderOwner, LockEvent, LockHolder, Prepared, PublishError, Route, WriteOptions,
    Written,
};
use crate::paths::BUILD_RECORD;
use crate::time::Time;

/// Make the site. With a fault in the content nothing is written, and the last good site stays.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor build\n  candor build --site status --out /srv/status\n  candor build --now 2026-03-02T15:04Z\n  candor build --rev main"
)]
pub(super) struct BuildCommand {
    /// The folder that holds `content/` and `themes/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// Where the public site goes: an absent or empty folder, or one of an earlier build
    #[arg(long, value_name = "DIR", default_value = "public")]
    out: PathBuf,
    /// Where the internal wiki goes, if there is anything that only it shows
    #[arg(long, value_name = "DIR", default_value = "wiki")]
    wiki_out: PathBuf,
    /// Build this commit, such as `main` or `HEAD`, and not the files of the folder, which stay as they are; `build.json` names it
    #[arg(long, value_name = "REV")]
    rev: Option<String>,
    /// The site in the folder may be another one, by its `url`: its address has changed
    #[arg(long)]
    replace_site: bool,
    /// Replace file by file inside the folders, for those that another program holds open, such as the volume of a container
    #[arg(long)]
    in_place: bool,
    /// Do not wait until the disk has what is written: a power failure may then leave empty pages, which the next build repairs
    #[arg(long)]
    no_sync: bool,
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
        let _lock = hold(&[&self.out, &self.wiki_out])?;
        let commit = self.rev.as_deref().map(|rev| revision::commit(&self.site, rev)).transpose()?;
        let request =
            BuildRequest { site: &self.site, now, deny: self.deny.codes(), wording, commit, is_published: true };
        let mut timings = self.timings.start();
        let build = self.verbosity.watch("reading the content", None, |_| request.build(&mut timings))?;
        print::complain(&build.diagnostics);
        if has_errors(&build.diagnostics) {
            print::say("nothing was written");
            return Ok(Outcome::Faults);
        }
        let wiki_out = Some(&*self.wiki_out).filter(|_| !build.wiki.is_empty());
        folders::keep_apart(&self.site, &self.out, wiki_out)?;
        self.warn_of_clock(now);
        host_bounds::warn(SiteSize { files: build.routes.len(), ..SiteSize::default() }, build.settings.as_ref());
        let sites = [(&build.wiki, &self.wiki_out, FolderKind::Wiki), (&build.routes, &self.out, FolderKind::Public)];
        let sites = sites.into_iter().filter(|(routes, ..)| !routes.is_empty());
        // Both are made before either is shown: should one fail, both stay as they are.
        let url = build.settings.map(|settings| settings.url).unwrap_or_default();
        let prepare = |(routes, out, kind): (&Arc<[Route]>, &PathBuf, FolderKind)| {
            self.prepare(routes, out, FolderOwner { kind, site: url.clone() })
        };
        let prepared: Result<Option<Vec<_>>, _> = timings.phase("pages", || {
            let each: Result<Vec<_>, CannotRun> = sites.map(prepare).collect();
            each.map(|each| each.into_iter().collect())
        });
        let Some(prepared) = prepared? else { return Ok(Outcome::Faults) };
        for (out, site) in prepared {
            let written = timings.phase("publishing", || site.commit()).map_err(CannotRun::because)?;
            self.tell(&out, &written, begun);
        }
        timings.say();
        Ok(Outcome::Fine)
    }

    fn prepare(
        &self,
        routes: &[Route],
        out: &Path,
        owner: FolderOwner,
    ) -> Result<Option<(PathBuf, Prepared)>, CannotRun> {
        let options = WriteOptions { in_place: self.in_place, sync: !self.no_sync, replace_site: self.replace_site };
        let what = format!("{}: making pages", out.display());
        let prepare = |progress: &Progress| prepare(&progress.counting(routes), out, owner.clone(), options);
        let prepared = self.verbosity.watch(&what, Some(routes.len()), prepare)?;
        Ok(prepared.map(|prepared| (out.to_owned(), prepared)))
    }

    /// Says if the site that is there is of a later moment: of two clocks one is wrong then, and readers go back in time.
    fn warn_of_clock(&self, now: Time) {
        let record = std::fs::read(self.out.join(BUILD_RECORD)).ok();
        let record: Option<serde_json::Value> = record.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let published = record.and_then(|record| Time::parse(record.get("now")?.as_str()?).ok());
        if let Some(published) = published.filter(|published| *published > now) {
            print::say(&format!(
                "warning: {}: the site there is of {}, and this build is of {}, before it; is the clock right?",
                self.out.display(),
                published.rfc3339(),
                now.rfc3339()
            ));
        }
    }

    fn tell(&self, out: &Path, written: &Written, begun: Instant) {
        let Written { files, written, removed, one_by_one, .. } = written;
        let (folder, milliseconds) = (out.display(), begun.elapsed().as_millis());
        if let Some(reason) = one_by_one {
            self.verbosity.say(&format!("{folder}: replaced file by file, since {reason}"));
        }
        self.verbosity
            .say(&format!("{folder}: {files} files, {written} written, {removed} removed, {milliseconds} ms"));
    }
}

/// Keeps other builds away from the folders, and finishes what one has begun that was killed.
fn hold(folders: &[&Path]) -> Result<FolderLock, CannotRun> {
    let tell = |event: LockEvent<'_>| match event {
        LockEvent::Waiting(folder, holder) => {
            let who = holder.map(|holder| format!(" ({})", described(holder))).unwrap_or_default();
            print::say(&format!("{}: another build{who} writes to this folder; waiting for its end", folder.display()));
        }
        LockEvent::Unlocked(folder, error) => {
            print::say(&format!("{}: nothing keeps a second build away: {error}", folder.display()));
        }
    };
    let held = output::lock(folders, &tell).map_err(CannotRun::because)?;
    for folder in folders {
        if output::repair(folder).map_err(CannotRun::because)? {
            print::say(&format!("{}: finished what an earlier build had begun", folder.display()));
        }
    }
    Ok(held)
}

fn described(holder: LockHolder) -> String {
    let since = holder.since.and_then(|since| since.duration_since(UNIX_EPOCH).ok());
    let since = since.map(|since| Time::from_millis(0).plus_seconds(since.as_secs() as i64).rfc3339());
    let since = since.map(|since| format!(", since {since}")).unwrap_or_default();
    format!("process {}{since}", holder.process)
}

/// Puts the messages into a folder; none if they have faults, which are printed.
pub(super) fn write_messages(routes: &[Route], out: &Path, site: &str) -> Result<Option<Written>, CannotRun> {
    let _lock = hold(&[out])?;
    let owner = FolderOwner { kind: FolderKind::Messages, site: site.to_owned() };
    let prepared = prepare(routes, out, owner, WriteOptions::default())?;
    prepared.map(|prepared| prepared.commit().map_err(CannotRun::because)).transpose()
}

/// Makes the routes beside a folder; none if they have faults, which are printed.
fn prepare(
    routes: &[Route],
    out: &Path,
    owner: FolderOwner,
    options: WriteOptions,
) -> Result<Option<Prepared>, CannotRun> {
    match output::prepare(routes, out, owner, options) {
        Ok(prepared) => Ok(Some(prepared)),
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
