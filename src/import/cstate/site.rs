//! `config.yml` becomes `site.yaml`.

use super::components::Components;
use super::write::Keys;
use crate::document::{Document, Node};
use crate::import::front::{Front, child, flag, scalar, shown};
use crate::import::markdown::plain_line;
use crate::import::{Notes, hugo};
use crate::model::is_site_address;
use crate::time::Zone;
use crate::yaml::write as yaml;

/// The settings of a site while its entries are read.
#[derive(Default)]
pub(super) struct CstateSettings {
    /// The file, relative to the cState site.
    pub path: String,
    /// `baseURL`, if it is an address.
    pub url: Option<String>,
    /// The zone of its times.
    pub zone: Option<Zone>,
    name: Option<String>,
    description: Option<String>,
    language: Option<String>,
    kept: Vec<String>,
    without_place: Vec<String>,
}

/// Names that the settings of a Hugo site may have, the best one first.
pub(super) const FILES: [&str; 16] = [
    "config.yml",
    "config.yaml",
    "config.toml",
    "config.json",
    "hugo.yml",
    "hugo.yaml",
    "hugo.toml",
    "hugo.json",
    "config/_default/config.yml",
    "config/_default/config.yaml",
    "config/_default/config.toml",
    "config/_default/config.json",
    "config/_default/hugo.yml",
    "config/_default/hugo.yaml",
    "config/_default/hugo.toml",
    "config/_default/hugo.json",
];

/// Keys whose meaning is brought over.
const TAKEN: [&str; 5] = ["title", "languageCode", "baseURL", "timeZone", "params"];

/// Keys of Hugo itself: how it builds, not what the site says.
const MACHINERY: [&str; 16] = [
    "theme",
    "outputs",
    "outputFormats",
    "taxonomies",
    "security",
    "ignoreLogs",
    "ignoreErrors",
    "enableGitInfo",
    "buildFuture",
    "preserveTaxonomyNames",
    "defaultContentLanguage",
    "enableMissingTranslationPlaceholders",
    "markup",
    "module",
    "permalinks",
    "minify",
];

impl CstateSettings {
    /// Those of a folder without settings.
    pub(super) fn absent() -> CstateSettings {
        CstateSettings { path: FILES[0].to_owned(), ..CstateSettings::default() }
    }

    /// Reads the settings and fills `components` with the systems they list.
    pub(super) fn read(path: &str, bytes: &[u8], components: &mut Components, notes: &mut Notes) -> CstateSettings {
        let mut settings = CstateSettings { path: path.to_owned(), ..CstateSettings::default() };
        let yaml = match hugo::settings(path, bytes) {
            Ok(yaml) => yaml,
            Err((line, why)) => {
                notes.add(path, line, format!("the settings cannot be read: {why}; not imported"));
                return settings;
            }
        };
        match Document::read(path, &yaml) {
            Ok(document) => match Front::of(&document) {
                Some(front) => settings.take(&front, components, notes),
                None => notes.add(path, None, "the settings are no mapping of keys to values; not imported"),
            },
            Err(faults) => faults.into_iter().for_each(|fault| {
                let line = fault.place.map(|place| place.line);
                notes.add(path, line, format!("the settings cannot be read: {}; not imported", fault.message));
            }),
        }
        settings
    }

    fn take(&mut self, front: &Front<'_>, components: &mut Components, notes: &mut Notes) {
        self.name = front.text("title");
        self.language = front.text("languageCode");
        self.url = front.text("baseURL").filter(|url| is_site_address(url));
        if let Some(name) = front.text("timeZone") {
            self.zone = Zone::named(&name);
            if self.zone.is_none() {
                let message = format!("the zone `timeZone: {name}` is not known; choose one with `--timezone`");
                notes.time(&self.path, front.line("timeZone"), message);
                self.keep("timeZone", &format!("timeZone: {name}"));
            }
        }
        for (key, node) in front.entries() {
            let is_taken = TAKEN.iter().chain(&MACHINERY).any(|known| known.eq_ignore_ascii_case(key));
            if !is_taken {
                self.keep(key, &format!("{key}: {}", shown(node)));
            }
        }
        front.repeated().iter().for_each(|twice| twice.keep(&self.path, 0, notes));
        let empty = Node::Map(Vec::new());
        let params = front.get("params").unwrap_or(&empty);
        self.description = child(params, "description").and_then(scalar);
        self.take_groups(child(params, "categories"), components, notes);
        if let Some(Node::List(systems)) = child(params, "systems") {
            systems.iter().for_each(|system| self.take_system(system, components, notes));
        }
        if let Node::Map(entries) = params {
            for (key, node) in entries {
                if !["description", "categories", "systems"].iter().any(|known| known.eq_ignore_ascii_case(key)) {
                    self.keep(key, &format!("params.{key}: {}", shown(node)));
                }
            }
        }
    }

