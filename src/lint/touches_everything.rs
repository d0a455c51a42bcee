//! C064: an incident names every component of the site although not all is down. Mostly the list was copied, and
//! those who use what works are told that it does not.

use super::{Now, WEEK, of_update};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ComponentStatus, EntryKind, Update};
use crate::view::IncidentSnapshot;

/// With fewer components an incident may well touch all.
const FROM: usize = 4;

pub(super) fn check(now: &Now<'_>) -> Vec<Diagnostic> {
    let zone = now.site.settings.zone;
    let all = now.site.components.iter().filter(|component| !component.is_retired(zone, now.at)).count();
    let mut advice = Vec::new();
    for snapshot in now.snapshots.iter().filter(|snapshot| all >= FROM && is_recent(snapshot, now)) {
        let Some(index) = snapshot.updates().iter().position(|update| names_everything(update, all)) else { continue };
        if let Some(document) = (now.documents)(EntryKind::Incident, &snapshot.incident.id) {
            let message = format!("this names all {all} components of the site");
            let note = Diagnostic::note(Code::TouchesEverything, message);
            let place = document.place(&of_update(index, "components"));
            advice.push(note.at(place).help("name only those that fail: each one named loses uptime"));
        }
    }
    advice
}

fn is_recent(snapshot: &IncidentSnapshot, now: &Now<'_>) -> bool {
    snapshot.resolved.is_none_or(|resolved| now.at.seconds_since(resolved) < WEEK)
}

/// Whether an update puts each of the components in trouble. That all is down may be so.
fn names_everything(update: &Update, all: usize) -> bool {
    let troubled = update.components.values().filter(|status| **status > ComponentStatus::UnderMaintenance);
    let is_down = update.components.values().all(|status| *status == ComponentStatus::MajorOutage);
    troubled.count() == all && !is_down
}
