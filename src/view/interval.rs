//! Half-open intervals of time and their arithmetic.

use crate::time::Time;

/// From one instant (inclusive) to another (exclusive).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    /// The first instant that belongs to it.
    pub from: Time,
    /// The first instant that no longer does.
    pub until: Time,
}

impl Interval {
    /// The interval between two instants; empty if they are in the wrong order.
    pub fn new(from: Time, until: Time) -> Interval {
        Interval { from, until: until.max(from) }
    }

    /// Its length in milliseconds.
    pub fn millis(self) -> i64 {
        self.until.millis() - self.from.millis()
    }

    /// Its length in whole seconds.
    pub fn seconds(self) -> i64 {
        self.until.seconds_since(self.from)
    }

    /// Whether it has no instant.
    pub fn is_empty(self) -> bool {
        self.from >= self.until
    }

    /// What it has in common with `other`; possibly empty.
    #[must_use]
    pub fn clip(self, other: Interval) -> Interval {
        Interval::new(self.from.max(other.from), self.until.min(other.until))
    }
}

/// A value that holds during an interval.
pub(super) type Stretch<T> = (Interval, T);

/// Cuts overlapping stretches so that each instant belongs to one: the one with the greatest value,
/// the earliest in the list among equals. Sorted by time; neighbours with the same value are merged.
pub(super) fn flatten<T: Copy + Ord>(stretches: &[Stretch<T>]) -> Vec<Stretch<T>> {
    let mut ordered: Vec<Stretch<T>> = stretches.iter().copied().filter(|(interval, _)| !interval.is_empty()).collect();
    // The greatest first: what it takes is cut out of the lesser ones. The sort is stable, so of equals the first
    // takes.
    ordered.sort_by_key(|(_, value)| std::cmp::Reverse(*value));
    let mut flat: Vec<Stretch<T>> = Vec::new();
    for (interval, value) in ordered {
        let mut free = vec![interval];
        // Every one against every one: a component has few troubles in a window, and a sweep by time would have to
        // look up the greatest of those that are open at each step.
        for (taken, _) in &flat {
            free = free.into_iter().flat_map(|piece| subtract(piece, *taken)).collect();
        }
        flat.extend(free.into_iter().map(|piece| (piece, value)));
    }
    flat.sort_by_key(|(interval, _)| *interval);
    merge(flat)
}

/// What remains of `piece` without `taken`: nothing, one or two pieces.
fn subtract(piece: Interval, taken: Interval) -> impl Iterator<Item = Interval> {
    let before = Interval::new(piece.from, piece.until.min(taken.from));
    let after = Interval::new(piece.from.max(taken.until), piece.until);
    let is_apart = piece.clip(taken).is_empty();
    let pieces = if is_apart { [Some(piece), None] } else { [Some(before), Some(after)] };
    pieces.into_iter().flatten().filter(|piece| !piece.is_empty())
}

fn merge<T: Copy + Ord>(sorted: Vec<Stretch<T>>) -> Vec<Stretch<T>> {
    let mut merged: Vec<Stretch<T>> = Vec::with_capacity(sorted.len());
    for (interval, value) in sorted {
        match merged.last_mut() {
            Some((last, same)) if *same == value && last.until == interval.from => last.until = interval.until,
            _ => merged.push((interval, value)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stretches() -> impl Strategy<Value = Vec<Stretch<u8>>> {
        let one = (0i64..200, 0i64..80, 0u8..4);
        prop::collection::vec(one, 0..14).prop_map(|list| {
            list.into_iter()
                .map(|(from, length, value)| {
                    (Interval::new(Time::from_millis(from), Time::from_millis(from + length)), value)
                })
                .collect()
        })
    }

    /// The greatest value at an instant, looked up the slow way.
    fn greatest(stretches: &[Stretch<u8>], at: i64) -> Option<u8> {
        let at = Time::from_millis(at);
        stretches.iter().filter(|(i, _)| i.from <= at && at < i.until).map(|(_, value)| *value).max()
    }

    proptest! {
        #[test]
        fn each_instant_gets_the_greatest_value(stretches in stretches()) {
            let flat = flatten(&stretches);
            for at in 0..300 {
                prop_assert_eq!(greatest(&flat, at), greatest(&stretches, at));
            }
        }

        #[test]
        fn flat_stretches_do_not_overlap_and_are_sorted(stretches in stretches()) {
            for pair in flatten(&stretches).windows(2) {
                prop_assert!(pair[0].0.until <= pair[1].0.from);
                prop_assert!(pair[0].0.until < pair[1].0.from || pair[0].1 != pair[1].1, "neighbours are merged");
            }
        }

        #[test]
        fn order_does_not_matter(stretches in stretches()) {
            let mut reversed = stretches.clone();
            reversed.reverse();
            prop_assert_eq!(flatten(&stretches), flatten(&reversed));
        }

        #[test]
        fn cutting_a_window_in_two_adds_up(stretches in stretches(), cut in 0i64..300) {
            let millis = |window: Interval| -> i64 {
                flatten(&stretches).iter().map(|(interval, _)| interval.clip(window).millis()).sum()
            };
            let (start, middle, end) = (Time::from_millis(0), Time::from_millis(cut), Time::from_millis(300));
            let whole = millis(Interval::new(start, end));
            prop_assert_eq!(millis(Interval::new(start, middle)) + millis(Interval::new(middle, end)), whole);
            prop_assert!(whole <= 300);
        }
    }
}