    fn take_groups(&mut self, categories: Option<&Node>, components: &mut Components, notes: &mut Notes) {
        let Some(Node::List(categories)) = categories else { return };
        for category in categories {
            let Some(name) = child(category, "name").or(Some(category)).and_then(scalar) else { continue };
            let description = child(category, "description").and_then(scalar).unwrap_or_default();
            // A text that comes twice, or is of what is listed already, has no place of its own.
            notes.source(&self.path, None, &description);
            components.list.group(&name, &description);
            for key in ["closed", "untitled"] {
                if child(category, key).and_then(flag) == Some(true) {
                    notes.add(&self.path, None, format!("`{key}` of the category `{name}` has no place here"));
                }
            }
        }
    }

    fn take_system(&mut self, system: &Node, components: &mut Components, notes: &mut Notes) {
        let text = |key: &str| child(system, key).and_then(scalar);
        let Some(name) = text("name").or_else(|| scalar(system)) else {
            notes.add(&self.path, None, format!("a system without a name: `{}`", shown(system)));
            return;
        };
        let group = text("category").map(|category| {
            if !components.list.has_group(&category) {
                notes.add(
                    &self.path,
                    None,
                    format!("the category `{category}` of `{name}` is not listed; it was added"),
                );
            }
            components.list.group(&category, "")
        });
        let shown_name = text("displayName").unwrap_or_else(|| name.clone());
        let description = text("description").unwrap_or_default();
        notes.source(&self.path, None, &description);
        if !components.list(&name, &shown_name, description, group) {
            notes.add(&self.path, None, format!("the system `{name}` is listed twice; the first one was taken"));
        }
        let Node::Map(entries) = system else { return };
        for (key, node) in entries {
            if !["name", "displayName", "category", "description"].iter().any(|known| known.eq_ignore_ascii_case(key)) {
                self.keep(&format!("{key} of {name}"), &format!("{key} of {name}: {}", shown(node)));
            }
        }
    }

    /// Keeps a setting as a comment; `key` is how the note names it.
    fn keep(&mut self, key: &str, what: &str) {
        self.without_place.push(key.to_owned());
        self.kept.push(format!("cState: {what}"));
    }

    /// `site.yaml`.
    pub(super) fn write(&mut self, components: &mut Components, notes: &mut Notes) -> Vec<u8> {
        components.list.retire(self.zone.unwrap_or(Zone::UTC), notes);
        if !self.without_place.is_empty() {
            let list = self.without_place.join("`, `");
            notes.add(
                &self.path,
                None,
                format!("these settings have no place here and are kept as comments: `{list}`"),
            );
        }
        let mut keys = Keys::default();
        keys.set("name", self.required(self.name.as_deref(), "title", "Status", notes));
        keys.set("url", self.required(self.url.as_deref(), "baseURL", "https://status.example.com/", notes));
        if let Some(description) = &self.description {
            keys.set("description", plain_line(description));
        }
        if let Some(language) = &self.language {
            keys.set("language", language.as_str());
        }
        if let Some(zone) = self.zone {
            keys.set("timezone", zone.name());
        }
        if components.list.all().is_empty() {
            let message = "there is no system at all; one for the whole was written, please correct it";
            notes.add(&self.path, None, message);
            components.stand_in(self.name.as_deref().unwrap_or("Status"));
        }
        components.list.write(&mut keys);
        let mut text = yaml::mapping(&keys.0);
        self.kept.iter().for_each(|line| text.push_str(&yaml::comment(line)));
        text.into_bytes()
    }

    fn required(&self, value: Option<&str>, key: &str, otherwise: &str, notes: &mut Notes) -> String {
        value.map_or_else(
            || {
                notes.add(
                    &self.path,
                    None,
                    format!("there is no `{key}` that can be used; `{otherwise}` stands for it, please correct it"),
                );
                otherwise.to_owned()
            },
            str::to_owned,
        )
    }
}
