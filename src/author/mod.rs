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
pub use files::{NewFile, WriteError, replace_file, replace_own_files, write_new_file, write_new_folder};
pub use find::{EntryCandidate, NotFound, find};
pub use hosts::{Ci, HOSTS, Host, Setting};
pub use insertion::Refused;
pub use new_entry::{EntryFiles, NewIncident, NewMaintenance, free_id, path};
pub use new_update::NewUpdate;
pub use postmortem::postmortem;
pub use starter::new_site;
pub use template::{TEMPLATES, Values, blanks, fill_in};
