//! The wall: the only door from the site to what may be public.
//!
//! [`PublicSite`] has no internal field, so a public renderer cannot name an internal thing.

use std::sync::Arc;

use crate::model::{Announcement, Component, Group, Incident, Maintenance, Page, Settings, Site, Visibility};

/// What may be told to everybody.
#[derive(Clone, Debug)]
pub struct PublicSite {
    /// The public settings.
    pub settings: Settings,
    /// In the order of the pages.
    pub groups: Vec<Arc<Group>>,
    /// In the order of the pages.
    pub components: Vec<Arc<Component>>,
    /// Oldest first.
    pub incidents: Vec<Arc<Incident>>,
    /// By start, earliest first.
    pub maintenance: Vec<Arc<Maintenance>>,
    /// By start, earliest first.
    pub announcements: Vec<Announcement>,
    /// By `order`, then by title.
    pub pages: Vec<Page>,
}

/// What of `site` may be told to everybody.
pub fn public(site: &Site) -> PublicSite {
    let incidents = site.incidents.iter().filter(|record| record.visibility == Visibility::Public);
    let pages = site.pages.iter().filter(|record| record.audience == Visibility::Public);
    PublicSite {
        settings: site.settings.clone(),
        groups: site.groups.clone(),
        components: site.components.clone(),
        incidents: incidents.map(|record| Arc::clone(&record.incident)).collect(),
        maintenance: site.maintenance.clone(),
        announcements: site.announcements.clone(),
        pages: pages.map(|record| record.page.clone()).collect(),
    }
}
