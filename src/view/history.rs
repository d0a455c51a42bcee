//! What happened, month by month.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{IncidentSnapshot, Interval, MaintenanceSnapshot};
use crate::time::{Date, Time, Zone};

/// A calendar month and what touched it.
#[derive(Clone, Debug)]
pub struct Month {
    /// Its first day.
    pub first: Date,
    /// The latest to begin first.
    pub entries: Vec<HistoryEntry>,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub enum HistoryEntry {
    /// Something that went wrong.
    Incident(Arc<IncidentSnapshot>),
    /// Planned work that was begun, or given up.
    Maintenance(Arc<MaintenanceSnapshot>),
}

impl HistoryEntry {
    /// Whether it is over, and nothing was said of it for long.
    pub fn is_settled(&self) -> bool {
        match self {
            HistoryEntry::Incident(snapshot) => snapshot.is_settled(),
            HistoryEntry::Maintenance(snapshot) => snapshot.is_settled(),
        }
    }

    /// When it began.
    pub fn began(&self) -> Time {
        match self {
            HistoryEntry::Incident(snapshot) => snapshot.incident.started,
            HistoryEntry::Maintenance(snapshot) => {
                snapshot.happened().first().map_or(snapshot.window.from, |first| first.from)
            }
        }
    }

    /// The local days that it touched, each time that it went on: the first and the last one.
    pub fn days(&self, zone: Zone) -> Vec<(Date, Date)> {
        let happened = match self {
            HistoryEntry::Incident(snapshot) => snapshot.happened(),
            HistoryEntry::Maintenance(snapshot) => snapshot.happened(),
        };
        let last = |interval: Interval| Time::from_millis((interval.until.millis() - 1).max(interval.from.millis()));
        happened.into_iter().map(|interval| (zone.date(interval.from), zone.date(last(interval)))).collect()
    }

    /// Its id, to order what began at the same instant.
    fn id(&self) -> &str {
        match self {
            HistoryEntry::Incident(snapshot) => &snapshot.incident.id,
            HistoryEntry::Maintenance(snapshot) => &snapshot.maintenance.id,
        }
    }
}

/// Every month from the first with an entry to that of `now`, newest first, empty ones too. An entry stands in
/// each month that it touched, the latest to begin first. Work that lies ahead is no history.
pub fn months(
    incidents: &[Arc<IncidentSnapshot>],
    maintenance: &[Arc<MaintenanceSnapshot>],
    zone: Zone,
    now: Time,
) -> Vec<Month> {
    let incidents = incidents.iter().cloned().map(HistoryEntry::Incident);
    let mut entries: Vec<HistoryEntry> =
        incidents.chain(maintenance.iter().cloned().map(HistoryEntry::Maintenance)).collect();
    entries.sort_by(|a, b| (b.began(), b.id()).cmp(&(a.began(), a.id())));
    let mut touched: BTreeMap<Date, Vec<HistoryEntry>> = BTreeMap::new();
    for entry in entries {
        for first in months_of(&entry, zone) {
            touched.entry(first).or_default().push(entry.clone());
        }
    }
    let (newest, _) = Zone::month_bounds(zone.date(now));
    let oldest = touched.keys().next().copied().unwrap_or(newest).min(newest);
    let firsts = std::iter::successors(Some(newest), |first| Some(Zone::month_bounds(first.minus_days(1)).0));
    let firsts = firsts.take_while(|first| *first >= oldest);
    firsts.map(|first| Month { first, entries: touched.remove(&first).unwrap_or_default() }).collect()
}

/// The first days of the months that it touched, each once.
fn months_of(entry: &HistoryEntry, zone: Zone) -> BTreeSet<Date> {
    let mut months = BTreeSet::new();
    for (from, until) in entry.days(zone) {
        let first = Zone::month_bounds(from).0;
        let next = |first: &Date| Some(Zone::month_bounds(*first).1);
        months.extend(std::iter::successors(Some(first), next).take_while(|first| *first <= until));
    }
    months
}
