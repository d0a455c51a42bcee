//! An incident becomes an incident.

use std::collections::BTreeMap;

use super::entry::{EntryReader, UndecidedUpdate};
use super::objects::{self, Incident, filled};
use crate::import::history::entry::{IncidentDraft, UpdateDraft};
use crate::model::{ComponentStatus, Impact, IncidentStatus, Vocabulary};
use crate::time::Time;

type Statuses = BTreeMap<String, ComponentStatus>;

/// The incident, and what it says of components now; nothing if it cannot be told.
pub(super) fn read(reader: &mut EntryReader<'_>, told: &Incident) -> Option<(IncidentDraft, Statuses)> {
    let (said, postmortem) = reader.read(told);
    let mut updates = decide(reader, said);
    let is_known = finish(reader, told, &mut updates);
    let Some(first) = updates.first().map(|(_, said)| said.at) else {
        reader.note("it has no update; not imported");
        return None;
    };
    if let Some(why) = told.hidden {
        reader.note(&format!("{why}; it is internal now"));
    }
    let mut entry = IncidentDraft {
        title: reader.title(told),
        impact: impact(reader, told),
        started: started(told, first),
        is_duration_unknown: !is_known,
        is_internal: told.hidden.is_some(),
        ..IncidentDraft::default()
    };
    let mut now = Statuses::new();
    let mut listed = listed(reader, told, &updates);
    for (status, said) in updates {
        let components = changes(reader, status, &said, std::mem::take(&mut listed), &mut now);
        entry.updates.push(UpdateDraft { at: said.at, status, components, body: said.body });
    }
    entry.body = reader.below(told, postmortem);
    entry.kept = std::mem::take(&mut reader.kept);
    Some((entry, now))
}

/// Gives each update its status.
fn decide(reader: &mut EntryReader<'_>, said: Vec<UndecidedUpdate>) -> Vec<(IncidentStatus, UndecidedUpdate)> {
    let mut updates: Vec<(IncidentStatus, UndecidedUpdate)> = Vec::new();
    for said in said {
        let before = updates.last().map(|(status, _)| *status);
        // A word that does not speak of the status does not change it.
        let unsaid = before.filter(|_| said.word.is_empty());
        let status = unsaid.or_else(|| IncidentStatus::from_word(&said.word)).unwrap_or_else(|| {
            let status = before.unwrap_or(IncidentStatus::Investigating);
            reader.note(&format!("the status `{}` is unknown; `{}` was taken", said.word, status.word()));
            status
        });
        updates.push((status, said));
    }
    updates
}

/// An incident that is over must end with its resolution; whether its time is known.
fn finish(reader: &mut EntryReader<'_>, told: &Incident, updates: &mut Vec<(IncidentStatus, UndecidedUpdate)>) -> bool {
    let is_over = matches!(told.status.as_deref(), Some("resolved" | "postmortem"));
    let ends = updates.last().is_some_and(|(status, _)| *status == IncidentStatus::Resolved);
    if !is_over || ends {
        return true;
    }
    let last = updates.last().map(|(_, said)| said.at);
    let known = objects::time(told.resolved_at.as_ref());
    let changed = objects::time(told.updated_at.as_ref());
    let Some(at) = known.or(changed).or(last).max(last) else { return true };
    if known.is_none() {
        reader.doubt("it is over, but nothing says since when; it counts as no downtime");
    }
    let (word, body) = (String::new(), String::new());
    updates.push((IncidentStatus::Resolved, UndecidedUpdate { at, word, body, affected: Vec::new() }));
    known.is_some()
}

fn impact(reader: &mut EntryReader<'_>, told: &Incident) -> Option<Impact> {
    let word = filled(told.impact.as_ref())?;
    let impact = Impact::from_word(word);
    if impact.is_none() {
        reader.note(&format!("the impact `{word}` is unknown; it follows from the components now"));
    }
    impact
}

fn started(told: &Incident, first: Time) -> Option<Time> {
    let started = told.started()?;
    // When it was entered is no start.
    Some(if told.started_at.is_some() { started } else { started.min(first) })
}

/// Components that the incident lists although no update says how they did. No outage is invented:
/// while it is open they are as the page shows them, and afterwards nothing is known of them.
fn listed(
    reader: &mut EntryReader<'_>,
    told: &Incident,
    updates: &[(IncidentStatus, UndecidedUpdate)],
) -> Vec<(String, ComponentStatus)> {
    let said = |code: &str| {
        updates.iter().any(|(_, said)| said.affected.iter().any(|affected| affected.code.as_deref() == Some(code)))
    };
    let is_over = updates.last().is_some_and(|(status, _)| *status == IncidentStatus::Resolved);
    let mut found = Vec::new();
    for component in told.components.iter().flatten().filter(|component| !component.is_group()) {
        let Some(code) = component.id.as_deref().filter(|code| !said(code)) else { continue };
        let Some(id) = reader.component(code, component.name.as_deref()) else { continue };
        let status = reader.board.find(code).filter(|_| !is_over).and_then(|item| item.status);
        found.push((id, status.unwrap_or(ComponentStatus::Operational)));
    }
    if !found.is_empty() {
        let names: Vec<String> = found.iter().map(|(id, _)| format!("`{id}`")).collect();
        reader.note(&format!("no update says how these did, so no outage was counted for them: {}", names.join(", ")));
    }
    found
}

/// What an update changes, in the order of the source. A resolution ends all trouble by itself.
fn changes(
    reader: &mut EntryReader<'_>,
    status: IncidentStatus,
    said: &UndecidedUpdate,
    listed: Vec<(String, ComponentStatus)>,
    now: &mut Statuses,
) -> Vec<(String, ComponentStatus)> {
    let is_end = status == IncidentStatus::Resolved;
    if is_end {
        now.values_mut().for_each(|status| *status = ComponentStatus::Operational);
    }
    let mut changes = Vec::new();
    for (id, mut new) in listed.into_iter().chain(affected(reader, said)) {
        if is_end && new != ComponentStatus::Operational {
            reader.note(&format!(
                "`{id}` was left as `{}` when it was resolved; here a resolution ends that",
                new.word()
            ));
            new = ComponentStatus::Operational;
        }
        if now.insert(id.clone(), new) != Some(new) {
            changes.retain(|(known, _)| *known != id);
            changes.push((id, new));
        }
    }
    changes
}

fn affected(reader: &mut EntryReader<'_>, said: &UndecidedUpdate) -> Vec<(String, ComponentStatus)> {
    let mut found = Vec::new();
    for affected in &said.affected {
        reader.unused.count("affected components", &affected.rest);
        let Some(code) = filled(affected.code.as_ref()) else { continue };
        let word = affected.new_status.as_deref().unwrap_or_default();
        let Some(status) = ComponentStatus::from_word(word) else {
            reader.note(&format!("the status `{word}` of `{code}` is unknown; not imported"));
            continue;
        };
        found.extend(reader.component(code, affected.name.as_deref()).map(|id| (id, status)));
    }
    found
}
