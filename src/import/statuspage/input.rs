//! Which of the files are answers of Statuspage, and what they say together. Several may tell of the
//! same incident: the fullest telling wins.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Files, atom, history};
use crate::import::object::texts;
use crate::import::page::objects::{self, Component, Incident, Page};
use crate::import::{Notes, html, json, times};
use crate::time::{Time, Zone};

/// Where something is told, the one that knows least first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    History,
    Feed,
    Api,
}

/// An incident or planned work, and where it was found.
#[derive(Clone)]
pub(super) struct Event {
    /// The file.
    pub path: String,
    pub source: Source,
    pub told: Incident,
}

/// The components as a file lists them.
pub(super) struct Listed {
    pub path: String,
    as_of: Option<Time>,
    pub components: Vec<Component>,
}

/// Everything that was found.
#[derive(Default)]
pub(super) struct StatuspageInput {
    pub page: Option<(String, Page)>,
    pub listed: Option<Listed>,
    /// By code.
    pub events: BTreeMap<String, Event>,
    /// Whether any file was an answer of Statuspage.
    pub is_any: bool,
    /// The months of histories, by file.
    months: Vec<(String, Vec<Value>)>,
}

impl StatuspageInput {
    pub fn read(files: &Files, notes: &mut Notes) -> StatuspageInput {
        let mut input = StatuspageInput::default();
        for (path, bytes) in files {
            if path.ends_with(".atom") || path.ends_with(".xml") {
                continue; // when the page's zone is known
            }
            match json::one(path, bytes, notes) {
                Ok(mut value) => {
                    place(path, &mut value, notes);
                    input.read_answer(path, value, notes);
                }
                Err(error) if path.ends_with(".json") => {
                    notes.add(path, error.line(), format!("it is no JSON: {error}; not imported"));
                }
                Err(_) => notes.add(path, None, "neither JSON nor an Atom feed; not imported"),
            }
        }
        let of_page = input.page.as_ref().and_then(|(_, page)| Zone::named(page.time_zone.as_deref()?));
        let zone = of_page.or(notes.zone);
        for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".atom") || path.ends_with(".xml")) {
            let Some(feed) = atom::read(path, bytes, zone, notes) else { continue };
            input.is_any = true;
            if input.page.is_none() {
                input.page = Some((path.clone(), feed.page));
            }
            feed.incidents
                .into_iter()
                .for_each(|told| input.add(Event { path: path.clone(), source: Source::Feed, told }, notes));
        }
        for (path, months) in std::mem::take(&mut input.months) {
            for told in history::read(&path, months, zone, notes) {
                input.add(Event { path: path.clone(), source: Source::History, told }, notes);
            }
        }
        input
    }

    /// The file to name for what concerns the whole: that of the page, or the first that tells anything.
    pub fn main_path(&self) -> String {
        let first = || self.events.values().map(|event| event.path.clone()).min();
        self.page.as_ref().map(|(path, _)| path.clone()).or_else(first).unwrap_or_default()
    }

    fn read_answer(&mut self, path: &str, value: Value, notes: &mut Notes) {
        let before = self.is_any;
        self.is_any = false;
        match value {
            Value::Array(items) => items.into_iter().for_each(|item| self.read_item(path, item, notes)),
            Value::Object(ref keys) if keys.contains_key("subdomain") => self.read_page(path, value, notes),
            Value::Object(ref keys) if keys.contains_key("incident_updates") => self.read_incident(path, value, notes),
            Value::Object(keys) => self.read_keys(path, keys, notes),
            _ => {}
        }
        if !self.is_any {
            notes.add(path, None, "no answer of Statuspage's public API; not imported");
        }
        self.is_any |= before;
    }

    /// An item of a list of the API for owners, which has no page around it.
    fn read_item(&mut self, path: &str, mut item: Value, notes: &mut Notes) {
        let is_group = item.get("components").is_some_and(Value::is_array) && item.get("status").is_none();
        let is_component = item.get("status").is_some() && item.get("position").is_some();
        if item.get("incident_updates").is_some() || !(is_group || is_component) {
            return self.read_incident(path, item, notes);
        }
        if is_group {
            item["group"] = Value::Bool(true);
        }
        self.is_any = true;
        let listed =
            self.listed.get_or_insert_with(|| Listed { path: path.to_owned(), as_of: None, components: Vec::new() });
        listed.components.extend(read::<Component>(path, "component", item, notes));
    }

    /// The page as the API for owners has it.
    fn read_page(&mut self, path: &str, value: Value, notes: &mut Notes) {
        let text = |key: &str| value.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        let hosted = || text("subdomain").map(|name| format!("https://{name}.statuspage.io/"));
        let url = text("domain").map(|domain| format!("https://{domain}/")).or_else(hosted);
        self.is_any = true;
        if let Some(page) = read::<Page>(path, "page", value.clone(), notes) {
            self.page = Some((path.to_owned(), Page { url: url.or(page.url.clone()), ..page }));
        }
    }

    fn read_keys(&mut self, path: &str, mut keys: serde_json::Map<String, Value>, notes: &mut Notes) {
        if let Some(Value::Array(months)) = keys.remove("months") {
            self.is_any = true;
            self.months.push((path.to_owned(), months));
            if !keys.contains_key("page") {
                keys.remove("page_status"); // made of the others
                return keys.iter().for_each(|(key, value)| {
                    notes.set_aside(path, &texts(value), format!("`{key}` is not read; not imported"));
                });
            }
        }
        let Some(page) = keys.remove("page").and_then(|page| read::<Page>(path, "page", page, notes)) else { return };
        let as_of = objects::time(page.updated_at.as_ref());
        self.is_any = true;
        if self.page.as_ref().is_none_or(|(_, known)| objects::time(known.updated_at.as_ref()) < as_of) {
            self.page = Some((path.to_owned(), page));
        }
        keys.remove("status"); // made of the others
        for (key, value) in keys {
            match (&*key, value) {
                ("components", Value::Array(items)) => self.read_components(path, as_of, items, notes),
                ("incidents" | "scheduled_maintenances", Value::Array(items)) => {
                    items.into_iter().for_each(|item| self.read_incident(path, item, notes));
                }
                ("incident" | "scheduled_maintenance", item) => self.read_incident(path, item, notes),
                (key, value) => {
                    notes.set_aside(path, &texts(&value), format!("`{key}` is not read; not imported"));
                }
            }
        }
    }

    /// The newest list is the one of the present.
    fn read_components(&mut self, path: &str, as_of: Option<Time>, items: Vec<Value>, notes: &mut Notes) {
        if self.listed.as_ref().is_none_or(|listed| listed.as_of < as_of) {
            let components = items.into_iter().filter_map(|item| read(path, "component", item, notes)).collect();
            self.listed = Some(Listed { path: path.to_owned(), as_of, components });
        }
    }

    fn read_incident(&mut self, path: &str, item: Value, notes: &mut Notes) {
        if item.get("incident_updates").is_none() {
            return notes.set_aside(path, &texts(&item), "an entry without `incident_updates`; not imported");
        }
        self.is_any = true;
        if let Some(told) = read(path, "incident", item, notes) {
            self.add(Event { path: path.to_owned(), source: Source::Api, told }, notes);
        }
    }

    fn add(&mut self, event: Event, notes: &mut Notes) {
        let Some(code) = objects::filled(event.told.id.as_ref()).map(str::to_owned) else {
            let name = event.told.name.as_deref().unwrap_or_default();
            let message = format!("the incident `{name}` has no id; not imported");
            return notes.set_aside(&event.path, &event.told.texts().collect::<Vec<_>>(), message);
        };
        let is_less = self.events.get(&code).is_some_and(|known| known.fullness() >= event.fullness());
        let other = if is_less { Some(event) } else { self.events.insert(code.clone(), event) };
        // What one telling alone says is kept; a feed and a history say less, in words of their own.
        let other = other.filter(|other| other.source == Source::Api);
        if let Some(Event { path, told, .. }) = &other {
            told.texts().for_each(|text| notes.source(path, None, &html::plain(text)));
        }
    }
}

