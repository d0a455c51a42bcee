//! The systems of a cState site, and those that only its entries name.

use std::collections::BTreeMap;

use crate::document::Node;
use crate::import::Notes;
use crate::import::history::components::{self, UNLISTED};
use crate::import::history::retired::{self, LastWord};
use crate::import::ids::Ids;
use crate::model::Id;
use crate::time::{Time, Zone};

/// One component to write.
struct NamedComponent {
    listed: components::ComponentDraft,
    /// What entries call it.
    system: String,
    /// How many entries name it.
    entries: usize,
    /// Whether the settings list it.
    is_listed: bool,
    /// The path of the entry that named it first.
    first: String,
    last: LastWord,
}

impl NamedComponent {
    /// Whether only entries name it, and it goes on.
    fn is_unlisted(&self) -> bool {
        !self.is_listed && self.listed.end.is_none()
    }
}

/// Every component, by the order in which it was met.
#[derive(Default)]
pub(super) struct Components {
    ids: Ids,
    list: Vec<NamedComponent>,
    by_name: BTreeMap<String, usize>,
    /// Spellings that were taken for another: entry, spelling, name.
    respelled: Vec<(String, String, String)>,
    /// The announcements that name systems: how many, and the first.
    news: (usize, String),
}

impl Components {
    /// Adds a system of the settings; `name` is what entries call it. False if it is there already.
    pub(super) fn list(&mut self, name: &str, shown: &str, description: String, group: Option<String>) -> bool {
        let key = key(name);
        if self.by_name.contains_key(&key) {
            return false;
        }
        let id = self.add(key, name, shown);
        self.list[id].listed.description = description;
        self.list[id].listed.group = group;
        self.list[id].is_listed = true;
        true
    }

    /// The ids of the systems that an entry names, each once.
    pub(super) fn of_entry(&mut self, path: &str, names: &[String]) -> Vec<String> {
        let mut ids = Vec::new();
        for name in names {
            let index = self.named(path, name);
            let id = self.list[index].listed.id.clone();
            if !ids.contains(&id) {
                self.list[index].entries += 1;
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
        self.list(name, name, String::new(), None);
        if let Some(only) = self.list.first_mut() {
            "service".clone_into(&mut only.listed.id);
        }
    }

    /// The id and description of the system that has this folder under `content/affected/`.
    pub(super) fn describe(&mut self, path: &str, name: &str, text: &str) -> String {
        let index = self.named(path, name);
        let component = &mut self.list[index].listed;
        if !text.is_empty() && !component.description.contains(text) {
            let gap = if component.description.is_empty() { "" } else { "\n\n" };
            component.description.push_str(&format!("{gap}{text}"));
        }
        component.id.clone()
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.list.len()
    }

    /// Ids and the names that entries use, for links.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.list.iter().map(|component| (component.listed.id.as_str(), component.system.as_str()))
    }

    /// Takes an entry that names components, and spoke of them until `at`; `is_open`: it is not over.
    pub(super) fn hear(&mut self, ids: &[String], at: Time, is_open: bool) {
        for component in self.list.iter_mut().filter(|component| ids.contains(&component.listed.id)) {
            component.last.hear(at, is_open);
        }
    }

    /// Ends the systems that only entries name, if the settings list others. Whether some of them go on.
    pub(super) fn retire(&mut self, zone: Zone) -> bool {
        let is_any_listed = self.list.iter().any(|component| component.is_listed);
        for component in self.list.iter_mut().filter(|component| !component.is_listed) {
            component.listed.end = component.last.end(zone).filter(|_| is_any_listed);
        }
        self.list.iter().any(NamedComponent::is_unlisted)
    }

    /// Puts those of them that go on into a group.
    pub(super) fn group_unlisted(&mut self, group: &str) {
        for component in self.list.iter_mut().filter(|component| component.is_unlisted()) {
            component.listed.group = Some(group.to_owned());
        }
    }

    /// As the value of `components`.
    pub(super) fn node(&self) -> Node {
        Node::List(self.list.iter().map(|component| component.listed.node()).collect())
    }

    /// Notes the systems that the settings do not list, and the spellings.
    pub(super) fn report(&self, config: &str, notes: &mut Notes) {
        for component in self.list.iter().filter(|component| !component.is_listed) {
            let components::ComponentDraft { id, name, end, .. } = &component.listed;
            let said = retired::said(name, id, *end, UNLISTED);
            notes.add(config, None, format!("{said} ({} entries, first `{}`)", component.entries, component.first));
        }
        for (path, spelling, name) in &self.respelled {
            notes.add(path, None, format!("the system `{spelling}` was taken for `{name}`"));
        }
    }

    fn named(&mut self, path: &str, name: &str) -> usize {
        let key = key(name);
        if let Some(index) = self.by_name.get(&key) {
            let known = &self.list[*index].system;
            if known != name {
                self.respelled.push((path.to_owned(), name.to_owned(), known.clone()));
            }
            return *index;
        }
        let index = self.add(key, name, name);
        path.clone_into(&mut self.list[index].first);
        index
    }

    fn add(&mut self, key: String, name: &str, shown: &str) -> usize {
        let id = self.ids.give(name, "component");
        let index = self.list.len();
        self.by_name.insert(key, index);
        self.list.push(NamedComponent {
            listed: components::ComponentDraft { id, name: shown.to_owned(), ..components::ComponentDraft::default() },
            system: name.to_owned(),
            entries: 0,
            is_listed: false,
            first: String::new(),
            last: LastWord::default(),
        });
        index
    }
}

/// Names that differ in case, blanks and punctuation alone mean one system.
fn key(name: &str) -> String {
    Id::slug(name).map_or_else(|| name.trim().to_lowercase(), |id| id.to_string())
}
