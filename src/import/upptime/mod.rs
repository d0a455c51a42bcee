//! Upptime (<https://upptime.js.org>): its repository, and GitHub's answers about its issues, saved as
//! files (<https://docs.github.com/en/rest/issues>).
//!
//! What is decided for the author:
//! - An issue labelled `status` is an incident from its opening until its closing, since Upptime counts
//!   its downtime so. What a comment says between them never ends it.
//! - A title that speaks of degraded performance means just that; any other a major outage.
//! - An issue labelled `maintenance` whose body has `start` and `end` in a comment is planned work.
//! - Minutes of downtime that no issue tells of are noted; no incident is invented for them.

mod config;
pub(super) mod dump;
mod history;
pub(super) mod incident;
pub(super) mod issue;
mod maintenance;

use std::collections::BTreeMap;

use config::UpptimeConfig;
use dump::{Dump, LocatedIssue};
use history::History;
use issue::{IssueWriter, KINDS, MACHINERY, location};

use super::folder::Files;
use super::history::draft::{Draft, SiteSettings};
use super::page::Unused;
use super::{Imported, others};
use crate::model::Id;
use crate::time::Zone;

/// Folders of an Upptime repository that its robot fills.
const MADE: [&str; 4] = ["api/", "graphs/", "assets/", "node_modules/"];

/// A monitored site.
struct Site {
    slug: String,
    name: String,
    /// Where it was listed.
    path: String,
}

/// The content files that an Upptime repository and saved issues become. `files`: by path relative to
/// their folder. Without any of these there are no files. Times without a zone are those of `zone`, UTC if none is chosen.
pub fn upptime(files: &Files, zone: Option<Zone>) -> Imported {
    let mut draft = Draft::in_zone(zone);
    let mut unused = Unused::default();
    let history = History::read(files, &mut draft.notes);
    let config = UpptimeConfig::read(files, &history, &mut draft.notes, &mut unused);
    let dump = Dump::read(dumps(files), &mut draft.notes);
    if config.path.is_none() && history.is_empty() && !dump.is_any {
        return Imported { notes: draft.notes.sorted(), ..Imported::default() };
    }
    let sites = if config.sites.is_empty() { history.sites() } else { config.sites };
    sites.iter().for_each(|site| list(site, &history, &mut draft));
    let mut writer = IssueWriter { system: "Upptime", draft: &mut draft, unused: &mut unused, dump: &dump };
    dump.issues.values().for_each(|located| write(&mut writer, located));
    writer.note_rest();
    history.compare(&sites, &dump, &mut draft.notes);
    let mut settings = config.settings;
    if settings.path.is_empty() {
        settings.path = history.path().or(dump.first_path()).unwrap_or(config::FILES[0]).to_owned();
    }
    finish(draft, unused, settings, files)
}

/// Writes one issue, if it is about the page.
fn write(writer: &mut IssueWriter<'_>, located: &LocatedIssue) {
    let location = location(located);
    if !KINDS.iter().any(|kind| located.has_label(kind)) {
        return;
    }
    writer.draft.summary.entries += 1;
    let rest = located.issue.rest.iter().filter(|(key, _)| !MACHINERY.contains(&key.as_str()));
    let rest: BTreeMap<_, _> = rest.map(|(key, value)| (key.clone(), value.clone())).collect();
    writer.unused.count("issues", &rest);
    if located.has_label("maintenance") {
        match maintenance::window(located, &mut writer.draft.notes) {
            Ok(window) => return maintenance::write(writer, located, &location, &window),
            Err(why) if located.has_label("status") => {
                writer.note(&location, &format!("it is labelled `maintenance`, but {why}; imported as an incident"));
            }
            Err(why) => {
                located.texts().for_each(|text| writer.draft.notes.source(&located.path, None, text));
                return writer.note(&location, &format!("{why}, so Upptime did not show it; not imported"));
            }
        }
    }
    incident::write(writer, located, &location);
}

/// Adds a site to the components, by its slug and by what its name may have been made into.
fn list(site: &Site, history: &History, draft: &mut Draft) {
    if draft.components.find(&site.slug).is_some() {
        draft.notes.add(&site.path, None, format!("the slug `{}` stands for two sites; the first has it", site.slug));
    }
    let component = draft.components.add(&site.slug, &site.slug, &site.name, None);
    component.start = history.start(&site.slug);
    for other in [Id::slug(&site.name), Id::slug(&config::decamelised(&site.name))].into_iter().flatten() {
        draft.components.also(&site.slug, &other);
    }
}

/// Files that may hold what GitHub answered.
fn dumps(files: &Files) -> impl Iterator<Item = (&str, &[u8])> {
    let may_be = |path: &str| {
        path.ends_with(".json")
            && !path.starts_with("history/")
            && !MADE.iter().any(|folder| path.starts_with(folder))
            && !["package.json", "package-lock.json"].contains(&path)
    };
    files.iter().filter(move |(path, _)| may_be(path)).map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
}

fn finish(mut draft: Draft, unused: Unused, settings: SiteSettings, files: &Files) -> Imported {
    let is_read = |path: &str| config::FILES.contains(&path) || path.starts_with("history/");
    let read: Vec<&str> = dumps(files).map(|(path, _)| path).collect();
    let rest = files.keys().map(String::as_str).filter(|path| !is_read(path) && !read.contains(path));
    others(rest, "besides settings, history and saved issues", &mut draft.notes);
    unused.report(&settings.path, &mut draft.notes);
    draft.finish(settings)
}
