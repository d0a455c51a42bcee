//! Statuspage (<https://www.atlassian.com/software/statuspage>): answers of its public API
//! (<https://metastatuspage.com/api>), of the one for owners (<https://developer.statuspage.io>), its history and
//! its feed, saved as files.
//!
//! What is decided for the author:
//! - A file is known by its keys, not by its name. Of several lists of components the newest is the
//!   present; of several tellings of one incident the fullest.
//!
//! What becomes of them then is the same for all systems: see [`page`].

mod atom;
mod history;
mod input;
mod moment;

use input::StatuspageInput;

use super::folder::Files;
use super::page::{self, Event, System, Texts, Whole};
use super::{Imported, Notes};
use crate::time::Zone;

const STATUSPAGE: System = System { name: "Statuspage", texts: Texts::Html };

/// The content files that saved answers of Statuspage become. `files`: by path relative to their
/// folder. Without any such answer there are no files.
/// Times without a zone are those of `zone`, UTC if none is chosen; so are a feed's if the page names no zone.
pub fn statuspage(files: &Files, zone: Option<Zone>) -> Imported {
    let mut notes = Notes::in_zone(zone);
    let input = StatuspageInput::read(files, &mut notes);
    if !input.is_any {
        return Imported { notes: notes.sorted(), ..Imported::default() };
    }
    let whole = Whole {
        path: input.main_path(),
        page: input.page.map(|(_, page)| page).unwrap_or_default(),
        listed: input.listed.map(|listed| (listed.path, listed.components)),
        events: input
            .events
            .into_values()
            .map(|event| Event { path: event.path, line: None, told: event.told })
            .collect(),
        ..Whole::default()
    };
    page::write(STATUSPAGE, whole, notes)
}
