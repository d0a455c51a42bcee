//! What a test finds: a direction, or that none can be told.

/// A direction is told if its one-sided p is below this.
///
/// Either direction may be found, so where nothing changed up to one answer in ten is still a
/// direction, half of them each way.
pub const LEVEL: f64 = 0.05;

/// Whether durations became shorter or longer. A direction always comes from a test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trend {
    /// They became shorter.
    Falling(TrendChange),
    /// They became longer.
    Rising(TrendChange),
    /// No change can be told from so many incidents. It is not said that there was none.
    CannotTell {
        /// How many durations there were.
        n: usize,
        /// The smaller of the two one-sided p; none if there were too few for a test.
        p: Option<f64>,
    },
}

/// What is known of a change that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrendChange {
    /// How many durations the test saw.
    pub n: usize,
    /// The chance of as clear a change in this direction if nothing changed: one-sided, below [`LEVEL`].
    pub p: f64,
    /// How many times as long durations are at the end as at the start: 0.25 is a quarter. It is 1 if most
    /// durations are equal, and absent if durations of 0 leave it undefined.
    pub factor: Option<f64>,
}

impl Trend {
    /// How many durations there were.
    pub fn n(&self) -> usize {
        match self {
            Trend::Falling(finding) | Trend::Rising(finding) => finding.n,
            Trend::CannotTell { n, .. } => *n,
        }
    }

    /// The one-sided p in the direction observed; none if there were too few for a test.
    pub fn p(&self) -> Option<f64> {
        match self {
            Trend::Falling(finding) | Trend::Rising(finding) => Some(finding.p),
            Trend::CannotTell { p, .. } => *p,
        }
    }

    /// What the one-sided p of both directions allow to say. The factor is worked out only when it is said.
    pub(super) fn judge(n: usize, falling: f64, rising: f64, factor: impl FnOnce() -> Option<f64>) -> Trend {
        if falling < LEVEL {
            Trend::Falling(TrendChange { n, p: falling, factor: factor() })
        } else if rising < LEVEL {
            Trend::Rising(TrendChange { n, p: rising, factor: factor() })
        } else {
            Trend::CannotTell { n, p: Some(falling.min(rising)) }
        }
    }
}

/// The logarithm of how many times as long as `from` seconds `to` seconds are. It is infinite if one of
/// them is 0, and 0 if both are: a median of many copes with that, and needs no made-up shortest time.
pub(super) fn log_ratio(from: i64, to: i64) -> f64 {
    let (from, to) = (from.max(0), to.max(0));
    if from == to { 0.0 } else { (to as f64).ln() - (from as f64).ln() }
}

/// The factor whose logarithm is the median; none if that is not finite.
pub(super) fn median_factor(mut logs: Vec<f64>) -> Option<f64> {
    logs.sort_unstable_by(f64::total_cmp);
    let (low, high) = (logs.len().checked_sub(1)? / 2, logs.len() / 2);
    let middle = (logs[low] + logs[high]) / 2.0;
    middle.is_finite().then(|| middle.exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_direction_needs_less_than_the_level() {
        assert_eq!(Trend::judge(9, LEVEL, 0.96, || None), Trend::CannotTell { n: 9, p: Some(LEVEL) });
        assert!(matches!(Trend::judge(9, 0.049, 0.96, || None), Trend::Falling(_)));
        assert!(matches!(Trend::judge(9, 0.96, 0.049, || None), Trend::Rising(_)));
    }

    #[test]
    fn factor_survives_some_zeros_and_is_absent_with_many() {
        let logs = |pairs: &[(i64, i64)]| pairs.iter().map(|(from, to)| log_ratio(*from, *to)).collect();
        assert_eq!(median_factor(logs(&[(0, 5), (60, 60), (9, 0)])), Some(1.0));
        assert_eq!(median_factor(logs(&[(0, 5), (0, 0), (0, 7)])), None);
        assert_eq!(median_factor(logs(&[(0, 5), (5, 0)])), None);
        assert_eq!(median_factor(Vec::new()), None);
    }
}
