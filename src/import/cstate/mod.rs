//! cState (<https://github.com/cstate/cstate>): a theme for Hugo, so a site is `config.yml` and
//! Markdown under `content/`. See the format's oddities beside the code that meets them.
//!
//! What is decided for the author:
//! - `down` is a major outage, `disrupted` a partial one, of every system that an entry names.
//! - Entries whose words speak of planned work are maintenance, whatever
//!   their severity; those marked `informational` are announcements; the rest are incidents.
//! - Nothing is invented. A text becomes several updates only where times or labels prove their order. The first
//!   message is of `date`, the last of `resolvedWhen`; what was said between them without a time is told with the
//!   next message that has one. An end of which nobody said a word is an update without text, and one whose time
//!   nobody knows counts as no downtime.
//! - What cState does not show (drafts, entries of another section) does not become public.

mod components;
mod entry;
mod entry_writer;
mod head;
mod incident;
mod kind;
mod links;
mod maintenance;
mod pages;
mod shortcode;
mod site;
mod split;
mod timeline;
mod tracks;

use std::collections::{BTreeMap, BTreeSet};

use components::Components;
use entry::{CstateEntry, CstateSeverity};
use entry_writer::EntryWriter;
use kind::{EntryTarget, kind};
use links::CstateLinks;
use pages::CstatePage;
use site::CstateSettings;

use super::history::entry::{AnnouncementDraft, Location};
use super::history::write;
use super::ids::{Ids, TAKEN};
use super::taken::Taken;
use super::{Imported, Notes, Summary, front_comments, hugo, others, times};
use crate::document::stem_of;
use crate::model::Id;
use crate::time::Zone;

/// Files that the new site makes itself.
const OWN_FILES: [&str; 9] = [
    "index.html",
    "404.html",
    "history.rss",
    "history.atom",
    "feed.json",
    "sitemap.xml",
    "robots.txt",
    "_headers",
    "build.json",
];

/// In seconds.
const DAY: i64 = 86_400;

/// Whether a path is that of a cState site's settings.
pub(super) fn is_config(path: &str) -> bool {
    site::FILES.contains(&path)
}

/// The content files that a cState site becomes. `files`: its files, by path relative to its folder.
/// Times without a zone are those of `zone`, of the site's own `timeZone` if none is given, else UTC.
pub fn cstate(files: &BTreeMap<String, Vec<u8>>, zone: Option<Zone>) -> Imported {
    let mut import = CstateImport { given: zone, ..CstateImport::default() };
    import.read(files);
    import.link();
    import.write(files)
}

/// An entry with what was decided about it.
struct Decided {
    entry: CstateEntry,
    kind: EntryTarget,
    id: String,
    components: Vec<String>,
}

#[derive(Default)]
struct CstateImport {
    given: Option<Zone>,
    taken: Taken,
    settings: CstateSettings,
    components: Components,
    entries: Vec<Decided>,
    pages: Vec<(String, CstatePage)>,
    links: CstateLinks,
    notes: Notes,
    summary: Summary,
    out: BTreeMap<String, Vec<u8>>,
    /// Which file was made of which entry.
    made: BTreeMap<(String, String), BTreeSet<String>>,
}

