//! The feeds of everything, of each component and of each group. In `history` and in `feed.json`, one
//! entry an incident or maintenance, whose date rises with each update. In `updates`, one entry an update.
//! Announcements are about no component: the feeds of everything have them.

mod atom;
mod json;
mod rss;
mod updates;

use std::sync::{Arc, LazyLock, OnceLock};

use super::facts::Facts;
use super::published;
use super::scope::Scope;
use super::text::{escape, host, xml_clean};
use crate::markdown::{self, Links};
use crate::model::Id;
use crate::output::Route;
use crate::paths;
use crate::theme::Form;
use crate::time::Time;
use crate::view::{MaintenanceState, PublishedUpdate};
pub(super) use atom::link as atom_link;

/// How many entries a feed has; readers fetch all of it each time. What goes on and what changed within [`LATELY`]
/// stands in it all the same: a reader that comes once a day is to miss nothing of a busy one.
pub(super) const ENTRIES: usize = 50;
const LATELY: i64 = 2 * 24 * 60 * 60;

pub(super) fn routes(facts: &Arc<Facts>) -> Vec<Route> {
    let of_stock = Arc::clone(facts);
    // Laid in when the first feed is asked for.
    let stock = Arc::new(LazyLock::new(move || FeedStock::new(&of_stock)));
    let of = |scope: &Scope| {
        FORMATS.map(|(name, make)| scope.routes(&stock, name, move |stock, scope| make(stock, scope))).concat()
    };
    Scope::every(facts).iter().flat_map(of).collect()
}

/// The addresses of the feeds that have what concerns the whole site and no component.
pub(super) fn addresses_of_all(facts: &Facts) -> Vec<String> {
    FORMATS.map(|(name, _)| facts.look.url(name)).to_vec()
}

/// The addresses of the feeds that have an incident or work which touches these components.
pub(super) fn addresses(facts: &Facts, components: &[&Id]) -> Vec<String> {
    let scopes = Scope::every(facts).into_iter().filter(|scope| scope.is_touched(components.iter().copied()));
    scopes.flat_map(|scope| FORMATS.map(|(name, _)| facts.look.url(&format!("{}{name}", scope.folder())))).collect()
}

type FeedFormat = fn(&FeedStock, &Scope) -> String;

/// What every scope has. `maintenance.ics` is not among them: it is a calendar.
const FORMATS: [(&str, FeedFormat); 4] = [
    (paths::HISTORY_ATOM, |stock, scope| atom::feed(&stock.facts, scope, "history", &stock.entries(scope))),
    (paths::HISTORY_RSS, |stock, scope| rss::feed(&stock.facts, scope, &stock.entries(scope))),
    (paths::FEED_JSON, |stock, scope| json::feed(&stock.facts, scope, &stock.entries(scope))),
    (paths::UPDATES_ATOM, |stock, scope| {
        atom::feed(&stock.facts, scope, "updates", &stock.updates.entries(&stock.facts, scope))
    }),
];

/// The entries of all feeds, each made once, when the first feed wants it: an incident stands in the
/// feeds of everything, of its components and of their groups.
struct FeedStock {
    facts: Arc<Facts>,
    updates: updates::UpdateEntries,
    /// The latest update first.
    order: Vec<(Time, FeedEntryKind, usize)>,
    incidents: Vec<OnceLock<Arc<FeedEntry>>>,
    maintenance: Vec<OnceLock<Arc<FeedEntry>>>,
    announcements: Vec<OnceLock<Arc<FeedEntry>>>,
}

