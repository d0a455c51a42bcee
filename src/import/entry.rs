//! Incidents, maintenance and announcements as an import gathers them, and their files. What Candor's
//! rules ask for is put right here, and each repair is noted: updates stand oldest first, none is empty,
//! and none only repeats that it is over.

use super::Notes;
use super::write::{self, Keys};
use crate::characters::carried;
use crate::document::Node;
use crate::model::{ComponentStatus, Impact, IncidentStatus, MaintenanceStatus, Visibility};
use crate::time::Time;

/// Where an entry stands in the source.
#[derive(Clone, Debug, Default)]
pub(super) struct Spot {
    /// The file.
    pub path: String,
    /// Counted from 1; none where the file has no lines to speak of.
    pub line: Option<usize>,
    /// What the entry is called there, such as `#12`; empty if the file is the entry.
    pub name: String,
}

impl Spot {
    /// Notes something about the entry.
    pub(super) fn note(&self, notes: &mut Notes, message: &str) {
        self.note_at(notes, self.line, message);
    }

    /// Notes something about a line of the entry.
    pub(super) fn note_at(&self, notes: &mut Notes, line: Option<usize>, message: &str) {
        let name = if self.name.is_empty() { String::new() } else { format!("`{}`: ", self.name) };
        notes.add(&self.path, line, format!("{name}{message}"));
    }
}

/// The statuses of one kind of entry.
pub(super) trait Status: Copy + PartialEq {
    /// After it only what reopens the entry may follow.
    const LAST: Self;
    /// How the content writes it.
    fn word(self) -> &'static str;
}

impl Status for IncidentStatus {
    const LAST: IncidentStatus = IncidentStatus::Resolved;
    fn word(self) -> &'static str {
        IncidentStatus::word(self)
    }
}

impl Status for MaintenanceStatus {
    const LAST: MaintenanceStatus = MaintenanceStatus::Completed;
    fn word(self) -> &'static str {
        MaintenanceStatus::word(self)
    }
}

/// One word to customers.
pub(super) struct Update<S> {
    pub at: Time,
    pub status: S,
    /// What it says of components, by their ids; empty in maintenance.
    pub components: Vec<(String, ComponentStatus)>,
    pub body: String,
}

/// An incident.
#[derive(Default)]
pub(super) struct Incident {
    pub title: String,
    /// None if it follows from the components.
    pub impact: Option<Impact>,
    /// When it began, if before its first update.
    pub started: Option<Time>,
    pub is_internal: bool,
    pub updates: Vec<Update<IncidentStatus>>,
    /// Lines that are kept as comments.
    pub kept: Vec<String>,
    /// Text of its own, besides its updates.
    pub body: String,
}

/// Planned work.
pub(super) struct Maintenance {
    pub title: String,
    pub from: Time,
    /// After `from`.
    pub until: Time,
    /// Ids, each once.
    pub components: Vec<String>,
    pub updates: Vec<Update<MaintenanceStatus>>,
    /// Lines that are kept as comments.
    pub kept: Vec<String>,
    /// The description.
    pub body: String,
}

/// An announcement.
pub(super) struct Announcement {
    pub title: String,
    pub from: Time,
    /// After `from`.
    pub until: Option<Time>,
    pub is_pinned: bool,
    /// Lines that are kept as comments.
    pub kept: Vec<String>,
    pub body: String,
}

impl Incident {
    /// The file; it must have an update.
    pub(super) fn file(mut self, spot: &Spot, notes: &mut Notes) -> Vec<u8> {
        tidy(&mut self.updates, spot, notes);
        let mut keys = Keys::default();
        keys.set("title", titled(&self.title, spot, notes));
        if let Some(impact) = self.impact {
            keys.set("impact", impact.word());
        }
        let first = self.updates.first().map(|update| update.at);
        if let Some(started) = self.started.filter(|started| first.is_some_and(|first| *started < first)) {
            keys.set("started", write::time(started));
        }
        if self.is_internal {
            keys.set("visibility", Visibility::Internal.word());
        }
        keys.node("updates", list(&self.updates));
        write::entry(&keys, &self.kept, &self.body)
    }
}

impl Maintenance {
    /// The file.
    pub(super) fn file(mut self, spot: &Spot, notes: &mut Notes) -> Vec<u8> {
        tidy(&mut self.updates, spot, notes);
        let mut keys = Keys::default();
        keys.set("title", titled(&self.title, spot, notes));
        let mut window = Keys::default();
        window.set("from", write::time(self.from));
        window.set("until", write::time(self.until));
        keys.node("scheduled", window.map());
        keys.node("components", Node::List(self.components.into_iter().map(Node::Text).collect()));
        if !self.updates.is_empty() {
            keys.node("updates", list(&self.updates));
        }
        write::entry(&keys, &self.kept, &self.body)
    }
}

impl Announcement {
    /// The file.
    pub(super) fn file(self, spot: &Spot, notes: &mut Notes) -> Vec<u8> {
        let mut keys = Keys::default();
        keys.set("title", titled(&self.title, spot, notes));
        keys.set("from", write::time(self.from));
        if let Some(until) = self.until {
            keys.set("until", write::time(until));
        }
        if self.is_pinned {
            keys.node("pinned", Node::Bool(true));
        }
        write::entry(&keys, &self.kept, &self.body)
    }
}

/// A text on one line, without what no page shows.
pub(super) fn one_line(text: &str) -> String {
    carried(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn titled(title: &str, spot: &Spot, notes: &mut Notes) -> String {
    let title = one_line(title);
    if title.is_empty() {
        spot.note(notes, "its title says nothing; `Untitled` stands for it");
        return "Untitled".to_owned();
    }
    title
}

/// `in_progress` as a sentence: `In progress.`
pub(super) fn spelled(word: &str) -> String {
    let words = word.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| format!("{}{}.", first.to_ascii_uppercase(), letters.as_str())).unwrap_or_default()
}

fn tidy<S: Status>(updates: &mut Vec<Update<S>>, spot: &Spot, notes: &mut Notes) {
    updates.sort_by_key(|update| update.at);
    let mut tidied: Vec<Update<S>> = Vec::with_capacity(updates.len());
    for mut update in std::mem::take(updates) {
        update.body = carried(&update.body).into_owned();
        if update.body.trim().is_empty() {
            spot.note(notes, &format!("an update without text; `{}` was written out", update.status.word()));
            update.body = spelled(update.status.word());
        }
        match tidied.last_mut() {
            Some(last) if last.status == S::LAST && update.status == S::LAST => {
                let word = S::LAST.word();
                spot.note(notes, &format!("it is {word} twice; what was said the second time is told with the first"));
                last.body = format!("{}\n\n{}", last.body.trim_end(), update.body.trim_start());
            }
            _ => tidied.push(update),
        }
    }
    *updates = tidied;
}

fn list<S: Status>(updates: &[Update<S>]) -> Node {
    Node::List(updates.iter().map(node).collect())
}

fn node<S: Status>(update: &Update<S>) -> Node {
    let mut keys = Keys::default();
    keys.set("at", write::time(update.at));
    keys.set("status", update.status.word());
    if !update.components.is_empty() {
        let mut statuses = Keys::default();
        update.components.iter().for_each(|(id, status)| statuses.set(id, status.word()));
        keys.node("components", statuses.map());
    }
    keys.node("body", write::body(&update.body));
    keys.map()
}
