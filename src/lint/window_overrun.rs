//! C066: planned work that an update called under way still runs after its window. Its components stand as
//! under maintenance until somebody says that it is over.

use super::{Now, of_window};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::EntryKind;
use crate::time::{Time, in_words};
use crate::view::{MaintenanceSnapshot, MaintenanceState};

/// How long work may run over before it is worth a word, in seconds.
const OVERRUN: i64 = 3600;

/// The same of work that was never to end at a time, from its beginning.
const ENDLESS: i64 = 86_400;

pub(super) fn check(now: &Now<'_>) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    for snapshot in &now.maintenance {
        let Some(Overrun { message, help }) = overrun(snapshot, now.at) else { continue };
        if let Some(document) = (now.documents)(EntryKind::Maintenance, snapshot.maintenance.file_id()) {
            let end = if snapshot.window.until.is_some() { "until" } else { "from" };
            let warning = Diagnostic::warning(Code::WindowOverrun, message).at(document.place(&of_window(end)));
            advice.push(warning.help(format!("append an update with `status: completed` if it is over; else {help}")));
        }
    }
    advice
}

/// What to say of work that runs for too long.
struct Overrun {
    message: String,
    /// What to do if it is not over.
    help: &'static str,
}

fn overrun(snapshot: &MaintenanceSnapshot, now: Time) -> Option<Overrun> {
    // What has no planned end is measured by its beginning.
    let since = snapshot.since.filter(|_| snapshot.state() == MaintenanceState::Running)?;
    let over = now.seconds_since(snapshot.planned_end().unwrap_or(since));
    let (ago, status) = (in_words(over), snapshot.status.word());
    let (patience, message, help) = if snapshot.planned_end().is_some() {
        let message = format!("this window ended {ago} ago, and the work is still `{status}`");
        (OVERRUN, message, "move `until` and tell customers why it takes longer")
    } else if snapshot.is_undated {
        let message = format!("this work was begun again {ago} ago without another window, and is still `{status}`");
        (OVERRUN, message, "append one with `scheduled`, and tell customers how long it takes")
    } else {
        let message = format!("this work has no planned end, was begun {ago} ago, and is still `{status}`");
        (ENDLESS, message, "write `until`, once you know it, and tell customers how it goes")
    };
    (over >= patience).then_some(Overrun { message, help })
}
