//! What needs somebody at `now`: postmortems that are due, reviews that wait, promises that are late.

use super::actions::{ActionState, Progress, actions};
use super::duty::{CAPACITY_STALE_AFTER, Due, Duty, DutyKind, SOON};
use super::postmortems_due::{postmortems, reviews};
use crate::model::Site;
use crate::time::Time;

/// Everything that needs somebody, the most urgent first: by kind, then priorities, then the latest.
///
/// Incidents count as they are known at `now`; postmortems and service cards count as they stand.
pub fn duties(site: &Site, now: Time) -> Vec<Duty> {
    let mut all = postmortems(site, now);
    all.extend(reviews(site));
    all.extend(promises(site, now));
    all.extend(capacity(site, now));
    all.sort_by(|a, b| order(a).cmp(&order(b)));
    all
}

fn order(duty: &Duty) -> impl Ord + '_ {
    let lateness = std::cmp::Reverse(duty.late_by.unwrap_or(i64::MIN));
    (duty.kind, !duty.priority, lateness, duty.since, &duty.incident, &duty.postmortem, &duty.action, &duty.component)
}

fn promises(site: &Site, now: Time) -> Vec<Duty> {
    let zone = site.settings.zone;
    let duty = |state: &ActionState| {
        let (action, days) = (state.action(), state.days_late?);
        let kind = match state.progress {
            Progress::Overdue => DutyKind::ActionOverdue,
            Progress::Open if days >= -SOON => DutyKind::ActionDueSoon,
            Progress::Open | Progress::Done => return None,
        };
        let due = action.due?;
        Some(Duty {
            action: Some(action.id.clone()),
            owners: vec![action.owner.clone()],
            due: Some(Due::On(due)),
            late_by: Some(now.seconds_since(zone.day_start(due.plus_days(1)))),
            priority: action.priority,
            ..Duty::about(kind, &state.postmortem, &action.text)
        })
    };
    actions(&site.postmortems, zone, now).iter().filter_map(duty).collect()
}

fn capacity(site: &Site, now: Time) -> Vec<Duty> {
    let zone = site.settings.zone;
    let present = site.components.iter().filter(|component| !component.is_retired(zone, now));
    let stale = present.filter_map(|component| {
        let card = site.services.get(&component.id)?;
        let checked = card.capacity()?.checked?;
        let due = checked.plus_days(CAPACITY_STALE_AFTER as u64);
        let late_by = now.seconds_since(zone.day_start(due.plus_days(1)));
        (late_by > 0).then(|| Duty {
            component: Some(component.id.clone()),
            owners: card.owner.iter().cloned().collect(),
            since: Some(zone.day_start(checked)),
            due: Some(Due::On(due)),
            late_by: Some(late_by),
            ..Duty::new(DutyKind::CapacityStale, &component.name)
        })
    });
    stale.collect()
}
