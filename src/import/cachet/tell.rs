//! Things become what is told of a page.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::input::CachetInput;
use super::kind::ThingKind;
use super::words;
use crate::import::Notes;
use crate::import::object::as_text;
use crate::import::page::objects::{Affected, Component, Incident, Page, Readable, Update};
use crate::import::page::{Event, Unused, Whole};
use crate::import::things::Thing;
use crate::time::Time;

/// Reads everything.
pub(super) fn whole(mut input: CachetInput, notes: &mut Notes) -> Whole {
    let updates = input.things.take(ThingKind::Update);
    let (incidents, schedules) = (input.things.take(ThingKind::Incident), input.things.take(ThingKind::Schedule));
    let mut converter =
        Converter { notes, unused: Unused::default(), updates: BTreeMap::new(), first: BTreeMap::new(), guessed: 0 };
    converter.sort(updates, &incidents, &schedules);
    let mut events: Vec<Event> = incidents.into_iter().map(|thing| converter.incident(thing)).collect();
    events.extend(schedules.into_iter().map(|thing| converter.schedule(thing)));
    let listed = converter.components(input.things.take(ThingKind::Group), input.things.take(ThingKind::Component));
    converter.finish(&input.path);
    let page = Page { url: input.address, ..Page::default() };
    Whole { path: input.path, page, listed, events, unused: converter.unused }
}

struct Converter<'n> {
    notes: &'n mut Notes,
    unused: Unused,
    /// By what they belong to.
    updates: BTreeMap<(ThingKind, String), Vec<Thing<ThingKind>>>,
    /// When each component is first spoken of.
    first: BTreeMap<String, Time>,
    /// How many incidents began with a status that nobody kept.
    guessed: usize,
}

