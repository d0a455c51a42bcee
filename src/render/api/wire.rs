//! Statuspage's objects, as they go over the wire: these keys, no others, in this order.
//!
//! Taken from the answers of pages that Statuspage hosts and from its public documentation
//! (<https://metastatuspage.com/api>). Strict readers refuse an unknown key, so none is added.

use serde::Serialize;

/// The site itself; opens every answer.
#[derive(Serialize)]
pub(super) struct ApiPage {
    pub id: String,
    pub name: String,
    pub url: String,
    pub time_zone: &'static str,
    pub updated_at: String,
}

/// The rollup.
#[derive(Serialize)]
pub(super) struct ApiStatus {
    pub indicator: &'static str,
    pub description: &'static str,
}

/// A component, or a group of them.
#[derive(Serialize)]
pub(super) struct ApiComponent {
    pub id: String,
    pub name: String,
    pub status: &'static str,
    pub created_at: String,
    pub updated_at: String,
    pub position: usize,
    pub description: Option<String>,
    /// Whether its uptime is shown.
    pub showcase: bool,
    pub start_date: Option<String>,
    pub group_id: Option<String>,
    pub page_id: String,
    pub group: bool,
    pub only_show_if_degraded: bool,
    /// The ids of the members; the key is there for groups alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub components: Option<Vec<String>>,
}

/// An incident; planned work is one too.
#[derive(Serialize)]
pub(super) struct ApiIncident<'a> {
    pub id: String,
    pub name: &'a str,
    pub status: &'static str,
    pub created_at: String,
    pub updated_at: String,
    pub monitoring_at: Option<String>,
    pub resolved_at: Option<String>,
    pub impact: &'static str,
    pub shortlink: String,
    pub started_at: String,
    pub page_id: &'a str,
    /// Newest first.
    pub incident_updates: Vec<ApiUpdate>,
    /// As they are now.
    pub components: Vec<&'a ApiComponent>,
    /// Candor reminds nobody.
    pub reminder_intervals: Option<()>,
}

/// Planned work.
#[derive(Serialize)]
pub(super) struct ApiMaintenance<'a> {
    #[serde(flatten)]
    pub incident: ApiIncident<'a>,
    pub scheduled_for: String,
    /// None where nobody knows when it is to end.
    pub scheduled_until: Option<String>,
}

/// One word to customers.
#[derive(Serialize)]
pub(super) struct ApiUpdate {
    pub id: String,
    pub status: &'static str,
    pub body: String,
    pub incident_id: String,
    pub created_at: String,
    pub updated_at: String,
    pub display_at: String,
    pub affected_components: Vec<ApiAffected>,
    pub deliver_notifications: bool,
    pub custom_tweet: Option<()>,
    pub tweet_id: Option<()>,
}

/// What an update means for a component.
#[derive(Serialize)]
pub(super) struct ApiAffected {
    pub code: String,
    pub name: String,
    pub old_status: &'static str,
    pub new_status: &'static str,
}

#[derive(Serialize)]
pub(super) struct SummaryAnswer<'a> {
    pub page: &'a ApiPage,
    pub components: &'a [ApiComponent],
    pub incidents: Vec<ApiIncident<'a>>,
    pub scheduled_maintenances: Vec<ApiMaintenance<'a>>,
    pub status: ApiStatus,
}

#[derive(Serialize)]
pub(super) struct StatusAnswer<'a> {
    pub page: &'a ApiPage,
    pub status: ApiStatus,
}

#[derive(Serialize)]
pub(super) struct ComponentsAnswer<'a> {
    pub page: &'a ApiPage,
    pub components: &'a [ApiComponent],
}

#[derive(Serialize)]
pub(super) struct IncidentsAnswer<'a> {
    pub page: &'a ApiPage,
    pub incidents: Vec<ApiIncident<'a>>,
}

#[derive(Serialize)]
pub(super) struct MaintenancesAnswer<'a> {
    pub page: &'a ApiPage,
    pub scheduled_maintenances: Vec<ApiMaintenance<'a>>,
}

#[derive(Serialize)]
pub(super) struct IncidentAnswer<'a> {
    pub page: &'a ApiPage,
    pub incident: ApiIncident<'a>,
}

#[derive(Serialize)]
pub(super) struct MaintenanceAnswer<'a> {
    pub page: &'a ApiPage,
    pub scheduled_maintenance: ApiMaintenance<'a>,
}
