//! A status page as another system tells of it becomes content. Each importer reads its own files into
//! the [`objects`]; what is decided from there on is the same for all:
//! - Statuses of components come from what the updates say. Where they say nothing, no outage is
//!   invented. What the page shows now and no incident explains becomes an open incident.
//! - Postmortems are kept as text below the updates.

mod board;
mod entry;
mod incident;
mod leftover;
mod maintenance;
pub(super) mod objects;
mod unused;

use std::collections::BTreeMap;

use board::Board;
use entry::EntryReader;
use objects::{Component, Incident, Page};
pub(super) use unused::Unused;

use super::history::draft::{Draft, SiteSettings};
use super::history::entry::Location;
use super::html::plain;
use super::{Imported, Notes};
use crate::model::{ComponentStatus, is_site_address};
use crate::time::{Time, Zone};

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
pub(super) fn write(system: System, mut whole: Whole, notes: Notes) -> Imported {
    let mut draft = Draft::default();
    draft.notes = notes;
    let path = std::mem::take(&mut whole.path);
    let listed = whole.listed.take();
    let (listed_path, components) =
        listed.unwrap_or_else(|| (path.clone(), named(&path, &whole.events, &mut draft.notes)));
    let board = Board::new(system, &listed_path, &components, &mut draft, &mut whole.unused);
    let settings = settings(system, &path, &whole.page, &mut draft.notes);
    whole.unused.count("the page", &whole.page.rest);
    let newest = whole.events.iter().filter_map(|event| event.told.newest()).max();
    let newest = newest.max(objects::time(whole.page.updated_at.as_ref()));
    let mut import = PageImport { system, board, draft, unused: whole.unused, said: BTreeMap::new(), newest };
    whole.events.into_iter().for_each(|event| import.event(event));
    let as_of = objects::time(whole.page.updated_at.as_ref());
    leftover::write(system, &listed_path, &import.board.shown, &import.said, as_of, &mut import.draft);
    import.unused.report(&path, &mut import.draft.notes);
    import.draft.finish(settings)
}

/// Without a list of components, those that incidents name.
fn named(path: &str, events: &[Event], notes: &mut Notes) -> Vec<Component> {
    let mut found: BTreeMap<String, Component> = BTreeMap::new();
    for component in events.iter().flat_map(|event| event.told.components.iter().flatten()) {
        let Some(code) = component.id.clone() else { continue };
        let is_newer = found.get(&code).is_none_or(|known| {
            objects::time(known.updated_at.as_ref()) < objects::time(component.updated_at.as_ref())
        });
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

/// What becomes of `site.yaml`.
fn settings(system: System, path: &str, page: &Page, notes: &mut Notes) -> SiteSettings {
    let zone = objects::filled(page.time_zone.as_ref()).and_then(|name| {
        let zone = Zone::named(name);
        if zone.is_none() {
            notes.add(path, None, format!("the time zone `{name}` is unknown; days begin in UTC now"));
        }
        zone
    });
    let code = objects::filled(page.id.as_ref()).map(|code| format!("{}: page {code}", system.name));
    SiteSettings {
        path: path.to_owned(),
        name: objects::filled(page.name.as_ref()).map(str::to_owned),
        url: objects::filled(page.url.as_ref()).filter(|url| is_site_address(url)).map(str::to_owned),
        description: objects::filled(page.description.as_ref()).map(plain),
        zone,
        kept: code.into_iter().collect(),
        ..SiteSettings::default()
    }
}

struct PageImport {
    system: System,
    board: Board,
    draft: Draft,
    unused: Unused,
    /// The worst that open entries say of each component.
    said: BTreeMap<String, ComponentStatus>,
    /// When the source last said or changed anything.
    newest: Option<Time>,
}

impl PageImport {
    fn event(&mut self, event: Event) {
        self.draft.summary.entries += 1;
        let told = event.told;
        let code = told.id.clone().unwrap_or_default();
        // Many systems number incidents and planned work apart.
        let name = if told.is_maintenance() { format!("maintenance {code}") } else { code.clone() };
        let location = Location { path: event.path, line: event.line, name };
        let (board, notes, unused) = (&self.board, &mut self.draft.notes, &mut self.unused);
        let mut reader = EntryReader {
            system: self.system,
            board,
            notes,
            unused,
            location: &location,
            kept: Vec::new(),
            untimed: Vec::new(),
            newest: self.newest,
        };
        reader.keep_code(&told, &code);
        if !told.is_maintenance() {
            let Some((incident, now)) = incident::read(&mut reader, &told) else { return };
            now.into_iter().for_each(|(id, status)| self.hear(id, status));
            return self.draft.incident(&location, None, incident);
        }
        if let Some(why) = told.hidden {
            let (name, page) = maintenance::page(&mut reader, &told, why);
            return self.draft.internal_page(&location, name, page);
        }
        let Some((maintenance, worked_on)) = maintenance::read(&mut reader, &told) else { return };
        worked_on.into_iter().for_each(|(id, status)| self.hear(id, status));
        self.draft.maintenance(&location, None, maintenance);
    }

    fn hear(&mut self, id: String, status: ComponentStatus) {
        let worst = self.said.entry(id).or_insert(status);
        *worst = status.max(*worst);
    }
}
