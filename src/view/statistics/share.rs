//! A share of a count, such as the incidents that customers noticed first.

/// The 97.5 % quantile of the normal distribution, for 95 % between both ends.
const Z: f64 = 1.959_963_984_540_054;

/// The 95 % interval of the share that `successes` of `n` stand for, as (low, high) from 0 to 1.
///
/// E. B. Wilson, *Probable inference, the law of succession, and statistical inference* (1927), without
/// continuity correction. Of none it is everything, (0, 1). More than `n` successes count as `n`.
pub fn wilson(successes: usize, n: usize) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    let (hits, n) = (successes.min(n) as f64, n as f64);
    let share = hits / n;
    let centre = (hits + Z * Z / 2.0) / (n + Z * Z);
    let half = Z * (hits * (1.0 - share) + Z * Z / 4.0).sqrt() / (n + Z * Z);
    // With no success the lower end is 0, with nothing else the upper is 1; rounding must not leave them out.
    ((centre - half).clamp(0.0, share), (centre + half).clamp(share, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(successes: usize, n: usize) -> (i64, i64) {
        let (low, high) = wilson(successes, n);
        ((low * 100.0).round() as i64, (high * 100.0).round() as i64)
    }

    #[test]
    fn known_intervals() {
        assert_eq!(percent(3, 9), (12, 65));
        assert_eq!(percent(16, 39), (27, 57));
        assert_eq!(percent(0, 10), (0, 28));
        assert_eq!(percent(10, 10), (72, 100));
        // R. G. Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263 gives 0.2553 to 0.3662.
        let (low, high) = wilson(81, 263);
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5, "{low} {high}");
    }

    #[test]
    fn nothing_is_known_of_none() {
        assert_eq!(wilson(0, 0), (0.0, 1.0));
        assert_eq!(wilson(0, 7).0, 0.0);
        assert_eq!(wilson(7, 7).1, 1.0);
        assert_eq!(wilson(9, 7), wilson(7, 7));
    }

    #[test]
    fn ends_solve_the_equation_of_the_score_test() {
        for (hits, n) in [(1, 3), (3, 9), (16, 39), (50, 51)] {
            let share = hits as f64 / n as f64;
            let (low, high) = wilson(hits, n);
            for end in [low, high] {
                let score = (share - end).abs() / (end * (1.0 - end) / n as f64).sqrt();
                assert!((score - Z).abs() < 1e-9, "{hits} of {n}: {score}");
            }
        }
    }
}
