//! The report for people: on a terminal, and as Markdown for a chat or an issue.

use super::Found;
use crate::markdown::escape;
use crate::model::Incident;
use crate::paths;
use crate::time::in_words;
use crate::view::{DueState, GRACE, Promise, PromiseOutcome, PromisesKept, Silence};

pub(super) fn text(found: &Found<'_>) -> String {
    let mut out = format!("{} at {}\n\nOpen incidents\n", found.settings.name, found.now.rfc3339_minutes());
    for silence in &found.silences {
        let incident = &silence.incident.incident;
        out += &format!("  {}\n    {}; incident {}\n", incident.title, facts(silence).join("; "), incident.id);
    }
    if found.silences.is_empty() {
        out += "  none\n";
    }
    out += "\nPromised updates\n";
    for line in figures(&found.kept) {
        out += &format!("  {line}\n");
    }
    for (promise, late) in broken(found) {
        out += &format!("  {late}; incident {}\n", promise.incident.incident.id);
    }
    out
}

pub(super) fn markdown(found: &Found<'_>) -> String {
    let name = escape(&found.settings.name);
    let mut out = format!("**{name}** at {}\n\n### Open incidents\n\n", found.now.rfc3339_minutes());
    for silence in &found.silences {
        let incident = &silence.incident.incident;
        out += &format!("- **{}**: {}\n", linked(found, incident, &incident.title), facts(silence).join("; "));
    }
    if found.silences.is_empty() {
        out += "None.\n";
    }
    out += "\n### Promised updates\n\n";
    for line in figures(&found.kept) {
        out += &format!("- {line}\n");
    }
    for (promise, late) in broken(found) {
        let incident = &promise.incident.incident;
        out += &format!("- {late}; {}\n", linked(found, incident, &format!("incident {}", incident.id)));
    }
    out
}

/// A text as a link to the incident's public page.
fn linked(found: &Found<'_>, incident: &Incident, text: &str) -> String {
    format!("[{}]({}{})", escape(text), found.settings.url, paths::incident(&incident.id))
}

/// When the next word is due, how long there has been none, how long that may be.
fn facts(silence: &Silence) -> Vec<String> {
    let incident = &silence.incident;
    let allowed = match silence.allowed {
        Some(seconds) => format!("{} allowed", in_words(seconds)),
        None => "as long as it takes".to_owned(),
    };
    let silent = format!("silent for {} ({allowed})", in_words(silence.silent_for));
    vec![due(silence), silent, format!("{}, {}", incident.incident.impact.word(), incident.status.word())]
}

fn due(silence: &Silence) -> String {
    let Some((due, late)) = silence.due.zip(silence.late_by) else { return "nothing due".to_owned() };
    let why = if silence.promised == Some(due) { "promised" } else { "by its impact" };
    let due = due.rfc3339_minutes();
    match silence.state {
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
fn broken<'a>(found: &'a Found<'_>) -> impl Iterator<Item = (&'a Promise, String)> {
    let said = |promise: &'a Promise| {
        let at = promise.at.rfc3339_minutes();
        let said = match promise.outcome {
            PromiseOutcome::Late(seconds) => format!("{at} came {} late", in_words(seconds)),
            PromiseOutcome::Missing(seconds) => format!("{at} has not come for {}", in_words(seconds)),
            PromiseOutcome::Kept | PromiseOutcome::Waiting => return None,
        };
        Some((promise, said))
    };
    found.promises.iter().rev().filter_map(said)
}
