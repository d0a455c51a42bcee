//! Components and their groups: in the order of the page, with ids of their own.

use std::collections::BTreeMap;

use super::System;
use super::told::{self, Component, filled};
use super::unused::Unused;
use crate::document::Node;
use crate::import::Notes;
use crate::import::history::write::Keys;
use crate::import::html::plain;
use crate::import::ids::Ids;
use crate::model::{ComponentStatus, Vocabulary};
use crate::time::{Date, Time};

/// A component of the new site.
pub(super) struct Item {
    pub id: String,
    pub name: String,
    code: String,
    description: String,
    group: Option<String>,
    start: Option<Date>,
    /// How the old page shows it, and since when it says so.
    pub status: ComponentStatus,
    pub updated: Option<Time>,
}

struct Group {
    id: String,
    code: String,
    name: String,
    description: String,
}

/// All of them.
pub(super) struct Roster {
    system: System,
    groups: Vec<Group>,
    pub items: Vec<Item>,
    by_code: BTreeMap<String, usize>,
    /// What readers did not see, as comments.
    kept: Vec<String>,
}

impl Roster {
    fn of(system: System) -> Roster {
        Roster { system, groups: Vec::new(), items: Vec::new(), by_code: BTreeMap::new(), kept: Vec::new() }
    }

    /// The components in `listed`, which stands in the file `path`.
    pub fn new(system: System, path: &str, listed: &[Component], notes: &mut Notes, unused: &mut Unused) -> Roster {
        let mut list =
            List { path, notes, unused, roster: Roster::of(system), groups: Ids::default(), ids: Ids::default() };
        let (mut listed, hidden): (Vec<&Component>, Vec<_>) = listed.iter().partition(|c| c.hidden.is_none());
        hidden.into_iter().for_each(|component| list.keep(component));
        listed.sort_by_key(|component| component.position);
        list.add_groups(&listed);
        // As the page shows them: a group stands where its position says, and its members below it.
        let tops: Vec<&Component> = listed.iter().copied().filter(|component| list.is_top(component)).collect();
        for top in tops {
            match top.is_group() {
                true => listed
                    .iter()
                    .filter(|c| !c.is_group() && c.group_id.is_some() && c.group_id == top.id)
                    .for_each(|c| list.add(c, &listed)),
                false => list.add(top, &listed),
            }
        }
        list.note_order(&listed);
        list.roster
    }

    /// The component with this code.
    pub fn find(&self, code: &str) -> Option<&Item> {
        self.by_code.get(code).map(|index| &self.items[*index])
    }

    /// Adds the keys `groups` and `components`.
    pub fn write(&self, keys: &mut Keys) {
        if !self.groups.is_empty() {
            keys.node("groups", Node::List(self.groups.iter().map(Group::node).collect()));
        }
        keys.node("components", Node::List(self.items.iter().map(Item::node).collect()));
    }

    /// What each was called by programs, and what was hidden.
    pub fn comments(&self) -> impl Iterator<Item = String> {
        let system = self.system.name;
        let groups = self.groups.iter().map(move |group| format!("{system}: group {} was {}", group.id, group.code));
        let items = self.items.iter().filter(|item| !item.code.is_empty());
        let items = items.map(move |item| format!("{system}: component {} was {}", item.id, item.code));
        groups.chain(items).chain(self.kept.iter().cloned())
    }

    /// A site needs a component: the whole, if none is known.
    pub fn add_whole(&mut self, name: &str) {
        self.items.push(Item {
            id: "service".to_owned(),
            name: name.to_owned(),
            code: String::new(),
            description: String::new(),
            group: None,
            start: None,
            status: ComponentStatus::Operational,
            updated: None,
        });
    }
}

/// A roster that is being filled.
struct List<'n> {
    path: &'n str,
    notes: &'n mut Notes,
    unused: &'n mut Unused,
    roster: Roster,
    groups: Ids,
    ids: Ids,
}

