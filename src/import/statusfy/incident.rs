//! An entry becomes an incident.

use super::entry::{StatusfyEntry, StatusfyUpdate};
use crate::document::stem_of;
use crate::import::history::draft::Draft;
use crate::import::history::entry::{IncidentDraft, Location, UpdateDraft};
use crate::import::marker::Label;
use crate::model::{ComponentStatus, Impact, IncidentStatus};
use crate::time::Time;

/// Files the entry.
pub(super) fn write(mut entry: StatusfyEntry, location: &Location, draft: &mut Draft) {
    let ids: Vec<String> = entry.affected.iter().map(|system| draft.unlisted(location, system, system)).collect();
    let statuses: Vec<(String, ComponentStatus)> = ids.into_iter().map(|id| (id, entry.severity)).collect();
    let said = std::mem::take(&mut entry.said);
    let is_backwards = said.first().is_some_and(|said| said.at < entry.start && said.label == Some(Label::Final));
    let mut updates: Vec<_> = first(&entry, &said).into_iter().collect();
    let mut is_over = false;
    for said in said {
        let before = updates.last().map_or(IncidentStatus::Investigating, |update| update.status);
        let status = said.label.and_then(Label::of_incident).unwrap_or(before);
        let again = is_over && matches!(status, IncidentStatus::Investigating | IncidentStatus::Identified);
        if again {
            location.note_at(
                &mut draft.notes,
                Some(said.line),
                "it was resolved before; the systems were taken to fail again from here",
            );
        }
        is_over = status == IncidentStatus::Resolved || (is_over && !again);
        let components = if again { statuses.clone() } else { Vec::new() };
        updates.push(UpdateDraft { at: said.at, status, components, body: said.text });
    }
    let is_known = finish(&entry, &mut updates, location, draft) && entry.is_start_known && !is_backwards;
    let impact = statuses.is_empty().then(|| Impact::of(entry.severity));
    updates[0].components = statuses;
    let body = std::iter::once(entry.summary).chain(entry.untimed).filter(|text| !text.is_empty());
    let body = body.collect::<Vec<_>>().join("\n\n");
    let started = Some(entry.start);
    let incident = IncidentDraft {
        title: entry.title,
        impact,
        started,
        is_duration_unknown: !is_known,
        updates,
        kept: entry.kept,
        body,
        ..IncidentDraft::default()
    };
    draft.incident(location, Some(stem_of(&location.path)), incident);
}

/// What the whole entry says, from its `date` on; none if it says nothing besides its updates.
fn first(entry: &StatusfyEntry, said: &[StatusfyUpdate]) -> Option<UpdateDraft<IncidentStatus>> {
    let at = said.first().map_or(entry.start, |said| said.at.min(entry.start));
    let (status, components) = (IncidentStatus::Investigating, Vec::new());
    let is_needed = said.is_empty() || !entry.general.is_empty();
    is_needed.then(|| UpdateDraft { at, status, components, body: entry.general.clone() })
}

/// An entry that is resolved must end with its resolution; whether its time is known.
fn finish(
    entry: &StatusfyEntry,
    updates: &mut Vec<UpdateDraft<IncidentStatus>>,
    location: &Location,
    draft: &mut Draft,
) -> bool {
    let Some((last, status)) = updates.last().map(|update| (update.at, update.status)) else { return true };
    let ends = status == IncidentStatus::Resolved;
    if ends && !entry.resolved {
        let message = "`resolved` is not true, yet the last update says that it is over; the update was followed";
        location.note(&mut draft.notes, message);
    }
    if ends || !entry.resolved {
        return true;
    }
    let at: Time = entry.modified.filter(|modified| *modified > last).unwrap_or(last);
    let message = "it is resolved, but no update says when; it counts as no downtime";
    location.doubt(&mut draft.notes, message);
    let status = IncidentStatus::Resolved;
    updates.push(UpdateDraft { at, status, components: Vec::new(), body: String::new() });
    false
}
