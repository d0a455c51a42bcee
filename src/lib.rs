//! Candor (crate)
pub mod diagnostic;
pub mod import;
pub mod model;
pub mod source;
pub mod time;
mod document;
pub mod yaml;
