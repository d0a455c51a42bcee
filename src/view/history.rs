//! What happened, month by month.

use std::sync::Arc;

use super::{IncidentSnapshot, MaintenanceSnapshot};
use crate::time::{Date, Time, Zone};

/// A calendar month and what began in it.
#[derive(Clone, Debug)]
pub struct Month {
    /// Its first day.
    pub first: Date,
    /// Newest first.
    pub entries: Vec<Entry>,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Entry {
    /// Something that went wrong.
    Incident(Arc<IncidentSnapshot>),
    /// Planned work that has begun.
    Maintenance(Arc<MaintenanceSnapshot>),
}

impl Entry {
    /// When it began.
    pub fn began(&self) -> Time {
        match self {
            Entry::Incident(snapshot) => snapshot.incident.started,
            Entry::Maintenance(snapshot) => snapshot.interval.from,
        }
    }

    /// Its id, to order what began at the same instant.
    fn id(&self) -> &str {
        match self {
            Entry::Incident(snapshot) => &snapshot.incident.id,
            Entry::Maintenance(snapshot) => &snapshot.maintenance.id,
        }
    }
}

/// Every month from the first with an entry to that of `now`, newest first, empty ones too. Work that
/// lies ahead is no history.
pub fn months(
    incidents: &[Arc<IncidentSnapshot>],
    maintenance: &[Arc<MaintenanceSnapshot>],
    zone: Zone,
    now: Time,
) -> Vec<Month> {
    let work = maintenance.iter().filter(|snapshot| snapshot.interval.from <= now).cloned().map(Entry::Maintenance);
    let mut entries: Vec<Entry> = incidents.iter().cloned().map(Entry::Incident).chain(work).collect();
    entries.sort_by(|a, b| (b.began(), b.id()).cmp(&(a.began(), a.id())));
    let mut entries = entries.into_iter().peekable();
    let mut months = Vec::new();
    let (mut first, _) = Zone::month_bounds(zone.date(now));
    loop {
        let start = zone.day_start(first);
        let mut month = Month { first, entries: Vec::new() };
        while let Some(entry) = entries.next_if(|entry| entry.began() >= start) {
            month.entries.push(entry);
        }
        months.push(month);
        if entries.peek().is_none() {
            return months;
        }
        (first, _) = Zone::month_bounds(first.minus_days(1));
    }
}
