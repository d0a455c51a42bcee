//! What is known of an incident at `now`: updates that lie in the future are not, and it exists once its first
//! update does.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::Interval;
use super::incident_story::{
    IncidentStep, Span, incident_intervals, incident_spans, incident_statuses, incident_steps,
};
use super::settled::is_long_ago;
use crate::model::{Component, ComponentStatus, ExternalMessage, Id, Incident, IncidentStatus, Update};
use crate::time::{Time, Zone};

/// An incident as it is known at `now`.
#[derive(Clone, Debug)]
pub struct IncidentSnapshot {
    /// The incident itself; its updates may lie in the future.
    pub incident: Arc<Incident>,
    /// The status of the newest of them.
    pub status: IncidentStatus,
    /// When it was resolved, if it is.
    pub resolved: Option<Time>,
    /// The present status of each component it ever touched.
    pub components: BTreeMap<Id, ComponentStatus>,
    /// What its postmortem tells everybody, if it does.
    pub postmortem: Option<ExternalMessage>,
    /// Of the components that it touched, those that are no longer there, and since when.
    pub ended: BTreeMap<Id, Time>,
    /// How many of the updates are known; at least one.
    count: usize,
    now: Time,
}

/// The incidents that are known at `now`, in the order given.
pub fn incident_snapshots(incidents: &[Arc<Incident>], now: Time) -> Vec<Arc<IncidentSnapshot>> {
    // Each is folded by itself: of years of incidents side by side.
    incidents.par_iter().filter_map(|incident| IncidentSnapshot::at(incident, now)).map(Arc::new).collect()
}

/// The same, each with what its postmortem tells everybody: from its publication on, and while the
/// incident is over. What is published before the resolution counts from there.
pub fn with_messages(
    mut incidents: Vec<Arc<IncidentSnapshot>>,
    messages: &BTreeMap<Id, ExternalMessage>,
    now: Time,
) -> Vec<Arc<IncidentSnapshot>> {
    for snapshot in &mut incidents {
        let message = messages.get(&snapshot.incident.id).filter(|message| message.published <= now);
        let (Some(message), Some(resolved)) = (message, snapshot.resolved) else { continue };
        // A file may name a day on which the trouble still went on; readers are not told lessons before the end.
        let published = message.published.max(resolved);
        Arc::make_mut(snapshot).postmortem = Some(ExternalMessage { published, body: message.body.clone() });
    }
    incidents
}

/// The same, where no trouble of a component lasts beyond its end: what is gone does not fail.
pub fn with_ends(
    mut incidents: Vec<Arc<IncidentSnapshot>>,
    components: &[Arc<Component>],
    zone: Zone,
    now: Time,
) -> Vec<Arc<IncidentSnapshot>> {
    let ends = components.iter().filter_map(|component| Some((&component.id, component.retired_from(zone)?)));
    let ends: BTreeMap<&Id, Time> = ends.filter(|(_, end)| *end <= now).collect();
    let is_touched = |snapshot: &Arc<IncidentSnapshot>| snapshot.components.keys().any(|id| ends.contains_key(id));
    for snapshot in incidents.iter_mut().filter(|snapshot| is_touched(snapshot)) {
        let snapshot = Arc::make_mut(snapshot);
        for (id, status) in &mut snapshot.components {
            if let Some(end) = ends.get(id) {
                *status = ComponentStatus::Operational;
                snapshot.ended.insert(id.clone(), *end);
            }
        }
    }
    incidents
}

impl IncidentSnapshot {
    /// One incident at `now`, if it is known then.
    pub(super) fn at(incident: &Arc<Incident>, now: Time) -> Option<IncidentSnapshot> {
        let updates = incident.known_updates(now);
        let newest = updates.last()?;
        // The newest alone decides: an update after a resolution takes the incident up again.
        let resolved = (newest.status == IncidentStatus::Resolved).then_some(newest.at);
        let (components, count) = (incident_statuses(incident.started, updates), updates.len());
        let (incident, status) = (Arc::clone(incident), newest.status);
        let ended = BTreeMap::new();
        Some(IncidentSnapshot { incident, status, resolved, components, postmortem: None, ended, count, now })
    }

    /// The updates up to `now`, oldest first; at least one.
    pub fn updates(&self) -> &[Update] {
        &self.incident.updates[..self.count]
    }

