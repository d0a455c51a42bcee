//! What the components go through in an incident: one fold over its updates.

use std::collections::{BTreeMap, BTreeSet};

use super::Interval;
use crate::model::{ComponentStatus, Id, IncidentStatus, Update};
use crate::time::Time;

/// The status of each component that was touched until then.
pub(super) type ComponentStatuses = BTreeMap<Id, ComponentStatus>;

/// What an update changes.
pub(super) struct IncidentStep {
    /// How the components were until then, as far as this update or an earlier one tells.
    pub before: ComponentStatuses,
    /// How they are from then on.
    pub after: ComponentStatuses,
}

/// A component's status for a while, because of one incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Which component.
    pub component: Id,
    /// In which status; never operational.
    pub status: ComponentStatus,
    /// For how long; until `now` if it still is, so empty if it begins at that instant.
    pub interval: Interval,
    /// Whether it still is.
    pub is_open: bool,
}

/// What each of `updates` changes, oldest first.
pub(super) fn incident_steps(started: Time, updates: &[Update]) -> Vec<IncidentStep> {
    let mut fold = Fold::new(started);
    let steps = times(started, updates).map(|(update, at)| {
        fold.begin(update, at);
        let before = fold.statuses();
        fold.end(update, at);
        IncidentStep { before, after: fold.statuses() }
    });
    steps.collect()
}

/// How the components are after all of `updates`.
pub(super) fn incident_statuses(started: Time, updates: &[Update]) -> ComponentStatuses {
    Fold::over(started, updates).statuses()
}

/// The times of trouble, in order of time; `updates` are those up to `now`.
pub(super) fn incident_spans(started: Time, updates: &[Update], now: Time) -> Vec<Span> {
    Fold::over(started, updates).finish(now)
}

/// When it went on, until `now` at the latest: from its start, and from each time that it was taken up again. In order, apart.
pub(super) fn incident_intervals(started: Time, updates: &[Update], now: Time) -> Vec<Interval> {
    let mut intervals: Vec<Interval> = Vec::new();
    let mut since = Some(started);
    for (update, at) in times(started, updates) {
        match (since, update.status == IncidentStatus::Resolved) {
            (Some(from), true) => {
                intervals.push(Interval::new(from, update.at));
                since = None;
            }
            // What is taken up again in the very minute of its end was not over.
            (None, false) => since = intervals.pop_if(|last| last.until == at).map(|last| last.from).or(Some(at)),
            (Some(_), false) | (None, true) => {}
        }
    }
    intervals.extend(since.map(|from| Interval::new(from, now)));
    intervals
}

/// Each update, and since when it holds: what the first one says holds from the start on.
fn times(started: Time, updates: &[Update]) -> impl Iterator<Item = (&Update, Time)> {
    updates.iter().enumerate().map(move |(index, update)| (update, if index == 0 { started } else { update.at }))
}

/// An incident between two updates.
struct Fold<'u> {
    /// When it began, or began again.
    began: Time,
    is_over: bool,
    /// Every component named so far.
    named: BTreeSet<&'u Id>,
    /// Those named since it began, or began again: how they are, and since when.
    open: BTreeMap<&'u Id, (ComponentStatus, Time)>,
    spans: Vec<Span>,
}

impl<'u> Fold<'u> {
    fn new(started: Time) -> Fold<'u> {
        let (named, open, spans) = (BTreeSet::new(), BTreeMap::new(), Vec::new());
        Fold { began: started, is_over: false, named, open, spans }
    }

    fn over(started: Time, updates: &'u [Update]) -> Fold<'u> {
        let mut fold = Fold::new(started);
        for (update, at) in times(started, updates) {
            fold.begin(update, at);
            fold.end(update, at);
        }
        fold
    }

    /// Up to the update: what it tells of the time before it.
    fn begin(&mut self, update: &'u Update, at: Time) {
        // An incident may be taken up again after its end; its second trouble begins with that update and not at the
        // start.
        let was_over = std::mem::replace(&mut self.is_over, update.status == IncidentStatus::Resolved);
        if was_over && !self.is_over {
            self.began = at;
        }
        if self.is_over {
            self.tell_afterwards(update);
        }
    }

    /// From the update on.
    fn end(&mut self, update: &'u Update, at: Time) {
        if self.is_over {
            self.resolve(update.at);
        } else {
            update.components.iter().for_each(|(component, status)| self.set(component, *status, at));
        }
        self.named.extend(update.components.keys());
    }

    /// What a resolution says of a component that nobody spoke of before is how that did until now: else an
    /// outage that is written down afterwards would have cost nobody a minute.
    fn tell_afterwards(&mut self, update: &'u Update) {
        for (component, status) in &update.components {
            self.open.entry(component).or_insert((*status, self.began));
        }
    }

    /// Ends all trouble.
    fn resolve(&mut self, at: Time) {
        for (component, (status, since)) in std::mem::take(&mut self.open) {
            self.spans.extend(span(component, status, Interval::new(since, at), false));
        }
    }

    fn set(&mut self, component: &'u Id, status: ComponentStatus, at: Time) {
        let (old, since) = self.open.get(component).copied().unwrap_or((ComponentStatus::Operational, at));
        if old != status {
            self.spans.extend(span(component, old, Interval::new(since, at), false));
        }
        // A status that is said again goes on since it was said first: only a change closes a span.
        self.open.insert(component, (status, if old == status { since } else { at }));
    }

    fn statuses(&self) -> ComponentStatuses {
        let works = self.named.iter().map(|component| (*component, ComponentStatus::Operational));
        let open = self.open.iter().map(|(component, (status, _))| (*component, *status));
        // Of two pairs with one key a map keeps the later: what is open wins over what works.
        works.chain(open).map(|(component, status)| (component.clone(), status)).collect()
    }

    fn finish(mut self, now: Time) -> Vec<Span> {
        for (component, (status, since)) in self.open {
            self.spans.extend(span(component, status, Interval::new(since, now), true));
        }
        self.spans.sort_by(|a, b| (a.interval.from, &a.component).cmp(&(b.interval.from, &b.component)));
        self.spans
    }
}

fn span(component: &Id, status: ComponentStatus, interval: Interval, is_open: bool) -> Option<Span> {
    // What begins at this very instant goes on already.
    let is_trouble = status != ComponentStatus::Operational && (is_open || !interval.is_empty());
    is_trouble.then(|| Span { component: component.clone(), status, interval, is_open })
}
