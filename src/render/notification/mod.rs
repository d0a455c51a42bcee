//! What customers are told, word by word: updates of incidents and of planned work, those of the clock
//! among them, postmortems, announcements.
//!
//! Each has a key that stays, such as `incident/ID/2`, of which its code is made (see [`super::public_id`]),
//! and a fingerprint of what customers read in it. `build.json` lists both, so that two builds can be
//! compared without the content that they were made from.

mod body;

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::facts::Facts;
use super::published::full_key;
use crate::markdown::{self, Links};
use crate::model::{Announcement, EntryKind, Id};
use crate::time::Time;
use crate::view::{
    IncidentSnapshot, MaintenanceSnapshot, MaintenanceState, PublishedStatus, PublishedUpdate, StatusChange, UpdateKey,
    UpdateText,
};

pub(crate) use crate::markdown::Piece;
pub use body::{NotificationBody, Touched};

/// How far back a build lists what it told, in seconds: a week. What is older is no news.
pub const NEWS: i64 = 7 * 24 * 60 * 60;

/// The form of the list in `build.json`; a reader refuses what is newer.
pub const FORMAT: u64 = 1;

/// Something that customers are told.
pub struct Notification<'a> {
    facts: &'a Facts,
    about: NotifiedEntry<'a>,
    /// When it was said.
    pub at: Time,
    update: Option<PublishedUpdate<'a>>,
}

#[derive(Clone, Copy)]
enum NotifiedEntry<'a> {
    Incident(&'a IncidentSnapshot),
    Maintenance(&'a MaintenanceSnapshot),
    Announcement(&'a Announcement),
}

/// Everything that is told at the time of the build: incidents, maintenance, announcements.
pub fn notifications(facts: &Facts) -> Vec<Notification<'_>> {
    let incidents = facts.incidents.iter().flat_map(|snapshot| {
        let about = NotifiedEntry::Incident(snapshot);
        snapshot.published().into_iter().map(move |update| (about, update))
    });
    let work = facts.maintenance.iter().flat_map(|snapshot| {
        let about = NotifiedEntry::Maintenance(snapshot);
        snapshot.published().into_iter().map(move |update| (about, update))
    });
    let updates = incidents.chain(work);
    let updates = updates.map(|(about, update)| Notification { facts, about, at: update.at, update: Some(update) });
    let announcements = facts.site.announcements.iter();
    let announcements = announcements.map(|announcement| Notification {
        facts,
        about: NotifiedEntry::Announcement(announcement),
        at: announcement.from,
        update: None,
    });
    updates.chain(announcements).collect()
}

/// What `build.json` says of it: the fingerprint of everything told in the last [`NEWS`], by its key, and
/// how much is older. So it does not grow with the history. Postmortems are listed for ever, since they may
/// be told long after the time that they bear.
pub(super) fn list(facts: &Facts) -> Value {
    let since = facts.look.now().plus_seconds(-NEWS);
    let (listed, older): (Vec<_>, Vec<_>) = notifications(facts)
        .into_iter()
        .partition(|notification| notification.counts_from() >= since || notification.is_lasting());
    let fingerprints = listed.iter().map(|notification| (notification.key(), notification.fingerprint())).collect();
    record("public", &facts.site.settings.id_base, since, older.len(), &fingerprints)
}

/// What was told, as builds and the state of an outbox have it: `of` which site, completely `since` when,
/// and how many `older` ones there are.
pub fn record(of: &str, site: &str, since: Time, older: usize, fingerprints: &BTreeMap<String, String>) -> Value {
    json!({ "format": FORMAT, "of": of, "site": site, "since": since.rfc3339(), "older": older, "told": fingerprints })
}

impl Notification<'_> {
    /// `incident/ID/KEY`, `maintenance/ID/KEY` or `announcement/ID`.
    pub fn key(&self) -> String {
        let (kind, id) = (self.kind(), self.first_id());
        self.update.as_ref().map_or_else(|| format!("{kind}/{id}"), |update| full_key(kind, id, update))
    }

    /// When it was news last: what is said of planned work stays news until the work is over, since it may
    /// be put off.
    pub fn counts_from(&self) -> Time {
        match self.about {
            NotifiedEntry::Maintenance(snapshot) if snapshot.state() != MaintenanceState::Past => {
                self.at.max(self.facts.look.now())
            }
            _ => self.at,
        }
    }

    /// Whether it is news whatever time it bears.
    pub fn is_lasting(&self) -> bool {
        self.update.as_ref().is_some_and(|update| update.key == UpdateKey::Postmortem)
    }

    /// Whether another one tells the same.
    pub fn is_repeated(&self) -> bool {
        self.update.as_ref().is_some_and(|update| update.is_repeated)
    }

    /// Changes with what customers read in it: status, text, components, times, and the title of an
    /// announcement. Neither the title of an incident, which all of its updates share, nor the words and
    /// the look of the site, nor Candor's version may change it.
    pub fn fingerprint(&self) -> String {
        match self.about {
            NotifiedEntry::Announcement(announcement) => {
                fingerprint(&[&announcement.title, &plain(&announcement.body)])
            }
            NotifiedEntry::Incident(snapshot) => {
                self.update.as_ref().map(|it| of_update(snapshot, it)).unwrap_or_default()
            }
            NotifiedEntry::Maintenance(snapshot) => {
                self.update.as_ref().map(|it| of_work(snapshot, it)).unwrap_or_default()
            }
        }
    }

    fn kind(&self) -> &'static str {
        match self.about {
            NotifiedEntry::Incident(_) => "incident",
            NotifiedEntry::Maintenance(_) => "maintenance",
            NotifiedEntry::Announcement(_) => "announcement",
        }
    }

    /// The id that it had first, of which its codes are made.
    fn first_id(&self) -> &Id {
        match self.about {
            NotifiedEntry::Incident(snapshot) => snapshot.incident.first_id(),
            NotifiedEntry::Maintenance(snapshot) => snapshot.maintenance.first_id(),
            NotifiedEntry::Announcement(announcement) => announcement.first_id(),
        }
    }

    fn id(&self) -> &Id {
        match self.about {
            NotifiedEntry::Incident(snapshot) => &snapshot.incident.id,
            NotifiedEntry::Maintenance(snapshot) => &snapshot.maintenance.id,
            NotifiedEntry::Announcement(announcement) => &announcement.id,
        }
    }

    fn entry_kind(&self) -> EntryKind {
        match self.about {
            NotifiedEntry::Incident(_) => EntryKind::Incident,
            NotifiedEntry::Maintenance(_) => EntryKind::Maintenance,
            NotifiedEntry::Announcement(_) => EntryKind::Announcement,
        }
    }

    fn changes(&self) -> &[StatusChange<'_>] {
        self.update.as_ref().map_or(&[], |update| &update.changes)
    }
}

