//! A verdict as every page of the wiki shows it.

use serde::Serialize;

/// A verdict on two postmortems, on one line of their comparison or on an action: its class, its sign and its word. The
/// classes are its own, since a status of a component that lends its colour would say "outage" to whoever styles it.
#[derive(Clone, Serialize)]
pub(super) struct Judgement {
    pub(super) word: &'static str,
    /// Says the same as the colour, for those who see none.
    pub(super) sign: &'static str,
    pub(super) label: String,
}
