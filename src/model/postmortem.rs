//! Postmortems: what the company learned from an incident.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{ActionType, Detection, Id, Mark, PostmortemStatus, Precision, RowKind, SectionKind};
use crate::time::{Date, Time};

/// What happened, why, how well the response went, and what changes. Internal, all of it; only the
/// section "External message" may be told, and only if [`Postmortem::publish`] says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Postmortem {
    /// The slug of its label: its name in URLs.
    pub id: Id,
    /// Its name as written, such as `PM-2026-014`.
    pub label: String,
    /// As printed.
    pub title: String,
    /// How bad it was.
    pub severity: Option<Severity>,
    /// How far the postmortem has come.
    pub status: PostmortemStatus,
    /// The incident it is about.
    pub incident: Option<Id>,
    /// Who answers for the postmortem.
    pub owner: Option<String>,
    /// Who led the response.
    pub commander: Option<String>,
    /// Who took notes.
    pub scribe: Option<String>,
    /// Who else took part.
    pub responders: Vec<String>,
    /// What was touched; as written, or else as the incident says.
    pub components: Vec<Id>,
    /// The only source of every duration.
    pub marks: Marks,
    /// When the postmortem went out.
    pub published: Option<Time>,
    /// Who noticed first; as written, or else as the incident says.
    pub detected_by: Option<Detection>,
    /// Who noticed first, in words.
    pub first_noticed_by: Option<String>,
    /// How much it hurt.
    pub customer_impact: CustomerImpact,
    /// What changed.
    pub trigger: Option<Id>,
    /// The unit of "the same one".
    pub cause: Option<Id>,
    /// What contributed: slugs or sentences.
    pub factors: Vec<String>,
    /// Earlier ones of the same cause.
    pub recurrence_of: Vec<Id>,
    /// Those that look like it and are not, each with the reason.
    pub not_recurrence_of: Vec<(Id, String)>,
    /// What changes in the process, when it came back no better.
    pub process_change: Option<String>,
    /// What is to be done.
    pub actions: Vec<Action>,
    /// Words to find it by.
    pub tags: Vec<Id>,
    /// Whether it was taken over from elsewhere as it stood, so that nobody is given advice on it.
    pub imported: bool,
    /// Whether the section "External message" may be told to everybody.
    pub publish: bool,
    /// The body, heading by heading.
    pub sections: Vec<Section>,
    /// The rows of the section "Timeline".
    pub timeline: Vec<TimelineRow>,
    /// The Markdown above the first heading.
    pub preface: String,
}

impl Postmortem {
    /// The section of this kind, if there is one.
    pub fn section(&self, kind: SectionKind) -> Option<&Section> {
        self.sections.iter().find(|section| section.kind == kind)
    }

    /// When it happened, as far as that is known: the start, or the first other mark, or the postmortem.
    pub fn happened(&self) -> Option<Time> {
        let first = self.marks.times.values().map(|mark| mark.at).min();
        self.marks.at(Mark::Started).or(first).or(self.published)
    }

    /// Whether it has been reviewed, and so is held to what it says.
    pub fn is_reviewed(&self) -> bool {
        self.status >= PostmortemStatus::Reviewed
    }
}

/// A severity out of the site's list. The smaller the rank, the worse.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Severity {
    /// The place in the list, from 0 for the worst.
    pub rank: usize,
    /// As written, such as `SEV2`.
    pub name: Arc<str>,
}

/// When what happened in the course of an incident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// By mark; what is unknown is absent.
    pub times: BTreeMap<Mark, Marked>,
}

impl Marks {
    /// When it happened, if that is known.
    pub fn at(&self, mark: Mark) -> Option<Time> {
        self.times.get(&mark).map(|marked| marked.at)
    }
}

/// The time of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    /// When.
    pub at: Time,
    /// How well that is known.
    pub precision: Precision,
    /// Whether it was taken from the incident's updates.
    pub from_incident: bool,
}

/// How much an incident hurt; what is unknown is absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CustomerImpact {
    /// Share of the users, in percent.
    pub users_pct: Option<f64>,
    /// Users.
    pub users: Option<i64>,
    /// Requests that failed.
    pub requests_failed: Option<i64>,
    /// In words.
    pub data_loss: Option<String>,
    /// In words, with its currency.
    pub revenue: Option<String>,
    /// Tickets that support received.
    pub support_tickets: Option<i64>,
}

/// Something to be done so that it does not happen again, or is over sooner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Unique in its postmortem, such as `A1`.
    pub id: String,
    /// Plain text.
    pub text: String,
    /// What it is for.
    pub kind: ActionType,
    /// Who does it.
    pub owner: String,
    /// By when; as written, or else from the severity and the resolution.
    pub due: Option<Date>,
    /// URL of the ticket.
    pub link: Option<String>,
    /// When it was done.
    pub done: Option<Date>,
    /// Whether it goes before the others.
    pub priority: bool,
}

/// The part of a postmortem that everybody may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalMessage {
    /// When it was published.
    pub published: Time,
    /// Markdown.
    pub body: String,
}

/// A piece of the body under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What the heading stands for.
    pub kind: SectionKind,
    /// The heading as written, without markup.
    pub heading: String,
    /// Markdown below the heading.
    pub body: String,
}

/// One row of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineRow {
    /// When; absent if the time cannot be read.
    pub at: Option<Time>,
    /// The time as written.
    pub time: String,
    /// What kind of row it is.
    pub kind: RowKind,
    /// Markdown.
    pub event: String,
}
