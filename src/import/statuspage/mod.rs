//! Statuspage (<https://www.atlassian.com/software/statuspage>): answers of its public API
//! (<https://metastatuspage.com/api>) and its feed, saved as files.
//!
//! What is decided for the author:
//! - A file is known by its keys, not by its name. Of several lists of components the newest is the
//!   present; of several tellings of one incident the fullest.
//! - Statuses of components come from what the updates say. Where they say nothing, no outage is
//!   invented. What the page shows now and no incident explains becomes an open incident.
//! - Postmortems are kept as text below the updates.

mod atom;
mod event;
mod incident;
mod input;
mod leftover;
mod maintenance;
mod moment;
mod roster;
mod site;
mod text;
mod wire;

use std::collections::BTreeMap;

use super::unused::Unused;
use event::Desk;
use input::{Event, Input, Listed};
use roster::Roster;
use wire::Component;

use super::ids::Ids;
use super::{Imported, Notes, Summary};
use crate::model::ComponentStatus;

type Files = BTreeMap<String, Vec<u8>>;

/// The content files that saved answers of Statuspage become. `files`: by path relative to their
/// folder. Without any such answer there are no files.
pub fn statuspage(files: &Files) -> Imported {
    let mut notes = Notes::default();
    let mut input = Input::read(files, &mut notes);
    if !input.is_any {
        return Imported { notes: notes.sorted(), ..Imported::default() };
    }
    let mut unused = Unused::default();
    let listed = input.listed.take().unwrap_or_else(|| named(&input, &mut notes));
    let mut roster = Roster::new(&listed.path, &listed.components, &mut notes, &mut unused);
    let path = input.main_path();
    let page = input.page.take().map(|(_, page)| page).unwrap_or_default();
    if roster.items.is_empty() {
        let name = wire::filled(page.name.as_ref()).unwrap_or("Service").to_owned();
        notes.add(&path, None, "there is no component at all; one for the whole was written, please correct it");
        roster.add_whole(&name);
    }
    let mut import = Import { roster, notes, unused, ..Import::default() };
    import.out.insert("content/site.yaml".to_owned(), site::file(&path, &page, &import.roster, &mut import.notes));
    import.unused.count("the page", &page.rest);
    import.write_events(input.events);
    import.write_leftovers(&listed.path, wire::time(page.updated_at.as_ref()));
    import.finish(&path)
}

/// Without a list of components, those that incidents name.
fn named(input: &Input, notes: &mut Notes) -> Listed {
    let mut found: BTreeMap<String, Component> = BTreeMap::new();
    let tellings = || input.events.values().map(|event| &event.told);
    for component in tellings().flat_map(|told| told.components.iter().flatten()) {
        let Some(code) = component.id.clone() else { continue };
        let is_newer = found
            .get(&code)
            .is_none_or(|known| wire::time(known.updated_at.as_ref()) < wire::time(component.updated_at.as_ref()));
        if is_newer {
            found.insert(code, component.clone());
        }
    }
    let updates = tellings().flat_map(|told| told.incident_updates.iter().flatten());
    for affected in updates.flat_map(|update| update.affected_components.iter().flatten()) {
        let Some(code) = affected.code.clone() else { continue };
        let name = affected.name.clone();
        found.entry(code.clone()).or_insert_with(|| Component { id: Some(code), name, ..Component::default() });
    }
    let path = input.main_path();
    notes.add(&path, None, "there is no list of components; those that incidents name were taken");
    Listed::new(path, found.into_values().collect())
}

#[derive(Default)]
struct Import {
    roster: Roster,
    notes: Notes,
    unused: Unused,
    summary: Summary,
    incident_ids: Ids,
    maintenance_ids: Ids,
    /// The worst that open entries say of each component.
    said: BTreeMap<String, ComponentStatus>,
    out: Files,
}

impl Import {
    /// In order of time, so that of two entries of one name the older keeps it.
    fn write_events(&mut self, events: BTreeMap<String, Event>) {
        let mut events: Vec<(String, Event)> = events.into_iter().collect();
        events.sort_by_key(|(_, event)| event::began(&event.told));
        for (code, event) in &events {
            self.summary.entries += 1;
            self.write_event(code, event);
        }
    }

    fn write_event(&mut self, code: &str, event: &Event) {
        let Event { path, told, .. } = event;
        let (roster, notes, unused) = (&self.roster, &mut self.notes, &mut self.unused);
        let mut desk = Desk { roster, notes, unused, path, code, kept: Vec::new() };
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
        for found in leftover::all(path, &self.roster.items, &self.said, as_of, &mut self.notes) {
            let id = self.incident_ids.give(&found.name, "incident");
            self.summary.incidents += 1;
            self.out.insert(format!("content/incidents/{}/{id}.md", &found.at.rfc3339()[..4]), found.bytes);
        }
    }

    fn finish(mut self, path: &str) -> Imported {
        self.summary.components = self.roster.items.len();
        self.unused.report(path, &mut self.notes);
        Imported { files: self.out, notes: self.notes.sorted(), summary: self.summary }
    }
}
