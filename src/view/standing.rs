//! The facts that stand behind the duties: how many reports and actions there are, and how long things took.

use std::sync::Arc;

use super::actions::{Progress, actions};
use super::statistics::Sample;
use super::times::Metric;
use crate::model::{Postmortem, ReportStatus};
use crate::time::{Time, Zone};

/// What can be counted at `now`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How many reports have each status, in the order of the statuses.
    pub reports: Vec<(ReportStatus, usize)>,
    /// How many actions are due or without a day, and not late.
    pub open: usize,
    /// How many are late.
    pub overdue: usize,
    /// How many are done.
    pub done: usize,
    /// How long each part took, in the order in which a response goes.
    pub times: Vec<Known>,
}

/// The durations of one part of all incidents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Which part.
    pub metric: Metric,
    /// Those that are known to the minute or estimated, in seconds.
    pub sample: Sample,
    /// How many reports do not tell, or only to the hour or the day.
    pub left_out: usize,
}

/// The facts of these reports. Times of publication count where the reports themselves name them.
pub fn standing(reports: &[Arc<Postmortem>], zone: Zone, now: Time) -> Standing {
    let status = |status: &ReportStatus| (*status, reports.iter().filter(|report| report.status == *status).count());
    let states = actions(reports, zone, now);
    let count = |progress| states.iter().filter(|state| state.progress == progress).count();
    Standing {
        reports: ReportStatus::ALL.iter().map(status).collect(),
        open: count(Progress::Open),
        overdue: count(Progress::Overdue),
        done: count(Progress::Done),
        times: Metric::ALL.iter().map(|metric| known(*metric, reports)).collect(),
    }
}

fn known(metric: Metric, reports: &[Arc<Postmortem>]) -> Known {
    let taken = reports.iter().filter_map(|report| metric.of(report, None)).filter(|taken| taken.is_countable());
    let sample = Sample::new(taken.map(|taken| taken.seconds));
    let left_out = reports.len() - sample.n();
    Known { metric, sample, left_out }
}
