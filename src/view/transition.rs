//! When the pages will change without an edit.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::maintenance_story::maintenance_story;
use super::occurrences::occurrences;
use crate::model::{Announcement, ExternalMessage, Id, Incident, Maintenance};
use crate::time::{Time, Zone};

/// The next instant after `now` at which a build would give other pages, although no file changes:
/// an update, announcement or postmortem that comes due, a window that begins or ends, a promised update that
/// becomes overdue, or midnight, when the bars move on by a day.
pub fn next_transition(next_change: Option<Time>, zone: Zone, now: Time) -> Time {
    let midnight = zone.day_start(zone.date(now).plus_days(1));
    next_change.map_or(midnight, |change| change.min(midnight))
}

/// As [`next_transition`], but midnight alone is no change.
pub fn next_change(
    incidents: &[Arc<Incident>],
    maintenance: &[Arc<Maintenance>],
    announcements: &[Announcement],
    messages: &BTreeMap<Id, ExternalMessage>,
    now: Time,
) -> Option<Time> {
    let updates = incidents.iter().flat_map(|incident| &incident.updates).map(|update| update.at);
    let promises = incidents.iter().filter_map(|incident| standing_promise(incident, now));
    // By the files: what will be said of all times of recurring work stands with none of them yet.
    let said = maintenance.iter().flat_map(|work| &work.updates).map(|update| update.at);
    let maintenance: Vec<Arc<Maintenance>> = maintenance.iter().flat_map(|work| occurrences(work, now)).collect();
    let announced = maintenance.iter().filter_map(|work| work.announced());
    let said = said.chain(announced);
    // The story knows what the clock would do if nobody says a word; a word before that is among the updates.
    let by_clock = maintenance.iter().filter_map(|work| maintenance_story(work, now).due);
    let maintenance = said.chain(by_clock);
    let announcements =
        announcements.iter().flat_map(|announcement| std::iter::once(announcement.from).chain(announcement.until));
    let messages = messages.values().map(|message| message.published);
    updates.chain(promises).chain(maintenance).chain(announcements).chain(messages).filter(|time| *time > now).min()
}

/// When the newest update promises the next one. Earlier promises were kept or replaced by it.
fn standing_promise(incident: &Arc<Incident>, now: Time) -> Option<Time> {
    incident.updates.iter().rev().find(|update| update.at <= now)?.next_update
}
