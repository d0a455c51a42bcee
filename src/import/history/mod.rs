//! The history of a status page, whatever system it comes from: entries with times and statuses that were
//! understood, components, and the files that they become. What is put right is decided here, once.

pub(super) mod components;
pub(super) mod draft;
pub(super) mod entry;
mod location;
mod retired;
mod settle;
mod update;
pub(super) mod write;
