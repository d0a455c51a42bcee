//! What the files hold: the dump that a page publishes at `/feed/json`, in its older and newer forms, and
//! rows of the database's tables. Both become things with keys in the tables' spelling.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::import::object::{Object, as_text};
use crate::import::things::{Thing, Things};
use crate::import::{Notes, json};

/// What a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RowOf {
    Page,
    Group,
    Component,
    Monitor,
    Report,
    Update,
    Maintenance,
    /// A row that joins two others.
    Joint,
}

/// Everything that was found.
pub(super) struct OpenStatusInput {
    pub things: Things<RowOf>,
    /// What dumps say of their page.
    pub page: Object,
    /// A file to name for the whole.
    pub path: String,
    joints: Vec<(String, Object)>,
    others: BTreeMap<(String, String), usize>,
    /// Whether the rows are those of several pages.
    pub is_of_several: bool,
}

/// Keys of a dump, and names of tables.
const SECTIONS: [(&str, RowOf); 19] = [
    ("page", RowOf::Page),
    ("pages", RowOf::Page),
    ("page_component_groups", RowOf::Group),
    ("page_component_group", RowOf::Group),
    ("page_components", RowOf::Component),
    ("page_component", RowOf::Component),
    ("monitors", RowOf::Monitor),
    ("monitor", RowOf::Monitor),
    ("status_reports", RowOf::Report),
    ("status_report", RowOf::Report),
    ("status_report_updates", RowOf::Update),
    ("status_report_update", RowOf::Update),
    ("maintenances", RowOf::Maintenance),
    ("maintenance", RowOf::Maintenance),
    ("status_report_to_page_component", RowOf::Joint),
    ("maintenance_to_page_component", RowOf::Joint),
    ("status_report_update_to_page_component", RowOf::Joint),
    ("status_report_to_monitors", RowOf::Joint),
    ("maintenance_to_monitor", RowOf::Joint),
];

/// Lists within an entry whose items join it with components or monitors.
const JOINTS: [&str; 7] = [
    "page_components",
    "monitors",
    "status_reports_to_page_components",
    "maintenances_to_page_components",
    "status_report_update_to_page_components",
    "monitors_to_status_reports",
    "maintenances_to_monitors",
];

impl RowOf {
    /// The kind of a row, by its columns.
    fn of_keys(row: &Object) -> Option<RowOf> {
        let has = |key| row.has(key);
        let joins = has("page_component_id") || has("monitor_id") && !has("name");
        let owned = has("status_report_update_id") || has("status_report_id") || has("maintenance_id");
        Some(if joins && owned && !has("message") {
            RowOf::Joint
        } else if has("status_report_id") {
            RowOf::Update
        } else if has("from") && has("to") {
            RowOf::Maintenance
        } else if has("slug") {
            RowOf::Page
        } else if has("status_report_updates") || has("title") && has("status") {
            RowOf::Report
        } else if has("group_order") {
            RowOf::Component
        } else if has("default_open") || has("name") && has("page_id") {
            RowOf::Group
        } else {
            return None;
        })
    }
}

impl OpenStatusInput {
    pub fn read(files: &BTreeMap<String, Vec<u8>>, notes: &mut Notes) -> OpenStatusInput {
        let (things, page, path) = (Things::new(), Object::default(), String::new());
        let mut input =
            OpenStatusInput { things, page, path, joints: Vec::new(), others: BTreeMap::new(), is_of_several: false };
        for (path, bytes) in files {
            for value in json::items(path, bytes, notes) {
                match value {
                    Value::Object(map) => input.document(path, spelled(map), notes),
                    _ => notes.add(path, None, "neither a dump of OpenStatus nor a row of its tables; not imported"),
                }
            }
        }
        input.join(notes);
        input.things.register(notes);
        for ((what, path), count) in &input.others {
            notes.add(path, None, format!("{what} ({count}) have no place here; not imported"));
        }
        input.keep_one_page(notes);
        input
    }

    /// Whether anything of OpenStatus was found.
    pub fn is_any(&self) -> bool {
        !self.things.is_empty()
    }

    fn document(&mut self, path: &str, mut whole: Object, notes: &mut Notes) {
        // A report has some of these lists too.
        let is_dump = RowOf::of_keys(&whole).is_none_or(|kind| kind == RowOf::Report && whole.has("status_reports"));
        let sections: Vec<(RowOf, Vec<Value>)> =
            SECTIONS.iter().filter(|_| is_dump).map(|(key, kind)| (*kind, whole.list(key))).collect();
        if sections.iter().all(|(_, rows)| rows.is_empty()) {
            return self.row(path, None, whole, notes);
        }
        for (kind, row) in sections.into_iter().flat_map(|(kind, rows)| rows.into_iter().map(move |row| (kind, row))) {
            match row {
                Value::Object(map) => self.row(path, Some(kind), spelled(map), notes),
                _ => self.other("items that are no objects", path, &[], notes),
            }
        }
        whole.entries().for_each(|(key, value)| self.page.fill(&key, value));
    }

