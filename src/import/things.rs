//! Things that several files tell of, by kind and number. What two files say of one thing is put together.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Notes;
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
pub(super) struct Things<K> {
    all: BTreeMap<(K, usize, String), Thing<K>>,
    /// Texts of the telling that was not taken, and their files.
    others: Vec<(String, String)>,
}

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

    /// This telling and another: the one with the later `updated_at`, and from the other what it lacks. What both say
    /// otherwise goes to `others`.
    fn merged(self, new: Thing<K>, others: &mut Vec<(String, String)>) -> Thing<K> {
        let changed = |thing: &Thing<K>| thing.fields.clone().text("updated_at");
        let (mut first, second) = if changed(&new) > changed(&self) { (new, self) } else { (self, new) };
        let known = first.fields.texts();
        let texts = second.fields.texts().into_iter().filter(|text| !known.contains(text));
        others.extend(texts.map(|text| (second.path.clone(), text.to_owned())));
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
        Things { all: BTreeMap::new(), others: Vec::new() }
    }

    /// Adds what a file tells.
    pub(super) fn add(&mut self, kind: K, thing: Thing<K>) {
        // By length first, so that 10 comes after 9 although codes are texts.
        let key = (kind, thing.code.len(), thing.code.clone());
        let whole = match self.all.remove(&key) {
            Some(known) => known.merged(thing, &mut self.others),
            None => thing,
        };
        self.all.insert(key, whole);
    }

    /// Registers what two files say of one thing in different words.
    pub(super) fn register(&mut self, notes: &mut Notes) {
        std::mem::take(&mut self.others).iter().for_each(|(path, text)| notes.source(path, None, text));
    }

    /// Takes all of a kind.
    pub(super) fn take(&mut self, kind: K) -> Vec<Thing<K>> {
        let (found, left): (BTreeMap<_, _>, _) =
            std::mem::take(&mut self.all).into_iter().partition(|((of, ..), _)| *of == kind);
        self.all = left;
        found.into_values().collect()
    }

    /// How many there are of a kind.
    pub(super) fn count(&self, kind: K) -> usize {
        self.all.keys().filter(|(of, ..)| *of == kind).count()
    }

    /// The thing with this code.
    pub(super) fn get_mut(&mut self, kind: K, code: &str) -> Option<&mut Thing<K>> {
        self.all.get_mut(&(kind, code.len(), code.to_owned()))
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}
