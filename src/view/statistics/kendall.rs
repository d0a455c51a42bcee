//! Whether a series of durations falls or rises: the test of Mann and Kendall, the slope of Theil and Sen.

use super::tails::{Tails, ties};
use super::trend::{Trend, log_ratio, median_factor};

/// With fewer even a series in perfect order is no rare thing: three give a one-sided p of .17.
const TREND_FROM: usize = 4;

/// Up to so many durations the distribution is counted out; above, the normal one is near enough.
const EXACT_UNTIL: usize = 10;

/// Whether durations in seconds, in the order of time, fall or rise. From 4 on.
///
/// The test of Mann (1945) and Kendall: of all pairs, how many fall. Up to 10 durations p is exact, with
/// equal durations too; above 10 it is the normal approximation with continuity correction and the usual
/// correction for ties (R. O. Gilbert, *Statistical Methods for Environmental Pollution Monitoring*,
/// section 16.4). Pairs of equal durations count for neither side.
///
/// The factor is the slope of Theil and Sen on the logarithms, the median over all pairs of the change from
/// one incident to the next, taken from the first incident to the last. Work grows with the square of the
/// number of durations.
pub fn trend(seconds: &[i64]) -> Trend {
    let n = seconds.len();
    if n < TREND_FROM {
        return Trend::CannotTell { n, p: None };
    }
    let tails = if n <= EXACT_UNTIL { exact(seconds) } else { approximate(seconds) };
    Trend::judge(n, tails.high, tails.low, || slope(seconds))
}

/// The tails of the number of falling pairs, counted out: many falling pairs are the high tail.
fn exact(seconds: &[i64]) -> Tails {
    let falling = pairs(seconds).filter(|(_, earlier, later)| later < earlier).count();
    Tails::exact(&falling_pairs(seconds), falling)
}

/// The tails of falling less rising pairs. That difference moves in steps of 2.
fn approximate(seconds: &[i64]) -> Tails {
    let excess: i64 = pairs(seconds).map(|(_, earlier, later)| (earlier.cmp(&later)) as i64).sum();
    let sum = |n: usize| (n * (n - 1) * (2 * n + 5)) as f64;
    let tied: f64 = ties(&sorted(seconds)).map(sum).sum();
    Tails::normal(excess as f64, (sum(seconds.len()) - tied) / 18.0)
}

/// How many of the orders in which these durations can come have 0, 1, 2, ... falling pairs.
///
/// Without ties these are the permutations by inversions, with the generating function
/// `[1][2]...[n]` where `[i] = 1 + q + ... + q^(i-1)`. Each group of `t` equal durations divides it by
/// `[1][2]...[t]` (R. P. Stanley, *Enumerative Combinatorics* 1, proposition 1.7.1).
fn falling_pairs(seconds: &[i64]) -> Vec<u64> {
    let all = (2..=seconds.len()).fold(vec![1], |counts, i| multiply(&counts, i));
    ties(&sorted(seconds)).flat_map(|tied| 2..=tied).fold(all, |counts, i| divide(&counts, i))
}

/// The coefficients of a polynomial times `[i]`.
fn multiply(counts: &[u64], i: usize) -> Vec<u64> {
    let window = |k: usize| counts.iter().take(k + 1).skip((k + 1).saturating_sub(i)).sum();
    (0..counts.len() + i - 1).map(window).collect()
}

/// The coefficients of a polynomial over `[i]`, which must divide it.
fn divide(counts: &[u64], i: usize) -> Vec<u64> {
    let mut quotient: Vec<u64> = Vec::with_capacity(counts.len());
    for (k, count) in counts.iter().enumerate().take(counts.len() + 1 - i) {
        let window: u64 = quotient[(k + 1).saturating_sub(i)..].iter().sum();
        quotient.push(count - window);
    }
    quotient
}

/// The factor from the first duration to the last.
fn slope(seconds: &[i64]) -> Option<f64> {
    let steps = seconds.len().saturating_sub(1) as f64;
    median_factor(pairs(seconds).map(|(apart, earlier, later)| log_ratio(earlier, later) * steps / apart).collect())
}

/// Every pair: how many places it is apart, the earlier duration and the later.
fn pairs(seconds: &[i64]) -> impl Iterator<Item = (f64, i64, i64)> {
    seconds.iter().enumerate().flat_map(|(i, earlier)| {
        seconds[i + 1..].iter().enumerate().map(move |(between, later)| ((between + 1) as f64, *earlier, *later))
    })
}

