//! C107: an incident was written down once it was over, and nobody said when it began. So nothing of it counts as downtime,
//! which its author may not expect.

use super::scope::RECENT;
use super::{Now, of_update};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ComponentStatus, EntryKind};

pub(super) fn check(now: &Now<'_>) -> Vec<Diagnostic> {
    let is_recent = |ended| now.at.seconds_since(ended) < RECENT;
    // Who says that it is not known knows.
    let found = now.snapshots.iter().filter(|snapshot| {
        let is_said = !snapshot.incident.is_duration_known;
        let is_felt = || snapshot.worst_ever() != ComponentStatus::Operational;
        snapshot.resolved.is_some_and(is_recent) && !is_said && snapshot.is_beginning_unknown() && is_felt()
    });
    let advice = found.filter_map(|snapshot| {
        let document = (now.documents)(EntryKind::Incident, &snapshot.incident.id)?;
        let message = "nothing says when this incident began, so it counts as no downtime";
        let warning = Diagnostic::warning(Code::BeginningUnknown, message).at(document.place(&of_update(0, "at")));
        Some(warning.help(
            "write `started:` with the time at which customers first felt it; if nobody knows, say `duration_known: false`",
        ))
    });
    advice.collect()
}
