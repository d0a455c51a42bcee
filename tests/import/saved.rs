//! What the tests of imports from saved files share.

use std::collections::BTreeMap;
use std::path::Path;

use candor::import::{ImportError, Imported};
use serde_json::{Value, json};

use super::{Scratch, folder, snapshot_whole, sound};

/// The files of a folder of fixtures, as an import gets them.
pub fn files(name: &str) -> BTreeMap<String, Vec<u8>> {
    let root = folder(name);
    let entries = walkdir::WalkDir::new(&root).into_iter().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        (path, std::fs::read(entry.path()).unwrap())
    });
    files.collect()
}

/// Imports twice; what is written and what is noted are as in `NAME-files.txt` and `NAME-notes.txt`.
pub fn golden(name: &str, import: impl Fn(&Path) -> Result<Imported, ImportError>) {
    let target = Scratch::new(name);
    let imported = import(target.path()).unwrap();
    sound(&imported);
    snapshot_whole(name, &imported);
    assert_eq!(import(target.path()).unwrap(), imported);
}

/// What may stand where something else should.
fn odd(kind: usize) -> Value {
    let odd = [
        Value::Null,
        json!(""),
        json!(" - "),
        json!(7),
        json!(-1),
        json!(9_999_999_999_999_999_u64),
        json!(1.5),
        json!([]),
        json!({}),
        json!([[{"id": 1}]]),
        json!({"human": "x", "value": {"id": 1}}),
        json!(true),
        json!("1970-01-01T00:00:00.000Z"),
        json!("9999-12-31 23:59:59"),
        json!("0001-01-01T00:00:00Z"),
        json!("4"),
        json!("resolved"),
        json!("a\u{0}\u{b}\u{85}\r\n--- # \"<b>&lt;*_"),
        json!("<a href=\"https://x.example/(\">https://y.example</a> <p><li>"),
        json!("\u{2028}\u{feff}\u{202e}é"),
    ];
    odd[kind % odd.len()].clone()
}

/// Every file with something odd at the places of `blows`, counted through and through.
pub fn damage(files: &BTreeMap<String, Vec<u8>>, blows: &[(usize, usize)]) -> BTreeMap<String, Vec<u8>> {
    let mut damaged = BTreeMap::new();
    for (path, bytes) in files {
        let Ok(mut value) = serde_json::from_slice::<Value>(bytes) else { continue };
        for (place, kind) in blows {
            strike(&mut value, &mut place.clone(), *kind);
        }
        damaged.insert(path.clone(), serde_json::to_vec(&value).unwrap());
    }
    damaged
}

fn strike(value: &mut Value, n: &mut usize, kind: usize) -> bool {
    if *n == 0 {
        *value = odd(kind);
        return true;
    }
    *n -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| strike(item, n, kind)),
        Value::Object(entries) => entries.values_mut().any(|value| strike(value, n, kind)),
        _ => false,
    }
}
