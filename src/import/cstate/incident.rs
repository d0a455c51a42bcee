//! An entry as an incident.

use super::entry::Severity;
use super::story::{Said, dated, with_earlier};
use super::telling::{Telling, merge};
use crate::import::history::entry::{Incident, Update};
use crate::import::marker::Label;
use crate::import::times;
use crate::model::{ComponentStatus, Impact, IncidentStatus};
use crate::time::Time;

/// The incident that an entry becomes; it touches `components`, by their ids.
pub(super) fn incident(telling: &mut Telling<'_>, components: &[String]) -> Incident {
    let entry = telling.entry;
    let mut story = telling.story();
    let mut is_known = entry.is_start_known;
    let mut said = std::mem::take(&mut story.said);
    date_ends(telling, &mut said, &mut is_known);
    let (mut told, mut waiting) = dated(said);
    if is_over(telling, &told) {
        end(telling, &mut told, &mut waiting, &mut is_known);
    } else {
        // No later time is known, so what was added stays with the text that it was added to.
        let last = told.pop().unwrap_or_else(|| wordless(entry.start, Label::Initial));
        told.push(below(last, &std::mem::take(&mut waiting)));
    }
    let updates = statuses(telling, told, components);
    let worst = worst(entry.severity);
    let named = components.is_empty() || entry.severity == Severity::Notice;
    Incident {
        title: entry.title.clone(),
        impact: named.then(|| Impact::of(worst)),
        started: Some(entry.start),
        is_duration_unknown: !is_known,
        is_internal: entry.hidden.is_some(),
        updates,
        kept: entry.kept.clone(),
        body: telling.body(String::new(), &story, &waiting),
    }
}

/// The first message was written when it began, the last one when it was over: those are the times that the front
/// matter knows.
fn date_ends(telling: &mut Telling<'_>, said: &mut [Said], is_known: &mut bool) {
    let entry = telling.entry;
    let latest = said.iter().filter_map(|one| one.at).max();
    if let Some(first) = said.first_mut().filter(|first| first.at.is_none() && first.label != Label::Final) {
        first.at = Some(entry.start);
    }
    let Some(last) = said.last_mut().filter(|last| last.label == Label::Final && last.at.is_none()) else { return };
    last.at = entry.end.or(latest).or(Some(entry.start));
    if entry.end.is_none() {
        *is_known = false;
        let line = last.line;
        telling.doubt(
            Some(line),
            "the last message has no time and there is no `resolvedWhen`: when it was over is not known",
        );
    }
}

/// Whether it is over: its key says so, or its last word, or the time of its end.
fn is_over(telling: &mut Telling<'_>, told: &[Said]) -> bool {
    let entry = telling.entry;
    let last = told.last().filter(|last| last.label == Label::Final).map(|last| last.line);
    match (entry.resolved, last, entry.end) {
        (true, ..) => return true,
        (false, Some(line), _) => telling
            .note(line, "`resolved` is not true, yet the last message says that it is over; the message was followed"),
        (false, None, Some(_)) => {
            telling.doubt(
                None,
                "it has a `resolvedWhen` but is not `resolved`: the time was followed; correct it if it goes on",
            );
        }
        (false, None, None) => return false,
    }
    true
}

/// Makes sure that what is over ends, at the time that is known; nothing is said that nobody said.
fn end(telling: &mut Telling<'_>, told: &mut Vec<Said>, waiting: &mut Vec<Said>, is_known: &mut bool) {
    let entry = telling.entry;
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
                telling.note(
                    line,
                    format!("the last message is of {said_at}, `resolvedWhen` says {end}; the latter was taken"),
                );
            }
            return;
        }
    }
    if entry.end.is_none() {
        *is_known = false;
        telling.doubt(None, "it is over, but nothing says since when; it counts as no downtime");
    }
    let latest = told.last().and_then(|last| last.at).unwrap_or(entry.start);
    let at = entry.end.map_or(latest, |end| end.max(latest));
    told.push(with_earlier(wordless(at, Label::Final), &std::mem::take(waiting)));
}

/// A beginning or an end of which nobody said a word.
fn wordless(at: Time, label: Label) -> Said {
    Said { at: Some(at), label, text: String::new(), raw: String::new(), taken: Vec::new(), line: 0 }
}

/// An update, and below it what was added at a time that is not known.
fn below(mut said: Said, added: &[Said]) -> Said {
    if !added.is_empty() {
        let pieces: Vec<&str> = std::iter::once(&said).chain(added).map(|one| &*one.raw).collect();
        said.text = pieces.join("\n\n");
        said.taken.clear();
    }
    said
}

/// Gives each update its status: a word that means none keeps the status before it.
fn statuses(telling: &mut Telling<'_>, told: Vec<Said>, components: &[String]) -> Vec<Update<IncidentStatus>> {
    let worst = worst(telling.entry.severity);
    let mut updates: Vec<Update<IncidentStatus>> = Vec::new();
    for mut said in told {
        let at = said.at.unwrap_or(telling.entry.start);
        let before = updates.last().map(|update| update.status);
        let status = said.label.of_incident().or(before).unwrap_or(IncidentStatus::Investigating);
        telling.take(&mut said);
        match updates.last_mut() {
            Some(last) if last.status == IncidentStatus::Resolved && status == IncidentStatus::Resolved => {
                telling.note(said.line, "said after it was resolved; it is told with the resolution");
                merge(&mut last.body, &telling.convert(&said.raw));
            }
            _ => {
                let touched = if updates.is_empty() { components } else { &[] };
                let components = touched.iter().map(|id| (id.clone(), worst)).collect();
                updates.push(Update { at, status, components, body: telling.convert(&said.text) });
            }
        }
    }
    updates
}

/// cState's `disrupted` covers slowness and partial failure. The worse of the two is taken, so that no
/// number of the new site is better than those of the old one.
fn worst(severity: Severity) -> ComponentStatus {
    match severity {
        Severity::Down => ComponentStatus::MajorOutage,
        Severity::Disrupted => ComponentStatus::PartialOutage,
        Severity::Notice => ComponentStatus::Operational,
    }
}
