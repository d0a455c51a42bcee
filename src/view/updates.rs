//! What customers are told of an entry, one update after the other: what somebody wrote, what the clock did,
//! and the postmortem. Pages, feeds, API, messages, embeds and previews all stand on this list.
//!
//! Statuspage knows no planned work without an update, and moves it by posting one; it has no place for
//! a description. So the description follows the text of the update that announces the work. Where the file
//! does not begin with one, the description is that update, at the time of the first word, or, if nobody said
//! when, at the planned beginning, the one time that is known (Statuspage's own feeds date planned work so). Where git tells
//! when the file came without a word, that is its time, and a word that is added later is one more.

use std::collections::BTreeMap;
use std::fmt;

use super::incident_story::ComponentStatuses;
use super::{IncidentSnapshot, MaintenanceSnapshot, MaintenanceState, MaintenanceStep};
use crate::model::{ComponentStatus, Id, IncidentStatus, MaintenanceStatus, MaintenanceUpdate, Window};
use crate::time::Time;

/// One update, as customers have it.
pub struct PublishedUpdate<'a> {
    /// By what it is known for ever, beside its entry.
    pub key: UpdateKey,
    /// When it was said, or when the clock moved the work.
    pub at: Time,
    /// The status that it gives.
    pub status: PublishedStatus,
    /// What it says.
    pub text: UpdateText<'a>,
    /// The components that it is about.
    pub changes: Vec<StatusChange<'a>>,
    /// Which of the updates of the file it is; none if no file says it in so many words.
    pub index: Option<usize>,
    /// When the work was planned for from then on, if it was.
    pub window: Option<Window>,
    /// When what it says was last changed, if it was changed since.
    pub edited: Option<Time>,
    /// Whether another one tells the same, so that nobody need be sent both.
    pub is_repeated: bool,
}

impl PublishedUpdate<'_> {
    fn is_silent(&self) -> bool {
        self.text == UpdateText::Written("")
    }

    /// Whether somebody says of work that has begun how it goes on, or that it is done.
    fn says_how_it_went_on(&self) -> bool {
        use MaintenanceStatus::{Completed, Verifying};
        let is_further = matches!(self.status, PublishedStatus::Maintenance(Verifying | Completed));
        self.index.is_some() && (is_further || (self.status == BEGUN && !self.is_silent()))
    }

    /// When it came to read as it does.
    pub fn updated(&self) -> Time {
        self.edited.map_or(self.at, |edited| edited.max(self.at))
    }
}

const BEGUN: PublishedStatus = PublishedStatus::Maintenance(MaintenanceStatus::InProgress);

/// By what an update is known among those of its entry. It depends on nothing but the update itself: others may
/// be added or taken away.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UpdateKey {
    /// By the name that its author gave it.
    Named(Id),
    /// By its instant, and its number among those of the same instant, from 0.
    Said(Time, usize),
    /// By the status that the clock gave, and when.
    Clock(MaintenanceStatus, Time),
    /// The description of planned work, where no update announces it.
    Announcement,
    /// The postmortem.
    Postmortem,
}

/// How far the response or the work had come with an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublishedStatus {
    /// Of an incident.
    Incident(IncidentStatus),
    /// Of planned work.
    Maintenance(MaintenanceStatus),
    /// What was learned of an incident is told.
    Postmortem,
}

/// What an update says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdateText<'a> {
    /// Markdown of the content.
    Written(&'a str),
    /// Markdown of the content, and the description of the work.
    Announced(&'a str, &'a str),
    /// Markdown of the content, and when the work is planned for from now on.
    Moved(&'a str, Window),
    /// When the work is planned for.
    Planned(Window),
    /// That the planned time has begun.
    Begun,
    /// That the planned time is over.
    Over,
    /// That it is over, of which nobody knows since when.
    OverUnknown,
}

/// A component that an update is about; its status may be the same as before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusChange<'a> {
    /// Which.
    pub component: &'a Id,
    /// Its status before the update.
    pub old: ComponentStatus,
    /// Its status from the update on.
    pub new: ComponentStatus,
}

impl PublishedStatus {
    /// As the content writes it, and messages are named.
    pub fn word(self) -> &'static str {
        match self {
            PublishedStatus::Incident(status) => status.word(),
            PublishedStatus::Maintenance(status) => status.word(),
            PublishedStatus::Postmortem => "postmortem",
        }
    }
}

