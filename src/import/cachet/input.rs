//! What the files hold, whatever the version: Cachet 2 answers with flat objects that are known by their
//! keys, Cachet 3 with resources of JSON:API (<https://jsonapi.org/format/1.0/>) that say their type.
//! Both become flat things; several tellings of one thing are put together, the newer one first.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::kind::{MADE_UP, ThingKind};
use super::pages::Pages;
use super::relations::Relations;
use crate::import::Notes;
use crate::import::json;
use crate::import::object::{Object, as_text};
use crate::import::things::{Thing, Things};
use crate::model::is_site_address;

/// Everything that was found.
pub(super) struct CachetInput {
    pub things: Things<ThingKind>,
    /// The address of the page, as links name it.
    pub address: Option<String>,
    /// A file to name for the whole.
    pub path: String,
    /// The latest time at which anything was added or changed, as Cachet writes it.
    pub newest: String,
    pub relations: Relations,
    pages: Pages,
    /// What has no place here: how many of each sort, and where.
    others: BTreeMap<(String, String), usize>,
}

impl CachetInput {
    pub fn read(files: &BTreeMap<String, Vec<u8>>, notes: &mut Notes) -> CachetInput {
        let mut input = CachetInput {
            things: Things::new(),
            address: None,
            path: String::new(),
            newest: String::new(),
            relations: Relations::default(),
            pages: Pages::default(),
            others: BTreeMap::new(),
        };
        for (path, bytes) in files {
            for value in json::items(path, bytes, notes) {
                input.document(path, value, notes);
            }
        }
        input.pages.report(&input.things, notes);
        input.things.register(notes);
        for ((what, path), count) in &input.others {
            notes.add(path, None, format!("{what} ({count}) have no place here; not imported"));
        }
        input
    }

    /// Whether anything of Cachet was found.
    pub fn is_any(&self) -> bool {
        !self.things.is_empty()
    }

    /// One answer: a list or one thing under `data`, or a thing that somebody took out of it.
    fn document(&mut self, path: &str, value: Value, notes: &mut Notes) {
        let Some(mut answer) = Object::of(value) else {
            return notes.add(path, None, "no answer of Cachet's API; not imported");
        };
        if !answer.has("data") {
            let _ = self.known(path, answer, &BTreeMap::new(), notes);
            return;
        }
        let data = match answer.take("data") {
            Some(Value::Array(items)) => items,
            Some(item @ Value::Object(_)) => vec![item],
            Some(_) => return notes.add(path, None, "it says nothing of components and incidents; not imported"),
            None => Vec::new(),
        };
        let included = answer.list("included");
        let said = said_of_one(&data, &included);
        let mut kinds = BTreeSet::new();
        for (item, is_data) in data.into_iter().map(|item| (item, true)).chain(included.into_iter().map(|i| (i, false)))
        {
            let Some(object) = Object::of(item) else {
                notes.add(path, None, "one item is no object; not imported");
                continue;
            };
            kinds.extend(self.known(path, object, &said, notes).filter(|_| is_data));
        }
        let (meta, links) = (answer.object("meta"), answer.object("links"));
        self.pages.turn(path, kinds.into_iter().next(), meta, links, &mut self.address);
    }

    /// Reads one thing; counts what is none, and keeps its texts.
    fn known(&mut self, path: &str, object: Object, said: &SaidOfComponents, notes: &mut Notes) -> Option<ThingKind> {
        let whole = object.clone();
        match self.thing(path, object, said) {
            Ok(kind) => Some(kind),
            Err(what) => {
                if !MADE_UP.contains(&&*what) {
                    whole.texts().into_iter().for_each(|text| notes.source(path, None, text));
                }
                *self.others.entry((what, path.to_owned())).or_default() += 1;
                None
            }
        }
    }

    /// Reads one thing, and those within it.
    fn thing(&mut self, path: &str, mut object: Object, said: &SaidOfComponents) -> Result<ThingKind, String> {
        let is_resource = object.has("attributes");
        let kind = if is_resource {
            let kind = object.text("type").unwrap_or_default();
            ThingKind::of_type(&kind).ok_or(kind)?
        } else {
            ThingKind::of_keys(&object)?
        };
        let mut thing = Thing::new(path, object);
        if is_resource {
            let names = resource(&mut thing);
            self.relations.hear(kind, &thing, names);
            let from = (kind, thing.code.clone(), String::new());
            let own = said.range(from..).take_while(|((of, code, _), _)| (*of, code) == (kind, &thing.code));
            thing.statuses = own.map(|((.., component), status)| (component.clone(), status.clone())).collect();
        }
        thing.fields.forget(&["id", "pivot"]);
        self.nested(path, kind, &mut thing);
        self.find_address(&mut thing);
        if thing.code.is_empty() {
            return Err(format!("{} without an id", kind.plural()));
        }
        self.add(kind, thing);
        Ok(kind)
    }

