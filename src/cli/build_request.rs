//! What `build` and `check` ask of a site: all of it.

use std::path::Path;

use super::git::{HEAD, first_commits};
use super::timings::Timings;
use super::{CannotRun, print, revision, versions};
use crate::diagnostic::Code;
use crate::pipeline::{Build, Content, Options, WordingScope};
use crate::time::Time;

/// What decides over a build.
pub(super) struct BuildRequest<'a> {
    pub(super) site: &'a Path,
    pub(super) now: Time,
    pub(super) deny: Vec<Code>,
    pub(super) wording: WordingScope,
    /// The commit that is built, by its whole name; none for the files as they are in the folder.
    pub(super) commit: Option<String>,
    /// Whether what it gives is published. The versions that git has of the files raise numbers and times in the output and
    /// make no fault, so that a check need not ask for them: git takes a second for a history of some thousand files.
    pub(super) is_published: bool,
}

impl BuildRequest<'_> {
    /// Reads the site and works out everything but the pages themselves.
    pub(super) fn build(self, timings: &mut Timings) -> Result<Build, CannotRun> {
        let commit = self.commit;
        let source = timings.phase("read", || match &commit {
            Some(commit) => revision::read(self.site, commit),
            None => print::read(self.site),
        })?;
        let history = commit.as_deref().unwrap_or(HEAD);
        let known = timings.phase("git", || match self.is_published {
            true => versions::options_of(self.site, &source, history, self.now),
            false => Options { committed: first_commits(self.site, &source, history), ..Options::at(self.now) },
        });
        let options = Options { deny: self.deny, wording: self.wording, commit, ..known };
        let content = timings.phase("validate", || Content::load(source, options.drafts));
        let moment = content.at(&options);
        if timings.are_wanted() {
            timings.phase("digest", || _ = moment.public_digest().hex());
            timings.phase("postmortems", || _ = moment.learning());
            timings.phase("advice", || _ = moment.advice());
            timings.phase("views", || _ = moment.facts());
            timings.phase("routes", || _ = moment.public());
            timings.phase("wiki", || _ = moment.wiki());
        }
        Ok(timings.phase("gather", || moment.build()))
    }
}
