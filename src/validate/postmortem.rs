//! Postmortems: each file by itself.

use std::sync::Arc;

use super::address::address;
use super::entries;
use super::site::severity;
use super::text::{Link, check};
use super::timeline::rows;
use super::{Entry, Frame, entry, external_message, title, word, written_id};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{ActionDoc, At, Document, ImpactDoc, PostmortemDoc, stem_of};
use crate::markdown;
use crate::model::{
    Action, ActionType, CustomerImpact, Id, Mark, Marked, Marks, Postmortem, PostmortemStatus, Precision, Section,
    SectionKind, Vocabulary,
};
use crate::yaml;

/// Reads a postmortem. What it leaves to the incident is filled in later, when all files are known.
pub fn postmortem(path: &str, bytes: impl Into<Arc<[u8]>>, frame: Option<&Frame>) -> Entry<Postmortem> {
    let mut entry = entry(path, bytes, |document, links, id| read(document, links, id, frame));
    // The postmortem's own id is its name, whatever the file is called.
    if let Some(postmortem) = &entry.value {
        entry.id = Some(postmortem.id.clone());
    }
    entry
}

fn read(document: &Document, links: &mut Vec<Link>, file: Option<Id>, frame: Option<&Frame>) -> Option<Postmortem> {
    let doc = PostmortemDoc::read(document);
    check(document, document.body(), None, links);
    let (preface, parts) = markdown::sections(document.body());
    if doc.publish.as_ref().is_some_and(|publish| publish.value) {
        external_message::check(document, &parts);
    }
    let (preface, sections) = (markdown::trimmed(preface).to_owned(), sections(parts));
    let marks = marks(document, &doc);
    let (id, label) = match &doc.id {
        Some(written) => (slug(document, written)?, written.value.clone()),
        None => (file.clone()?, file?.to_string()),
    };
    let ids = |list: &[At<String>]| list.iter().filter_map(|text| written_id(document, text)).collect();
    let references = |list: &[At<String>]| list.iter().filter_map(|text| slug(document, text)).collect();
    let components = doc.components.iter().flatten();
    let postmortem = Postmortem {
        timeline: rows(document, &sections, marks.at(Mark::Started), doc.imported.unwrap_or_default()),
        severity: doc.severity.as_ref().and_then(|name| severity(document, name, &frame?.internal.severities)),
        status: word(document, doc.status.as_ref(), Code::UnknownStatus, "status").unwrap_or(PostmortemStatus::Draft),
        incident: doc.incident.as_ref().and_then(|text| incident(document, text)),
        components: components
            .filter_map(|name| entries::component(document, name, None, frame))
            .map(|found| found.id.clone())
            .collect(),
        detected_by: word(document, doc.detected_by.as_ref(), Code::UnknownWord, "value"),
        trigger: doc.trigger.as_ref().and_then(|text| written_id(document, text)),
        cause: doc.cause.as_ref().and_then(|text| written_id(document, text)),
        recurrence_of: references(&doc.recurrence_of),
        not_recurrence_of: look_alikes(document, &doc),
        actions: actions(document, &doc.actions),
        customer_impact: customer_impact(document, doc.impact),
        factors: doc.factors.into_iter().map(|factor| factor.value).collect(),
        tags: ids(&doc.tags),
        imported: doc.imported.unwrap_or_default(),
        publish: doc.publish.as_ref().is_some_and(|publish| publish.value),
        published: doc.published.as_ref().map(|time| time.value),
        title: title(document, doc.title, "title")?,
        process_change: doc.process_change.map(|text| text.value).filter(|text| !text.trim().is_empty()),
        responders: doc.responders.into_iter().map(|name| name.value).collect(),
        owner: doc.owner,
        commander: doc.commander,
        scribe: doc.scribe,
        first_noticed_by: doc.first_noticed_by,
        id,
        label,
        marks,
        sections,
        preface,
    };
    require_when_reviewed(document, &postmortem, doc.severity.is_some(), doc.cause.is_some());
    Some(postmortem)
}

/// What a postmortem must say from the day it is reviewed on: how bad it was, and the cause by which it is
/// compared with others.
fn require_when_reviewed(document: &Document, postmortem: &Postmortem, has_severity: bool, has_cause: bool) {
    for (key, is_there) in [("severity", has_severity), ("cause", has_cause)] {
        if postmortem.is_reviewed() && !is_there {
            let message = format!("`{key}` is missing, which a {} postmortem must have", postmortem.status.word());
            let place = document.place(&yaml::key("status"));
            let help = format!("add `{key}: …`, or set `status: in-review` until it is known");
            document.report(Diagnostic::error(Code::MissingKey, message).at(place).help(help));
        }
    }
}

