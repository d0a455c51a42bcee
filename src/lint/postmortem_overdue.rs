//! C058: an incident that demands a postmortem has none, and the day on which it was due is past.

use super::{Documents, days, key};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::EntryKind;
use crate::view::{Duty, DutyKind};

pub(super) fn check(duties: &[Duty], documents: &Documents<'_>) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    for duty in duties.iter().filter(|duty| duty.kind == DutyKind::PostmortemOverdue) {
        let Some((incident, late_by)) = duty.incident.as_ref().zip(duty.late_by) else { continue };
        if let Some(document) = documents(EntryKind::Incident, incident) {
            let message = format!("the postmortem of this incident is {} late", days(late_by));
            let fault = Diagnostic::warning(Code::PostmortemOverdue, message).at(document.place(&key("title")));
            advice.push(fault.help(format!("begin it with `candor new postmortem {incident}`")));
        }
    }
    advice
}
