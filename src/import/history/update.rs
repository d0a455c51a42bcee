//! An update, and the statuses of the entry that it belongs to.

use crate::model::{ComponentStatus, IncidentStatus, MaintenanceStatus};
use crate::time::Time;

/// The statuses of one kind of entry.
pub(in crate::import) trait Status: Copy + PartialEq {
    /// After it only what reopens the entry may follow.
    const LAST: Self;
    /// How the content writes it.
    fn word(self) -> &'static str;
}

impl Status for IncidentStatus {
    const LAST: IncidentStatus = IncidentStatus::Resolved;
    fn word(self) -> &'static str {
        IncidentStatus::word(self)
    }
}

impl Status for MaintenanceStatus {
    const LAST: MaintenanceStatus = MaintenanceStatus::Completed;
    fn word(self) -> &'static str {
        MaintenanceStatus::word(self)
    }
}

/// One word to customers.
pub(in crate::import) struct UpdateDraft<S> {
    pub at: Time,
    pub status: S,
    /// What it says of components, by their ids; empty in maintenance.
    pub components: Vec<(String, ComponentStatus)>,
    pub body: String,
}
