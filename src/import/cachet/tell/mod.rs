//! Things become what is told of a page.

mod components;
mod incident;
mod schedule;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::input::CachetInput;
use super::kind::ThingKind;
use super::words;
use crate::import::Notes;
use crate::import::page::objects::{Affected, Component, Incident, Page, Readable, Update};
use crate::import::page::{Event, Unused, Whole};
use crate::import::things::Thing;
use crate::time::Time;

/// Reads everything.
pub(super) fn whole(mut input: CachetInput, notes: &mut Notes) -> Whole {
    let updates = input.things.take(ThingKind::Update);
    let (incidents, schedules) = (input.things.take(ThingKind::Incident), input.things.take(ThingKind::Schedule));
    let (groups, components) = (input.things.take(ThingKind::Group), input.things.take(ThingKind::Component));
    let newest = input.newest;
    let (unused, updates_of, first) = (Unused::default(), BTreeMap::new(), BTreeMap::new());
    let mut converter = Converter { notes, unused, newest, updates: updates_of, first, guessed: 0 };
    converter.sort(updates, &incidents, &schedules);
    let is_member = |code: &str| groups.iter().any(|group| group.linked(ThingKind::Component).any(|of| of == code));
    input.relations.report(converter.notes, |kind, code, name| match name {
        "updates" => converter.updates.contains_key(&(kind, code.to_owned())),
        "group" => is_member(code),
        _ => false,
    });
    let mut events: Vec<Event> = incidents.into_iter().map(|thing| converter.incident(thing)).collect();
    events.extend(schedules.into_iter().map(|thing| converter.schedule(thing)));
    let listed = converter.components(groups, components);
    converter.finish(&input.path);
    let page = Page { url: input.address, ..Page::default() };
    Whole { path: input.path, page, listed, events, unused: converter.unused }
}

struct Converter<'n> {
    notes: &'n mut Notes,
    unused: Unused,
    /// The latest time at which anything was added or changed, as Cachet writes it.
    newest: String,
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

    fn updates_of(&mut self, kind: ThingKind, code: &str) -> Vec<Update> {
        let things = self.updates.remove(&(kind, code.to_owned())).unwrap_or_default();
        things.into_iter().map(|thing| self.update(thing)).collect()
    }

    fn update(&mut self, mut thing: Thing<ThingKind>) -> Update {
        let at = self.time("update", &mut thing, "created_at");
        let changed = self.time("update", &mut thing, "updated_at");
        let status = thing.fields.take("status").as_ref().and_then(words::incident).filter(|word| says_more(word));
        let body = thing.fields.text("message");
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

    fn hidden(&mut self, thing: &mut Thing<ThingKind>) -> Option<&'static str> {
        let deleted = thing.fields.text("deleted_at").is_some();
        words::hidden(thing.fields.take("visible").as_ref(), deleted).or(self.embargo(thing))
    }

    /// Cachet 3 shows an entry that is to be published later only to people with a key. Whether its time had come
    /// when it answered is known from its words in English, or else from what happened later.
    fn embargo(&self, thing: &Thing<ThingKind>) -> Option<&'static str> {
        let mut fields = thing.fields.clone();
        let is_over = fields.text("published_in_words").is_some_and(|words| words.ends_with(" ago"));
        let is_later = fields.text("published_at").is_some_and(|at| at > self.newest);
        (is_later && !is_over).then_some("it was not published yet")
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
        thing.fields.forget(REPEATED);
        let mut rest = std::mem::take(&mut thing.fields).rest();
        rest.retain(|key, value| !key.ends_with("_in_words") && *value != 0 && *value != serde_json::json!({"": ""}));
        rest
    }

    fn event(&mut self, mut thing: Thing<ThingKind>, told: Incident) -> Event {
        let rest = self.rest(&mut thing);
        Event { path: thing.path, line: None, told: Incident { rest, ..told } }
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

/// Whether a status says how far an incident is; where nothing is planned, Cachet shows «scheduled» as «reported».
fn says_more(word: &str) -> bool {
    word != "scheduled"
}

fn affected(thing: &Thing<ThingKind>) -> Vec<Affected> {
    let known = thing.statuses.iter().filter_map(|(code, status)| Some((code, words::component(status)?)));
    known
        .map(|(code, status)| Affected { code: Some(code.clone()), new_status: Some(status), ..Affected::default() })
        .collect()
}
