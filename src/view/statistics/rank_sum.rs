//! Whether durations of one period differ from those of the next: the rank-sum test.

use super::tails::{Tails, ties};
use super::trend::{Trend, log_ratio, median_factor};

/// The least number of durations in each period. One or two say nothing about theirs.
const EACH_FROM: usize = 3;

/// Up to so many durations in both periods together the distribution is counted out. The counts of
/// 40 are below 2^38, and two periods of 20 are more than most teams have.
const EXACT_UNTIL: usize = 40;

/// Whether durations in seconds became shorter or longer from one period to the next. From 3 in each on;
/// with 3 and 3 the smallest one-sided p is .05, which is not below the level, so 3 and 4 are the
/// fewest that can show a change.
///
/// The rank-sum test of Wilcoxon (1945) and of Mann and Whitney (1947). Equal durations share the
/// middle of their ranks. Up to 40 durations in all p is exact, over all ways to deal the same ranks to
/// the periods; above, it is the normal approximation with continuity correction and the usual
/// correction for ties (E. L. Lehmann, *Nonparametrics*, section 1.4).
///
/// The factor is the shift of Hodges and Lehmann on the logarithms: the median over all pairs of how many
/// times as long the later duration is. Work grows with the product of both numbers.
pub fn compare_periods(before: &[i64], after: &[i64]) -> Trend {
    let n = before.len() + after.len();
    if before.len().min(after.len()) < EACH_FROM {
        return Trend::CannotTell { n, p: None };
    }
    let tails = if n <= EXACT_UNTIL { exact(before, after) } else { approximate(before, after) };
    Trend::judge(n, tails.low, tails.high, || shift(before, after))
}

/// The tails of the rank sum of `after`, counted out: low ranks are short durations.
fn exact(before: &[i64], after: &[i64]) -> Tails {
    let pooled = pool(before, after);
    Tails::exact(&rank_sums(&doubled_ranks(&pooled), after.len()), doubled_sum(&pooled, after))
}

/// The tails of twice the rank sum of `after`, which moves in steps of 2 where nothing is equal.
fn approximate(before: &[i64], after: &[i64]) -> Tails {
    let pooled = pool(before, after);
    let (all, first, second) = (pooled.len() as f64, before.len() as f64, after.len() as f64);
    let tied: f64 = ties(&pooled).map(|tied| (tied as f64).powi(3) - tied as f64).sum();
    let variance = first * second / 3.0 * (all + 1.0 - tied / (all * (all - 1.0)));
    Tails::normal(doubled_sum(&pooled, after) as f64 - second * (all + 1.0), variance)
}

/// How many ways to choose `size` of the ranks have the sum 0, 1, 2, ...
fn rank_sums(ranks: &[usize], size: usize) -> Vec<u64> {
    let longest = ranks.iter().sum::<usize>() + 1;
    let mut ways = vec![vec![0_u64; longest]; size + 1];
    ways[0][0] = 1;
    for rank in ranks {
        // From the most chosen down, so that no rank is chosen twice.
        for chosen in (0..size).rev() {
            for sum in 0..longest - rank {
                ways[chosen + 1][sum + rank] += ways[chosen][sum];
            }
        }
    }
    ways.swap_remove(size)
}

/// Twice the rank of each value, so that the middle of two ranks is whole; the values must be sorted.
fn doubled_ranks(pooled: &[i64]) -> Vec<usize> {
    let mut ranks = Vec::with_capacity(pooled.len());
    for tied in ties(pooled) {
        let (first, last) = (ranks.len() + 1, ranks.len() + tied);
        ranks.extend(std::iter::repeat_n(first + last, tied));
    }
    ranks
}

/// Twice the rank sum of `after`.
fn doubled_sum(pooled: &[i64], after: &[i64]) -> usize {
    let below = |value: i64| pooled.partition_point(|other| *other < value);
    let up_to = |value: i64| pooled.partition_point(|other| *other <= value);
    after.iter().map(|value| below(*value) + 1 + up_to(*value)).sum()
}

/// The factor from the earlier period to the later.
fn shift(before: &[i64], after: &[i64]) -> Option<f64> {
    median_factor(before.iter().flat_map(|from| after.iter().map(|to| log_ratio(*from, *to))).collect())
}

