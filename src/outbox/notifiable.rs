//! What customers are notified of now.

use crate::time::Time;

/// Something that is told now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notifiable {
    /// The key by which it is known for ever.
    pub notification_key: String,
    /// When it was news last.
    pub at: Time,
    /// Changes with what is read.
    pub fingerprint: String,
    /// Whether it is news whatever time it bears.
    pub is_lasting: bool,
    /// Whether another one tells the same.
    pub is_repeated: bool,
}
