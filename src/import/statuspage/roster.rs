//! Components and their groups: in the order of the page, with ids of their own.

use std::collections::BTreeMap;

use super::text::plain;
use super::wire::{self, Component, filled};
use crate::document::Node;
use crate::import::Notes;
use crate::import::ids::Ids;
use crate::import::roster;
use crate::import::unused::Unused;
use crate::import::write::Keys;
use crate::model::{ComponentStatus, Vocabulary};
use crate::time::{Date, Time};

/// A component of the new site.
pub(super) struct Item {
    pub listed: roster::Component,
    code: String,
    /// How the old page shows it, and since when it says so.
    pub status: ComponentStatus,
    pub updated: Option<Time>,
}

struct Group {
    listed: roster::Group,
    code: String,
}

/// All of them.
#[derive(Default)]
pub(super) struct Roster {
    groups: Vec<Group>,
    pub items: Vec<Item>,
    by_code: BTreeMap<String, usize>,
}

impl Roster {
    /// The components in `listed`, which stands in the file `path`.
    pub fn new(path: &str, listed: &[Component], notes: &mut Notes, unused: &mut Unused) -> Roster {
        let mut listed: Vec<&Component> = listed.iter().collect();
        listed.sort_by_key(|component| component.position);
        let mut list =
            List { path, notes, unused, roster: Roster::default(), groups: Ids::default(), ids: Ids::default() };
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
            keys.node("groups", Node::List(self.groups.iter().map(|group| group.listed.node()).collect()));
        }
        keys.node("components", Node::List(self.items.iter().map(|item| item.listed.node()).collect()));
    }

    /// What each was called by programs.
    pub fn codes(&self) -> impl Iterator<Item = String> {
        let groups =
            self.groups.iter().map(|group| format!("Statuspage: group {} was {}", group.listed.id, group.code));
        let items = self.items.iter().filter(|item| !item.code.is_empty());
        groups.chain(items.map(|item| format!("Statuspage: component {} was {}", item.listed.id, item.code)))
    }

    /// A site needs a component: the whole, if none is known.
    pub fn add_whole(&mut self, name: &str) {
        let (id, name) = ("service".to_owned(), name.to_owned());
        self.items.push(Item {
            listed: roster::Component { id, name, ..roster::Component::default() },
            code: String::new(),
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
            self.roster.groups.push(Group { listed: roster::Group { id, name, description }, code });
        }
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
        let group = self.group_of(component).map(|group| (group.listed.id.clone(), group.listed.name.clone()));
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
            code: code(component),
            status: self.status(&name, component),
            updated: wire::time(component.updated_at.as_ref()),
            listed: roster::Component {
                id,
                description: description(component),
                group: group.map(|(id, _)| id),
                start: self.start(&name, component),
                name,
            },
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

fn code(component: &Component) -> String {
    component.id.clone().unwrap_or_default()
}

fn description(component: &Component) -> String {
    filled(component.description.as_ref()).map(plain).unwrap_or_default()
}