impl List<'_> {
    fn add_groups(&mut self, listed: &[&Component]) {
        for group in listed.iter().filter(|component| component.is_group()) {
            let name = self.name(group);
            if !listed.iter().any(|member| member.group_id.is_some() && member.group_id == group.id) {
                self.notes.add(self.path, None, format!("the group `{name}` has no members; not imported"));
                continue;
            }
            self.unused.count("groups", &group.rest);
            let id = self.groups.give(&name, "group");
            let (code, description) = (code(group), description(group));
            self.roster.groups.push(Group { id, code, name, description });
        }
    }

    /// What the old page hid must not become public.
    fn keep(&mut self, component: &Component) {
        let (name, why) = (self.name(component), component.hidden.unwrap_or_default());
        self.unused.count("components", &component.rest);
        self.notes.add(self.path, None, format!("the component `{name}`: {why}; kept as a comment"));
        let system = self.roster.system.name;
        self.roster.kept.push(format!("{system}: component {name} ({}): {why}", code(component)));
    }

    fn is_top(&self, component: &Component) -> bool {
        component.is_group() || self.group_of(component).is_none()
    }

    fn group_of(&self, component: &Component) -> Option<&Group> {
        let code = component.group_id.as_deref()?;
        self.roster.groups.iter().find(|group| group.code == code)
    }

    fn add(&mut self, component: &Component, listed: &[&Component]) {
        let name = self.name(component);
        let group = self.group_of(component).map(|group| (group.id.clone(), group.name.clone()));
        let is_namesake = |other: &&&Component| !other.is_group() && other.name == component.name;
        let id = match &group {
            Some((_, group)) if listed.iter().filter(is_namesake).count() > 1 => {
                self.ids.give(&format!("{group} {name}"), "component")
            }
            _ => self.ids.give(&name, "component"),
        };
        if group.is_none() && filled(component.group_id.as_ref()).is_some() {
            self.notes.add(self.path, None, format!("the group of `{name}` is not listed; it stands alone now"));
        }
        self.note_settings(component);
        self.roster.by_code.insert(code(component), self.roster.items.len());
        let item = Item {
            id,
            code: code(component),
            description: description(component),
            group: group.map(|(id, _)| id),
            start: self.start(&name, component),
            status: self.status(&name, component),
            updated: told::time(component.updated_at.as_ref()),
            name,
        };
        self.roster.items.push(item);
    }

    fn name(&mut self, component: &Component) -> String {
        filled(component.name.as_ref()).map_or_else(
            || {
                let code = code(component);
                self.notes.add(self.path, None, format!("the component `{code}` has no name; its code stands for it"));
                if code.is_empty() { "Component".to_owned() } else { code }
            },
            str::to_owned,
        )
    }

    fn start(&mut self, name: &str, component: &Component) -> Option<Date> {
        let text = filled(component.start_date.as_ref())?;
        let start = Date::parse(text).ok();
        if start.is_none() {
            self.notes.add(self.path, None, format!("the `start_date` of `{name}`, `{text}`, is no date; left out"));
        }
        start
    }

    fn status(&mut self, name: &str, component: &Component) -> ComponentStatus {
        let Some(word) = filled(component.status.as_ref()) else { return ComponentStatus::Operational };
        ComponentStatus::from_word(word).unwrap_or_else(|| {
            self.notes.add(self.path, None, format!("the status of `{name}`, `{word}`, is unknown; not imported"));
            ComponentStatus::Operational
        })
    }

    fn note_settings(&mut self, component: &Component) {
        self.unused.count("components", &component.rest);
        if component.showcase == Some(false) {
            self.unused.one("components", "showcase: false");
        }
        if component.only_show_if_degraded == Some(true) {
            self.unused.one("components", "only_show_if_degraded");
        }
    }

    /// Candor lists components without a group before the groups.
    fn note_order(&mut self, listed: &[&Component]) {
        let tops: Vec<bool> = listed.iter().filter(|c| self.is_top(c)).map(|c| c.is_group()).collect();
        let first_group = tops.iter().position(|is_group| *is_group).unwrap_or(tops.len());
        let later = tops[first_group..].iter().filter(|is_group| !**is_group).count();
        if later > 0 {
            let message =
                format!("{later} components without a group stood below a group; they stand above the groups now");
            self.notes.add(self.path, None, message);
        }
    }
}

impl Group {
    fn node(&self) -> Node {
        let mut keys = Keys::default();
        keys.set("id", self.id.as_str());
        keys.set("name", self.name.as_str());
        if !self.description.is_empty() {
            keys.set("description", self.description.as_str());
        }
        keys.map()
    }
}

impl Item {
    fn node(&self) -> Node {
        let mut keys = Keys::default();
        keys.set("id", self.id.as_str());
        keys.set("name", self.name.as_str());
        if !self.description.is_empty() {
            keys.set("description", self.description.as_str());
        }
        if let Some(group) = &self.group {
            keys.set("group", group.as_str());
        }
        if let Some(start) = self.start {
            keys.set("start", start.iso());
        }
        keys.map()
    }
}

fn code(component: &Component) -> String {
    component.id.clone().unwrap_or_default()
}

fn description(component: &Component) -> String {
    filled(component.description.as_ref()).map(plain).unwrap_or_default()
}
