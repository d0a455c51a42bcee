//! Which postmortems belong together by what they say of each other, and in which order they happened.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Id, Postmortem};

pub(super) fn by_time(a: &Postmortem, b: &Postmortem) -> Ordering {
    (a.happened(), &a.id).cmp(&(b.happened(), &b.id))
}

/// The places of `postmortems` by the time at which they happened, then by id.
pub(super) fn in_order(postmortems: &[Arc<Postmortem>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..postmortems.len()).collect();
    order.sort_by(|a, b| by_time(&postmortems[*a], &postmortems[*b]));
    order
}

/// For each postmortem the first postmortem that it is connected with, by causes and declared recurrences.
pub(super) fn families(postmortems: &[Arc<Postmortem>]) -> Vec<usize> {
    let by_id: BTreeMap<&Id, usize> =
        postmortems.iter().enumerate().map(|(place, postmortem)| (&postmortem.id, place)).collect();
    let mut causes: BTreeMap<&Id, usize> = BTreeMap::new();
    let mut parents: Vec<usize> = (0..postmortems.len()).collect();
    for (place, postmortem) in postmortems.iter().enumerate() {
        let same = postmortem.cause.as_ref().map(|cause| *causes.entry(cause).or_insert(place));
        let declared = postmortem.recurrence_of.iter().filter_map(|id| by_id.get(id).copied());
        for other in declared.chain(same) {
            let (one, other) = (root(&parents, place), root(&parents, other));
            parents[one.max(other)] = one.min(other);
        }
    }
    (0..postmortems.len()).map(|place| root(&parents, place)).collect()
}

fn root(parents: &[usize], mut place: usize) -> usize {
    while parents[place] != place {
        place = parents[place];
    }
    place
}
