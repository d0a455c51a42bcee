//! Groups and components, in the order of the page.

use std::collections::{BTreeMap, BTreeSet};

use super::super::kind::ThingKind;
use super::super::words;
use super::Converter;
use crate::import::object::as_text;
use crate::import::page::objects::{Component, Readable};
use crate::import::things::Thing;

/// Cachet shows what has no group below the groups.
const BELOW_THE_GROUPS: i64 = 1 << 40;

/// What groups say of components.
#[derive(Default)]
struct Groups {
    known: BTreeSet<String>,
    hidden: BTreeSet<String>,
    /// The group of each component that a group names.
    of: BTreeMap<String, String>,
    /// The places of components in groups that do not order them by their numbers.
    places: BTreeMap<String, i64>,
}

impl Converter<'_> {
    pub(super) fn components(
        &mut self,
        mut listed: Vec<Thing<ThingKind>>,
        components: Vec<Thing<ThingKind>>,
    ) -> Option<(String, Vec<Component>)> {
        let path = components.first().or(listed.first())?.path.clone();
        listed.sort_by_cached_key(|group| group.fields.clone().number("order"));
        let mut groups = Groups::default();
        let mut all = Vec::new();
        for (position, mut group) in (0..).zip(listed) {
            let members = group.linked(ThingKind::Component);
            groups.of.extend(members.map(|code| (code.clone(), group.code.clone())));
            groups.known.insert(group.code.clone());
            if self.hidden(&mut group).is_some() {
                groups.hidden.insert(group.code.clone());
            }
            groups.place(&mut group, &components);
            all.push(self.group(group, position));
        }
        all.extend(components.into_iter().map(|thing| self.component(thing, &groups)));
        Some((path, all))
    }

    fn group(&mut self, mut thing: Thing<ThingKind>, position: i64) -> Component {
        let name = thing.fields.text("name");
        thing.fields.forget(&["order", "lowest_human_status"]);
        let rest = self.rest(&mut thing);
        let position = Some(position);
        Component { id: Some(thing.code), name, position, group: Some(true), rest, ..Component::default() }
    }

    fn component(&mut self, mut thing: Thing<ThingKind>, groups: &Groups) -> Component {
        let created = self.time("component", &mut thing, "created_at");
        let changed = self.time("component", &mut thing, "updated_at");
        let group = groups.of_component(&thing);
        let hidden = hidden(&mut thing).or_else(|| group.as_ref().and_then(|group| groups.why_hidden(group)));
        let name = thing.fields.text("name");
        // Version 3 shows the latest: its own status with what incidents and planned work make of it.
        let (own, latest) = (thing.fields.take("status"), thing.fields.take("latest_status"));
        let status = latest.or(own);
        let word = status.as_ref().and_then(words::component);
        if word.is_none() && hidden.is_none() {
            let shown = name.as_deref().unwrap_or(&thing.code);
            self.notes.add(&thing.path, None, format!("the status of `{shown}` is unknown; `operational` was taken"));
        }
        let order = thing.fields.number("order").unwrap_or_default();
        let order = groups.places.get(&thing.code).copied().unwrap_or(order).clamp(0, BELOW_THE_GROUPS);
        // A component cannot have begun after what is told of it.
        let start = created.map(|created| self.first.get(&thing.code).map_or(created, |first| created.min(*first)));
        let description = thing.fields.text("description");
        thing.fields.forget(&["group_id", "status_name"]);
        let rest = self.rest(&mut thing);
        Component {
            id: Some(thing.code),
            name,
            status: word,
            updated_at: changed.map(Readable::from),
            start_date: start.map(|start| Readable::Known(self.notes.home().date(start))),
            position: Some(if group.is_some() { order } else { BELOW_THE_GROUPS + order }),
            group: Some(false),
            group_id: group,
            description,
            hidden,
            rest,
            ..Component::default()
        }
    }
}

/// Why readers did not see a component, as far as it says so itself.
fn hidden(thing: &mut Thing<ThingKind>) -> Option<&'static str> {
    let enabled = thing.fields.take("enabled");
    let is_disabled = enabled.and_then(|flag| as_text(&flag)).is_some_and(|flag| ["false", "0"].contains(&&*flag));
    let deleted = thing.fields.text("deleted_at").is_some();
    words::hidden(None, deleted).or(is_disabled.then_some("it was disabled, and readers did not see it"))
}

impl Groups {
    fn of_component(&self, thing: &Thing<ThingKind>) -> Option<String> {
        let own = thing.fields.clone().text("group_id").filter(|code| code != "0");
        own.or_else(|| self.of.get(&thing.code).cloned())
    }

    fn why_hidden(&self, group: &str) -> Option<&'static str> {
        if self.hidden.contains(group) {
            return Some("its group was hidden");
        }
        (!self.known.contains(group)).then_some("its group is not in the files, so readers may not have seen it")
    }

    /// Cachet 3 orders the members of a group by their numbers, or as the group says; by status or by time there is no
    /// order to keep.
    fn place(&mut self, group: &mut Thing<ThingKind>, components: &[Thing<ThingKind>]) {
        let mut fields = group.fields.clone();
        let (column, direction) = (fields.text("order_column"), fields.text("order_direction"));
        let is_of_group = |thing: &&Thing<ThingKind>| self.of_component(thing).as_ref() == Some(&group.code);
        // Those of one order stand as things do: by their codes.
        let mut members: Vec<&Thing<ThingKind>> = components.iter().filter(is_of_group).collect();
        match column.as_deref() {
            Some("name") => members.sort_by_cached_key(|thing| thing.fields.clone().text("name")),
            Some("id") => {}
            None | Some("manual") => return group.fields.forget(&["order_column", "order_direction"]),
            Some(_) => return,
        }
        if direction.as_deref() == Some("desc") {
            members.reverse();
        }
        let places: Vec<(String, i64)> = members.iter().map(|thing| thing.code.clone()).zip(0..).collect();
        self.places.extend(places);
        group.fields.forget(&["order_column", "order_direction"]);
    }
}
