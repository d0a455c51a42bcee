//! What a folder seems to be.

use std::path::Path;

use super::folder::{self, Files};
use super::formats::{FORMATS, ImportFormat, is_no_machinery};
use super::{ImportError, cstate};

/// The systems that a folder, or a file, seems to be of. Reports are the last guess: any Markdown may be one.
///
/// # Errors
/// When it cannot be read.
pub fn seems(from: &Path) -> Result<Vec<&'static ImportFormat>, ImportError> {
    let (files, _) = folder::read(from, is_no_machinery)?;
    let named = |name: &str| FORMATS.iter().find(|format| format.name == name);
    let mut found: Vec<&ImportFormat> = SIGNS
        .iter()
        .filter(|(_, is)| files.iter().any(|(path, bytes)| is(path, &start(bytes))))
        .filter_map(|(name, _)| named(name))
        .collect();
    found.dedup_by_key(|format| format.name);
    // An Upptime repository holds issues as others do.
    if found.iter().any(|format| format.name == "upptime") {
        found.retain(|format| format.name != "issues");
    }
    if found.is_empty() && has_reports(&files) {
        found.extend(named("postmortems"));
    }
    Ok(found)
}

/// Whether a file, by its path and its text, is one of a system.
type Sign = fn(&str, &str) -> bool;

/// What a file of each system looks like, by its path and its text.
const SIGNS: &[(&str, Sign)] = &[
    ("cstate", |path, text| {
        let is_entry = path.starts_with("content/") && path.ends_with(".md") && says(text, "section", "issue");
        is_entry || (cstate::is_config(path) && says(text, "theme", "cstate"))
    }),
    ("statuspage", |path, text| {
        let is_answer = path.ends_with(".json") && text.contains("\"page\"") && text.contains("\"updated_at\"");
        is_answer
            && ["\"components\"", "\"incidents\"", "\"scheduled_maintenances\""].iter().any(|key| text.contains(key))
    }),
    ("cachet", |path, text| {
        path.ends_with(".json")
            && (text.contains("\"human_status\"")
                || text.contains("\"status_name\"")
                || text.contains("\"latest_human_status\""))
    }),
    ("cachet", |path, text| path.ends_with(".json") && text.contains("\"attributes\"") && text.contains("\"human\"")),
    ("upptime", |path, _| path == ".upptimerc.yml" || path == "history/summary.json"),
    ("statusfy", |path, text| {
        let is_entry = path.ends_with(".md") && (text.contains("\naffectedsystems") || text.contains("\n::: update "));
        is_entry || (path.starts_with("config.") && text.contains("statusfy"))
    }),
    ("gatus", |path, text| {
        let is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
        is_yaml && format!("\n{text}").contains("\nendpoints:") && text.contains("conditions")
    }),
    ("openstatus", |path, text| {
        path.ends_with(".json")
            && ["\"statusReports\"", "\"pageComponents\"", "status_report"].iter().any(|key| text.contains(key))
    }),
    ("stactus", |path, text| {
        let is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
        is_yaml && (text.contains("stactus/v1") || text.contains("incident/v1"))
    }),
    ("issues", |path, text| {
        let is_issue = text.contains("\"labels_url\"") || (text.contains("\"iid\"") && text.contains("\"labels\""));
        path.ends_with(".json") && is_issue && text.contains("\"title\"")
    }),
];

/// The beginning of a file, which is enough to know it.
fn start(bytes: &[u8]) -> String {
    const ENOUGH: usize = 64 * 1024;
    String::from_utf8_lossy(&bytes[..bytes.len().min(ENOUGH)]).replace("\r\n", "\n")
}

/// Whether a line says `key: value`, in YAML, TOML or JSON.
fn says(text: &str, key: &str, value: &str) -> bool {
    text.lines()
        .filter_map(|line| {
            line.trim_start_matches([' ', '"'])
                .strip_prefix(key)?
                .trim_start_matches(['"', ' '])
                .strip_prefix([':', '='])
        })
        .any(|said| said.trim().trim_end_matches(',').trim_matches(['"', '\'']) == value)
}

fn has_reports(files: &Files) -> bool {
    files.keys().any(|path| path.ends_with(".md") || path.ends_with(".markdown") || path.ends_with(".erb"))
}
