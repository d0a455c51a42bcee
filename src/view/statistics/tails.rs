//! How surprising an observation is if nothing changed.

/// The chance of the observation or of one further out, on either side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tails {
    /// Of it or anything less.
    pub low: f64,
    /// Of it or anything more.
    pub high: f64,
}

impl Tails {
    /// From how many of the equally likely arrangements give each value, and the value observed.
    pub fn exact(counts: &[u64], observed: usize) -> Tails {
        let all: u64 = counts.iter().sum();
        let share = |part: &[u64]| part.iter().sum::<u64>() as f64 / all as f64;
        Tails { low: share(&counts[..=observed]), high: share(&counts[observed..]) }
    }

    /// By the normal distribution, from the distance to the centre and the variance of a value that comes
    /// in steps of 2. Half a step is the continuity correction. Without variance nothing is surprising.
    pub fn normal(distance: f64, variance: f64) -> Tails {
        if variance <= 0.0 {
            return Tails { low: 1.0, high: 1.0 };
        }
        let deviation = variance.sqrt();
        Tails { low: above((-distance - 1.0) / deviation), high: above((distance - 1.0) / deviation) }
    }
}

/// The chance that a standard normal value is above `z`, to within 7.5e-8: formula 26.2.17 of M. Abramowitz
/// and I. A. Stegun, *Handbook of Mathematical Functions*.
fn above(z: f64) -> f64 {
    const COEFFICIENTS: [f64; 5] = [1.330_274_429, -1.821_255_978, 1.781_477_937, -0.356_563_782, 0.319_381_530];
    if z < 0.0 {
        return 1.0 - above(-z);
    }
    let t = 1.0 / (1.0 + 0.231_641_9 * z);
    let polynomial = COEFFICIENTS.iter().fold(0.0, |sum, coefficient| (sum + coefficient) * t);
    polynomial * (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt()
}

/// How many values are equal to each other, in the order of the values; they must be sorted.
pub(super) fn ties(sorted: &[i64]) -> impl Iterator<Item = usize> {
    sorted.chunk_by(|a, b| a == b).map(<[i64]>::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_tail_has_the_tabulated_values() {
        let table = [(0.0, 0.5), (0.5, 0.308_537_5), (1.0, 0.158_655_3), (1.959_964, 0.025), (3.0, 0.001_349_9)];
        for (z, p) in table {
            assert!((above(z) - p).abs() < 2e-7, "{z}: {}", above(z));
            assert!((above(-z) - (1.0 - p)).abs() < 2e-7, "-{z}");
        }
        assert_eq!(above(60.0), 0.0);
    }

    #[test]
    fn both_tails_hold_the_observation() {
        assert_eq!(Tails::exact(&[1, 2, 1], 0), Tails { low: 0.25, high: 1.0 });
        assert_eq!(Tails::exact(&[1, 2, 1], 1), Tails { low: 0.75, high: 0.75 });
        assert_eq!(Tails::normal(0.0, 0.0), Tails { low: 1.0, high: 1.0 });
    }

    #[test]
    fn ties_are_counted_in_order() {
        assert_eq!(ties(&[1, 1, 2, 5, 5, 5]).collect::<Vec<_>>(), [2, 1, 3]);
        assert_eq!(ties(&[]).count(), 0);
    }
}
