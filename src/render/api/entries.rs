//! Incidents and planned work as Statuspage has them.

use super::answers::Answers;
use super::steps::{self, Step, Words};
use super::wire::{Affected, Component, Incident, Maintenance, Update};
use crate::markdown::{self, Links};
use crate::model::{Id, IncidentStatus, MaintenanceStatus};
use crate::paths;
use crate::render::public_id::public_id;
use crate::time::Time;
use crate::view::{IncidentSnapshot, MaintenanceSnapshot};

pub(super) fn incident<'a>(answers: Answers<'a>, snapshot: &'a IncidentSnapshot) -> Incident<'a> {
    let incident = &snapshot.incident;
    let entry = Entry { answers, kind: "incident", slug: &incident.id, steps: steps::of_incident(snapshot) };
    Incident {
        id: entry.public_id(),
        name: &incident.title,
        status: if snapshot.postmortem.is_some() { steps::POSTMORTEM } else { snapshot.status.word() },
        created_at: entry.time(entry.steps.first().map_or(incident.started, |first| first.at)),
        updated_at: entry.time(snapshot.changed()),
        monitoring_at: monitored(snapshot).map(|at| entry.time(at)),
        resolved_at: snapshot.resolved.map(|at| entry.time(at)),
        impact: incident.impact.word(),
        shortlink: answers.facts.look.url(&paths::incident(&incident.id)),
        started_at: entry.time(incident.started),
        page_id: &answers.context.page.id,
        incident_updates: entry.updates(),
        components: entry.components(|component| snapshot.components.contains_key(component)),
        reminder_intervals: None,
    }
}

/// When it was last declared to be watched after its repair.
fn monitored(snapshot: &IncidentSnapshot) -> Option<Time> {
    let is_watched = |index: &usize| snapshot.updates()[*index].status == IncidentStatus::Monitoring;
    let began = |index: &usize| is_watched(index) && (*index == 0 || !is_watched(&(index - 1)));
    (0..snapshot.updates().len()).rfind(began).map(|index| snapshot.updates()[index].at)
}

/// Statuspage's `started_at` of planned work is when it was entered; `scheduled_for` is its beginning.
pub(super) fn maintenance<'a>(answers: Answers<'a>, snapshot: &'a MaintenanceSnapshot) -> Maintenance<'a> {
    let work = &snapshot.maintenance;
    let entry = Entry { answers, kind: "maintenance", slug: &work.id, steps: steps::of_maintenance(snapshot) };
    let created = entry.steps.first().map_or(work.from, |first| first.at);
    let updated = entry.steps.last().map_or(work.from, |last| last.at);
    let is_over = snapshot.status == MaintenanceStatus::Completed;
    let incident = Incident {
        id: entry.public_id(),
        name: &work.title,
        status: snapshot.status.word(),
        created_at: entry.time(created),
        updated_at: entry.time(updated),
        monitoring_at: None,
        resolved_at: is_over.then(|| entry.time(updated)),
        impact: "maintenance",
        shortlink: answers.facts.look.url(&paths::maintenance(&work.id)),
        started_at: entry.time(created),
        page_id: &answers.context.page.id,
        incident_updates: entry.updates(),
        components: entry.components(|component| work.components.contains(component)),
        reminder_intervals: None,
    };
    Maintenance { incident, scheduled_for: entry.time(work.from), scheduled_until: entry.time(work.until) }
}

/// What incidents and planned work have in common.
struct Entry<'a> {
    answers: Answers<'a>,
    kind: &'static str,
    slug: &'a Id,
    steps: Vec<Step<'a>>,
}

impl<'a> Entry<'a> {
    fn public_id(&self) -> String {
        public_id(self.kind, self.slug)
    }

    fn time(&self, time: Time) -> String {
        time.rfc3339_in(self.answers.facts.site.settings.zone)
    }

    /// The components for which `is_touched` holds, as they are now.
    fn components(&self, is_touched: impl Fn(&Id) -> bool) -> Vec<&'a Component> {
        let context = self.answers.context;
        let touched: Vec<&str> =
            context.names.iter().filter(|(id, _)| is_touched(id)).map(|(_, name)| &*name.code).collect();
        context.components.iter().filter(|component| touched.contains(&&*component.id)).collect()
    }

    /// Newest first.
    fn updates(&self) -> Vec<Update> {
        self.steps.iter().rev().map(|step| self.update(step)).collect()
    }

    fn update(&self, step: &Step<'_>) -> Update {
        let at = self.time(step.at);
        Update {
            id: public_id("update", &format!("{}/{}/{}", self.kind, self.slug, step.key)),
            status: step.status,
            body: self.body(step.words),
            incident_id: self.public_id(),
            created_at: at.clone(),
            updated_at: at.clone(),
            display_at: at,
            affected_components: self.affected(step),
            deliver_notifications: true,
            custom_tweet: None,
            tweet_id: None,
        }
    }

    fn affected(&self, step: &Step<'_>) -> Vec<Affected> {
        let changes = step.changes.iter().filter_map(|change| {
            let name = self.answers.context.names.get(change.component)?;
            let (old_status, new_status) = (change.old.word(), change.new.word());
            Some(Affected { code: name.code.clone(), name: name.full.clone(), old_status, new_status })
        });
        changes.collect()
    }

    /// Plain text, since that is what most readers show.
    fn body(&self, words: Words<'_>) -> String {
        let facts = self.answers.facts;
        let messages = &facts.look.theme.messages;
        let plain = |text: &str| markdown::text(text, Links::Absolute(&facts.site.settings.url));
        match words {
            Words::Written(text) => plain(text),
            Words::Announced(text, description) => format!("{}\n\n{}", plain(text), plain(description)),
            Words::Begun => messages.get("planned_time_begun").to_owned(),
            Words::Over => messages.get("planned_time_over").to_owned(),
            Words::Planned(from, until) => facts.planned(from, until),
        }
    }
}
