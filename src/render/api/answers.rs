//! What each address of `api/v2` answers.

use super::entries;
use super::ground::Ground;
use super::rollup::rollup;
use super::wire::{
    ComponentsAnswer, Incident, IncidentAnswer, IncidentsAnswer, Maintenance, MaintenanceAnswer, MaintenancesAnswer,
    Status, StatusAnswer, SummaryAnswer,
};
use crate::model::ComponentStatus;
use crate::render::facts::Facts;
use crate::view::{MaintenanceState, SeenIncident, SeenMaintenance};

/// How many entries a list of past ones has.
const RECENT: usize = 50;

/// Makes the answers of one build.
#[derive(Clone, Copy)]
pub(super) struct Answers<'a> {
    pub facts: &'a Facts,
    pub ground: &'a Ground,
}

impl<'a> Answers<'a> {
    pub fn summary(self) -> SummaryAnswer<'a> {
        SummaryAnswer {
            page: &self.ground.page,
            components: &self.ground.components,
            incidents: self.unresolved().incidents,
            scheduled_maintenances: self.planned(|state| state != MaintenanceState::Past),
            status: self.rollup(),
        }
    }

    pub fn status(self) -> StatusAnswer<'a> {
        StatusAnswer { page: &self.ground.page, status: self.rollup() }
    }

    pub fn components(self) -> ComponentsAnswer<'a> {
        ComponentsAnswer { page: &self.ground.page, components: &self.ground.components }
    }

    /// The latest by when they were first told.
    pub fn incidents(self) -> IncidentsAnswer<'a> {
        IncidentsAnswer { page: &self.ground.page, incidents: self.newest(|_| true, RECENT) }
    }

    pub fn unresolved(self) -> IncidentsAnswer<'a> {
        IncidentsAnswer { page: &self.ground.page, incidents: self.newest(SeenIncident::is_open, usize::MAX) }
    }

    /// The latest by their planned beginning.
    pub fn maintenances(self) -> MaintenancesAnswer<'a> {
        let latest = self.facts.maintenance.iter().rev().take(RECENT);
        let scheduled_maintenances = latest.map(|seen| self.maintenance(seen)).collect();
        MaintenancesAnswer { page: &self.ground.page, scheduled_maintenances }
    }

    pub fn upcoming(self) -> MaintenancesAnswer<'a> {
        let scheduled_maintenances = self.planned(|state| state == MaintenanceState::Upcoming);
        MaintenancesAnswer { page: &self.ground.page, scheduled_maintenances }
    }

    pub fn active(self) -> MaintenancesAnswer<'a> {
        let scheduled_maintenances = self.planned(|state| state == MaintenanceState::Running);
        MaintenancesAnswer { page: &self.ground.page, scheduled_maintenances }
    }

    pub fn one_incident(self, index: usize) -> IncidentAnswer<'a> {
        IncidentAnswer { page: &self.ground.page, incident: self.incident(&self.facts.incidents[index]) }
    }

    pub fn one_maintenance(self, index: usize) -> MaintenanceAnswer<'a> {
        let scheduled_maintenance = self.maintenance(&self.facts.maintenance[index]);
        MaintenanceAnswer { page: &self.ground.page, scheduled_maintenance }
    }

    fn rollup(self) -> Status {
        let statuses: Vec<ComponentStatus> = self.facts.overview.components.iter().map(|state| state.status).collect();
        rollup(&statuses, self.facts.site.settings.maintenance_indicator)
    }

    fn newest(self, is_wanted: impl Fn(&SeenIncident) -> bool, count: usize) -> Vec<Incident<'a>> {
        let mut list: Vec<&SeenIncident> =
            self.facts.incidents.iter().map(|seen| &**seen).filter(|seen| is_wanted(seen)).collect();
        list.sort_by_key(|seen| std::cmp::Reverse((seen.updates()[0].at, seen.incident.started)));
        list.into_iter().take(count).map(|seen| self.incident(seen)).collect()
    }

    /// The soonest first.
    fn planned(self, is_wanted: impl Fn(MaintenanceState) -> bool) -> Vec<Maintenance<'a>> {
        let list = self.facts.maintenance.iter().filter(|seen| is_wanted(seen.state()));
        list.map(|seen| self.maintenance(seen)).collect()
    }

    fn incident(self, seen: &'a SeenIncident) -> Incident<'a> {
        entries::incident(self, seen)
    }

    fn maintenance(self, seen: &'a SeenMaintenance) -> Maintenance<'a> {
        entries::maintenance(self, seen)
    }
}
