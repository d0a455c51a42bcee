//! What a feed, a calendar or a badge is about: everything, a component, or a group.

use std::sync::Arc;

use super::facts::Facts;
use crate::model::{Component, ComponentStatus, Group, Id};
use crate::output::{Made, Route};
use crate::paths;

/// What a feed, a calendar or a badge is about.
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

    /// Its file of this name; once more in each folder that it had before, since what asks for a feed, a calendar or a
    /// badge follows no page that forwards.
    pub fn routes<F: Send + Sync + 'static>(
        &self,
        facts: &Arc<F>,
        name: &str,
        make: impl Fn(&F, &Scope) -> String + Clone + Send + Sync + 'static,
    ) -> Vec<Route> {
        let route = |folder: String| {
            let (facts, scope, make) = (Arc::clone(facts), self.clone(), make.clone());
            let made = move || -> Made { Ok(make(&facts, &scope).into_bytes()) };
            Route::new(format!("{folder}{name}"), self.origin(), made)
        };
        std::iter::once(self.folder()).chain(self.former_folders()).map(route).collect()
    }

    /// The folder that its files were in at first.
    pub fn first_folder(&self) -> String {
        self.former_folders().into_iter().next().unwrap_or_else(|| self.folder())
    }

    /// The folders that its files were in before.
    fn former_folders(&self) -> Vec<String> {
        match self {
            Scope::Component(component) => component.aliases.iter().map(paths::component).collect(),
            Scope::All | Scope::Group(..) => Vec::new(),
        }
    }

    /// Whether none of its components is there any more.
    pub fn is_retired(&self, facts: &Facts) -> bool {
        !facts.present().any(|component| self.holds(&component.id))
    }

    /// The folder of its files, from the root.
    pub fn folder(&self) -> String {
        match self {
            Scope::All => paths::HOME.to_owned(),
            Scope::Component(component) => paths::component(&component.id),
            Scope::Group(group, _) => paths::group(&group.id),
        }
    }

    /// What makes it, for the message when two routes collide.
    fn origin(&self) -> String {
        match self {
            Scope::All => "Candor itself".to_owned(),
            Scope::Component(component) => format!("the component `{}`", component.id),
            Scope::Group(group, _) => format!("the group `{}`", group.id),
        }
    }

    /// What it is called.
    pub fn name<'a>(&'a self, facts: &'a Facts) -> &'a str {
        match self {
            Scope::All => &facts.site.settings.name,
            Scope::Component(component) => &component.name,
            Scope::Group(group, _) => &group.name,
        }
    }

    /// The title of its feeds: its name after that of the site.
    pub fn title(&self, facts: &Facts) -> String {
        let site = &facts.site.settings.name;
        match self {
            Scope::All => site.clone(),
            Scope::Component(_) | Scope::Group(..) => format!("{site}: {}", self.name(facts)),
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

    /// The page that it stands for. Groups have none of their own.
    pub fn page(&self, facts: &Facts) -> String {
        match self {
            Scope::All | Scope::Group(..) => facts.site.settings.url.clone(),
            Scope::Component(_) => facts.look.url(&self.folder()),
        }
    }

    /// The worst status of its components.
    pub fn status(&self, facts: &Facts) -> ComponentStatus {
        let own = facts.overview.components.iter().filter(|state| self.holds(&state.component.id));
        own.map(|state| state.status).max().unwrap_or(ComponentStatus::Operational)
    }

    /// Whether a component belongs to it.
    fn holds(&self, id: &Id) -> bool {
        match self {
            Scope::All => true,
            Scope::Component(component) => component.id == *id,
            Scope::Group(_, members) => members.contains(id),
        }
    }

    /// Whether what touches these components touches it. Everything is also touched by what names none.
    pub fn is_touched<'a>(&self, mut components: impl Iterator<Item = &'a Id>) -> bool {
        matches!(self, Scope::All) || components.any(|id| self.holds(id))
    }
}
