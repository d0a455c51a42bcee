//! `candor outbox`: messages for other channels.

#[path = "../support/mod.rs"]
mod support;

mod command;
mod payloads;
mod property;
#[cfg(unix)]
mod script;
mod websub;
mod wiki;
