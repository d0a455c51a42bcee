//! A change of one file: checked in memory as part of the whole site, shown, agreed to, written.

use std::sync::Arc;

use super::commit::Commit;
use super::message::Message;
use super::terminal::Terminal;
use super::{Workspace, WriteOptions};
use crate::author::{WriteError, replace_file, write_new_file};
use crate::cli::{CannotRun, Outcome, print};
use crate::diagnostic::{self, Diagnostic, has_errors};
use crate::model::{EntryKind, Id, Site};
use crate::output::Route;
use crate::render::headline;
use crate::view::Concurrent;

/// How many new entries of one name may be begun at the same time.
const MOST_AT_ONCE: u32 = 99;

/// One file as it is to be.
pub(super) struct FileChange<'a> {
    /// Relative to the site folder.
    pub path: &'a str,
    pub text: String,
    /// The first line of the commit.
    pub subject: String,
}

/// The site with the change, not yet written.
pub(super) struct ChangedSite {
    pub site: Arc<Site>,
    /// What home will say first.
    pub headline: String,
    /// What customers know of all entries together.
    pub concurrent: Concurrent,
    /// What was not said of the site before.
    pub diagnostics: Vec<Diagnostic>,
}

impl FileChange<'_> {
    /// Reads the site with the change in memory, and if it is about an entry makes home and its pages; none if it has new
    /// errors, which are printed.
    pub fn build(&self, workspace: &Workspace, entry: Option<&Id>) -> Option<ChangedSite> {
        // The whole site and not the file alone: links to it, marks of its postmortem and what must stay private lie
        // in others.
        let content = workspace.content.with(self.path, self.text.as_bytes());
        let options = workspace.options();
        let moment = content.at(&options);
        let public = moment.public();
        let found = public.zip(entry).map(|(public, entry)| page_faults(&public.routes, entry)).unwrap_or_default();
        let diagnostics = moment.news(&workspace.content.at(&options), found);
        match (content.site(), public) {
            (Some(site), Some(public)) if !has_errors(&diagnostics) => {
                let headline = headline(&public.facts).to_owned();
                let concurrent = public.facts.concurrent().clone();
                Some(ChangedSite { site: Arc::clone(site), headline, concurrent, diagnostics })
            }
            _ => {
                print::complain(&diagnostics);
                print::say("nothing was written");
                None
            }
        }
    }

    /// Asks if somebody is there, and writes. `shown` is what customers will read.
    pub fn keep(
        self,
        workspace: &Workspace,
        options: &WriteOptions,
        terminal: Terminal,
        message: Message,
    ) -> Result<Outcome, CannotRun> {
        if options.dry_run {
            print::give(&self.text);
            message.editor_file.into_iter().for_each(super::editor_file::EditorFile::done);
            return Ok(Outcome::Fine);
        }
        // Without somebody at a terminal nothing is asked, or a script would wait for ever.
        if terminal.is_there && !options.yes && !terminal.agrees(&format!("Write this to {}?", self.path))? {
            print::say("nothing was written");
            return Ok(Outcome::Fine);
        }
        // Asked before anything is written: a file that is there and cannot be committed is half of what was wanted.
        let before = |path| options.commit.then(|| Commit::before(&options.site, path)).transpose();
        let (mut path, mut commit) = (self.path.to_owned(), before(self.path.to_owned())?);
        let mut written = match workspace.content.source().get(self.path) {
            Some(old) => replace_file(&options.site, self.path, old, self.text.as_bytes()),
            None => write_new_file(&options.site, self.path, self.text.as_bytes()),
        };
        // Somebody began another one of this name since the content was read: both are kept.
        for number in 2..=MOST_AT_ONCE {
            if !matches!(written, Err(WriteError::Taken(_))) {
                break;
            }
            path = format!("{}-{number}.md", self.path.trim_end_matches(".md"));
            commit = before(path.clone())?;
            written = write_new_file(&options.site, &path, self.text.as_bytes());
        }
        written.map_err(CannotRun::because)?;
        message.editor_file.into_iter().for_each(super::editor_file::EditorFile::done);
        let path = options.site.join(&path);
        print::say(&path.strip_prefix(".").unwrap_or(&path).display().to_string());
        if let Some(commit) = commit {
            print::say(&commit.make(&self.subject, &message.text)?);
        }
        Ok(outcome(workspace))
    }
}

/// What must not become public shows only when a page is made. The entry's own pages hold all of it.
fn page_faults(routes: &[Route], id: &Id) -> Vec<Diagnostic> {
    let folder = format!("/{id}/index.html");
    let is_its = |route: &&Route| route.path == "index.html" || route.path.ends_with(&folder);
    routes.iter().filter(is_its).filter_map(|route| route.make().err()).flatten().collect()
}

impl ChangedSite {
    /// Holds the change to the one entry: all else must mean what it meant before, but for the entry's own
    /// postmortem, which takes from it the marks that it does not name.
    pub fn is_only(&self, workspace: &Workspace, kind: EntryKind, id: &Id, path: &str) -> Result<(), CannotRun> {
        if without(&workspace.site, kind, id) == without(&self.site, kind, id) {
            return Ok(());
        }
        Err(CannotRun(format!("{path}: this would change something else too; write it by hand")))
    }
}

fn without(site: &Site, kind: EntryKind, id: &Id) -> Site {
    let mut site = site.clone();
    match kind {
        EntryKind::Incident => site.incidents.retain(|record| record.incident.id != *id),
        _ => site.maintenance.retain(|work| work.id != *id),
    }
    site.postmortems.retain(|report| report.incident.as_ref() != Some(id));
    site
}

/// The change is sound; what was wrong before still keeps the site from being built.
fn outcome(workspace: &Workspace) -> Outcome {
    if !has_errors(workspace.content.faults()) {
        return Outcome::Fine;
    }
    let errors = workspace.content.faults().iter().filter(|one| one.severity == diagnostic::Severity::Error);
    print::complain(&errors.cloned().collect::<Vec<_>>());
    print::say("it is written, but the site cannot be built before these are repaired");
    Outcome::Faults
}
