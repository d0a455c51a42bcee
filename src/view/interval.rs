//! Half-open intervals of time and their arithmetic.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

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

/// Cuts overlapping stretches so that each instant belongs to one: the one with the greatest value. Sorted by time;
/// neighbours with the same value are merged.
pub(super) fn flatten<T: Copy + Ord>(stretches: &[Stretch<T>]) -> Vec<Stretch<T>> {
    let stretches = stretches.iter().filter(|(interval, _)| !interval.is_empty());
    let mut edges: Vec<(Time, T, Edge)> = stretches
        .flat_map(|(interval, value)| [(interval.from, *value, Edge::Begin), (interval.until, *value, Edge::End)])
        .collect();
    edges.sort_by_key(|(at, ..)| *at);
    // How many stretches of each value go on.
    let mut open: BTreeMap<T, usize> = BTreeMap::new();
    let mut flat = Vec::with_capacity(edges.len());
    let mut since = None;
    for (at, value, edge) in edges {
        if let (Some(since), Some((greatest, _))) = (since, open.last_key_value()) {
            let interval = Interval::new(since, at);
            flat.extend((!interval.is_empty()).then_some((interval, *greatest)));
        }
        since = Some(at);
        match edge {
            Edge::Begin => *open.entry(value).or_default() += 1,
            Edge::End => leave(&mut open, value),
        }
    }
    merge(flat)
}

/// What happens to a stretch at an instant.
#[derive(Clone, Copy)]
enum Edge {
    Begin,
    End,
}

/// Takes one of a value away.
fn leave<T: Ord>(open: &mut BTreeMap<T, usize>, value: T) {
    if let Entry::Occupied(mut count) = open.entry(value) {
        *count.get_mut() -= 1;
        if *count.get() == 0 {
            count.remove();
        }
    }
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
