//! CU010: an open incident owes its customers a word: the time that was promised for it is past, its impact
//! allows no longer silence, or nothing says when it comes.

use super::{Now, has_future, is_quiet, of_update};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::model::EntryKind;
use crate::time::in_words;
use crate::view::{DueState, LEFT_OPEN_AFTER, UpdateGap, update_gaps};

pub(super) fn check(now: &Now<'_>) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    let update_gaps = update_gaps(&now.public, &now.site.internal.cadence, now.at);
    // Of those that were left open, another rule says so.
    let is_meant = |gap: &&UpdateGap| gap.seconds < LEFT_OPEN_AFTER && !has_future(&gap.incident);
    for gap in update_gaps.iter().filter(is_meant) {
        if let Some(document) = (now.documents)(EntryKind::Incident, &gap.incident.incident.id) {
            advice.extend(
                late(document, gap).filter(|_| !is_quiet(&gap.incident.incident, Code::NextWordLate, last(gap))),
            );
        }
    }
    advice
}

fn last(gap: &UpdateGap) -> usize {
    gap.incident.updates().len() - 1
}

fn late(document: &Document, gap: &UpdateGap) -> Option<Diagnostic> {
    let is_late = gap.state == DueState::Overdue;
    let broken = gap.promised.filter(|promised| is_late && gap.due == Some(*promised));
    let (message, key) = match (broken, gap.allowed) {
        (Some(promised), _) => {
            let late = in_words(gap.late_by.unwrap_or_default());
            (format!("the next update was promised for {}, {late} ago", promised.rfc3339_minutes()), "next_update")
        }
        (None, Some(allowed)) if is_late => {
            let (silent, allowed) = (in_words(gap.seconds), in_words(allowed));
            (format!("customers have had no word for {silent}; this impact allows {allowed}"), "at")
        }
        (None, Some(_)) if gap.promised.is_none() => {
            ("customers are not told when the next update comes".to_owned(), "at")
        }
        _ => return None,
    };
    let place = document.place(&of_update(last(gap), key));
    Some(Diagnostic::warning(Code::NextWordLate, message).at(place).help(if is_late {
        "append an update, even if nothing is new: \"We are still working on it and will write again by 16:30 UTC.\", \
         with its `next_update`"
    } else {
        "set `next_update` to a time that you can keep"
    }))
}