impl Converter<'_> {
    /// Gives each update to its entry.
    fn sort(&mut self, updates: Vec<Thing<ThingKind>>, incidents: &[Thing<ThingKind>], schedules: &[Thing<ThingKind>]) {
        let mut owners: BTreeMap<String, (ThingKind, String)> = BTreeMap::new();
        let mut known: BTreeSet<(ThingKind, String)> = BTreeSet::new();
        let entries = incidents.iter().map(|thing| (ThingKind::Incident, thing));
        for (kind, thing) in entries.chain(schedules.iter().map(|thing| (ThingKind::Schedule, thing))) {
            known.insert((kind, thing.code.clone()));
            for code in thing.linked(ThingKind::Update) {
                owners.insert(code.clone(), (kind, thing.code.clone()));
            }
        }
        for mut update in updates {
            let owner = named_owner(&mut update).or_else(|| owners.get(&update.code).cloned());
            match owner.filter(|owner| known.contains(owner)) {
                Some(owner) => self.updates.entry(owner).or_default().push(update),
                None => {
                    let message =
                        format!("the update {} belongs to no entry that is in the files; not imported", update.code);
                    self.notes.set_aside(&update.path, &update.fields.texts(), message);
                }
            }
        }
    }

    fn incident(&mut self, mut thing: Thing<ThingKind>) -> Event {
        let planned = self.time("incident", &mut thing, "scheduled_at");
        let status = thing.fields.take("status").as_ref().and_then(words::incident);
        if planned.is_some() && status.as_deref() == Some("scheduled") {
            return self.planned(thing, planned, status);
        }
        let latest = thing.fields.take("latest_status").as_ref().and_then(words::incident);
        let hidden = self.hidden(&mut thing);
        let occurred = self.time("incident", &mut thing, "occurred_at");
        let created = self.time("incident", &mut thing, "created_at");
        let changed = self.time("incident", &mut thing, "updated_at");
        let began = occurred.or(created);
        let later = self.updates_of(ThingKind::Incident, &thing.code);
        let is_over = [&status, &latest].iter().any(|word| word.as_deref() == Some("resolved"));
        let components = self.linked(&mut thing, began);
        let newest = later.iter().max_by_key(|update| update.at()).and_then(|update| update.status.clone());
        let first = Update {
            status: self.began_as(status, newest, is_over && changed > began),
            body: thing.fields.text("message"),
            display_at: began.map(Readable::from),
            affected_components: Some(affected(&thing)),
            ..Update::default()
        };
        let told = Incident {
            id: Some(thing.code.clone()),
            name: thing.fields.text("name"),
            status: is_over.then(|| "resolved".to_owned()),
            started_at: began.map(Readable::from),
            updated_at: changed.map(Readable::from),
            incident_updates: Some(newest_first(first, later)),
            components: Some(components),
            hidden,
            ..Incident::default()
        };
        Self::event(thing, told)
    }

    /// The status of the first message. Cachet keeps one status of an incident, the latest.
    fn began_as(&mut self, own: Option<String>, newest: Option<String>, was_changed: bool) -> Option<String> {
        let is_latest = newest.is_some() && (newest == own || own.as_deref() == Some("resolved"));
        let was_fixed_later = newest.is_none() && own.as_deref() == Some("resolved") && was_changed;
        if is_latest || was_fixed_later {
            self.guessed += 1;
            return Some("investigating".to_owned());
        }
        own
    }

    fn schedule(&mut self, mut thing: Thing<ThingKind>) -> Event {
        let planned = self.time("schedule", &mut thing, "scheduled_at");
        let status = thing.fields.take("status").as_ref().and_then(words::schedule);
        self.planned(thing, planned, status)
    }

    fn planned(&mut self, mut thing: Thing<ThingKind>, planned: Option<Time>, status: Option<String>) -> Event {
        let completed = self.time("schedule", &mut thing, "completed_at");
        let published = self.time("schedule", &mut thing, "published_at");
        let created = self.time("schedule", &mut thing, "created_at");
        let changed = self.time("schedule", &mut thing, "updated_at");
        let hidden = self.hidden(&mut thing);
        let components = self.linked(&mut thing, planned);
        let mut later = self.updates_of(ThingKind::Schedule, &thing.code);
        for update in later.iter_mut().filter(|update| update.status.is_none()) {
            update.status = Some(stage(update.at(), planned, completed).to_owned());
        }
        let is_running = status.as_deref() == Some("in_progress");
        if is_running && later.iter().all(|update| update.status.as_deref() == Some("scheduled")) {
            let (status, at) = (status.clone(), planned.map(Readable::from));
            later.push(Update { status, display_at: at, ..Update::default() });
        }
        // Without a word of its own the clock completes the work at the end of its window.
        let is_told = later.iter().any(|update| update.status.as_deref() != Some("scheduled"));
        let is_over = status.as_deref() == Some("completed") && (is_told || completed.is_none());
        let first = Update {
            status: Some("scheduled".to_owned()),
            body: thing.fields.text("message"),
            display_at: published.or(created).or(planned).map(Readable::from),
            affected_components: Some(affected(&thing)),
            ..Update::default()
        };
        let told = Incident {
            id: Some(thing.code.clone()),
            name: thing.fields.text("name"),
            status: Some(if is_over { "completed" } else { "scheduled" }.to_owned()),
            updated_at: changed.map(Readable::from),
            resolved_at: completed.map(Readable::from),
            scheduled_for: planned.map(Readable::from),
            scheduled_until: completed.map(Readable::from),
            incident_updates: Some(newest_first(first, later)),
            components: Some(components),
            hidden,
            ..Incident::default()
        };
        Self::event(thing, told)
    }

    fn updates_of(&mut self, kind: ThingKind, code: &str) -> Vec<Update> {
        let things = self.updates.remove(&(kind, code.to_owned())).unwrap_or_default();
        things.into_iter().map(|thing| self.update(thing)).collect()
    }

    fn update(&mut self, mut thing: Thing<ThingKind>) -> Update {
        let at = self.time("update", &mut thing, "created_at");
        let changed = self.time("update", &mut thing, "updated_at");
        let status = thing.fields.take("status").as_ref().and_then(words::incident);
        let body = thing.fields.text("message");
        thing.fields.forget(REPEATED);
        let rest = self.rest(&mut thing);
        let at = at.or(changed).map(Readable::from);
        Update { status, body, display_at: at, rest, ..Update::default() }
    }

    /// The components that an entry names, and that they were there at the time.
    fn linked(&mut self, thing: &mut Thing<ThingKind>, at: Option<Time>) -> Vec<Component> {
        let one = thing.fields.text("component_id").filter(|code| code != "0");
        let linked = thing.linked(ThingKind::Component).cloned();
        let mut codes: Vec<String> = linked.collect();
        codes.extend(one.filter(|one| !codes.contains(one)));
        for code in &codes {
            let first = self.first.entry(code.clone()).or_insert(at.unwrap_or(Time::from_millis(i64::MAX)));
            *first = at.map_or(*first, |at| at.min(*first));
        }
        codes.into_iter().map(|code| Component { id: Some(code), ..Component::default() }).collect()
    }

    /// Groups and components, in the order of the page: Cachet shows what has no group below the groups.
    fn components(
        &mut self,
        mut groups: Vec<Thing<ThingKind>>,
        components: Vec<Thing<ThingKind>>,
    ) -> Option<(String, Vec<Component>)> {
        let path = components.first().or(groups.first())?.path.clone();
        let mut listed = Vec::new();
        groups.sort_by_cached_key(|group| group.fields.clone().number("order"));
        let mut unseen: BTreeMap<String, &'static str> = BTreeMap::new();
        let mut of_group: BTreeMap<String, String> = BTreeMap::new();
        for (position, mut group) in (0..).zip(groups) {
            let members = group.linked(ThingKind::Component);
            of_group.extend(members.map(|code| (code.clone(), group.code.clone())));
            if self.hidden(&mut group).is_some() {
                unseen.insert(group.code.clone(), "its group was hidden");
            }
            listed.push(self.group(group, position));
        }
        for thing in components {
            let otherwise = of_group.get(&thing.code).cloned();
            listed.push(self.component(thing, otherwise, &unseen));
        }
        Some((path, listed))
    }

    fn group(&mut self, mut thing: Thing<ThingKind>, position: i64) -> Component {
        let name = thing.fields.text("name");
        thing.fields.forget(&["order", "created_at", "updated_at", "lowest_human_status"]);
        let rest = self.rest(&mut thing);
        let position = Some(position);
        Component { id: Some(thing.code), name, position, group: Some(true), rest, ..Component::default() }
    }

    fn component(
        &mut self,
        mut thing: Thing<ThingKind>,
        group: Option<String>,
        unseen: &BTreeMap<String, &'static str>,
    ) -> Component {
        const BELOW_THE_GROUPS: i64 = 1 << 40;
        let created = self.time("component", &mut thing, "created_at");
        let changed = self.time("component", &mut thing, "updated_at");
        let deleted = thing.fields.text("deleted_at").is_some();
        let group = thing.fields.text("group_id").filter(|code| code != "0").or(group);
        let enabled = thing.fields.take("enabled");
        let is_disabled = enabled.and_then(|flag| as_text(&flag)).is_some_and(|flag| ["false", "0"].contains(&&*flag));
        let hidden = words::hidden(None, deleted)
            .or(is_disabled.then_some("it was disabled, and readers did not see it"))
            .or_else(|| group.as_ref().and_then(|group| unseen.get(group)).copied());
        let name = thing.fields.text("name");
        let status = thing.fields.take("status");
        let word = status.as_ref().and_then(words::component);
        if word.is_none() && hidden.is_none() {
            let shown = name.as_deref().unwrap_or(&thing.code);
            self.notes.add(&thing.path, None, format!("the status of `{shown}` is unknown; `operational` was taken"));
        }
        let order = thing.fields.number("order").unwrap_or_default().clamp(0, BELOW_THE_GROUPS);
        // A component cannot have begun after what is told of it.
        let start = created.map(|created| self.first.get(&thing.code).map_or(created, |first| created.min(*first)));
        let description = thing.fields.text("description");
        thing.fields.forget(&["status_name"]);
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

    fn hidden(&mut self, thing: &mut Thing<ThingKind>) -> Option<&'static str> {
        let deleted = thing.fields.text("deleted_at").is_some();
        words::hidden(thing.fields.take("visible").as_ref(), deleted)
    }

    /// The time of a key; one that cannot be read is noted.
    fn time(&mut self, what: &str, thing: &mut Thing<ThingKind>, key: &str) -> Option<Time> {
        let text = thing.fields.text(key)?;
        let time = self.notes.stored(&thing.path, &text.clone().into());
        if time.is_none() {
            let message = format!("`{key}` of {what} {} is no time: `{text}`; left out", thing.code);
            self.notes.add(&thing.path, None, message);
        }
        time
    }

    /// What was not used and says something; a flag that is not set says nothing.
    fn rest(&mut self, thing: &mut Thing<ThingKind>) -> BTreeMap<String, Value> {
        let mut rest = std::mem::take(&mut thing.fields).rest();
        rest.retain(|_, value| *value != 0 && *value != serde_json::json!({"": ""}));
        rest
    }

    fn event(mut thing: Thing<ThingKind>, mut told: Incident) -> Event {
        thing.fields.forget(REPEATED);
        told.rest = std::mem::take(&mut thing.fields).rest();
        told.rest.retain(|_, value| *value != 0);
        Event { path: thing.path, line: None, told }
    }

    fn finish(&mut self, path: &str) {
        if self.guessed > 0 {
            let message = format!(
                "Cachet keeps an incident's latest status alone; {} incidents were taken to begin as `investigating`",
                self.guessed
            );
            self.notes.add(path, None, message);
        }
    }
}