    /// Things of Cachet 2 that stand within others.
    fn nested(&mut self, path: &str, kind: ThingKind, thing: &mut Thing<ThingKind>) {
        let inside: &[&str] = match kind {
            ThingKind::Group => &["enabled_components", "enabled_components_lowest"],
            ThingKind::Incident => &["updates", "component", "components"],
            ThingKind::Schedule => &["components", "updates"],
            ThingKind::Component | ThingKind::Update => return,
        };
        for key in inside {
            let mut items = thing.fields.list(key);
            items.extend(thing.fields.object(key).map(|object| Value::Object(object.entries().collect())));
            for mut object in items.into_iter().filter_map(Object::of) {
                let of = if key.ends_with("updates") { ThingKind::Update } else { ThingKind::Component };
                if of == ThingKind::Update {
                    let owner = if kind == ThingKind::Schedule { "schedule_id" } else { "incident_id" };
                    object.fill(owner, Value::String(thing.code.clone()));
                }
                if kind == ThingKind::Group {
                    object.fill("group_id", Value::String(thing.code.clone()));
                }
                // A row that only joins planned work and a component.
                let joined = object.has("component_id").then(|| object.text("component_id")).flatten();
                let code = joined.clone().or_else(|| object.clone().text("id")).unwrap_or_default();
                thing.links.insert((of, code.clone()));
                if let Some(status) = object.take("component_status") {
                    thing.statuses.insert(code, status);
                }
                if joined.is_none() {
                    let _ = self.thing(path, object, &BTreeMap::new());
                }
            }
        }
    }

    fn find_address(&mut self, thing: &mut Thing<ThingKind>) {
        let link = thing.fields.text("permalink");
        let base = link.as_deref().and_then(|link| link.split_once("/incidents/")).map(|(base, _)| format!("{base}/"));
        if self.address.is_none() {
            self.address = base.filter(|base| is_site_address(base));
        }
    }

    fn add(&mut self, kind: ThingKind, thing: Thing<ThingKind>) {
        if self.path.is_empty() {
            self.path.clone_from(&thing.path);
        }
        let mut fields = thing.fields.clone();
        let times = ["created_at", "updated_at"].into_iter().filter_map(|key| fields.text(key));
        self.newest = times.chain([std::mem::take(&mut self.newest)]).max().unwrap_or_default();
        self.things.add(kind, thing);
    }
}

/// Per entry and component, what the entry says of the component.
type SaidOfComponents = BTreeMap<(ThingKind, String, String), Value>;

/// JSON:API gives each component once, however many entries of an answer name it, so what stands at the
/// component of its part in an entry can be trusted only if a single entry names it.
fn said_of_one(data: &[Value], included: &[Value]) -> SaidOfComponents {
    let code = |value: &Value| value.get("id").and_then(as_text);
    let kind = |value: &Value| value.get("type").and_then(Value::as_str).and_then(ThingKind::of_type);
    let mut namers: BTreeMap<String, Vec<(ThingKind, String)>> = BTreeMap::new();
    for entry in data {
        let Some(owner) = kind(entry).zip(code(entry)) else { continue };
        let named = entry.pointer("/relationships/components/data").and_then(Value::as_array);
        for component in named.into_iter().flatten().filter_map(code) {
            namers.entry(component).or_default().push(owner.clone());
        }
    }
    let mut said = SaidOfComponents::new();
    for component in included.iter().filter(|value| kind(value) == Some(ThingKind::Component)) {
        let status = component.pointer("/attributes/pivot/component_status").filter(|status| !status.is_null());
        let (Some(component), Some(status)) = (code(component), status) else { continue };
        if let Some([(of, entry)]) = namers.get(&component).map(Vec::as_slice) {
            said.insert((*of, entry.clone(), component), value_of(status.clone()));
        }
    }
    said
}

/// Makes a resource of Cachet 3 flat: `{human, value}` is its value, `created: {human, string}` is
/// `created_at`, and relationships are links. The names of those that it has.
fn resource(thing: &mut Thing<ThingKind>) -> BTreeSet<String> {
    let mut object = std::mem::take(&mut thing.fields);
    let mut names = BTreeSet::new();
    for (key, value) in object.object("attributes").into_iter().flat_map(Object::entries) {
        match value.get("string") {
            Some(time) => {
                thing.fields.fill(&format!("{key}_at"), time.clone());
                thing.fields.fill(&format!("{key}_in_words"), value["human"].clone());
            }
            None => thing.fields.fill(&key, value_of(value)),
        }
    }
    for (name, mut relation) in object.object("relationships").into_iter().flat_map(Object::entries) {
        names.insert(name.clone());
        let named = match relation.get_mut("data").map(Value::take) {
            Some(Value::Array(items)) => items,
            Some(item) => vec![item],
            None => continue,
        };
        for mut target in named.into_iter().filter_map(Object::of) {
            let (kind, code) = (target.text("type"), target.text("id"));
            let Some((kind, code)) = kind.and_then(|kind| ThingKind::of_type(&kind)).zip(code) else { continue };
            if name == "group" {
                thing.fields.fill("group_id", Value::String(code.clone()));
            }
            thing.links.insert((kind, code));
        }
    }
    object.forget(&["links", "meta", "type"]);
    object.entries().for_each(|(key, value)| thing.fields.fill(&key, value));
    names
}

/// `{human, value}` as its value.
fn value_of(value: Value) -> Value {
    match value {
        Value::Object(mut map) if map.contains_key("human") && map.contains_key("value") => {
            map.remove("value").unwrap_or_default()
        }
        other => other,
    }
}
