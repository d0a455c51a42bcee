//! C059: an action of a postmortem was to be done before today. What was promised and is not done is how
//! the same incident comes back.

use super::{Documents, days, key};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Path, PostmortemDoc, Step};
use crate::model::EntryKind;
use crate::view::{Due, Duty, DutyKind};

pub(super) fn check(duties: &[Duty], documents: &Documents<'_>) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    for duty in duties.iter().filter(|duty| duty.kind == DutyKind::ActionOverdue) {
        let (Some(postmortem), Some(action), Some(late)) = (&duty.postmortem, &duty.action, duty.days_late()) else {
            continue;
        };
        let Some(Due::On(due)) = duty.due else { continue };
        if let Some(document) = documents(EntryKind::Postmortem, postmortem) {
            let message = format!("the action `{action}` was due on {}, {} ago", due.iso(), days(late * 86_400));
            let fault = Diagnostic::warning(Code::ActionOverdue, message).at(document.place(&place(document, action)));
            advice.push(
                fault.help(format!("do it and set `done`, or agree with {} on another `due`", duty.owners.join(", "))),
            );
        }
    }
    advice
}

/// The day of the action of this id, or its text if the day comes from the severity.
fn place(document: &Document, id: &str) -> Path {
    let actions = PostmortemDoc::read(document).actions;
    let named = actions.iter().position(|action| action.id.as_ref().is_some_and(|written| written.value == id));
    let counted = || id.strip_prefix('A')?.parse::<usize>().ok()?.checked_sub(1);
    let Some(index) = named.or_else(counted) else { return key("actions") };
    let last = if actions.get(index).is_some_and(|action| action.due.is_some()) { "due" } else { "text" };
    vec![Step::Key("actions".into()), Step::Index(index), Step::Key(last.into())]
}
