//! Uptime over the last 90 days, from exact intervals.
//!
//! `uptime = 1 − Σ weight × time ÷ counted time`, with the weights of [`WEIGHTS`]. Overlapping
//! incidents count once, by the worst of them. Time before a component's `start` and after its `end` is not counted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::interval::{Stretch, flatten};
use super::{IncidentSnapshot, Interval, MaintenanceSnapshot};
use crate::model::{Component, ComponentStatus, Id};
use crate::time::{Date, Time, Zone};

/// How many days the bars and percentages look back, today included.
pub const DAYS: u64 = 90;

/// How much of the time in a status counts as downtime: what Statuspage, GitHub and Instatus use.
pub const WEIGHTS: [(ComponentStatus, f64); 4] = [
    (ComponentStatus::MajorOutage, 1.0),
    (ComponentStatus::PartialOutage, 0.3),
    (ComponentStatus::DegradedPerformance, 0.0),
    (ComponentStatus::UnderMaintenance, 0.0),
];

/// What a component went through in the last [`DAYS`] days.
#[derive(Clone, Debug)]
pub struct Record {
    /// Which.
    pub component: Arc<Component>,
    /// Over the whole window.
    pub uptime: Uptime,
    /// Oldest first, [`DAYS`] of them.
    pub days: Vec<Day>,
    /// What the numbers are made of, by beginning: every trouble, as far as it is counted. Overlaps stand
    /// side by side here.
    pub troubles: Vec<Trouble>,
}

/// A time of trouble and its cause.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trouble {
    /// For how long.
    pub interval: Interval,
    /// In which status.
    pub status: ComponentStatus,
    /// Why.
    pub cause: Cause,
}

/// How much of a time a component spent in which status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uptime {
    /// The counted time, in milliseconds.
    pub counted: i64,
    /// Milliseconds in each status but operational.
    pub trouble: BTreeMap<ComponentStatus, i64>,
}

/// One day of a component.
#[derive(Clone, Debug)]
pub struct Day {
    /// The local day.
    pub date: Date,
    /// Nothing counted if the day lies before the component's start.
    pub uptime: Uptime,
    /// The incidents and the maintenance that touched the component that day.
    pub causes: Vec<Cause>,
}

/// Why a component was in trouble.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// By id and title.
    Incident(Id, String),
    /// By id and title.
    Maintenance(Id, String),
}

impl Uptime {
    /// The share of the counted time, 0 to 1; none if nothing is counted.
    pub fn share(&self) -> Option<f64> {
        let down: f64 = WEIGHTS.iter().map(|(status, weight)| weight * self.millis(*status) as f64).sum();
        (self.counted > 0).then(|| 1.0 - down / self.counted as f64)
    }

    /// Milliseconds in one status.
    pub fn millis(&self, status: ComponentStatus) -> i64 {
        self.trouble.get(&status).copied().unwrap_or(0)
    }

    /// Milliseconds in any trouble.
    pub fn troubled(&self) -> i64 {
        self.trouble.values().sum()
    }

    /// The worst status of the time.
    pub fn worst(&self) -> ComponentStatus {
        self.trouble.keys().next_back().copied().unwrap_or(ComponentStatus::Operational)
    }

    pub(super) fn over(stretches: &[Stretch<ComponentStatus>], window: Interval) -> Uptime {
        let mut trouble = BTreeMap::new();
        for (interval, status) in stretches {
            let millis = interval.clip(window).millis();
            if millis > 0 {
                *trouble.entry(*status).or_default() += millis;
            }
        }
        Uptime { counted: window.millis(), trouble }
    }
}

/// The first instant of the window that ends at `now`.
pub fn window_start(zone: Zone, now: Time) -> Time {
    zone.day_start(zone.date(now).minus_days(DAYS - 1))
}

/// The record of each component, in the order given.
pub fn records(
    components: &[Arc<Component>],
    incidents: &[Arc<IncidentSnapshot>],
    maintenance: &[Arc<MaintenanceSnapshot>],
    zone: Zone,
    now: Time,
) -> Vec<Record> {
    let window = Interval::new(window_start(zone, now), now);
    let mut troubles = troubles(incidents, maintenance, window);
    components
        .iter()
        .map(|component| record(component, troubles.remove(&component.id).unwrap_or_default(), zone, now))
        .collect()
}

