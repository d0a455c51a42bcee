//! The status of each component, each group and the whole at `now`.

use std::sync::Arc;

use super::{IncidentSnapshot, MaintenanceSnapshot, MaintenanceState};
use crate::model::{Component, ComponentStatus, Group, IncidentStatus};
use crate::time::{Time, Zone};

/// The present, at a glance.
#[derive(Clone, Debug)]
pub struct Overview {
    /// What the page says first.
    pub headline: Headline,
    /// The worst status of any component.
    pub worst: ComponentStatus,
    /// In the order of the site.
    pub components: Vec<ComponentState>,
    /// Components without a group first, then the groups in the order of the site.
    pub groups: Vec<GroupState>,
    /// Worst first, then the newest.
    pub open: Vec<Arc<IncidentSnapshot>>,
    /// By planned end.
    pub running: Vec<Arc<MaintenanceSnapshot>>,
    /// By start; what has no time at the end.
    pub upcoming: Vec<Arc<MaintenanceSnapshot>>,
}

/// A component and how it does.
#[derive(Clone, Debug)]
pub struct ComponentState {
    /// Which.
    pub component: Arc<Component>,
    /// The worst that any open incident or running maintenance says of it.
    pub status: ComponentStatus,
    /// Since when it is in trouble, if it is.
    pub since: Option<Time>,
}

/// A group and how it does.
#[derive(Clone, Debug)]
pub struct GroupState {
    /// Which; none for the components without a group.
    pub group: Option<Arc<Group>>,
    /// The worst of its members (Statuspage's rule).
    pub status: ComponentStatus,
    /// In the order of the site.
    pub members: Vec<ComponentState>,
}

/// What the page says first, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Headline {
    /// Nothing to report.
    Operational,
    /// Planned work, and nothing else.
    Maintenance,
    /// Every open incident is being watched after its repair, and every component works.
    Recovering,
    /// An incident is open although every component works.
    Incident,
    /// Some components are degraded.
    PartlyDegraded,
    /// Every component is degraded.
    Degraded,
    /// A part that is not core fails for some.
    MinorOutage,
    /// Something fails altogether, or something core fails for some.
    PartialOutage,
    /// Everything fails.
    MajorOutage,
}

/// The components that are still there.
pub fn present(components: &[Arc<Component>], zone: Zone, now: Time) -> Vec<Arc<Component>> {
    components.iter().filter(|component| !component.is_retired(zone, now)).cloned().collect()
}

/// The present of these components.
pub fn overview(
    components: &[Arc<Component>],
    groups: &[Arc<Group>],
    incidents: &[Arc<IncidentSnapshot>],
    maintenance: &[Arc<MaintenanceSnapshot>],
) -> Overview {
    let mut open: Vec<Arc<IncidentSnapshot>> =
        incidents.iter().filter(|incident| incident.is_open()).cloned().collect();
    open.sort_by_key(|incident| {
        std::cmp::Reverse((incident.incident.impact, incident.worst_now(), incident.incident.started))
    });
    let mut running = in_state(maintenance, MaintenanceState::Running);
    running.sort_by_key(|snapshot| snapshot.window.last());
    let mut upcoming = in_state(maintenance, MaintenanceState::Upcoming);
    upcoming.sort_by_key(|snapshot| (snapshot.is_undated, snapshot.window));
    let states: Vec<ComponentState> =
        components.iter().map(|component| component_state(component, &open, &running)).collect();
    let worst = worst_of(&states);
    let groups = group_states(groups, &states);
    let headline = headline(&states, &open);
    Overview { headline, worst, components: states, groups, open, running, upcoming }
}

fn in_state(maintenance: &[Arc<MaintenanceSnapshot>], state: MaintenanceState) -> Vec<Arc<MaintenanceSnapshot>> {
    maintenance.iter().filter(|snapshot| snapshot.state() == state).cloned().collect()
}

fn component_state(
    component: &Arc<Component>,
    open: &[Arc<IncidentSnapshot>],
    running: &[Arc<MaintenanceSnapshot>],
) -> ComponentState {
    let incidents = open.iter().filter_map(|snapshot| {
        let status = *snapshot.components.get(&component.id)?;
        let since = snapshot
            .spans()
            .iter()
            .filter(|span| span.component == component.id && span.is_open)
            .map(|span| span.interval.from)
            .min();
        Some((status, since))
    });
    let work = running.iter().filter(|snapshot| snapshot.maintenance.components.contains(&component.id));
    let work = work.map(|snapshot| (snapshot.maintenance.felt(&component.id), snapshot.since));
    let all: Vec<_> = incidents.chain(work).collect();
    let status = all.iter().map(|(status, _)| *status).max().unwrap_or(ComponentStatus::Operational);
    let since = all.iter().filter(|(other, _)| *other == status).filter_map(|(_, since)| *since).min();
    ComponentState {
        component: Arc::clone(component),
        status,
        since: since.filter(|_| status != ComponentStatus::Operational),
    }
}

fn worst_of(states: &[ComponentState]) -> ComponentStatus {
    states.iter().map(|state| state.status).max().unwrap_or(ComponentStatus::Operational)
}

fn group_states(groups: &[Arc<Group>], states: &[ComponentState]) -> Vec<GroupState> {
    let alone = std::iter::once(None);
    let states = alone.chain(groups.iter().cloned().map(Some)).map(|group| {
        let is_member =
            |state: &&ComponentState| state.component.group.as_ref() == group.as_ref().map(|group| &group.id);
        let members: Vec<ComponentState> = states.iter().filter(is_member).cloned().collect();
        GroupState { group, status: worst_of(&members), members }
    });
    states.filter(|state| !state.members.is_empty()).collect()
}

/// Statuspage's rollup (its support article on top-level status), refined by `core`: a partial
/// outage of something core is a partial outage of the whole.
fn headline(states: &[ComponentState], open: &[Arc<IncidentSnapshot>]) -> Headline {
    let all = |status| states.iter().all(|state| state.status == status);
    let core = |status| states.iter().any(|state| state.component.core && state.status == status);
    match worst_of(states) {
        ComponentStatus::MajorOutage if all(ComponentStatus::MajorOutage) => Headline::MajorOutage,
        ComponentStatus::MajorOutage => Headline::PartialOutage,
        ComponentStatus::PartialOutage
            if all(ComponentStatus::PartialOutage) || core(ComponentStatus::PartialOutage) =>
        {
            Headline::PartialOutage
        }
        ComponentStatus::PartialOutage => Headline::MinorOutage,
        ComponentStatus::DegradedPerformance if states.len() > 1 && all(ComponentStatus::DegradedPerformance) => {
            Headline::Degraded
        }
        ComponentStatus::DegradedPerformance => Headline::PartlyDegraded,
        _ if open.iter().any(|snapshot| snapshot.status != IncidentStatus::Monitoring) => Headline::Incident,
        _ if !open.is_empty() => Headline::Recovering,
        ComponentStatus::UnderMaintenance => Headline::Maintenance,
        ComponentStatus::Operational => Headline::Operational,
    }
}
