//! The same cause, again: this one against the one before and against the best.

use serde::Serialize;

use super::facts::grouped;
use super::{Line, Wiki, actions, line};
use crate::model::Postmortem;
use crate::render::html::parts::Status;
use crate::view::{CarriedOver, Change, Comparison, Dimension, Outcome, Step, Value, Verdict, actions as states};

#[derive(Serialize)]
pub(super) struct Again {
    verdict: Status,
    /// The verdict in words, before the name of the report that it is compared with and after it.
    said: String,
    needs_work: bool,
    previous: Line,
    rows: Vec<Row>,
    goal: Option<Goal>,
    factors: Vec<String>,
    carried: Vec<actions::Row>,
}

/// Against the last one of the same cause, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The verdict, and the report that it is compared with.
    pub heading: String,
    /// In what it went better, worse and the same.
    pub said: String,
    /// What, before, now, how that is.
    pub columns: [String; 4],
    /// The same, line by line.
    pub rows: Vec<[String; 4]>,
}

/// For those who only read one mail.
pub(super) fn compared(wiki: &Wiki, report: &Postmortem) -> Option<Compared> {
    let (step, previous) = wiki.step_of(&report.id)?;
    let messages = &wiki.theme.messages;
    let verdict = verdict(wiki, step.previous.verdict).label;
    let values = [("verdict", &*verdict), ("report", &*previous.label)];
    let known = |value: &Option<Value>| {
        value.as_ref().map_or_else(|| messages.get("unknown").to_owned(), |known| self::value(wiki, known))
    };
    let told = step.previous.changes.iter().filter(|change| change.before.is_some() || change.after.is_some());
    let rows = told.map(|change| {
        let outcome = messages.get(&format!("pm_outcome_{}", change.outcome.word())).to_owned();
        [dimension(wiki, change), known(&change.before), known(&change.after), outcome]
    });
    Some(Compared {
        heading: messages.fill("review_compared", &values),
        said: said(wiki, &step.previous),
        columns: ["review_measure", "review_before", "review_now", "review_outcome"]
            .map(|key| messages.get(key).to_owned()),
        rows: rows.collect(),
    })
}

/// A line of the comparison.
#[derive(Serialize)]
struct Row {
    name: String,
    before: Option<String>,
    best: Option<String>,
    now: Option<String>,
    against_before: Against,
    against_best: Against,
}

#[derive(Serialize)]
struct Against {
    outcome: Status,
    /// `+14 min`
    difference: Option<String>,
}

#[derive(Serialize)]
struct Goal {
    text: String,
    state: Status,
}

pub(in crate::render::wiki) fn verdict(wiki: &Wiki, verdict: Verdict) -> Status {
    let word = match verdict {
        Verdict::Better => "operational",
        Verdict::Mixed => "partial_outage",
        Verdict::Same => "degraded_performance",
        Verdict::Worse => "major_outage",
        Verdict::Unknown => "unknown",
    };
    Status { word, label: wiki.theme.messages.get(&format!("pm_verdict_{}", verdict.word())).to_owned() }
}

pub(super) fn again(wiki: &Wiki, report: &Postmortem) -> Option<Again> {
    let (step, previous) = wiki.step_of(&report.id)?;
    let rows = step.previous.changes.iter().zip(&step.best.changes).map(|(before, best)| row(wiki, before, best));
    Some(Again {
        verdict: verdict(wiki, step.previous.verdict),
        said: said(wiki, &step.previous),
        needs_work: step.previous.verdict.is_no_better(),
        previous: line(wiki, previous),
        rows: rows.collect(),
        goal: goal(wiki, report, step),
        factors: step.repeated_factors.clone(),
        carried: step.carried_over.iter().filter_map(|carried| carried_over(wiki, *carried)).collect(),
    })
}

