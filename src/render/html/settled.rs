//! Which pages nothing but a new word can change. They do not say when they were built, nor how the site is: so they are the
//! same bytes in every build of the same content, a host is sent what changed and no more, and nobody is told of words from
//! years ago that they may be out of date. A property over random sites holds them to it.
//!
//! What is known alone decides. Otherwise a page would tell that something will be said that customers do not know yet.

use std::sync::Arc;

use crate::render::facts::Facts;
use crate::view::MaintenanceSnapshot;

/// The page of planned work. That of recurring work tells when it takes place again.
pub(super) fn maintenance(snapshot: &Arc<MaintenanceSnapshot>) -> bool {
    snapshot.is_settled() && snapshot.maintenance.occurrence.is_none()
}

/// The history of a month, by its number: it counts what is in the next one, which has to be over as well.
pub(super) fn month(facts: &Facts, index: usize) -> bool {
    let is_settled = |index: usize| facts.months[index].entries.iter().all(|entry| entry.is_settled());
    index > 1 && is_settled(index) && is_settled(index - 1)
}
