//! Planned work becomes maintenance.

use std::collections::BTreeMap;

use super::entry::{self, EntryReader, UndecidedUpdate};
use super::objects::{self, Incident, filled};
use crate::import::history::entry::{MaintenanceDraft, UpdateDraft, endless};
use crate::import::history::write;
use crate::model::{ComponentStatus, MaintenanceStatus, Vocabulary};
use crate::time::Time;

use MaintenanceStatus::{Cancelled, Completed, InProgress, Verifying};

type Statuses = BTreeMap<String, ComponentStatus>;

/// Planned work is never internal, so what readers did not see becomes an internal page; with what its id is made of.
pub(super) fn page(reader: &mut EntryReader<'_>, told: &Incident, why: &str) -> (String, Vec<u8>) {
    reader.note(&format!("{why}; planned work cannot be internal, so its text is an internal page now"));
    let (said, postmortem) = reader.read(told);
    let title = reader.title(told);
    let planned = [("From", &told.scheduled_for), ("Until", &told.scheduled_until)];
    let planned = planned.iter().filter_map(|(word, time)| Some((word, objects::time(time.as_ref())?)));
    let mut lines: Vec<String> = planned.map(|(word, time)| format!("{word}: {}", write::time(time))).collect();
    lines.extend(said.iter().map(|said| format!("{} {}: {}", write::time(said.at), said.word, said.body)));
    lines.push(reader.below(told, postmortem));
    lines.retain(|line| !line.trim().is_empty());
    (entry::name(told), write::internal_page(&title, &reader.kept, &lines.join("\n\n")))
}

/// The maintenance; how the components do that are being worked on now.
pub(super) fn read(reader: &mut EntryReader<'_>, told: &Incident) -> Option<(MaintenanceDraft, Statuses)> {
    let (said, postmortem) = reader.read(told);
    let components = components(reader, told, &said);
    let impact = impact(reader, &said);
    let mut updates = decide(reader, said);
    let Some((from, until)) = window(reader, told, &updates) else {
        reader.note("it is not known when it was planned for; not imported");
        return None;
    };
    let is_end_known = finish(told, (from, until), &mut updates);
    let is_running = updates.last().is_some_and(|(status, _)| matches!(status, InProgress | Verifying));
    // What lies after all that the source knows of is still to come.
    let is_ahead = reader.newest.is_none_or(|newest| from > newest);
    let is_duration_unknown = until.is_none() && !is_end_known && !is_running && !is_ahead;
    if until.is_none() {
        reader.doubt(endless(is_duration_unknown));
    }
    let meanwhile = |id: &String| impact.get(id).copied().unwrap_or(ComponentStatus::UnderMaintenance);
    let worked_on = components.iter().filter(|_| is_running).map(|id| (id.clone(), meanwhile(id))).collect();
    let updates = updates.into_iter().map(|(status, UndecidedUpdate { at, body, .. })| UpdateDraft {
        at,
        status,
        components: Vec::new(),
        body,
    });
    let (title, updates) = (reader.title(told), updates.collect());
    let body = reader.below(told, postmortem);
    let kept = std::mem::take(&mut reader.kept);
    let impact = impact.into_iter().collect();
    let draft = MaintenanceDraft { title, from, until, is_duration_unknown, components, impact, updates, kept, body };
    Some((draft, worked_on))
}

/// Every component that it lists or that an update names.
fn components(reader: &mut EntryReader<'_>, told: &Incident, said: &[UndecidedUpdate]) -> Vec<String> {
    let listed = told.components.iter().flatten().filter(|component| !component.is_group());
    let listed = listed.map(|component| (component.id.as_deref(), component.name.as_deref()));
    let affected = said.iter().flat_map(|said| &said.affected);
    let named = affected.map(|affected| (affected.code.as_deref(), affected.name.as_deref()));
    let mut found: Vec<String> = Vec::new();
    for (code, name) in listed.chain(named) {
        let Some(id) = code.and_then(|code| reader.component(code, name)) else { continue };
        if !found.contains(&id) {
            found.push(id);
        }
    }
    found
}

