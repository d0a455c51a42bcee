//! What the preview says beside a page: the advice about it, drafts, and when the pages change next.

use std::collections::{BTreeMap, BTreeSet};

use super::WIKI;
use crate::diagnostic::Diagnostic;
use crate::model::{EntryKind, Id};
use crate::paths;
use crate::pipeline::Moment;
use crate::time::Time;

/// What is to be said of a build without errors.
#[derive(Default)]
pub(super) struct Notes {
    /// The moment that the pages show; none if there is no site.
    pub(super) now: Option<Time>,
    /// When the content will change without an edit.
    pub(super) next_change: Option<Time>,
    diagnostics: Vec<Diagnostic>,
    /// The folder of each entry's page, such as `incidents/x/`, with the files that the page tells of.
    files: BTreeMap<String, BTreeSet<String>>,
    drafts: BTreeSet<String>,
}

/// What concerns a page, and what concerns others.
pub(super) struct Sorted<'a> {
    pub(super) here: Vec<&'a Diagnostic>,
    pub(super) elsewhere: Vec<&'a Diagnostic>,
}

impl Notes {
    pub(super) fn of(moment: &Moment<'_>, diagnostics: &[Diagnostic]) -> Notes {
        let (content, facts) = (moment.content(), moment.facts());
        let mut files: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for ((kind, id), file) in content.files() {
            if let Some(page) = page_of(*kind, id) {
                files.entry(page).or_default().insert(file.clone());
            }
        }
        // An incident and its postmortem are told of on each other's page.
        for postmortem in content.site().into_iter().flat_map(|site| &site.postmortems) {
            let Some(incident) = &postmortem.incident else { continue };
            let pair = [paths::wiki::incident(incident), paths::wiki::postmortem(&postmortem.id)];
            let both: BTreeSet<String> =
                pair.iter().filter_map(|folder| files.get(folder)).flatten().cloned().collect();
            pair.into_iter().for_each(|folder| _ = files.insert(folder, both.clone()));
        }
        Notes {
            now: facts.map(|facts| facts.look.now()),
            next_change: facts.and_then(|facts| facts.next_change),
            diagnostics: diagnostics.to_vec(),
            files,
            drafts: content.drafts().clone(),
        }
    }

    /// The advice, by whether it concerns the entry that `page` shows. A page that shows no single entry is
    /// about the whole site.
    pub(super) fn advice(&self, page: &str) -> Sorted<'_> {
        let files = self.files_of(page);
        let is_here = |diagnostic: &&Diagnostic| {
            let place = diagnostic.place.as_ref();
            files.is_none_or(|files| place.is_some_and(|place| files.contains(&place.path)))
        };
        let (here, elsewhere) = self.diagnostics.iter().partition(is_here);
        Sorted { here, elsewhere }
    }

    /// Whether `page` is that of a draft.
    pub(super) fn is_draft(&self, page: &str) -> bool {
        self.files_of(page).is_some_and(|files| files.iter().any(|file| self.drafts.contains(file)))
    }

    /// The folders of the pages of drafts.
    pub(super) fn drafts(&self) -> impl Iterator<Item = &str> {
        let is_draft = |files: &BTreeSet<String>| files.iter().any(|file| self.drafts.contains(file));
        self.files.iter().filter(move |(_, files)| is_draft(files)).map(|(folder, _)| folder.as_str())
    }

    fn files_of(&self, page: &str) -> Option<&BTreeSet<String>> {
        let page = page.strip_prefix(WIKI).unwrap_or(page);
        self.files.get(page.strip_suffix("index.html")?)
    }
}

/// The page of an entry, which is at the same place wherever both sites have one. Templates have none.
fn page_of(kind: EntryKind, id: &Id) -> Option<String> {
    paths::entry(kind, id).or_else(|| paths::wiki::entry(kind, id))
}