/// The slug of a postmortem's name, which may have capitals and dots.
fn slug(document: &Document, text: &At<String>) -> Option<Id> {
    let is_name = text.value.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
    match Id::slug(&text.value) {
        Some(id) if is_name && text.value.len() <= Id::LONGEST => Some(id),
        _ => written_id(document, text),
    }
}

/// The id of an incident, which may be written as the path of its file.
fn incident(document: &Document, text: &At<String>) -> Option<Id> {
    let stem =
        if text.value.ends_with(".md") || text.value.ends_with(".yaml") { stem_of(&text.value) } else { &text.value };
    written_id(document, &At { value: stem.to_owned(), path: text.path.clone() })
}

fn sections(parts: Vec<markdown::Section<'_>>) -> Vec<Section> {
    let sections = parts.into_iter().map(|section| Section {
        kind: SectionKind::of(&section.heading),
        heading: section.heading.trim().to_owned(),
        body: markdown::trimmed(section.body).to_owned(),
    });
    sections.collect()
}

fn marks(document: &Document, doc: &PostmortemDoc) -> Marks {
    let mut precisions = Vec::new();
    for (name, precision) in &doc.precision {
        let mark = Mark::from_word(&name.value);
        let precision: Option<Precision> = word(document, Some(precision), Code::UnknownWord, "precision");
        precisions.extend(mark.zip(precision));
    }
    let times = doc.marks.iter().filter_map(|(name, time)| {
        let mark = Mark::from_word(name)?;
        let said = precisions.iter().find(|(precise, _)| *precise == mark);
        let precision = said.map_or(Precision::Minute, |(_, precision)| *precision);
        Some((mark, Marked { at: time.value, precision, from_incident: false }))
    });
    Marks { times: times.collect() }
}

fn customer_impact(document: &Document, doc: ImpactDoc) -> CustomerImpact {
    let share = doc.users_pct.filter(|share| {
        let fits = (0.0..=100.0).contains(&share.value);
        if !fits {
            let fault =
                Diagnostic::error(Code::OutOfRange, format!("`users_pct` is a percentage, not {}", share.value));
            document.report(fault.at(document.place(&share.path)).help("write a number from 0 to 100"));
        }
        fits
    });
    CustomerImpact {
        users_pct: share.map(|share| share.value),
        users: doc.users,
        requests_failed: doc.requests_failed,
        data_loss: doc.data_loss,
        revenue: doc.revenue,
        support_tickets: doc.support_tickets,
    }
}

fn look_alikes(document: &Document, doc: &PostmortemDoc) -> Vec<(Id, String)> {
    let pairs = doc.not_recurrence_of.iter().filter_map(|other| {
        let id = slug(document, other.id.as_ref()?);
        Some((id?, title(document, other.why.clone(), "reason")?))
    });
    pairs.collect()
}

fn actions(document: &Document, docs: &[ActionDoc]) -> Vec<Action> {
    let mut actions: Vec<Action> = Vec::new();
    for (index, doc) in docs.iter().enumerate() {
        let Some(action) = action(document, doc, index) else { continue };
        match &doc.id {
            Some(id) if actions.iter().any(|earlier| earlier.id == action.id) => {
                let fault = Diagnostic::error(Code::DuplicateId, format!("the action `{}` is listed twice", id.value));
                document.report(fault.at(document.place(&id.path)).help("give each an id of its own"));
            }
            _ => actions.push(action),
        }
    }
    actions
}

fn action(document: &Document, doc: &ActionDoc, index: usize) -> Option<Action> {
    let text = title(document, doc.text.clone(), "action");
    let owner = title(document, doc.owner.clone(), "owner");
    let kind = word(document, doc.kind.as_ref(), Code::UnknownWord, "type of action");
    let link = doc.link.as_ref().and_then(|link| address(document, link));
    Some(Action {
        id: doc.id.as_ref().map_or_else(|| format!("A{}", index + 1), |id| id.value.clone()),
        text: text?,
        kind: kind.unwrap_or(ActionType::Other),
        owner: owner?,
        due: doc.due,
        link,
        done: doc.done,
        priority: doc.priority,
    })
}
