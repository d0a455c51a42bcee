//! Gatus (<https://github.com/TwiN/gatus>): its configuration, one file or a folder of them. What Gatus has
//! measured is in its database and is not read.
//!
//! What is decided for the author:
//! - Endpoints, external endpoints and suites are components. Those that are switched off are left out.
//! - Announcements of the types `outage` and `warning` are incidents, which `operational` ends; those of
//!   other types stay announcements. See [`announcements`].
//! - Planned work that recurs has no date, so it is listed for the author to write.
//! - Settings of checks and messages may hold secrets: they are named, and never copied.

mod announcements;
mod config;
mod endpoints;
mod windows;

use config::{GatusConfig, is_yaml};

use super::folder::Files;
use super::history::draft::Draft;
use super::page::Unused;
use super::{Imported, others};
use crate::time::Zone;

/// The content files that a configuration of Gatus becomes. `files`: by path relative to their folder.
/// Without any such configuration there are no files. Times without a zone are those of `zone`, UTC if none is chosen.
pub fn gatus(files: &Files, zone: Option<Zone>) -> Imported {
    let mut draft = Draft::in_zone(zone);
    let mut unused = Unused::default();
    let config = GatusConfig::read(files, &mut draft.notes, &mut unused);
    if config.settings.path.is_empty() {
        return Imported { notes: draft.notes.sorted(), ..Imported::default() };
    }
    endpoints::list(&config.endpoints, &mut draft, &mut unused);
    windows::note(&config.windows, &mut draft.notes);
    announcements::write(config.announcements, &mut draft, &mut unused);
    let rest = files.keys().map(String::as_str).filter(|path| !is_yaml(path));
    others(rest, "that Gatus does not read", &mut draft.notes);
    unused.report(&config.settings.path, &mut draft.notes);
    draft.finish(config.settings)
}
