//! Incidents and planned work as Statuspage has them.

use super::answers::Answers;
use super::steps::{self, Step, Words};
use super::wire::{Affected, Component, Incident, Maintenance, Update};
use crate::markdown::{self, Links};
use crate::model::{Id, IncidentStatus, MaintenanceStatus};
use crate::render::code::code;
use crate::time::Time;
use crate::view::{SeenIncident, SeenMaintenance};

pub(super) fn incident<'a>(answers: Answers<'a>, seen: &'a SeenIncident) -> Incident<'a> {
    let incident = &seen.incident;
    let entry = Entry { answers, kind: "incident", slug: &incident.id, steps: steps::of_incident(seen) };
    Incident {
        id: entry.code(),
        name: &incident.title,
        status: if seen.postmortem.is_some() { steps::POSTMORTEM } else { seen.status.word() },
        created_at: entry.time(entry.steps.first().map_or(incident.started, |first| first.at)),
        updated_at: entry.time(seen.changed()),
        monitoring_at: monitored(seen).map(|at| entry.time(at)),
        resolved_at: seen.resolved.map(|at| entry.time(at)),
        impact: incident.impact.word(),
        shortlink: entry.url("incidents"),
        started_at: entry.time(incident.started),
        page_id: &answers.ground.page.id,
        incident_updates: entry.updates(),
        components: entry.components(|component| seen.components.contains_key(component)),
        reminder_intervals: None,
    }
}

/// When it was last declared to be watched after its repair.
fn monitored(seen: &SeenIncident) -> Option<Time> {
    let is_watched = |index: &usize| seen.updates()[*index].status == IncidentStatus::Monitoring;
    let began = |index: &usize| is_watched(index) && (*index == 0 || !is_watched(&(index - 1)));
    (0..seen.updates().len()).rfind(began).map(|index| seen.updates()[index].at)
}

/// Statuspage's `started_at` of planned work is when it was entered; `scheduled_for` is its beginning.
pub(super) fn maintenance<'a>(answers: Answers<'a>, seen: &'a SeenMaintenance) -> Maintenance<'a> {
    let work = &seen.maintenance;
    let entry = Entry { answers, kind: "maintenance", slug: &work.id, steps: steps::of_maintenance(seen) };
    let created = entry.steps.first().map_or(work.from, |first| first.at);
    let updated = entry.steps.last().map_or(work.from, |last| last.at);
    let is_over = seen.status == MaintenanceStatus::Completed;
    let incident = Incident {
        id: entry.code(),
        name: &work.title,
        status: seen.status.word(),
        created_at: entry.time(created),
        updated_at: entry.time(updated),
        monitoring_at: None,
        resolved_at: is_over.then(|| entry.time(updated)),
        impact: "maintenance",
        shortlink: entry.url("maintenance"),
        started_at: entry.time(created),
        page_id: &answers.ground.page.id,
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
    fn code(&self) -> String {
        code(self.kind, self.slug)
    }

    fn url(&self, folder: &str) -> String {
        self.answers.facts.url(&format!("{folder}/{}/", self.slug))
    }

    fn time(&self, time: Time) -> String {
        time.rfc3339_in(self.answers.facts.site.settings.zone)
    }

    /// The components for which `is_touched` holds, as they are now.
    fn components(&self, is_touched: impl Fn(&Id) -> bool) -> Vec<&'a Component> {
        let ground = self.answers.ground;
        let touched: Vec<&str> =
            ground.names.iter().filter(|(id, _)| is_touched(id)).map(|(_, name)| &*name.code).collect();
        ground.components.iter().filter(|component| touched.contains(&&*component.id)).collect()
    }

    /// Newest first.
    fn updates(&self) -> Vec<Update> {
        self.steps.iter().rev().map(|step| self.update(step)).collect()
    }

    fn update(&self, step: &Step<'_>) -> Update {
        let at = self.time(step.at);
        Update {
            id: code("update", &format!("{}/{}/{}", self.kind, self.slug, step.key)),
            status: step.status,
            body: self.body(step.words),
            incident_id: self.code(),
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
            let name = self.answers.ground.names.get(change.component)?;
            let (old_status, new_status) = (change.old.word(), change.new.word());
            Some(Affected { code: name.code.clone(), name: name.full.clone(), old_status, new_status })
        });
        changes.collect()
    }

    /// Plain text, since that is what most readers show.
    fn body(&self, words: Words<'_>) -> String {
        let facts = self.answers.facts;
        let messages = &facts.theme.messages;
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
