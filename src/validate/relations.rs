//! Postmortems among each other and with their incidents: what a postmortem leaves out comes from the
//! incident, what it names must exist, and its marks must be possible.

use std::collections::BTreeMap;

use super::marks;
use super::{Entry, FaultAtPath};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::model::{
    Id, IncidentRecord, InternalSettings, Mark, Marked, Postmortem, Precision, SectionKind, Visibility,
};
use crate::time::Zone;
use crate::yaml::{Path, Step, key};

/// Completes the postmortems and says what is wrong between files.
pub(super) fn complete(
    entries: &mut [Entry<Postmortem>],
    incidents: &[Entry<IncidentRecord>],
    internal: Option<&InternalSettings>,
) -> Vec<Diagnostic> {
    let by_id = incidents.iter().filter_map(|entry| Some((entry.id.as_ref()?, entry)));
    let mut by_id: BTreeMap<&Id, &Entry<IncidentRecord>> = by_id.collect();
    for entry in incidents {
        let former = entry.value.iter().flat_map(|record| record.incident.former_ids());
        former.for_each(|id| _ = by_id.insert(id, entry));
    }
    let mut faults = Vec::new();
    for entry in entries.iter_mut() {
        let Some(postmortem) = &mut entry.value else { continue };
        let mut found = Vec::new();
        take_from_incident(postmortem, &entry.path, &by_id, &mut found);
        actions_due(postmortem, internal);
        found.extend(marks::check(postmortem));
        found.extend(external_message(postmortem, &by_id));
        faults.extend(found.into_iter().map(|(at, fault)| fault.at(entry.place(&at))));
    }
    faults.extend(relations(entries));
    faults
}

/// Fills in what the incident knows.
fn take_from_incident(
    postmortem: &mut Postmortem,
    file: &str,
    incidents: &BTreeMap<&Id, &Entry<IncidentRecord>>,
    found: &mut Vec<FaultAtPath>,
) {
    let id = match &postmortem.incident {
        Some(id) if incidents.contains_key(id) => incidents[id].id.clone(),
        Some(id) => {
            found.push(unknown_incident(id, incidents));
            None
        }
        None => Id::new(crate::document::stem_of(file)).filter(|id| incidents.contains_key(id)),
    };
    postmortem.incident = id;
    let incident = postmortem.incident.as_ref().and_then(|id| incidents[id].value.as_ref());
    let Some(record) = incident else { return };
    postmortem.detected_by = postmortem.detected_by.or(record.detected_by);
    if postmortem.components.is_empty() {
        let named = record.incident.updates.iter().flat_map(|update| update.components.keys());
        let mut named: Vec<Id> = named.cloned().collect();
        named.sort();
        named.dedup();
        postmortem.components = named;
    }
    for (mark, at) in record.marks() {
        let marked = Marked { at, precision: Precision::Minute, from_incident: true };
        postmortem.marks.times.entry(mark).or_insert(marked);
    }
}

fn unknown_incident(id: &Id, incidents: &BTreeMap<&Id, &Entry<IncidentRecord>>) -> FaultAtPath {
    let fault = Diagnostic::error(Code::UnknownIncident, format!("unknown incident `{id}`"));
    let help = did_you_mean(id, incidents.keys().map(|id| &***id));
    let help = help.unwrap_or_else(|| "write the file name of an incident, without its ending".to_owned());
    (key("incident"), fault.help(help))
}

/// Gives actions without a day the one that their postmortem's severity demands, counted from the resolution.
fn actions_due(postmortem: &mut Postmortem, internal: Option<&InternalSettings>) {
    let seconds = postmortem.severity.as_ref().and_then(|severity| internal?.actions_due.get(&severity.rank));
    let (Some(seconds), Some(resolved)) = (seconds, postmortem.marks.at(Mark::Resolved)) else { return };
    let due = Zone::UTC.date(resolved.plus_seconds(*seconds));
    for action in &mut postmortem.actions {
        action.due = action.due.or(Some(due));
    }
}

