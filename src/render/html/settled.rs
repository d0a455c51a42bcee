//! Which pages nothing but an edit can change. They do not say when they were built, nor how the site is: so they are the
//! same bytes in every build of the same content, a host is sent what changed and no more, and nobody is told of words from
//! years ago that they may be out of date. A property over random sites holds them to it.

use std::sync::Arc;

use crate::render::facts::Facts;
use crate::view::MaintenanceSnapshot;

/// The page of an incident, by its number.
pub(super) fn incident(facts: &Facts, index: usize) -> bool {
    let snapshot = &facts.incidents[index];
    let has_message = facts.site.messages.contains_key(&snapshot.incident.id);
    // What comes later may stand beside it, as the one before or after.
    !facts.has_unknown && snapshot.is_settled() && has_message == snapshot.postmortem.is_some()
}

/// The page of planned work. That of recurring work tells when it takes place again.
pub(super) fn maintenance(facts: &Facts, snapshot: &Arc<MaintenanceSnapshot>) -> bool {
    !facts.has_unknown && snapshot.is_settled() && snapshot.maintenance.occurrence.is_none()
}

/// The history of a month, by its number: it counts what is in the next one, which has to be over as well.
pub(super) fn month(facts: &Facts, index: usize) -> bool {
    let is_settled = |index: usize| facts.months[index].entries.iter().all(|entry| entry.is_settled());
    !facts.has_unknown && index > 1 && is_settled(index) && is_settled(index - 1)
}

/// How to subscribe to each component that is there.
pub(super) fn subscribe(facts: &Facts) -> bool {
    !facts.has_unknown
}
