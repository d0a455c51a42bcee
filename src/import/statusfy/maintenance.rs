//! An entry of the severity `under-maintenance` becomes planned work, if it says when it ends.

use super::entry::StatusfyEntry;
use crate::document::stem_of;
use crate::import::history::draft::Draft;
use crate::import::history::entry::{Location, MaintenanceDraft, UpdateDraft};
use crate::import::marker::Label;
use crate::import::times::{later, spoken};
use crate::model::{ComponentStatus, MaintenanceStatus};
use crate::time::Time;

/// From when until when.
#[derive(Clone, Copy)]
pub(super) struct StatedWindow {
    from: Time,
    until: Time,
    /// Whether both stand in the file.
    is_planned: bool,
}

/// The window; without `duration` it ends with the update that says so, or when the entry was last modified.
pub(super) fn window(entry: &StatusfyEntry) -> Option<StatedWindow> {
    if entry.severity != ComponentStatus::UnderMaintenance {
        return None;
    }
    let from = entry.scheduled.unwrap_or(entry.start);
    let planned = entry.seconds.map(|seconds| later(from, seconds)).filter(|until| *until > from);
    let last = entry.said.last().filter(|said| said.label == Some(Label::Final)).map(|said| said.at);
    let ended = last.or(entry.modified.filter(|_| entry.resolved)).filter(|end| *end > from);
    let is_planned = entry.scheduled.is_some() && planned.is_some();
    planned.or(ended).map(|until| StatedWindow { from, until, is_planned })
}

/// Files the entry.
pub(super) fn write(entry: StatusfyEntry, location: &Location, window: StatedWindow, draft: &mut Draft) {
    if !window.is_planned {
        let (from, until) = (spoken(window.from), spoken(window.until));
        let message = format!("it lacks `scheduled` or `duration`; it was taken to be planned from {from} to {until}");
        location.note(&mut draft.notes, &message);
    }
    let mut components: Vec<String> = Vec::new();
    for system in &entry.affected {
        let id = draft.unlisted(location, system, system);
        if !components.contains(&id) {
            components.push(id);
        }
    }
    let mut updates: Vec<UpdateDraft<MaintenanceStatus>> = Vec::new();
    let (mut body, mut general) = (Vec::new(), entry.general);
    if entry.start < window.from && !general.is_empty() {
        let (status, body) = (MaintenanceStatus::Scheduled, std::mem::take(&mut general));
        updates.push(UpdateDraft { at: entry.start, status, components: Vec::new(), body });
    }
    body.extend([general, entry.summary]);
    body.extend(entry.untimed);
    body.retain(|text| !text.is_empty());
    for said in entry.said {
        let by_clock = if said.at < window.from { MaintenanceStatus::Scheduled } else { MaintenanceStatus::InProgress };
        let status = said.label.and_then(Label::of_maintenance).unwrap_or(by_clock);
        updates.push(UpdateDraft { at: said.at, status, components: Vec::new(), body: said.text });
    }
    finish(entry.resolved, window, &mut updates);
    let (title, kept, body) = (entry.title, entry.kept, body.join("\n\n"));
    let (from, until) = (window.from, window.until);
    let work = MaintenanceDraft { title, from, until, components, updates, kept, body };
    draft.maintenance(location, Some(stem_of(&location.path)), work);
}

/// Work that began must not go on for ever because nobody wrote that it was over.
fn finish(resolved: bool, window: StatedWindow, updates: &mut Vec<UpdateDraft<MaintenanceStatus>>) {
    use MaintenanceStatus::{Completed, InProgress, Verifying};
    let Some((last, InProgress | Verifying)) = updates.last().map(|update| (update.at, update.status)) else { return };
    if !resolved {
        return;
    }
    let at = window.until.max(last);
    updates.push(UpdateDraft { at, status: Completed, components: Vec::new(), body: String::new() });
}
