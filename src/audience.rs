//! The wall: the only door from the site to what may be public.
//!
//! [`PublicSite`] has no internal field, so a public renderer cannot name an internal thing.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{
    Announcement, Component, ExternalMessage, Group, Id, Incident, Maintenance, Page, SectionKind, Settings, Site,
    Visibility,
};

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
    /// What postmortems tell everybody, by incident.
    pub messages: BTreeMap<Id, ExternalMessage>,
}

/// What of `site` may be told to everybody.
pub fn public(site: &Site) -> PublicSite {
    let incidents = site.incidents.iter().filter(|record| record.visibility == Visibility::Public);
    let pages = site.pages.iter().filter(|record| record.audience == Visibility::Public);
    PublicSite {
        settings: site.settings.clone(),
        groups: site.groups.clone(),
        components: site.components.clone(),
        messages: incidents.clone().filter_map(|record| told(site, &record.incident.id)).collect(),
        incidents: incidents.map(|record| Arc::clone(&record.incident)).collect(),
        maintenance: site.maintenance.clone(),
        announcements: site.announcements.clone(),
        pages: pages.map(|record| record.page.clone()).collect(),
    }
}

/// The external message of the postmortem about a public incident, if it is to be published.
fn told(site: &Site, incident: &Id) -> Option<(Id, ExternalMessage)> {
    let about = site.postmortems.iter().filter(|report| report.incident.as_ref() == Some(incident));
    let message = about.filter(|report| report.publish).find_map(|report| {
        let body = report.section(SectionKind::ExternalMessage)?.body.clone();
        Some(ExternalMessage { published: report.published?, body })
    })?;
    Some((incident.clone(), message))
}
