//! JSON as programs save it: several answers one after the other, lists in lists, a byte order mark.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::Notes;
use super::object::TEXTS;

/// What some programs write before UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// What PowerShell's `>` writes before UTF-16.
const UTF_16: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];

/// Everything in a file, lists taken apart: `[1][[2, 3]] {…}` is four items. What cannot be read is
/// noted, and what stands before it is kept.
pub(super) fn items(path: &str, bytes: &[u8], notes: &mut Notes) -> Vec<Value> {
    let mut found = Vec::new();
    if UTF_16.iter().any(|mark| bytes.starts_with(mark)) {
        notes.add(path, None, "it is UTF-16; save it as UTF-8 and import again; not imported");
        return found;
    }
    for value in serde_json::Deserializer::from_slice(without_mark(bytes)).into_iter::<Tree>() {
        match value {
            Ok(tree) => flatten(tree.keep(path, notes), &mut found),
            Err(error) => {
                let kept = if found.is_empty() { "" } else { "; what stands before it was read" };
                notes.add(path, error.line(), format!("it is no JSON: {error}; not imported{kept}"));
                break;
            }
        }
    }
    found
}

/// The one value of a file.
pub(super) fn one(path: &str, bytes: &[u8], notes: &mut Notes) -> serde_json::Result<Value> {
    serde_json::from_slice::<Tree>(without_mark(bytes)).map(|tree| tree.keep(path, notes))
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BOM).unwrap_or(bytes)
}

/// A value in which an object says everything that it says, also twice: a `Value` keeps the last without a word.
pub(super) enum Tree {
    /// A text, a number, a truth, or nothing.
    Leaf(Value),
    /// A list.
    List(Vec<Tree>),
    /// An object, in the order of the file.
    Map(Vec<(String, Tree)>),
}

impl Tree {
    /// The value with the last of two equal keys. What is said twice is noted, and texts for readers must not get lost.
    fn keep(self, path: &str, notes: &mut Notes) -> Value {
        match self {
            Tree::Leaf(value) => value,
            Tree::List(items) => Value::Array(items.into_iter().map(|item| item.keep(path, notes)).collect()),
            Tree::Map(entries) => {
                let mut object = Map::new();
                for (key, entry) in entries {
                    let entry = entry.keep(path, notes);
                    let is_same = object.get(&key) == Some(&entry);
                    let first = object.insert(key.clone(), entry).filter(|_| !is_same);
                    first.into_iter().for_each(|first| say_twice(path, &key, &first, notes));
                }
                Value::Object(object)
            }
        }
    }
}

fn say_twice(path: &str, key: &str, first: &Value, notes: &mut Notes) {
    notes.add(path, None, format!("the key `{key}` stands twice in one object; the last one was taken"));
    if let Some(text) = first.as_str().filter(|_| TEXTS.contains(&key)) {
        notes.source(path, None, text);
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Tree, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Tree;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Leaf(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Leaf(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Leaf(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Leaf(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Leaf(value.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Leaf(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Tree::Map(map))
    }
}

/// Lists in lists are at most as deep as the reader of JSON allows.
fn flatten(value: Value, found: &mut Vec<Value>) {
    match value {
        Value::Array(items) => items.into_iter().for_each(|item| flatten(item, found)),
        other => found.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_answers_are_one_list() {
        let mut notes = Notes::default();
        let all = items("a.json", b"\xef\xbb\xbf[1][[2, 3]]\n{\"a\": [4]}", &mut notes);
        assert_eq!(all, [1.into(), 2.into(), 3.into(), serde_json::json!({"a": [4]})]);
        assert_eq!(notes.sorted(), []);
    }

    #[test]
    fn a_text_whose_key_comes_twice_must_not_get_lost() {
        let mut notes = Notes::default();
        let text = br#"[{"a": [{"body": "first", "id": 1, "id": 2, "status": "x", "body": "last", "status": "x"}]}]"#;
        let all = items("a.json", text, &mut notes);
        assert_eq!(all, [serde_json::json!({"a": [{"body": "last", "id": 2, "status": "x"}]})]);
        assert_eq!(notes.sources.iter().map(|source| &*source.text).collect::<Vec<_>>(), ["first"]);
        assert_eq!(notes.sorted().len(), 2);
        assert_eq!(one("a.json", text, &mut Notes::default()).unwrap(), Value::Array(all));
    }

    #[test]
    fn every_value_is_read_as_the_library_reads_it() {
        let text = r#"[null, true, -1, 18446744073709551615, 1.5e3, "\u00e5\n", {}, [[]]]"#;
        let expected: Value = serde_json::from_str(text).unwrap();
        assert_eq!(one("a.json", text.as_bytes(), &mut Notes::default()).unwrap(), expected);
    }

    #[test]
    fn what_stands_before_a_fault_is_kept() {
        let mut notes = Notes::default();
        assert_eq!(items("a.json", b"[1]\n[2", &mut notes), [Value::from(1)]);
        assert_eq!(notes.sorted()[0].line, Some(2));
        let mut notes = Notes::default();
        let deep = "[".repeat(100_000);
        assert_eq!(items("a.json", deep.as_bytes(), &mut notes), Vec::<Value>::new());
        assert_eq!(notes.sorted().len(), 1);
        assert_eq!(items("a.json", b"\xff\xfe[\x00", &mut Notes::default()), Vec::<Value>::new());
    }
}