/// Keys that say again what others say.
const REPEATED: &[&str] = &[
    "guid",
    "human_status",
    "latest_human_status",
    "latest_icon",
    "latest_update_id",
    "is_resolved",
    "duration",
    "formatted_message",
    "permalink",
    "created_at",
    "updated_at",
];

/// The entry that an update itself says it belongs to.
fn named_owner(update: &mut Thing<ThingKind>) -> Option<(ThingKind, String)> {
    let kind = update.fields.text("updateable_type").unwrap_or_default();
    let is_schedule = kind.to_ascii_lowercase().contains("schedule");
    let of_type = if is_schedule { ThingKind::Schedule } else { ThingKind::Incident };
    let mut named = |key, kind| update.fields.text(key).map(|code| (kind, code));
    let any = named("updateable_id", of_type);
    any.or(named("incident_id", ThingKind::Incident)).or(named("schedule_id", ThingKind::Schedule))
}

fn affected(thing: &Thing<ThingKind>) -> Vec<Affected> {
    let known = thing.statuses.iter().filter_map(|(code, status)| Some((code, words::component(status)?)));
    known
        .map(|(code, status)| Affected { code: Some(code.clone()), new_status: Some(status), ..Affected::default() })
        .collect()
}

/// How far planned work was when something was said.
fn stage(at: Option<Time>, planned: Option<Time>, completed: Option<Time>) -> &'static str {
    let is_after = |mark: Option<Time>| at.zip(mark).is_some_and(|(at, mark)| at >= mark);
    if is_after(completed) {
        "completed"
    } else if is_after(planned) {
        "in_progress"
    } else {
        "scheduled"
    }
}

/// As they are told: the newest first.
fn newest_first(first: Update, mut later: Vec<Update>) -> Vec<Update> {
    later.sort_by_key(Update::at);
    later.reverse();
    later.push(first);
    later
}
