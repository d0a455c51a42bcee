//! Writes content files for people.

mod alike;
mod files;
mod hosts;
mod postmortem;
mod report_id;
mod starter;

pub use files::{WriteError, replace_own_files, write_new_file, write_new_folder};
pub use hosts::{Ci, HOSTS, Host, Setting};
pub use postmortem::{Draft, postmortem};
pub use starter::new_site;
