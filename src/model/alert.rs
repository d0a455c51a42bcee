//! What alarms of monitors mean for a site.

use super::{ComponentStatus, Id};

/// What an alarm of a monitor means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertRule {
    /// The labels that the alarm must have, and their values; `*` at one end of a value stands for any text.
    pub labels: Vec<(String, String)>,
    /// The title of the incident.
    pub title: String,
    /// What the incident says of components.
    pub components: Vec<(Id, ComponentStatus)>,
    /// How many seconds the alarm must go on.
    pub after: i64,
    /// The template of the first update; none for the one of `investigating`.
    pub template: Option<String>,
    /// Whether the incident is public at once, and no draft.
    pub is_public: bool,
    /// Whether the end of the last alarm resolves the incident.
    pub resolves: bool,
}
