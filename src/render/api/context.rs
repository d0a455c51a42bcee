//! What every answer of the API draws on: the page and its components, worked out once per build.

use std::collections::BTreeMap;

use super::wire::{ApiComponent, ApiPage};
use crate::model::{self, Group, Id};
use crate::render::facts::Facts;
use crate::render::public_id::public_id;
use crate::time::Time;
use crate::view::{ComponentState, GroupState, PublishedUpdate};

/// The page and its components.
pub(super) struct ApiContext {
    pub page: ApiPage,
    /// By position, groups among them.
    pub components: Vec<ApiComponent>,
    /// What components are called, by id.
    pub names: BTreeMap<Id, Name>,
}

/// What a component is called.
pub(super) struct Name {
    pub code: String,
    /// `Group - Component`, or the component's name alone if it has no group.
    pub full: String,
}

/// What the updates up to `now` say of the whole and of each component.
#[derive(Default)]
struct ComponentTimes {
    latest: Option<Time>,
    first_mention: BTreeMap<Id, Time>,
    latest_change: BTreeMap<Id, Time>,
}

/// When nothing says since when something is there: the beginning of Unix time, which is stable and
/// cannot be mistaken for a date that is known.
const UNKNOWN: Time = Time::from_millis(0);

impl ApiContext {
    pub fn new(facts: &Facts) -> ApiContext {
        let times = ComponentTimes::of(facts);
        let settings = &facts.site.settings;
        let url = settings.url.trim_end_matches('/');
        let base = settings.id_base.trim_end_matches('/');
        let host = base.split_once("://").map_or(base, |(_, rest)| rest);
        let mut list =
            ComponentsInOrder { facts, times: &times, page_id: public_id("page", host), components: Vec::new() };
        list.add_all();
        let ComponentsInOrder { page_id, mut components, .. } = list;
        components.sort_by_key(|component| component.position);
        let created = facts.site.components.iter().map(|component| times.created(facts, component));
        let latest = times.latest.into_iter().chain(created.filter(|time| *time <= facts.look.now())).max();
        let page = ApiPage {
            id: page_id,
            name: settings.name.clone(),
            url: url.to_owned(),
            time_zone: settings.zone.name(),
            updated_at: latest.unwrap_or(UNKNOWN).rfc3339_in(settings.zone),
        };
        ApiContext { page, components, names: names(facts) }
    }
}

impl ComponentTimes {
    fn of(facts: &Facts) -> ComponentTimes {
        let mut times = ComponentTimes::default();
        let incidents = facts.incidents.iter().flat_map(|snapshot| snapshot.published());
        let maintenance = facts.maintenance.iter().flat_map(|snapshot| snapshot.published());
        incidents.chain(maintenance).filter(|step| step.at <= facts.look.now()).for_each(|step| times.hear(&step));
        let incidents = facts.incidents.iter().map(|snapshot| snapshot.changed());
        let maintenance = facts.maintenance.iter().map(|snapshot| snapshot.changed());
        times.latest = incidents.chain(maintenance).filter(|changed| *changed <= facts.look.now()).max();
        times
    }

    fn hear(&mut self, step: &PublishedUpdate<'_>) {
        for change in &step.changes {
            let first = self.first_mention.entry(change.component.clone()).or_insert(step.at);
            *first = step.at.min(*first);
            if change.old != change.new {
                let latest = self.latest_change.entry(change.component.clone()).or_insert(step.at);
                *latest = step.at.max(*latest);
            }
        }
    }

    /// From the day that the content gives, or from when it was first spoken of, if that is earlier.
    fn created(&self, facts: &Facts, component: &model::Component) -> Time {
        let start = component.start.map(|date| facts.site.settings.zone.day_start(date));
        start.into_iter().chain(self.first_mention.get(&component.id).copied()).min().unwrap_or(UNKNOWN)
    }

    /// When its status last changed, or else when it was created.
    fn updated(&self, facts: &Facts, component: &model::Component) -> Time {
        let created = self.created(facts, component);
        self.latest_change.get(&component.id).map_or(created, |latest| created.max(*latest))
    }
}

/// The components as they are listed: positions count from 1 among those without a group and the
/// groups, and again within each group.
struct ComponentsInOrder<'a> {
    facts: &'a Facts,
    times: &'a ComponentTimes,
    page_id: String,
    components: Vec<ApiComponent>,
}

impl ComponentsInOrder<'_> {
    fn add_all(&mut self) {
        let mut position = 0;
        for state in &self.facts.overview.groups {
            match &state.group {
                None => {
                    for (index, member) in state.members.iter().enumerate() {
                        position = index + 1;
                        self.components.push(self.leaf(member, position, None));
                    }
                }
                Some(group) => {
                    position += 1;
                    self.components.push(self.group(group, state, position));
                    for (index, member) in state.members.iter().enumerate() {
                        self.components.push(self.leaf(member, index + 1, Some(&group.id)));
                    }
                }
            }
        }
    }

    fn leaf(&self, state: &ComponentState, position: usize, group: Option<&Id>) -> ApiComponent {
        let component = &state.component;
        ApiComponent {
            id: public_id("component", component.first_id()),
            name: component.name.clone(),
            status: state.status.word(),
            created_at: self.time(self.times.created(self.facts, component)),
            updated_at: self.time(self.times.updated(self.facts, component)),
            position,
            description: filled(&component.description),
            showcase: true,
            start_date: component.start.map(|date| date.iso()),
            group_id: group.map(|group| public_id("group", group)),
            page_id: self.page_id.clone(),
            group: false,
            only_show_if_degraded: false,
            components: None,
        }
    }

    fn group(&self, group: &Group, state: &GroupState, position: usize) -> ApiComponent {
        let members = || state.members.iter().map(|member| &*member.component);
        let created = members().map(|member| self.times.created(self.facts, member)).min().unwrap_or(UNKNOWN);
        let updated = members().map(|member| self.times.updated(self.facts, member)).max().unwrap_or(created);
        ApiComponent {
            id: public_id("group", &group.id),
            name: group.name.clone(),
            status: state.status.word(),
            created_at: self.time(created),
            updated_at: self.time(updated),
            position,
            description: filled(&group.description),
            showcase: false,
            start_date: None,
            group_id: None,
            page_id: self.page_id.clone(),
            group: true,
            only_show_if_degraded: false,
            components: Some(members().map(|member| public_id("component", member.first_id())).collect()),
        }
    }

    fn time(&self, time: Time) -> String {
        time.rfc3339_in(self.facts.site.settings.zone)
    }
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn names(facts: &Facts) -> BTreeMap<Id, Name> {
    let groups = &facts.site.groups;
    let names = facts.site.components.iter().map(|component| {
        let group = groups.iter().find(|group| component.group.as_ref() == Some(&group.id));
        let full = group.map_or_else(|| component.name.clone(), |group| format!("{} - {}", group.name, component.name));
        (component.id.clone(), Name { code: public_id("component", component.first_id()), full })
    });
    names.collect()
}
