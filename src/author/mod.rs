//! Writes content files for people.

mod alike;
mod append;
mod files;
mod fill;
mod find;
mod hosts;
mod lines;
mod new_entry;
mod new_update;
mod place;
mod postmortem;
mod report_id;
mod scalar;
mod starter;
mod template;

pub use append::{Refused, append};
pub use files::{WriteError, replace_file, replace_own_files, write_new_file, write_new_folder};
pub use find::{Candidate, NotFound, find};
pub use hosts::{Ci, HOSTS, Host, Setting};
pub use new_entry::{Files, NewIncident, NewMaintenance, free_id, path};
pub use new_update::NewUpdate;
pub use postmortem::{NewFile, postmortem};
pub use starter::new_site;
pub use template::{TEMPLATES, Values, blanks, fill_in};
