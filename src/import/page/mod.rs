//! A status page as another system tells of it becomes content. Each importer reads its own files into
//! the objects of [`told`]; what is decided from there on is the same for all:
//! - Statuses of components come from what the updates say. Where they say nothing, no outage is
//!   invented. What the page shows now and no incident explains becomes an open incident.
//! - Postmortems are kept as text below the updates.

mod event;
mod incident;
mod leftover;
mod maintenance;
mod roster;
mod site;
pub(super) mod told;
mod unused;

use std::collections::BTreeMap;

use event::Desk;
use roster::Roster;
use told::{Component, Incident, Page};
pub(super) use unused::Unused;

use super::ids::Ids;
use super::{Imported, Notes, Summary};
use crate::model::ComponentStatus;

type Files = BTreeMap<String, Vec<u8>>;

/// The system that a page is taken over from.
#[derive(Clone, Copy)]
pub(super) struct System {
    /// Its name, which stands before what is kept as comments.
    pub name: &'static str,
    /// How the texts of updates are written.
    pub texts: Texts,
}

/// How a system's texts are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Texts {
    /// Plain text in which a line break is one, with light HTML.
    Html,
    /// Markdown.
    Markdown,
}

/// An incident or planned work, and where it was found.
#[derive(Clone)]
pub(super) struct Event {
    /// The file.
    pub path: String,
    /// Where in the file it begins, if that is known.
    pub line: Option<usize>,
    /// What is told of it.
    pub told: Incident,
}

/// A whole page, read.
#[derive(Default)]
pub(super) struct Whole {
    /// The file to name for what concerns the whole.
    pub path: String,
    pub page: Page,
    /// The file that lists the components; none if no file does.
    pub listed: Option<(String, Vec<Component>)>,
    pub events: Vec<Event>,
    pub unused: Unused,
}

/// The content files that a page becomes.
pub(super) fn write(system: System, mut whole: Whole, mut notes: Notes) -> Imported {
    let path = std::mem::take(&mut whole.path);
    let listed = whole.listed.take();
    let (listed_path, components) = listed.unwrap_or_else(|| (path.clone(), named(&path, &whole.events, &mut notes)));
    let mut roster = Roster::new(system, &listed_path, &components, &mut notes, &mut whole.unused);
    if roster.items.is_empty() {
        let name = told::filled(whole.page.name.as_ref()).unwrap_or("Service").to_owned();
        notes.add(&path, None, "there is no component at all; one for the whole was written, please correct it");
        roster.add_whole(&name);
    }
    let mut import = Import::new(system, roster, whole.unused, notes);
    let site = site::file(system, &path, &whole.page, &import.roster, &mut import.notes);
    import.out.insert("content/site.yaml".to_owned(), site);
    import.unused.count("the page", &whole.page.rest);
    import.write_events(whole.events);
    import.write_leftovers(&listed_path, told::time(whole.page.updated_at.as_ref()));
    import.finish(&path)
}

/// Without a list of components, those that incidents name.
fn named(path: &str, events: &[Event], notes: &mut Notes) -> Vec<Component> {
    let mut found: BTreeMap<String, Component> = BTreeMap::new();
    for component in events.iter().flat_map(|event| event.told.components.iter().flatten()) {
        let Some(code) = component.id.clone() else { continue };
        let is_newer = found
            .get(&code)
            .is_none_or(|known| told::time(known.updated_at.as_ref()) < told::time(component.updated_at.as_ref()));
        if is_newer {
            found.insert(code, component.clone());
        }
    }
    let updates = events.iter().flat_map(|event| event.told.incident_updates.iter().flatten());
    for affected in updates.flat_map(|update| update.affected_components.iter().flatten()) {
        let Some(code) = affected.code.clone() else { continue };
        let name = affected.name.clone();
        found.entry(code.clone()).or_insert_with(|| Component { id: Some(code), name, ..Component::default() });
    }
    notes.add(path, None, "there is no list of components; those that incidents name were taken");
    found.into_values().collect()
}

struct Import {
    system: System,
    roster: Roster,
    notes: Notes,
    unused: Unused,
    summary: Summary,
    incident_ids: Ids,
    maintenance_ids: Ids,
    page_ids: Ids,
    /// The worst that open entries say of each component.
    said: BTreeMap<String, ComponentStatus>,
    out: Files,
}

impl Import {
    fn new(system: System, roster: Roster, unused: Unused, notes: Notes) -> Import {
        Import {
            system,
            roster,
            notes,
            unused,
            summary: Summary::default(),
            incident_ids: Ids::default(),
            maintenance_ids: Ids::default(),
            page_ids: Ids::default(),
            said: BTreeMap::new(),
            out: Files::new(),
        }
    }

    /// In order of time, so that of two entries of one name the older keeps it.
    fn write_events(&mut self, mut events: Vec<Event>) {
        events.sort_by_key(|event| event::began(&event.told));
        for event in &events {
            self.summary.entries += 1;
            self.write_event(event);
        }
    }

    fn write_event(&mut self, event: &Event) {
        let told = &event.told;
        let code = told.id.as_deref().unwrap_or_default();
        let (roster, notes, unused) = (&self.roster, &mut self.notes, &mut self.unused);
        let mut desk = Desk { system: self.system, roster, notes, unused, event, code, kept: Vec::new() };
        if let Some(why) = told.hidden.filter(|_| told.is_maintenance()) {
            let bytes = maintenance::page(&mut desk, told, why);
            self.summary.set_aside += 1;
            let name = self.page_ids.give(&event::name(told), "maintenance");
            self.out.insert(format!("content/pages/{name}.md"), bytes);
            return;
        }
        let (folder, name, bytes) = if told.is_maintenance() {
            let Some((bytes, worked_on)) = maintenance::file(&mut desk, told) else { return };
            worked_on.into_iter().for_each(|id| self.hear(id, ComponentStatus::UnderMaintenance));
            self.summary.maintenance += 1;
            ("maintenance", self.maintenance_ids.give(&event::name(told), "maintenance"), bytes)
        } else {
            let Some((bytes, now)) = incident::file(&mut desk, told) else { return };
            now.into_iter().for_each(|(id, status)| self.hear(id, status));
            self.summary.incidents += 1;
            ("incidents", self.incident_ids.give(&event::name(told), "incident"), bytes)
        };
        self.out.insert(format!("content/{folder}/{}/{name}.md", &event::date(told)[..4]), bytes);
    }

    fn hear(&mut self, id: String, status: ComponentStatus) {
        let worst = self.said.entry(id).or_insert(status);
        *worst = status.max(*worst);
    }

    fn write_leftovers(&mut self, path: &str, as_of: Option<crate::time::Time>) {
        for found in leftover::all(self.system, path, &self.roster.items, &self.said, as_of, &mut self.notes) {
            let id = self.incident_ids.give(&found.name, "incident");
            self.summary.incidents += 1;
            self.out.insert(format!("content/incidents/{}/{id}.md", &found.at.rfc3339()[..4]), found.bytes);
        }
    }

    fn finish(mut self, path: &str) -> Imported {
        self.summary.components = self.roster.items.len();
        self.unused.report(path, &mut self.notes);
        self.notes.finish(self.out, self.summary)
    }
}
