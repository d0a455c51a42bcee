//! The whole program: from the source and the time to routes.
//!
//! Pure: no disk, no clock, no environment. What is wanted is asked for in stages, each worked out when it is:
//!
//! ```text
//! Content::load(source) ─► .site()                      what the files say, and what is wrong with them
//!                       └► .at(options) ─► .advice()    what is worth a word
//!                                       ├► .public()    the pages for everybody
//!                                       └► .wiki()      those for the team
//! ```
//!
//! [`build()`] asks for all of them.

mod content;
mod digest;
mod folder;
mod moment;
mod news;
mod secret_files;
mod versions;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Settings;
use crate::output::Route;
use crate::source::Source;
use crate::time::Time;

pub use crate::lint::WordingScope;
pub use content::Content;
pub use moment::{Moment, PublicPages, WikiPages, differences};

/// Each version of a file, oldest first, with the time of its commit, by the path of the file.
pub type Versions = BTreeMap<String, Vec<(Time, Arc<[u8]>)>>;

/// What a build depends on, beside the source.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The present moment of the pages.
    pub now: Time,
    /// When each file of the content was first committed, by its path relative to the site folder;
    /// empty where there is no repository.
    pub committed: BTreeMap<String, Time>,
    /// The versions of each file of an incident or of maintenance, oldest first, each with its commit; empty where there is
    /// no repository.
    pub versions: Versions,
    /// When each file of maintenance that is no longer there was removed, up to now. Its versions are among the others.
    pub removed: BTreeMap<String, Time>,
    /// The commit that is built, by its whole name, for the record of the build; none for files that are no commit.
    pub commit: Option<String>,
    /// What is an error here although it usually is a warning or a note.
    pub deny: Vec<Code>,
    /// Whether drafts are shown as if they were finished.
    pub drafts: bool,
    /// Which texts advice on wording is for.
    pub wording: WordingScope,
}

impl Options {
    /// Everything as by default, at `now`.
    pub fn at(now: Time) -> Options {
        Options {
            now,
            committed: BTreeMap::new(),
            versions: BTreeMap::new(),
            removed: BTreeMap::new(),
            commit: None,
            deny: Vec::new(),
            drafts: false,
            wording: WordingScope::default(),
        }
    }
}

/// A site, ready to be made file by file.
pub struct Build {
    /// Every file of the public site, sorted by path; empty if there are errors.
    pub routes: Arc<[Route]>,
    /// Every file of the wiki, sorted by path; empty if there are errors, or if the site has no wiki.
    pub wiki: Arc<[Route]>,
    /// What `site.yaml` says of the site; none if it cannot be read.
    pub settings: Option<Settings>,
    /// Faults and advice, sorted by file and line.
    pub diagnostics: Vec<Diagnostic>,
}

/// Turns the source into routes and diagnostics.
pub fn build(source: &Source, options: &Options) -> Build {
    Content::load(source.clone(), options.drafts).at(options).build()
}