    fn row(&mut self, path: &str, kind: Option<RowOf>, row: Object, notes: &mut Notes) {
        let Some(kind) = kind.or_else(|| RowOf::of_keys(&row)) else {
            return self.other("objects of an unknown kind", path, &row.texts(), notes);
        };
        if kind == RowOf::Joint {
            return self.joints.push((path.to_owned(), row));
        }
        let mut thing = Thing::new(path, row);
        if thing.code.is_empty() {
            return self.other("rows without an id", path, &thing.fields.texts(), notes);
        }
        for mut update in thing.fields.list("status_report_updates").into_iter().filter_map(as_row) {
            update.fill("status_report_id", Value::String(thing.code.clone()));
            self.row(path, Some(RowOf::Update), update, notes);
        }
        for key in JOINTS {
            let items = thing.fields.list(key);
            items.into_iter().for_each(|item| link(&mut thing, key, item));
        }
        if self.path.is_empty() {
            path.clone_into(&mut self.path);
        }
        self.things.add(kind, thing);
    }

    /// Counts what is no row of a page; its texts are kept.
    fn other(&mut self, what: &str, path: &str, texts: &[&str], notes: &mut Notes) {
        texts.iter().for_each(|text| notes.source(path, None, text));
        *self.others.entry((what.to_owned(), path.to_owned())).or_default() += 1;
    }

    /// Gives the rows that join two things to the one that they belong to.
    fn join(&mut self, notes: &mut Notes) {
        for (path, mut row) in std::mem::take(&mut self.joints) {
            let mut owned = |key, kind| row.text(key).map(|code| (kind, code));
            let owner = owned("status_report_update_id", RowOf::Update)
                .or(owned("status_report_id", RowOf::Report))
                .or(owned("maintenance_id", RowOf::Maintenance));
            let thing = owner.as_ref().and_then(|(kind, code)| self.things.get_mut(*kind, code));
            match thing {
                Some(thing) => link(thing, "", Value::Object(row.entries().collect())),
                None => {
                    let owner = owner.map(|(_, code)| code).unwrap_or_default();
                    let message = format!(
                        "a row that names a component belongs to `{owner}`, which is not in the files; not imported"
                    );
                    notes.add(&path, None, message);
                }
            }
        }
    }

    /// Tables hold the pages of several customers or products; what belongs to one must not appear on another.
    fn keep_one_page(&mut self, notes: &mut Notes) {
        const KINDS: [RowOf; 4] = [RowOf::Group, RowOf::Component, RowOf::Report, RowOf::Maintenance];
        let mut all: Vec<(RowOf, Thing<RowOf>)> = KINDS
            .iter()
            .flat_map(|kind| self.things.take(*kind).into_iter().map(move |thing| (*kind, thing)))
            .collect();
        let mut pages: BTreeSet<(usize, String)> = BTreeSet::new();
        let owners: Vec<Option<String>> = all.iter_mut().map(|(_, thing)| thing.fields.text("page_id")).collect();
        pages.extend(owners.iter().flatten().map(|page| (page.len(), page.clone())));
        let first = pages.first().map(|(_, page)| page.clone());
        let kept = all.into_iter().zip(owners).filter(|(_, owner)| owner.is_none() || *owner == first);
        let kept: Vec<(RowOf, Thing<RowOf>)> = kept.map(|(entry, _)| entry).collect();
        kept.into_iter().for_each(|(kind, thing)| self.things.add(kind, thing));
        self.is_of_several = pages.len() > 1;
        if let Some(first) = first.as_ref().filter(|_| self.is_of_several) {
            let others: Vec<String> = pages.iter().skip(1).map(|(_, page)| page.clone()).collect();
            let message = format!(
                "the rows are those of several pages; page {first} was imported, and not {}: for another, save its rows alone",
                others.join(", ")
            );
            notes.add(&self.path, None, message);
        }
        let rows = self.things.take(RowOf::Page);
        for row in rows.into_iter().filter(|row| first.as_ref().is_none_or(|first| *first == row.code)).take(1) {
            row.fields.entries().for_each(|(key, value)| self.page.fill(&key, value));
        }
    }
}

/// What an item of a list says of the component or monitor that it names.
fn link(thing: &mut Thing<RowOf>, key: &str, item: Value) {
    let (kind, code, impact) = match item {
        Value::Object(map) => {
            let mut row = spelled(map);
            let is_monitor = key == "monitors" || !row.has("page_component_id") && row.has("monitor_id");
            let (kind, column) =
                if is_monitor { (RowOf::Monitor, "monitor_id") } else { (RowOf::Component, "page_component_id") };
            (kind, row.text(column).or_else(|| row.text("id")), row.take("impact"))
        }
        other => (if key.contains("monitors") { RowOf::Monitor } else { RowOf::Component }, as_text(&other), None),
    };
    let Some(code) = code else { return };
    if let Some(impact) = impact {
        thing.statuses.insert(code.clone(), impact);
    }
    thing.links.insert((kind, code));
}

fn as_row(value: Value) -> Option<Object> {
    if let Value::Object(map) = value { Some(spelled(map)) } else { None }
}

/// Keys as the tables spell them: `groupOrder` is `group_order`.
fn spelled(map: serde_json::Map<String, Value>) -> Object {
    let mut object = Object::default();
    for (key, value) in map {
        let mut snake = String::new();
        for c in key.chars() {
            if c.is_ascii_uppercase() && !snake.is_empty() {
                snake.push('_');
            }
            snake.push(c.to_ascii_lowercase());
        }
        object.fill(&snake, value);
    }
    object
}
