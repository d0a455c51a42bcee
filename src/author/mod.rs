//! Writes content files for people.

mod files;
mod starter;

pub use files::{WriteError, write_new_folder};
pub use starter::new_site;
