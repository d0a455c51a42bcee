//! A page of Statuspage, saved as files, becomes content whose own API says the same again.

mod captures;
mod damage;
mod feed;
mod odd;
mod round_trip;

use std::collections::BTreeMap;
use std::path::Path;

use crate::api::json::Json;
use candor::diagnostic;
use candor::import::{Imported, statuspage};
use candor::pipeline::{self, Options};
use candor::source::Source;
use candor::time::Time;

/// The invented page of `old/`: its present.
const NOW: &str = "2026-07-06T11:30:00.210+02:00";

/// The files under a folder, as the import gets them.
fn saved(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
        (path, std::fs::read(entry.path()).unwrap())
    });
    files.collect()
}

fn old() -> BTreeMap<String, Vec<u8>> {
    saved(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/statuspage/old"))
}

/// One of the invented page's answers.
fn old_answer(name: &str) -> Json {
    Json::read(std::str::from_utf8(&old()[&format!("{name}.json")]).unwrap())
}

/// The imported site's API at a time, by path; the site must be sound.
fn answers(imported: &Imported, now: &str) -> BTreeMap<String, Json> {
    let files = imported.files.iter().map(|(path, bytes)| (path.clone(), String::from_utf8(bytes.clone()).unwrap()));
    let build = pipeline::build(&Source::from_files(files), &Options::at(Time::parse(now).unwrap()));
    assert!(!diagnostic::has_errors(&build.diagnostics), "{:#?}", build.diagnostics);
    let api = build.routes.iter().filter(|route| route.path.starts_with("api/v2/"));
    let read = |route: &candor::output::Route| Json::read(std::str::from_utf8(&route.make().unwrap()).unwrap());
    api.map(|route| (route.path["api/v2/".len()..].trim_end_matches(".json").to_owned(), read(route))).collect()
}

/// The import of some files, given as path and text.
fn import(files: &[(&str, &str)]) -> Imported {
    statuspage(&files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect(), None)
}

fn text<'i>(imported: &'i Imported, path: &str) -> &'i str {
    let bytes = imported.files.get(path).unwrap_or_else(|| panic!("no {path} in {:?}", imported.files.keys()));
    std::str::from_utf8(bytes).unwrap()
}

fn noted(imported: &Imported, words: &str) -> bool {
    imported.notes.iter().any(|note| note.message.contains(words))
}

/// The components as a reader of the page meets them: group, name, status, start. Those without a group
/// come first, since that is where the new page has them.
fn roster(components: &Json) -> Vec<[String; 4]> {
    let mut groups: Vec<&Json> = components.items().iter().filter(|c| c["group"] == Json::Bool(true)).collect();
    groups.sort_by(|a, b| a["position"].number().total_cmp(&b["position"].number()));
    let alone = members(components, &Json::Null, "");
    alone
        .into_iter()
        .chain(groups.iter().flat_map(|group| members(components, &group["id"], group["name"].text())))
        .collect()
}

fn members(components: &Json, group: &Json, name: &str) -> Vec<[String; 4]> {
    let is_member = |c: &&Json| c["group"] == Json::Bool(false) && c["group_id"] == *group;
    let mut members: Vec<&Json> = components.items().iter().filter(is_member).collect();
    members.sort_by(|a, b| a["position"].number().total_cmp(&b["position"].number()));
    let line = |c: &&Json| {
        let start = if c["start_date"] == Json::Null { "" } else { c["start_date"].text() };
        // Pages show several blanks as one, and so does Candor write them.
        let own: Vec<&str> = c["name"].text().split_whitespace().collect();
        [name, &own.join(" "), c["status"].text(), start].map(str::to_owned)
    };
    members.iter().map(line).collect()
}

/// Each group and its status, in order.
fn groups(components: &Json) -> Vec<(String, String)> {
    let mut groups: Vec<&Json> = components.items().iter().filter(|c| c["group"] == Json::Bool(true)).collect();
    groups.sort_by(|a, b| a["position"].number().total_cmp(&b["position"].number()));
    groups.iter().map(|group| (group["name"].text().to_owned(), group["status"].text().to_owned())).collect()
}
