//! Components and their groups, as `site.yaml` lists them.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::one_line;
use super::location::Location;
use super::retired::LastWord;
use super::write::Keys;
use crate::document::Node;
use crate::import::Notes;
use crate::import::ids::Ids;
use crate::time::{Date, Time, Zone};

/// A group of components.
pub(in crate::import) struct GroupDraft {
    pub id: String,
    pub name: String,
    /// Empty if there is none.
    pub description: String,
}

/// A component.
#[derive(Default)]
pub(in crate::import) struct ComponentDraft {
    pub id: String,
    pub name: String,
    /// Empty if there is none.
    pub description: String,
    /// The id of its group.
    pub group: Option<String>,
    pub start: Option<Date>,
    /// Its last day.
    pub end: Option<Date>,
}

impl GroupDraft {
    /// As an item of `groups`.
    pub(in crate::import) fn node(&self) -> Node {
        named(&self.id, &self.name, &self.description).map()
    }
}

impl ComponentDraft {
    /// As an item of `components`.
    pub(in crate::import) fn node(&self) -> Node {
        let mut keys = named(&self.id, &self.name, &self.description);
        if let Some(group) = &self.group {
            keys.set("group", group.as_str());
        }
        if let Some(start) = self.start {
            keys.set("start", start.iso());
        }
        if let Some(end) = self.end {
            keys.set("end", end.iso());
        }
        keys.map()
    }
}

fn named(id: &str, name: &str, description: &str) -> Keys {
    let mut keys = Keys::default();
    keys.set("id", id);
    keys.set("name", name);
    if !description.is_empty() {
        keys.set("description", description);
    }
    keys
}

/// The name of the group of components that only entries name. No page showed them; in a group of
/// their own at the end they take one line.
pub(in crate::import) const UNLISTED: &str = "Other";

/// What [`UNLISTED`] says about itself.
pub(in crate::import) const WHY_UNLISTED: &str = "Named by entries, but not by the settings of the old site";

/// All components of a site, by the keys that its entries call them.
#[derive(Default)]
pub(in crate::import) struct ComponentList {
    groups: Vec<GroupDraft>,
    components: Vec<ComponentDraft>,
    by_key: BTreeMap<String, usize>,
    group_ids: Ids,
    ids: Ids,
    /// Those that only entries name, by their place in the list.
    unlisted: BTreeMap<usize, Unlisted>,
}

/// A component that only entries name.
struct Unlisted {
    /// Where it is named first.
    first: Location,
    last: LastWord,
}

impl ComponentList {
    /// The id of the group of this name, which is added if it is new.
    pub(in crate::import) fn group(&mut self, name: &str, description: &str) -> String {
        let shown = Some(one_line(name)).filter(|name| !name.is_empty()).unwrap_or_else(|| "Group".to_owned());
        if let Some(known) = self.groups.iter().find(|group| group.name == shown) {
            return known.id.clone();
        }
        self.new_group(name, description)
    }

    /// Adds a group, though another may have its name, and gives its id.
    pub(in crate::import) fn new_group(&mut self, name: &str, description: &str) -> String {
        let id = self.group_ids.give(name, "group");
        let name = Some(one_line(name)).filter(|name| !name.is_empty()).unwrap_or_else(|| "Group".to_owned());
        self.groups.push(GroupDraft { id: id.clone(), name, description: description.to_owned() });
        id
    }

    /// Adds a component that entries call `key`; of two with one key the first keeps it. Its id is the one
    /// nearest to `wanted`.
    pub(in crate::import) fn add(
        &mut self,
        key: &str,
        wanted: &str,
        name: &str,
        group: Option<&str>,
    ) -> &mut ComponentDraft {
        let group_id = group.map(|group| self.group(group, ""));
        let id = self.ids.give(wanted, "component");
        let name = Some(one_line(name)).filter(|name| !name.is_empty()).unwrap_or_else(|| id.clone());
        let index = self.components.len();
        self.by_key.entry(key.to_owned()).or_insert(index);
        self.components.push(ComponentDraft { id, name, group: group_id, ..ComponentDraft::default() });
        &mut self.components[index]
    }