    /// The newest update.
    pub fn newest(&self) -> &Update {
        &self.incident.updates[self.count - 1]
    }

    /// What was last said of it: an end may come without a word.
    pub fn last_words(&self) -> &str {
        self.updates().iter().rev().map(|update| &*update.body).find(|body| !body.is_empty()).unwrap_or_default()
    }

    /// When customers last saw it change: by the newest update, the postmortem, or an edit of what had been said.
    pub fn changed(&self) -> Time {
        let told = self.postmortem.as_ref().map_or(self.newest().at, |message| message.published);
        self.incident.edits.last(self.now).map_or(told, |edited| edited.max(told))
    }

    /// When what an update says was last changed, if it was.
    pub(super) fn edited(&self, index: usize) -> Option<Time> {
        self.incident.edits.updates.get(&index).copied().filter(|at| *at <= self.now)
    }

    /// Whether it goes on.
    pub fn is_open(&self) -> bool {
        self.resolved.is_none()
    }

    /// Whether it is over, and nothing was said of it for long. What will be said of it counts once it is said.
    pub fn is_settled(&self) -> bool {
        !self.is_open() && is_long_ago(self.changed(), self.now)
    }

    /// From its start to its resolution, or to `now`.
    pub fn interval(&self) -> Interval {
        Interval::new(self.incident.started, self.resolved.unwrap_or(self.now))
    }

    /// When it went on, until `now` at the latest: from its start, and from each time that it was taken up again. In order,
    /// apart; at least one.
    pub fn happened(&self) -> Vec<Interval> {
        incident_intervals(self.incident.started, self.updates(), self.now)
    }

    /// When it was last taken up again after an end, if it was.
    pub fn begun_again(&self) -> Option<Time> {
        self.happened().split_first().and_then(|(_, again)| again.last()).map(|last| last.from)
    }

    /// How long it went on, in seconds, without the time between an end and when it was taken up again; none if that is not
    /// known.
    pub fn seconds(&self) -> Option<i64> {
        let is_known = self.incident.is_duration_known && !self.is_beginning_unknown();
        (self.is_open() || is_known).then(|| self.happened().iter().map(|interval| interval.seconds()).sum())
    }

    /// Whether nothing is told of it but its end, and no earlier beginning is given.
    pub fn is_beginning_unknown(&self) -> bool {
        let is_end = |update: &Update| update.status == IncidentStatus::Resolved && update.at <= self.incident.started;
        self.updates().iter().all(is_end)
    }

    /// The promised time of the next update, while it goes on.
    pub fn next_update(&self) -> Option<Time> {
        self.newest().next_update.filter(|_| self.is_open())
    }

    /// The worst status that any component has now because of it.
    pub fn worst_now(&self) -> ComponentStatus {
        self.components.values().copied().max().unwrap_or(ComponentStatus::Operational)
    }

    /// The worst status that any component ever had because of it.
    pub fn worst_ever(&self) -> ComponentStatus {
        let statuses = self.updates().iter().flat_map(|update| update.components.values());
        statuses.copied().max().unwrap_or(ComponentStatus::Operational)
    }

    /// What each of its updates changed, oldest first.
    pub(super) fn steps(&self) -> Vec<IncidentStep> {
        incident_steps(self.incident.started, self.updates())
    }

    /// The status after each update of every component touched until then, oldest first.
    pub fn statuses(&self) -> Vec<BTreeMap<Id, ComponentStatus>> {
        self.steps().into_iter().map(|step| step.after).collect()
    }

    /// The components it touched and for how long, in order of time; none if that is not known.
    pub fn spans(&self) -> Vec<Span> {
        if self.seconds().is_none() {
            return Vec::new();
        }
        let spans = incident_spans(self.incident.started, self.updates(), self.now);
        spans.into_iter().filter_map(|span| self.until_end(span)).collect()
    }

    /// A span as far as its component was there; none if it was not.
    fn until_end(&self, mut span: Span) -> Option<Span> {
        if let Some(end) = self.ended.get(&span.component) {
            span.interval = Interval::new(span.interval.from, span.interval.until.min(*end));
            span.is_open = false;
            return (!span.interval.is_empty()).then_some(span);
        }
        Some(span)
    }
}
