//! The systems of a cState site, and those that only its entries name, by the names that entries call them.

use std::collections::BTreeMap;

use crate::import::Notes;
use crate::import::history::components::ComponentList;
use crate::import::history::entry::Location;
use crate::model::Id;
use crate::time::Time;

/// Every component, by the order in which it was met.
#[derive(Default)]
pub(super) struct Components {
    /// As they will be written, with their groups.
    pub list: ComponentList,
    /// How each was written first.
    names: BTreeMap<String, String>,
    /// Spellings that were taken for another: entry, spelling, name.
    respelled: Vec<(String, String, String)>,
    /// The announcements that name systems: how many, and the first.
    news: (usize, String),
}

impl Components {
    /// Adds a system of the settings; `name` is what entries call it. False if it is there already.
    pub(super) fn list(&mut self, name: &str, shown: &str, description: String, group: Option<String>) -> bool {
        let key = key(name);
        if self.names.contains_key(&key) {
            return false;
        }
        let component = self.list.add(&key, name, shown, None);
        (component.description, component.group) = (description, group);
        self.names.insert(key, name.to_owned());
        true
    }

    /// The ids of the systems that an entry names, each once.
    pub(super) fn of_entry(&mut self, path: &str, names: &[String]) -> Vec<String> {
        let mut ids = Vec::new();
        for name in names {
            let id = self.named(path, name);
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// Counts an announcement that names systems.
    pub(super) fn named_by_news(&mut self, path: &str) {
        if self.news.0 == 0 {
            path.clone_into(&mut self.news.1);
        }
        self.news.0 += 1;
    }

    /// Notes the announcements that name systems, in one line.
    pub(super) fn note_of_news(&self, config: &str, notes: &mut Notes) {
        let (count, first) = &self.news;
        if *count > 0 {
            let message = format!(
                "announcements name no components: what {count} of them were said to be about is kept as a comment (first `{first}`)"
            );
            notes.add(config, None, message);
        }
    }

    /// Adds a component for the whole where there is none at all.
    pub(super) fn stand_in(&mut self, name: &str) {
        self.list.add(name, "service", name, None);
    }

    /// Adds to the description of the system that has this folder under `content/affected/`.
    pub(super) fn describe(&mut self, path: &str, name: &str, text: &str) {
        self.named(path, name);
        self.list.describe(&key(name), text);
    }

    /// Ids and the names that entries use, for links.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().filter_map(|(key, name)| Some((&*self.list.find(key)?.id, &**name)))
    }

    /// Takes an entry that names components, and spoke of them until `at`; `is_open`: it is not over.
    pub(super) fn hear(&mut self, ids: &[String], at: Time, is_open: bool) {
        self.list.hear(ids.iter().map(String::as_str), at, is_open);
    }

    /// Notes the spellings.
    pub(super) fn report(&self, notes: &mut Notes) {
        for (path, spelling, name) in &self.respelled {
            notes.add(path, None, format!("the system `{spelling}` was taken for `{name}`"));
        }
    }

    fn named(&mut self, path: &str, name: &str) -> String {
        let key = key(name);
        let Some(known) = self.names.get(&key) else {
            self.names.insert(key.clone(), name.to_owned());
            return self.list.add_unlisted(&key, name, &Location::of(path));
        };
        if known != name {
            self.respelled.push((path.to_owned(), name.to_owned(), known.clone()));
        }
        self.list.find(&key).map(|component| component.id.clone()).unwrap_or_default()
    }
}

/// Names that differ in case, blanks and punctuation alone mean one system.
fn key(name: &str) -> String {
    Id::slug(name).map_or_else(|| name.trim().to_lowercase(), |id| id.to_string())
}
