//! Planned work becomes maintenance.

use super::event::{Desk, Said, node};
use super::told::{self, Incident, filled};
use crate::document::Node;
use crate::import::history::write::{self, Keys};
use crate::import::times::later;
use crate::model::{ComponentStatus, MaintenanceStatus, Vocabulary};
use crate::time::Time;

/// Planned work is never internal, so what readers did not see becomes an internal page.
pub(super) fn page(desk: &mut Desk<'_>, told: &Incident, why: &str) -> Vec<u8> {
    desk.note(&format!("{why}; planned work cannot be internal, so its text is an internal page now"));
    let (said, postmortem) = desk.read(told);
    let mut keys = Keys::default();
    keys.set("title", desk.title(told));
    keys.set("audience", "internal");
    let planned = [("From", &told.scheduled_for), ("Until", &told.scheduled_until)];
    let mut lines: Vec<String> =
        planned.iter().filter_map(|(word, time)| Some(format!("{word}: {}", filled(time.as_ref())?))).collect();
    lines.extend(said.iter().map(|said| format!("{} {}: {}", write::time(said.at), said.word, said.body)));
    lines.push(desk.below(told, postmortem));
    lines.retain(|line| !line.trim().is_empty());
    desk.file(&keys, "maintenance", &lines.join("\n\n"))
}

/// The file; the components that are being worked on now.
pub(super) fn file(desk: &mut Desk<'_>, told: &Incident) -> Option<(Vec<u8>, Vec<String>)> {
    let (said, postmortem) = desk.read(told);
    let components = components(desk, told, &said);
    let mut updates = decide(desk, said);
    finish(told, &mut updates);
    let Some((from, until)) = window(desk, told, &updates) else {
        desk.note("it is not known when it was planned for; not imported");
        return None;
    };
    let mut keys = Keys::default();
    keys.set("title", desk.title(told));
    let mut scheduled = Keys::default();
    scheduled.set("from", write::time(from));
    scheduled.set("until", write::time(until));
    keys.node("scheduled", scheduled.map());
    keys.node("components", Node::List(components.iter().cloned().map(Node::Text).collect()));
    let list = updates.iter().map(|(status, said)| node(said.at, status.word(), Vec::new(), &said.body));
    if !updates.is_empty() {
        keys.node("updates", Node::List(list.collect()));
    }
    let is_running = |(status, _): &(MaintenanceStatus, Said)| {
        matches!(status, MaintenanceStatus::InProgress | MaintenanceStatus::Verifying)
    };
    let worked_on = if updates.last().is_some_and(is_running) { components } else { Vec::new() };
    let text = desk.below(told, postmortem);
    Some((desk.file(&keys, "maintenance", &text), worked_on))
}

/// Every component that it lists or that an update names.
fn components(desk: &mut Desk<'_>, told: &Incident, said: &[Said]) -> Vec<String> {
    let listed = told.components.iter().flatten().filter(|component| !component.is_group());
    let listed = listed.map(|component| (component.id.as_deref(), component.name.as_deref()));
    let affected = said.iter().flat_map(|said| &said.affected);
    let named = affected.clone().map(|affected| (affected.code.as_deref(), affected.name.as_deref()));
    let mut found: Vec<String> = Vec::new();
    for (code, name) in listed.chain(named) {
        let Some(id) = code.and_then(|code| desk.component(code, name)) else { continue };
        if !found.contains(&id) {
            found.push(id);
        }
    }
    let planned = [ComponentStatus::Operational.word(), ComponentStatus::UnderMaintenance.word()];
    let other = affected.filter(|affected| filled(affected.new_status.as_ref()).is_some_and(|s| !planned.contains(&s)));
    let count = other.count();
    if count > 0 {
        desk.note(&format!("{count} component statuses worse than maintenance were not carried over"));
    }
    found
}

fn decide(desk: &mut Desk<'_>, said: Vec<Said>) -> Vec<(MaintenanceStatus, Said)> {
    let mut updates: Vec<(MaintenanceStatus, Said)> = Vec::new();
    for said in said {
        let status = MaintenanceStatus::from_word(&said.word).unwrap_or_else(|| {
            let status = match &*said.word {
                "resolved" => MaintenanceStatus::Completed,
                _ => updates.last().map_or(MaintenanceStatus::Scheduled, |(status, _)| *status),
            };
            desk.note(&format!("`{}` is no status of planned work; `{}` was taken", said.word, status.word()));
            status
        });
        match updates.last_mut() {
            Some((MaintenanceStatus::Completed, last)) if status == MaintenanceStatus::Completed => {
                desk.note("it is completed twice; what was said the second time is told with the first");
                last.body = format!("{}\n\n{}", last.body, said.body);
            }
            _ => updates.push((status, said)),
        }
    }
    updates
}

/// Work that began must not go on for ever because nobody wrote that it was over.
fn finish(told: &Incident, updates: &mut Vec<(MaintenanceStatus, Said)>) {
    let is_over = matches!(told.status.as_deref(), Some("completed" | "resolved" | "postmortem"));
    let ends = updates.last().is_some_and(|(status, _)| *status == MaintenanceStatus::Completed);
    if !is_over || ends {
        return;
    }
    let last = updates.last().map(|(_, said)| said.at);
    let known = told::time(told.resolved_at.as_ref()).or_else(|| told::time(told.updated_at.as_ref())).or(last);
    let Some(at) = known.max(last) else { return };
    let (word, body) = (String::new(), String::new());
    updates.push((MaintenanceStatus::Completed, Said { at, word, body, affected: Vec::new() }));
}

/// The planned time. Where it does not make sense, what was done stands for it.
fn window(desk: &mut Desk<'_>, told: &Incident, updates: &[(MaintenanceStatus, Said)]) -> Option<(Time, Time)> {
    const MINUTE: i64 = 60;
    let planned = told::time(told.scheduled_for.as_ref());
    let begun = || updates.iter().find(|(status, _)| *status != MaintenanceStatus::Scheduled).map(|(_, said)| said.at);
    let from = planned.or_else(begun).or_else(|| told.started())?;
    if planned.is_none() {
        desk.note(&format!("it does not say when it was planned to begin; {} was taken", write::time(from)));
    }
    let until = told::time(told.scheduled_until.as_ref()).filter(|until| *until > from);
    let until = until.unwrap_or_else(|| {
        let last = updates.last().map(|(_, said)| said.at).filter(|last| *last > from);
        let until = last.unwrap_or_else(|| later(from, MINUTE));
        desk.note(&format!("it has no planned end after its beginning; {} was taken", write::time(until)));
        until
    });
    (until > from).then_some((from, until))
}