impl CstateImport {
    /// Reads every file and gives out the ids.
    fn read(&mut self, files: &BTreeMap<String, Vec<u8>>) {
        self.settings = self.read_settings(files);
        let zone = self.given.or(self.settings.zone);
        (self.settings.zone, self.notes.zone) = (zone, zone);
        let mut ids: BTreeMap<EntryTarget, Ids> = BTreeMap::new();
        let mut page_ids = Ids::reserving(&TAKEN);
        for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("content/")) {
            if path.rsplit('/').next().is_some_and(|name| name.starts_with('.')) {
                continue; // `.gitkeep` and the like: there to keep a folder
            }
            if !path.ends_with(".md") {
                self.notes.add(path, None, "no Markdown file; not imported");
            } else {
                self.read_text(path, &hugo::file_with_yaml(bytes), &mut ids, &mut page_ids);
            }
        }
        self.components.note_of_news(&self.settings.path, &mut self.notes);
        let pages = self.pages.iter_mut().map(|(_, page)| page.holder());
        let holders = self.entries.iter_mut().map(|decided| decided.entry.holder()).chain(pages).collect();
        front_comments::keep(holders, &mut self.notes);
    }

    fn read_text(&mut self, path: &str, bytes: &[u8], ids: &mut BTreeMap<EntryTarget, Ids>, page_ids: &mut Ids) {
        if is_entry(path, bytes) {
            self.read_entry(path, bytes, ids, page_ids);
        } else if let Some(system) = path.strip_prefix("content/affected/") {
            self.read_system(path, system, bytes);
        } else {
            self.read_page(path, bytes, page_ids);
        }
    }

    fn read_settings(&mut self, files: &BTreeMap<String, Vec<u8>>) -> CstateSettings {
        let found = site::FILES.iter().find_map(|name| files.get_key_value(*name));
        match found {
            Some((path, bytes)) => CstateSettings::read(path, bytes, &mut self.components, &mut self.notes),
            None => CstateSettings::absent(),
        }
    }

    fn read_entry(&mut self, path: &str, bytes: &[u8], ids: &mut BTreeMap<EntryTarget, Ids>, page_ids: &mut Ids) {
        self.summary.entries += 1;
        let name = name_of(path);
        let mut entry = match CstateEntry::read(path, bytes, &mut self.notes) {
            Ok(entry) => entry,
            Err(reason) => {
                let message = format!("it cannot be read as an entry: {reason}; the file is kept as an internal page");
                self.notes.add(path, None, message);
                self.summary.set_aside += 1;
                self.pages.push((page_ids.give(name, "entry"), CstatePage::set_aside(path, bytes, name)));
                return;
            }
        };
        let kind = kind(&entry, &mut self.notes);
        let id = ids.entry(kind).or_default().give(name, "entry");
        if Id::slug(name).is_some_and(|wanted| *wanted != *id) {
            self.notes.add(path, None, format!("its id is that of another entry already; it got `{id}`"));
        }
        let components = match kind {
            // An announcement is about no component, and what it names may never have been one.
            EntryTarget::Announcement if !entry.affected.is_empty() => {
                entry.kept.push(format!("cState: affected: {}", entry.affected.join(", ")));
                self.components.named_by_news(path);
                Vec::new()
            }
            _ => self.components.of_entry(path, &entry.affected),
        };
        self.entries.push(Decided { entry, kind, id, components });
    }

    /// A page about a system: its text joins the component's description.
    fn read_system(&mut self, path: &str, system: &str, bytes: &[u8]) {
        let folder = system.split('/').next().unwrap_or(system);
        let name = folder.strip_suffix(".md").unwrap_or(folder);
        let page = CstatePage::read(path, bytes, name, &mut self.notes);
        if name == "_index" {
            if !page.is_empty() {
                self.notes.add(
                    path,
                    None,
                    format!("the text above the list of systems has no place here: {}", page.text()),
                );
            }
            return;
        }
        let named = self.components.names().any(|(_, known)| known == page.title);
        let system = if named { page.title.as_str() } else { name };
        self.components.describe(path, system, page.text());
        if !page.is_empty() {
            self.notes.add(path, None, "its text joined the component's description, which is plain text");
        }
    }

    fn read_page(&mut self, path: &str, bytes: &[u8], page_ids: &mut Ids) {
        let name = name_of(path);
        let page = CstatePage::read(path, bytes, name, &mut self.notes);
        if page.is_empty() && path.ends_with("_index.md") {
            return;
        }
        let id = page_ids.give(if name == "_index" { "about" } else { name }, "page");
        if *id != *name {
            self.notes.add(path, None, format!("the page stands at `/{id}/` now"));
        }
        self.summary.pages += 1;
        self.pages.push((id, page));
    }

    /// Notes where every old address leads now. What is not public gets no address.
    fn link(&mut self) {
        self.links = CstateLinks::new(self.settings.url.as_deref(), self.settings.zone.unwrap_or(Zone::UTC));
        let public = self.entries.iter().filter(|decided| decided.entry.hidden.is_none());
        for Decided { entry, kind, id, .. } in public {
            let new = format!("/{}/{id}/", kind.folder());
            let old = entry.path.trim_end_matches("/index.md");
            self.links.add(old, &new);
            self.links.add(name_of(&entry.path), &new);
        }
        for (id, page) in self.pages.iter().filter(|(_, page)| page.is_public()) {
            self.links.add(&page.path, &format!("/{id}/"));
            self.links.add(name_of(&page.path), &format!("/{id}/"));
        }
        for (id, name) in self.components.names() {
            self.links.add(&format!("affected/{name}"), &format!("/components/{id}/"));
        }
    }

    /// cState's `disrupted` has two meanings, for every entry alike: one note says which was taken.
    fn note_disrupted(&mut self) {
        let is_disrupted = |decided: &&Decided| {
            decided.kind == EntryTarget::Incident && decided.entry.severity == CstateSeverity::Disrupted
        };
        let count = self.entries.iter().filter(is_disrupted).count();
        if count > 0 {
            let message = format!(
                "`disrupted` means slowness or partial failure; the worse, `partial_outage`, was taken for the {count} incidents that have it"
            );
            self.notes.add("content/issues", None, message);
        }
    }

    /// Posts have no end, and stay off home as they were.
    fn note_posts(&mut self) {
        let is_off = |decided: &&Decided| decided.kind == EntryTarget::Announcement && is_off_home(&decided.entry);
        let count = self.entries.iter().filter(is_off).count();
        if count > 0 {
            let message = format!(
                "cState's home shows no `informational` posts, so neither does the new one: {count} have `home: false`"
            );
            self.notes.add("content/issues", None, message);
        }
    }

    fn write(mut self, files: &BTreeMap<String, Vec<u8>>) -> Imported {
        self.note_disrupted();
        self.note_posts();
        self.write_statics(files);
        for decided in std::mem::take(&mut self.entries) {
            self.write_entry(&decided);
        }
        for (id, page) in std::mem::take(&mut self.pages) {
            self.notes.source(&page.path, None, page.text());
            let bytes = page.write(&self.links, &mut self.notes);
            self.out.insert(format!("content/pages/{id}.md"), bytes);
        }
        let site = self.settings.write(&mut self.components, &mut self.notes);
        self.components.report(&mut self.notes);
        self.summary.components = self.components.list.all().len();
        self.out.insert("content/site.yaml".to_owned(), site);
        let is_read = |path: &str| path.starts_with("content/") || path.starts_with("static/") || is_config(path);
        let rest = files.keys().map(String::as_str).filter(|path| !is_read(path));
        others(rest, "outside `content/` and `static/`", &mut self.notes);
        self.notes.taken = self.taken.0;
        Imported { made: self.made, ..self.notes.finish(self.out, self.summary) }
    }

    /// Static files stay at the root of the site, except where the new site has its own.
    fn write_statics(&mut self, files: &BTreeMap<String, Vec<u8>>) {
        for (path, bytes) in files {
            let Some(file) = path.strip_prefix("static/") else { continue };
            let first = file.split('/').next().unwrap_or(file);
            let is_page = self.pages.iter().any(|(id, _)| id == first) || TAKEN.contains(&first);
            let is_own = OWN_FILES.contains(&file) || (is_page && file.ends_with("/index.html"));
            let target = if is_own { format!("imported/{file}") } else { file.to_owned() };
            if is_own {
                self.notes.add(
                    path,
                    None,
                    format!("the new site makes this file itself; the old one stands at `/{target}`"),
                );
            }
            if file.split('/').any(|part| part.starts_with('.')) {
                self.notes.add(path, None, "a hidden file; it is kept, but Candor does not publish it");
            } else {
                self.links.add_static(&target);
            }
            self.out.insert(format!("content/static/{target}"), bytes.clone());
            self.summary.static_files += 1;
        }
    }

    fn write_entry(&mut self, decided: &Decided) {
        let Decided { entry, kind, id, components } = decided;
        let first_taken = self.taken.0.len();
        let location = Location::of(&entry.path);
        let before = if *kind == EntryTarget::Maintenance { 120 * DAY } else { DAY };
        let mut writer =
            EntryWriter { entry, links: &self.links, notes: &mut self.notes, before, taken: &mut self.taken };
        let (count, bytes) = match kind {
            EntryTarget::Maintenance => {
                let work = maintenance::maintenance(&mut writer, components);
                self.components.hear(components, work.last(), false);
                (&mut self.summary.maintenance, work.file(&location, &mut self.notes))
            }
            EntryTarget::Announcement => {
                let said = announcement(&mut writer, entry.over());
                (&mut self.summary.announcements, said.file(&location, &mut self.notes))
            }
            EntryTarget::Incident => {
                let incident = incident::incident(&mut writer, components);
                self.components.hear(components, incident.last().unwrap_or(entry.start), incident.is_open());
                (&mut self.summary.incidents, incident.file(&location, &mut self.notes))
            }
        };
        *count += 1;
        let rest = without(entry, &self.taken.0[first_taken..]);
        self.notes.source(&entry.path, None, &entry.title);
        self.notes.source(&entry.path, Some(entry.line(0)), &rest);
        let year = times::written(entry.start)[..4].to_owned();
        let file = format!("content/{}/{year}/{id}.md", kind.folder());
        self.made.insert((entry.path.clone(), String::new()), [file.clone()].into());
        self.out.insert(file, bytes);
    }
}