/// What the update itself says; the components of earlier ones are not its own.
fn of_update(snapshot: &IncidentSnapshot, update: &PublishedUpdate<'_>) -> String {
    let own = update.index.and_then(|index| snapshot.updates().get(index));
    let components = own.iter().flat_map(|update| &update.components);
    let components: String = components.map(|(id, status)| format!("{id}={};", status.word())).collect();
    let promise = own.and_then(|update| update.next_update).map(Time::rfc3339).unwrap_or_default();
    fingerprint(&[update.status.word(), &fingerprinted(update.text), &components, &promise])
}

/// While work is planned, also when it was planned for and what it touches.
fn of_work(snapshot: &MaintenanceSnapshot, update: &PublishedUpdate<'_>) -> String {
    let plan = is_ahead(update.status).then(|| {
        let components: String = snapshot.maintenance.components.iter().map(|id| format!("{id};")).collect();
        let window = update.window.map(|window| {
            [Some(window.from), window.until].into_iter().flatten().map(Time::rfc3339).collect::<Vec<_>>().join(" ")
        });
        format!("{} {components}", window.unwrap_or_default())
    });
    fingerprint(&[update.status.word(), &fingerprinted(update.text), &plan.unwrap_or_default()])
}

/// Whether an update leaves work to be done, and not under way.
fn is_ahead(status: PublishedStatus) -> bool {
    matches!(status, PublishedStatus::Maintenance(status) if MaintenanceState::from(status) == MaintenanceState::Upcoming)
}

/// The text as far as the content has it.
fn fingerprinted(text: UpdateText<'_>) -> String {
    match text {
        UpdateText::Written(text) | UpdateText::Moved(text, _) => plain(text),
        UpdateText::Announced(text, description) => format!("{}\n\n{}", plain(text), plain(description)),
        UpdateText::Planned(..) | UpdateText::Begun | UpdateText::Over | UpdateText::OverUnknown => String::new(),
    }
}

fn plain(text: &str) -> String {
    // Not the site's own address: it may move.
    markdown::text(text, Links::Absolute("/"))
}

/// The first half of a SHA-256 over the parts and their lengths, in hexadecimal.
fn fingerprint(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    HEXLOWER.encode(&hash.finalize()[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A change of the scheme would send everything of the last week again.
    #[test]
    fn a_fingerprint_is_for_ever() {
        let parts = [
            "investigating",
            &*fingerprinted(UpdateText::Written("Some *customers*\ncannot [pay](/uptime/).")),
            "",
            "",
        ];
        assert_eq!(parts[1], "Some customers cannot pay (/uptime/).");
        // Worked out by other means.
        assert_eq!(fingerprint(&parts), "75dfdcd4610b5cc0");
        assert_ne!(fingerprint(&["a", "b"]), fingerprint(&["ab", ""]));
    }
}
