//! From the single files to the site: ids in use twice, links to pages that do not exist.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Entry, Frame, Link};
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};
use crate::document::Document;
use crate::markdown::canonical;
use crate::model::{Announcement, Id, IncidentRecord, Maintenance, PageRecord, Site, Visibility};

/// Everything that the files of the site gave.
#[derive(Default)]
pub struct Entries {
    /// From `incidents/`.
    pub incidents: Vec<Entry<IncidentRecord>>,
    /// From `maintenance/`.
    pub maintenance: Vec<Entry<Arc<Maintenance>>>,
    /// From `announcements/`.
    pub announcements: Vec<Entry<Announcement>>,
    /// From `pages/`.
    pub pages: Vec<Entry<PageRecord>>,
}

/// The site, and what the checks of several files found.
pub struct Loaded {
    /// Absent while `site.yaml` cannot be read.
    pub site: Option<Site>,
    /// The file of each entry, by kind (`incidents`, …) and id.
    pub files: BTreeMap<(&'static str, Id), String>,
    /// Links to pages that do not exist.
    pub broken: Vec<Broken>,
    /// What is wrong.
    pub faults: Vec<Diagnostic>,
}

/// A link to a page that does not exist.
pub struct Broken {
    /// The file it stands in.
    pub path: String,
    link: Link,
    help: Option<String>,
}

impl Broken {
    /// The fault, with its place in the file's document.
    pub fn fault(&self, document: &Document<'_>) -> Diagnostic {
        let written = format!("/{}", self.link.target);
        let place = document.place_within(self.link.within.as_ref(), &written, self.link.nth);
        let fault =
            Diagnostic::error(Code::BrokenLink, format!("the link `{written}` leads to no public page or file"));
        fault.at(place).help(self.help.clone().unwrap_or_else(|| "correct the path, or take the link out".to_owned()))
    }
}

/// The pages, feeds and answers that every site has.
const FIXED: [&str; 22] = [
    "",
    "history/",
    "maintenance/",
    "uptime/",
    "subscribe/",
    "history.rss",
    "history.atom",
    "feed.json",
    "updates.atom",
    "metrics",
    "maintenance.ics",
    "badge.svg",
    "badge.json",
    "api/uptime.json",
    "api/v2/summary.json",
    "api/v2/status.json",
    "api/v2/components.json",
    "api/v2/incidents.json",
    "api/v2/incidents/unresolved.json",
    "api/v2/scheduled-maintenances.json",
    "api/v2/scheduled-maintenances/upcoming.json",
    "api/v2/scheduled-maintenances/active.json",
];

/// Puts the site together. `statics` are the paths of the static files, from the root of the output.
pub fn assemble(frame: Option<Frame>, mut entries: Entries, statics: &[&str]) -> Loaded {
    let mut faults = Vec::new();
    let mut files = BTreeMap::new();
    gather("incidents", &mut entries.incidents, &mut files, &mut faults);
    gather("maintenance", &mut entries.maintenance, &mut files, &mut faults);
    gather("announcements", &mut entries.announcements, &mut files, &mut faults);
    gather("pages", &mut entries.pages, &mut files, &mut faults);
    refuse_fixed(&mut entries.pages, &mut faults);
    let known = targets(frame.as_ref(), &entries, &files, statics);
    let broken = broken_links(&entries, &known);
    let site = frame.map(|frame| build(frame, entries));
    Loaded { site, files, broken, faults }
}

/// Takes over the faults of each file and notes its id.
fn gather<T>(
    kind: &'static str,
    entries: &mut [Entry<T>],
    files: &mut BTreeMap<(&'static str, Id), String>,
    faults: &mut Vec<Diagnostic>,
) {
    for entry in entries {
        faults.append(&mut entry.faults);
        let Some(id) = entry.id.clone() else { continue };
        if let Some(earlier) = files.get(&(kind, id.clone())) {
            let fault = Diagnostic::error(Code::DuplicateId, format!("the id `{id}` is also that of `{earlier}`"));
            faults.push(fault.at(Place::file(&*entry.path)).help("rename one of the two files"));
            entry.value = None;
        } else {
            files.insert((kind, id), entry.path.clone());
        }
    }
}

/// The page of a component and the files beside it.
const OF_COMPONENT: [&str; 6] = ["", "maintenance.ics", "badge.svg", "badge.json", "history.rss", "history.atom"];

/// What a group has; a page it has not.
const OF_GROUP: [&str; 2] = ["history.rss", "history.atom"];

/// Refuses pages that would stand where every site has a page.
fn refuse_fixed(pages: &mut [Entry<PageRecord>], faults: &mut Vec<Diagnostic>) {
    for entry in pages {
        let Some(folder) = entry.id.as_ref().map(|id| format!("{id}/")) else { continue };
        if FIXED.contains(&&*folder) {
            let fault = Diagnostic::error(Code::PathTaken, format!("every site has a page `/{folder}` already"));
            faults.push(fault.at(Place::file(&*entry.path)).help("rename the file"));
            entry.value = None;
        }
    }
}

/// Every path from the root that a link may name. A file that has faults still counts.
fn targets(
    frame: Option<&Frame>,
    entries: &Entries,
    files: &BTreeMap<(&'static str, Id), String>,
    statics: &[&str],
) -> BTreeSet<String> {
    let components = frame.iter().flat_map(|frame| &frame.components);
    let components = components
        .flat_map(|component| OF_COMPONENT.iter().map(move |file| format!("components/{}/{file}", component.id)));
    let groups = frame.iter().flat_map(|frame| &frame.groups);
    let groups = groups.flat_map(|group| OF_GROUP.iter().map(move |file| format!("groups/{}/{file}", group.id)));
    let internal_incidents = entries.incidents.iter().filter_map(|entry| {
        entry.value.as_ref().filter(|record| record.visibility == Visibility::Internal).map(|_| &*entry.path)
    });
    let internal_pages = entries.pages.iter().filter_map(|entry| {
        entry.value.as_ref().filter(|record| record.audience == Visibility::Internal).map(|_| &*entry.path)
    });
    let internal: BTreeSet<&str> = internal_incidents.chain(internal_pages).collect();
    let own = files.iter().filter(|(_, path)| !internal.contains(path.as_str())).map(|((kind, id), _)| match *kind {
        "pages" => format!("{id}/"),
        kind => format!("{kind}/{id}/"),
    });
    let fixed = FIXED.iter().chain(statics).map(|path| (*path).to_owned());
    components.chain(groups).chain(own).chain(fixed).collect()
}

fn broken_links(entries: &Entries, known: &BTreeSet<String>) -> Vec<Broken> {
    let mut broken = Vec::new();
    collect_broken(&entries.incidents, known, &mut broken);
    collect_broken(&entries.maintenance, known, &mut broken);
    collect_broken(&entries.announcements, known, &mut broken);
    collect_broken(&entries.pages, known, &mut broken);
    broken
}

fn collect_broken<T>(entries: &[Entry<T>], known: &BTreeSet<String>, broken: &mut Vec<Broken>) {
    for entry in entries {
        for link in &entry.links {
            let path = canonical(&link.target);
            if !known.contains(&path) && !known.contains(&decoded(&path)) && !is_month(&path) {
                broken.push(Broken { path: entry.path.clone(), link: link.clone(), help: meant(&path, known) });
            }
        }
    }
}

/// A path with its `%20` and the like as what they stand for.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn meant(path: &str, known: &BTreeSet<String>) -> Option<String> {
    let known: Vec<String> = known.iter().map(|path| format!("/{path}")).collect();
    did_you_mean(&format!("/{path}"), known.iter().map(String::as_str))
}

/// `history/2026-03/`: which months exist depends on the time of the build.
fn is_month(path: &str) -> bool {
    let Some(month) = path.strip_prefix("history/").and_then(|rest| rest.strip_suffix('/')) else { return false };
    let bytes = month.as_bytes();
    bytes.len() == 7 && bytes[4] == b'-' && bytes.iter().enumerate().all(|(i, byte)| i == 4 || byte.is_ascii_digit())
}

fn build(frame: Frame, entries: Entries) -> Site {
    let mut incidents: Vec<IncidentRecord> = entries.incidents.into_iter().filter_map(|entry| entry.value).collect();
    incidents.sort_by(|a, b| (a.incident.started, &a.incident.id).cmp(&(b.incident.started, &b.incident.id)));
    let mut maintenance: Vec<_> = entries.maintenance.into_iter().filter_map(|entry| entry.value).collect();
    maintenance.sort_by(|a, b| (a.from, &a.id).cmp(&(b.from, &b.id)));
    let mut announcements: Vec<_> = entries.announcements.into_iter().filter_map(|entry| entry.value).collect();
    announcements.sort_by(|a, b| (a.from, &a.id).cmp(&(b.from, &b.id)));
    let mut pages: Vec<PageRecord> = entries.pages.into_iter().filter_map(|entry| entry.value).collect();
    pages.sort_by(|a, b| (a.page.order, &a.page.title).cmp(&(b.page.order, &b.page.title)));
    let Frame { settings, internal, groups, components, services } = frame;
    let groups = groups.into_iter().map(Arc::new).collect();
    let components = components.into_iter().map(Arc::new).collect();
    Site { settings, internal, groups, components, services, incidents, maintenance, announcements, pages }
}