/// The trouble of each component inside the window.
pub(super) fn troubles(
    incidents: &[Arc<IncidentSnapshot>],
    maintenance: &[Arc<MaintenanceSnapshot>],
    window: Interval,
) -> BTreeMap<Id, Vec<Trouble>> {
    let mut troubles: BTreeMap<Id, Vec<Trouble>> = BTreeMap::new();
    let mut add = |component: &Id, interval: Interval, status, cause| {
        let interval = interval.clip(window);
        if !interval.is_empty() {
            troubles.entry(component.clone()).or_default().push(Trouble { interval, status, cause });
        }
    };
    // Asked before the spans are folded: of a history of years most lies outside.
    for snapshot in incidents.iter().filter(|snapshot| !snapshot.interval().clip(window).is_empty()) {
        for span in snapshot.spans() {
            let cause = Cause::Incident(snapshot.incident.id.clone(), snapshot.incident.title.clone());
            add(&span.component, span.interval, span.status, cause);
        }
    }
    for snapshot in maintenance {
        for component in &snapshot.maintenance.components {
            let cause = Cause::Maintenance(snapshot.maintenance.id.clone(), snapshot.maintenance.title.clone());
            // Work that nobody feels is shown all the same.
            let felt = match snapshot.maintenance.felt(component) {
                ComponentStatus::Operational => ComponentStatus::UnderMaintenance,
                felt => felt,
            };
            for worked in &snapshot.worked {
                add(component, *worked, felt, cause.clone());
            }
        }
    }
    troubles
}

/// The time that counts for a component.
pub(super) fn life(component: &Component, zone: Zone) -> Interval {
    // Instants of no calendar, so that what has no start or end is cut by the window alone.
    let start = component.start.map_or(Time::from_millis(i64::MIN), |date| zone.day_start(date));
    Interval::new(start, component.retired_from(zone).unwrap_or(Time::from_millis(i64::MAX)))
}

fn record(component: &Arc<Component>, mut troubles: Vec<Trouble>, zone: Zone, now: Time) -> Record {
    let stretches: Vec<Stretch<ComponentStatus>> =
        troubles.iter().map(|trouble| (trouble.interval, trouble.status)).collect();
    let flat = flatten(&stretches);
    let life = life(component, zone);
    let counted = |window: Interval| window.clip(life);
    let today = zone.date(now);
    let days = (0..DAYS).rev().map(|ago| {
        let date = today.minus_days(ago);
        // From midnight to midnight of the zone, not 24 hours: clocks go forward and back.
        let day = Interval::new(zone.day_start(date), zone.day_start(date.plus_days(1)).min(now));
        let mut causes: Vec<Cause> = troubles
            .iter()
            .filter(|trouble| !trouble.interval.clip(day).is_empty())
            .map(|trouble| trouble.cause.clone())
            .collect();
        causes.sort();
        causes.dedup();
        Day { date, uptime: Uptime::over(&flat, counted(day)), causes }
    });
    let days = days.collect();
    let window = counted(Interval::new(window_start(zone, now), now));
    troubles.iter_mut().for_each(|trouble| trouble.interval = trouble.interval.clip(window));
    troubles.retain(|trouble| !trouble.interval.is_empty());
    troubles.sort();
    Record { component: Arc::clone(component), uptime: Uptime::over(&flat, window), days, troubles }
}

/// Each day of several components together: as it was for the one that had the worst of it, the longest if several
/// had the same, with the causes of all.
pub fn worst_days(records: &[&Record]) -> Vec<Day> {
    let days = records.iter().map(|record| record.days.len()).min().unwrap_or(0);
    let of = |index: usize| {
        let all = || records.iter().map(|record| &record.days[index]);
        let had = |day: &&Day| (day.uptime.worst(), day.uptime.troubled(), day.uptime.counted);
        let causes: BTreeSet<Cause> = all().flat_map(|day| day.causes.iter().cloned()).collect();
        let worst = all().max_by_key(had)?;
        Some(Day { date: worst.date, uptime: worst.uptime.clone(), causes: causes.into_iter().collect() })
    };
    (0..days).filter_map(of).collect()
}

impl<'a> std::iter::Sum<&'a Uptime> for Uptime {
    fn sum<I: Iterator<Item = &'a Uptime>>(times: I) -> Uptime {
        times.fold(Uptime::default(), |mut sum, time| {
            sum.counted += time.counted;
            for (status, millis) in &time.trouble {
                *sum.trouble.entry(*status).or_default() += millis;
            }
            sum
        })
    }
}
