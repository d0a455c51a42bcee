//! Components and their groups: in the order of the page, and how it shows them.

use std::collections::BTreeMap;

use super::System;
use super::objects::{self, Component, filled};
use super::unused::Unused;
use crate::import::history::draft::Draft;
use crate::import::html::plain;
use crate::model::{ComponentStatus, Vocabulary};
use crate::time::{Date, Time};

/// What the old page shows of a component.
pub(super) struct Shown {
    /// Its id in the new site.
    pub id: String,
    pub name: String,
    /// None if the page does not say.
    pub status: Option<ComponentStatus>,
    /// Since when the page says so.
    pub updated: Option<Time>,
}

/// What the old page shows of all components, in their order.
#[derive(Default)]
pub(super) struct Board {
    pub shown: Vec<Shown>,
    by_code: BTreeMap<String, usize>,
}

impl Board {
    /// The components in `listed`, which stands in the file `path`; they are added to the draft.
    pub fn new(system: System, path: &str, listed: &[Component], draft: &mut Draft, unused: &mut Unused) -> Board {
        let mut list = List { system: system.name, path, draft, unused, groups: Vec::new(), board: Board::default() };
        let (mut listed, hidden): (Vec<&Component>, Vec<_>) = listed.iter().partition(|c| c.hidden.is_none());
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
        hidden.into_iter().for_each(|component| list.keep(component));
        list.board
    }

    /// The component with this code.
    pub fn find(&self, code: &str) -> Option<&Shown> {
        self.by_code.get(code).map(|index| &self.shown[*index])
    }
}

/// A group of the old page.
struct BoardGroup {
    id: String,
    code: String,
    name: String,
}

/// The components while they are read.
struct List<'n> {
    system: &'static str,
    path: &'n str,
    draft: &'n mut Draft,
    unused: &'n mut Unused,
    groups: Vec<BoardGroup>,
    board: Board,
}

impl List<'_> {
    fn add_groups(&mut self, listed: &[&Component]) {
        for group in listed.iter().filter(|component| component.is_group()) {
            let name = self.name(group);
            if !listed.iter().any(|member| member.group_id.is_some() && member.group_id == group.id) {
                self.draft.notes.add(self.path, None, format!("the group `{name}` has no members; not imported"));
                continue;
            }
            self.unused.count("groups", &group.rest);
            let (id, code) = (self.draft.components.new_group(&name, &description(group)), code(group));
            self.draft.kept.push(format!("{}: group {id} was {code}", self.system));
            self.groups.push(BoardGroup { id, code, name });
        }
    }

    /// What the old page hid must not become public.
    fn keep(&mut self, component: &Component) {
        let (name, why) = (self.name(component), component.hidden.unwrap_or_default());
        self.unused.count("components", &component.rest);
        self.draft.notes.add(self.path, None, format!("the component `{name}`: {why}; kept as a comment"));
        self.draft.kept.push(format!("{}: component {name} ({}): {why}", self.system, code(component)));
    }

    fn is_top(&self, component: &Component) -> bool {
        component.is_group() || self.group_of(component).is_none()
    }

    fn group_of(&self, component: &Component) -> Option<&BoardGroup> {
        let code = component.group_id.as_deref()?;
        self.groups.iter().find(|group| group.code == code)
    }

    fn add(&mut self, component: &Component, listed: &[&Component]) {
        let name = self.name(component);
        let group = self.group_of(component).map(|group| (group.id.clone(), group.name.clone()));
        let is_namesake = |other: &&&Component| !other.is_group() && other.name == component.name;
        let wanted = match &group {
            Some((_, group)) if listed.iter().filter(is_namesake).count() > 1 => format!("{group} {name}"),
            _ => name.clone(),
        };
        if group.is_none() && filled(component.group_id.as_ref()).is_some() {
            self.draft.notes.add(self.path, None, format!("the group of `{name}` is not listed; it stands alone now"));
        }
        self.note_settings(component);
        let (start, status) = (self.start(&name, component), self.status(&name, component));
        let (code, updated) = (code(component), objects::time(component.updated_at.as_ref()));
        let added = self.draft.components.add(&code, &wanted, &name, None);
        added.description = description(component);
        added.group = group.map(|(id, _)| id);
        added.start = start;
        let id = added.id.clone();
        if !code.is_empty() {
            self.draft.kept.push(format!("{}: component {id} was {code}", self.system));
        }
        self.board.by_code.insert(code, self.board.shown.len());
        self.board.shown.push(Shown { id, name, status, updated });
    }

    fn name(&mut self, component: &Component) -> String {
        filled(component.name.as_ref()).map_or_else(
            || {
                let code = code(component);
                self.draft.notes.add(
                    self.path,
                    None,
                    format!("the component `{code}` has no name; its code stands for it"),
                );
                if code.is_empty() { "Component".to_owned() } else { code }
            },
            str::to_owned,
        )
    }

    fn start(&mut self, name: &str, component: &Component) -> Option<Date> {
        let stated = component.start_date.as_ref()?;
        if let Some(text) = stated.unreadable() {
            self.draft.notes.add(
                self.path,
                None,
                format!("the `start_date` of `{name}`, `{text}`, is no date; left out"),
            );
        }
        stated.known()
    }

    fn status(&mut self, name: &str, component: &Component) -> Option<ComponentStatus> {
        let word = filled(component.status.as_ref())?;
        let status = ComponentStatus::from_word(word);
        if status.is_none() {
            self.draft.notes.add(
                self.path,
                None,
                format!("the status of `{name}`, `{word}`, is unknown; not imported"),
            );
        }
        status
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
            self.draft.notes.add(self.path, None, message);
        }
    }
}

fn code(component: &Component) -> String {
    component.id.clone().unwrap_or_default()
}

fn description(component: &Component) -> String {
    filled(component.description.as_ref()).map(plain).unwrap_or_default()
}