fn sorted(seconds: &[i64]) -> Vec<i64> {
    let mut sorted = seconds.to_vec();
    sorted.sort_unstable();
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::statistics::TrendChange;

    /// Every order of the values, equal ones told apart.
    fn orders(values: &[i64]) -> Vec<Vec<i64>> {
        if values.is_empty() {
            return vec![Vec::new()];
        }
        let mut orders = Vec::new();
        for i in 0..values.len() {
            let mut rest = values.to_vec();
            let first = rest.remove(i);
            orders.extend(self::orders(&rest).into_iter().map(|order| [vec![first], order].concat()));
        }
        orders
    }

    fn falling(order: &[i64]) -> usize {
        let below = |i: usize| order[i + 1..].iter().filter(move |later| **later < order[i]).count();
        (0..order.len()).map(below).sum()
    }

    /// Every way in which sorted values can be equal to their neighbours.
    fn patterns(n: usize) -> impl Iterator<Item = Vec<i64>> {
        (0..1_u32 << (n - 1)).map(move |steps| {
            let step = |i: &usize| i64::from(steps >> i & 1);
            (0..n).map(|i| (0..i).map(|j| step(&j)).sum()).collect()
        })
    }

    #[test]
    fn distribution_is_that_of_all_permutations() {
        for values in (1..=6).flat_map(patterns) {
            let mut counted = vec![0_u64; falling_pairs(&values).len()];
            for order in orders(&values) {
                counted[falling(&order)] += 1;
            }
            let (all, fast) = (counted.iter().sum::<u64>(), falling_pairs(&values));
            let repeats = all / fast.iter().sum::<u64>();
            assert_eq!(counted, fast.iter().map(|count| count * repeats).collect::<Vec<_>>(), "{values:?}");
        }
    }

    #[test]
    fn p_is_the_share_of_permutations_as_clear() {
        for (values, is_clear) in [([50, 20, 20, 30, 10, 10], false), ([50, 40, 30, 30, 10, 20], true)] {
            let all = orders(&values);
            let as_clear = all.iter().filter(|order| falling(order) >= falling(&values)).count();
            let p = as_clear as f64 / all.len() as f64;
            assert!((trend(&values).p().unwrap() - p).abs() < 1e-12, "{values:?}");
            assert_eq!(matches!(trend(&values), Trend::Falling(_)), is_clear, "{values:?}: {p}");
        }
    }

    #[test]
    fn tabulated_p() {
        // Gilbert, table A18, and the smallest p of four and of five. The second figure is S.
        let table = [(4, 6, 0.042), (5, 8, 0.042), (5, 10, 0.0083), (8, 16, 0.031), (9, 18, 0.038), (10, 21, 0.036)];
        for (n, excess, p) in table {
            let series: Vec<i64> = (0..n).collect();
            let falling = (n * (n - 1) / 2 - excess) / 2;
            let found = Tails::exact(&falling_pairs(&series), falling as usize).low;
            assert!((found - p).abs() < 6e-4, "{n}, {excess}: {found}");
        }
    }

    #[test]
    fn too_few_or_too_mixed_cannot_tell() {
        assert_eq!(trend(&[]), Trend::CannotTell { n: 0, p: None });
        assert_eq!(trend(&[9, 5, 1]), Trend::CannotTell { n: 3, p: None });
        assert!(matches!(trend(&[4, 1, 3, 2]), Trend::CannotTell { n: 4, p: Some(_) }));
        for n in [5, 10, 30] {
            assert_eq!(trend(&vec![60; n]), Trend::CannotTell { n, p: Some(1.0) });
        }
    }

    #[test]
    fn halving_each_time_falls_by_the_power() {
        let Trend::Falling(TrendChange { n: 4, p, factor: Some(factor) }) = trend(&[8000, 4000, 2000, 1000]) else {
            panic!("four in perfect order fall");
        };
        assert!((p - 1.0 / 24.0).abs() < 1e-12);
        assert!((factor - 0.125).abs() < 1e-12);
        let doubling: Vec<i64> = (0..12).map(|i| 60 << i).collect();
        let Trend::Rising(TrendChange { factor: Some(factor), .. }) = trend(&doubling) else { panic!("it rises") };
        assert!((factor - 2048.0).abs() < 1e-6);
    }

    #[test]
    fn one_outlier_does_not_bend_the_factor() {
        let Trend::Rising(finding) = trend(&[100, 110, 121, 133, 146, 161, 177, 1_000_000]) else { panic!("it rises") };
        assert!((1.8..2.3).contains(&finding.factor.unwrap()), "{finding:?}");
    }

    #[test]
    fn approximation_is_near_the_exact_p_where_it_takes_over() {
        let series = [3, 9, 7, 12, 12, 5, 8, 14, 11, 6, 15, 10];
        let (exact, approximate) = (exact(&series), approximate(&series));
        assert!((exact.low - approximate.low).abs() < 0.003, "{exact:?} {approximate:?}");
        assert!((exact.high - approximate.high).abs() < 0.003, "{exact:?} {approximate:?}");
    }
}
