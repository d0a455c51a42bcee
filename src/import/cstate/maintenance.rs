//! An entry as maintenance.

use super::story::{Said, dated};
use super::telling::{Telling, merge};
use crate::import::history::entry::{Maintenance, Update};
use crate::import::marker::Label;
use crate::model::MaintenanceStatus;
use crate::time::Time;

/// The maintenance from `from` until `until` that an entry becomes; it touches `components`, by their ids.
pub(super) fn maintenance(
    telling: &mut Telling<'_>,
    (from, until): (Time, Time),
    components: &[String],
) -> Maintenance {
    let mut story = telling.story();
    let mut said = std::mem::take(&mut story.said);
    let description = take_description(telling, &mut said);
    if let Some(last) = said.last_mut().filter(|last| last.label == Label::Final) {
        last.at.get_or_insert(until);
    }
    let (told, waiting) = dated(said);
    let updates = statuses(telling, told, (from, until));
    Maintenance {
        title: telling.entry.title.clone(),
        from,
        until,
        components: components.to_vec(),
        updates,
        kept: telling.entry.kept.clone(),
        body: telling.body(description, &story, &waiting),
    }
}

/// The announcement of the work is its description: when it was announced, the source does not say.
fn take_description(telling: &mut Telling<'_>, said: &mut Vec<Said>) -> String {
    let is_first = |one: &&Said| one.at.is_none() && one.label != Label::Final;
    if said.first().filter(is_first).is_none() {
        return String::new();
    }
    let mut first = said.remove(0);
    if first.label == Label::Update {
        return first.raw;
    }
    telling.take(&mut first);
    first.text
}

fn statuses(telling: &mut Telling<'_>, told: Vec<Said>, (from, until): (Time, Time)) -> Vec<Update<MaintenanceStatus>> {
    use MaintenanceStatus::{Completed, InProgress, Verifying};
    let mut updates: Vec<Update<MaintenanceStatus>> = Vec::new();
    for mut said in told {
        let at = said.at.unwrap_or(from);
        let status = status(said.label, at, from);
        telling.take(&mut said);
        match updates.last_mut() {
            Some(last) if last.status == Completed => {
                telling.note(said.line, "said after the work was completed; it is told with the completion");
                merge(&mut last.body, &telling.convert(&said.raw));
            }
            _ => updates.push(Update { at, status, components: Vec::new(), body: telling.convert(&said.text) }),
        }
    }
    if let Some(last) = updates.last().filter(|last| matches!(last.status, InProgress | Verifying))
        && telling.entry.resolved
    {
        let at = until.max(last.at);
        updates.push(Update { at, status: Completed, components: Vec::new(), body: String::new() });
    }
    updates
}

fn status(label: Label, at: Time, from: Time) -> MaintenanceStatus {
    match label {
        Label::Final => MaintenanceStatus::Completed,
        Label::Verifying | Label::Monitoring => MaintenanceStatus::Verifying,
        Label::InProgress => MaintenanceStatus::InProgress,
        Label::Scheduled => MaintenanceStatus::Scheduled,
        _ if at < from => MaintenanceStatus::Scheduled,
        _ => MaintenanceStatus::InProgress,
    }
}
