//! What is known at `now`: updates that lie in the future are not, and an incident exists once its
//! first update does.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Interval;
use crate::model::{
    ComponentStatus, ExternalMessage, Id, Incident, IncidentStatus, Maintenance, MaintenanceStatus, MaintenanceUpdate,
    Update,
};
use crate::time::Time;

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
    /// How many of the updates are known; at least one.
    count: usize,
    now: Time,
}

/// A component's status for a while, because of one incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Which component.
    pub component: Id,
    /// In which status; never operational.
    pub status: ComponentStatus,
    /// For how long; until `now` if it still is.
    pub interval: Interval,
    /// Whether it still is.
    pub is_open: bool,
}

/// The incidents that are known at `now`, in the order given.
pub fn incident_snapshots(incidents: &[Arc<Incident>], now: Time) -> Vec<Arc<IncidentSnapshot>> {
    incidents.iter().filter_map(|incident| IncidentSnapshot::at(incident, now)).map(Arc::new).collect()
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
        let published = message.published.max(resolved);
        Arc::make_mut(snapshot).postmortem = Some(ExternalMessage { published, body: message.body.clone() });
    }
    incidents
}

impl IncidentSnapshot {
    fn at(incident: &Arc<Incident>, now: Time) -> Option<IncidentSnapshot> {
        let count = incident.updates.partition_point(|update| update.at <= now);
        let updates = &incident.updates[..count];
        let newest = updates.last()?;
        let resolved = (newest.status == IncidentStatus::Resolved).then_some(newest.at);
        let components = updates.iter().fold(BTreeMap::new(), |mut statuses, update| {
            apply(&mut statuses, update);
            statuses
        });
        let (incident, status) = (Arc::clone(incident), newest.status);
        Some(IncidentSnapshot { incident, status, resolved, components, postmortem: None, count, now })
    }

    /// The updates up to `now`, oldest first; at least one.
    pub fn updates(&self) -> &[Update] {
        &self.incident.updates[..self.count]
    }

    /// The newest update.
    pub fn newest(&self) -> &Update {
        &self.incident.updates[self.count - 1]
    }

    /// When something was last said of it: the newest update, or the postmortem.
    pub fn changed(&self) -> Time {
        self.postmortem.as_ref().map_or(self.newest().at, |message| message.published)
    }

    /// Whether it goes on.
    pub fn is_open(&self) -> bool {
        self.resolved.is_none()
    }

    /// From its start to its resolution, or to `now`.
    pub fn interval(&self) -> Interval {
        Interval::new(self.incident.started, self.resolved.unwrap_or(self.now))
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

    /// The status after each update of every component touched until then, oldest first.
    pub fn statuses(&self) -> Vec<BTreeMap<Id, ComponentStatus>> {
        let after = self.updates().iter().scan(BTreeMap::new(), |statuses, update| {
            apply(statuses, update);
            Some(statuses.clone())
        });
        after.collect()
    }

    /// The components it touched and for how long, in order of time. What the first update says
    /// holds from the start of the incident.
    pub fn spans(&self) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut statuses: BTreeMap<&Id, (ComponentStatus, Time)> = BTreeMap::new();
        for (index, update) in self.updates().iter().enumerate() {
            let at = if index == 0 { self.incident.started } else { update.at };
            for (component, status) in changes(&statuses, update) {
                if let Some((old, from)) = statuses.insert(component, (status, at)) {
                    spans.extend(span(component, old, Interval::new(from, at), false));
                }
            }
        }
        for (component, (status, from)) in statuses {
            spans.extend(span(component, status, Interval::new(from, self.now), true));
        }
        spans.sort_by(|a: &Span, b: &Span| (a.interval.from, &a.component).cmp(&(b.interval.from, &b.component)));
        spans
    }
}

fn span(component: &Id, status: ComponentStatus, interval: Interval, is_open: bool) -> Option<Span> {
    let is_trouble = status != ComponentStatus::Operational && !interval.is_empty();
    is_trouble.then_some(Span { component: component.clone(), status, interval, is_open })
}

/// The components whose status `update` changes, and to what.
fn changes<'a>(
    statuses: &BTreeMap<&'a Id, (ComponentStatus, Time)>,
    update: &'a Update,
) -> Vec<(&'a Id, ComponentStatus)> {
    let mut after: BTreeMap<&'a Id, ComponentStatus> =
        statuses.iter().map(|(id, (status, _))| (*id, *status)).collect();
    after.extend(update.components.iter().map(|(id, status)| (id, *status)));
    end_if_resolved(&mut after, update);
    after.retain(|id, status| statuses.get(id).is_none_or(|(old, _)| old != status));
    after.into_iter().collect()
}

