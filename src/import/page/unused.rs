//! What a system says and Candor has no place for, counted by key and told once.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::import::Notes;

#[derive(Default)]
pub(in crate::import) struct Unused(BTreeMap<String, usize>);

impl Unused {
    /// Counts the keys of an object that say something.
    pub fn count(&mut self, what: &str, rest: &BTreeMap<String, Value>) {
        rest.iter().filter(|(_, value)| says_something(value)).for_each(|(key, _)| self.one(what, key));
    }

    /// Counts one key.
    pub fn one(&mut self, what: &str, key: &str) {
        *self.0.entry(format!("`{key}` of {what}")).or_default() += 1;
    }

    pub fn report(self, path: &str, notes: &mut Notes) {
        if !self.0.is_empty() {
            let list: Vec<String> = self.0.iter().map(|(key, count)| format!("{key} ({count})")).collect();
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
