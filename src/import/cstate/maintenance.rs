//! An entry as maintenance.

use super::entry_writer::{EntryWriter, merge};
use super::timeline::{CstateUpdate, dated};
use crate::import::history::entry::{MaintenanceDraft, UpdateDraft, endless};
use crate::import::marker::Label;
use crate::import::times::spoken;
use crate::model::MaintenanceStatus;
use crate::time::Time;

/// The maintenance that an entry becomes; it touches `components`, by their ids.
pub(super) fn maintenance(writer: &mut EntryWriter<'_>, components: &[String]) -> MaintenanceDraft {
    let (from, until) = (writer.entry.start, writer.entry.over());
    let mut timeline = writer.timeline();
    let mut said = std::mem::take(&mut timeline.said);
    let from = begun(writer, &said, (from, until)).unwrap_or(from);
    let description = take_description(writer, &mut said);
    if let Some(last) = said.last_mut().filter(|last| last.label == Label::Final) {
        last.at = last.at.or(until);
    }
    let (told, waiting) = dated(said);
    let updates = statuses(writer, told, (from, until));
    let is_told = updates.iter().any(|update| update.at >= from && update.status != MaintenanceStatus::Scheduled);
    let is_duration_unknown = until.is_none() && writer.entry.resolved && !is_told;
    if until.is_none() {
        writer.doubt(None, endless(is_duration_unknown));
    }
    MaintenanceDraft {
        title: writer.entry.title.clone(),
        from,
        until,
        is_duration_unknown,
        components: components.to_vec(),
        impact: Vec::new(),
        updates,
        kept: writer.entry.kept.clone(),
        body: writer.body(description, &timeline, &waiting),
    }
}

/// When its own words say that the work began: then `date` was that of its announcement.
fn begun(writer: &mut EntryWriter<'_>, said: &[CstateUpdate], (from, until): (Time, Option<Time>)) -> Option<Time> {
    let first = said.iter().find(|one| one.label == Label::InProgress)?;
    let at = first.at.filter(|at| *at > from && until.is_none_or(|until| *at < until))?;
    let message = format!(
        "its words say that the work began at {}, `date` is {}; the former was taken for its beginning",
        spoken(at),
        spoken(from)
    );
    writer.doubt(Some(first.line), &message);
    Some(at)
}

/// The announcement of the work is its description: when it was announced, the source does not say.
fn take_description(writer: &mut EntryWriter<'_>, said: &mut Vec<CstateUpdate>) -> String {
    let is_first = |one: &&CstateUpdate| one.at.is_none() && one.label != Label::Final;
    if said.first().filter(is_first).is_none() {
        return String::new();
    }
    let mut first = said.remove(0);
    if first.label == Label::Update {
        return first.raw;
    }
    writer.take(&mut first);
    first.text
}

fn statuses(
    writer: &mut EntryWriter<'_>,
    told: Vec<CstateUpdate>,
    (from, until): (Time, Option<Time>),
) -> Vec<UpdateDraft<MaintenanceStatus>> {
    use MaintenanceStatus::{Completed, InProgress, Verifying};
    let mut updates: Vec<UpdateDraft<MaintenanceStatus>> = Vec::new();
    for mut said in told {
        let at = said.at.unwrap_or(from);
        let status = status(said.label, at, from);
        writer.take(&mut said);
        match updates.last_mut() {
            Some(last) if last.status == Completed => {
                writer.note(said.line, "said after the work was completed; it is told with the completion");
                merge(&mut last.body, &writer.convert(&said.raw));
            }
            _ => updates.push(UpdateDraft { at, status, components: Vec::new(), body: writer.convert(&said.text) }),
        }
    }
    if let Some(last) = updates.last().filter(|last| matches!(last.status, InProgress | Verifying))
        && writer.entry.resolved
    {
        let at = until.map_or(last.at, |until| until.max(last.at));
        updates.push(UpdateDraft { at, status: Completed, components: Vec::new(), body: String::new() });
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
