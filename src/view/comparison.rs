//! Two postmortems of the same cause, side by side: did it go better?
//!
//! What may come back must come back better: less severe, smaller, understood sooner or over sooner. A
//! comparison of two incidents is a fact and needs no statistics, but differences within the tolerance
//! of the marks are none.

use super::times::{Measurement, Metric};
use crate::model::{Postmortem, Precision, Severity};

/// Differences of times up to this many seconds are none: 5 minutes.
const TOLERANCE: i64 = 5 * 60;
/// The same, when a mark is estimated: an hour.
const ESTIMATED: i64 = 60 * 60;
/// Differences of times and of scope up to this share of the earlier value are none.
const SHARE: f64 = 0.10;

/// What is compared. A smaller value is better in each, but for severities by their name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// How bad it was, in the order of the site's list.
    Severity,
    /// Scope: the share of the users, in percent.
    UsersPct,
    /// Scope: the number of users.
    Users,
    /// Scope: the number of components.
    Components,
    /// From the start until the cause was understood, in seconds.
    Identify,
    /// From the start until it was noticed, in seconds; in place of [`Dimension::Identify`].
    Detect,
    /// From the start until normal service, in seconds.
    Recover,
}

impl Dimension {
    /// The dimensions as they stand one below the other; of each line the first that both postmortems know.
    pub const LINES: [&'static [Dimension]; 4] = [
        &[Dimension::Severity],
        &[Dimension::UsersPct, Dimension::Users, Dimension::Components],
        &[Dimension::Identify, Dimension::Detect],
        &[Dimension::Recover],
    ];

    /// Its name in messages and in data.
    pub fn word(self) -> &'static str {
        match self {
            Dimension::Severity => "severity",
            Dimension::UsersPct => "users_pct",
            Dimension::Users => "users",
            Dimension::Components => "components",
            Dimension::Identify => Metric::Identify.word(),
            Dimension::Detect => Metric::Detect.word(),
            Dimension::Recover => Metric::Recover.word(),
        }
    }

    /// What a postmortem says of it, if that can be compared: times known to the hour or the day cannot.
    pub fn of(self, postmortem: &Postmortem) -> Option<ComparedValue> {
        let measured = |metric: Metric| {
            metric.of(postmortem, None).filter(|measured| measured.is_countable()).map(ComparedValue::Time)
        };
        match self {
            Dimension::Severity => postmortem.severity.clone().map(ComparedValue::Severity),
            Dimension::UsersPct => postmortem.customer_impact.users_pct.map(ComparedValue::Percent),
            Dimension::Users => postmortem.customer_impact.users.map(ComparedValue::Count),
            Dimension::Components => {
                Some(postmortem.components.len() as i64).filter(|count| *count > 0).map(ComparedValue::Count)
            }
            Dimension::Identify => measured(Metric::Identify),
            Dimension::Detect => measured(Metric::Detect),
            Dimension::Recover => measured(Metric::Recover),
        }
    }
}

/// What is compared in one dimension.
#[derive(Clone, Debug, PartialEq)]
pub enum ComparedValue {
    /// How bad.
    Severity(Severity),
    /// Percent of the users.
    Percent(f64),
    /// Users or components.
    Count(i64),
    /// A time.
    Time(Measurement),
}

impl ComparedValue {
    /// As a number, of which less is better: percent, a count, seconds; of a severity how far it is above
    /// the least of all.
    pub fn number(&self) -> f64 {
        match self {
            ComparedValue::Severity(severity) => -(severity.rank as f64),
            ComparedValue::Percent(share) => *share,
            ComparedValue::Count(count) => *count as f64,
            ComparedValue::Time(measured) => measured.seconds as f64,
        }
    }
}

/// How a later value stands to an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Less bad, by more than the tolerance.
    Better,
    /// Within the tolerance.
    Same,
    /// Worse, by more than the tolerance.
    Worse,
    /// One of the two is not known.
    Unknown,
}

impl Outcome {
    /// Its name in messages and in data.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Better => "better",
            Outcome::Same => "same",
            Outcome::Worse => "worse",
            Outcome::Unknown => "unknown",
        }
    }
}

/// One line of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What is compared; where neither value is known, what would be best to know.
    pub dimension: Dimension,
    /// The earlier value.
    pub before: Option<ComparedValue>,
    /// The later value.
    pub after: Option<ComparedValue>,
    /// How the later one stands to the earlier one.
    pub outcome: Outcome,
}

impl Change {
    /// Later minus earlier in the unit of [`ComparedValue::number`], if both are known; below 0 is better.
    pub fn difference(&self) -> Option<f64> {
        Some(self.after.as_ref()?.number() - self.before.as_ref()?.number())
    }

