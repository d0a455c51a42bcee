//! Incidents, maintenance and announcements as an import gathers them, and their files.

pub(in crate::import) use super::location::Location;
use super::settle::tidy;
use super::update::Status;
pub(in crate::import) use super::update::UpdateDraft;
use super::write::{self, Keys};
use crate::characters::carried;
use crate::document::Node;
use crate::import::Notes;
use crate::import::times::spoken;
use crate::model::{ComponentStatus, Impact, IncidentStatus, MaintenanceStatus, Visibility};
use crate::time::Time;

/// An incident.
#[derive(Default)]
pub(in crate::import) struct IncidentDraft {
    pub title: String,
    /// None if it follows from the components.
    pub impact: Option<Impact>,
    /// When it began, if before its first update.
    pub started: Option<Time>,
    /// Whether nobody knows when it began or ended.
    pub is_duration_unknown: bool,
    pub is_internal: bool,
    pub updates: Vec<UpdateDraft<IncidentStatus>>,
    /// Lines that are kept as comments.
    pub kept: Vec<String>,
    /// Text of its own, besides its updates.
    pub body: String,
}

/// Planned work.
pub(in crate::import) struct MaintenanceDraft {
    pub title: String,
    pub from: Time,
    /// After `from`; none where the source does not say it.
    pub until: Option<Time>,
    /// Whether nobody knows how long it took.
    pub is_duration_unknown: bool,
    /// Ids, each once.
    pub components: Vec<String>,
    /// What customers feel of those of which it is told.
    pub impact: Vec<(String, ComponentStatus)>,
    pub updates: Vec<UpdateDraft<MaintenanceStatus>>,
    /// Lines that are kept as comments.
    pub kept: Vec<String>,
    /// The description.
    pub body: String,
}

/// An announcement.
pub(in crate::import) struct AnnouncementDraft {
    pub title: String,
    pub from: Time,
    /// After `from`.
    pub until: Option<Time>,
    pub is_pinned: bool,
    /// Whether the old home did not show it either.
    pub is_off_home: bool,
    /// Lines that are kept as comments.
    pub kept: Vec<String>,
    pub body: String,
}

impl IncidentDraft {
    /// Whether its last word does not say that it is over.
    pub(in crate::import) fn is_open(&self) -> bool {
        let last = self.updates.iter().max_by_key(|update| update.at);
        last.is_none_or(|last| last.status != IncidentStatus::Resolved)
    }

    /// When its last word was said.
    pub(in crate::import) fn last(&self) -> Option<Time> {
        self.updates.iter().map(|update| update.at).max()
    }

    /// The file; it must have an update.
    pub(in crate::import) fn file(mut self, location: &Location, notes: &mut Notes) -> Vec<u8> {
        tidy(&mut self.updates, location, notes);
        let mut keys = Keys::default();
        keys.set("title", titled(&self.title, location, notes));
        if let Some(impact) = self.impact {
            keys.set("impact", impact.word());
        }
        let first = self.updates.first().map(|update| update.at);
        if let Some((started, first)) = self.started.zip(first).filter(|(started, first)| first < started) {
            let (started, first) = (spoken(started), spoken(first));
            location.doubt(
                notes,
                &format!("it began on {started}, and an update of it is of {first}: it was taken to begin with that"),
            );
        }
        if let Some(started) = self.started.filter(|started| first.is_some_and(|first| *started < first)) {
            keys.set("started", write::time(started));
        }
        if self.is_internal {
            keys.set("visibility", Visibility::Internal.word());
        }
        if self.is_duration_unknown {
            keys.node("duration_known", Node::Bool(false));
        }
        keys.node("updates", list(&self.updates));
        write::entry(&keys, &self.kept, &self.body)
    }
}

impl MaintenanceDraft {
    /// When it was over, or last spoken of.
    pub(in crate::import) fn last(&self) -> Time {
        self.updates.iter().map(|update| update.at).fold(self.until.unwrap_or(self.from), Time::max)
    }

    /// The file.
    pub(in crate::import) fn file(mut self, location: &Location, notes: &mut Notes) -> Vec<u8> {
        tidy(&mut self.updates, location, notes);
        let mut keys = Keys::default();
        keys.set("title", titled(&self.title, location, notes));
        let mut window = Keys::default();
        window.set("from", write::time(self.from));
        if let Some(until) = self.until {
            window.set("until", write::time(until));
        }
        keys.node("scheduled", window.map());
        keys.node("components", Node::List(self.components.into_iter().map(Node::Text).collect()));
        if !self.impact.is_empty() {
            let mut impact = Keys::default();
            self.impact.iter().for_each(|(id, status)| impact.set(id, status.word()));
            keys.node("impact", impact.map());
        }
        if self.is_duration_unknown {
            keys.node("duration_known", Node::Bool(false));
        }
        if !self.updates.is_empty() {
            keys.node("updates", list(&self.updates));
        }
        write::entry(&keys, &self.kept, &self.body)
    }
}

/// What to say of work whose planned end the source does not give.
pub(in crate::import) fn endless(is_duration_unknown: bool) -> &'static str {
    if is_duration_unknown {
        "it does not say when it was planned to end, nor when it was over: both are left out, and it counts as no downtime"
    } else {
        "it does not say when it was planned to end: `until` is left out, and an update ends it"
    }
}

impl AnnouncementDraft {
    /// One that is up from `from` on, in its place and nowhere else.
    pub(in crate::import) fn new(title: String, from: Time, body: String) -> AnnouncementDraft {
        AnnouncementDraft { title, from, until: None, is_pinned: false, is_off_home: false, kept: Vec::new(), body }
    }

    /// The file.
    pub(in crate::import) fn file(self, location: &Location, notes: &mut Notes) -> Vec<u8> {
        let mut keys = Keys::default();
        keys.set("title", titled(&self.title, location, notes));
        keys.set("from", write::time(self.from));
        if let Some(until) = self.until {
            keys.set("until", write::time(until));
        }
        if self.is_off_home {
            keys.node("home", Node::Bool(false));
        }
        if self.is_pinned {
            keys.node("pinned", Node::Bool(true));
        }
        write::entry(&keys, &self.kept, &self.body)
    }
}

/// A text on one line, without what no page shows.
pub(in crate::import) fn one_line(text: &str) -> String {
    carried(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn titled(title: &str, location: &Location, notes: &mut Notes) -> String {
    let title = one_line(title);
    if title.is_empty() {
        location.note(notes, "its title says nothing; `Untitled` stands for it");
        return "Untitled".to_owned();
    }
    title
}

fn list<S: Status>(updates: &[UpdateDraft<S>]) -> Node {
    Node::List(updates.iter().map(node).collect())
}

fn node<S: Status>(update: &UpdateDraft<S>) -> Node {
    let mut keys = Keys::default();
    keys.set("at", write::time(update.at));
    keys.set("status", update.status.word());
    if !update.components.is_empty() {
        let mut statuses = Keys::default();
        update.components.iter().for_each(|(id, status)| statuses.set(id, status.word()));
        keys.node("components", statuses.map());
    }
    if !update.body.trim().is_empty() {
        keys.node("body", write::body(&update.body));
    }
    keys.map()
}
