//! What git has of the files of entries: when customers saw them change without an update that says so.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Content, Versions};
use crate::model::{EntryKind, Id, Site};
use crate::time::Time;
use crate::validate::{self, Entry};
use crate::view::{announcement_edited, incident_edits, maintenance_edits};

/// The site with what was edited up to `now`. What was committed later is not known then, as an update of tomorrow is not.
pub(super) fn edited(content: &Content, site: &Arc<Site>, versions: &Versions, now: Time) -> Arc<Site> {
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
            let read = |bytes: &[u8]| validate::incident(path, bytes, Some(frame));
            let versions = meanings(versions, read).into_iter().map(|(at, record)| (at, record.incident));
            Arc::make_mut(&mut record.incident).edits = incident_edits(&versions.collect::<Vec<_>>());
        }
    });
    site.maintenance.par_iter_mut().for_each(|work| {
        if let Some((path, versions)) = file(EntryKind::Maintenance, &work.id) {
            let read = |bytes: &[u8]| validate::maintenance(path, bytes, Some(frame));
            Arc::make_mut(work).edits = maintenance_edits(&meanings(versions, read));
        }
    });
    site.announcements.par_iter_mut().for_each(|said| {
        if let Some((path, versions)) = file(EntryKind::Announcement, &said.id) {
            let read = |bytes: &[u8]| validate::announcement(path, bytes, Some(frame));
            said.edited = announcement_edited(&meanings(versions, read));
        }
    });
    Arc::new(site)
}

/// What the versions meant. Those that could not be read were never built.
fn meanings<T>(versions: &[(Time, Arc<[u8]>)], read: impl Fn(&[u8]) -> Entry<T>) -> Vec<(Time, T)> {
    versions.iter().filter_map(|(at, bytes)| Some((*at, read(bytes).value?))).collect()
}
