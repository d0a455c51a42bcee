//! The settings, and the names of the systems in `locales/`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Files, javascript};
use crate::document::Node;
use crate::import::front::{Front, child, open, scalar};
use crate::import::history::draft::{Draft, SiteSettings};
use crate::import::markdown::plain_line;
use crate::import::{Notes, json, toml};
use crate::model::is_site_address;

/// Names that the settings may have, in Statusfy's order.
pub(super) const FILES: [&str; 3] = ["config.yml", "config.toml", "config.js"];

/// Keys whose meaning is brought over.
const TAKEN: [&str; 7] = ["title", "description", "baseUrl", "defaultLocale", "locales", "content", "contentConfig"];

/// The systems of settings that list none.
const USUAL: [&str; 4] = ["api", "cdn", "dns", "site-delivery"];

/// What the settings say.
pub(super) struct StatusfyConfig {
    pub settings: SiteSettings,
    /// The folder of the entries, ending in `/`.
    pub folder: String,
    /// Codes of languages; none if the settings do not say.
    languages: Option<Vec<String>>,
    systems: Vec<String>,
    /// What readers are shown, by the id of the system.
    names: BTreeMap<String, String>,
    /// What the systems are for, by their ids.
    descriptions: BTreeMap<String, String>,
    /// Files of names.
    locales: Vec<String>,
}

impl StatusfyConfig {
    /// Reads the settings and the names.
    pub(super) fn read(files: &Files, notes: &mut Notes) -> StatusfyConfig {
        let mut config = StatusfyConfig {
            settings: SiteSettings::default(),
            folder: "content/".to_owned(),
            languages: None,
            systems: Vec::new(),
            names: BTreeMap::new(),
            descriptions: BTreeMap::new(),
            locales: Vec::new(),
        };
        if let Some((path, bytes)) = FILES.iter().find_map(|name| files.get_key_value(*name)) {
            config.settings.path.clone_from(path);
            if let Some(root) = root(path, bytes, notes) {
                config.take(&root, notes);
            }
        }
        config.take_names(files, notes);
        config
    }

    fn take(&mut self, root: &Node, notes: &mut Notes) {
        let path = self.settings.path.clone();
        let text = |key: &str| child(root, key).and_then(scalar);
        self.settings.name = text("title");
        self.settings.description = text("description").map(|text| plain_line(&text));
        self.settings.url =
            text("baseUrl").map(|url| format!("{}/", url.trim_end_matches('/'))).filter(|url| is_site_address(url));
        self.settings.language = text("defaultLocale");
        if let Some(Node::List(locales)) = child(root, "locales") {
            let codes = locales.iter().filter_map(|locale| child(locale, "code").and_then(scalar));
            self.languages = Some(codes.collect());
        }
        let empty = Node::Null;
        let content = child(root, "content").or_else(|| child(root, "contentConfig")).unwrap_or(&empty);
        if let Some(folder) = child(content, "dir").and_then(scalar) {
            self.folder = format!("{}/", folder.trim_start_matches("./").trim_matches('/'));
        }
        match child(content, "systems") {
            Some(Node::List(systems)) => self.systems = systems.iter().filter_map(scalar).collect(),
            Some(_) => notes.add(&path, None, "the list of systems cannot be read; those that entries name were taken"),
            None => {
                notes.add(&path, None, "there is no list of systems; Statusfy's usual four were taken");
                self.systems = USUAL.map(str::to_owned).to_vec();
            }
        }
        let Node::Map(entries) = root else { return };
        for (key, _) in entries.iter().filter(|(key, _)| !TAKEN.contains(&key.as_str())) {
            notes.add(&path, None, format!("the setting `{key}` has no place here; not carried over"));
        }
    }

    /// `locales/LANG.json` has `systems`; the language of the site comes first, then English.
    fn take_names(&mut self, files: &Files, notes: &mut Notes) {
        let own = format!("locales/{}.json", self.settings.language.as_deref().unwrap_or("en"));
        let is_locale = |path: &str| path.starts_with("locales/") && path.ends_with(".json");
        let mut locales: Vec<&String> = files.keys().filter(|path| is_locale(path)).collect();
        locales.sort_by_key(|path| (**path != own, path.as_str() != "locales/en.json", *path));
        for path in locales {
            self.locales.push(path.clone());
            for item in json::items(path, &files[path], notes) {
                let systems = item.get("systems");
                let named = systems.and_then(|systems| systems.get("items")).or(systems).and_then(Value::as_object);
                for (id, system) in named.into_iter().flatten() {
                    self.take_name(id, system);
                }
            }
        }
    }

    /// A name, or an object of a title and a description.
    fn take_name(&mut self, id: &str, system: &Value) {
        let text = |value: &Value| value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let part = |keys: [&str; 2]| keys.iter().find_map(|key| system.get(*key).and_then(text));
        if let Some(name) = text(system).or_else(|| part(["title", "name"])) {
            self.names.entry(id.to_owned()).or_insert(name);
        }
        if let Some(description) = part(["description", "summary"]) {
            self.descriptions.entry(id.to_owned()).or_insert(description);
        }
    }

    /// Adds the systems to the components.
    pub(super) fn list(&self, draft: &mut Draft) {
        for id in &self.systems {
            if draft.components.find(id).is_some() {
                let message = format!("the system `{id}` is listed twice; the first one was taken");
                draft.notes.add(&self.settings.path, None, message);
                continue;
            }
            let name = self.names.get(id);
            if name.is_none() {
                let message = format!("no file of `locales/` names the system `{id}`; its id stands for it");
                draft.notes.add(&self.settings.path, None, message);
            }
            let component = draft.components.add(id, id, name.unwrap_or(id), None);
            component.description = self.descriptions.get(id).cloned().unwrap_or_default();
        }
    }

    /// Whether a folder below that of the entries is one of a language; empty for none.
    pub(super) fn is_language(&self, folder: &str) -> bool {
        let looks_so = |code: &str| {
            let first = code.split(['-', '_']).next().unwrap_or_default();
            (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic()) && code.len() <= 8
        };
        folder.is_empty()
            || self.languages.as_ref().map_or_else(|| looks_so(folder), |known| known.iter().any(|code| code == folder))
    }

    /// Whether a file was read for the settings.
    pub(super) fn is_read(&self, path: &str) -> bool {
        path == self.settings.path || self.locales.iter().any(|locale| locale == path)
    }
}

fn root(path: &str, bytes: &[u8], notes: &mut Notes) -> Option<Node> {
    if path.ends_with(".yml") {
        let document = open(path, bytes, notes)?;
        let front = Front::of(&document);
        if front.is_none() {
            notes.add(path, None, "the settings are no mapping of keys to values; not imported");
        }
        return front.map(|_| document.root().clone());
    }
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    if path.ends_with(".toml") {
        return toml::parse(&text)
            .map_err(|(line, why)| notes.add(path, line, format!("it is no TOML: {why}; not imported")))
            .ok();
    }
    let Some((node, opaque)) = javascript::exported(&text) else {
        notes.add(path, None, "no object that it exports can be read, and programs are not run; not imported");
        return None;
    };
    opaque.into_iter().for_each(|line| notes.add(path, line, "a value that only running it would tell; not imported"));
    Some(node)
}