/// `worse in users and recover, the same in severity`
fn said(wiki: &Wiki, comparison: &Comparison) -> String {
    let messages = &wiki.theme.messages;
    let outcomes = [Outcome::Better, Outcome::Worse, Outcome::Same, Outcome::Unknown];
    let phrase = |outcome: Outcome| {
        let names: Vec<String> =
            comparison.with(outcome).map(|change| dimension(wiki, change).to_lowercase()).collect();
        let key = format!("pm_said_{}", outcome.word());
        (!names.is_empty()).then(|| messages.fill(&key, &[("what", &names.join(", "))]))
    };
    outcomes.into_iter().filter_map(phrase).collect::<Vec<_>>().join("; ")
}

fn dimension(wiki: &Wiki, change: &Change) -> String {
    wiki.theme.messages.get(&format!("pm_dimension_{}", change.dimension.word())).to_owned()
}

fn row(wiki: &Wiki, before: &Change, best: &Change) -> Row {
    Row {
        name: dimension(wiki, before),
        before: before.before.as_ref().map(|known| value(wiki, known)),
        best: best.before.as_ref().map(|known| value(wiki, known)),
        now: before.after.as_ref().map(|known| value(wiki, known)),
        against_before: against(wiki, before),
        against_best: against(wiki, best),
    }
}

fn value(wiki: &Wiki, value: &Value) -> String {
    match value {
        Value::Severity(severity) => severity.name.to_string(),
        Value::Percent(share) => wiki.theme.messages.fill("percent", &[("n", &share.to_string())]),
        Value::Count(count) => grouped(*count),
        Value::Time(measured) => wiki.format().duration(measured.seconds),
    }
}

fn against(wiki: &Wiki, change: &Change) -> Against {
    let word = match change.outcome {
        Outcome::Better => "operational",
        Outcome::Same => "degraded_performance",
        Outcome::Worse => "major_outage",
        Outcome::Unknown => "unknown",
    };
    let label = wiki.theme.messages.get(&format!("pm_outcome_{}", change.outcome.word())).to_owned();
    Against { outcome: Status { word, label }, difference: difference(wiki, change) }
}

fn difference(wiki: &Wiki, change: &Change) -> Option<String> {
    let difference = change.difference().filter(|difference| *difference != 0.0)?;
    let sign = if difference < 0.0 { "−" } else { "+" };
    let size = difference.abs();
    let text = match change.dimension {
        Dimension::Severity => return None,
        Dimension::UsersPct => wiki.theme.messages.fill("pm_points", &[("n", &trimmed(size))]),
        Dimension::Users | Dimension::Components => grouped(size as i64),
        Dimension::Identify | Dimension::Detect | Dimension::Recover => wiki.format().duration(size as i64),
    };
    Some(format!("{sign}{text}"))
}

/// At most one decimal.
fn trimmed(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

fn goal(wiki: &Wiki, report: &Postmortem, step: &Step) -> Option<Goal> {
    let goal = step.goal?;
    let messages = &wiki.theme.messages;
    let share = messages.fill("percent", &[("n", &trimmed(wiki.site.internal.recovery_target? * 100.0))]);
    let time = wiki.format().duration(goal);
    let (word, key) = match Dimension::Recover.of(report) {
        Some(Value::Time(measured)) if measured.seconds <= goal => ("operational", "pm_goal_met"),
        Some(_) => ("major_outage", "pm_goal_missed"),
        None => ("unknown", "pm_goal_unknown"),
    };
    let state = Status { word, label: messages.get(key).to_owned() };
    Some(Goal { text: messages.fill("pm_goal", &[("goal", &time), ("share", &share)]), state })
}

fn carried_over(wiki: &Wiki, carried: CarriedOver) -> Option<actions::Row> {
    let report = &wiki.site.postmortems[carried.report];
    let all = states(std::slice::from_ref(report), wiki.settings.zone, wiki.now());
    all.iter().find(|state| state.index == carried.action).map(|state| actions::row(wiki, state))
}
