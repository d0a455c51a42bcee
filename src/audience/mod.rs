//! The wall: the only door from the site to what may be public.
//!
//! [`PublicSite`] has no internal field, so a public renderer cannot name an internal thing.

mod language;

use std::collections::{BTreeMap, BTreeSet};
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
    /// Planned work that waited for its time when its file was taken away.
    pub withdrawn: Vec<Arc<Maintenance>>,
    /// By start, earliest first.
    pub announcements: Vec<Announcement>,
    /// By `order`, then by title.
    pub pages: Vec<Page>,
    /// What postmortems tell everybody, by incident.
    pub messages: BTreeMap<Id, ExternalMessage>,
    /// Texts that stand here in the main language, since nobody has written them in that of the pages.
    pub untranslated: BTreeSet<String>,
}

/// What of `site` may be told to everybody.
pub fn public(site: &Site) -> PublicSite {
    let hidden: BTreeSet<&Id> =
        site.components.iter().filter(|component| component.is_hidden).map(|component| &component.id).collect();
    let incidents = site.incidents.iter().filter(|record| record.visibility == Visibility::Public);
    let pages = site.pages.iter().filter(|record| record.audience == Visibility::Public);
    PublicSite {
        settings: site.settings.clone(),
        groups: site.groups.iter().filter(|group| !is_hidden(site, group)).cloned().collect(),
        components: site.components.iter().filter(|component| !component.is_hidden).cloned().collect(),
        messages: messages(site),
        incidents: incidents.map(|record| incident(&record.incident, &hidden)).collect(),
        maintenance: site.maintenance.iter().map(|work| maintenance(work, &hidden)).collect(),
        withdrawn: site.withdrawn.iter().map(|work| maintenance(work, &hidden)).collect(),
        announcements: site.announcements.clone(),
        pages: pages.map(|record| record.page.clone()).collect(),
        untranslated: BTreeSet::new(),
    }
}

/// Whether all of its components are hidden.
fn is_hidden(site: &Site, group: &Group) -> bool {
    let mut members = site.components.iter().filter(|component| component.group.as_ref() == Some(&group.id)).peekable();
    members.peek().is_some() && members.all(|component| component.is_hidden)
}

/// The incident without hidden components. Most sites have none, and share what the site has.
fn incident(incident: &Arc<Incident>, hidden: &BTreeSet<&Id>) -> Arc<Incident> {
    let mut incident = Arc::clone(incident);
    if hidden.is_empty() {
        return incident;
    }
    if incident.updates.iter().flat_map(|update| update.components.keys()).any(|id| hidden.contains(id)) {
        let updates = &mut Arc::make_mut(&mut incident).updates;
        updates.iter_mut().for_each(|update| update.components.retain(|id, _| !hidden.contains(id)));
    }
    incident
}

/// The work without hidden components.
fn maintenance(work: &Arc<Maintenance>, hidden: &BTreeSet<&Id>) -> Arc<Maintenance> {
    let mut work = Arc::clone(work);
    if work.components.iter().any(|id| hidden.contains(id)) {
        let work = Arc::make_mut(&mut work);
        work.components.retain(|id| !hidden.contains(id));
        work.impact.retain(|id, _| !hidden.contains(id));
    }
    work
}

/// The external messages that are to be published, by the public incidents that they are about.
fn messages(site: &Site) -> BTreeMap<Id, ExternalMessage> {
    let mut messages = BTreeMap::new();
    for postmortem in site.postmortems.iter().filter(|postmortem| postmortem.publish) {
        let body = postmortem.section(SectionKind::ExternalMessage).map(|section| &section.body);
        let (Some(about), Some(body), Some(published)) = (&postmortem.incident, body, postmortem.published) else {
            continue;
        };
        messages.entry(about.clone()).or_insert_with(|| ExternalMessage { published, body: body.clone() });
    }
    if !messages.is_empty() {
        let public = site.incidents.iter().filter(|record| record.visibility == Visibility::Public);
        let public: BTreeSet<&Id> = public.map(|record| &record.incident.id).collect();
        messages.retain(|id, _| public.contains(id));
    }
    messages
}
