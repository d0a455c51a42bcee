//! What the files of a site gave, one by one, before they are put together.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Entry;
use crate::model::{Announcement, EntryKind, Id, IncidentRecord, Maintenance, PageRecord, Postmortem, Template};

/// The file of each entry, by kind and id.
pub type Files = BTreeMap<(EntryKind, Id), String>;

/// Everything that the files of the site gave.
#[derive(Default)]
pub struct Entries {
    /// From `incidents/`.
    pub incidents: Vec<Entry<IncidentRecord>>,
    /// From `maintenance/`.
    pub maintenance: Vec<Entry<Arc<Maintenance>>>,
    /// From `announcements/`.
    pub announcements: Vec<Entry<Announcement>>,
    /// From `pages/`.
    pub pages: Vec<Entry<PageRecord>>,
    /// From `postmortems/`.
    pub postmortems: Vec<Entry<Postmortem>>,
    /// From `templates/`.
    pub templates: Vec<Entry<Template>>,
}
