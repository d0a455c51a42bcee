//! C061: a postmortem is still a draft although it was due. Each day costs what people remember.

use super::{Documents, days, key};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::EntryKind;
use crate::view::{Duty, DutyKind};

pub(super) fn check(duties: &[Duty], documents: &Documents<'_>) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    for duty in duties.iter().filter(|duty| duty.kind == DutyKind::PostmortemUnfinished) {
        let Some((postmortem, late_by)) = duty.postmortem.as_ref().zip(duty.late_by) else { continue };
        if let Some(document) = documents(EntryKind::Postmortem, postmortem) {
            let message = format!("this postmortem is still a draft, {} after it was due", days(late_by));
            let fault = Diagnostic::warning(Code::PostmortemUnfinished, message).at(document.place(&key("status")));
            advice.push(fault.help("finish it, and set `status: in-review` so that others read it"));
        }
    }
    advice
}