/// As it stands in addresses and in what public ids are made of: `20260302T150400Z`. An author may choose any name, also
/// one that the program uses itself, so names have a beginning of their own.
impl fmt::Display for UpdateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UpdateKey::Named(id) => write!(f, "id-{id}"),
            UpdateKey::Said(at, 0) => f.write_str(&compact(*at)),
            UpdateKey::Said(at, nth) => write!(f, "{}-{}", compact(*at), nth + 1),
            UpdateKey::Clock(status, at) => write!(f, "{}-{}", status.word(), compact(*at)),
            UpdateKey::Announcement => f.write_str(MaintenanceStatus::Scheduled.word()),
            UpdateKey::Postmortem => f.write_str(PublishedStatus::Postmortem.word()),
        }
    }
}

/// RFC 3339 without what separates its digits, so that it can stand in an address.
fn compact(at: Time) -> String {
    at.rfc3339().replace(['-', ':', '.'], "")
}

/// The keys of updates, in their order; each with its instant and its name, if its author gave it one.
pub(super) fn keys<'a>(updates: impl Iterator<Item = (Time, Option<&'a Id>)>) -> Vec<UpdateKey> {
    let mut said: BTreeMap<Time, usize> = BTreeMap::new();
    let key = |(at, name): (Time, Option<&Id>)| {
        let nth = said.entry(at).or_default();
        let key = name.map_or(UpdateKey::Said(at, *nth), |name| UpdateKey::Named(name.clone()));
        *nth += 1;
        key
    };
    updates.map(key).collect()
}

impl IncidentSnapshot {
    /// By what each of its updates is known, oldest first.
    pub fn keys(&self) -> Vec<UpdateKey> {
        keys(self.updates().iter().map(|update| (update.at, update.id.as_ref())))
    }

    /// What is told of it up to `now`, oldest first. Each update is about every component touched until then.
    pub fn published(&self) -> Vec<PublishedUpdate<'_>> {
        let told = self.updates().iter().zip(self.steps()).zip(self.keys()).enumerate();
        let told = told.map(|(index, ((update, step), key))| PublishedUpdate {
            key,
            at: update.at,
            status: PublishedStatus::Incident(update.status),
            text: UpdateText::Written(&update.body),
            changes: self.changes(&step.before, &step.after),
            index: Some(index),
            window: None,
            edited: self.edited(index),
            is_repeated: false,
        });
        told.chain(self.published_postmortem()).collect()
    }

    /// When each of those was said, in the same order. Lists of all that was ever said ask for nothing else of most.
    pub fn published_times(&self) -> impl Iterator<Item = Time> {
        let postmortem = self.postmortem.as_ref().map(|message| message.published);
        self.updates().iter().map(|update| update.at).chain(postmortem)
    }

    fn changes(&self, before: &ComponentStatuses, after: &ComponentStatuses) -> Vec<StatusChange<'_>> {
        let changes = self.components.keys().filter_map(|component| {
            let old = before.get(component).copied().unwrap_or(ComponentStatus::Operational);
            Some(StatusChange { component, old, new: *after.get(component)? })
        });
        changes.collect()
    }

    fn published_postmortem(&self) -> Option<PublishedUpdate<'_>> {
        let message = self.postmortem.as_ref()?;
        Some(PublishedUpdate {
            key: UpdateKey::Postmortem,
            at: message.published,
            status: PublishedStatus::Postmortem,
            text: UpdateText::Written(&message.body),
            changes: Vec::new(),
            index: None,
            window: None,
            edited: None,
            is_repeated: false,
        })
    }
}

