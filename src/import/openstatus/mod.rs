//! OpenStatus (<https://www.openstatus.dev>): the dump that a page publishes at `/feed/json`, and rows of
//! its tables, saved as JSON.
//!
//! What is decided for the author:
//! - A file is known by what is in it. Rows of several pages are not mixed: the first page is imported.
//! - A component's part in a report is what each update says of it. Dumps do not say it; then no outage is
//!   invented, as in all imports.
//! - The message of planned work is its description, or its first update if it is known when it was said.
//! - Older dumps have monitors instead of components, which become components.
//!
//! What becomes of them then is the same for all systems: see [`page`].

mod input;
mod tell;

use std::collections::BTreeMap;

use input::OpenStatusInput;

use super::page::{self, System, Texts};
use super::{Imported, Notes};
use crate::time::Zone;

const OPENSTATUS: System = System { name: "OpenStatus", texts: Texts::Markdown };

/// The content files that dumps of OpenStatus become. `files`: by path relative to their folder. Without
/// any such file there are no files. Times without a zone are those of `zone`, UTC if none is chosen.
pub fn openstatus(files: &BTreeMap<String, Vec<u8>>, zone: Option<Zone>) -> Imported {
    let mut notes = Notes::in_zone(zone);
    let input = OpenStatusInput::read(files, &mut notes);
    if !input.is_any() {
        return Imported { notes: notes.sorted(), ..Imported::default() };
    }
    let whole = tell::whole(input, &mut notes);
    page::write(OPENSTATUS, whole, notes)
}
