//! A step of a chain in words: how it went, what exactly changed, what was still open.

use serde::Serialize;

use super::{Wiki, paths};
use crate::model::Postmortem;
use crate::view::{Change, Dimension, Metric, Outcome, Step, Value, Verdict};

/// How a report went against the one before it.
#[derive(Serialize)]
pub(super) struct Against {
    pub(super) verdict: Tag,
    /// What the verdict means: follows its word after a colon.
    lead: Option<String>,
    /// What else got better, what worse, what stayed, what nobody knows; a sentence each.
    changes: Vec<String>,
    /// Whether the goal was reached, in words.
    goal: Option<String>,
    /// The actions that were open when it came back.
    open: Vec<Open>,
}

/// A verdict: its class, its sign and its word.
#[derive(Serialize)]
pub(super) struct Tag {
    word: &'static str,
    sign: &'static str,
    label: String,
}

#[derive(Serialize)]
struct Open {
    path: String,
    /// `A3 of PM-2026-004`
    name: String,
    text: String,
}

pub(super) fn tag(wiki: &Wiki, verdict: Verdict) -> Tag {
    let sign = match verdict {
        Verdict::Better => "✓",
        Verdict::Mixed => "±",
        Verdict::Same => "=",
        Verdict::Worse => "✕",
        Verdict::Unknown => "?",
    };
    let label = wiki.theme.messages.get(&format!("verdict_{}", verdict.word())).to_owned();
    Tag { word: verdict.word(), sign, label }
}

pub(super) fn against(wiki: &Wiki, step: &Step) -> Against {
    let leading = match step.previous.verdict {
        Verdict::Better => Some(Outcome::Better),
        Verdict::Worse => Some(Outcome::Worse),
        Verdict::Same => Some(Outcome::Same),
        Verdict::Mixed | Verdict::Unknown => None,
    };
    let all = [Outcome::Better, Outcome::Worse, Outcome::Same, Outcome::Unknown];
    let rest = all.into_iter().filter(|outcome| Some(*outcome) != leading);
    let report = &wiki.site.postmortems[step.report];
    Against {
        verdict: tag(wiki, step.previous.verdict),
        lead: leading.and_then(|outcome| changes(wiki, step, outcome)),
        changes: rest.filter_map(|outcome| sentence(wiki, step, outcome)).collect(),
        goal: step.goal.and_then(|goal| reached(wiki, report, goal)),
        open: step.carried_over.iter().map(|carried| open(wiki, carried.report, carried.action)).collect(),
    }
}

/// `Better: recover −178 min, severity SEV1 to SEV2.`
fn sentence(wiki: &Wiki, step: &Step, outcome: Outcome) -> Option<String> {
    let key = format!("changed_{}", outcome.word());
    changes(wiki, step, outcome).map(|changes| wiki.theme.messages.fill(&key, &[("changes", &changes)]))
}

/// What has this outcome: `recover −178 min, severity SEV1 to SEV2`.
fn changes(wiki: &Wiki, step: &Step, outcome: Outcome) -> Option<String> {
    let changes: Vec<String> = step.previous.with(outcome).map(|change| change_in_words(wiki, change)).collect();
    (!changes.is_empty()).then(|| changes.join(", "))
}

fn change_in_words(wiki: &Wiki, change: &Change) -> String {
    let name = wiki.theme.messages.get(&format!("dimension_{}", change.dimension.word())).to_owned();
    if !matches!(change.outcome, Outcome::Better | Outcome::Worse) {
        return name;
    }
    let text = match (&change.before, &change.after) {
        (Some(Value::Time(before)), Some(Value::Time(after))) => signed_minutes(wiki, after.seconds - before.seconds),
        (Some(before), Some(after)) => {
            let (from, to) = (value(before), value(after));
            wiki.theme.messages.fill("range", &[("from", &from), ("until", &to)])
        }
        _ => return name,
    };
    format!("{name} {text}")
}

/// `+14 min`, `−3 h 20 min`
fn signed_minutes(wiki: &Wiki, seconds: i64) -> String {
    let sign = if seconds < 0 { "−" } else { "+" };
    format!("{sign}{}", wiki.format().duration(seconds.abs()))
}

fn value(value: &Value) -> String {
    match value {
        Value::Severity(severity) => severity.name.to_string(),
        Value::Percent(share) => format!("{share} %"),
        Value::Count(count) => count.to_string(),
        Value::Time(measured) => (measured.seconds / 60).to_string(),
    }
}

fn reached(wiki: &Wiki, report: &Postmortem, goal: i64) -> Option<String> {
    let Some(Value::Time(measured)) = Dimension::Recover.of(report) else { return None };
    let key = if measured.seconds <= goal { "goal_reached" } else { "goal_missed" };
    Some(wiki.theme.messages.fill(key, &[("time", &wiki.format().duration(goal))]))
}

fn open(wiki: &Wiki, report: usize, action: usize) -> Open {
    let report = &wiki.site.postmortems[report];
    let action = &report.actions[action];
    let name = wiki.theme.messages.fill("action_of", &[("action", &action.id), ("report", &report.label)]);
    Open { path: paths::page(&paths::postmortem(&report.id)), name, text: action.text.clone() }
}

/// A time in whole minutes, for a column of a table; `≈` before one that is not known to the minute.
pub(super) fn minutes(wiki: &Wiki, metric: Metric, report: &Postmortem) -> Option<String> {
    use crate::model::Precision::{Exact, Minute};
    let measured = wiki.measure(metric, report)?;
    let about = if matches!(measured.precision, Exact | Minute) { "" } else { "≈ " };
    Some(format!("{about}{}", measured.seconds / 60))
}
