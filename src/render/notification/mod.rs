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

use super::api::steps::{self, Change, POSTMORTEM, Step, Words};
use super::facts::Facts;
use crate::markdown::{self, Links};
use crate::model::{Announcement, Id};
use crate::time::Time;
use crate::view::{IncidentSnapshot, MaintenanceSnapshot, MaintenanceState};

pub use body::{NotificationBody, Sender, Touched};

/// How far back a build lists what it told, in seconds: a week. What is older is no news.
pub const NEWS: i64 = 7 * 24 * 60 * 60;

/// The form of the list in `build.json`; a reader refuses what is newer.
pub const FORMAT: u64 = 1;

/// Something that customers are told.
pub struct Notification<'a> {
    facts: &'a Facts,
    about: About<'a>,
    /// When it was said.
    pub at: Time,
    step: Option<Step<'a>>,
}

#[derive(Clone, Copy)]
enum About<'a> {
    Incident(&'a IncidentSnapshot),
    Maintenance(&'a MaintenanceSnapshot),
    Announcement(&'a Announcement),
}

/// Everything that is told at the time of the build: incidents, maintenance, announcements.
pub fn notifications(facts: &Facts) -> Vec<Notification<'_>> {
    let incidents = facts.incidents.iter().flat_map(|snapshot| {
        let about = About::Incident(snapshot);
        steps::of_incident(snapshot).into_iter().map(move |step| (about, step))
    });
    let work = facts.maintenance.iter().flat_map(|snapshot| {
        let about = About::Maintenance(snapshot);
        steps::of_maintenance(snapshot).into_iter().map(move |step| (about, step))
    });
    let steps = incidents.chain(work).map(|(about, step)| Notification { facts, about, at: step.at, step: Some(step) });
    let announcements = facts.site.announcements.iter();
    let announcements =
        announcements.map(|said| Notification { facts, about: About::Announcement(said), at: said.from, step: None });
    steps.chain(announcements).collect()
}

/// What `build.json` says of it: the fingerprint of everything told in the last [`NEWS`], by its key, and
/// how much is older. So it does not grow with the history. Postmortems are listed for ever, since they may
/// be told long after the time that they bear.
pub(super) fn list(facts: &Facts) -> Value {
    let since = facts.look.now().plus_seconds(-NEWS);
    let (listed, older): (Vec<_>, Vec<_>) = notifications(facts)
        .into_iter()
        .partition(|notification| notification.counts_from() >= since || notification.is_lasting());
    let told = listed.iter().map(|notification| (notification.key(), notification.fingerprint())).collect();
    record("public", &facts.site.settings.url, since, older.len(), &told)
}

/// What was told, as builds and the state of an outbox have it: `of` which site, completely `since` when,
/// and how many `older` ones there are.
pub fn record(of: &str, site: &str, since: Time, older: usize, told: &BTreeMap<String, String>) -> Value {
    json!({ "format": FORMAT, "of": of, "site": site, "since": since.rfc3339(), "older": older, "told": told })
}

impl Notification<'_> {
    /// `incident/ID/N`, `maintenance/ID/N` or `announcement/ID`; a status in the place of `N` for what no
    /// file says in so many words.
    pub fn key(&self) -> String {
        let (kind, id) = (self.kind(), self.id());
        self.step.as_ref().map_or_else(|| format!("{kind}/{id}"), |step| format!("{kind}/{id}/{}", step.key))
    }

    /// When it was news last: what is said of planned work stays news until the work is over, since it may
    /// be put off.
    pub fn counts_from(&self) -> Time {
        match self.about {
            About::Maintenance(snapshot) if snapshot.state() != MaintenanceState::Past => {
                self.at.max(self.facts.look.now())
            }
            _ => self.at,
        }
    }

    /// Whether it is news whatever time it bears.
    pub fn is_lasting(&self) -> bool {
        self.step.as_ref().is_some_and(|step| step.key == POSTMORTEM)
    }

    /// Changes with what customers read in it: status, text, components, times, and the title of an
    /// announcement. Neither the title of an incident, which all of its updates share, nor the words and
    /// the look of the site, nor Candor's version may change it.
    pub fn fingerprint(&self) -> String {
        match self.about {
            About::Announcement(said) => fingerprint(&[&said.title, &plain(&said.body)]),
            About::Incident(snapshot) => self.step.as_ref().map(|step| of_update(snapshot, step)).unwrap_or_default(),
            About::Maintenance(snapshot) => self.step.as_ref().map(|step| of_work(snapshot, step)).unwrap_or_default(),
        }
    }

    fn kind(&self) -> &'static str {
        match self.about {
            About::Incident(_) => "incident",
            About::Maintenance(_) => "maintenance",
            About::Announcement(_) => "announcement",
        }
    }

    fn id(&self) -> &Id {
        match self.about {
            About::Incident(snapshot) => &snapshot.incident.id,
            About::Maintenance(snapshot) => &snapshot.maintenance.id,
            About::Announcement(said) => &said.id,
        }
    }

    fn changes(&self) -> &[Change<'_>] {
        self.step.as_ref().map_or(&[], |step| &step.changes)
    }
}

