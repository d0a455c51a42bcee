//! Entries that are not to be published yet.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Entries, Entry};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};

impl Entries {
    /// Takes the drafts out, unless they are to be shown. Gives their files, and what is to be said of them:
    /// what is wrong with a draft must not keep an urgent update from being published, so that it is no
    /// error.
    pub fn sort_out_drafts(&mut self, are_shown: bool) -> (BTreeSet<Arc<str>>, Vec<Diagnostic>) {
        let mut drafts = Drafts { are_shown, files: BTreeSet::new(), faults: Vec::new() };
        drafts.sort_out(&mut self.incidents);
        drafts.sort_out(&mut self.maintenance);
        drafts.sort_out(&mut self.announcements);
        drafts.sort_out(&mut self.pages);
        (drafts.files, drafts.faults)
    }
}

struct Drafts {
    are_shown: bool,
    files: BTreeSet<Arc<str>>,
    faults: Vec<Diagnostic>,
}

impl Drafts {
    fn sort_out<T>(&mut self, entries: &mut Vec<Entry<T>>) {
        self.files.extend(entries.iter().filter(|entry| entry.is_draft).map(|entry| entry.path.clone()));
        if self.are_shown {
            return;
        }
        for draft in entries.extract_if(.., |entry| entry.is_draft) {
            let note = Diagnostic::note(Code::Draft, "this is a draft and is not published");
            self.faults.push(note.at(Place::file(&*draft.path)).help("take `draft: true` out to publish it"));
            self.faults.extend(
                draft
                    .faults
                    .into_iter()
                    .map(|fault| Diagnostic { severity: fault.severity.max(Severity::Warning), ..fault }),
            );
        }
    }
}
