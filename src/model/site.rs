//! The site and its entries.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    Component, ComponentStatus, Detection, Edits, Id, Impact, IncidentStatus, InternalSettings, MaintenanceStatus,
    Mark, Postmortem, Settings, TemplateStatus, Translations, Visibility, Window,
};
use crate::recurrence::Recurrence;
use crate::time::{Date, Time};

/// Everything the content says, public and internal.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// What the public pages are made with.
    pub settings: Settings,
    /// What only the company may know.
    pub internal: InternalSettings,
    /// In the order of the pages.
    pub groups: Vec<Arc<Group>>,
    /// In the order of the pages.
    pub components: Vec<Arc<Component>>,
    /// What the company knows about a component, by its id.
    pub services: BTreeMap<Id, ServiceCard>,
    /// Oldest first.
    pub incidents: Vec<IncidentRecord>,
    /// By start, earliest first.
    pub maintenance: Vec<Arc<Maintenance>>,
    /// Planned work that waited for its time when its file was taken away: no more than when that was to be. Calendars have
    /// it, and are told that it does not take place.
    pub withdrawn: Vec<Arc<Maintenance>>,
    /// By start, earliest first.
    pub announcements: Vec<Announcement>,
    /// By `order`, then by title.
    pub pages: Vec<PageRecord>,
    /// By the time at which it happened, earliest first.
    pub postmortems: Vec<Arc<Postmortem>>,
    /// By id. They are never published.
    pub templates: Vec<Template>,
}

/// Components that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Unique among groups.
    pub id: Id,
    /// As printed.
    pub name: String,
    /// Plain text; may be empty.
    pub description: String,
    /// The same in other languages.
    pub translations: Translations,
}

/// What the company knows about a component.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceCard {
    /// The team.
    pub owner: Option<String>,
    /// URL.
    pub runbook: Option<String>,
    /// URL.
    pub dashboard: Option<String>,
    /// What was read of how much more it can carry, oldest first.
    pub capacity: Vec<Capacity>,
}

impl ServiceCard {
    /// How much more it can carry, as far as that is known.
    pub fn capacity(&self) -> Option<&Capacity> {
        self.capacity.last()
    }

    /// Puts one more reading where its day belongs: behind those of the same day, and one without a day before all others.
    pub fn add_capacity(&mut self, reading: Capacity) {
        let place = self.capacity.partition_point(|known| known.checked <= reading.checked);
        self.capacity.insert(place, reading);
    }
}

/// How much more a component can carry, as it was read once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capacity {
    /// In words: `40 % at peak`.
    pub headroom: Option<String>,
    /// When somebody last looked.
    pub checked: Option<Date>,
    /// URL of the evidence.
    pub source: Option<String>,
}

/// An incident with what only the company may know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct IncidentRecord {
    /// What may be told.
    pub incident: Arc<Incident>,
    /// To whom.
    pub visibility: Visibility,
    /// Who noticed it first.
    pub detected_by: Option<Detection>,
}

impl IncidentRecord {
    /// The marks that its updates tell. An update is written after what it tells of, so a mark that a
    /// postmortem itself gives comes first.
    pub fn marks(&self) -> Vec<(Mark, Time)> {
        let updates = &self.incident.updates;
        let first = |status| updates.iter().find(|update| update.status == status).map(|update| update.at);
        let posted = updates.first().filter(|_| self.visibility == Visibility::Public).map(|update| update.at);
        let resolved =
            updates.last().filter(|update| update.status == IncidentStatus::Resolved).map(|update| update.at);
        let marks = [
            (Mark::Started, Some(self.incident.started)),
            (Mark::StatusPosted, posted),
            (Mark::Identified, first(IncidentStatus::Identified)),
            (Mark::Mitigated, first(IncidentStatus::Monitoring)),
            (Mark::Resolved, resolved),
        ];
        marks.into_iter().filter_map(|(mark, at)| Some((mark, at?))).collect()
    }
}

