//! What several entries say of one component at the same time: customers meet the worst of it, whichever of them is
//! at hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{IncidentSnapshot, Interval, MaintenanceSnapshot, StatusChange};
use crate::model::{ComponentStatus, EntryKind, Id};
use crate::time::Time;

/// What the components go through because of each entry.
#[derive(Clone, Debug, Default)]
pub struct Concurrent {
    troubles: BTreeMap<Id, ComponentTroubles>,
}

/// All troubles of one component. Each change that a site tells asks what else went on then, so the answer must not cost
/// a look at years of them.
#[derive(Clone, Debug, Default)]
struct ComponentTroubles {
    /// By beginning.
    troubles: Vec<EntryTrouble>,
    /// The latest end of each of them and of all before it.
    latest_end: Vec<Time>,
}

/// A component in trouble because of one entry.
#[derive(Clone, Debug)]
struct EntryTrouble {
    interval: Interval,
    is_open: bool,
    status: ComponentStatus,
    entry: (EntryKind, Id),
}

impl Concurrent {
    /// Of these entries.
    pub fn of(incidents: &[Arc<IncidentSnapshot>], maintenance: &[Arc<MaintenanceSnapshot>]) -> Concurrent {
        let mut all: BTreeMap<Id, Vec<EntryTrouble>> = BTreeMap::new();
        let mut add = |component: &Id, trouble| all.entry(component.clone()).or_default().push(trouble);
        for snapshot in incidents {
            let entry = (EntryKind::Incident, snapshot.incident.id.clone());
            for span in snapshot.spans() {
                add(
                    &span.component,
                    EntryTrouble {
                        interval: span.interval,
                        is_open: span.is_open,
                        status: span.status,
                        entry: entry.clone(),
                    },
                );
            }
        }
        for snapshot in maintenance {
            let entry = (EntryKind::Maintenance, snapshot.maintenance.id.clone());
            let begun = snapshot.since.map(|since| Interval::new(since, since));
            // Work that begins at this very instant was not worked on for any time, and goes on already.
            let begun = begun.filter(|begun| snapshot.worked.last().is_none_or(|last| last.from != begun.from));
            let last = (snapshot.worked.len() + usize::from(begun.is_some())).saturating_sub(1);
            for (index, interval) in snapshot.worked.iter().chain(&begun).enumerate() {
                for component in &snapshot.maintenance.components {
                    add(
                        component,
                        EntryTrouble {
                            interval: *interval,
                            is_open: snapshot.since.is_some() && index == last,
                            status: snapshot.maintenance.felt(component),
                            entry: entry.clone(),
                        },
                    );
                }
            }
        }
        Concurrent { troubles: all.into_iter().map(|(id, troubles)| (id, ComponentTroubles::of(troubles))).collect() }
    }

    /// The worst that another entry than `own` says of a component from `at` on, and which.
    pub fn worst_other<'a>(
        &'a self,
        component: &Id,
        at: Time,
        own: (EntryKind, &'a Id),
    ) -> Option<(ComponentStatus, &'a Id)> {
        let now = self.others(component, at, own).filter(|(_, other)| at < other.end());
        // The one that came first, of those that are equally bad.
        let (_, worst) = now.min_by_key(|(place, other)| (std::cmp::Reverse(other.status), *place))?;
        Some((worst.status, &worst.entry.1))
    }

    /// A change that the entry `own` tells at `at`, as customers meet it.
    pub fn met<'a>(&self, change: StatusChange<'a>, at: Time, own: (EntryKind, &Id)) -> StatusChange<'a> {
        // The instant itself belongs to what comes after: here what ends at it still holds, and what begins at it does
        // not yet.
        let before = self.others(change.component, at, own).filter(|(_, other)| other.interval.from < at);
        let before = before.map(|(_, other)| other.status).max();
        let after = self.worst_other(change.component, at, own).map(|(status, _)| status);
        let worst = |own: ComponentStatus, other: Option<ComponentStatus>| other.map_or(own, |other| own.max(other));
        StatusChange { old: worst(change.old, before), new: worst(change.new, after), ..change }
    }

    /// What other entries than `own` say of a component that began until `at` and had not ended before, the latest to
    /// begin first, each with its place by beginning.
    fn others<'a>(
        &'a self,
        component: &Id,
        at: Time,
        (kind, id): (EntryKind, &'a Id),
    ) -> impl Iterator<Item = (usize, &'a EntryTrouble)> + use<'a> {
        let near = self.troubles.get(component).into_iter().flat_map(move |all| all.around(at));
        near.filter(move |(_, other)| other.entry.0 != kind || other.entry.1 != *id)
    }
}

impl ComponentTroubles {
    fn of(mut troubles: Vec<EntryTrouble>) -> ComponentTroubles {
        // A stable sort: of those that begin together the one that was listed first is the first.
        troubles.sort_by_key(|trouble| trouble.interval.from);
        let latest_end = troubles.iter().scan(Time::from_millis(i64::MIN), |latest, trouble| {
            *latest = trouble.end().max(*latest);
            Some(*latest)
        });
        ComponentTroubles { latest_end: latest_end.collect(), troubles }
    }

    /// Those that had begun at an instant and had not ended before it, the latest to begin first.
    fn around(&self, at: Time) -> impl Iterator<Item = (usize, &EntryTrouble)> {
        let begun = self.troubles.partition_point(|trouble| trouble.interval.from <= at);
        let last = (0..begun).rev().take_while(move |place| at <= self.latest_end[*place]);
        last.map(|place| (place, &self.troubles[place])).filter(move |(_, trouble)| at <= trouble.end())
    }
}

impl EntryTrouble {
    /// The first instant at which it no longer holds; none that ever comes while it is open.
    fn end(&self) -> Time {
        if self.is_open { Time::from_millis(i64::MAX) } else { self.interval.until }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn trouble() -> impl Strategy<Value = EntryTrouble> {
        (0i64..60, 0i64..30, any::<bool>(), 0usize..3).prop_map(|(from, length, is_open, status)| EntryTrouble {
            interval: Interval::new(Time::from_millis(from), Time::from_millis(from + length)),
            is_open,
            status: ComponentStatus::ALL[status],
            entry: (EntryKind::Incident, Id::new("other").unwrap()),
        })
    }

    proptest! {
        #[test]
        fn what_goes_on_at_an_instant_is_found_without_a_look_at_all(
            troubles in prop::collection::vec(trouble(), 0..12),
            at in 0i64..100,
        ) {
            let at = Time::from_millis(at);
            let goes_on = |trouble: &&EntryTrouble| trouble.interval.from <= at && at <= trouble.end();
            let mut slowly: Vec<_> = troubles.iter().filter(goes_on).map(|found| (found.interval, found.status)).collect();
            slowly.sort();
            let all = ComponentTroubles::of(troubles.clone());
            let mut found: Vec<_> = all.around(at).map(|(_, found)| (found.interval, found.status)).collect();
            found.sort();
            prop_assert_eq!(found, slowly);
        }
    }
}
