//! The report as JSON. The keys are a contract: they are documented in the book and stay.

use serde_json::{Map, Value, json};

use super::DutyReport;
use crate::characters::visible_json;
use crate::view::{Due, Duty, MetricStats};

pub(super) fn json(report: &DutyReport<'_>) -> String {
    let stats = &report.stats;
    let postmortems: Map<String, Value> =
        stats.postmortems.iter().map(|(status, count)| (status.word().to_owned(), json!(count))).collect();
    let whole = json!({
        "site": report.site.settings.name,
        "now": report.now.rfc3339(),
        "duties": report.duties.iter().map(duty).collect::<Vec<_>>(),
        "reports": postmortems,
        "actions": { "open": stats.open, "overdue": stats.overdue, "done": stats.done },
        "times": stats.times.iter().map(time).collect::<Vec<_>>(),
    });
    visible_json(&whole)
}

fn duty(duty: &Duty) -> Value {
    let due = duty.due.map(|due| match due {
        Due::By(time) => time.rfc3339(),
        Due::On(date) => date.iso(),
    });
    json!({
        "kind": duty.kind.word(),
        "group": duty.kind.group().word(),
        "what": duty.what,
        "incident": duty.incident.as_deref(),
        "postmortem": duty.postmortem.as_deref(),
        "label": duty.label,
        "action": duty.action,
        "component": duty.component.as_deref(),
        "owners": duty.owners,
        "since": duty.since.map(|time| time.rfc3339()),
        "due": due,
        "late_by_seconds": duty.late_by,
        "priority": duty.priority,
    })
}

fn time(known: &MetricStats) -> Value {
    let (to, from) = known.metric.formula();
    json!({
        "metric": known.metric.word(),
        "from": from,
        "to": to,
        "n": known.sample.n(),
        "left_out": known.left_out,
        "median_seconds": known.sample.median(),
    })
}
