//! Statusfy (<https://github.com/juliomrqz/statusfy>): Markdown files under `content/`, with `config.js`,
//! `config.yml` or `config.toml` beside them.
//!
//! What is decided for the author:
//! - `severity` is the status of every system that an entry names, from its `date` on.
//! - An entry of the severity `under-maintenance` is planned work. Without a `duration` nobody knows its planned end.
//! - No time is invented: an entry that is resolved without an update that says so is resolved when it was
//!   last `modified`, or else with its last update.
//! - Translations have no place here; they are kept as comments. JavaScript is read, never run.

mod body;
mod config;
mod entry;
mod front_matter;
mod incident;
mod javascript;
mod maintenance;

use std::collections::BTreeMap;

use config::StatusfyConfig;
use entry::StatusfyEntry;

use super::folder::Files;
use super::history::draft::Draft;
use super::history::entry::Location;
use super::{Imported, Notes, front_comments, others};
use crate::time::Zone;

/// The content files that a Statusfy site becomes. `files`: its files, by path relative to its folder.
/// Without settings and entries there are no files.
/// Times without a zone are those of `zone`, UTC if none is chosen.
pub fn statusfy(files: &Files, zone: Option<Zone>) -> Imported {
    let mut draft = Draft::in_zone(zone);
    let mut config = StatusfyConfig::read(files, &mut draft.notes);
    let entries: BTreeMap<&str, &[u8]> =
        files.iter().filter_map(|(path, bytes)| entry_path(&config, path, bytes)).collect();
    if entries.is_empty() && config.settings.path.is_empty() {
        return Imported { notes: draft.notes.sorted(), ..Imported::default() };
    }
    config.list(&mut draft);
    let sorted = sort(&config, &entries, &mut draft.notes);
    let mut read: Vec<(Location, StatusfyEntry)> =
        sorted.iter().filter_map(|(path, translations)| read(path, translations, &entries, &mut draft)).collect();
    front_comments::keep(read.iter_mut().map(|(location, entry)| entry.holder(location)).collect(), &mut draft.notes);
    for (location, entry) in read {
        write(entry, &location, &mut draft);
    }
    let is_read = |path: &str| entries.contains_key(path) || config.is_read(path);
    let rest = files.keys().map(String::as_str).filter(|path| !is_read(path));
    others(rest, "besides settings, entries and names of systems", &mut draft.notes);
    if config.settings.path.is_empty() {
        config::FILES[0].clone_into(&mut config.settings.path);
    }
    draft.finish(config.settings)
}

fn entry_path<'f>(config: &StatusfyConfig, path: &'f str, bytes: &'f [u8]) -> Option<(&'f str, &'f [u8])> {
    let within = path.strip_prefix(&config.folder)?;
    let name = path.rsplit('/').next()?;
    let is_entry = path.ends_with(".md") && !name.eq_ignore_ascii_case("readme.md") && !within.is_empty();
    is_entry.then_some((path, bytes))
}

/// The entries to write, each with its translations. An entry in one language alone is written, whatever
/// the language.
fn sort<'f>(
    config: &StatusfyConfig,
    entries: &BTreeMap<&'f str, &[u8]>,
    notes: &mut Notes,
) -> Vec<(&'f str, Vec<&'f str>)> {
    let mut sorted: BTreeMap<&str, (&'f str, Vec<&'f str>)> = BTreeMap::new();
    let depth = |path: &str| path[config.folder.len()..].matches('/').count();
    let mut by_depth: Vec<&'f str> = entries.keys().copied().collect();
    by_depth.sort_by_key(|path| (depth(path), *path));
    for path in by_depth {
        let within = &path[config.folder.len()..];
        let (language, name) = within.split_once('/').unwrap_or(("", within));
        if name.contains('/') || !config.is_language(language) {
            notes.add(path, None, "Statusfy does not read this folder; not imported");
            continue;
        }
        match sorted.get_mut(name) {
            Some((_, translations)) => translations.push(path),
            None => {
                if !language.is_empty() {
                    notes.add(
                        path,
                        None,
                        format!("it is there in `{language}` alone; it was imported in this language"),
                    );
                }
                sorted.insert(name, (path, Vec::new()));
            }
        }
    }
    sorted.into_values().collect()
}

/// An entry with its translations; a file that is none is set aside.
fn read(
    path: &str,
    translations: &[&str],
    entries: &BTreeMap<&str, &[u8]>,
    draft: &mut Draft,
) -> Option<(Location, StatusfyEntry)> {
    draft.summary.entries += 1;
    let location = Location::of(path);
    let mut entry = match StatusfyEntry::read(&location, entries[path], &mut draft.notes) {
        Ok(entry) => entry,
        Err((line, reason)) => {
            draft.set_aside(&Location { line, ..location }, entries[path], &reason);
            return None;
        }
    };
    for translation in translations {
        draft.notes.add(
            translation,
            None,
            format!("a translation of `{path}`; Candor has one language, so it is kept as a comment there"),
        );
        let text = String::from_utf8_lossy(entries[translation]).replace("\r\n", "\n");
        entry.kept.push(format!("Statusfy: {translation}\n{}", text.trim_end()));
    }
    Some((location, entry))
}

fn write(entry: StatusfyEntry, location: &Location, draft: &mut Draft) {
    if maintenance::is_planned(&entry) {
        maintenance::write(entry, location, draft);
    } else {
        incident::write(entry, location, draft);
    }
}
