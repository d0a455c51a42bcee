//! Uptime by calendar month, by the rules of `uptime`.

use std::sync::Arc;

use super::interval::flatten;
use super::uptime::{life, troubles};
use super::{IncidentSnapshot, Interval, MaintenanceSnapshot, Uptime};
use crate::model::Component;
use crate::time::{Date, Time, Zone};

/// How many months are told, the present one included.
pub const MONTHS: usize = 12;

/// A calendar month of a component.
#[derive(Clone, Debug)]
pub struct MonthUptime {
    /// Its first day.
    pub first: Date,
    /// As far as the month has passed.
    pub uptime: Uptime,
}

/// The last [`MONTHS`] months of each component, in the order given, each oldest first. What has no `start` counts from
/// the month `since` on, which is that of the first entry: before it, nobody kept a record. Months of which nothing
/// counts are left out.
pub fn monthly(
    components: &[Arc<Component>],
    incidents: &[Arc<IncidentSnapshot>],
    maintenance: &[Arc<MaintenanceSnapshot>],
    since: Date,
    zone: Zone,
    now: Time,
) -> Vec<Vec<MonthUptime>> {
    let (newest, _) = Zone::month_bounds(zone.date(now));
    let firsts = std::iter::successors(Some(newest), |first| Some(Zone::month_bounds(first.minus_days(1)).0));
    let mut firsts: Vec<Date> = firsts.take(MONTHS).collect();
    firsts.reverse();
    let window = Interval::new(zone.day_start(firsts[0]), now);
    let mut troubles = troubles(incidents, maintenance, window);
    let since = zone.day_start(since);
    let months_of = |component: &Arc<Component>| {
        let troubles = troubles.remove(&component.id).unwrap_or_default();
        let stretches: Vec<_> = troubles.iter().map(|trouble| (trouble.interval, trouble.status)).collect();
        let flat = flatten(&stretches);
        let life = life(component, zone);
        let life = if component.start.is_none() { Interval::new(since, life.until) } else { life };
        let month = |first: &Date| {
            let until = zone.day_start(Zone::month_bounds(*first).1).min(now);
            let month = Interval::new(zone.day_start(*first), until).clip(life);
            (!month.is_empty()).then(|| MonthUptime { first: *first, uptime: Uptime::over(&flat, month) })
        };
        firsts.iter().filter_map(month).collect()
    };
    components.iter().map(months_of).collect()
}
