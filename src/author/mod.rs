//! Writes content files for people.
//!
//! # How an edit loses nothing
//!
//! `author::append` only ever inserts, so nothing else of a file can be lost. `insertion` finds where by reading lines, and may err;
//! therefore each outcome is parsed again and counts only if its tree is the old one with the update at the end. Where no place
//! passes, the edit is refused. `cli/writing` then builds the whole site from the source with that one file replaced
//! (`Source::with`) and compares the models, so `author` needs no `validate`. New diagnostics are shown, new
//! errors stop it. The pages of the entry and home are made, since leaks show only then. `author::replace_file` stages the new file,
//! compares the old one with what was read, and renames.
//!
//! Templates are content like any other (`keys`, `validate::template`, `Site::templates`), but no renderer gets them. Those in
//! the program are `author::TEMPLATES`, read by the same function when they are used.

mod alike;
mod append;
mod brackets;
mod capacity;
mod files;
mod fill;
mod find;
mod hosts;
mod insertion;
mod lines;
mod list_item;
mod measurement;
mod new_entry;
mod new_item;
mod new_update;
mod postmortem;
mod postmortem_id;
mod starter;
mod template;

pub use append::append;
pub(crate) use capacity::{NewReading, append_readings};
pub use files::replace_file;
pub(crate) use files::{WriteError, replace_own_files, write_new_file, write_new_folder};
pub(crate) use find::{EntryCandidate, find};
pub(crate) use hosts::{Ci, HOSTS, Host};
pub(crate) use measurement::{HeadroomValue, Measurement, measurements};
pub(crate) use new_entry::{NewIncident, NewMaintenance, free_id, path};
pub use new_item::append_items;
pub use new_update::NewUpdate;
pub(crate) use postmortem::postmortem;
pub use starter::{Beginning, new_site};
pub(crate) use template::{TEMPLATES, Values, blanks, fill_in};
