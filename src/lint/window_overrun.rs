//! C066: planned work that an update called under way still runs after its window. Its components stand as
//! under maintenance until somebody says that it is over.

use super::{Now, of_window};
use crate::diagnostic::{Code, Diagnostic};
use crate::time::in_words;
use crate::view::{MaintenanceState, seen_maintenance};

/// How long work may run over before it is worth a word, in seconds.
const OVERRUN: i64 = 3600;

pub(super) fn check(now: &Now<'_>) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    for seen in seen_maintenance(&now.site.maintenance, now.at) {
        let over = now.at.seconds_since(seen.maintenance.until);
        if seen.state() != MaintenanceState::Running || over < OVERRUN {
            continue;
        }
        (now.open)("maintenance", &seen.maintenance.id, &mut |document| {
            let message =
                format!("this window ended {} ago, and the work is still `{}`", in_words(over), seen.status.word());
            let warning = Diagnostic::warning(Code::WindowOverrun, message).at(document.place(&of_window("until")));
            advice.push(warning.help(
                "append an update with `status: completed` if it is over; else move `until` and tell customers why it \
                 takes longer",
            ));
        });
    }
    advice
}
