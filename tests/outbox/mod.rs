//! `candor outbox`: messages for other channels.

mod command;
mod hostile;
mod payloads;
mod property;
#[cfg(unix)]
mod script;
mod websub;
mod wiki;
