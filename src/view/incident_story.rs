//! What the components go through in an incident: one fold over its updates.

use std::collections::{BTreeMap, BTreeSet};

use super::Interval;
use crate::model::{ComponentStatus, Id, IncidentStatus, Update};
use crate::time::Time;

/// The status of each component that was touched until then.
pub(super) type Statuses = BTreeMap<Id, ComponentStatus>;

/// The updates of an incident and what they tell of its components.
pub(super) struct IncidentStory {
    /// One an update, oldest first.
    pub steps: Vec<IncidentStep>,
    /// The times of trouble, in order of time.
    pub spans: Vec<Span>,
}

/// What an update changes.
pub(super) struct IncidentStep {
    /// How the components were until then, as far as this update or an earlier one tells.
    pub before: Statuses,
    /// How they are from then on.
    pub after: Statuses,
}

/// A component's status for a while, because of one incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Which component.
    pub component: Id,
    /// In which status; never operational.
    pub status: ComponentStatus,
    /// For how long; until `now` if it still is.
    pub interval: Interval,
    /// Whether it still is.
    pub is_open: bool,
}

/// Tells `updates`, which are those up to `now`. What the first one says holds from `started` on.
pub(super) fn incident_story(started: Time, updates: &[Update], now: Time) -> IncidentStory {
    let (named, open, spans) = (BTreeSet::new(), BTreeMap::new(), Vec::new());
    let mut fold = Fold { began: started, is_over: false, named, open, spans };
    let steps = updates.iter().enumerate().map(|(index, update)| {
        let at = if index == 0 { started } else { update.at };
        fold.update(update, at)
    });
    let steps = steps.collect();
    IncidentStory { steps, spans: fold.finish(now) }
}

/// An incident between two updates.
struct Fold {
    /// When it began, or began again.
    began: Time,
    is_over: bool,
    /// Every component named so far.
    named: BTreeSet<Id>,
    /// Those named since it began, or began again: how they are, and since when.
    open: BTreeMap<Id, (ComponentStatus, Time)>,
    spans: Vec<Span>,
}

impl Fold {
    fn update(&mut self, update: &Update, at: Time) -> IncidentStep {
        let was_over = std::mem::replace(&mut self.is_over, update.status == IncidentStatus::Resolved);
        if was_over && !self.is_over {
            self.began = at;
        }
        let before = if self.is_over {
            self.tell_afterwards(update);
            let before = self.statuses();
            self.resolve(update.at);
            before
        } else {
            let before = self.statuses();
            update.components.iter().for_each(|(component, status)| self.set(component, *status, at));
            before
        };
        self.named.extend(update.components.keys().cloned());
        IncidentStep { before, after: self.statuses() }
    }

    /// What a resolution says of a component that nobody spoke of before is how that did until now: else an
    /// outage that is written down afterwards would have cost nobody a minute.
    fn tell_afterwards(&mut self, update: &Update) {
        for (component, status) in &update.components {
            self.open.entry(component.clone()).or_insert((*status, self.began));
        }
    }

    /// Ends all trouble.
    fn resolve(&mut self, at: Time) {
        for (component, (status, since)) in std::mem::take(&mut self.open) {
            self.spans.extend(span(&component, status, Interval::new(since, at), false));
        }
    }

    fn set(&mut self, component: &Id, status: ComponentStatus, at: Time) {
        let (old, since) = self.open.get(component).copied().unwrap_or((ComponentStatus::Operational, at));
        if old != status {
            self.spans.extend(span(component, old, Interval::new(since, at), false));
        }
        self.open.insert(component.clone(), (status, if old == status { since } else { at }));
    }

    fn statuses(&self) -> Statuses {
        let works = self.named.iter().map(|component| (component, ComponentStatus::Operational));
        let open = self.open.iter().map(|(component, (status, _))| (component, *status));
        works.chain(open).map(|(component, status)| (component.clone(), status)).collect()
    }

    fn finish(mut self, now: Time) -> Vec<Span> {
        for (component, (status, since)) in self.open {
            self.spans.extend(span(&component, status, Interval::new(since, now), true));
        }
        self.spans.sort_by(|a, b| (a.interval.from, &a.component).cmp(&(b.interval.from, &b.component)));
        self.spans
    }
}

fn span(component: &Id, status: ComponentStatus, interval: Interval, is_open: bool) -> Option<Span> {
    let is_trouble = status != ComponentStatus::Operational && !interval.is_empty();
    is_trouble.then(|| Span { component: component.clone(), status, interval, is_open })
}