    fn new(dimension: Dimension, before: Option<ComparedValue>, after: Option<ComparedValue>) -> Change {
        let outcome = before.as_ref().zip(after.as_ref()).map_or(Outcome::Unknown, |(before, after)| {
            let (difference, tolerance) = (after.number() - before.number(), tolerance(before, after));
            match () {
                () if difference < -tolerance => Outcome::Better,
                () if difference > tolerance => Outcome::Worse,
                () => Outcome::Same,
            }
        });
        Change { dimension, before, after, outcome }
    }
}

/// The largest difference that is none.
fn tolerance(before: &ComparedValue, after: &ComparedValue) -> f64 {
    let share = before.number() * SHARE;
    match (before, after) {
        (ComparedValue::Severity(_), _) => 0.0,
        (ComparedValue::Time(before), ComparedValue::Time(after)) => {
            let is_estimated = before.precision.max(after.precision) >= Precision::Estimated;
            share.max(if is_estimated { ESTIMATED } else { TOLERANCE } as f64)
        }
        _ => share,
    }
}

/// What a comparison comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Something is better and nothing is worse.
    Better,
    /// Something is better and something is worse.
    Mixed,
    /// Something can be compared, and nothing of it is better or worse.
    Same,
    /// Something is worse and nothing is better.
    Worse,
    /// Nothing can be compared.
    Unknown,
}

impl Verdict {
    /// Its name in messages and in data.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Better => "better",
            Verdict::Mixed => "mixed",
            Verdict::Same => "same",
            Verdict::Worse => "worse",
            Verdict::Unknown => "unknown",
        }
    }

    /// Whether it came back no better, so that the process is to change.
    pub fn is_no_better(self) -> bool {
        matches!(self, Verdict::Same | Verdict::Worse)
    }

    fn of(changes: &[Change]) -> Verdict {
        let has = |outcome| changes.iter().any(|change| change.outcome == outcome);
        match (has(Outcome::Better), has(Outcome::Worse)) {
            (true, false) => Verdict::Better,
            (true, true) => Verdict::Mixed,
            (false, true) => Verdict::Worse,
            (false, false) if has(Outcome::Same) => Verdict::Same,
            (false, false) => Verdict::Unknown,
        }
    }
}

/// A later postmortem beside an earlier one, or beside the best of several.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Severity, scope, identification (or else detection), recovery.
    pub changes: Vec<Change>,
    /// What that comes to.
    pub verdict: Verdict,
}

impl Comparison {
    fn new(changes: Vec<Change>) -> Comparison {
        let verdict = Verdict::of(&changes);
        Comparison { changes, verdict }
    }

    /// The lines with this outcome.
    pub fn with(&self, outcome: Outcome) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.outcome == outcome)
    }
}

/// How `later` went compared with `earlier`.
pub fn compare(earlier: &Postmortem, later: &Postmortem) -> Comparison {
    let changes = Dimension::LINES.iter().map(|line| {
        let both = line.iter().find_map(|dimension| Some((*dimension, dimension.of(earlier)?, dimension.of(later)?)));
        match both {
            Some((dimension, before, after)) => Change::new(dimension, Some(before), Some(after)),
            None => half(line, earlier, later),
        }
    });
    Comparison::new(changes.collect())
}

/// A line that cannot be compared, with what one of the two knows.
fn half(line: &[Dimension], earlier: &Postmortem, later: &Postmortem) -> Change {
    let known = line.iter().find_map(|dimension| match (dimension.of(earlier), dimension.of(later)) {
        (None, None) => None,
        (before, after) => Some(Change::new(*dimension, before, after)),
    });
    known.unwrap_or_else(|| Change::new(line[0], None, None))
}

/// How `later` went compared with the best that any of `earlier` did in each dimension. `previous` is
/// its comparison with the last of them, whose dimensions come first, so that the two can stand side by
/// side.
pub(super) fn compare_with_best(earlier: &[&Postmortem], later: &Postmortem, previous: &Comparison) -> Comparison {
    let best = |dimension: Dimension| {
        let values = earlier.iter().filter_map(|postmortem| dimension.of(postmortem));
        values.min_by(|a, b| a.number().total_cmp(&b.number()))
    };
    let lines = Dimension::LINES.iter().zip(&previous.changes);
    let changes = lines.map(|(line, before)| {
        let wanted = std::iter::once(&before.dimension).chain(line.iter());
        let both = wanted.clone().find_map(|dimension| Some((*dimension, best(*dimension)?, dimension.of(later)?)));
        match both {
            Some((dimension, best, after)) => Change::new(dimension, Some(best), Some(after)),
            None => Change::new(before.dimension, best(before.dimension), before.after.clone()),
        }
    });
    Comparison::new(changes.collect())
}
