//! Updates as Candor's rules ask for them: they stand oldest first, and none only repeats that
//! it is over. Each repair is noted.

use super::location::Location;
use super::update::{Status, UpdateDraft};
use crate::characters::carried;
use crate::import::Notes;

/// Puts updates right, and notes each repair.
pub(super) fn tidy<S: Status>(updates: &mut Vec<UpdateDraft<S>>, location: &Location, notes: &mut Notes) {
    updates.sort_by_key(|update| update.at);
    let mut tidied: Vec<UpdateDraft<S>> = Vec::with_capacity(updates.len());
    for mut update in std::mem::take(updates) {
        update.body = carried(&update.body).into_owned();
        match tidied.last_mut() {
            Some(last) if last.status == S::LAST && update.status == S::LAST => {
                let word = S::LAST.word();
                location
                    .note(notes, &format!("it is {word} twice; what was said the second time is told with the first"));
                last.body = format!("{}\n\n{}", last.body.trim_end(), update.body.trim_start());
            }
            _ => tidied.push(update),
        }
    }
    *updates = tidied;
}
