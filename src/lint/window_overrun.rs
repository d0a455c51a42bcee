//! C066: planned work that an update called under way still runs after its window. Its components stand as
//! under maintenance until somebody says that it is over.

use super::{Now, of_window};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::EntryKind;
use crate::time::in_words;
use crate::view::{MaintenanceState, maintenance_snapshots};

/// How long work may run over before it is worth a word, in seconds.
const OVERRUN: i64 = 3600;

pub(super) fn check(now: &Now<'_>) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    for snapshot in maintenance_snapshots(&now.site.maintenance, now.at) {
        // What was begun again without another window has had none since.
        let since = snapshot.since.filter(|_| snapshot.planned_end().is_none());
        let over = now.at.seconds_since(since.unwrap_or(snapshot.window.last()));
        if snapshot.state() != MaintenanceState::Running || over < OVERRUN {
            continue;
        }
        if let Some(document) = (now.documents)(EntryKind::Maintenance, snapshot.maintenance.file_id()) {
            let (ago, status) = (in_words(over), snapshot.status.word());
            let message = match since {
                Some(_) if !snapshot.is_undated => {
                    format!("this work has no planned end, was begun {ago} ago, and is still `{status}`")
                }
                Some(_) => {
                    format!("this work was begun again {ago} ago without another window, and is still `{status}`")
                }
                None => format!("this window ended {ago} ago, and the work is still `{status}`"),
            };
            let warning = Diagnostic::warning(Code::WindowOverrun, message)
                .at(document.place(&of_window(if snapshot.window.until.is_some() { "until" } else { "from" })));
            advice.push(warning.help(
                "append an update with `status: completed` if it is over; else move `until` and tell customers why it \
                 takes longer",
            ));
        }
    }
    advice
}