fn pool(before: &[i64], after: &[i64]) -> Vec<i64> {
    let mut pooled = [before, after].concat();
    pooled.sort_unstable();
    pooled
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The one-sided p of (falling, rising) by dealing the values in every way, from the pairs of the
    /// definition of Mann and Whitney instead of from ranks.
    fn dealt(before: &[i64], after: &[i64]) -> (f64, f64) {
        let values = [before, after].concat();
        let wins = |is_after: &dyn Fn(usize) -> bool| -> i64 {
            let pairs = (0..values.len()).flat_map(|i| (0..values.len()).map(move |j| (i, j)));
            let across = pairs.filter(|(i, j)| !is_after(*i) && is_after(*j));
            across.map(|(i, j)| values[j].cmp(&values[i]) as i64).sum()
        };
        let observed = wins(&|i| i >= before.len());
        let deals = (0..1_u32 << values.len()).filter(|deal| deal.count_ones() as usize == after.len());
        let outcomes: Vec<i64> = deals.map(|deal| wins(&|i| deal >> i & 1 == 1)).collect();
        let share = |holds: &dyn Fn(i64) -> bool| {
            outcomes.iter().filter(|outcome| holds(**outcome)).count() as f64 / outcomes.len() as f64
        };
        (share(&|outcome| outcome <= observed), share(&|outcome| outcome >= observed))
    }

    #[test]
    fn p_is_the_share_of_deals_as_clear() {
        let cases: &[(&[i64], &[i64])] = &[
            (&[9, 8, 7], &[1, 2, 3]),
            (&[9, 8, 7, 3], &[1, 2, 3, 8]),
            (&[5, 5, 5, 5], &[5, 5, 1]),
            (&[1, 2, 2, 2, 3], &[2, 3, 3, 4, 4]),
            (&[0, 0, 60], &[60, 120, 120, 3600, 7200]),
        ];
        for (before, after) in cases {
            let tails = exact(before, after);
            let (falling, rising) = dealt(before, after);
            assert!((tails.low - falling).abs() < 1e-12 && (tails.high - rising).abs() < 1e-12, "{before:?} {after:?}");
        }
    }

    #[test]
    fn smallest_p() {
        let p = |n: i64| compare_periods(&(100..100 + n).collect::<Vec<_>>(), &(0..n).collect::<Vec<_>>()).p();
        assert_eq!(p(2), None);
        assert_eq!(p(3), Some(0.05));
        assert_eq!(p(4), Some(1.0 / 70.0));
        assert_eq!(p(5), Some(1.0 / 252.0));
    }

    #[test]
    fn tabulated_p() {
        // Mann and Whitney (1947), table I: five and five with U = 4 give .048, with U = 2 .016.
        let counts = rank_sums(&doubled_ranks(&(0..10).collect::<Vec<_>>()), 5);
        for (u, p) in [(4, 0.048), (2, 0.016), (0, 0.004)] {
            assert!((Tails::exact(&counts, 2 * (15 + u)).low - p).abs() < 5e-4, "{u}");
        }
    }

    #[test]
    fn three_and_three_never_tell_but_three_and_four_may() {
        assert_eq!(compare_periods(&[7, 8, 9], &[1, 2, 3]), Trend::CannotTell { n: 6, p: Some(0.05) });
        assert!(matches!(compare_periods(&[7, 8, 9], &[1, 2, 3, 4]), Trend::Falling(_)));
        assert!(matches!(compare_periods(&[1, 2, 3], &[6, 7, 8, 9]), Trend::Rising(_)));
        assert_eq!(compare_periods(&[900, 800], &[1; 50]), Trend::CannotTell { n: 52, p: None });
        assert_eq!(compare_periods(&[60; 30], &[60; 30]), Trend::CannotTell { n: 60, p: Some(1.0) });
    }

    #[test]
    fn factor_is_the_usual_ratio_of_later_to_earlier() {
        let before = [4000, 8000, 16000, 32000];
        let Trend::Falling(finding) = compare_periods(&before, &before.map(|s| s / 16)) else { panic!("it falls") };
        assert!((finding.factor.unwrap() - 1.0 / 16.0).abs() < 1e-12);
        assert_eq!(finding.n, 8);
    }

    #[test]
    fn approximation_is_near_the_exact_p_where_it_takes_over() {
        let before: Vec<i64> = (0..20).map(|i| i * 37 % 53).collect();
        let after: Vec<i64> = (0..20).map(|i| i * 29 % 47 / 2 + 5).collect();
        let (exact, approximate) = (exact(&before, &after), approximate(&before, &after));
        assert!((exact.low - approximate.low).abs() < 0.002, "{exact:?} {approximate:?}");
        assert!((exact.high - approximate.high).abs() < 0.002, "{exact:?} {approximate:?}");
    }
}
