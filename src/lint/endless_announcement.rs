//! C104: an announcement has stood on home for a month, and nobody said until when it holds. It does not go away by itself:
//! some hold for ever, and only its author knows.

use super::Now;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Announcement, EntryKind};
use crate::time::in_words;
use crate::yaml::key;

/// How long one stands before it is worth a word, in seconds: thirty days.
const LONG: i64 = 30 * 86_400;

pub(super) fn check(now: &Now<'_>) -> Vec<Diagnostic> {
    // What is pinned is meant to stay.
    let is_endless = |notice: &&Announcement| notice.until.is_none() && !notice.pinned && notice.is_in_force(now.at);
    let endless = now.site.announcements.iter().filter(is_endless);
    let advice = endless.filter_map(|announcement| {
        let age = now.at.seconds_since(announcement.from);
        let document = (now.documents)(EntryKind::Announcement, &announcement.id).filter(|_| age >= LONG)?;
        let message = format!("this announcement has stood on home for {} and has no end", in_words(age));
        let note = Diagnostic::note(Code::EndlessAnnouncement, message).at(document.place(&key("from")));
        Some(note.help("set `until` to when it stops to matter; if it is to stay, say so with `pinned: true`"))
    });
    advice.collect()
}
