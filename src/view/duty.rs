//! Something that needs somebody: what is asked for, of whom, by when.

use std::sync::Arc;

use crate::model::{Id, Postmortem, Site};
use crate::time::{Date, Time};

/// What somebody is asked to do. The order is that of urgency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DutyKind {
    /// An incident's postmortem is late: nobody has begun it.
    PostmortemOverdue,
    /// A postmortem is late: it is still a draft.
    PostmortemUnfinished,
    /// The whole product was down for long, and customers were not told why.
    ExternalMessageAdvised,
    /// An action is late.
    ActionOverdue,
    /// A postmortem waits for its review.
    ReviewWaiting,
    /// An incident's postmortem is to be written.
    PostmortemDue,
    /// An action is due within [`SOON`] days.
    ActionDueSoon,
    /// Nobody has looked for long how much more a component can carry.
    CapacityStale,
}

/// Under which heading a duty is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DutyGroup {
    /// Postmortems to write, to finish, to tell from.
    Postmortems,
    /// Postmortems to read.
    Reviews,
    /// Promises to keep.
    Actions,
    /// Limits to look at.
    Capacity,
}

/// When something is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// By this instant.
    By(Time),
    /// By the end of this day, in the site's zone.
    On(Date),
}

/// Something that needs somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// What is asked for.
    pub kind: DutyKind,
    /// The title of the incident or postmortem, the text of the action, the name of the component.
    pub what: String,
    /// The incident it is about.
    pub incident: Option<Id>,
    /// The postmortem it is about.
    pub postmortem: Option<Id>,
    /// The name of that postmortem as written, such as `PM-2026-014`.
    pub label: Option<String>,
    /// The action's id in that postmortem.
    pub action: Option<String>,
    /// The component it is about.
    pub component: Option<Id>,
    /// Whose it is: the postmortem's or the action's owner, or else the teams of the components; may be empty.
    pub owners: Vec<String>,
    /// Since when it waits: the resolution, the publication, or the last look.
    pub since: Option<Time>,
    /// By when it is to be done.
    pub due: Option<Due>,
    /// Whole seconds since it was due; negative while there is time left, none where nothing says by when.
    pub late_by: Option<i64>,
    /// Whether the postmortem calls the action a priority.
    pub priority: bool,
}

/// An action is due soon this many days ahead: within the coming week's plan.
pub const SOON: i64 = 7;

/// After how many days a look at the capacity is out of date. A quarter of a year is how far most teams
/// plan ahead, and what carried the last season does not vouch for the next.
pub const CAPACITY_STALE_AFTER: i64 = 90;

impl DutyKind {
    /// Every kind, the most urgent first.
    pub const ALL: [DutyKind; 8] = [
        DutyKind::PostmortemOverdue,
        DutyKind::PostmortemUnfinished,
        DutyKind::ExternalMessageAdvised,
        DutyKind::ActionOverdue,
        DutyKind::ReviewWaiting,
        DutyKind::PostmortemDue,
        DutyKind::ActionDueSoon,
        DutyKind::CapacityStale,
    ];

    /// Its name in data.
    pub fn word(self) -> &'static str {
        match self {
            DutyKind::PostmortemOverdue => "postmortem-overdue",
            DutyKind::PostmortemUnfinished => "postmortem-unfinished",
            DutyKind::ExternalMessageAdvised => "external-message-advised",
            DutyKind::ActionOverdue => "action-overdue",
            DutyKind::ReviewWaiting => "review-waiting",
            DutyKind::PostmortemDue => "postmortem-due",
            DutyKind::ActionDueSoon => "action-due-soon",
            DutyKind::CapacityStale => "capacity-stale",
        }
    }

    /// The heading it is listed under.
    pub fn group(self) -> DutyGroup {
        match self {
            DutyKind::PostmortemOverdue
            | DutyKind::PostmortemUnfinished
            | DutyKind::ExternalMessageAdvised
            | DutyKind::PostmortemDue => DutyGroup::Postmortems,
            DutyKind::ReviewWaiting => DutyGroup::Reviews,
            DutyKind::ActionOverdue | DutyKind::ActionDueSoon => DutyGroup::Actions,
            DutyKind::CapacityStale => DutyGroup::Capacity,
        }
    }
}

impl DutyGroup {
    /// Every group, in the order of postmortems.
    pub const ALL: [DutyGroup; 4] =
        [DutyGroup::Postmortems, DutyGroup::Reviews, DutyGroup::Actions, DutyGroup::Capacity];

    /// Its name in data.
    pub fn word(self) -> &'static str {
        match self {
            DutyGroup::Postmortems => "postmortems",
            DutyGroup::Reviews => "reviews",
            DutyGroup::Actions => "actions",
            DutyGroup::Capacity => "capacity",
        }
    }
}

impl Duty {
    /// Nothing but what is asked for; the callers fill in what they know.
    pub(super) fn new(kind: DutyKind, what: &str) -> Duty {
        Duty {
            kind,
            what: what.to_owned(),
            incident: None,
            postmortem: None,
            label: None,
            action: None,
            component: None,
            owners: Vec::new(),
            since: None,
            due: None,
            late_by: None,
            priority: false,
        }
    }

    /// A duty about a postmortem, with its owner.
    pub(super) fn about(kind: DutyKind, postmortem: &Postmortem, what: &str) -> Duty {
        Duty {
            postmortem: Some(postmortem.id.clone()),
            label: Some(postmortem.label.clone()),
            incident: postmortem.incident.clone(),
            owners: postmortem.owner.iter().cloned().collect(),
            ..Duty::new(kind, what)
        }
    }

    /// Whether its time is past.
    pub fn is_late(&self) -> bool {
        self.late_by.is_some_and(|seconds| seconds > 0)
    }

    /// Whole days since it was due, negative before that. What is due on a day is a day late on the next.
    pub fn days_late(&self) -> Option<i64> {
        let seconds = self.late_by?;
        Some(match self.due {
            Some(Due::On(_)) => -(-seconds).div_euclid(86_400),
            Some(Due::By(_)) | None => seconds / 86_400,
        })
    }
}

/// The teams that own these components, in the order of the pages.
pub(super) fn teams<'a>(site: &Site, components: impl IntoIterator<Item = &'a Id>) -> Vec<String> {
    let touched: Vec<&Id> = components.into_iter().collect();
    let known = site.components.iter().filter(|component| touched.contains(&&component.id));
    let mut teams: Vec<String> = Vec::new();
    for owner in known.filter_map(|component| site.services.get(&component.id)?.owner.as_ref()) {
        if !teams.contains(owner) {
            teams.push(owner.clone());
        }
    }
    teams
}

/// The owners of a duty about a postmortem: its own, or else the teams of its components.
pub(super) fn owners(site: &Site, postmortem: &Arc<Postmortem>) -> Vec<String> {
    match &postmortem.owner {
        Some(owner) => vec![owner.clone()],
        None => teams(site, &postmortem.components),
    }
}