    /// Lets entries call a component by another key too, unless that key means one already.
    pub(in crate::import) fn also(&mut self, key: &str, other: &str) {
        if let Some(index) = self.by_key.get(key).copied() {
            self.by_key.entry(other.to_owned()).or_insert(index);
        }
    }

    /// Adds a component that only entries name, and gives its id.
    pub(in crate::import) fn add_unlisted(&mut self, key: &str, name: &str, first: &Location) -> String {
        let id = self.add(key, key, name, None).id.clone();
        self.unlisted.insert(self.components.len() - 1, Unlisted { first: first.clone(), last: LastWord::default() });
        id
    }

    /// Takes an entry that names components, and spoke of them until `at`; `is_open`: it is not over.
    pub(in crate::import) fn hear<'i>(&mut self, ids: impl Iterator<Item = &'i str>, at: Time, is_open: bool) {
        let ids: BTreeSet<&str> = ids.collect();
        for (index, unlisted) in &mut self.unlisted {
            if ids.contains(&*self.components[*index].id) {
                unlisted.last.hear(at, is_open);
            }
        }
    }

    /// Ends those that only entries name, if others are listed; groups the ones that go on. Each is noted.
    pub(in crate::import) fn retire(&mut self, zone: Zone, notes: &mut Notes) {
        let is_any_listed = self.unlisted.len() < self.components.len();
        for (index, Unlisted { first, last }) in std::mem::take(&mut self.unlisted) {
            let end = last.end(zone).filter(|_| is_any_listed);
            let group = end.is_none().then(|| self.group(UNLISTED, WHY_UNLISTED));
            let component = &mut self.components[index];
            (component.end, component.group) = (end, group);
            first.note(notes, &said(component, last.entries()));
        }
    }

    /// Whether a group has this name.
    pub(in crate::import) fn has_group(&self, name: &str) -> bool {
        self.groups.iter().any(|group| group.name == one_line(name))
    }

    /// Adds to the description of the component that entries call `key`.
    pub(in crate::import) fn describe(&mut self, key: &str, text: &str) {
        let Some(component) = self.by_key.get(key).map(|index| &mut self.components[*index]) else { return };
        if !text.is_empty() && !component.description.contains(text) {
            let gap = if component.description.is_empty() { "" } else { "\n\n" };
            component.description.push_str(&format!("{gap}{text}"));
        }
    }

    /// The component that entries call `key`.
    pub(in crate::import) fn find(&self, key: &str) -> Option<&ComponentDraft> {
        self.by_key.get(key).map(|index| &self.components[*index])
    }

    /// In their order.
    pub(in crate::import) fn all(&self) -> &[ComponentDraft] {
        &self.components
    }

    /// Adds the keys `groups` and `components`.
    pub(in crate::import) fn write(&self, keys: &mut Keys) {
        if !self.groups.is_empty() {
            keys.node("groups", Node::List(self.groups.iter().map(GroupDraft::node).collect()));
        }
        keys.node("components", Node::List(self.components.iter().map(ComponentDraft::node).collect()));
    }
}

/// What is said of a component that only entries name, where the first of them does.
fn said(component: &ComponentDraft, entries: usize) -> String {
    let ComponentDraft { id, name, end, .. } = component;
    let named = match entries {
        0 | 1 => "yet it is named here".to_owned(),
        _ => format!("yet {entries} entries name it, the first here"),
    };
    let became = format!("`{name}` is not listed, {named}; it became the component `{id}`");
    match end {
        Some(end) => format!("{became}, which ended with the last of them, on {} (`end`)", end.iso()),
        None => format!("{became} in the group `{UNLISTED}`, please look at it"),
    }
}
