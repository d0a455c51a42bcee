//! The new site while an import fills it. Entries get their ids at the end, in order of time, so that of
//! two of one name the older keeps it.

use std::collections::{BTreeMap, BTreeSet};

use super::components::ComponentList;
use super::entry::{AnnouncementDraft, IncidentDraft, Location, MaintenanceDraft, one_line};
use super::write::{self, Keys};
use crate::document::stem_of;
use crate::import::ids::{Ids, TAKEN, dated};
use crate::import::{Imported, Notes, Summary};
use crate::time::{Time, Zone};
use crate::yaml::write as yaml;

/// Everything an import has so far.
#[derive(Default)]
pub(in crate::import) struct Draft {
    pub components: ComponentList,
    pub notes: Notes,
    pub summary: Summary,
    /// Lines that are kept as comments in the settings.
    pub kept: Vec<String>,
    filed: Vec<Filed>,
}

/// A file without its name.
struct Filed {
    folder: &'static str,
    at: Time,
    /// What the id is made of.
    name: String,
    location: Location,
    bytes: Vec<u8>,
}

/// The largest content file that Candor reads, in bytes.
const LARGEST: usize = 1024 * 1024;

impl Draft {
    /// One of files whose times are of `zone` where they name none.
    pub(in crate::import) fn in_zone(zone: Option<Zone>) -> Draft {
        Draft { notes: Notes::in_zone(zone), ..Draft::default() }
    }

    /// Files an incident; `name` is what its id is made of, unless its day and title are to do.
    pub(in crate::import) fn incident(&mut self, location: &Location, name: Option<&str>, incident: IncidentDraft) {
        let Some(at) = incident.updates.iter().map(|update| update.at).chain(incident.started).min() else {
            return location.note(&mut self.notes, "it has no update with a time; not imported");
        };
        let name = name.map_or_else(|| dated(at, &incident.title), str::to_owned);
        let ids = incident.updates.iter().flat_map(|update| update.components.iter().map(|(id, _)| id.as_str()));
        self.components.hear(ids, incident.last().unwrap_or(at), incident.is_open());
        let bytes = incident.file(location, &mut self.notes);
        self.summary.incidents += usize::from(self.file("incidents", at, name, location, bytes));
    }

    /// Files planned work.
    pub(in crate::import) fn maintenance(
        &mut self,
        location: &Location,
        name: Option<&str>,
        maintenance: MaintenanceDraft,
    ) {
        let at = maintenance.from;
        let name = name.map_or_else(|| dated(at, &maintenance.title), str::to_owned);
        self.components.hear(maintenance.components.iter().map(String::as_str), maintenance.last(), false);
        let bytes = maintenance.file(location, &mut self.notes);
        self.summary.maintenance += usize::from(self.file("maintenance", at, name, location, bytes));
    }

    /// Files an announcement.
    pub(in crate::import) fn announcement(
        &mut self,
        location: &Location,
        name: Option<&str>,
        announcement: AnnouncementDraft,
    ) {
        let at = announcement.from;
        let name = name.map_or_else(|| dated(at, &announcement.title), str::to_owned);
        let bytes = announcement.file(location, &mut self.notes);
        self.summary.announcements += usize::from(self.file("announcements", at, name, location, bytes));
    }

    /// Keeps a file that is no entry as an internal page; `reason` says why it is none.
    pub(in crate::import) fn set_aside(&mut self, location: &Location, bytes: &[u8], reason: &str) {
        let message = format!("it cannot be read as an entry: {reason}; the file is kept as an internal page");
        location.note(&mut self.notes, &message);
        let name = stem_of(&location.path).to_owned();
        let page = write::internal_page(&name, &[], &write::fenced(bytes));
        self.internal_page(location, name, page);
    }

    /// Files a page for the company's eyes; `name` is what its id is made of.
    pub(in crate::import) fn internal_page(&mut self, location: &Location, name: String, page: Vec<u8>) {
        self.summary.set_aside += usize::from(self.file("pages", Time::from_millis(0), name, location, page));
    }

