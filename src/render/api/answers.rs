//! What each address of `api/v2` answers.

use super::context::ApiContext;
use super::entries;
use super::rollup::rollup;
use super::wire::{
    ApiIncident, ApiMaintenance, ApiStatus, ComponentsAnswer, IncidentAnswer, IncidentsAnswer, MaintenanceAnswer,
    MaintenancesAnswer, StatusAnswer, SummaryAnswer,
};
use crate::model::ComponentStatus;
use crate::render::facts::Facts;
use crate::view::{IncidentSnapshot, MaintenanceSnapshot, MaintenanceState};

/// How many entries a list of past ones has.
const RECENT: usize = 50;

/// Makes the answers of one build.
#[derive(Clone, Copy)]
pub(super) struct Answers<'a> {
    pub facts: &'a Facts,
    pub context: &'a ApiContext,
}

impl<'a> Answers<'a> {
    pub fn summary(self) -> SummaryAnswer<'a> {
        SummaryAnswer {
            page: &self.context.page,
            components: &self.context.components,
            incidents: self.unresolved().incidents,
            scheduled_maintenances: self.planned(|state| state != MaintenanceState::Past),
            status: self.rollup(),
        }
    }

    pub fn status(self) -> StatusAnswer<'a> {
        StatusAnswer { page: &self.context.page, status: self.rollup() }
    }

    pub fn components(self) -> ComponentsAnswer<'a> {
        ComponentsAnswer { page: &self.context.page, components: &self.context.components }
    }

    /// The latest by when they were first told.
    pub fn incidents(self) -> IncidentsAnswer<'a> {
        IncidentsAnswer { page: &self.context.page, incidents: self.newest(|_| true, RECENT) }
    }

    pub fn unresolved(self) -> IncidentsAnswer<'a> {
        IncidentsAnswer { page: &self.context.page, incidents: self.newest(IncidentSnapshot::is_open, usize::MAX) }
    }

    /// The latest by their planned beginning.
    pub fn maintenances(self) -> MaintenancesAnswer<'a> {
        let latest = self.facts.maintenance.iter().rev().take(RECENT);
        let scheduled_maintenances = latest.map(|snapshot| self.maintenance(snapshot)).collect();
        MaintenancesAnswer { page: &self.context.page, scheduled_maintenances }
    }

    pub fn upcoming(self) -> MaintenancesAnswer<'a> {
        let scheduled_maintenances = self.planned(|state| state == MaintenanceState::Upcoming);
        MaintenancesAnswer { page: &self.context.page, scheduled_maintenances }
    }

    pub fn active(self) -> MaintenancesAnswer<'a> {
        let scheduled_maintenances = self.planned(|state| state == MaintenanceState::Running);
        MaintenancesAnswer { page: &self.context.page, scheduled_maintenances }
    }

    pub fn one_incident(self, index: usize) -> IncidentAnswer<'a> {
        IncidentAnswer { page: &self.context.page, incident: self.incident(&self.facts.incidents[index]) }
    }

    pub fn one_maintenance(self, index: usize) -> MaintenanceAnswer<'a> {
        let scheduled_maintenance = self.maintenance(&self.facts.maintenance[index]);
        MaintenanceAnswer { page: &self.context.page, scheduled_maintenance }
    }

    fn rollup(self) -> ApiStatus {
        let statuses: Vec<ComponentStatus> = self.facts.overview.components.iter().map(|state| state.status).collect();
        rollup(&statuses, self.facts.site.settings.maintenance_indicator)
    }

    fn newest(self, is_wanted: impl Fn(&IncidentSnapshot) -> bool, count: usize) -> Vec<ApiIncident<'a>> {
        let mut list: Vec<&IncidentSnapshot> =
            self.facts.incidents.iter().map(|snapshot| &**snapshot).filter(|snapshot| is_wanted(snapshot)).collect();
        list.sort_by_key(|snapshot| std::cmp::Reverse((snapshot.updates()[0].at, snapshot.incident.started)));
        list.into_iter().take(count).map(|snapshot| self.incident(snapshot)).collect()
    }

    /// The soonest first.
    fn planned(self, is_wanted: impl Fn(MaintenanceState) -> bool) -> Vec<ApiMaintenance<'a>> {
        let list = self.facts.maintenance.iter().filter(|snapshot| is_wanted(snapshot.state()));
        list.map(|snapshot| self.maintenance(snapshot)).collect()
    }

    fn incident(self, snapshot: &'a IncidentSnapshot) -> ApiIncident<'a> {
        entries::incident(self.facts, self.context, snapshot)
    }

    fn maintenance(self, snapshot: &'a MaintenanceSnapshot) -> ApiMaintenance<'a> {
        entries::maintenance(self.facts, self.context, snapshot)
    }
}
