//! CU012: an incident that hurt is resolved, and customers are not told whether anything was lost, is late, or is
//! theirs to do. Asked for while somebody still knows: of the incidents that home still shows.

use super::{LONGEST, Now, is_english, is_quiet, of_update};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{EntryKind, Impact};
use crate::view::IncidentSnapshot;
use crate::wording::says_what_is_left;

pub(super) fn check(now: &Now<'_>) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    if !is_english(now.site) {
        return advice;
    }
    for snapshot in
        now.public.iter().filter(|snapshot| snapshot.incident.impact >= Impact::Major && is_recent(snapshot, now))
    {
        if tells(snapshot) {
            continue;
        }
        if let Some(document) = (now.documents)(EntryKind::Incident, &snapshot.incident.id) {
            let last = snapshot.updates().len() - 1;
            let message = "this resolution does not say whether data was lost, or what is still to come";
            let warning = Diagnostic::warning(Code::NothingOfData, message);
            let warning = warning.at(document.place(&of_update(last, "body"))).help(
                "add a sentence such as \"No order was lost; e-mails of 14:00 to 15:00 UTC arrive by tomorrow. You need not \
                 do anything.\"",
            );
            advice.extend(Some(warning).filter(|_| !is_quiet(&snapshot.incident, Code::NothingOfData, last)));
        }
    }
    advice
}

fn is_recent(snapshot: &IncidentSnapshot, now: &Now<'_>) -> bool {
    snapshot.resolved.is_some_and(|resolved| now.at.seconds_since(resolved) < LONGEST)
}

/// Whether the last update tells, or what stands below the updates.
fn tells(snapshot: &IncidentSnapshot) -> bool {
    says_what_is_left(&snapshot.newest().body) || says_what_is_left(&snapshot.incident.summary)
}
