//! CU011: an update came later than the one before it promised. While it is fresh, the next promise can be one
//! that is kept; `candor report cadence` counts all of them.

use super::{Now, WEEK, is_quiet, of_update};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::EntryKind;
use crate::time::in_words;
use crate::view::{Promise, PromiseOutcome, promises};

pub(super) fn check(now: &Now<'_>) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    let promises = promises(&now.public, now.at);
    for promise in promises.iter().filter(|promise| is_fresh(promise, now)) {
        let PromiseOutcome::Late(late) = promise.outcome else { continue };
        if let Some(document) = (now.documents)(EntryKind::Incident, &promise.incident.incident.id) {
            let message = format!("the update that was promised for this time came {} later", in_words(late));
            let place = document.place(&of_update(promise.index, "next_update"));
            let note = Diagnostic::note(Code::PromiseLate, message).at(place);
            let is_off = is_quiet(&promise.incident.incident, Code::PromiseLate, promise.index);
            advice.extend(Some(note).filter(|_| !is_off).map(|note| {
                note.help("promise what you can keep, and keep it with a short word: \"We are still working on it.\"")
            }));
        }
    }
    advice
}

fn is_fresh(promise: &Promise, now: &Now<'_>) -> bool {
    promise.incident.resolved.is_none_or(|resolved| now.at.seconds_since(resolved) < WEEK)
}
