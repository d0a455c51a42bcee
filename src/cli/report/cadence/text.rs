//! The report for people: on a terminal, and as Markdown for a chat or an issue.

use super::CadenceReport;
use crate::markdown::escape;
use crate::model::Incident;
use crate::paths;
use crate::time::in_words;
use crate::view::{DueState, GRACE, Promise, PromiseOutcome, PromisesKept, UpdateGap};

pub(super) fn text(report: &CadenceReport<'_>) -> String {
    let mut out = format!("{} at {}\n\nOpen incidents\n", report.settings.name, report.now.rfc3339_minutes());
    for gap in &report.update_gaps {
        let incident = &gap.incident.incident;
        out += &format!("  {}\n    {}; incident {}\n", incident.title, facts(gap).join("; "), incident.id);
    }
    if report.update_gaps.is_empty() {
        out += "  none\n";
    }
    out += "\nPromised updates\n";
    for line in figures(&report.kept) {
        out += &format!("  {line}\n");
    }
    for (promise, late) in broken(report) {
        out += &format!("  {late}; incident {}\n", promise.incident.incident.id);
    }
    out
}

pub(super) fn markdown(report: &CadenceReport<'_>) -> String {
    let name = escape(&report.settings.name);
    let mut out = format!("**{name}** at {}\n\n### Open incidents\n\n", report.now.rfc3339_minutes());
    for gap in &report.update_gaps {
        let incident = &gap.incident.incident;
        out += &format!("- **{}**: {}\n", linked(report, incident, &incident.title), facts(gap).join("; "));
    }
    if report.update_gaps.is_empty() {
        out += "None.\n";
    }
    out += "\n### Promised updates\n\n";
    for line in figures(&report.kept) {
        out += &format!("- {line}\n");
    }
    for (promise, late) in broken(report) {
        let incident = &promise.incident.incident;
        out += &format!("- {late}; {}\n", linked(report, incident, &format!("incident {}", incident.id)));
    }
    out
}

/// A text as a link to the incident's public page.
fn linked(report: &CadenceReport<'_>, incident: &Incident, text: &str) -> String {
    format!("[{}]({}{})", escape(text), report.settings.url, paths::incident(&incident.id))
}

/// When the next word is due, how long there has been none, how long that may be.
fn facts(gap: &UpdateGap) -> Vec<String> {
    let incident = &gap.incident;
    let allowed = match gap.allowed {
        Some(seconds) => format!("{} allowed", in_words(seconds)),
        None => "as long as it takes".to_owned(),
    };
    let silent = format!("silent for {} ({allowed})", in_words(gap.seconds));
    vec![due(gap), silent, format!("{}, {}", incident.incident.impact.word(), incident.status.word())]
}

fn due(gap: &UpdateGap) -> String {
    let Some((due, late)) = gap.due.zip(gap.late_by) else { return "nothing due".to_owned() };
    let why = if gap.promised == Some(due) { "promised" } else { "by its impact" };
    let due = due.rfc3339_minutes();
    match gap.state {
        DueState::Overdue => format!("OVERDUE by {}: due {due}, {why}", in_words(late)),
        DueState::Due | DueState::Fine => format!("due {due}, in {}, {why}", in_words(-late)),
    }
}

fn figures(kept: &PromisesKept) -> Vec<String> {
    let waiting = if kept.waiting == 0 { String::new() } else { format!("; {} still to come", kept.waiting) };
    if kept.n() == 0 {
        return vec![format!("kept: none was promised, or none is due yet{waiting}")];
    }
    let (low, high) = kept.interval();
    let percent = |share: f64| format!("{:.0}", share * 100.0);
    let share = percent(kept.kept as f64 / kept.n() as f64);
    let interval = format!("95 % interval {} to {} %", percent(low), percent(high));
    let grace = in_words(GRACE);
    vec![
        format!("kept within {grace}: {} of {} ({share} %, {interval}){waiting}", kept.kept, kept.n()),
        late(kept),
        format!("without a later update: {}", kept.missing),
    ]
}

/// A median says something from three on.
fn late(kept: &PromisesKept) -> String {
    let median = kept.late.median().map(|seconds| format!(", median {}", in_words(seconds)));
    let longest = kept.late.longest().map(|seconds| format!(", longest {}", in_words(seconds)));
    format!("late: {}{}{}", kept.late.n(), median.unwrap_or_default(), longest.unwrap_or_default())
}

/// The promises that were not kept, the newest first, with how late.
fn broken<'a>(report: &'a CadenceReport<'_>) -> impl Iterator<Item = (&'a Promise, String)> {
    let said = |promise: &'a Promise| {
        let at = promise.at.rfc3339_minutes();
        let said = match promise.outcome {
            PromiseOutcome::Late(seconds) => format!("{at} came {} late", in_words(seconds)),
            PromiseOutcome::Missing(seconds) => format!("{at} has not come for {}", in_words(seconds)),
            PromiseOutcome::Kept | PromiseOutcome::Waiting => return None,
        };
        Some((promise, said))
    };
    report.promises.iter().rev().filter_map(said)
}
