//! An entry as an incident.

use super::entry::CstateSeverity;
use super::entry_writer::{EntryWriter, merge};
use super::timeline::{CstateUpdate, dated, with_earlier};
use crate::import::history::entry::{IncidentDraft, UpdateDraft};
use crate::import::marker::Label;
use crate::import::times;
use crate::model::{ComponentStatus, Impact, IncidentStatus};
use crate::time::Time;

/// The incident that an entry becomes; it touches `components`, by their ids.
pub(super) fn incident(writer: &mut EntryWriter<'_>, components: &[String]) -> IncidentDraft {
    let entry = writer.entry;
    let mut timeline = writer.timeline();
    let mut is_known = entry.is_start_known;
    let mut said = std::mem::take(&mut timeline.said);
    date_ends(writer, &mut said, &mut is_known);
    let (mut told, mut waiting) = dated(said);
    if is_over(writer, &told) {
        end(writer, &mut told, &mut waiting, &mut is_known);
    } else {
        // No later time is known, so what was added stays with the text that it was added to.
        let last = told.pop().unwrap_or_else(|| wordless(entry.start, Label::Initial));
        told.push(below(last, &std::mem::take(&mut waiting)));
    }
    let updates = statuses(writer, told, components);
    let worst = worst(entry.severity);
    let named = components.is_empty() || entry.severity == CstateSeverity::Notice;
    IncidentDraft {
        title: entry.title.clone(),
        impact: named.then(|| Impact::of(worst)),
        started: Some(entry.start),
        is_duration_unknown: !is_known,
        is_internal: entry.hidden.is_some(),
        updates,
        kept: entry.kept.clone(),
        body: writer.body(String::new(), &timeline, &waiting),
    }
}

/// The first message was written when it began, the last one when it was over: those are the times that the front
/// matter knows.
fn date_ends(writer: &mut EntryWriter<'_>, said: &mut [CstateUpdate], is_known: &mut bool) {
    let entry = writer.entry;
    let latest = said.iter().filter_map(|one| one.at).max();
    if let Some(first) = said.first_mut().filter(|first| first.at.is_none() && first.label != Label::Final) {
        first.at = Some(entry.start);
    }
    let Some(last) = said.last_mut().filter(|last| last.label == Label::Final && last.at.is_none()) else { return };
    last.at = entry.end.or(latest).or(Some(entry.start));
    if entry.end.is_none() {
        *is_known = false;
        let line = last.line;
        writer.doubt(
            Some(line),
            "the last message has no time and there is no `resolvedWhen`: when it was over is not known",
        );
    }
}

/// Whether it is over: its key says so, or its last word, or the time of its end.
fn is_over(writer: &mut EntryWriter<'_>, told: &[CstateUpdate]) -> bool {
    let entry = writer.entry;
    let last = told.last().filter(|last| last.label == Label::Final).map(|last| last.line);
    match (entry.resolved, last, entry.end) {
        (true, ..) => return true,
        (false, Some(line), _) => writer
            .note(line, "`resolved` is not true, yet the last message says that it is over; the message was followed"),
        (false, None, Some(_)) => {
            writer.doubt(
                None,
                "it has a `resolvedWhen` but is not `resolved`: the time was followed; correct it if it goes on",
            );
        }
        (false, None, None) => return false,
    }
    true
}

/// Makes sure that what is over ends, at the time that is known; nothing is said that nobody said.
fn end(
    writer: &mut EntryWriter<'_>,
    told: &mut Vec<CstateUpdate>,
    waiting: &mut Vec<CstateUpdate>,
    is_known: &mut bool,
) {
    let entry = writer.entry;
    let before = told.len().checked_sub(2).map_or(entry.start, |index| told[index].at.unwrap_or(entry.start));
    let many = told.len() > 1;
    if let Some(last) = told.last_mut() {
        let at = last.at.unwrap_or(entry.start);
        let is_news = matches!(last.label, Label::Update | Label::Unknown) && many;
        if last.label == Label::Final || (is_news && entry.end.is_some_and(|end| at >= end)) {
            last.label = Label::Final;
            if let Some(end) = entry.end.filter(|end| *end != at && *end >= before) {
                last.at = Some(end);
                let (said_at, end, line) = (times::spoken(at), times::spoken(end), last.line);
                writer.note(
                    line,
                    format!("the last message is of {said_at}, `resolvedWhen` says {end}; the latter was taken"),
                );
            }
            return;
        }
    }
    if entry.end.is_none() {
        *is_known = false;
        writer.doubt(None, "it is over, but nothing says since when; it counts as no downtime");
    }
    let latest = told.last().and_then(|last| last.at).unwrap_or(entry.start);
    let at = entry.end.map_or(latest, |end| end.max(latest));
    told.push(with_earlier(wordless(at, Label::Final), &std::mem::take(waiting)));
}

/// A beginning or an end of which nobody said a word.
fn wordless(at: Time, label: Label) -> CstateUpdate {
    CstateUpdate { at: Some(at), label, text: String::new(), raw: String::new(), taken: Vec::new(), line: 0 }
}

/// An update, and below it what was added at a time that is not known.
fn below(mut said: CstateUpdate, added: &[CstateUpdate]) -> CstateUpdate {
    if !added.is_empty() {
        let pieces: Vec<&str> = std::iter::once(&said).chain(added).map(|one| &*one.raw).collect();
        said.text = pieces.join("\n\n");
        said.taken.clear();
    }
    said
}

/// Gives each update its status: a word that means none keeps the status before it.
fn statuses(
    writer: &mut EntryWriter<'_>,
    told: Vec<CstateUpdate>,
    components: &[String],
) -> Vec<UpdateDraft<IncidentStatus>> {
    let worst = worst(writer.entry.severity);
    let mut updates: Vec<UpdateDraft<IncidentStatus>> = Vec::new();
    for mut said in told {
        let at = said.at.unwrap_or(writer.entry.start);
        let before = updates.last().map(|update| update.status);
        let status = said.label.of_incident().or(before).unwrap_or(IncidentStatus::Investigating);
        writer.take(&mut said);
        match updates.last_mut() {
            Some(last) if last.status == IncidentStatus::Resolved && status == IncidentStatus::Resolved => {
                writer.note(said.line, "said after it was resolved; it is told with the resolution");
                merge(&mut last.body, &writer.convert(&said.raw));
            }
            _ => {
                let touched = if updates.is_empty() { components } else { &[] };
                let components = touched.iter().map(|id| (id.clone(), worst)).collect();
                updates.push(UpdateDraft { at, status, components, body: writer.convert(&said.text) });
            }
        }
    }
    updates
}

/// cState's `disrupted` covers slowness and partial failure. The worse of the two is taken, so that no
/// number of the new site is better than those of the old one.
fn worst(severity: CstateSeverity) -> ComponentStatus {
    match severity {
        CstateSeverity::Down => ComponentStatus::MajorOutage,
        CstateSeverity::Disrupted => ComponentStatus::PartialOutage,
        CstateSeverity::Notice => ComponentStatus::Operational,
    }
}
