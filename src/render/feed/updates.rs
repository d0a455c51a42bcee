//! The entries of `updates.atom`: one an update, for those who want each word once.
//!
//! They are the updates that the API has, with its codes: also those that the clock gave.

use std::sync::Arc;

use super::{Entry, Kind, body, tag, xml_clean};
use crate::markdown::plain;
use crate::model::Id;
use crate::render::api::steps::{self, Step};
use crate::render::code::code;
use crate::render::facts::Facts;
use crate::render::telling::{anchor, markdown};
use crate::time::Time;

/// The latest [`super::ENTRIES`], newest first.
pub(super) fn entries(facts: &Facts) -> Vec<Arc<Entry>> {
    let mut order: Vec<(Time, Kind, usize, usize)> = Vec::new();
    for (index, seen) in facts.incidents.iter().enumerate() {
        let postmortem = seen.postmortem.iter().map(|message| message.published);
        let times = seen.updates().iter().map(|update| update.at).chain(postmortem);
        order.extend(times.enumerate().map(|(n, at)| (at, Kind::Incident, index, n)));
    }
    for (index, seen) in facts.maintenance.iter().enumerate() {
        let steps = steps::of_maintenance(seen);
        let told = steps.iter().enumerate().filter(|(_, step)| step.at <= facts.now());
        order.extend(told.map(|(n, step)| (step.at, Kind::Maintenance, index, n)));
    }
    order.sort_by_key(|place| std::cmp::Reverse(*place));
    order.truncate(super::ENTRIES);
    order.into_iter().map(|(_, kind, index, n)| Arc::new(entry(facts, kind, index, n))).collect()
}

fn entry(facts: &Facts, kind: Kind, index: usize, n: usize) -> Entry {
    match kind {
        Kind::Incident => {
            let seen = &facts.incidents[index];
            let about = About { facts, kind, id: &seen.incident.id, title: &seen.incident.title };
            about.entry(&steps::of_incident(seen)[n])
        }
        Kind::Maintenance => {
            let seen = &facts.maintenance[index];
            let about = About { facts, kind, id: &seen.maintenance.id, title: &seen.maintenance.title };
            about.entry(&steps::of_maintenance(seen)[n])
        }
    }
}

/// What an update is about.
struct About<'a> {
    facts: &'a Facts,
    kind: Kind,
    id: &'a Id,
    title: &'a str,
}

impl About<'_> {
    fn entry(&self, step: &Step<'_>) -> Entry {
        let (kind, folder) = match self.kind {
            Kind::Incident => ("incident", "incidents"),
            Kind::Maintenance => ("maintenance", "maintenance"),
        };
        let anchor = anchor(&step.key);
        let status = self.facts.theme.messages.get(step.status);
        let text = markdown(self.facts, step.words);
        Entry {
            tag: tag(self.facts, "IncidentUpdate", &code("update", &format!("{kind}/{}/{}", self.id, step.key))),
            title: xml_clean(&format!("{status}: {}", self.title)),
            url: self.facts.url(&format!("{folder}/{}/{anchor}", self.id)),
            published: step.at,
            updated: step.at,
            content: xml_clean(&body(self.facts, &text)),
            summary: xml_clean(&plain(&text)),
        }
    }
}
