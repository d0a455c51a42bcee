//! C056: a postmortem that looks like an earlier one says whether it is the same cause. The text only
//! suggests; one answer settles it.

use std::sync::Arc;

use super::{Documents, key};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{EntryKind, Postmortem};
use crate::view::Candidate;

pub(super) fn check(
    postmortems: &[Arc<Postmortem>],
    candidates: &[Vec<Candidate>],
    documents: &Documents<'_>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (postmortem, candidates) in postmortems.iter().zip(candidates).filter(|(postmortem, _)| !postmortem.imported) {
        let unanswered = candidates.iter().filter(|candidate| candidate.is_unanswered());
        let unanswered: Vec<(&Candidate, &Postmortem)> =
            unanswered.map(|candidate| (candidate, &*postmortems[candidate.postmortem])).collect();
        let Some((_, nearest)) = unanswered.first() else { continue };
        let fault = Diagnostic::warning(Code::UnansweredLikeness, message(&unanswered)).help(help(&nearest.label));
        let path = key("title");
        found.extend(
            documents(EntryKind::Postmortem, &postmortem.id).map(|document| fault.clone().at(document.place(&path))),
        );
    }
    found
}

fn message(unanswered: &[(&Candidate, &Postmortem)]) -> String {
    let each = unanswered.iter().map(|(candidate, earlier)| format!("`{}` ({:.2})", earlier.label, candidate.score));
    format!("this looks like {}: the same cause again?", each.collect::<Vec<_>>().join(" and "))
}

fn help(label: &str) -> String {
    format!(
        "answer with `recurrence_of: [{label}]`, the same `cause`, or `not_recurrence_of: [{{ id: {label}, why: … }}]`"
    )
}
