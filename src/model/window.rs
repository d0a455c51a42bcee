//! When planned work is to take place.

use crate::time::Time;

/// When work is planned for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    /// When it is to begin.
    pub from: Time,
    /// When it is to end; later than `from`. None where nobody knows.
    pub until: Option<Time>,
}

impl Window {
    /// The last instant that it names: its beginning where the end is not known.
    pub fn last(self) -> Time {
        self.until.unwrap_or(self.from)
    }
}
