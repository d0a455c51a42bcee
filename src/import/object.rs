//! A JSON object whose keys are taken one by one, so that what nobody took can be told.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// What is left of an object. A key of an unexpected type stays, as nobody understood it.
#[derive(Clone, Debug, Default)]
pub(super) struct Object(Map<String, Value>);

impl Object {
    /// The object, if it is one.
    pub(super) fn of(value: Value) -> Option<Object> {
        if let Value::Object(map) = value { Some(Object(map)) } else { None }
    }

    /// Whether `key` is there, be it null.
    pub(super) fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Adds a key, unless it is there.
    pub(super) fn fill(&mut self, key: &str, value: Value) {
        if self.0.get(key).is_none_or(Value::is_null) {
            self.0.insert(key.to_owned(), value);
        }
    }

    /// The value of `key`, unless it is null.
    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        self.0.remove(key).filter(|value| !value.is_null())
    }

    /// The value of `key` as text, if it is a text with something in it, a number, or yes or no.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        let text = as_text(self.0.get(key)?)?;
        self.0.remove(key);
        Some(text).filter(|text| !text.trim().is_empty())
    }

    /// The value of `key` as a whole number, be it written as text.
    pub(super) fn number(&mut self, key: &str) -> Option<i64> {
        let number = as_text(self.0.get(key)?)?.trim().parse().ok()?;
        self.0.remove(key);
        Some(number)
    }

    /// The items of a list.
    pub(super) fn list(&mut self, key: &str) -> Vec<Value> {
        if !self.0.get(key).is_some_and(Value::is_array) {
            return Vec::new();
        }
        if let Some(Value::Array(items)) = self.0.remove(key) { items } else { Vec::new() }
    }

    /// An object within this one.
    pub(super) fn object(&mut self, key: &str) -> Option<Object> {
        if !self.0.get(key).is_some_and(Value::is_object) {
            return None;
        }
        self.0.remove(key).and_then(Object::of)
    }

    /// Drops keys that only repeat what others say.
    pub(super) fn forget(&mut self, keys: &[&str]) {
        keys.iter().for_each(|key| {
            self.0.remove(*key);
        });
    }

    /// Every key and value that is left.
    pub(super) fn entries(self) -> impl Iterator<Item = (String, Value)> {
        self.0.into_iter()
    }

    /// The texts for readers that nobody took.
    pub(super) fn texts(&self) -> Vec<&str> {
        self.0.iter().flat_map(|(key, value)| of_key(key, value)).collect()
    }

    /// What nobody took.
    pub(super) fn rest(self) -> BTreeMap<String, Value> {
        self.entries().collect()
    }
}

/// A value that is no list and no object, as text.
pub(super) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Keys whose values are texts for readers, and never secrets.
pub(super) const TEXTS: [&str; 5] = ["message", "body", "description", "title", "summary"];

/// The texts for readers in a value and all that it holds.
pub(super) fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(entries) => entries.iter().flat_map(|(key, value)| of_key(key, value)).collect(),
        _ => Vec::new(),
    }
}

fn of_key<'v>(key: &str, value: &'v Value) -> Vec<&'v str> {
    match value.as_str() {
        Some(text) if TEXTS.contains(&key) => vec![text],
        _ => texts(value),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_understood_stays() {
        let mut object = Object::of(json!({"a": 1, "b": "2", "c": [3], "d": {"e": 4}, "f": null, "g": " "})).unwrap();
        assert_eq!((object.text("a").as_deref(), object.number("b")), (Some("1"), Some(2)));
        assert_eq!((object.text("c"), object.number("c"), object.text("d")), (None, None, None));
        assert_eq!((object.take("f"), object.text("g"), object.list("d")), (None, None, Vec::new()));
        let left: Vec<String> = object.rest().into_keys().collect();
        assert_eq!(left, ["c", "d"]);
    }
}
