//! From the single files to the site: ids in use twice, links to pages that do not exist.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::brand::missing_files;
use super::gathered::{Entries, EntryFiles};
use super::links::Targets;
use super::relations::complete;
use super::{Entry, Frame};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::{EntryKind, IncidentRecord, PageRecord, Site, Template};
use crate::paths;

/// The site, and what the checks of several files found.
pub struct Loaded {
    /// Absent while `site.yaml` cannot be read.
    pub site: Option<Site>,
    /// The file of each entry, by kind and id.
    pub files: EntryFiles,
    /// Every path from the root of the wiki that a link may name, folders ending in `/`.
    pub wiki_paths: BTreeSet<String>,
    /// What is wrong, in single files and between them.
    pub faults: Vec<Diagnostic>,
}

/// Puts the site together. `statics` and `internal` are the paths of the static files of the public site
/// and of the wiki, from the root of the output.
pub fn assemble(frame: Option<Frame>, mut entries: Entries, statics: &[&str], internal: &[&str]) -> Loaded {
    let mut faults = Vec::new();
    let mut files = BTreeMap::new();
    gather(EntryKind::Incident, &mut entries.incidents, &mut files, &mut faults);
    gather(EntryKind::Maintenance, &mut entries.maintenance, &mut files, &mut faults);
    gather(EntryKind::Announcement, &mut entries.announcements, &mut files, &mut faults);
    gather(EntryKind::Page, &mut entries.pages, &mut files, &mut faults);
    gather(EntryKind::Postmortem, &mut entries.postmortems, &mut files, &mut faults);
    gather(EntryKind::Template, &mut entries.templates, &mut files, &mut faults);
    refuse_fixed(&mut entries.pages, &mut faults);
    faults.extend(super::aliases::check(&mut entries, &files));
    let settings = frame.as_ref().map(|frame| &frame.internal);
    faults.extend(frame.iter().flat_map(|frame| missing_files(&frame.files, statics)));
    faults.extend(complete(&mut entries.postmortems, &entries.incidents, settings));
    let targets = Targets::new(frame.as_ref(), &entries, &files, statics, internal);
    faults.extend(targets.broken(&entries));
    let site = frame.map(|frame| build(frame, entries));
    Loaded { site, files, wiki_paths: targets.wiki, faults }
}

/// Takes over the faults of each file and notes its id.
fn gather<T>(kind: EntryKind, entries: &mut [Entry<T>], files: &mut EntryFiles, faults: &mut Vec<Diagnostic>) {
    for entry in entries {
        faults.append(&mut entry.faults);
        let Some(id) = entry.id.clone() else { continue };
        if let Some(earlier) = files.get(&(kind, id.clone())) {
            // Left in the list without a value: what it links to is checked all the same, and nothing that refers to
            // the id is reported as well.
            let fault = Diagnostic::error(Code::DuplicateId, format!("the id `{id}` is also that of `{earlier}`"));
            faults.push(fault.at(Place::file(&*entry.path)).help("rename one of the two files"));
            entry.value = None;
        } else {
            files.insert((kind, id), entry.path.clone());
        }
    }
}

/// Refuses pages that would stand where every site has a page.
fn refuse_fixed(pages: &mut [Entry<PageRecord>], faults: &mut Vec<Diagnostic>) {
    for entry in pages {
        let Some(folder) = entry.id.as_ref().map(paths::own_page) else { continue };
        if paths::is_fixed(&folder) {
            let fault = Diagnostic::error(Code::PathTaken, format!("every site has a page `/{folder}` already"));
            faults.push(fault.at(Place::file(&*entry.path)).help("rename the file"));
            entry.value = None;
        }
    }
}

fn build(frame: Frame, entries: Entries) -> Site {
    let mut incidents: Vec<IncidentRecord> = entries.incidents.into_iter().filter_map(|entry| entry.value).collect();
    incidents.sort_by(|a, b| (a.incident.started, &a.incident.id).cmp(&(b.incident.started, &b.incident.id)));
    let mut maintenance: Vec<_> = entries.maintenance.into_iter().filter_map(|entry| entry.value).collect();
    maintenance.sort_by(|a, b| (a.scheduled, &a.id).cmp(&(b.scheduled, &b.id)));
    let mut announcements: Vec<_> = entries.announcements.into_iter().filter_map(|entry| entry.value).collect();
    announcements.sort_by(|a, b| (a.from, &a.id).cmp(&(b.from, &b.id)));
    let mut pages: Vec<PageRecord> = entries.pages.into_iter().filter_map(|entry| entry.value).collect();
    pages.sort_by(|a, b| (a.page.order, &a.page.title).cmp(&(b.page.order, &b.page.title)));
    let mut postmortems: Vec<_> =
        entries.postmortems.into_iter().filter_map(|entry| entry.value).map(Arc::new).collect();
    postmortems.sort_by(|a, b| (a.happened(), &a.id).cmp(&(b.happened(), &b.id)));
    let mut templates: Vec<Template> = entries.templates.into_iter().filter_map(|entry| entry.value).collect();
    templates.sort_by(|a, b| a.id.cmp(&b.id));
    let Frame { settings, internal, groups, components, services, files: _ } = frame;
    let groups = groups.into_iter().map(Arc::new).collect();
    let components = components.into_iter().map(Arc::new).collect();
    Site {
        settings,
        internal,
        groups,
        components,
        services,
        incidents,
        maintenance,
        withdrawn: Vec::new(),
        announcements,
        pages,
        postmortems,
        templates,
    }
}
