//! When planned work is to take place.

use crate::time::Time;

/// When work is planned for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    /// When it is to begin.
    pub from: Time,
    /// When it is to end; later than `from`.
    pub until: Time,
}
