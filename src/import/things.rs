//! Things that several files tell of, by kind and number. What two files say of one thing is put together.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::object::Object;

/// A thing, and what it has to do with others.
#[derive(Clone, Debug)]
pub(super) struct Thing<K> {
    /// The file that tells it best.
    pub path: String,
    pub code: String,
    pub fields: Object,
    /// The things that it names.
    pub links: BTreeSet<(K, String)>,
    /// Per component, what it says of that component.
    pub statuses: BTreeMap<String, Value>,
}

/// All of them, in the order of their numbers.
pub(super) struct Things<K>(BTreeMap<(K, usize, String), Thing<K>>);

impl<K: Copy + Ord> Thing<K> {
    /// A thing with these fields; its code is their `id`.
    pub(super) fn new(path: &str, mut fields: Object) -> Thing<K> {
        let code = fields.text("id").unwrap_or_default();
        Thing { path: path.to_owned(), code, fields, links: BTreeSet::new(), statuses: BTreeMap::new() }
    }

    /// The codes of a kind that it names.
    pub(super) fn linked(&self, kind: K) -> impl Iterator<Item = &String> {
        self.links.iter().filter(move |(of, _)| *of == kind).map(|(_, code)| code)
    }

    /// This telling and another: the one with the later `updated_at`, and from the other what it lacks.
    fn merged(self, new: Thing<K>) -> Thing<K> {
        let changed = |thing: &Thing<K>| thing.fields.clone().text("updated_at");
        let (mut first, second) = if changed(&new) > changed(&self) { (new, self) } else { (self, new) };
        second.fields.entries().for_each(|(key, value)| first.fields.fill(&key, value));
        first.links.extend(second.links);
        for (code, status) in second.statuses {
            first.statuses.entry(code).or_insert(status);
        }
        first
    }
}

impl<K: Copy + Ord> Things<K> {
    /// None yet.
    pub(super) fn new() -> Things<K> {
        Things(BTreeMap::new())
    }

    /// Adds what a file tells.
    pub(super) fn add(&mut self, kind: K, thing: Thing<K>) {
        // By length first, so that 10 comes after 9 although codes are texts.
        let key = (kind, thing.code.len(), thing.code.clone());
        let whole = match self.0.remove(&key) {
            Some(known) => known.merged(thing),
            None => thing,
        };
        self.0.insert(key, whole);
    }

    /// Takes all of a kind.
    pub(super) fn take(&mut self, kind: K) -> Vec<Thing<K>> {
        let (found, left): (BTreeMap<_, _>, _) =
            std::mem::take(&mut self.0).into_iter().partition(|((of, ..), _)| *of == kind);
        self.0 = left;
        found.into_values().collect()
    }

    /// How many there are of a kind.
    pub(super) fn count(&self, kind: K) -> usize {
        self.0.keys().filter(|(of, ..)| *of == kind).count()
    }

    /// The thing with this code.
    pub(super) fn get_mut(&mut self, kind: K, code: &str) -> Option<&mut Thing<K>> {
        self.0.get_mut(&(kind, code.len(), code.to_owned()))
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
