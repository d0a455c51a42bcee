//! Whole files: sound ones, wrong ones, and those that are committed.

use std::collections::BTreeMap;
use std::path::Path;

use candor::keys::{EntryKind, Kind};
use candor::schema::{self, for_editors};
use snapbox::{Assert, Data, IntoData};

use super::{OF_ONE_VALUE, faults, front, kind_of, validator};
use crate::support::{Case, Site, TempFolder, files};

/// Bad cases whose fault only `check` sees, though its code is one of those that lie in a value.
const FOR_CHECK_ALONE: [(&str, &str); 5] = [
    ("template-without-text", "its text is no key"),
    ("group-without-slug", "a group may have any name if `groups` lists it"),
    ("invalid-duration-too-long", "a pattern cannot count"),
    ("invalid-file-name", "the name of a file is not in it"),
    ("missing-key-when-reviewed", "what must be there depends on the status"),
];

#[test]
fn every_sound_file_is_valid() {
    let started = TempFolder::new();
    candor::author::new_site(&started.path().join("new"), &Default::default(), &[]).expect("a new site");
    let folders = [Path::new("."), Path::new("tests/sites/copenhagen"), Path::new("tests/sites/minimal")];
    let mut count = BTreeMap::new();
    for folder in folders.into_iter().chain([&*started.path().join("new")]) {
        for (path, bytes) in content(folder) {
            let Some(kind) = kind_of(&path) else { continue };
            let value = front(&path, &bytes).expect("front matter");
            let errors: Vec<String> = validator(kind).iter_errors(&value).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{}/{path}: {errors:#?}", folder.display());
            *count.entry(kind).or_insert(0) += 1;
        }
    }
    let wanted = |kind: &Kind| if kind.folder().is_some() { 2 } else { 1 };
    assert!(Kind::ALL.iter().all(|kind| count.get(kind).is_some_and(|count| *count >= wanted(kind))), "{count:?}");
}

#[test]
fn every_bad_case_with_a_fault_in_one_value_is_refused_and_no_other_is() {
    let is_excused = |case: &str| FOR_CHECK_ALONE.iter().any(|(excused, _)| *excused == case);
    let mut disagreements = Vec::new();
    let mut refused = 0;
    for Case { name, files, .. } in Case::all() {
        for (path, bytes) in &files {
            let (Some(kind), Some(value)) = (kind_of(path), front(path, bytes)) else { continue };
            let found = faults(kind, path, bytes);
            let is_wrong = found.iter().any(|fault| OF_ONE_VALUE.contains(&fault.code));
            let is_refused = !validator(kind).is_valid(&value);
            refused += usize::from(is_refused);
            if (is_refused && found.is_empty()) || (is_wrong && !is_refused && !is_excused(&name)) {
                disagreements.push(format!("{name}/{path}: refused: {is_refused}, {:?}", codes(&found)));
            }
        }
    }
    assert!(disagreements.is_empty(), "{disagreements:#?}");
    assert!(refused >= 25, "{refused}");
}

fn codes(faults: &[candor::diagnostic::Diagnostic]) -> Vec<&str> {
    faults.iter().map(|fault| fault.code.as_str()).collect()
}

/// The sample site has the same files as a new one. `SNAPSHOTS=overwrite` renews them.
#[test]
fn the_committed_schemas_are_what_the_program_prints() {
    let assert = Assert::new().action_env("SNAPSHOTS");
    for (path, text) in for_editors() {
        assert.eq(text.into_data().raw(), Data::read_from(Path::new(&path), None).raw());
    }
    let committed: Vec<String> = files(Path::new("content/.schema")).into_keys().collect();
    let mut wanted: Vec<String> = Kind::ALL.map(|kind| format!("{}.json", kind.word())).into();
    wanted.sort();
    assert_eq!(committed, wanted);
}

#[test]
fn a_schema_goes_to_stdout_and_all_go_to_a_folder() {
    let site = Site::new();
    assert_eq!(site.run(["schema", "incident"]).output(), schema::schema(Kind::Entry(EntryKind::Incident)));
    let all: serde_json::Value = serde_json::from_str(&site.run(["schema"]).output()).expect("JSON");
    assert_eq!(all.as_object().expect("an object").len(), Kind::ALL.len());
    site.run(["schema", "--out", "content/.schema"]).says("content/.schema/site.json\n");
    let written = files(&site.path().join("content/.schema"));
    assert_eq!(written.len(), Kind::ALL.len());
    assert_eq!(written["page.json"], schema::schema(Kind::Entry(EntryKind::Page)).into_bytes());
    site.run(["schema", "incidnet"]).code(2).says("'incident'");
}

#[test]
fn schemas_replace_older_ones_and_nothing_else() {
    let older = schema::schema(Kind::Entry(EntryKind::Page)).replace("heading", "headline");
    let site = Site::new().file("a/page.json", older).file("a/notes.txt", "mine").file("b/site.json", "{}");
    site.run(["schema", "--out", "a"]).says("a/page.json\n");
    let written = files(&site.path().join("a"));
    assert_eq!(written["page.json"], schema::schema(Kind::Entry(EntryKind::Page)).into_bytes());
    assert_eq!(written["notes.txt"], b"mine");
    site.run(["schema", "--out", "b"])
        .code(2)
        .stderr("error: `b/site.json` was not made by this command; move it away, or name another folder\n");
    assert_eq!(files(&site.path().join("b")).len(), 1);
}

fn content(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let folder = folder.join("content");
    if !folder.is_dir() {
        return Vec::new();
    }
    files(&folder).into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes)).collect()
}
