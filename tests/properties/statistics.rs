//! What is said of durations: never out of range, never by the order of a set, always by that of time.

use candor::view::{LEVEL, Sample, Trend, compare_periods, trend, wilson};
use proptest::prelude::*;

use crate::support::cases;

/// Durations with ties and zeros among them, few and many.
fn durations(most: usize) -> impl Strategy<Value = Vec<i64>> {
    let one = prop_oneof![Just(0_i64), (0_i64..12).prop_map(|minutes| minutes * 60), 1_i64..2_000_000];
    prop::collection::vec(one, 0..most)
}

/// -1 for falling, 1 for rising, 0 for neither.
fn direction(trend: &Trend) -> i8 {
    match trend {
        Trend::Falling(_) => -1,
        Trend::Rising(_) => 1,
        Trend::CannotTell { .. } => 0,
    }
}

fn factor(trend: &Trend) -> Option<f64> {
    match trend {
        Trend::Falling(finding) | Trend::Rising(finding) => finding.factor,
        Trend::CannotTell { .. } => None,
    }
}

/// Whether the parts of an answer fit each other.
fn is_sound(trend: &Trend) -> bool {
    let is_told = direction(trend) != 0;
    let p_fits = trend.p().is_none_or(|p| (0.0..=1.0).contains(&p) && (p < LEVEL) == is_told);
    let factor_fits = factor(trend).is_none_or(|factor| match trend {
        Trend::Falling(_) => (0.0..=1.0).contains(&factor),
        _ => factor >= 1.0 && factor.is_finite(),
    });
    p_fits && factor_fits && (!is_told || trend.p().is_some())
}

/// Whether one answer is the other read backwards.
fn is_opposite(one: &Trend, other: &Trend) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
    let factors = match (factor(one), factor(other)) {
        (Some(one), Some(other)) => close(one, 1.0 / other),
        (one, other) => one == other,
    };
    direction(one) == -direction(other) && one.n() == other.n() && one.p() == other.p() && factors
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_sample_has_no_order((list, shuffled) in durations(60).prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle()))) {
        prop_assert_eq!(Sample::new(list), Sample::new(shuffled));
    }

    #[test]
    fn figures_of_a_sample_are_in_order(list in durations(60)) {
        let sample = Sample::new(list.iter().copied());
        prop_assert_eq!(sample.n(), list.len());
        prop_assert_eq!(sample.longest(), list.iter().copied().max());
        if let (Some(interval), Some(median)) = (sample.interval(), sample.median()) {
            prop_assert!(interval.low <= median && median <= interval.high);
            prop_assert!((0.95..=1.0).contains(&interval.coverage));
        }
        if let (Some(p90), Some(median)) = (sample.p90(), sample.median()) {
            prop_assert!(median <= p90 && Some(p90) <= sample.longest());
            prop_assert!(list.iter().filter(|seconds| **seconds <= p90).count() * 10 >= list.len() * 9);
            prop_assert!(list.iter().filter(|seconds| **seconds < p90).count() * 10 < list.len() * 9);
        }
    }

    #[test]
    fn a_series_read_backwards_turns_round(list in durations(30)) {
        let forward = trend(&list);
        let backward = trend(&list.iter().rev().copied().collect::<Vec<_>>());
        prop_assert!(is_sound(&forward), "{forward:?}");
        prop_assert!(is_opposite(&forward, &backward), "{forward:?} {backward:?}");
    }

    #[test]
    fn a_sorted_series_of_different_durations_rises(list in prop::collection::btree_set(1_i64..1_000_000, 4..40)) {
        let sorted: Vec<i64> = list.into_iter().collect();
        prop_assert_eq!(direction(&trend(&sorted)), 1);
    }

    #[test]
    fn periods_exchanged_turn_round(before in durations(35), after in durations(35)) {
        let (forward, backward) = (compare_periods(&before, &after), compare_periods(&after, &before));
        prop_assert!(is_sound(&forward), "{forward:?}");
        prop_assert!(is_opposite(&forward, &backward), "{forward:?} {backward:?}");
    }

    #[test]
    fn a_period_has_no_order(before in durations(35), (after, shuffled) in durations(35).prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle()))) {
        prop_assert_eq!(compare_periods(&before, &after), compare_periods(&before, &shuffled));
    }

    #[test]
    fn tests_see_ranks_alone(list in durations(30)) {
        let tripled: Vec<i64> = list.iter().map(|seconds| seconds * 3).collect();
        prop_assert_eq!(trend(&list).p(), trend(&tripled).p());
    }

    #[test]
    fn an_interval_of_a_share_holds_it((hits, n) in (1_usize..5_000).prop_flat_map(|n| (0..=n, Just(n)))) {
        let ((low, high), share) = (wilson(hits, n), hits as f64 / n as f64);
        prop_assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
        let (mirror_low, mirror_high) = wilson(n - hits, n);
        prop_assert!((low + mirror_high - 1.0).abs() < 1e-9 && (high + mirror_low - 1.0).abs() < 1e-9);
        prop_assert!(low < high);
    }
}