    /// The id of a component that only entries name; it is added if it is new.
    pub(in crate::import) fn unlisted(&mut self, location: &Location, key: &str, name: &str) -> String {
        if let Some(known) = self.components.find(key) {
            return known.id.clone();
        }
        self.components.add_unlisted(key, name, location)
    }

    fn file(&mut self, folder: &'static str, at: Time, name: String, location: &Location, bytes: Vec<u8>) -> bool {
        if bytes.len() > LARGEST {
            location.note(&mut self.notes, "it would be larger than 1 MiB, the most that Candor reads; not imported");
            return false;
        }
        self.filed.push(Filed { folder, at, name, location: location.clone(), bytes });
        true
    }

    /// All files, the settings among them.
    pub(in crate::import) fn finish(mut self, mut settings: SiteSettings) -> Imported {
        let mut files = BTreeMap::new();
        let mut made: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        settings.kept.append(&mut self.kept);
        settings.zone = settings.zone.or(self.notes.zone);
        self.components.retire(settings.zone.unwrap_or(Zone::UTC), &mut self.notes);
        let site = settings.file(&mut self.components, &mut self.notes);
        files.insert("content/site.yaml".to_owned(), site);
        let mut ids: BTreeMap<&str, Ids> = [("pages", Ids::reserving(&TAKEN))].into();
        self.filed.sort_by(|a, b| (a.folder, a.at, &a.name).cmp(&(b.folder, b.at, &b.name)));
        for Filed { folder, at, name, location, bytes } in self.filed {
            let id = ids.entry(folder).or_default().give(&name, folder.trim_end_matches('s'));
            // Several entries of one title on one day are usual; two files of one name are not.
            let is_day_and_title = name.starts_with(&at.rfc3339()[..10]) && name.as_bytes().get(10) == Some(&b' ');
            if !is_day_and_title && crate::model::Id::slug(&name).is_some_and(|wanted| *wanted != *id) {
                location.note(&mut self.notes, &format!("its id is that of another entry already; it got `{id}`"));
            }
            let year = if folder == "pages" { String::new() } else { format!("{}/", &at.rfc3339()[..4]) };
            let file = format!("content/{folder}/{year}{id}.md");
            made.entry((location.path, location.name)).or_default().insert(file.clone());
            files.insert(file, bytes);
        }
        self.summary.components = self.components.all().len();
        Imported { made, ..self.notes.finish(files, self.summary) }
    }
}

/// What becomes of `site.yaml` besides components.
#[derive(Default)]
pub(in crate::import) struct SiteSettings {
    /// The file to name where something is missing.
    pub path: String,
    pub name: Option<String>,
    pub url: Option<String>,
    pub description: Option<String>,
    pub language: Option<String>,
    pub zone: Option<Zone>,
    /// Lines that are kept as comments.
    pub kept: Vec<String>,
}

impl SiteSettings {
    fn file(self, components: &mut ComponentList, notes: &mut Notes) -> Vec<u8> {
        let mut keys = Keys::default();
        let name = self.name.as_deref().map(one_line).filter(|name| !name.is_empty());
        let name = self.required(name.as_deref(), "name", "Status", notes);
        keys.set("name", name.as_str());
        keys.set("url", self.required(self.url.as_deref(), "address", "https://status.example.com/", notes));
        for (key, value) in [("description", &self.description), ("language", &self.language)] {
            value.iter().for_each(|value| keys.set(key, value.as_str()));
        }
        if let Some(zone) = self.zone {
            keys.set("timezone", zone.name());
        }
        if components.all().is_empty() {
            let message = "there is no component at all; one for the whole was written, please correct it";
            notes.add(&self.path, None, message);
            components.add("", "service", &name, None);
        }
        components.write(&mut keys);
        let mut text = yaml::mapping(&keys.0);
        self.kept.iter().for_each(|line| text.push_str(&yaml::comment(line)));
        text.into_bytes()
    }

    fn required(&self, value: Option<&str>, what: &str, otherwise: &str, notes: &mut Notes) -> String {
        if value.is_none() {
            let message = format!(
                "there is no {what} of the page that can be used; `{otherwise}` stands for it, please correct it"
            );
            notes.add(&self.path, None, message);
        }
        value.unwrap_or(otherwise).to_owned()
    }
}
