//! The entries of every `updates.atom`: one an update, for those who want each word once.
//!
//! They are the updates that the API has, with its ids: also those that the clock gave.

use std::sync::{Arc, OnceLock};

use super::{FeedEntry, FeedEntryKind, body, is_lasting, tag, touches};
use crate::markdown::plain;
use crate::model::Id;
use crate::paths;
use crate::render::facts::Facts;
use crate::render::published::{fragment, markdown, update_id};
use crate::render::scope::Scope;
use crate::render::text::xml_clean;
use crate::time::Time;
use crate::view::PublishedUpdate;

/// Every update up to now, newest first, and the entries that some feed has wanted.
pub(super) struct UpdateEntries(Vec<(FeedUpdate, OnceLock<Arc<FeedEntry>>)>);

/// An update: when it was said, of what, and its number there.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct FeedUpdate {
    at: Time,
    kind: FeedEntryKind,
    index: usize,
    number: usize,
    /// Whether nothing newer was said there.
    is_newest: bool,
}

impl UpdateEntries {
    pub fn new(facts: &Facts) -> UpdateEntries {
        let incidents = facts.incidents.iter().enumerate();
        let incidents = incidents
            .flat_map(|(index, snapshot)| places(FeedEntryKind::Incident, index, snapshot.published_times().collect()));
        let work = facts.maintenance.iter().enumerate();
        let work = work.flat_map(|(index, snapshot)| {
            let times = snapshot.published().iter().map(|update| update.at).collect();
            places(FeedEntryKind::Maintenance, index, times)
        });
        let announcements = facts.site.announcements.iter().enumerate().map(|(index, announcement)| FeedUpdate {
            at: announcement.from,
            kind: FeedEntryKind::Announcement,
            index,
            number: 0,
            is_newest: true,
        });
        let mut places: Vec<FeedUpdate> = incidents.chain(work).chain(announcements).collect();
        places.sort_by(|a, b| b.cmp(a));
        UpdateEntries(places.into_iter().map(|place| (place, OnceLock::new())).collect())
    }

    /// Those of the scope, newest first: the latest [`super::ENTRIES`], what was said lately, and the newest word on
    /// what goes on.
    pub fn entries(&self, facts: &Facts, scope: &Scope) -> Vec<Arc<FeedEntry>> {
        let own = self.0.iter().filter(|(place, _)| touches(facts, scope, place.kind, place.index)).enumerate();
        let listed = own.filter(|(number, (place, _))| {
            *number < super::ENTRIES || place.is_newest && is_lasting(facts, place.at, place.kind, place.index)
        });
        let made = listed.map(|(_, (place, made))| Arc::clone(made.get_or_init(|| Arc::new(entry(facts, place)))));
        made.collect()
    }
}

/// What was said of an entry at these times.
fn places(kind: FeedEntryKind, index: usize, times: Vec<Time>) -> impl Iterator<Item = FeedUpdate> {
    let last = times.len();
    times.into_iter().enumerate().map(move |(number, at)| FeedUpdate {
        at,
        kind,
        index,
        number,
        is_newest: number + 1 == last,
    })
}

fn entry(facts: &Facts, place: &FeedUpdate) -> FeedEntry {
    match place.kind {
        FeedEntryKind::Incident => {
            let snapshot = &facts.incidents[place.index];
            let (id, title) = (snapshot.incident.first_id(), &snapshot.incident.title);
            let about =
                UpdatedEntry { facts, kind: "incident", page: paths::incident(&snapshot.incident.id), id, title };
            about.entry(&snapshot.published()[place.number])
        }
        FeedEntryKind::Maintenance => {
            let snapshot = &facts.maintenance[place.index];
            let work = &snapshot.maintenance;
            let (id, title) = (work.first_id(), &work.title);
            let about = UpdatedEntry { facts, kind: "maintenance", page: paths::maintenance(&work.id), id, title };
            about.entry(&snapshot.published()[place.number])
        }
        FeedEntryKind::Announcement => {
            let entry = super::announcement(facts, place.index);
            let word = facts.look.theme.messages.get("announcement_word");
            FeedEntry { title: xml_clean(&format!("{word}: {}", entry.title)), ..entry }
        }
    }
}

/// What an update is about.
struct UpdatedEntry<'a> {
    facts: &'a Facts,
    kind: &'static str,
    page: String,
    /// The first that it had.
    id: &'a Id,
    title: &'a str,
}

impl UpdatedEntry<'_> {
    fn entry(&self, update: &PublishedUpdate<'_>) -> FeedEntry {
        let fragment = fragment(&update.key);
        let status = self.facts.look.theme.messages.get(update.status.word());
        let text = markdown(&self.facts.look, update.text);
        FeedEntry {
            guid: String::new(),
            tag: tag(self.facts, "IncidentUpdate", &update_id(self.kind, self.id, update)),
            title: xml_clean(&format!("{status}: {}", self.title)),
            url: self.facts.look.url(&format!("{}{fragment}", self.page)),
            published: update.at,
            updated: update.updated(),
            content: xml_clean(&body(self.facts, &text)),
            summary: xml_clean(&plain(&text)),
        }
    }
}