/// What publishing a postmortem's external message needs.
fn external_message(postmortem: &Postmortem, incidents: &BTreeMap<&Id, &Entry<IncidentRecord>>) -> Option<FaultAtPath> {
    let section = postmortem.section(SectionKind::ExternalMessage).filter(|section| !section.body.is_empty());
    let record = postmortem.incident.as_ref().and_then(|id| incidents[id].value.as_ref());
    let is_public = record.is_some_and(|record| record.visibility == Visibility::Public);
    let (lacks, help) = match () {
        () if !postmortem.publish => return None,
        () if section.is_none() => {
            ("a section `External message`", "write `## External message` and what customers are told")
        }
        () if !is_public => ("a public incident", "name it: `incident: ID`"),
        () if postmortem.published.is_none() => {
            ("the time at which it is published", "add `published: 2026-03-04T09:00Z`")
        }
        () => return None,
    };
    let message = format!("this postmortem is to be published, but lacks {lacks}");
    Some((key("publish"), Diagnostic::error(Code::ExternalMessage, message).help(help)))
}

/// What is wrong with the relations between postmortems.
fn relations(entries: &[Entry<Postmortem>]) -> Vec<Diagnostic> {
    let by_id = entries.iter().filter_map(|entry| entry.value.as_ref()).map(|postmortem| (&postmortem.id, postmortem));
    let by_id: BTreeMap<&Id, &Postmortem> = by_id.collect();
    // A postmortem with faults of its own still exists.
    let names: Vec<&Id> = entries.iter().filter_map(|entry| entry.id.as_ref()).collect();
    let mut faults = Vec::new();
    for entry in entries {
        let Some(postmortem) = &entry.value else { continue };
        let earlier =
            postmortem.recurrence_of.iter().enumerate().map(|(index, id)| (related("recurrence_of", index), id));
        for (path, id) in earlier {
            let fault = unknown(id, &names).or_else(|| wrong_order(postmortem, id, &by_id));
            faults.extend(fault.map(|fault| fault.at(entry.place(&path))));
        }
        for (index, (id, _)) in postmortem.not_recurrence_of.iter().enumerate() {
            let mut path = related("not_recurrence_of", index);
            path.push(Step::Key("id".into()));
            faults.extend(unknown(id, &names).map(|fault| fault.at(entry.place(&path))));
        }
    }
    faults
}

fn related(name: &'static str, index: usize) -> Path {
    vec![Step::Key(name.into()), Step::Index(index)]
}

fn unknown(id: &Id, names: &[&Id]) -> Option<Diagnostic> {
    if names.contains(&id) {
        return None;
    }
    let help = did_you_mean(id, names.iter().map(|id| &***id));
    let help = help.unwrap_or_else(|| "write the `id` of a postmortem, or its file name without the ending".to_owned());
    Some(Diagnostic::error(Code::UnknownPostmortem, format!("unknown postmortem `{id}`")).help(help))
}

/// A recurrence comes after what it repeats.
fn wrong_order(postmortem: &Postmortem, earlier: &Id, by_id: &BTreeMap<&Id, &Postmortem>) -> Option<Diagnostic> {
    let other = by_id.get(earlier)?;
    let message = if *earlier == postmortem.id {
        "a postmortem cannot be a recurrence of itself".to_owned()
    } else if leads_back(postmortem, other, by_id) {
        format!("`{}` is, directly or by others, a recurrence of this one: a circle", other.label)
    } else if other.happened().zip(postmortem.happened()).is_some_and(|(other, own)| other > own) {
        format!("`{}` happened later, so this cannot be a recurrence of it", other.label)
    } else {
        return None;
    };
    let help = "name the earlier one, in the postmortem of the later one";
    Some(Diagnostic::error(Code::RecurrenceOrder, message).help(help))
}

fn leads_back(postmortem: &Postmortem, other: &Postmortem, by_id: &BTreeMap<&Id, &Postmortem>) -> bool {
    let (mut waiting, mut seen) = (vec![other], Vec::new());
    while let Some(next) = waiting.pop() {
        if next.id == postmortem.id {
            return true;
        }
        if !seen.contains(&&next.id) {
            seen.push(&next.id);
            waiting.extend(next.recurrence_of.iter().filter_map(|id| by_id.get(id).copied()));
        }
    }
    false
}
