//! How a postmortem went against an earlier one of the same cause, in words: sentences for lists, lines for its page
//! and for the mail. Every verdict has one word, one sign and one class, wherever it stands.

use serde::Serialize;

use super::judgement::Judgement;
use super::postmortem::facts::grouped;
use super::{Wiki, actions};
use crate::model::Postmortem;
use crate::theme::sentence_case;
use crate::view::{self, CarriedOver, Change, ComparedValue, Dimension, Outcome, Step, Verdict};

/// How a postmortem went against the one before it, in sentences.
#[derive(Serialize)]
pub(super) struct Against {
    pub(super) verdict: Judgement,
    /// What the verdict means: follows its word after a colon.
    lead: Option<String>,
    /// What else got better, what worse, what stayed, what nobody knows; a sentence each.
    changes: Vec<String>,
    /// Whether the goal was reached, in words.
    goal: Option<String>,
    /// The actions that were open when it came back.
    pub(super) open: Vec<actions::ActionRow>,
}

/// The whole comparison as plain text, for those who only read one mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparisonText {
    /// The verdict, and the postmortem that it is compared with.
    pub heading: String,
    /// In what it went better, worse and the same.
    pub said: String,
    /// What, before, now, how that is.
    pub columns: [String; 4],
    /// The same, line by line.
    pub rows: Vec<[String; 4]>,
}

pub(super) fn verdict(wiki: &Wiki, verdict: Verdict) -> Judgement {
    let sign = match verdict {
        Verdict::Better => "✓",
        Verdict::Mixed => "±",
        Verdict::Same => "=",
        Verdict::Worse => "✕",
        Verdict::Unknown => "?",
    };
    let label = wiki.look.theme.messages.get(&format!("verdict_{}", verdict.word())).to_owned();
    Judgement { word: verdict.word(), sign, label }
}

pub(super) fn outcome(wiki: &Wiki, outcome: Outcome) -> Judgement {
    let sign = match outcome {
        Outcome::Better => "✓",
        Outcome::Same => "=",
        Outcome::Worse => "✕",
        Outcome::Unknown => "?",
    };
    let label = wiki.look.theme.messages.get(&format!("outcome_{}", outcome.word())).to_owned();
    Judgement { word: outcome.word(), sign, label }
}

pub(super) fn against(wiki: &Wiki, step: &Step) -> Against {
    let leading = match step.previous.verdict {
        Verdict::Better => Some(Outcome::Better),
        Verdict::Worse => Some(Outcome::Worse),
        Verdict::Same => Some(Outcome::Same),
        Verdict::Mixed | Verdict::Unknown => None,
    };
    let rest = OUTCOMES.into_iter().filter(|outcome| Some(*outcome) != leading);
    Against {
        verdict: verdict(wiki, step.previous.verdict),
        lead: leading.and_then(|outcome| changes(wiki, step, outcome)),
        changes: rest.filter_map(|outcome| sentence(wiki, step, outcome)).collect(),
        goal: goal(wiki, step),
        open: step.carried_over.iter().filter_map(|carried| carried_over(wiki, *carried)).collect(),
    }
}

/// In the order of sentences.
const OUTCOMES: [Outcome; 4] = [Outcome::Better, Outcome::Worse, Outcome::Same, Outcome::Unknown];

/// `Better: recover −178 min, severity SEV1 to SEV2.`
fn sentence(wiki: &Wiki, step: &Step, outcome: Outcome) -> Option<String> {
    let key = format!("changed_{}", outcome.word());
    changes(wiki, step, outcome).map(|changes| wiki.look.theme.messages.fill(&key, &[("changes", &changes)]))
}

/// What has this outcome: `recover −178 min, severity SEV1 to SEV2`.
fn changes(wiki: &Wiki, step: &Step, outcome: Outcome) -> Option<String> {
    let changes: Vec<String> = step.previous.with(outcome).map(|change| change_in_words(wiki, change)).collect();
    (!changes.is_empty()).then(|| changes.join(", "))
}

fn change_in_words(wiki: &Wiki, change: &Change) -> String {
    let name = dimension(wiki, change);
    if !matches!(change.outcome, Outcome::Better | Outcome::Worse) {
        return name.to_owned();
    }
    let text = match (&change.before, &change.after) {
        (Some(ComparedValue::Time(_)), Some(ComparedValue::Time(_))) => difference(wiki, change),
        (Some(before), Some(after)) => {
            let (from, to) = (value(wiki, before), value(wiki, after));
            Some(wiki.look.theme.messages.fill("range", &[("from", &from), ("until", &to)]))
        }
        _ => None,
    };
    text.map_or_else(|| name.to_owned(), |text| format!("{name} {text}"))
}

