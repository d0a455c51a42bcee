//! An incident becomes an incident.

use std::collections::BTreeMap;

use super::event::{Desk, Said, node};
use super::told::{self, Incident, filled};
use crate::document::Node;
use crate::import::history::write::{self, Keys};
use crate::model::{ComponentStatus, Impact, IncidentStatus, Vocabulary};
use crate::time::Time;

type Statuses = BTreeMap<String, ComponentStatus>;

/// The file, and what it says of components now; nothing if it cannot be told.
pub(super) fn file(desk: &mut Desk<'_>, told: &Incident) -> Option<(Vec<u8>, Statuses)> {
    let (said, postmortem) = desk.read(told);
    let mut updates = decide(desk, said);
    let is_known = finish(desk, told, &mut updates);
    let Some((first, _)) = updates.first().map(|(_, said)| (said.at, ())) else {
        desk.note("it has no update; not imported");
        return None;
    };
    let mut keys = Keys::default();
    keys.set("title", desk.title(told));
    impact(desk, told, &mut keys);
    started(desk, told, first, &mut keys);
    if let Some(why) = told.hidden {
        desk.note(&format!("{why}; it is internal now"));
        keys.set("visibility", "internal");
    }
    if !is_known {
        keys.node("duration_known", Node::Bool(false));
    }
    let mut now = Statuses::new();
    let listed = listed(desk, told, &updates);
    let mut list = Vec::new();
    for (index, (status, said)) in updates.iter().enumerate() {
        let before = if index == 0 { listed.clone() } else { Vec::new() };
        let changes = changes(desk, *status, said, before, &mut now);
        list.push(node(said.at, status.word(), changes, &said.body));
    }
    keys.node("updates", Node::List(list));
    let text = desk.below(told, postmortem);
    Some((desk.file(&keys, "incident", &text), now))
}

/// Gives each update its status. What is said after the resolution is told with it.
fn decide(desk: &mut Desk<'_>, said: Vec<Said>) -> Vec<(IncidentStatus, Said)> {
    let mut updates: Vec<(IncidentStatus, Said)> = Vec::new();
    for said in said {
        let before = updates.last().map(|(status, _)| *status);
        let status = IncidentStatus::from_word(&said.word).unwrap_or_else(|| {
            let status = before.unwrap_or(IncidentStatus::Investigating);
            desk.note(&format!("the status `{}` is unknown; `{}` was taken", said.word, status.word()));
            status
        });
        match updates.last_mut() {
            Some((IncidentStatus::Resolved, last)) if status == IncidentStatus::Resolved => {
                desk.note("it is resolved twice; what was said the second time is told with the first");
                last.body = format!("{}\n\n{}", last.body, said.body);
            }
            _ => updates.push((status, said)),
        }
    }
    updates
}

/// An incident that is over must end with its resolution; whether its time is known.
fn finish(desk: &mut Desk<'_>, told: &Incident, updates: &mut Vec<(IncidentStatus, Said)>) -> bool {
    let is_over = matches!(told.status.as_deref(), Some("resolved" | "postmortem"));
    let ends = updates.last().is_some_and(|(status, _)| *status == IncidentStatus::Resolved);
    if !is_over || ends {
        return true;
    }
    let last = updates.last().map(|(_, said)| said.at);
    let known = told::time(told.resolved_at.as_ref());
    let changed = told::time(told.updated_at.as_ref());
    let Some(at) = known.or(changed).or(last).max(last) else { return true };
    if known.is_none() {
        desk.doubt("it is over, but nothing says since when; it counts as no downtime");
    }
    let (word, body) = (String::new(), String::new());
    updates.push((IncidentStatus::Resolved, Said { at, word, body, affected: Vec::new() }));
    known.is_some()
}

fn impact(desk: &mut Desk<'_>, told: &Incident, keys: &mut Keys) {
    let Some(word) = filled(told.impact.as_ref()) else { return };
    match Impact::from_word(word) {
        Some(impact) => keys.set("impact", impact.word()),
        None => desk.note(&format!("the impact `{word}` is unknown; it follows from the components now")),
    }
}

fn started(desk: &mut Desk<'_>, told: &Incident, first: Time, keys: &mut Keys) {
    let Some(started) = told.started() else { return };
    if started < first {
        keys.set("started", write::time(started));
    } else if started > first && told.started_at.is_some() {
        desk.note("its first update is older than its start; it was taken to begin with the update");
    }
}

/// Components that the incident lists although no update says how they did. No outage is invented:
/// while it is open they are as the page shows them, and afterwards nothing is known of them.
fn listed(desk: &mut Desk<'_>, told: &Incident, updates: &[(IncidentStatus, Said)]) -> Vec<(String, ComponentStatus)> {
    let said = |code: &str| {
        updates.iter().any(|(_, said)| said.affected.iter().any(|affected| affected.code.as_deref() == Some(code)))
    };
    let is_over = updates.last().is_some_and(|(status, _)| *status == IncidentStatus::Resolved);
    let mut found = Vec::new();
    for component in told.components.iter().flatten().filter(|component| !component.is_group()) {
        let Some(code) = component.id.as_deref().filter(|code| !said(code)) else { continue };
        let Some(id) = desk.component(code, component.name.as_deref()) else { continue };
        let status = desk.roster.find(code).filter(|_| !is_over).map(|item| item.status);
        found.push((id, status.unwrap_or(ComponentStatus::Operational)));
    }
    if !found.is_empty() {
        let names: Vec<&str> = found.iter().map(|(id, _)| &**id).collect();
        desk.note(&format!("no update says how these did, so no outage was counted for them: {}", names.join(", ")));
    }
    found
}

/// What an update changes, in the order of the source. A resolution ends all trouble by itself.
fn changes(
    desk: &mut Desk<'_>,
    status: IncidentStatus,
    said: &Said,
    listed: Vec<(String, ComponentStatus)>,
    now: &mut Statuses,
) -> Vec<(String, Node)> {
    let is_end = status == IncidentStatus::Resolved;
    if is_end {
        now.values_mut().for_each(|status| *status = ComponentStatus::Operational);
    }
    let mut changes = Vec::new();
    for (id, mut new) in listed.into_iter().chain(affected(desk, said)) {
        if is_end && new != ComponentStatus::Operational {
            desk.note(&format!("`{id}` was left as {} when it was resolved; here a resolution ends that", new.word()));
            new = ComponentStatus::Operational;
        }
        if now.insert(id.clone(), new) != Some(new) {
            changes.retain(|(known, _)| *known != id);
            changes.push((id, Node::Text(new.word().to_owned())));
        }
    }
    changes
}

fn affected(desk: &mut Desk<'_>, said: &Said) -> Vec<(String, ComponentStatus)> {
    let mut found = Vec::new();
    for affected in &said.affected {
        desk.unused.count("affected components", &affected.rest);
        let Some(code) = filled(affected.code.as_ref()) else { continue };
        let word = affected.new_status.as_deref().unwrap_or_default();
        let Some(status) = ComponentStatus::from_word(word) else {
            desk.note(&format!("the status `{word}` of `{code}` is unknown; not imported"));
            continue;
        };
        found.extend(desk.component(code, affected.name.as_deref()).map(|id| (id, status)));
    }
    found
}