impl FeedStock {
    fn new(facts: &Arc<Facts>) -> FeedStock {
        let incidents = facts.incidents.iter().enumerate();
        let incidents = incidents
            .map(|(index, snapshot)| (snapshot.changed(), &snapshot.incident.id, FeedEntryKind::Incident, index));
        let work = facts.maintenance.iter().enumerate();
        let work = work
            .map(|(index, snapshot)| (snapshot.changed(), &snapshot.maintenance.id, FeedEntryKind::Maintenance, index));
        let announcements = facts.site.announcements.iter().enumerate();
        let announcements = announcements.map(|(index, announcement)| {
            (announcement.changed(), &announcement.id, FeedEntryKind::Announcement, index)
        });
        let mut order: Vec<_> = incidents.chain(work).chain(announcements).collect();
        order.sort_by_key(|(changed, id, ..)| std::cmp::Reverse((*changed, *id)));
        FeedStock {
            order: order.into_iter().map(|(changed, _, kind, index)| (changed, kind, index)).collect(),
            incidents: facts.incidents.iter().map(|_| OnceLock::new()).collect(),
            maintenance: facts.maintenance.iter().map(|_| OnceLock::new()).collect(),
            announcements: facts.site.announcements.iter().map(|_| OnceLock::new()).collect(),
            updates: updates::UpdateEntries::new(facts),
            facts: Arc::clone(facts),
        }
    }

    /// Those of the scope, the latest update first.
    fn entries(&self, scope: &Scope) -> Vec<Arc<FeedEntry>> {
        let own = self.order.iter().filter(|(_, kind, index)| touches(&self.facts, scope, *kind, *index)).enumerate();
        let listed = own.filter(|(place, (changed, kind, index))| {
            *place < ENTRIES || is_lasting(&self.facts, *changed, *kind, *index)
        });
        listed.map(|(_, (_, kind, index))| self.entry(*kind, *index)).collect()
    }

    fn entry(&self, kind: FeedEntryKind, index: usize) -> Arc<FeedEntry> {
        let made = match kind {
            FeedEntryKind::Incident => self.incidents[index].get_or_init(|| Arc::new(incident(&self.facts, index))),
            FeedEntryKind::Maintenance => {
                self.maintenance[index].get_or_init(|| Arc::new(maintenance(&self.facts, index)))
            }
            FeedEntryKind::Announcement => {
                self.announcements[index].get_or_init(|| Arc::new(announcement(&self.facts, index)))
            }
        };
        Arc::clone(made)
    }
}

/// Whether it stands in every feed, however many entries are newer.
fn is_lasting(facts: &Facts, changed: Time, kind: FeedEntryKind, index: usize) -> bool {
    let goes_on = match kind {
        FeedEntryKind::Incident => facts.incidents[index].is_open(),
        FeedEntryKind::Maintenance => facts.maintenance[index].state() == MaintenanceState::Running,
        // It may be in force for years, and home shows it.
        FeedEntryKind::Announcement => false,
    };
    goes_on || changed >= facts.look.now().plus_seconds(-LATELY)
}

/// Whether the entry of this number belongs into the feeds of a scope.
fn touches(facts: &Facts, scope: &Scope, kind: FeedEntryKind, index: usize) -> bool {
    match kind {
        FeedEntryKind::Incident => scope.is_touched(facts.incidents[index].components.keys()),
        FeedEntryKind::Maintenance => scope.is_touched(facts.maintenance[index].maintenance.components.iter()),
        FeedEntryKind::Announcement => matches!(scope, Scope::All),
    }
}