/// A body without the words of it that became keys, and without shortcodes, which are no words.
fn without(entry: &CstateEntry, taken: &[super::Note]) -> String {
    let mut rest = entry.body.clone();
    for words in taken {
        // The same words may stand above as text or code.
        let line = words.line.map_or(0, |line| line.saturating_sub(entry.line(0)));
        let start = rest.match_indices('\n').nth(line.wrapping_sub(1)).map_or(0, |(at, _)| at);
        if let Some(at) = rest[start..].find(&words.message) {
            // Where it was cut, two updates meet, which may have changed places.
            rest.replace_range(start + at..start + at + words.message.len(), "\u{2029}");
        }
    }
    let (mut out, mut from) = (String::new(), 0);
    while let Some(code) = shortcode::next(&rest, from) {
        out.push_str(&rest[from..code.range.start]);
        out.push_str(if shortcode::is_known(&code) { " " } else { &rest[code.range.clone()] });
        from = code.range.end;
    }
    (out + &rest[from..]).replace('\u{2029}', "\n\n")
}

/// cState's home shows no posts but pinned ones; the list of all entries has them.
fn is_off_home(entry: &CstateEntry) -> bool {
    entry.informational && !entry.pinned && entry.over().is_none()
}

/// An announcement is not cut: it has one text.
fn announcement(writer: &mut EntryWriter<'_>, until: Option<crate::time::Time>) -> AnnouncementDraft {
    let entry = writer.entry;
    let body = writer.convert(&entry.body);
    AnnouncementDraft {
        until,
        is_pinned: entry.pinned,
        is_off_home: is_off_home(entry),
        kept: entry.kept.clone(),
        ..AnnouncementDraft::new(entry.title.clone(), entry.start, body)
    }
}

/// Entries stand under `content/issues/`, or anywhere with the section `issue`.
fn is_entry(path: &str, bytes: &[u8]) -> bool {
    if path.starts_with("content/issues/") && !path.ends_with("/_index.md") {
        return true;
    }
    let Ok(document) = crate::document::Document::read(path, bytes) else { return false };
    crate::import::front::Front::of(&document).and_then(|front| front.text("section")).as_deref() == Some("issue")
}

/// A file's name without its ending; that of its folder for `index.md`.
fn name_of(path: &str) -> &str {
    let stem = stem_of(path);
    let folder = path.rsplit('/').nth(1).unwrap_or(stem);
    if stem == "index" { folder } else { stem }
}