/// What the update itself says; the components of earlier ones are not its own.
fn of_update(snapshot: &IncidentSnapshot, step: &Step<'_>) -> String {
    let own = step.key.parse::<usize>().ok().and_then(|number| snapshot.updates().get(number - 1));
    let components = own.iter().flat_map(|update| &update.components);
    let components: String = components.map(|(id, status)| format!("{id}={};", status.word())).collect();
    let promise = own.and_then(|update| update.next_update).map(Time::rfc3339).unwrap_or_default();
    fingerprint(&[step.status, &said(step.words), &components, &promise])
}

/// While work is planned, also when it is planned for and what it touches.
fn of_work(snapshot: &MaintenanceSnapshot, step: &Step<'_>) -> String {
    let work = &snapshot.maintenance;
    let plan = match step.status {
        "scheduled" => {
            let components: String = work.components.iter().map(|id| format!("{id};")).collect();
            format!("{} {} {components}", work.from.rfc3339(), work.until.rfc3339())
        }
        _ => String::new(),
    };
    fingerprint(&[step.status, &said(step.words), &plan])
}

/// The words as far as the content has them.
fn said(words: Words<'_>) -> String {
    match words {
        Words::Written(text) => plain(text),
        Words::Announced(text, description) => format!("{}\n\n{}", plain(text), plain(description)),
        Words::Planned(..) | Words::Begun | Words::Over => String::new(),
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

/// The words of an update as Markdown.
pub(super) fn markdown(facts: &Facts, words: Words<'_>) -> String {
    let messages = &facts.look.theme.messages;
    match words {
        Words::Written(text) => text.to_owned(),
        Words::Announced(text, description) => format!("{text}\n\n{description}"),
        Words::Begun => messages.get("planned_time_begun").to_owned(),
        Words::Over => messages.get("planned_time_over").to_owned(),
        Words::Planned(from, until) => facts.planned(from, until),
    }
}

/// Where an update stands on its page; only what the content writes has a place there.
pub(super) fn anchor(key: &str) -> String {
    match key {
        POSTMORTEM => format!("#{POSTMORTEM}"),
        key if key.parse::<usize>().is_ok() => format!("#update-{key}"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A change of the scheme would send everything of the last week again.
    #[test]
    fn a_fingerprint_is_for_ever() {
        let parts = ["investigating", &*said(Words::Written("Some *customers*\ncannot [pay](/uptime/).")), "", ""];
        assert_eq!(parts[1], "Some customers cannot pay (/uptime/).");
        // Worked out by other means.
        assert_eq!(fingerprint(&parts), "75dfdcd4610b5cc0");
        assert_ne!(fingerprint(&["a", "b"]), fingerprint(&["ab", ""]));
    }
}
