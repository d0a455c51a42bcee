//! Which postmortems belong together by what they say of each other, and in which order they happened.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Id, Postmortem};

pub(super) fn by_time(a: &Postmortem, b: &Postmortem) -> Ordering {
    (a.happened(), &a.id).cmp(&(b.happened(), &b.id))
}

/// The places of `reports` by the time at which they happened, then by id.
pub(super) fn in_order(reports: &[Arc<Postmortem>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by(|a, b| by_time(&reports[*a], &reports[*b]));
    order
}

/// For each report the first report that it is connected with, by causes and declared recurrences.
pub(super) fn families(reports: &[Arc<Postmortem>]) -> Vec<usize> {
    let by_id: BTreeMap<&Id, usize> = reports.iter().enumerate().map(|(place, report)| (&report.id, place)).collect();
    let mut causes: BTreeMap<&Id, usize> = BTreeMap::new();
    let mut parents: Vec<usize> = (0..reports.len()).collect();
    for (place, report) in reports.iter().enumerate() {
        let same = report.cause.as_ref().map(|cause| *causes.entry(cause).or_insert(place));
        let declared = report.recurrence_of.iter().filter_map(|id| by_id.get(id).copied());
        for other in declared.chain(same) {
            let (one, other) = (root(&parents, place), root(&parents, other));
            parents[one.max(other)] = one.min(other);
        }
    }
    (0..reports.len()).map(|place| root(&parents, place)).collect()
}

fn root(parents: &[usize], mut place: usize) -> usize {
    while parents[place] != place {
        place = parents[place];
    }
    place
}
