//! Writes content files for people.

mod alike;
mod append;
mod files;
mod fill;
mod find;
mod hosts;
mod insertion;
mod lines;
mod new_entry;
mod new_update;
mod postmortem;
mod report_id;
mod starter;
mod template;

pub use append::append;
pub use files::replace_file;
pub(crate) use files::{WriteError, replace_own_files, write_new_file, write_new_folder};
pub(crate) use find::{EntryCandidate, find};
pub(crate) use hosts::{Ci, HOSTS, Host};
pub(crate) use new_entry::{NewIncident, NewMaintenance, free_id, path};
pub use new_update::NewUpdate;
pub(crate) use postmortem::postmortem;
pub use starter::{Beginning, new_site};
pub(crate) use template::{TEMPLATES, Values, blanks, fill_in};
