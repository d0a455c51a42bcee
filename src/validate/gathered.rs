//! What the files of a site gave, one by one, before they are put together.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Entry;
use crate::document::Document;
use crate::model::{Announcement, EntryKind, Id, IncidentRecord, Maintenance, PageRecord, Postmortem, Template};

/// The file of each entry, by kind and id.
pub type EntryFiles = BTreeMap<(EntryKind, Id), Arc<str>>;

/// Everything that the files of the site gave.
#[derive(Clone, Default)]
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

impl Entries {
    /// The files that could be read, by their paths.
    pub fn documents(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<Document>)> {
        fn of<T>(entries: &[Entry<T>]) -> impl Iterator<Item = (&Arc<str>, &Arc<Document>)> {
            entries.iter().filter_map(|entry| Some((&entry.path, entry.document.as_ref()?)))
        }
        let announced = of(&self.incidents).chain(of(&self.maintenance)).chain(of(&self.announcements));
        announced.chain(of(&self.pages)).chain(of(&self.postmortems)).chain(of(&self.templates))
    }
}
