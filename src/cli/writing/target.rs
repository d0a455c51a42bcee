//! The entry that a command is about.

use std::sync::Arc;

use super::Workspace;
use super::preview::{self, PreviewedUpdate};
use super::templates;
use crate::author::{EntryCandidate, NewUpdate, Values, find};
use crate::cli::{CannotRun, print};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{EntryKind, Id, IncidentRecord, IncidentStatus, Maintenance, Visibility, Window};
use crate::time::{Date, Time};
use crate::view::{MaintenanceSnapshot, MaintenanceState, time_at_hand, time_of_day};

/// An incident or maintenance, and its file.
pub(super) struct UpdateTarget<'a> {
    pub path: &'a str,
    pub entry: TargetEntry<'a>,
    /// Which time of recurring work is meant.
    pub time: Option<Arc<Maintenance>>,
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
            Some(wanted) => {
                let series = named_time(workspace, wanted).map_or(wanted, |(series, _)| series);
                let renamed = renamed(workspace, series);
                find(&all, renamed.as_deref().unwrap_or(series)).map_err(CannotRun::because)?
            }
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
        let day = wanted.and_then(|wanted| named_time(workspace, wanted)).map(|(_, day)| day);
        let time = entry.time(workspace.now, day)?;
        Ok(Some(UpdateTarget { path, entry, time }))
    }

    /// The planned work: of what is repeated the time that is meant.
    pub fn work(&self) -> Option<&Arc<Maintenance>> {
        match &self.entry {
            TargetEntry::Incident(_) => None,
            TargetEntry::Maintenance(work) => Some(self.time.as_ref().unwrap_or(work)),
        }
    }

    /// By which day the time of recurring work is known.
    pub fn occurrence(&self) -> Option<Date> {
        self.time.as_ref()?.occurrence.as_ref().map(|occurrence| occurrence.day)
    }

    /// Means all times of recurring work that are to come.
    pub fn mean_all_times(&mut self) -> Result<(), CannotRun> {
        match self.time.take() {
            Some(_) => Ok(()),
            None => Err(CannotRun("--all-times: this is no recurring work".to_owned())),
        }
    }

    /// When the time of recurring work that is meant takes place: its title does not tell.
    pub fn window_of_time(&self, workspace: &Workspace) -> Option<Window> {
        self.time.as_ref().map(|time| MaintenanceSnapshot::at(time, workspace.now).window)
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
                let work = self.work().unwrap_or(work);
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

    /// The time of recurring work that is meant: that of a day, or the one at hand.
    fn time(&self, now: Time, day: Option<Date>) -> Result<Option<Arc<Maintenance>>, CannotRun> {
        let work = match self {
            TargetEntry::Maintenance(work) if work.recurrence.is_some() => work,
            // A part of the name may be that of another entry.
            _ if day.is_some() => return Err(CannotRun("this is no recurring work; give more of its id".to_owned())),
            _ => return Ok(None),
        };
        let Some(day) = day else { return Ok(Some(time_at_hand(work, now))) };
        let none = || CannotRun(format!("`{}` is not planned for {}", work.id, day.iso()));
        time_of_day(work, day, now).map(Some).ok_or_else(none)
    }
}

/// The present place of what had this id before, unless another has it now.
fn renamed(workspace: &Workspace, wanted: &str) -> Option<String> {
    let site = &workspace.site;
    let incidents =
        site.incidents.iter().map(|record| (EntryKind::Incident, &record.incident.id, &record.incident.aliases));
    let work = site.maintenance.iter().map(|work| (EntryKind::Maintenance, &work.id, &work.aliases));
    let all: Vec<_> = incidents.chain(work).collect();
    let is_present = all.iter().any(|(_, id, _)| ***id == *wanted);
    let mut former = all.iter().filter(|(_, _, aliases)| aliases.iter().any(|alias| **alias == *wanted));
    let (kind, id, _) = former.next().filter(|_| !is_present)?;
    former.next().is_none().then(|| format!("{}/{id}", kind.folder()))
}

/// The recurring work, or a part of its name, and the day that are meant by `weekly-restart-2026-03-01`.
fn named_time<'w>(workspace: &Workspace, wanted: &'w str) -> Option<(&'w str, Date)> {
    let wanted = wanted.trim_end_matches('/');
    let (series, day) = wanted.split_at_checked(wanted.len().checked_sub("-2026-03-01".len())?)?;
    let day = Date::parse(day.strip_prefix('-')?).ok()?;
    let last = |name: &'w str| name.rsplit('/').next().unwrap_or(name);
    let any = |part: &str, is: fn(&Maintenance) -> bool| {
        let has = |work: &Maintenance| work.id.contains(part) || work.aliases.iter().any(|alias| **alias == *part);
        workspace.site.maintenance.iter().any(|work| has(work) && is(work))
    };
    // The day may be a part of a name.
    let is_name = any(last(wanted), |_| true);
    (!is_name && any(last(series), |work| work.recurrence.is_some())).then_some((series, day))
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
    let state = |work| MaintenanceSnapshot::at(&time_at_hand(work, workspace.now), workspace.now).state();
    work.is_some_and(|work| state(work) != MaintenanceState::Past)
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
