//! The configuration, put together from all its files as Gatus does: lists are joined, and of a setting
//! that stands in several files the first is taken.

use super::Files;
use crate::document::{Document, Node, Step};
use crate::import::Notes;
use crate::import::front::{Front, child, open, scalar};
use crate::import::history::draft::SiteSettings;
use crate::import::history::entry::Location;
use crate::import::markdown::plain_line;
use crate::import::page::Unused;

/// An item of one of the lists, and where it stands.
pub(super) struct Item {
    pub location: Location,
    pub node: Node,
    /// The list: `endpoints`, `external-endpoints`, `suites` or `announcements`.
    pub list: &'static str,
}

/// What all files say together.
#[derive(Default)]
pub(super) struct GatusConfig {
    pub settings: SiteSettings,
    pub endpoints: Vec<Item>,
    pub announcements: Vec<Item>,
    /// Planned work that recurs: the endpoint's name, or none for all.
    pub windows: Vec<(Option<String>, Item)>,
}

/// The lists of things that are checked; `services` is what Gatus called its endpoints before 4.0.
const CHECKED: [&str; 4] = ["endpoints", "external-endpoints", "suites", "services"];

/// Keys by which a file is known as one of Gatus.
const KNOWN: [&str; 20] = [
    "endpoints",
    "external-endpoints",
    "suites",
    "services",
    "announcements",
    "maintenance",
    "ui",
    "alerting",
    "storage",
    "web",
    "security",
    "metrics",
    "remote",
    "connectivity",
    "tunneling",
    "concurrency",
    "disable-monitoring-lock",
    "skip-invalid-config-update",
    "debug",
    "kubernetes",
];

/// Finding the place of an item reads the file again; of so many the first are found.
const PLACED: usize = 500;

/// Whether Gatus reads a file of this name.
pub(super) fn is_yaml(path: &str) -> bool {
    path.ends_with(".yaml") || path.ends_with(".yml")
}

impl GatusConfig {
    /// Reads every file.
    pub(super) fn read(files: &Files, notes: &mut Notes, unused: &mut Unused) -> GatusConfig {
        let mut config = GatusConfig::default();
        for (path, bytes) in files.iter().filter(|(path, _)| is_yaml(path)) {
            let Some(document) = open(path, bytes, notes) else { continue };
            match Front::of(&document) {
                Some(front) if front.entries().iter().any(|(key, _)| KNOWN.contains(&key.as_str())) => {
                    config.take(path, &document, &front, notes, unused);
                }
                _ => notes.add(path, None, "no configuration of Gatus; not imported"),
            }
        }
        config
    }

    fn take(&mut self, path: &str, document: &Document, front: &Front<'_>, notes: &mut Notes, unused: &mut Unused) {
        if self.settings.path.is_empty() {
            path.clone_into(&mut self.settings.path);
        }
        for twice in front.repeated() {
            // What is told to customers is kept; settings of checks may hold secrets.
            match twice.within.as_deref().unwrap_or(&twice.key) {
                "announcements" => twice.keep(path, 0, notes),
                _ => notes.add(path, twice.line, twice.message()),
            }
        }
        for (key, node) in front.entries() {
            match key.as_str() {
                "ui" => self.take_page(path, node, unused),
                "announcements" => self.announcements.extend(items(path, document, "announcements", node, notes)),
                "maintenance" => {
                    let location = Location { path: path.to_owned(), line: front.line(key), name: String::new() };
                    self.windows.push((None, Item { location, node: node.clone(), list: "maintenance" }));
                }
                key if CHECKED.contains(&key) => self.take_checked(path, document, key, node, notes),
                key => {
                    notes.add(path, front.line(key), format!("the setting `{key}` has no place here; not carried over"))
                }
            }
        }
    }

    fn take_page(&mut self, _path: &str, page: &Node, unused: &mut Unused) {
        let text = |key: &str| child(page, key).and_then(scalar).map(|text| plain_line(&text));
        let settings = &mut self.settings;
        settings.name = settings.name.take().or_else(|| text("header")).or_else(|| text("title"));
        settings.description = settings.description.take().or_else(|| text("description"));
        if let Node::Map(entries) = page {
            let rest = entries.iter().filter(|(key, _)| !["header", "title", "description"].contains(&key.as_str()));
            rest.for_each(|(key, _)| unused.one("`ui`", key));
        }
    }

    fn take_checked(&mut self, path: &str, document: &Document, key: &str, node: &Node, notes: &mut Notes) {
        let Some(list) = CHECKED.iter().find(|known| **known == key) else { return };
        for item in items(path, document, list, node, notes) {
            if let Some(Node::List(windows)) = child(&item.node, "maintenance-windows") {
                let name = child(&item.node, "name").and_then(scalar);
                for window in windows {
                    let window = Item { location: item.location.clone(), node: window.clone(), list };
                    self.windows.push((name.clone().or(Some(String::new())), window));
                }
            }
            self.endpoints.push(item);
        }
    }
}

fn items(path: &str, document: &Document, list: &'static str, node: &Node, notes: &mut Notes) -> Vec<Item> {
    let found = match node {
        Node::List(found) => found.as_slice(),
        Node::Null => &[],
        _ => {
            let line = document.place(&vec![Step::Key(list.into())]).line;
            notes.add(path, line, format!("`{list}` is no list; not imported"));
            &[]
        }
    };
    let place = |index: usize| document.place(&vec![Step::Key(list.into()), Step::Index(index)]).line;
    let item = |(index, node): (usize, &Node)| {
        let line = (index < PLACED).then(|| place(index));
        Item { location: Location { path: path.to_owned(), line, name: String::new() }, node: node.clone(), list }
    };
    found.iter().enumerate().map(item).collect()
}

/// A text in which `$$` is a dollar. What stands for the environment stays as it is, and is noted.
pub(super) fn written(text: &str, location: &Location, notes: &mut Notes) -> String {
    let text = text.replace("$$", "\u{0}");
    let names_variable = text
        .match_indices('$')
        .any(|(at, _)| text[at + 1..].starts_with(|c: char| c == '{' || c == '_' || c.is_ascii_alphabetic()));
    if names_variable {
        location
            .note(notes, &format!("`{text}` names a variable of the environment, which is not read; kept as written"));
    }
    text.replace('\u{0}', "$")
}
