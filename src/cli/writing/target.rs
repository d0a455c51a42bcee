//! The entry that a command is about.

use std::sync::Arc;

use super::Workspace;
use super::preview::{self, PreviewedUpdate};
use super::templates;
use crate::author::{EntryCandidate, NewUpdate, Values, find};
use crate::cli::{CannotRun, print};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{EntryKind, Id, IncidentRecord, IncidentStatus, Maintenance, Visibility, Window};
use crate::time::Time;
use crate::view::{MaintenanceSnapshot, MaintenanceState};

/// An incident or maintenance, and its file.
pub(super) struct UpdateTarget<'a> {
    pub path: &'a str,
    pub entry: TargetEntry<'a>,
}

pub(super) enum TargetEntry<'a> {
    Incident(&'a IncidentRecord),
    Maintenance(&'a Arc<Maintenance>),
}

impl<'a> UpdateTarget<'a> {
    /// The entry that `wanted` means; without it, the one incident that is open. None if its file has faults,
    /// which are printed.
    pub fn find(workspace: &'a Workspace, wanted: Option<&str>) -> Result<Option<UpdateTarget<'a>>, CannotRun> {
        let all: Vec<EntryCandidate<'_>> =
            workspace.content.files().keys().filter_map(|(kind, id)| candidate(workspace, *kind, id)).collect();
        let found = match wanted {
            Some(wanted) => find(&all, wanted).map_err(CannotRun::because)?,
            None => the_open_one(&all)?,
        };
        let (kind, id) = (found.kind, found.id);
        let path =
            workspace.content.files().iter().find(|((k, i), _)| *k == kind && **i == *id).map_or("", |(_, path)| path);
        // Nothing is added to a file that cannot be read right: the update might land in the wrong place.
        let faults = errors_of(workspace, path);
        let Some(entry) = TargetEntry::of(workspace, kind, id).filter(|_| faults.is_empty()) else {
            print::complain(&faults);
            print::say("nothing was written: repair this file first");
            return Ok(None);
        };
        Ok(Some(UpdateTarget { path, entry }))
    }

    pub fn id(&self) -> &'a Id {
        match &self.entry {
            TargetEntry::Incident(record) => &record.incident.id,
            TargetEntry::Maintenance(work) => &work.id,
        }
    }

    /// Which of the two it is.
    pub fn kind(&self) -> EntryKind {
        match &self.entry {
            TargetEntry::Incident(_) => EntryKind::Incident,
            TargetEntry::Maintenance(_) => EntryKind::Maintenance,
        }
    }

    /// `update` as one of this entry.
    pub fn previewed(&self, update: &'a NewUpdate) -> PreviewedUpdate<'a> {
        let is_internal =
            matches!(&self.entry, TargetEntry::Incident(record) if record.visibility == Visibility::Internal);
        PreviewedUpdate { kind: self.kind(), id: self.id(), title: self.title(), is_internal, update }
    }

    /// What is known of a template's blanks after `update`.
    pub fn values(&self, workspace: &Workspace, update: &NewUpdate) -> Values {
        match &self.entry {
            TargetEntry::Incident(record) => {
                let before = preview::statuses(&workspace.site, self.id());
                templates::of_incident(workspace, self.title(), record.incident.started, &before, update)
            }
            TargetEntry::Maintenance(work) => {
                let Window { from, until } = MaintenanceSnapshot::at(work, workspace.now).window;
                templates::of_maintenance(workspace, self.title(), &work.components, from, until)
            }
        }
    }

    /// When something was last said, and what.
    pub fn last_word(&self) -> Option<(Time, &'a str)> {
        match &self.entry {
            TargetEntry::Incident(record) => record.incident.updates.last().map(|last| (last.at, &*last.body)),
            TargetEntry::Maintenance(work) => work.updates.last().map(|last| (last.at, &*last.body)),
        }
    }

    pub fn title(&self) -> &'a str {
        match &self.entry {
            TargetEntry::Incident(record) => &record.incident.title,
            TargetEntry::Maintenance(work) => &work.title,
        }
    }
}

impl<'a> TargetEntry<'a> {
    fn of(workspace: &'a Workspace, kind: EntryKind, id: &str) -> Option<TargetEntry<'a>> {
        if kind == EntryKind::Incident {
            let mut records = workspace.site.incidents.iter();
            return records.find(|record| *record.incident.id == *id).map(TargetEntry::Incident);
        }
        workspace.site.maintenance.iter().find(|work| *work.id == *id).map(TargetEntry::Maintenance)
    }
}

/// A file that may be meant. What cannot be read counts as over, so that it is meant only by its own id.
fn candidate<'a>(workspace: &'a Workspace, kind: EntryKind, id: &'a Id) -> Option<EntryCandidate<'a>> {
    let is_open = match kind {
        EntryKind::Incident => is_open_incident(workspace, id),
        EntryKind::Maintenance => is_open_maintenance(workspace, id),
        _ => return None,
    };
    Some(EntryCandidate { kind, id, is_open })
}

fn is_open_incident(workspace: &Workspace, id: &Id) -> bool {
    let record = workspace.site.incidents.iter().find(|record| record.incident.id == *id);
    let last = record.and_then(|record| record.incident.updates.last());
    last.is_some_and(|last| last.status != IncidentStatus::Resolved)
}

fn is_open_maintenance(workspace: &Workspace, id: &Id) -> bool {
    let work = workspace.site.maintenance.iter().find(|work| work.id == *id);
    // What is not announced yet can be all the same.
    work.is_some_and(|work| MaintenanceSnapshot::at(work, workspace.now).state() != MaintenanceState::Past)
}

fn the_open_one<'a, 'b>(all: &'b [EntryCandidate<'a>]) -> Result<&'b EntryCandidate<'a>, CannotRun> {
    let open: Vec<_> = all.iter().filter(|one| one.kind == EntryKind::Incident && one.is_open).collect();
    match open.as_slice() {
        [one] => Ok(one),
        [] => Err(CannotRun("no incident is open; name one, or begin one with `candor new incident`".to_owned())),
        several => {
            let ids: Vec<String> = several.iter().map(|one| format!("`{}`", one.id)).collect();
            Err(CannotRun(format!("several incidents are open: name one of {}", ids.join(", "))))
        }
    }
}

/// The errors of one file.
fn errors_of(workspace: &Workspace, path: &str) -> Vec<Diagnostic> {
    let is_its = |fault: &&Diagnostic| {
        fault.severity == Severity::Error && fault.place.as_ref().is_some_and(|place| place.path == path)
    };
    workspace.content.faults().iter().filter(is_its).cloned().collect()
}
