//! Incidents and planned work as Statuspage has them.

use super::context::ApiContext;
use super::wire::{ApiAffected, ApiComponent, ApiIncident, ApiMaintenance, ApiUpdate};
use crate::markdown::{self, Links};
use crate::model::{EntryKind, Id, IncidentStatus, MaintenanceStatus};
use crate::paths;
use crate::render::facts::Facts;
use crate::render::public_id::public_id;
use crate::render::published::{self, update_id};
use crate::time::Time;
use crate::view::{IncidentSnapshot, MaintenanceSnapshot, PublishedStatus, PublishedUpdate};

pub(super) fn incident<'a>(
    facts: &'a Facts,
    context: &'a ApiContext,
    snapshot: &'a IncidentSnapshot,
) -> ApiIncident<'a> {
    let incident = &snapshot.incident;
    let status = snapshot.postmortem.as_ref().map_or(snapshot.status.word(), |_| PublishedStatus::Postmortem.word());
    let entry = ApiEntry {
        facts,
        context,
        kind: "incident",
        entry: EntryKind::Incident,
        own: &incident.id,
        slug: incident.first_id(),
        updates: snapshot.published(),
    };
    ApiIncident {
        id: entry.public_id(),
        name: &incident.title,
        status,
        created_at: entry.time(entry.updates.first().map_or(incident.started, |first| first.at)),
        updated_at: entry.time(snapshot.changed()),
        monitoring_at: monitored(snapshot).map(|at| entry.time(at)),
        resolved_at: snapshot.resolved.map(|at| entry.time(at)),
        impact: incident.impact.word(),
        shortlink: facts.look.url(&paths::incident(&incident.id)),
        started_at: entry.time(incident.started),
        page_id: &context.page.id,
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
pub(super) fn maintenance<'a>(
    facts: &'a Facts,
    context: &'a ApiContext,
    snapshot: &'a MaintenanceSnapshot,
) -> ApiMaintenance<'a> {
    let work = &snapshot.maintenance;
    let entry = ApiEntry {
        facts,
        context,
        kind: "maintenance",
        entry: EntryKind::Maintenance,
        own: &work.id,
        slug: work.first_id(),
        updates: snapshot.published(),
    };
    let created = entry.updates.first().map_or(snapshot.window.from, |first| first.at);
    let updated = snapshot.changed();
    let incident = ApiIncident {
        id: entry.public_id(),
        name: &work.title,
        status: known_status(PublishedStatus::Maintenance(snapshot.status)),
        created_at: entry.time(created),
        updated_at: entry.time(updated),
        monitoring_at: None,
        resolved_at: snapshot.over().map(|over| entry.time(over.at)),
        impact: "maintenance",
        shortlink: facts.look.url(&paths::maintenance(&work.id)),
        started_at: entry.time(created),
        page_id: &context.page.id,
        incident_updates: entry.updates(),
        components: entry.components(|component| work.components.contains(component)),
        reminder_intervals: None,
    };
    let (from, until) = (entry.time(snapshot.window.from), snapshot.window.until.map(|until| entry.time(until)));
    ApiMaintenance { incident, scheduled_for: from, scheduled_until: until }
}

/// Statuspage has no words for work that is put off or given up: programs that read it wait for the one, and are
/// done with the other.
fn known_status(status: PublishedStatus) -> &'static str {
    match status {
        PublishedStatus::Maintenance(MaintenanceStatus::Postponed) => MaintenanceStatus::Scheduled.word(),
        PublishedStatus::Maintenance(MaintenanceStatus::Cancelled) => MaintenanceStatus::Completed.word(),
        status => status.word(),
    }
}

/// What incidents and planned work have in common.
struct ApiEntry<'a> {
    facts: &'a Facts,
    context: &'a ApiContext,
    kind: &'static str,
    entry: EntryKind,
    /// Its own id, and the first that it had.
    own: &'a Id,
    slug: &'a Id,
    updates: Vec<PublishedUpdate<'a>>,
}

impl<'a> ApiEntry<'a> {
    fn public_id(&self) -> String {
        public_id(self.kind, self.slug)
    }

    fn time(&self, time: Time) -> String {
        time.rfc3339_in(self.facts.site.settings.zone)
    }

    /// The components for which `is_touched` holds, as they are now.
    fn components(&self, is_touched: impl Fn(&Id) -> bool) -> Vec<&'a ApiComponent> {
        let context = self.context;
        let touched: Vec<&str> =
            context.names.iter().filter(|(id, _)| is_touched(id)).map(|(_, name)| &*name.code).collect();
        context.components.iter().filter(|component| touched.contains(&&*component.id)).collect()
    }

    /// Newest first.
    fn updates(&self) -> Vec<ApiUpdate> {
        self.updates.iter().rev().map(|update| self.update(update)).collect()
    }

    fn update(&self, update: &PublishedUpdate<'_>) -> ApiUpdate {
        let at = self.time(update.at);
        ApiUpdate {
            id: update_id(self.kind, self.slug, update),
            status: known_status(update.status),
            body: self.body(update),
            incident_id: self.public_id(),
            created_at: at.clone(),
            updated_at: self.time(update.updated()),
            display_at: at,
            affected_components: self.affected(update),
            deliver_notifications: true,
            custom_tweet: None,
            tweet_id: None,
        }
    }

    fn affected(&self, update: &PublishedUpdate<'_>) -> Vec<ApiAffected> {
        let changes = update.changes.iter().filter_map(|change| {
            let name = self.context.names.get(change.component)?;
            let met = self.facts.concurrent().met(*change, update.at, (self.entry, self.own));
            let (old_status, new_status) = (met.old.word(), met.new.word());
            Some(ApiAffected { code: name.code.clone(), name: name.full.clone(), old_status, new_status })
        });
        changes.collect()
    }

    /// Plain text, since that is what most readers show. A status that Statuspage does not know begins it.
    fn body(&self, update: &PublishedUpdate<'_>) -> String {
        let facts = self.facts;
        let markdown = published::markdown(&facts.look, update.text);
        let text = markdown::text(&markdown, Links::Absolute(&facts.site.settings.url));
        if known_status(update.status) == update.status.word() {
            return text;
        }
        format!("{}: {text}", facts.look.theme.messages.get(update.status.word()))
    }
}
