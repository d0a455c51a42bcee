//! C034: an update of an incident that lies in the future is not shown yet. Mostly it is a slip of
//! the date or the offset, and customers would wait for a word that was already written. The same slip in
//! a mark of a postmortem makes every duration wrong.

use super::Documents;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::model::{EntryKind, Mark, Postmortem, Site};
use crate::time::Time;
use crate::yaml::Step;

pub(super) fn check(site: &Site, documents: &Documents<'_>, now: Time) -> Vec<Diagnostic> {
    let mut advice = updates(site, documents, now);
    for postmortem in &site.postmortems {
        advice.extend(marks(postmortem, documents, now));
    }
    advice
}

/// The marks of a postmortem that nobody can know yet; those of the incident are its updates.
fn marks(postmortem: &Postmortem, documents: &Documents<'_>, now: Time) -> Vec<Diagnostic> {
    let own = postmortem.marks.times.iter().filter(|(_, marked)| !marked.from_incident && marked.at > now);
    let mut advice = Vec::new();
    for (mark, marked) in own {
        if let Some(document) = documents(EntryKind::Postmortem, &postmortem.id) {
            advice.push(future_mark(document, *mark, marked.at, now))
        }
    }
    advice
}

fn future_mark(document: &Document, mark: Mark, at: Time, now: Time) -> Diagnostic {
    let path = vec![Step::Key("marks".into()), Step::Key(mark.word().into())];
    let message = format!("`{}` lies in the future: {}", mark.word(), at.rfc3339());
    let fault = Diagnostic::warning(Code::FutureUpdate, message).at(document.place(&path));
    fault.help(format!("check the time and its offset; now is {}", now.rfc3339()))
}

fn updates(site: &Site, documents: &Documents<'_>, now: Time) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    for record in &site.incidents {
        let incident = &record.incident;
        let shown = incident.known_updates(now).len();
        for (index, update) in incident.updates.iter().enumerate().skip(shown) {
            let path = vec![Step::Key("updates".into()), Step::Index(index), Step::Key("at".into())];
            if let Some(document) = documents(EntryKind::Incident, &incident.id) {
                let message = format!("this update lies in the future and is not shown before {}", update.at.rfc3339());
                let fault = Diagnostic::warning(Code::FutureUpdate, message).at(document.place(&path));
                advice.push(fault.help(format!("check the time and its offset; now is {}", now.rfc3339())));
            }
        }
    }
    advice
}
