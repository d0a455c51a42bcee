//! Which incidents want a postmortem, and which postmortems want an author, a reviewer, or a word to
//! customers.

use std::sync::Arc;

use super::duty::{Due, Duty, DutyKind, owners, teams};
use super::{IncidentSnapshot, incident_snapshots};
use crate::model::{ComponentStatus, Id, Impact, Incident, Mark, Postmortem, PostmortemStatus, Site, Visibility};
use crate::time::Time;

/// How long after the resolution a postmortem is due unless the site says otherwise, in seconds: two
/// days. What people remember fades within a day or two.
pub const USUAL_DUE: i64 = 2 * 86_400;

/// The impact from which on a postmortem is demanded where the site says when it is due and not for what.
const USUAL_FROM: Impact = Impact::Major;

/// How long a core component must have failed entirely, in seconds, before customers are owed the
/// reasons: an hour. A shorter outage many of them never met; a longer one their own customers did.
pub const LONG_OUTAGE: i64 = 3600;

/// For how long after the resolution we ask, in seconds: a year. Whoever takes over ten years of
/// history is not asked to write postmortems of what nobody remembers.
const ASKED_FOR: i64 = 365 * 86_400;

/// What is to be written: postmortems that are absent or unfinished, and words to customers.
pub(super) fn postmortems(site: &Site, now: Time) -> Vec<Duty> {
    // What was last spoken of before that is not looked at any closer.
    let is_asked =
        |incident: &&Arc<Incident>| incident.updates.last().is_some_and(|last| now.seconds_since(last.at) <= ASKED_FOR);
    let incidents: Vec<_> = site.incidents.iter().map(|record| &record.incident).filter(is_asked).cloned().collect();
    let mut duties: Vec<Duty> =
        site.postmortems.iter().filter_map(|postmortem| unfinished(site, postmortem, now)).collect();
    for snapshot in incident_snapshots(&incidents, now) {
        let Some(resolved) = snapshot.resolved.filter(|resolved| now.seconds_since(*resolved) <= ASKED_FOR) else {
            continue;
        };
        let postmortems: Vec<_> = postmortems_of(site, &snapshot.incident.id).collect();
        if postmortems.is_empty() {
            duties.extend(absent(site, &snapshot, resolved, now));
        } else {
            duties.extend(untold(site, &snapshot, &postmortems, resolved, now));
        }
    }
    duties
}

/// Reports that wait to be read by others: not those that were taken over from elsewhere.
pub(super) fn reviews(site: &Site) -> Vec<Duty> {
    let waiting = site
        .postmortems
        .iter()
        .filter(|postmortem| postmortem.status == PostmortemStatus::InReview && !postmortem.imported);
    let duty = |postmortem: &Arc<Postmortem>| Duty {
        owners: owners(site, postmortem),
        since: postmortem.published.or(postmortem.marks.at(Mark::Resolved)),
        ..Duty::about(DutyKind::ReviewWaiting, postmortem, &postmortem.title)
    };
    waiting.map(duty).collect()
}

fn postmortems_of<'a>(site: &'a Site, incident: &'a Id) -> impl Iterator<Item = &'a Arc<Postmortem>> {
    site.postmortems.iter().filter(move |postmortem| postmortem.incident.as_ref() == Some(incident))
}

/// The least impact that demands a postmortem; none where the site does not say that any is demanded.
fn required_from(site: &Site) -> Option<Impact> {
    let usual = site.internal.postmortem_due.map(|_| USUAL_FROM);
    site.internal.postmortem_required_from.or(usual)
}

/// When the postmortem of what was resolved then is due.
fn due(site: &Site, resolved: Time) -> Time {
    resolved.plus_seconds(site.internal.postmortem_due.unwrap_or(USUAL_DUE))
}

fn touched(snapshot: &IncidentSnapshot) -> Vec<&Id> {
    snapshot.updates().iter().flat_map(|update| update.components.keys()).collect()
}

/// An incident that demands a postmortem and has none.
fn absent(site: &Site, snapshot: &IncidentSnapshot, resolved: Time, now: Time) -> Option<Duty> {
    let is_demanded = required_from(site).is_some_and(|least| snapshot.incident.impact >= least);
    let due = due(site, resolved);
    let late_by = now.seconds_since(due);
    let kind = if late_by > 0 { DutyKind::PostmortemOverdue } else { DutyKind::PostmortemDue };
    is_demanded.then(|| Duty {
        incident: Some(snapshot.incident.id.clone()),
        owners: teams(site, touched(snapshot)),
        since: Some(resolved),
        due: Some(Due::By(due)),
        late_by: Some(late_by),
        ..Duty::new(kind, &snapshot.incident.title)
    })
}

/// A postmortem that is still a draft after it was due.
fn unfinished(site: &Site, postmortem: &Arc<Postmortem>, now: Time) -> Option<Duty> {
    let resolved = postmortem.marks.at(Mark::Resolved).filter(|_| postmortem.status == PostmortemStatus::Draft)?;
    let due = due(site, resolved);
    let late_by = now.seconds_since(due);
    (late_by > 0).then(|| Duty {
        owners: owners(site, postmortem),
        since: Some(resolved),
        due: Some(Due::By(due)),
        late_by: Some(late_by),
        ..Duty::about(DutyKind::PostmortemUnfinished, postmortem, &postmortem.title)
    })
}

/// A public incident in which the product failed for long, and whose postmortems tell customers nothing.
fn untold(
    site: &Site,
    snapshot: &IncidentSnapshot,
    postmortems: &[&Arc<Postmortem>],
    resolved: Time,
    now: Time,
) -> Option<Duty> {
    let record = site.incidents.iter().find(|record| record.incident.id == snapshot.incident.id)?;
    let due = due(site, resolved);
    let late_by = now.seconds_since(due);
    let is_ripe = late_by > 0 || postmortems.iter().any(|postmortem| postmortem.is_reviewed());
    let is_told = postmortems.iter().any(|postmortem| postmortem.publish);
    let is_advised = record.visibility == Visibility::Public && is_ripe && !is_told && failed_for_long(site, snapshot);
    let postmortem = postmortems.last().filter(|_| is_advised)?;
    Some(Duty {
        owners: owners(site, postmortem),
        since: Some(resolved),
        due: Some(Due::By(due)),
        late_by: Some(late_by),
        ..Duty::about(DutyKind::ExternalMessageAdvised, postmortem, &snapshot.incident.title)
    })
}

/// Whether a core component failed entirely for at least [`LONG_OUTAGE`], all its outages together.
fn failed_for_long(site: &Site, snapshot: &IncidentSnapshot) -> bool {
    let spans = snapshot.spans();
    let failed = |id: &Id| -> i64 {
        let own = spans.iter().filter(|span| span.component == *id && span.status == ComponentStatus::MajorOutage);
        own.map(|span| span.interval.seconds()).sum()
    };
    site.components.iter().any(|component| component.core && failed(&component.id) >= LONG_OUTAGE)
}
