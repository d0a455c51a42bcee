//! One set of durations: its size, its middle, its long end.

/// From how many durations on there is a median.
const MEDIAN_FROM: usize = 3;

/// From how many durations on there is a 90th percentile; with fewer it would be the longest.
const P90_FROM: usize = 10;

/// The least coverage of the interval of the median.
const COVERAGE: f64 = 0.95;

/// Durations in seconds, in no particular order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    sorted: Vec<i64>,
}

/// Where the median of all such incidents lies, as far as these can tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MedianInterval {
    /// The lower end, one of the durations, in seconds.
    pub low: i64,
    /// The upper end, one of the durations, in seconds.
    pub high: i64,
    /// The rank of the lower end, 1 being the shortest; the upper end has the same rank from the longest.
    pub rank: usize,
    /// How often such an interval covers the median, 0 to 1: at least 0.95.
    pub coverage: f64,
}

impl Sample {
    /// A sample of durations in seconds. What is unknown is left out by the caller, never given as 0.
    pub fn new(seconds: impl IntoIterator<Item = i64>) -> Sample {
        let mut sorted: Vec<i64> = seconds.into_iter().collect();
        sorted.sort_unstable();
        Sample { sorted }
    }

    /// How many durations there are. To be printed beside every other figure.
    pub fn n(&self) -> usize {
        self.sorted.len()
    }

    /// The middle duration in whole seconds, half-way between the middle two of an even number; from 3 on.
    pub fn median(&self) -> Option<i64> {
        let (low, high) = (self.n().checked_sub(1)? / 2, self.n() / 2);
        (self.n() >= MEDIAN_FROM).then(|| self.sorted[low].midpoint(self.sorted[high]))
    }

    /// The confidence interval of the median from order statistics; from 6 on, since with fewer even
    /// the shortest and the longest cover it in less than 95 %.
    ///
    /// The ranks `k` and `n + 1 - k` cover the median with the probability that a fair coin thrown `n`
    /// times shows from `k` to `n - k` heads (W. J. Conover, *Practical Nonparametric Statistics*,
    /// section 3.2). It is exact whatever the distribution, and at least that much if durations are equal.
    pub fn interval(&self) -> Option<MedianInterval> {
        let (rank, coverage) = narrowest_ranks(self.n())?;
        let (low, high) = (self.sorted[rank - 1], self.sorted[self.n() - rank]);
        Some(MedianInterval { low, high, rank, coverage })
    }

    /// The 90th percentile by nearest rank, in seconds: the shortest duration that at least 90 % of all do
    /// not exceed. It is one of the durations. From 10 on.
    pub fn p90(&self) -> Option<i64> {
        let rank = (self.n() * 9).div_ceil(10);
        (self.n() >= P90_FROM).then(|| self.sorted[rank - 1])
    }

    /// The longest duration in seconds, if there is any.
    pub fn longest(&self) -> Option<i64> {
        self.sorted.last().copied()
    }
}

/// The greatest rank `k` such that `k` to `n - k` heads of `n` throws have at least the coverage, and
/// that coverage. Added up from the middle, so that no term underflows however large `n` is.
fn narrowest_ranks(n: usize) -> Option<(usize, f64)> {
    let mut rank = n / 2;
    let mut heads = middle_term(n);
    let mut coverage = if n.is_multiple_of(2) { heads } else { 2.0 * heads };
    while rank > 0 && coverage < COVERAGE {
        heads *= rank as f64 / (n - rank + 1) as f64;
        coverage += 2.0 * heads;
        rank -= 1;
    }
    (rank > 0).then_some((rank, coverage))
}

/// The probability of `n / 2` heads in `n` throws, rounded down.
fn middle_term(n: usize) -> f64 {
    let half = n / 2;
    let even: f64 = (1..=half).map(|i| (2 * i - 1) as f64 / (2 * i) as f64).product();
    // The odd throw: C(2h + 1, h) = C(2h, h) * (2h + 1) / (h + 1), over twice as many outcomes.
    if n.is_multiple_of(2) { even } else { even * n as f64 / (2 * (half + 1)) as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(n: i64) -> Sample {
        Sample::new((1..=n).rev())
    }

    #[test]
    fn figures_appear_only_when_there_are_enough() {
        for n in 0..40 {
            let sample = first(n);
            assert_eq!(sample.longest(), (n >= 1).then_some(n));
            assert_eq!(sample.median().is_some(), n >= 3, "median of {n}");
            assert_eq!(sample.interval().is_some(), n >= 6, "interval of {n}");
            assert_eq!(sample.p90().is_some(), n >= 10, "p90 of {n}");
        }
    }

    #[test]
    fn median_is_the_middle() {
        assert_eq!(Sample::new([9, 1, 4]).median(), Some(4));
        assert_eq!(Sample::new([9, 1, 4, 8]).median(), Some(6));
        assert_eq!(Sample::new([i64::MAX; 4]).median(), Some(i64::MAX));
    }

    #[test]
    fn interval_has_the_known_ranks_and_coverage() {
        for (n, rank, percent) in [(6, 1, 96.9), (7, 1, 98.4), (10, 2, 97.9), (15, 4, 96.5), (20, 6, 95.9)] {
            let interval = first(n).interval().unwrap();
            assert_eq!((interval.rank, interval.low, interval.high), (rank as usize, rank, n + 1 - rank), "{n}");
            assert!((interval.coverage * 100.0 - percent).abs() < 0.05, "{n}: {}", interval.coverage);
        }
    }

    #[test]
    fn coverage_is_what_counting_all_throws_gives() {
        for n in 1..=16_usize {
            let within = |k: usize| {
                let hit = (0..1_u32 << n).filter(|throws| (k..=n - k).contains(&(throws.count_ones() as usize)));
                hit.count() as f64 / f64::from(1_u32 << n)
            };
            let counted = (1..=n / 2).rev().map(|k| (k, within(k))).find(|(_, coverage)| *coverage >= COVERAGE);
            let found = narrowest_ranks(n);
            assert_eq!(found.map(|(rank, _)| rank), counted.map(|(rank, _)| rank), "{n}");
            let (found, counted) = (found.map_or(0.0, |(_, c)| c), counted.map_or(0.0, |(_, c)| c));
            assert!((found - counted).abs() < 1e-12, "{n}");
        }
    }

    #[test]
    fn interval_of_a_large_sample_neither_underflows_nor_widens() {
        // The normal approximation: n / 2 - 1.96 * sqrt(n) / 2. One rank further is worth .0023.
        let interval = first(10_000).interval().unwrap();
        assert!((4901..=4903).contains(&interval.rank), "{}", interval.rank);
        assert!((0.95..0.9523).contains(&interval.coverage), "{}", interval.coverage);
    }

    #[test]
    fn p90_is_the_nearest_rank() {
        assert_eq!(first(10).p90(), Some(9));
        assert_eq!(first(11).p90(), Some(10));
        assert_eq!(first(20).p90(), Some(18));
        assert_eq!(first(30).p90(), Some(27));
    }
}