/// What a feed says of one thing.
struct FeedEntry {
    /// For ever the same, wherever the site moves (RFC 4151).
    tag: String,
    /// The same for RSS: an address, which may be one that it had before.
    guid: String,
    title: String,
    url: String,
    published: Time,
    updated: Time,
    /// HTML; in the history the newest update first.
    content: String,
    /// Plain text of the newest update.
    summary: String,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum FeedEntryKind {
    Incident,
    Maintenance,
    Announcement,
}

fn tag(facts: &Facts, kind: &str, id: &str) -> String {
    format!("tag:{},2005:{kind}/{id}", host(&facts.site.settings.id_base))
}

/// What RSS knows an entry by: the address that it had first.
fn guid(facts: &Facts, path: &str) -> String {
    format!("{}{path}", facts.site.settings.id_base)
}

fn incident(facts: &Facts, index: usize) -> FeedEntry {
    let snapshot = &facts.incidents[index];
    let published = snapshot.published();
    let newest = published.last().map(|update| published::markdown(&facts.look, update.text)).unwrap_or_default();
    FeedEntry {
        tag: tag(facts, "Incident", snapshot.incident.first_id()),
        guid: guid(facts, &paths::incident(snapshot.incident.first_id())),
        title: xml_clean(&snapshot.incident.title),
        url: facts.look.url(&paths::incident(&snapshot.incident.id)),
        published: snapshot.updates()[0].at,
        updated: snapshot.changed(),
        content: xml_clean(&updates_html(facts, &published)),
        summary: xml_clean(&markdown::plain(&newest)),
    }
}

/// Its dates are those of the content, never that of the build: work of which nobody spoke yet is dated by its
/// planned beginning.
fn maintenance(facts: &Facts, index: usize) -> FeedEntry {
    let snapshot = &facts.maintenance[index];
    let work = &snapshot.maintenance;
    let published = snapshot.published();
    let planned = (!snapshot.is_undated).then(|| facts.look.planned(snapshot.window));
    let plan = planned.as_deref().map(|plan| format!("<p><strong>{}</strong></p>\n", escape(plan)));
    let (updates, description) = (updates_html(facts, &snapshot.listed()), body(facts, &work.description));
    let newest = snapshot.updates().last().map_or(&*work.description, |update| &update.body);
    let summary = planned.into_iter().map(|plan| format!("{plan}. ")).chain([markdown::plain(newest)]);
    FeedEntry {
        tag: tag(facts, "Maintenance", work.first_id()),
        guid: guid(facts, &paths::maintenance(work.first_id())),
        title: xml_clean(&work.title),
        url: facts.look.url(&paths::maintenance(&work.id)),
        published: published.first().map_or(work.scheduled.from, |first| first.at),
        updated: snapshot.changed(),
        content: xml_clean(&format!("{}{updates}{description}", plan.unwrap_or_default())),
        summary: xml_clean(&summary.collect::<String>()),
    }
}

/// It is news once; what is corrected in it later is dated by its commit.
fn announcement(facts: &Facts, index: usize) -> FeedEntry {
    let announcement = &facts.site.announcements[index];
    FeedEntry {
        tag: tag(facts, "Announcement", announcement.first_id()),
        guid: guid(facts, &paths::announcement(announcement.first_id())),
        title: xml_clean(&announcement.title),
        url: facts.look.url(&paths::announcement(&announcement.id)),
        published: announcement.from,
        updated: announcement.changed(),
        content: xml_clean(&body(facts, &announcement.body)),
        summary: xml_clean(&markdown::plain(&announcement.body)),
    }
}

/// The updates, newest first. The description of planned work stands at the end of its entry.
fn updates_html(facts: &Facts, published: &[PublishedUpdate<'_>]) -> String {
    published.iter().rev().map(|update| said_once(facts, update)).collect()
}

/// One update, in the form that readers of Statuspage's feeds know: time, status in bold, a hyphen,
/// the text.
fn said_once(facts: &Facts, update: &PublishedUpdate<'_>) -> String {
    let time = escape(&facts.look.format().time(update.at, Form::Full));
    let label = escape(facts.look.theme.messages.get(update.status.word()));
    let head = format!("<p><small>{time}</small><br><strong>{label}</strong> - ");
    let text = published::own_markdown(&facts.look, update.text);
    let html = body(facts, &text);
    match html.strip_prefix("<p>") {
        Some(rest) => format!("{head}{rest}\n"),
        None => format!("{head}</p>\n{html}\n"),
    }
}

fn body(facts: &Facts, text: &str) -> String {
    let files = facts.look.file_url("");
    let (pages, files) = (Links::Absolute(&facts.site.settings.url), Links::Absolute(&files));
    markdown::html(text, Links::Beside { pages: &pages, files: &files, is_shared: paths::is_shared }, 3)
}

/// When the feed last changed; the beginning of Unix time if it is empty.
fn updated(entries: &[Arc<FeedEntry>]) -> Time {
    entries.iter().map(|entry| entry.updated).max().unwrap_or(Time::from_millis(0))
}