/// Something that went wrong, as told to customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// Unique among incidents.
    pub id: Id,
    /// The ids that it had before, oldest first; its own where that is the oldest.
    pub aliases: Vec<Id>,
    /// As printed.
    pub title: String,
    /// As written, or from the worst component status of any update.
    pub impact: Impact,
    /// When the impact began.
    pub started: Time,
    /// Whether its beginning and end are known, as far as its author says; if not, it costs nobody a minute of uptime once
    /// it is over.
    pub is_duration_known: bool,
    /// Oldest first; at least one.
    pub updates: Vec<Update>,
    /// Markdown; may be empty.
    pub summary: String,
    /// The same in other languages.
    pub translations: Translations,
    /// What was changed without an update; nothing where its versions are not known.
    pub edits: Edits,
}

/// One word to customers about an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// By what it is known, if its author gave it a name; else by its instant.
    pub id: Option<Id>,
    /// When it was said.
    pub at: Time,
    /// How far the response had come.
    pub status: IncidentStatus,
    /// The components whose status it changes.
    pub components: BTreeMap<Id, ComponentStatus>,
    /// When the next one is promised.
    pub next_update: Option<Time>,
    /// Markdown; empty if nothing was said.
    pub body: String,
    /// The same in other languages.
    pub translations: Translations,
}

/// Planned work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maintenance {
    /// Unique among maintenance.
    pub id: Id,
    /// The ids that it had before, oldest first; its own where that is the oldest.
    pub aliases: Vec<Id>,
    /// As printed.
    pub title: String,
    /// When it was first planned for; an update may move it.
    pub scheduled: Window,
    /// Whether somebody knows how long it took. If not, the clock ends it where it begins, and none of it is counted.
    pub is_duration_known: bool,
    /// What it touches.
    pub components: Vec<Id>,
    /// What customers feel of a component while the work goes on, where that is said.
    pub impact: BTreeMap<Id, ComponentStatus>,
    /// Oldest first; may be empty.
    pub updates: Vec<MaintenanceUpdate>,
    /// Markdown; may be empty.
    pub description: String,
    /// The same in other languages.
    pub translations: Translations,
    /// What was changed without an update; nothing where its versions are not known.
    pub edits: Edits,
    /// When it takes place again, if it does.
    pub recurrence: Option<Recurrence>,
    /// Which time of recurring work it is; none for what is written in a file.
    pub occurrence: Option<Occurrence>,
}

/// One time of recurring work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The id of all of it.
    pub series: Id,
    /// The day on which it was to begin by the rule, by which it is known.
    pub day: Date,
    /// When all of it was first spoken of; none if nobody did.
    pub told: Option<Time>,
    /// What announces it, beside a word about it alone.
    pub announced: Announced,
    /// When somebody first spoke of it; a word that gives up or takes up all of them is none.
    pub spoken: Option<Time>,
}

/// What announces a time of recurring work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Announced {
    /// The file does: it is the first time.
    ByFile,
    /// The clock does, at this instant.
    ByClock(Time),
    /// Nothing does: all was given up before, and those who have it in their calendars alone are told.
    Never,
}

impl Occurrence {
    /// The day that is part of its name; none of the first, which has the name of the file.
    pub fn name(&self) -> Option<Date> {
        (self.announced != Announced::ByFile).then_some(self.day)
    }
}

impl Maintenance {
    /// How a component does while the work goes on.
    pub fn felt(&self, component: &Id) -> ComponentStatus {
        self.impact.get(component).copied().unwrap_or(ComponentStatus::UnderMaintenance)
    }

    /// The id of the file that it is written in.
    pub fn file_id(&self) -> &Id {
        self.occurrence.as_ref().map_or(&self.id, |occurrence| &occurrence.series)
    }

    /// When the clock announces it, if it does.
    pub fn announced(&self) -> Option<Time> {
        match self.occurrence.as_ref()?.announced {
            Announced::ByClock(at) => Some(at),
            Announced::ByFile | Announced::Never => None,
        }
    }

