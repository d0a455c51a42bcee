//! What the preview says beside a page: the advice about it, drafts, and when the pages change next.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::WIKI;
use crate::diagnostic::Diagnostic;
use crate::model::{EntryKind, Id};
use crate::paths;
use crate::pipeline::{Content, Moment};
use crate::time::Time;

/// What is to be said of a build without errors.
#[derive(Default)]
pub(super) struct Notes {
    /// The moment that the pages show; none if there is no site.
    pub(super) now: Option<Time>,
    /// When the content will change without an edit.
    pub(super) next_change: Option<Time>,
    diagnostics: Vec<Diagnostic>,
    /// What the pages are made of; none in tests of pages without content.
    content: Option<Arc<Content>>,
}

/// What concerns a page, and what concerns others.
pub(super) struct Sorted<'a> {
    pub(super) here: Vec<&'a Diagnostic>,
    pub(super) elsewhere: Vec<&'a Diagnostic>,
}

impl Notes {
    pub(super) fn of(content: &Arc<Content>, moment: &Moment<'_>, diagnostics: &[Diagnostic]) -> Notes {
        let facts = moment.facts();
        Notes {
            now: facts.map(|facts| facts.look.now()),
            next_change: facts.and_then(|facts| facts.next_change),
            diagnostics: diagnostics.to_vec(),
            content: Some(Arc::clone(content)),
        }
    }

    /// The advice, by whether it concerns the entry that `page` shows. A page that shows no single entry is
    /// about the whole site.
    pub(super) fn advice(&self, page: &str) -> Sorted<'_> {
        let files = self.files_of(page);
        let is_here = |diagnostic: &&Diagnostic| {
            let place = diagnostic.place.as_ref();
            files.is_empty() || place.is_some_and(|place| files.contains(&*place.path))
        };
        let (here, elsewhere) = self.diagnostics.iter().partition(is_here);
        Sorted { here, elsewhere }
    }

    /// Whether `page` is that of a draft.
    pub(super) fn is_draft(&self, page: &str) -> bool {
        let files = self.files_of(page);
        self.content.iter().any(|content| files.iter().any(|file| content.drafts().contains(*file)))
    }

    /// The folders of the pages of drafts.
    pub(super) fn drafts(&self) -> BTreeSet<String> {
        // Most sites have none, and this is asked for each page.
        let has_drafts = |content: &&Arc<Content>| !content.drafts().is_empty();
        let Some(content) = self.content.as_ref().filter(has_drafts) else { return BTreeSet::new() };
        let drafts = content.files().iter().filter(|(_, file)| content.drafts().contains(*file));
        let pages = drafts.flat_map(|((kind, id), _)| {
            // The postmortem of an incident tells of it as well.
            let about = self.postmortems(*kind, id).into_iter().map(|postmortem| (EntryKind::Postmortem, postmortem));
            about.chain([(*kind, id)]).filter_map(|(kind, id)| page_of(kind, id)).collect::<Vec<_>>()
        });
        pages.collect()
    }

    /// The files that a page tells of; none for a page that shows no single entry.
    fn files_of(&self, page: &str) -> BTreeSet<&str> {
        let page = page.strip_prefix(WIKI).unwrap_or(page);
        let folder = page.strip_suffix("index.html").unwrap_or_default();
        let name = folder.strip_suffix('/').map(|folder| folder.rsplit('/').next().unwrap_or_default());
        let (Some(content), Some(id)) = (&self.content, name.and_then(Id::new)) else { return BTreeSet::new() };
        let shown = EntryKind::ALL.iter().copied().filter(|kind| page_of(*kind, &id).as_deref() == Some(folder));
        let shown: Vec<EntryKind> = shown.filter(|kind| content.file(*kind, &id).is_some()).collect();
        shown.iter().flat_map(|kind| self.told_together(*kind, &id)).collect()
    }

    /// The file of an entry. An incident and its postmortem are told of on each other's page.
    fn told_together<'a>(&'a self, kind: EntryKind, id: &Id) -> Vec<&'a str> {
        let Some(content) = &self.content else { return Vec::new() };
        let postmortems = self.postmortems(kind, id).into_iter();
        let mut files: Vec<&str> = postmortems.filter_map(|id| content.file(EntryKind::Postmortem, id)).collect();
        if kind == EntryKind::Postmortem {
            let postmortems = content.site().into_iter().flat_map(|site| &site.postmortems);
            let about = postmortems.filter(|postmortem| postmortem.id == *id).filter_map(|it| it.incident.as_ref());
            files.extend(about.filter_map(|incident| content.file(EntryKind::Incident, incident)));
        }
        files.extend(content.file(kind, id));
        files
    }

    /// The postmortems of an incident.
    fn postmortems(&self, kind: EntryKind, id: &Id) -> Vec<&Id> {
        let content = self.content.iter().filter(|_| kind == EntryKind::Incident);
        let postmortems = content.filter_map(|content| content.site()).flat_map(|site| &site.postmortems);
        postmortems.filter(|it| it.incident.as_ref() == Some(id)).map(|it| &it.id).collect()
    }
}

/// The page of an entry, which is at the same place wherever both sites have one. Templates have none.
fn page_of(kind: EntryKind, id: &Id) -> Option<String> {
    paths::entry(kind, id).or_else(|| paths::wiki::entry(kind, id))
}
