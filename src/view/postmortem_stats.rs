//! The facts that stand behind the duties: how many postmortems and actions there are, and how long things took.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::actions::{Progress, actions};
use super::statistics::Sample;
use super::times::Metric;
use crate::model::{Id, Postmortem, PostmortemStatus};
use crate::time::{Time, Zone};

/// What can be counted at `now`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostmortemStats {
    /// How many postmortems have each status, in the order of the statuses.
    pub postmortems: Vec<(PostmortemStatus, usize)>,
    /// How many actions are due or without a day, and not late.
    pub open: usize,
    /// How many are late.
    pub overdue: usize,
    /// How many are done.
    pub done: usize,
    /// How long each part took, in the order in which a response goes.
    pub times: Vec<MetricStats>,
}

/// The durations of one part of all incidents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricStats {
    /// Which part.
    pub metric: Metric,
    /// Those that are known to the minute or estimated, in seconds.
    pub sample: Sample,
    /// How many postmortems do not tell, or only to the hour or the day.
    pub left_out: usize,
}

/// The facts of these postmortems. `committed` says, by id, when a postmortem was first committed, which counts
/// where it does not say itself when it was published.
pub fn postmortem_stats(
    postmortems: &[Arc<Postmortem>],
    committed: &BTreeMap<Id, Time>,
    zone: Zone,
    now: Time,
) -> PostmortemStats {
    let status = |status: &PostmortemStatus| {
        (*status, postmortems.iter().filter(|postmortem| postmortem.status == *status).count())
    };
    let states = actions(postmortems, zone, now);
    let count = |progress| states.iter().filter(|state| state.progress == progress).count();
    PostmortemStats {
        postmortems: PostmortemStatus::ALL.iter().map(status).collect(),
        open: count(Progress::Open),
        overdue: count(Progress::Overdue),
        done: count(Progress::Done),
        times: Metric::ALL.iter().map(|metric| metric_stats(*metric, postmortems, committed)).collect(),
    }
}

fn metric_stats(metric: Metric, postmortems: &[Arc<Postmortem>], committed: &BTreeMap<Id, Time>) -> MetricStats {
    let of = |postmortem: &Arc<Postmortem>| metric.of(postmortem, committed.get(&postmortem.id).copied());
    let measured = postmortems.iter().filter_map(of).filter(|measured| measured.is_countable());
    let sample = Sample::new(measured.map(|measured| measured.seconds));
    let left_out = postmortems.len() - sample.n();
    MetricStats { metric, sample, left_out }
}
