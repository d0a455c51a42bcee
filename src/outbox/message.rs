//! A message before it has the form of any channel.

use super::text::one_line;
use crate::render::NotificationBody;
use crate::time::Time;

/// One message, not yet in the form of any channel.
pub struct Message {
    /// What is notification.
    pub notification: NotificationBody,
    /// Whether it was told otherwise before.
    pub is_correction: bool,
    /// By which receivers know it again: the same for the same message, however often it is written.
    pub key: String,
    /// The date that the message bears.
    pub date: Time,
}

impl Message {
    /// One line that says what it is about.
    pub fn headline(&self) -> String {
        let notification = &self.notification;
        let headline = one_line(&format!("{}: {}", notification.label, notification.title));
        if self.is_correction { format!("{}: {headline}", notification.sender.corrected) } else { headline }
    }
}
