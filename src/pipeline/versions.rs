//! What git has of the files of entries: when customers saw them change without an update that says so.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Content, Options};
use crate::model::{EntryKind, Id, Maintenance, Site};
use crate::time::Time;
use crate::validate::{self, Entry};
use crate::view::{announcement_edited, incident_edits, maintenance_edits, withdrawn_work};

/// The site with what was edited up to `now`. What was committed later is not known then, as an update of tomorrow is not.
pub(super) fn edited(content: &Content, site: &Arc<Site>, options: &Options) -> Arc<Site> {
    let (versions, now) = (&options.versions, options.now);
    let Some(frame) = content.frame() else { return Arc::clone(site) };
    let file = |kind, id: &Id| {
        let path = content.file(kind, id)?;
        let versions = versions.get(path)?;
        let known = versions.partition_point(|(at, _)| *at <= now);
        Some((path, &versions[..known])).filter(|_| known > 0)
    };
    let mut site = Site::clone(site);
    site.incidents.par_iter_mut().for_each(|record| {
        if let Some((path, versions)) = file(EntryKind::Incident, &record.incident.id) {
            let read = |bytes: Arc<[u8]>| validate::incident(path, bytes, Some(frame));
            let versions = meanings(versions, read).into_iter().map(|(at, record)| (at, record.incident));
            Arc::make_mut(&mut record.incident).edits = incident_edits(&versions.collect::<Vec<_>>());
        }
    });
    site.maintenance.par_iter_mut().for_each(|work| {
        if let Some((path, versions)) = file(EntryKind::Maintenance, &work.id) {
            let read = |bytes: Arc<[u8]>| validate::maintenance(path, bytes, Some(frame));
            Arc::make_mut(work).edits = maintenance_edits(&meanings(versions, read));
        }
    });
    site.announcements.par_iter_mut().for_each(|said| {
        if let Some((path, versions)) = file(EntryKind::Announcement, &said.id) {
            let read = |bytes: Arc<[u8]>| validate::announcement(path, bytes, Some(frame));
            said.edited = announcement_edited(&meanings(versions, read));
        }
    });
    site.withdrawn = withdrawn(content, &site, options);
    Arc::new(site)
}

/// What of planned work an earlier version said that has no file any more, or a draft, and waited for its time then.
fn withdrawn(content: &Content, site: &Site, options: &Options) -> Vec<Arc<Maintenance>> {
    let Some(frame) = content.frame() else { return Vec::new() };
    let files: BTreeSet<&str> =
        site.maintenance.iter().filter_map(|work| content.file(EntryKind::Maintenance, &work.id)).collect();
    let gone = options.versions.iter().filter(|(path, _)| is_maintenance(path) && !files.contains(&***path));
    let gone = gone.filter_map(|(path, versions)| {
        let known = &versions[..versions.partition_point(|(at, _)| *at <= options.now)];
        let meanings = meanings(known, |bytes| validate::maintenance(path, bytes, Some(frame)));
        let (last, work) = meanings.last()?;
        let draft = known.iter().map(|(at, _)| *at).find(|at| at > last);
        let at = draft.or_else(|| options.removed.get(path).copied()).filter(|at| *at <= options.now)?;
        let mut work = Arc::clone(work);
        Arc::make_mut(&mut work).edits = maintenance_edits(&meanings);
        Some(withdrawn_work(&work, at))
    });
    // A file that was renamed by hand, or became part of another, may still be known by its name.
    let known: BTreeSet<&Id> = site.maintenance.iter().map(|work| work.first_id()).collect();
    gone.flatten().filter(|work| !known.contains(work.first_id())).collect()
}

fn is_maintenance(path: &str) -> bool {
    path.starts_with("content/maintenance/")
}

/// What the versions meant. Those that could not be read were never built, and drafts were not published.
fn meanings<T>(versions: &[(Time, Arc<[u8]>)], read: impl Fn(Arc<[u8]>) -> Entry<T>) -> Vec<(Time, T)> {
    versions
        .iter()
        .filter_map(|(at, bytes)| {
            let entry = read(Arc::clone(bytes));
            Some((*at, entry.value.filter(|_| !entry.is_draft)?))
        })
        .collect()
}
