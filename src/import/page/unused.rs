//! What a system says and Candor has no place for, counted by key and told once.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::import::Notes;
use crate::import::object::TEXTS;

#[derive(Default)]
pub(in crate::import) struct Unused {
    counts: BTreeMap<String, usize>,
    /// Texts for readers in places where none is expected; they are looked for like all others.
    texts: Vec<String>,
}

impl Unused {
    /// Counts the keys of an object that say something.
    pub fn count(&mut self, what: &str, rest: &BTreeMap<String, Value>) {
        for (key, value) in rest.iter().filter(|(_, value)| says_something(value)) {
            self.one(what, key);
            self.texts.extend(value.as_str().filter(|_| TEXTS.contains(&key.as_str())).map(str::to_owned));
        }
    }

    /// Counts one key.
    pub fn one(&mut self, what: &str, key: &str) {
        *self.counts.entry(format!("`{key}` of {what}")).or_default() += 1;
    }

    pub fn report(self, path: &str, notes: &mut Notes) {
        self.texts.iter().for_each(|text| notes.source(path, None, text));
        if !self.counts.is_empty() {
            let list: Vec<String> = self.counts.iter().map(|(key, count)| format!("{key} ({count})")).collect();
            notes.add(path, None, format!("these have no place here and were not carried over: {}", list.join(", ")));
        }
    }
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(entries) => !entries.is_empty(),
        _ => true,
    }
}