/// What customers feel of components while the work goes on, where that is not just maintenance: the worst that is told of
/// each. That all is well is told of times before and after it as well.
fn impact(reader: &mut EntryReader<'_>, said: &[UndecidedUpdate]) -> Statuses {
    let mut found = Statuses::new();
    for affected in said.iter().flat_map(|said| &said.affected) {
        let Some((code, word)) = filled(affected.code.as_ref()).zip(filled(affected.new_status.as_ref())) else {
            continue;
        };
        let Some(status) = ComponentStatus::from_word(word) else {
            reader.note(&format!("the status `{word}` of `{code}` is unknown; not imported"));
            continue;
        };
        let is_told = status != ComponentStatus::Operational || affected.is_meanwhile;
        if status == ComponentStatus::UnderMaintenance || !is_told {
            continue;
        }
        let Some(id) = reader.component(code, affected.name.as_deref()) else { continue };
        let worst = found.entry(id).or_insert(status);
        *worst = status.max(*worst);
    }
    found
}

fn decide(reader: &mut EntryReader<'_>, said: Vec<UndecidedUpdate>) -> Vec<(MaintenanceStatus, UndecidedUpdate)> {
    let mut updates: Vec<(MaintenanceStatus, UndecidedUpdate)> = Vec::new();
    for said in said {
        let status = MaintenanceStatus::from_word(&said.word).unwrap_or_else(|| {
            let status = match &*said.word {
                "resolved" => Completed,
                _ => updates.last().map_or(MaintenanceStatus::Scheduled, |(status, _)| *status),
            };
            reader.note(&format!("`{}` is no status of planned work; `{}` was taken", said.word, status.word()));
            status
        });
        updates.push((status, said));
    }
    updates
}

/// Work that began must not go on for ever because nobody wrote that it was over. Whether it is known when it was.
fn finish(
    told: &Incident,
    (from, until): (Time, Option<Time>),
    updates: &mut Vec<(MaintenanceStatus, UndecidedUpdate)>,
) -> bool {
    let is_over = matches!(told.status.as_deref(), Some("completed" | "resolved" | "postmortem"));
    // What is announced after the end, without a time of its own, is a note.
    let last = updates.iter().rev().find(|(status, _)| *status != MaintenanceStatus::Scheduled);
    let ends = last.is_some_and(|(status, _)| matches!(status, Completed | Cancelled));
    if !is_over || ends {
        return ends;
    }
    let last = updates.last().map(|(_, said)| said.at);
    let resolved = objects::time(told.resolved_at.as_ref());
    // When it was last touched is no end, where nothing was planned.
    let touched = objects::time(told.updated_at.as_ref()).filter(|_| until.is_some());
    // An end before the beginning would call it off.
    let Some(at) = resolved.or(touched).or(last.max(Some(from))).max(last) else { return false };
    let (word, body) = (String::new(), String::new());
    updates.push((Completed, UndecidedUpdate { at, word, body, affected: Vec::new() }));
    resolved.is_some()
}

/// The planned time: its beginning, and its end where the source gives one that comes after it.
fn window(
    reader: &mut EntryReader<'_>,
    told: &Incident,
    updates: &[(MaintenanceStatus, UndecidedUpdate)],
) -> Option<(Time, Option<Time>)> {
    let planned = objects::time(told.scheduled_for.as_ref());
    let begun = || updates.iter().find(|(status, _)| *status != MaintenanceStatus::Scheduled).map(|(_, said)| said.at);
    let from = planned.or_else(begun).or_else(|| told.started())?;
    if planned.is_none() {
        reader.doubt(&format!("it does not say when it was planned to begin; {} was taken", write::time(from)));
    }
    let until = objects::time(told.scheduled_until.as_ref());
    if let Some(until) = until.filter(|until| *until <= from) {
        reader.doubt(&format!("its planned end, {}, is not after its beginning; left out", write::time(until)));
    }
    Some((from, until.filter(|until| *until > from)))
}
