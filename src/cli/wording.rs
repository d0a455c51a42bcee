//! `--all` and `--since`: which texts advice on wording is for.

use std::path::Path;

use clap::Args;

use super::{CannotRun, git};
use crate::pipeline::WordingScope;

/// Which texts advice on wording is for. Without either, what is open and what is new.
#[derive(Args)]
pub(super) struct WordingArgs {
    /// Judge the wording of every entry, also of those that are over and older than 30 days
    #[arg(long, conflicts_with = "since")]
    all: bool,
    /// Judge the wording of what is open and of what differs from this revision of git, such as `origin/main`
    #[arg(long, value_name = "REV")]
    since: Option<String>,
}

impl WordingArgs {
    /// The texts, of the site in `folder`.
    pub(super) fn scope(&self, folder: &Path) -> Result<WordingScope, CannotRun> {
        match &self.since {
            Some(revision) => git::changed_since(folder, revision)
                .map(WordingScope::Changed)
                .map_err(|why| CannotRun(format!("`--since {revision}`: {why}"))),
            None if self.all => Ok(WordingScope::All),
            None => Ok(WordingScope::Recent),
        }
    }
}
