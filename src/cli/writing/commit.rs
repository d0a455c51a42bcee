//! A commit of one file, and of nothing else that may be staged. Nothing is pushed.

use std::path::Path;

use crate::cli::git::git;
use crate::cli::{CannotRun, print};

/// A repository that is about to get a commit of one file.
pub(super) struct Commit<'a> {
    folder: &'a Path,
    path: String,
    is_new: bool,
}

impl<'a> Commit<'a> {
    /// Looks before anything is written whether there is a repository at all, and whether the file has
    /// changes of its own.
    pub fn before(folder: &'a Path, path: String) -> Result<Commit<'a>, CannotRun> {
        let status = git(folder, &["status", "--porcelain", "--untracked-files=all", "--", &path])
            .map_err(|why| CannotRun(format!("--commit: nothing was written: {why}")))?;
        if !status.trim().is_empty() {
            print::say(&format!("`{path}` had changes that were not committed; the commit has them too"));
        }
        let is_new = git(folder, &["ls-files", "--error-unmatch", "--", &path]).is_err();
        Ok(Commit { folder, path, is_new })
    }

    /// Commits the file; what stands elsewhere in the index stays there.
    pub fn make(&self, subject: &str, body: &str) -> Result<String, CannotRun> {
        let message = format!("{subject}\n\n{body}");
        let done = self.add().and_then(|()| {
            // A text may begin with `#`, and is no comment then.
            git(self.folder, &["commit", "--quiet", "--cleanup=whitespace", "--only", "-m", &message, "--", &self.path])
        });
        done.map_err(|why| {
            if self.is_new {
                // The first failure is the one to report.
                let _ = git(self.folder, &["rm", "--cached", "--quiet", "--force", "--", &self.path]);
            }
            CannotRun(format!("`{}` is written, but not committed: {why}", self.path))
        })?;
        let head = git(self.folder, &["log", "-1", "--format=%h"]).unwrap_or_default();
        Ok(format!("committed {}: {subject}", head.trim()))
    }

    /// Only what git knows can be committed alone.
    fn add(&self) -> Result<(), String> {
        if !self.is_new {
            return Ok(());
        }
        git(self.folder, &["add", "--intent-to-add", "--", &self.path]).map(|_| ())
    }
}
