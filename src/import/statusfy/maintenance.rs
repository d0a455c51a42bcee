//! An entry of the severity `under-maintenance` becomes planned work.

use super::entry::StatusfyEntry;
use crate::document::stem_of;
use crate::import::history::draft::Draft;
use crate::import::history::entry::{Location, MaintenanceDraft, UpdateDraft, endless};
use crate::import::marker::Label;
use crate::import::times::{later, spoken};
use crate::model::{ComponentStatus, MaintenanceStatus};
use crate::time::Time;

/// From when until when.
#[derive(Clone, Copy)]
struct StatedWindow {
    from: Time,
    /// None without a `duration`.
    until: Option<Time>,
}

fn window(entry: &StatusfyEntry) -> StatedWindow {
    let from = entry.scheduled.unwrap_or(entry.start);
    StatedWindow { from, until: entry.seconds.map(|seconds| later(from, seconds)).filter(|until| *until > from) }
}

/// Whether an entry is about planned work.
pub(super) fn is_planned(entry: &StatusfyEntry) -> bool {
    entry.severity == ComponentStatus::UnderMaintenance
}

/// Files the entry.
pub(super) fn write(entry: StatusfyEntry, location: &Location, draft: &mut Draft) {
    let window = window(&entry);
    if entry.scheduled.is_none() {
        let message = format!("it lacks `scheduled`; its `date`, {}, was taken for its beginning", spoken(window.from));
        location.doubt(&mut draft.notes, &message);
    }
    let is_end_said = entry.said.iter().any(|said| said.label == Some(Label::Final) && said.at >= window.from);
    let is_duration_unknown = window.until.is_none() && entry.resolved && !is_end_said;
    if window.until.is_none() {
        location.doubt(&mut draft.notes, endless(is_duration_unknown));
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
    let impact = Vec::new();
    let work = MaintenanceDraft { title, from, until, is_duration_unknown, components, impact, updates, kept, body };
    draft.maintenance(location, Some(stem_of(&location.path)), work);
}

/// Work that began must not go on for ever because nobody wrote that it was over.
fn finish(resolved: bool, window: StatedWindow, updates: &mut Vec<UpdateDraft<MaintenanceStatus>>) {
    use MaintenanceStatus::{Completed, InProgress, Verifying};
    let Some((last, InProgress | Verifying)) = updates.last().map(|update| (update.at, update.status)) else { return };
    if !resolved {
        return;
    }
    let at = window.until.map_or(last, |until| until.max(last));
    updates.push(UpdateDraft { at, status: Completed, components: Vec::new(), body: String::new() });
}
