//! Cachet (<https://cachethq.io>), versions 2 and 3: answers of its API, saved as files.
//!
//! What is decided for the author:
//! - A file is known by what is in it, not by its name. Of several tellings of one thing the one that was
//!   changed last comes first, and the others add what it lacks.
//! - Times name no zone: they are those of the zone that the author chooses, or of UTC.
//! - Cachet has one status of a whole incident. Its message is the first update, at the time at which the
//!   incident occurred; with which status it began, nobody kept.
//! - A component's part in an incident is known from Cachet 3 alone, and only where one entry of an answer
//!   names the component. Where it is not known, no outage is invented.
//! - A component begins on the day on which it was added, or of which an incident tells first.
//! - What readers did not see does not become public: incidents become internal, components comments. That goes for
//!   what was to be published later, and for components whose group is in no file: answers of version 2 list those
//!   of hidden groups to everybody, and leave out the group.
//!
//! What becomes of them then is the same for all systems: see [`page`].

mod input;
mod kind;
mod pages;
mod relations;
mod tell;
mod words;

use std::collections::BTreeMap;

use input::CachetInput;

use super::page::{self, System, Texts};
use super::{Imported, Notes};
use crate::time::Zone;

const CACHET: System = System { name: "Cachet", texts: Texts::Markdown };

/// The content files that saved answers of Cachet become. `files`: by path relative to their folder;
/// `zone`: the one of its times, UTC if none is chosen. Without any such answer there are no files.
pub fn cachet(files: &BTreeMap<String, Vec<u8>>, zone: Option<Zone>) -> Imported {
    let mut notes = Notes::in_zone(zone);
    let input = CachetInput::read(files, &mut notes);
    if !input.is_any() {
        return Imported { notes: notes.sorted(), ..Imported::default() };
    }
    let whole = tell::whole(input, &mut notes);
    page::write(CACHET, whole, notes)
}
