//! However damaged the saved answers are, the import does not fail, and what it writes is sound.

use std::collections::BTreeMap;

use candor::import::statuspage;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{NOW, answers, old};
use crate::support::cases;

/// What may stand where something else should.
fn odd(kind: usize) -> Value {
    let odd = [
        Value::Null,
        json!(""),
        json!(" - "),
        json!(7),
        json!([]),
        json!({}),
        json!(true),
        json!("1970-01-01T00:00:00.000Z"),
        json!("2099-12-31T23:59:59.999+14:00"),
        json!("operational"),
        json!("resolved"),
        json!("scheduled"),
        json!("a\u{0}\u{b}\u{85}\n--- # \"<b>&lt;*_"),
        json!("<a href=\"https://x.example/(\">https://y.example</a> <p><li>"),
        json!("\u{2028}\u{feff}\u{202e}é"),
    ];
    odd[kind % odd.len()].clone()
}

/// Puts something odd at the `n`th value inside `value`, counted through and through.
fn damage(value: &mut Value, n: &mut usize, kind: usize) -> bool {
    if *n == 0 {
        *value = odd(kind);
        return true;
    }
    *n -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| damage(item, n, kind)),
        Value::Object(entries) => entries.values_mut().any(|value| damage(value, n, kind)),
        _ => false,
    }
}

proptest! {
    #![proptest_config(cases(192))]

    #[test]
    fn damaged_answers_become_a_sound_site(blows in prop::collection::vec((0..900usize, 0..15usize), 1..12)) {
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for (path, bytes) in old() {
            let Ok(mut value) = serde_json::from_slice::<Value>(&bytes) else { continue };
            for (place, kind) in &blows {
                damage(&mut value, &mut place.clone(), *kind);
            }
            files.insert(path, serde_json::to_vec(&value).unwrap());
        }
        let imported = statuspage(&files, None);
        if !imported.files.is_empty() {
            answers(&imported, NOW);
        }
    }

    #[test]
    fn a_damaged_feed_becomes_a_sound_site(cuts in prop::collection::vec((0..3000usize, 0..40usize), 1..6)) {
        let mut feed = String::from_utf8(old()["history.atom"].clone()).unwrap();
        for (from, length) in cuts {
            let end = (from + length).min(feed.len());
            if feed.is_char_boundary(from) && feed.is_char_boundary(end) && from < end {
                feed.replace_range(from..end, "");
            }
        }
        let imported = statuspage(&[("history.atom".to_owned(), feed.into_bytes())].into(), None);
        prop_assert!(!imported.notes.is_empty());
        if !imported.files.is_empty() {
            answers(&imported, NOW);
        }
    }
}