impl Event {
    fn fullness(&self) -> (Source, usize, Option<Time>) {
        let updates = self.told.incident_updates.as_ref().map_or(0, Vec::len);
        (self.source, updates, objects::time(self.told.updated_at.as_ref()))
    }
}

/// Keys of moments besides those that end in `_at`.
const MOMENTS: [&str; 2] = ["scheduled_for", "scheduled_until"];

/// Gives the moments that name no zone theirs.
fn place(path: &str, value: &mut Value, notes: &mut Notes) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| place(path, item, notes)),
        Value::Object(keys) => {
            for (key, value) in keys.iter_mut() {
                let is_moment = key.ends_with("_at") || MOMENTS.contains(&key.as_str());
                match value.as_str().filter(|text| is_moment && times::exact(text).is_none()) {
                    Some(text) => {
                        if let Ok((time, false)) = notes.time_of(path, None, text) {
                            *value = Value::String(time.rfc3339());
                        }
                    }
                    None => place(path, value, notes),
                }
            }
        }
        _ => {}
    }
}

fn read<T: DeserializeOwned>(path: &str, what: &str, value: Value, notes: &mut Notes) -> Option<T> {
    let name = value.get("name").or_else(|| value.get("id")).map(Value::to_string).unwrap_or_default();
    match T::deserialize(&value) {
        Ok(read) => Some(read),
        Err(error) => {
            notes.set_aside(path, &texts(&value), format!("the {what} {name} cannot be read: {error}; not imported"));
            None
        }
    }
}
