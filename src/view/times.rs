//! How long each part of an incident took, by its marks and by nothing else.
//!
//! A missing mark makes a time unknown, never zero. The names and formulas are those of the incident
//! literature (Google's SRE books, PagerDuty, Rootly); recovery counts from the start of the impact, not
//! from its detection, which would flatter.

use crate::model::{Mark, Postmortem, Precision};
use crate::time::Time;

/// A time that is measured for every incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// detected − started
    Detect,
    /// acknowledged − detected
    Acknowledge,
    /// identified − started
    Identify,
    /// mitigated − started
    Mitigate,
    /// resolved − started
    Recover,
    /// status_posted − detected
    Communicate,
    /// published − resolved
    Postmortem,
}

/// How long something took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measurement {
    /// Whole seconds; communication before detection counts as none.
    pub seconds: i64,
    /// The worse of the precisions of its two marks.
    pub precision: Precision,
}

impl Measurement {
    /// Whether it may stand among figures in minutes: one known to the hour or the day may not.
    pub fn is_countable(self) -> bool {
        !matches!(self.precision, Precision::Hour | Precision::Day)
    }
}

impl Metric {
    /// In the order in which a response goes.
    pub const ALL: [Metric; 7] = [
        Metric::Detect,
        Metric::Acknowledge,
        Metric::Identify,
        Metric::Mitigate,
        Metric::Recover,
        Metric::Communicate,
        Metric::Postmortem,
    ];

    /// Its name in messages and in data.
    pub fn word(self) -> &'static str {
        match self {
            Metric::Detect => "detect",
            Metric::Acknowledge => "acknowledge",
            Metric::Identify => "identify",
            Metric::Mitigate => "mitigate",
            Metric::Recover => "recover",
            Metric::Communicate => "communicate",
            Metric::Postmortem => "postmortem",
        }
    }

    /// The formula: the later mark and the earlier one. For the postmortem the later one is its publication.
    pub fn formula(self) -> (&'static str, &'static str) {
        match self.marks() {
            Some((from, to)) => (to.word(), from.word()),
            None => ("published", Mark::Resolved.word()),
        }
    }

    /// The mark it counts from and the mark it counts to; none for the postmortem.
    fn marks(self) -> Option<(Mark, Mark)> {
        Some(match self {
            Metric::Detect => (Mark::Started, Mark::Detected),
            Metric::Acknowledge => (Mark::Detected, Mark::Acknowledged),
            Metric::Identify => (Mark::Started, Mark::Identified),
            Metric::Mitigate => (Mark::Started, Mark::Mitigated),
            Metric::Recover => (Mark::Started, Mark::Resolved),
            Metric::Communicate => (Mark::Detected, Mark::StatusPosted),
            Metric::Postmortem => return None,
        })
    }

    /// How long it took, if both ends are known. `committed` is when the postmortem's file was first
    /// committed, which counts where the postmortem itself does not say when it was published.
    pub fn of(self, postmortem: &Postmortem, committed: Option<Time>) -> Option<Measurement> {
        let marks = &postmortem.marks.times;
        let Some((from, to)) = self.marks() else {
            let (resolved, published) = (marks.get(&Mark::Resolved)?, postmortem.published.or(committed)?);
            return Some(measured(published.seconds_since(resolved.at), resolved.precision));
        };
        let (from, to) = (marks.get(&from)?, marks.get(&to)?);
        Some(measured(to.at.seconds_since(from.at), from.precision.max(to.precision)))
    }
}

fn measured(seconds: i64, precision: Precision) -> Measurement {
    Measurement { seconds: seconds.max(0), precision }
}
