//! JSON as programs save it: several answers one after the other, lists in lists, a byte order mark.

use serde_json::{Deserializer, Value};

use super::Notes;

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
    for value in Deserializer::from_slice(bytes.strip_prefix(BOM).unwrap_or(bytes)).into_iter::<Value>() {
        match value {
            Ok(value) => flatten(value, &mut found),
            Err(error) => {
                let kept = if found.is_empty() { "" } else { "; what stands before it was read" };
                notes.add(path, error.line(), format!("it is no JSON: {error}; not imported{kept}"));
                break;
            }
        }
    }
    found
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
