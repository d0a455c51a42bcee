//! What is over for long. Customers no longer wait for a word on it, and what is said of it is as true in a year as it is
//! now, also where nobody builds the site again.

use crate::time::Time;

/// So long after its last change an entry is settled, in seconds: 30 days.
const QUIET: i64 = 30 * 24 * 3600;

/// Whether something is past for so long that an entry is settled.
pub(super) fn is_long_ago(at: Time, now: Time) -> bool {
    at.plus_seconds(QUIET) <= now
}