/// Its name within a sentence.
pub(super) fn dimension<'a>(wiki: &'a Wiki, change: &Change) -> &'a str {
    wiki.look.theme.messages.get(match change.dimension {
        Dimension::Severity => "dimension_severity",
        Dimension::UsersPct => "dimension_users_pct",
        Dimension::Users => "dimension_users",
        Dimension::Components => "dimension_components",
        Dimension::Identify => "dimension_identify",
        Dimension::Detect => "dimension_detect",
        Dimension::Recover => "dimension_recover",
    })
}

pub(super) fn value(wiki: &Wiki, value: &ComparedValue) -> String {
    match value {
        ComparedValue::Severity(severity) => severity.name.to_string(),
        ComparedValue::Percent(share) => wiki.look.theme.messages.fill("percent", &[("n", &share.to_string())]),
        ComparedValue::Count(count) => grouped(*count),
        ComparedValue::Time(measured) => wiki.look.format().duration(measured.seconds),
    }
}

/// `+14 min`, `−3 h 20 min`, `+10 points`
pub(super) fn difference(wiki: &Wiki, change: &Change) -> Option<String> {
    let difference = change.difference().filter(|difference| *difference != 0.0)?;
    let sign = if difference < 0.0 { "−" } else { "+" };
    let size = difference.abs();
    let text = match change.dimension {
        Dimension::Severity => return None,
        Dimension::UsersPct => wiki.look.theme.messages.fill("pm_points", &[("n", &trimmed(size))]),
        Dimension::Users | Dimension::Components => grouped(size as i64),
        Dimension::Identify | Dimension::Detect | Dimension::Recover => wiki.look.format().duration(size as i64),
    };
    Some(format!("{sign}{text}"))
}

/// At most one decimal.
fn trimmed(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// `The goal of 14 min to recover, 50 % of the time before, was missed.`
fn goal(wiki: &Wiki, step: &Step) -> Option<String> {
    let goal = step.goal?;
    let messages = &wiki.look.theme.messages;
    let share = messages.fill("percent", &[("n", &trimmed(wiki.site.internal.recovery_target? * 100.0))]);
    let key = match Dimension::Recover.of(&wiki.site.postmortems[step.postmortem]) {
        Some(ComparedValue::Time(measured)) if measured.seconds <= goal => "goal_reached",
        Some(_) => "goal_missed",
        None => "goal_unknown",
    };
    Some(messages.fill(key, &[("time", &wiki.look.format().duration(goal)), ("share", &share)]))
}

fn carried_over(wiki: &Wiki, carried: CarriedOver) -> Option<actions::ActionRow> {
    let postmortem = &wiki.site.postmortems[carried.postmortem];
    let states = view::actions(std::slice::from_ref(postmortem), wiki.site.settings.zone, wiki.look.now());
    states.iter().find(|state| state.index == carried.action).map(|state| actions::row(wiki, state))
}

/// The comparison of a postmortem with the one before it of its cause; none for the first.
pub(super) fn text(wiki: &Wiki, postmortem: &Postmortem) -> Option<ComparisonText> {
    let (step, previous) = wiki.step_of(&postmortem.id)?;
    let messages = &wiki.look.theme.messages;
    let verdict = verdict(wiki, step.previous.verdict).label;
    let values = [("verdict", &*verdict), ("postmortem", &*previous.label)];
    let known = |value: &Option<ComparedValue>| {
        value.as_ref().map_or_else(|| messages.get("unknown").to_owned(), |known| self::value(wiki, known))
    };
    let changes = step.previous.changes.iter().filter(|change| change.before.is_some() || change.after.is_some());
    let rows = changes.map(|change| {
        let name = sentence_case(dimension(wiki, change));
        [name, known(&change.before), known(&change.after), outcome(wiki, change.outcome).label]
    });
    let sentences: Vec<String> =
        OUTCOMES.into_iter().filter_map(|outcome| sentence(wiki, step, outcome)).chain(goal(wiki, step)).collect();
    Some(ComparisonText {
        heading: messages.fill("review_compared", &values),
        said: sentences.join(" "),
        columns: ["review_measure", "review_before", "review_now", "review_outcome"]
            .map(|key| messages.get(key).to_owned()),
        rows: rows.collect(),
    })
}
