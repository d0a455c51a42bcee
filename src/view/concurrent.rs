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
    troubles: BTreeMap<Id, Vec<EntryTrouble>>,
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
        let mut all = Concurrent::default();
        for snapshot in incidents {
            let entry = (EntryKind::Incident, snapshot.incident.id.clone());
            for span in snapshot.spans() {
                all.add(
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
                    all.add(
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
        all
    }

    fn add(&mut self, component: &Id, trouble: EntryTrouble) {
        self.troubles.entry(component.clone()).or_default().push(trouble);
    }

    /// The worst that another entry than `own` says of a component from `at` on, and which.
    pub fn worst_other<'a>(
        &'a self,
        component: &Id,
        at: Time,
        own: (EntryKind, &'a Id),
    ) -> Option<(ComponentStatus, &'a Id)> {
        let others = self.others(component, own);
        let now = others.filter(|other| other.interval.from <= at && (other.is_open || at < other.interval.until));
        // The one that came first, of those that are equally bad.
        let worst = now.min_by_key(|other| (std::cmp::Reverse(other.status), other.interval.from))?;
        Some((worst.status, &worst.entry.1))
    }

    /// A change that the entry `own` tells at `at`, as customers meet it.
    pub fn met<'a>(&self, change: StatusChange<'a>, at: Time, own: (EntryKind, &Id)) -> StatusChange<'a> {
        let others = self.others(change.component, own);
        // The instant itself belongs to what comes after: here what ends at it still holds, and what begins at it does
        // not yet.
        let before = others.filter(|other| other.interval.from < at && (other.is_open || at <= other.interval.until));
        let before = before.map(|other| other.status).max();
        let after = self.worst_other(change.component, at, own).map(|(status, _)| status);
        let worst = |own: ComponentStatus, other: Option<ComponentStatus>| other.map_or(own, |other| own.max(other));
        StatusChange { old: worst(change.old, before), new: worst(change.new, after), ..change }
    }

    fn others<'a>(
        &'a self,
        component: &Id,
        (kind, id): (EntryKind, &'a Id),
    ) -> impl Iterator<Item = &'a EntryTrouble> + use<'a> {
        let all = self.troubles.get(component).into_iter().flatten();
        all.filter(move |other| other.entry.0 != kind || other.entry.1 != *id)
    }
}
