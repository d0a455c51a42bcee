//! What a feed is about: everything, a component, or a group.

use std::sync::Arc;

use super::Kind;
use crate::model::{Component, Group, Id};
use crate::render::facts::Facts;

/// What a feed is about.
#[derive(Clone)]
pub(super) enum Scope {
    All,
    Component(Arc<Component>),
    Group(Arc<Group>, Vec<Id>),
}

impl Scope {
    /// Everything, each component, each group.
    pub fn every(facts: &Facts) -> Vec<Scope> {
        let components = facts.site.components.iter().cloned().map(Scope::Component);
        let groups = facts.site.groups.iter().map(|group| {
            let members = facts.site.components.iter().filter(|component| component.group.as_ref() == Some(&group.id));
            Scope::Group(Arc::clone(group), members.map(|component| component.id.clone()).collect())
        });
        std::iter::once(Scope::All).chain(components).chain(groups).collect()
    }

    /// The folder of its feeds, from the root.
    pub fn folder(&self) -> String {
        match self {
            Scope::All => String::new(),
            Scope::Component(component) => format!("components/{}/", component.id),
            Scope::Group(group, _) => format!("groups/{}/", group.id),
        }
    }

    /// What makes it, for the message when two routes collide.
    pub fn origin(&self) -> String {
        match self {
            Scope::All => "Candor itself".to_owned(),
            Scope::Component(component) => format!("the component `{}`", component.id),
            Scope::Group(group, _) => format!("the group `{}`", group.id),
        }
    }

    /// The title of its feeds.
    pub fn title(&self, facts: &Facts) -> String {
        let site = &facts.site.settings.name;
        match self {
            Scope::All => site.clone(),
            Scope::Component(component) => format!("{site}: {}", component.name),
            Scope::Group(group, _) => format!("{site}: {}", group.name),
        }
    }

    /// One sentence about it, if there is one.
    pub fn description<'a>(&'a self, facts: &'a Facts) -> Option<&'a str> {
        let text = match self {
            Scope::All => &facts.site.settings.description,
            Scope::Component(component) => &component.description,
            Scope::Group(group, _) => &group.description,
        };
        Some(&**text).filter(|text| !text.is_empty())
    }

    /// The page that its feeds stand for. Groups have none of their own.
    pub fn page(&self, facts: &Facts) -> String {
        match self {
            Scope::All | Scope::Group(..) => facts.site.settings.url.clone(),
            Scope::Component(_) => facts.url(&self.folder()),
        }
    }

    /// Whether something that touches these components is in its feeds.
    pub fn is_touched(&self, components: &[&Id]) -> bool {
        match self {
            Scope::All => true,
            Scope::Component(component) => components.contains(&&component.id),
            Scope::Group(_, members) => members.iter().any(|member| components.contains(&member)),
        }
    }

    /// Whether the incident or maintenance of this number touches it.
    pub fn has(&self, facts: &Facts, kind: Kind, index: usize) -> bool {
        let touches = |id: &Id| match kind {
            Kind::Incident => facts.incidents[index].components.contains_key(id),
            Kind::Maintenance => facts.maintenance[index].maintenance.components.contains(id),
        };
        match self {
            Scope::All => true,
            Scope::Component(component) => touches(&component.id),
            Scope::Group(_, members) => members.iter().any(touches),
        }
    }
}
