//! Ids that entries had before: each leads to one entry, and to none that has the id now.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Entry;
use super::gathered::{Entries, EntryFiles};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{EntryKind, Id};
use crate::yaml::{Step, key};

/// Takes out the aliases that something else has, and reports them.
pub(super) fn check(entries: &mut Entries, files: &EntryFiles) -> Vec<Diagnostic> {
    let mut aliases = Aliases { files, taken: BTreeSet::new(), faults: Vec::new() };
    aliases.check(
        EntryKind::Incident,
        &mut entries.incidents,
        |record| &record.incident.aliases,
        |record| &mut Arc::make_mut(&mut record.incident).aliases,
    );
    aliases.check(
        EntryKind::Maintenance,
        &mut entries.maintenance,
        |work| &work.aliases,
        |work| &mut Arc::make_mut(work).aliases,
    );
    aliases.check(EntryKind::Announcement, &mut entries.announcements, |said| &said.aliases, |said| &mut said.aliases);
    aliases.check(
        EntryKind::Page,
        &mut entries.pages,
        |record| &record.page.aliases,
        |record| &mut record.page.aliases,
    );
    aliases.faults
}

struct Aliases<'a> {
    files: &'a EntryFiles,
    taken: BTreeSet<(EntryKind, Id)>,
    faults: Vec<Diagnostic>,
}

impl Aliases<'_> {
    /// What has no aliases is left as it is: it may be shared with what was read before.
    fn check<T>(
        &mut self,
        kind: EntryKind,
        entries: &mut [Entry<T>],
        list: impl Fn(&T) -> &Vec<Id>,
        change: impl Fn(&mut T) -> &mut Vec<Id>,
    ) {
        for entry in entries {
            let Some(value) = entry.value.as_mut().filter(|value| !list(value).is_empty()) else { continue };
            let written = std::mem::take(change(value));
            let wrong = written.iter().enumerate().filter_map(|(index, alias)| {
                let message = self.fault(kind, alias, &entry.path)?;
                Some((index, message))
            });
            let wrong: Vec<(usize, String)> = wrong.collect();
            let is_sound = |index: &usize| wrong.iter().all(|(other, _)| other != index);
            *change(value) =
                written.iter().enumerate().filter(|(index, _)| is_sound(index)).map(|(_, id)| id.clone()).collect();
            for (index, message) in wrong {
                let mut path = key("aliases");
                path.push(Step::Index(index));
                let fault = Diagnostic::error(Code::DuplicateId, message);
                let fault = fault.help("an alias is an id that no other has: take it out here, or there");
                self.faults.extend(entry.document.as_ref().map(|document| fault.at(document.place(&path))));
            }
        }
    }

    /// Why the entry in `file` cannot have had this id, if it cannot.
    fn fault(&mut self, kind: EntryKind, alias: &Id, file: &str) -> Option<String> {
        let owner = self.files.get(&(kind, alias.clone())).filter(|owner| ***owner != *file);
        let is_new = self.taken.insert((kind, alias.clone()));
        match owner {
            Some(owner) => Some(format!("the alias `{alias}` is the id of `{owner}`")),
            None => (!is_new).then(|| format!("the alias `{alias}` is taken")),
        }
    }
}
