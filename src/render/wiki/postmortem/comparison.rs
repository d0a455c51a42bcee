//! The same cause, again: this postmortem against the one before and against the best, for its page.

use serde::Serialize;

use super::{PostmortemRow, Wiki, postmortem_row};
use crate::model::Postmortem;
use crate::render::wiki::comparison::{Against, against, difference, dimension, outcome, value};
use crate::render::wiki::judgement::Judgement;
use crate::theme::sentence_case;
use crate::view::{Change, ComparedValue};

/// The whole comparison, for the page of a postmortem.
#[derive(Serialize)]
pub(super) struct ComparisonTable {
    against: Against,
    previous: PostmortemRow,
    needs_work: bool,
    rows: Vec<ComparisonRow>,
    factors: Vec<String>,
}

/// A line of the comparison.
#[derive(Serialize)]
struct ComparisonRow {
    name: String,
    before: Option<String>,
    best: Option<String>,
    now: Option<String>,
    against_before: Compared,
    against_best: Compared,
}

#[derive(Serialize)]
struct Compared {
    outcome: Judgement,
    /// `+14 min`
    difference: Option<String>,
}

/// The comparison of a postmortem with the one before it of its cause, and with the best; none for the first.
pub(super) fn comparison(wiki: &Wiki, postmortem: &Postmortem) -> Option<ComparisonTable> {
    let (step, previous) = wiki.step_of(&postmortem.id)?;
    let rows = step.previous.changes.iter().zip(&step.best.changes).map(|(before, best)| row(wiki, before, best));
    Some(ComparisonTable {
        against: against(wiki, step),
        previous: postmortem_row(wiki, previous),
        needs_work: step.previous.verdict.is_no_better(),
        rows: rows.collect(),
        factors: step.repeated_factors.clone(),
    })
}

fn row(wiki: &Wiki, before: &Change, best: &Change) -> ComparisonRow {
    let known = |known: &Option<ComparedValue>| known.as_ref().map(|known| value(wiki, known));
    let compared =
        |change: &Change| Compared { outcome: outcome(wiki, change.outcome), difference: difference(wiki, change) };
    ComparisonRow {
        name: sentence_case(dimension(wiki, before)),
        before: known(&before.before),
        best: known(&best.before),
        now: known(&before.after),
        against_before: compared(before),
        against_best: compared(best),
    }
}
