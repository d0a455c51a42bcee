//! Whether a source tells its updates in the order of their times.

use crate::time::Time;

/// How many of these times stand where neither the order of time nor its reverse has them: the fewest that have to move.
pub(super) fn moved(times: &[Time]) -> usize {
    let reversed: Vec<Time> = times.iter().rev().copied().collect();
    times.len() - longest_rise(times).max(longest_rise(&reversed))
}

/// The length of the longest series among these times that never falls, with gaps.
fn longest_rise(times: &[Time]) -> usize {
    // By its length, the earliest time with which a series ends.
    let mut ends: Vec<Time> = Vec::new();
    for time in times {
        let length = ends.partition_point(|end| end <= time);
        match ends.get_mut(length) {
            Some(end) => *end = *time,
            None => ends.push(*time),
        }
    }
    ends.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(numbers: &[i64]) -> usize {
        moved(&numbers.iter().map(|number| Time::from_millis(*number)).collect::<Vec<_>>())
    }

    #[test]
    fn either_order_is_one_and_ties_are_no_other() {
        for ordered in [&[][..], &[3], &[1, 2, 3], &[3, 2, 1], &[2, 2, 2], &[1, 1, 4], &[4, 1, 1]] {
            assert_eq!(of(ordered), 0, "{ordered:?}");
        }
        assert_eq!(of(&[9, 5, 7, 3]), 1);
        assert_eq!(of(&[1, 2, 9, 3, 4]), 1);
        assert_eq!(of(&[1, 4, 2, 3]), 1);
    }

    proptest! {
        #[test]
        fn as_many_move_as_have_to(numbers in prop::collection::vec(0i64..6, 0..8)) {
            let kept = |numbers: &[i64]| {
                let series = (0..1u32 << numbers.len()).map(|mask| {
                    let taken: Vec<i64> = (0..numbers.len()).filter(|i| mask & (1 << i) != 0).map(|i| numbers[i]).collect();
                    if taken.is_sorted() { taken.len() } else { 0 }
                });
                series.max().unwrap_or(0)
            };
            let reversed: Vec<i64> = numbers.iter().rev().copied().collect();
            prop_assert_eq!(of(&numbers), numbers.len() - kept(&numbers).max(kept(&reversed)));
        }
    }
}
