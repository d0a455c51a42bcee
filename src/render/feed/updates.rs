//! The entries of every `updates.atom`: one an update, for those who want each word once.
//!
//! They are the updates that the API has, with its codes: also those that the clock gave.

use std::sync::{Arc, OnceLock};

use super::{Entry, Kind, body, tag, touches};
use crate::markdown::plain;
use crate::model::Id;
use crate::paths;
use crate::render::api::steps::{self, Step};
use crate::render::facts::Facts;
use crate::render::notification::{anchor, markdown};
use crate::render::public_id::public_id;
use crate::render::scope::Scope;
use crate::render::text::xml_clean;
use crate::time::Time;

/// Every update up to now, newest first, and the entries that some feed has wanted.
pub(super) struct Stock(Vec<(Place, OnceLock<Arc<Entry>>)>);

/// When it was said, of what, and the number of the update there.
type Place = (Time, Kind, usize, usize);

impl Stock {
    pub fn new(facts: &Facts) -> Stock {
        let mut places: Vec<Place> = Vec::new();
        for (index, snapshot) in facts.incidents.iter().enumerate() {
            let postmortem = snapshot.postmortem.iter().map(|message| message.published);
            let times = snapshot.updates().iter().map(|update| update.at).chain(postmortem);
            places.extend(times.enumerate().map(|(n, at)| (at, Kind::Incident, index, n)));
        }
        for (index, snapshot) in facts.maintenance.iter().enumerate() {
            let steps = steps::of_maintenance(snapshot);
            let told = steps.iter().enumerate().filter(|(_, step)| step.at <= facts.look.now());
            places.extend(told.map(|(n, step)| (step.at, Kind::Maintenance, index, n)));
        }
        places.sort_by_key(|place| std::cmp::Reverse(*place));
        Stock(places.into_iter().map(|place| (place, OnceLock::new())).collect())
    }

    /// The latest [`super::ENTRIES`] of the scope, newest first.
    pub fn entries(&self, facts: &Facts, scope: &Scope) -> Vec<Arc<Entry>> {
        let own = self.0.iter().filter(|((_, kind, index, _), _)| touches(facts, scope, *kind, *index));
        let made = own.take(super::ENTRIES).map(|((_, kind, index, n), made)| {
            Arc::clone(made.get_or_init(|| Arc::new(entry(facts, *kind, *index, *n))))
        });
        made.collect()
    }
}

fn entry(facts: &Facts, kind: Kind, index: usize, n: usize) -> Entry {
    match kind {
        Kind::Incident => {
            let snapshot = &facts.incidents[index];
            let about = About { facts, kind, id: &snapshot.incident.id, title: &snapshot.incident.title };
            about.entry(&steps::of_incident(snapshot)[n])
        }
        Kind::Maintenance => {
            let snapshot = &facts.maintenance[index];
            let about = About { facts, kind, id: &snapshot.maintenance.id, title: &snapshot.maintenance.title };
            about.entry(&steps::of_maintenance(snapshot)[n])
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
        let (kind, page) = match self.kind {
            Kind::Incident => ("incident", paths::incident(self.id)),
            Kind::Maintenance => ("maintenance", paths::maintenance(self.id)),
        };
        let anchor = anchor(&step.key);
        let status = self.facts.look.theme.messages.get(step.status);
        let text = markdown(self.facts, step.words);
        Entry {
            tag: tag(self.facts, "IncidentUpdate", &public_id("update", &format!("{kind}/{}/{}", self.id, step.key))),
            title: xml_clean(&format!("{status}: {}", self.title)),
            url: self.facts.look.url(&(page + &anchor)),
            published: step.at,
            updated: step.at,
            content: xml_clean(&body(self.facts, &text)),
            summary: xml_clean(&plain(&text)),
        }
    }
}
