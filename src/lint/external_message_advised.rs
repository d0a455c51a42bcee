//! C060: the whole product was down for long, and the postmortem tells customers nothing of the reasons.

use super::{Documents, key};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::EntryKind;
use crate::view::{Duty, DutyKind};

pub(super) fn check(duties: &[Duty], documents: &Documents<'_>) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    for duty in duties.iter().filter(|duty| duty.kind == DutyKind::ExternalMessageAdvised) {
        let Some(postmortem) = &duty.postmortem else { continue };
        if let Some(document) = documents(EntryKind::Postmortem, postmortem) {
            let message = "customers could not use the product for long, and are not told why";
            let fault = Diagnostic::warning(Code::ExternalMessageAdvised, message).at(document.place(&key("title")));
            advice.push(fault.help("write `## External message` for them, and set `published` and `publish: true`"));
        }
    }
    advice
}