/// The statuses after `update`: what it does not name stays, and a resolution ends all trouble.
fn apply(statuses: &mut BTreeMap<Id, ComponentStatus>, update: &Update) {
    statuses.extend(update.components.iter().map(|(id, status)| (id.clone(), *status)));
    end_if_resolved(statuses, update);
}

fn end_if_resolved<K: Ord>(statuses: &mut BTreeMap<K, ComponentStatus>, update: &Update) {
    if update.status == IncidentStatus::Resolved {
        statuses.values_mut().for_each(|status| *status = ComponentStatus::Operational);
    }
}

/// How far planned work has come at `now`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MaintenanceState {
    /// Its window has not begun.
    Upcoming,
    /// It goes on.
    Running,
    /// It is over.
    Past,
}

/// Planned work as it is known at `now`.
#[derive(Clone, Debug)]
pub struct MaintenanceSnapshot {
    /// The maintenance itself; its updates may lie in the future.
    pub maintenance: Arc<Maintenance>,
    /// What its updates say, or else the clock.
    pub status: MaintenanceStatus,
    /// From its real start, if that is known, else the planned one; until its real or planned end, or
    /// `now` if it runs over.
    pub interval: Interval,
    /// How many of the updates are known.
    count: usize,
}

/// The maintenance that is known at `now`, in the order given: what has begun, what was announced, and
/// what has no announcement of its own.
pub fn maintenance_snapshots(maintenance: &[Arc<Maintenance>], now: Time) -> Vec<Arc<MaintenanceSnapshot>> {
    let is_known = |work: &&Arc<Maintenance>| work.updates.first().is_none_or(|first| first.at.min(work.from) <= now);
    maintenance.iter().filter(is_known).map(|work| Arc::new(MaintenanceSnapshot::at(work, now))).collect()
}

impl MaintenanceSnapshot {
    fn at(maintenance: &Arc<Maintenance>, now: Time) -> MaintenanceSnapshot {
        let count = maintenance.updates.partition_point(|update| update.at <= now);
        let updates = &maintenance.updates[..count];
        let said = updates.last().map_or(MaintenanceStatus::Scheduled, |update| update.status);
        let status = if said == MaintenanceStatus::Scheduled { by_clock(maintenance, now) } else { said };
        let began = updates.iter().find(|update| update.status != MaintenanceStatus::Scheduled).map(|update| update.at);
        let ended =
            updates.last().filter(|update| update.status == MaintenanceStatus::Completed).map(|update| update.at);
        let planned_end = match status {
            MaintenanceStatus::InProgress | MaintenanceStatus::Verifying => maintenance.until.max(now),
            MaintenanceStatus::Scheduled | MaintenanceStatus::Completed => maintenance.until,
        };
        let interval = Interval::new(began.unwrap_or(maintenance.from), ended.unwrap_or(planned_end));
        MaintenanceSnapshot { maintenance: Arc::clone(maintenance), status, interval, count }
    }

    /// The updates up to `now`, oldest first; possibly none.
    pub fn updates(&self) -> &[MaintenanceUpdate] {
        &self.maintenance.updates[..self.count]
    }

    /// When something was last said of it, or the clock moved it. For what was never spoken of and lies
    /// ahead the planned beginning, the one time that is known.
    pub fn changed(&self) -> Time {
        let moved = match self.state() {
            MaintenanceState::Upcoming => None,
            MaintenanceState::Running => Some(self.interval.from),
            MaintenanceState::Past => Some(self.interval.until),
        };
        let said = self.updates().last().map(|update| update.at);
        moved.max(said).unwrap_or(self.maintenance.from)
    }

    /// Upcoming, running or past.
    pub fn state(&self) -> MaintenanceState {
        match self.status {
            MaintenanceStatus::Scheduled => MaintenanceState::Upcoming,
            MaintenanceStatus::InProgress | MaintenanceStatus::Verifying => MaintenanceState::Running,
            MaintenanceStatus::Completed => MaintenanceState::Past,
        }
    }
}

fn by_clock(maintenance: &Maintenance, now: Time) -> MaintenanceStatus {
    if now < maintenance.from {
        MaintenanceStatus::Scheduled
    } else if now < maintenance.until {
        MaintenanceStatus::InProgress
    } else {
        MaintenanceStatus::Completed
    }
}