    /// When its file announced it without a word, if its versions are known. A file that came after the planned beginning, such
    /// as that of an import, announces nothing.
    pub fn announced_by_file(&self) -> Option<Time> {
        let came = self.edits.since.filter(|_| self.edits.came_silent && self.occurrence.is_none());
        came.filter(|came| *came <= self.scheduled.from)
    }

    /// When somebody first spoke of it. That all recurring work is given up announces none of its later times.
    pub fn spoken_of(&self) -> Option<Time> {
        match self.occurrence.as_ref().filter(|occurrence| occurrence.name().is_some()) {
            Some(later) => later.spoken,
            None => self.updates.first().map(|update| update.at),
        }
    }
}

/// One word to customers about planned work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaintenanceUpdate {
    /// By what it is known, if its author gave it a name; else by its instant.
    pub id: Option<Id>,
    /// When it was said.
    pub at: Time,
    /// How far the work had come.
    pub status: MaintenanceStatus,
    /// When the work is planned for from now on, if this update moves it.
    pub scheduled: Option<Window>,
    /// Of recurring work, the day by which the time that it is about is known; all that are to come without it.
    pub occurrence: Option<Date>,
    /// Markdown.
    pub body: String,
    /// The same in other languages.
    pub translations: Translations,
}

/// Something customers should know that is no incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// Unique among announcements.
    pub id: Id,
    /// The ids that it had before, oldest first; its own where that is the oldest.
    pub aliases: Vec<Id>,
    /// As printed.
    pub title: String,
    /// From when it is shown.
    pub from: Time,
    /// Until when home shows it.
    pub until: Option<Time>,
    /// Whether home shows it at all.
    pub is_on_home: bool,
    /// Whether it stands above the others.
    pub pinned: bool,
    /// Markdown.
    pub body: String,
    /// The same in other languages.
    pub translations: Translations,
    /// When what it says was last changed while it was shown; none where its versions are not known.
    pub edited: Option<Time>,
}

impl Announcement {
    /// When customers last saw it change.
    pub fn changed(&self) -> Time {
        self.edited.map_or(self.from, |edited| edited.max(self.from))
    }

    /// Whether home shows it at `now`.
    pub fn is_in_force(&self, now: Time) -> bool {
        self.is_on_home && self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

/// A text to begin an update with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Unique among templates.
    pub id: Id,
    /// What it is for, in a few words.
    pub title: String,
    /// The status of the updates that it is for.
    pub status: TemplateStatus,
    /// Markdown with [`super::Blank`]s in braces.
    pub body: String,
}

/// A page of the site's own, with its audience.
#[derive(Clone, Debug, PartialEq)]
pub struct PageRecord {
    /// What it says.
    pub page: Page,
    /// To whom.
    pub audience: Visibility,
}

/// A page of the site's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Unique among pages.
    pub id: Id,
    /// The ids that it had before, oldest first; its own where that is the oldest.
    pub aliases: Vec<Id>,
    /// As printed.
    pub title: String,
    /// Lower comes first in the navigation.
    pub order: i64,
    /// Markdown.
    pub body: String,
    /// The same in other languages.
    pub translations: Translations,
}

impl Incident {
    /// The updates up to a moment, oldest first. The content's checks refuse those that are not in order of time.
    pub fn known_updates(&self, now: Time) -> &[Update] {
        &self.updates[..self.updates.partition_point(|update| update.at <= now)]
    }
}

/// Of which id the public ids of an entry are made: the oldest that it had.
macro_rules! first_id {
    ($($entry:ident)*) => {
        $(impl $entry {
            /// The id under which it was first published, of which its ids in feeds and in the API are made.
            pub fn first_id(&self) -> &Id {
                self.aliases.first().unwrap_or(&self.id)
            }

            /// The ids that it had before and has no more.
            pub fn former_ids(&self) -> impl Iterator<Item = &Id> {
                self.aliases.iter().filter(|alias| **alias != self.id)
            }
        })*
    };
}

first_id! { Incident Maintenance Announcement Page }
