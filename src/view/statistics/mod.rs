//! What may honestly be said of a few durations.
//!
//! Durations of incidents are skewed and few: a mean says little, and an average that halves from
//! one year to the next is often chance. So there is no mean here, each figure appears only from the
//! number of incidents on that can bear it, and a direction comes from a test or not at all.

mod kendall;
mod rank_sum;
mod sample;
mod share;
mod tails;
mod trend;

pub use kendall::trend;
pub use rank_sum::compare_periods;
pub use sample::Sample;
pub use share::wilson;
pub use trend::{LEVEL, Trend, TrendChange};
