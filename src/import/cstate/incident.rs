//! An entry as an incident.

use super::entry::Severity;
use super::split::Part;
use super::story::{Said, dated, with_earlier};
use super::telling::{Telling, implied, merge};
use super::write::{self, Keys};
use crate::document::Node;
use crate::import::history::settle::spelled;
use crate::import::marker::Label;
use crate::import::times;
use crate::model::{ComponentStatus, Impact, IncidentStatus, Visibility};
use crate::time::Time;

/// The file of an incident that touches `components`, by their ids.
pub(super) fn file(telling: &mut Telling<'_>, components: &[String]) -> Vec<u8> {
    let mut story = telling.story();
    date_ends(telling, &mut story.said);
    let untimed = story.said.clone();
    let (mut said, mut waiting) = dated(std::mem::take(&mut story.said));
    resolve(telling, &mut said, &mut waiting);
    let without_later: Vec<usize> = waiting.iter().map(|part| part.line).collect();
    let told: Vec<Part> = untimed.into_iter().filter(|part| !without_later.contains(&part.line)).collect();
    telling.note_untimed(&told);
    let updates = statuses(telling, said);
    let body = telling.body(String::new(), &story, &waiting);
    let keys = keys(telling, &updates, components);
    write::entry(&keys, &telling.entry.kept, &body)
}

/// The first message was written when it began, the last one when it was over: those are the times
/// that the front matter knows.
fn date_ends(telling: &mut Telling<'_>, parts: &mut Vec<Part>) {
    let entry = telling.entry;
    if parts.first().is_none_or(|first| first.label == Label::Final) {
        telling.note_whole("it has no first message; its title stands for it");
        parts.insert(
            0,
            Part {
                label: Label::Initial,
                words: String::new(),
                is_marked: true,
                at: Some(entry.start),
                text: entry.title.clone(),
                line: 0,
            },
        );
    }
    if parts[0].at.is_none() && parts[0].label == Label::Update {
        telling.note(parts[0].line, "marked as an update, but there is no first message: it was dated when it began");
        parts[0].words = if parts[0].words.is_empty() { "Update".to_owned() } else { parts[0].words.clone() };
    }
    parts[0].at.get_or_insert(entry.start);
    let latest = parts.iter().filter_map(|part| part.at).max();
    let Some(last) = parts.last_mut().filter(|last| last.label == Label::Final && last.at.is_none()) else { return };
    last.at = entry.end.or(latest);
    if entry.end.is_none() {
        let line = last.line;
        telling.note(
            line,
            "the last message has no time and there is no `resolvedWhen`; it was dated as the message before it",
        );
    }
}

/// Makes sure that a resolved entry ends with its resolution, at the time that the front matter gives.
fn resolve(telling: &mut Telling<'_>, said: &mut Vec<Said>, waiting: &mut Vec<Part>) {
    let entry = telling.entry;
    let Some(last) = said.last().cloned() else { return };
    if !entry.resolved {
        note_contradiction(telling, &last);
        return;
    }
    let before = if said.len() > 1 { said[said.len() - 2].at } else { entry.start };
    let end = entry.end.unwrap_or(last.at);
    let is_news = matches!(last.label, Label::Update | Label::Unknown) && said.len() > 1;
    let says_so = last.label == Label::Final || (is_news && entry.end.is_some_and(|end| last.at >= end));
    if entry.end.is_none() {
        telling.note_whole(format!(
            "it is resolved, but not when; the last known time was taken ({})",
            times::spoken(last.at)
        ));
    }
    match said.last_mut() {
        Some(last) if says_so => {
            last.label = Label::Final;
            if end != last.at && end >= before {
                let at = std::mem::replace(&mut last.at, end);
                let (said_at, end, line) = (times::spoken(at), times::spoken(end), last.line);
                telling.note(
                    line,
                    format!("the last message is of {said_at}, `resolvedWhen` says {end}; the latter was taken"),
                );
            }
        }
        _ => said.push(resolution(telling, end.max(last.at), waiting)),
    }
}

/// The resolution of an entry that does not tell it.
fn resolution(telling: &mut Telling<'_>, at: Time, waiting: &mut Vec<Part>) -> Said {
    telling.note_whole("it has no message of its resolution; `Resolved.` was written");
    let earlier = std::mem::take(waiting);
    implied(at, Label::Final, &with_earlier("Resolved.".to_owned(), &earlier))
}

fn note_contradiction(telling: &mut Telling<'_>, last: &Said) {
    if last.label == Label::Final {
        telling.note(
            last.line,
            "`resolved` is not true, yet the last message says that it is over; the message was followed",
        );
    } else if telling.entry.end.is_some() {
        telling.note_whole("it has a `resolvedWhen` but is not `resolved`; it was imported as open");
    }
}

/// Gives each update its status: a word that means none keeps the status before it.
fn statuses(telling: &mut Telling<'_>, said: Vec<Said>) -> Vec<(IncidentStatus, Said)> {
    let mut updates: Vec<(IncidentStatus, Said)> = Vec::new();
    for mut said in said {
        let before = updates.last().map(|(status, _)| *status);
        let status = said.label.of_incident().or(before).unwrap_or(IncidentStatus::Investigating);
        telling.note_unknown(&said, status.word());
        if said.text.trim().is_empty() {
            telling.note(said.line, "an update without text; its status was written out");
            said.text = spelled(status.word());
        }
        match updates.last_mut() {
            Some((IncidentStatus::Resolved, last)) if status == IncidentStatus::Resolved => {
                telling.note(said.line, "said after it was resolved; it is told with the resolution");
                merge(&mut last.text, &said);
            }
            _ => updates.push((status, said)),
        }
    }
    updates
}

fn keys(telling: &mut Telling<'_>, updates: &[(IncidentStatus, Said)], components: &[String]) -> Keys {
    let entry = telling.entry;
    let mut keys = Keys::default();
    keys.set("title", entry.title.as_str());
    let worst = worst(entry.severity);
    if components.is_empty() || entry.severity == Severity::Notice {
        keys.set("impact", Impact::of(worst).word());
    }
    if let Some((_, first)) = updates.first()
        && first.at > entry.start
    {
        keys.set("started", times::written(entry.start));
    } else if let Some((_, first)) = updates.first().filter(|(_, first)| first.at < entry.start) {
        let (date, at) = (times::spoken(entry.start), times::spoken(first.at));
        telling.note(
            first.line,
            format!(
                "its first message ({at}) is older than its `date` ({date}); it was taken to begin with the message"
            ),
        );
    }
    if entry.hidden.is_some() {
        keys.set("visibility", Visibility::Internal.word());
    }
    let mut list = Vec::new();
    for (index, (status, said)) in updates.iter().enumerate() {
        let components = if index == 0 { components } else { &[] };
        list.push(update(telling, *status, said, (components, worst)));
    }
    keys.node("updates", Node::List(list));
    keys
}

fn update(
    telling: &mut Telling<'_>,
    status: IncidentStatus,
    said: &Said,
    (components, worst): (&[String], ComponentStatus),
) -> Node {
    let mut keys = Keys::default();
    keys.set("at", times::written(said.at));
    keys.set("status", status.word());
    if !components.is_empty() {
        let mut statuses = Keys::default();
        components.iter().for_each(|id| statuses.set(id, worst.word()));
        keys.node("components", statuses.map());
    }
    keys.node("body", write::body(&telling.convert(&said.text)));
    keys.map()
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
