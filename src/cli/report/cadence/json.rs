//! The report as JSON. The keys are a contract: they are documented in the book and stay.

use serde_json::{Value, json};

use super::CadenceReport;
use crate::characters::visible_json;
use crate::time::Time;
use crate::view::{GRACE, Promise, PromiseOutcome, UpdateGap};

pub(super) fn json(report: &CadenceReport<'_>) -> String {
    let (low, high) = report.kept.interval();
    let kept = &report.kept;
    let late = report.promises.iter().filter_map(late).collect::<Vec<_>>();
    let is_known = kept.n() > 0;
    let whole = json!({
        "site": report.settings.name,
        "now": report.now.rfc3339(),
        "overdue": report.is_overdue(),
        "open": report.update_gaps.iter().map(update_gap).collect::<Vec<_>>(),
        "promises": {
            "n": kept.n(),
            "kept": kept.kept,
            "late": kept.late.n(),
            "missing": kept.missing,
            "waiting": kept.waiting,
            "share_low": is_known.then_some(low),
            "share_high": is_known.then_some(high),
            "grace_seconds": GRACE,
            "median_late_seconds": kept.late.median(),
            "longest_late_seconds": kept.late.longest(),
        },
        "late": late,
    });
    visible_json(&whole)
}

fn update_gap(gap: &UpdateGap) -> Value {
    let incident = &gap.incident.incident;
    let time = |time: Option<Time>| time.map(|time| time.rfc3339());
    json!({
        "incident": &*incident.id,
        "title": incident.title,
        "impact": incident.impact.word(),
        "status": gap.incident.status.word(),
        "last": gap.last.rfc3339(),
        "silent_seconds": gap.seconds,
        "allowed_seconds": gap.allowed,
        "promised": time(gap.promised),
        "due": time(gap.due),
        "state": gap.state.word(),
        "late_by_seconds": gap.late_by,
    })
}

/// A promise that was not kept.
fn late(promise: &Promise) -> Option<Value> {
    let (came, seconds) = match promise.outcome {
        PromiseOutcome::Late(seconds) => (Some(promise.at.plus_seconds(seconds).rfc3339()), seconds),
        PromiseOutcome::Missing(seconds) => (None, seconds),
        PromiseOutcome::Kept | PromiseOutcome::Waiting => return None,
    };
    let (incident, promised) = (&*promise.incident.incident.id, promise.at.rfc3339());
    Some(json!({ "incident": incident, "promised": promised, "came": came, "late_by_seconds": seconds }))
}
