//! What the tests of imports from saved files share.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use candor::diagnostic;
use candor::import::{ImportError, Imported};
use candor::pipeline::{self, Options};
use candor::source::Source;
use candor::time::Time;
use serde_json::{Value, json};

use super::{Scratch, snapshot};

/// A folder of fixtures.
pub fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(name)
}

/// The files of a folder of fixtures, as an import gets them.
pub fn files(name: &str) -> BTreeMap<String, Vec<u8>> {
    let root = root(name);
    let entries = walkdir::WalkDir::new(&root).into_iter().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        (path, std::fs::read(entry.path()).unwrap())
    });
    files.collect()
}

/// The imported site has no error, and all its pages can be made.
pub fn assert_sound(imported: &Imported) {
    let files = imported.files.iter().map(|(path, bytes)| (path.clone(), String::from_utf8(bytes.clone()).unwrap()));
    let build = pipeline::build(&Source::from_files(files), &Options::at(Time::parse("2026-01-07T12:00Z").unwrap()));
    assert!(!diagnostic::has_errors(&build.diagnostics), "{:#?}", build.diagnostics);
    build.routes.iter().for_each(|route| drop(route.make().unwrap()));
}

/// Imports twice; what is written and what is noted are as in `NAME-files.txt` and `NAME-notes.txt`.
pub fn golden(name: &str, import: impl Fn(&Path) -> Result<Imported, ImportError>) {
    let target = Scratch::new(name);
    let imported = import(target.path()).unwrap();
    assert_sound(&imported);
    let files: String =
        imported.files.iter().map(|(path, bytes)| format!("==> {path}\n{}", String::from_utf8_lossy(bytes))).collect();
    snapshot(&format!("{name}-files.txt"), files);
    let notes = imported.notes.iter().map(|note| {
        let line = note.line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{}{line}: {}\n", note.path, note.message)
    });
    snapshot(&format!("{name}-notes.txt"), notes.collect());
    assert_eq!(import(target.path()).unwrap(), imported);
}

/// The text of a file that an import made.
pub fn text<'i>(imported: &'i Imported, path: &str) -> &'i str {
    let bytes = imported.files.get(path).unwrap_or_else(|| panic!("no {path} in {:?}", imported.files.keys()));
    std::str::from_utf8(bytes).unwrap()
}

/// Whether a note has these words.
pub fn noted(imported: &Imported, words: &str) -> bool {
    imported.notes.iter().any(|note| note.message.contains(words))
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