impl MaintenanceSnapshot {
    /// What is told of it, oldest first; at least one. Only the announcement of work of which nobody spoke may lie
    /// after `now`.
    pub fn published(&self) -> Vec<PublishedUpdate<'_>> {
        let keys = keys(self.updates().iter().map(|update| (update.at, update.id.as_ref())));
        let mut old = false;
        let mut told: Vec<PublishedUpdate<'_>> = self.published_announcement().into_iter().collect();
        let mut written = 0;
        let mut begun = None;
        for step in &self.steps {
            let next = self.maintenance.updates.get(written);
            written += usize::from(step.update.is_some());
            let by_clock = UpdateKey::Clock(step.status, step.at);
            if step.update.is_none() && next.is_some_and(|next| is_told_by(next, step)) {
                begun = Some(by_clock);
                continue;
            }
            let new = MaintenanceState::from(step.status) == MaintenanceState::Running;
            let own = step.update.map_or(by_clock, |index| keys[index].clone());
            told.push(self.published_step(step, begun.take().unwrap_or(own), [old, new]));
            old = new;
        }
        mark_repeated(&mut told);
        told
    }

    /// The same for lists that have the description elsewhere.
    pub fn listed(&self) -> Vec<PublishedUpdate<'_>> {
        let mut published = self.published();
        published.retain(|update| update.key != UpdateKey::Announcement);
        published
    }

    fn published_step(&self, step: &MaintenanceStep, key: UpdateKey, [old, new]: [bool; 2]) -> PublishedUpdate<'_> {
        let said = step.update.map(|index| self.text(index, &self.updates()[index]));
        let by_clock = match step.status {
            MaintenanceStatus::InProgress => UpdateText::Begun,
            _ if self.window.until.is_none() => UpdateText::OverUnknown,
            _ => UpdateText::Over,
        };
        PublishedUpdate {
            key,
            at: step.at,
            status: PublishedStatus::Maintenance(step.status),
            text: said.unwrap_or(by_clock),
            changes: self.touched(old, new),
            index: step.update,
            window: step.window,
            edited: step.update.and_then(|index| self.edited(index)),
            is_repeated: false,
        }
    }

    /// How its components do before and after, by whether the work goes on.
    fn touched(&self, old: bool, new: bool) -> Vec<StatusChange<'_>> {
        let components = self.maintenance.components.iter();
        let changes = components.map(|component| {
            let status =
                |goes_on| if goes_on { self.maintenance.felt(component) } else { ComponentStatus::Operational };
            StatusChange { component, old: status(old), new: status(new) }
        });
        changes.collect()
    }

    fn text<'a>(&'a self, index: usize, update: &'a MaintenanceUpdate) -> UpdateText<'a> {
        let description = &*self.maintenance.description;
        match update.scheduled {
            Some(window) => UpdateText::Moved(&update.body, window),
            None if index == 0 && self.is_announced() && !description.is_empty() => {
                UpdateText::Announced(&update.body, description)
            }
            None => UpdateText::Written(&update.body),
        }
    }

    /// Whether the file begins with an update that announces the work.
    fn is_announced(&self) -> bool {
        // What the clock or the file announced first, no later word announces.
        let before = self.maintenance.announced().or(self.maintenance.announced_by_file());
        let is_first = |at: Time| before.is_none_or(|announced| at <= announced);
        let first = self.maintenance.updates.first();
        first.is_some_and(|first| first.status == MaintenanceStatus::Scheduled && is_first(first.at))
    }

    /// The description as an update, or when the work is planned for, if no update announces it.
    fn published_announcement(&self) -> Option<PublishedUpdate<'_>> {
        let work = &self.maintenance;
        let text = match &*work.description {
            "" => UpdateText::Planned(work.scheduled),
            description => UpdateText::Written(description),
        };
        let planned = work.announced().or(work.announced_by_file()).unwrap_or(work.scheduled.from);
        (!self.is_announced()).then(|| PublishedUpdate {
            key: UpdateKey::Announcement,
            // An announcement cannot come after what was said of the work, however late it was planned for.
            at: work.updates.first().map_or(planned, |first| first.at.min(planned)),
            status: PublishedStatus::Maintenance(MaintenanceStatus::Scheduled),
            text,
            changes: self.touched(false, false),
            index: None,
            window: Some(work.scheduled),
            edited: self.description_edited(),
            is_repeated: false,
        })
    }
}

/// Whether the next update of a file, also one to come, has the words for what the clock did: that the work has begun, in that
/// very minute. It is then known by what the clock did, since that may have been told before anybody wrote. Whatever is
/// said later is one more, and takes nothing back.
fn is_told_by(next: &MaintenanceUpdate, step: &MaintenanceStep) -> bool {
    let minute = |time: Time| time.millis().div_euclid(60_000);
    let is_begin = [step.status, next.status] == [MaintenanceStatus::InProgress; 2];
    is_begin && next.id.is_none() && minute(next.at) == minute(step.at)
}

/// Marks what need not be sent: that the planned time has begun, where somebody tells in words how it went on from there, a
/// word without a text that leaves everything as it was told, and when work was planned for, where the word with which it comes
/// to be known says what became of that.
fn mark_repeated(told: &mut [PublishedUpdate<'_>]) {
    for place in 0..told.len() {
        let (before, later) = (place.checked_sub(1).map(|before| &told[before]), told.get(place + 1));
        let (is_begun, this) = (|update: &PublishedUpdate<'_>| update.status == BEGUN, &told[place]);
        let is_unchanged = this.is_silent() && is_begun(this) && before.is_some_and(is_begun);
        let is_overtaken = this.text == UpdateText::Begun && later.is_some_and(PublishedUpdate::says_how_it_went_on);
        let is_known_by_word = matches!(this.text, UpdateText::Planned(_))
            && later.is_some_and(|later| later.index.is_some() && later.at == this.at);
        told[place].is_repeated = is_unchanged || is_overtaken || is_known_by_word;
    }
}
