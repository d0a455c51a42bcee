//! C055 and C057: what comes back must come back better than the last time: less severe, smaller,
//! understood sooner or over sooner. Else the way in which the company learns has to change, and the
//! postmortem is to say how. Postmortems that cannot be compared are said to be so.

use std::sync::Arc;

use super::{Documents, key};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{EntryKind, Mark, Postmortem, Precision};
use crate::view::{Chain, Change, ComparedValue, Dimension, Outcome, Step, Verdict};

pub(super) fn check(postmortems: &[Arc<Postmortem>], chains: &[Chain], documents: &Documents<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for chain in chains {
        for (step, before) in chain.steps.iter().zip(&chain.postmortems) {
            let (earlier, later) = (&*postmortems[*before], &*postmortems[step.postmortem]);
            let Some(fault) = fault(earlier, later, step) else { continue };
            let path = key(place(later));
            found.extend(
                documents(EntryKind::Postmortem, &later.id).map(|document| fault.clone().at(document.place(&path))),
            );
        }
    }
    found
}

fn fault(earlier: &Postmortem, later: &Postmortem, step: &Step) -> Option<Diagnostic> {
    match step.previous.verdict {
        // Declared the wrong way round, which is reported already.
        _ if earlier.recurrence_of.contains(&later.id) => None,
        Verdict::Better | Verdict::Mixed => None,
        Verdict::Unknown => Some(cannot_compare(earlier, later)),
        Verdict::Same | Verdict::Worse if later.process_change.is_some() => None,
        Verdict::Same | Verdict::Worse => Some(no_better(earlier, later, step)),
    }
}

/// The key that ties the postmortem to the earlier one.
fn place(postmortem: &Postmortem) -> &'static str {
    match () {
        () if !postmortem.recurrence_of.is_empty() => "recurrence_of",
        () if postmortem.cause.is_some() => "cause",
        () => "title",
    }
}

fn no_better(earlier: &Postmortem, later: &Postmortem, step: &Step) -> Diagnostic {
    let known = step.previous.changes.iter().filter(|change| change.outcome != Outcome::Unknown).map(in_words);
    let known: Vec<String> = known.collect();
    let went = if step.previous.verdict == Verdict::Worse { "worse" } else { "no better" };
    let (label, known) = (&earlier.label, known.join(", "));
    let message = format!("this went {went} than `{label}`, and nothing is said to change: {known}");
    let fault = if later.is_reviewed() {
        Diagnostic::error(Code::NoBetter, message)
    } else {
        Diagnostic::warning(Code::NoBetter, message)
    };
    let unknown: Vec<&str> = step.previous.with(Outcome::Unknown).map(|change| key_of(change.dimension)).collect();
    let fill_in = match unknown.as_slice() {
        [] => String::new(),
        keys => format!("; or fill in what either postmortem lacks: {}", keys.join(", ")),
    };
    fault.help(format!("say what changes in the process with `process_change: …`{fill_in}"))
}

/// The key that makes a dimension known.
fn key_of(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Severity => "`severity`",
        Dimension::UsersPct => "`impact.users_pct`",
        Dimension::Users => "`impact.users`",
        Dimension::Components => "`components`",
        Dimension::Identify => "`marks.identified`",
        Dimension::Detect => "`marks.detected`",
        Dimension::Recover => "`marks.resolved`",
    }
}

/// `recover 15 min to 25 min (worse)`.
fn in_words(change: &Change) -> String {
    let text = |value: &Option<ComparedValue>| value.as_ref().map(printed).unwrap_or_default();
    let (word, outcome) = (change.dimension.word(), change.outcome.word());
    format!("{word} {} to {} ({outcome})", text(&change.before), text(&change.after))
}

fn printed(value: &ComparedValue) -> String {
    match value {
        ComparedValue::Severity(severity) => severity.name.to_string(),
        ComparedValue::Percent(share) => format!("{share} %"),
        ComparedValue::Count(count) => count.to_string(),
        ComparedValue::Time(measured) => format!("{} min", (measured.seconds + 30) / 60),
    }
}

fn cannot_compare(earlier: &Postmortem, later: &Postmortem) -> Diagnostic {
    let message = format!("this came back after `{}`, and nothing tells whether it went better", earlier.label);
    let lack = |whose: String, postmortem: &Postmortem| {
        let lacking = lacking(postmortem);
        (!lacking.is_empty()).then(|| format!("{whose} lacks {}", lacking.join(", ")))
    };
    let lacks = [lack(format!("`{}`", earlier.label), earlier), lack("this postmortem".to_owned(), later)];
    let lacks: Vec<String> = lacks.into_iter().flatten().collect();
    let help = format!("fill in what both can be compared by: {}", lacks.join("; "));
    Diagnostic::warning(Code::CannotCompare, message).help(help)
}

/// What a postmortem does not say, or too roughly, of that by which it could be compared.
fn lacking(postmortem: &Postmortem) -> Vec<String> {
    let marks = [Mark::Started, Mark::Detected, Mark::Resolved].into_iter().filter_map(|mark| {
        let precision = postmortem.marks.times.get(&mark).map(|marked| marked.precision);
        match precision {
            None => Some(format!("`marks.{}`", mark.word())),
            Some(Precision::Hour | Precision::Day) => Some(format!("`marks.{}` to the minute", mark.word())),
            Some(_) => None,
        }
    });
    let severity = postmortem.severity.is_none().then(|| "`severity`".to_owned());
    severity.into_iter().chain(marks).collect()
}
