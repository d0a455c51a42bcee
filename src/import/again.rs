//! Importing again into a folder that an import wrote: what somebody touched since stays, what the source changed is
//! brought over, and what is new is written and named.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::digest::digest;
use super::settings::{Added, SETTINGS, Settings, Since, named_components};
use super::{Imported, Note, Weight};

/// Where the digests of what an import wrote are kept, beside `content/`.
const RECORD: &str = ".candor-import.json";

/// Where the source's versions of files go that were changed on both sides, beside `content/`.
const COPIES: &str = "IMPORT";

/// The report of an import, beside `content/`.
const REPORT: &str = "IMPORT.md";

/// What an import writes.
pub struct ImportPlan {
    /// Paths of [`Imported::files`], relative to the new folder.
    pub paths: Vec<String>,
    /// Those of them that somebody edited, with what the source has more.
    edited: BTreeMap<String, Vec<u8>>,
    /// The report and the record, and the source's versions of files whose other one was kept.
    beside: BTreeMap<String, Vec<u8>>,
    record: ImportRecord,
}

impl ImportPlan {
    /// All files, into a folder that holds none of an import.
    pub(super) fn first(imported: &Imported) -> ImportPlan {
        let digests = imported.files.iter().map(|(path, bytes)| (path.clone(), digest(bytes)));
        let pieces = imported.files.get(SETTINGS).map(|bytes| Settings::of(bytes).digests());
        let record = digests.chain(pieces.into_iter().flatten()).chain(identities(imported));
        let record = ImportRecord(record.collect());
        ImportPlan {
            paths: imported.files.keys().cloned().collect(),
            edited: BTreeMap::new(),
            beside: BTreeMap::new(),
            record,
        }
    }

    /// The same, with the report of the import. One that somebody touched stays.
    pub(super) fn with_report(mut self, to: &Path, report: Vec<u8>) -> ImportPlan {
        let present = fs::read(to.join(REPORT)).ok();
        let is_ours =
            present.is_none_or(|bytes| self.record.0.get(REPORT).is_none_or(|known| *known == digest(&bytes)));
        if is_ours {
            self.record.0.insert(REPORT.to_owned(), digest(&report));
            self.beside.insert(REPORT.to_owned(), report);
        }
        let record = serde_json::to_vec_pretty(&self.record.0).unwrap_or_default();
        self.beside.insert(RECORD.to_owned(), record);
        self
    }

    /// Every file to write.
    pub(super) fn files<'p>(&'p self, imported: &'p Imported) -> impl Iterator<Item = (&'p str, &'p [u8])> {
        let bytes = |path: &String| self.edited.get(path).or_else(|| imported.files.get(path));
        let content = self.paths.iter().filter_map(move |path| Some((path.as_str(), bytes(path)?.as_slice())));
        content.chain(self.beside.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
    }
}

/// The digests of what an earlier import wrote, or would have written.
#[derive(Default)]
pub(super) struct ImportRecord(BTreeMap<String, String>);

impl ImportRecord {
    /// That of a folder; none if no import wrote it.
    pub(super) fn read(to: &Path) -> Option<ImportRecord> {
        let bytes = fs::read(to.join(RECORD)).ok()?;
        serde_json::from_slice(&bytes).ok().map(ImportRecord)
    }

    /// What is to be written now. Each file that is left alone, or new, is noted.
    pub(super) fn plan(mut self, to: &Path, imported: &mut Imported) -> ImportPlan {
        self.keep_paths(imported);
        let mut paths = Vec::new();
        let (mut notes, mut beside) = (Vec::new(), BTreeMap::new());
        // The settings that somebody edited, and whether the source has others than at the last import.
        let mut edited = None;
        for (path, bytes) in &imported.files {
            let present = fs::read(to.join(path)).ok();
            let new = digest(bytes);
            // Of what is left alone too: the next import asks whether the source has changed since, not the file here.
            let known = self.0.insert(path.clone(), new.clone());
            let verdict = FileVerdict::of(present.as_deref(), known.as_deref(), bytes, &new);
            if verdict.is_written() {
                paths.push(path.clone());
            } else if path == SETTINGS && present.as_ref().is_some_and(|present| present != bytes) {
                edited = present.map(|present| (present, known != Some(new)));
                continue;
            }
            if verdict == FileVerdict::Disputed {
                beside.insert(copy_of(path), bytes.clone());
            }
            notes.extend(verdict.note(path));
        }
        let known_pieces = self.renew_pieces(&imported.files);
        let mut written = BTreeMap::new();
        if let Some((present, has_changed)) = edited {
            let known = has_changed.then_some(&known_pieces);
            let Added { bytes, notes: said, is_disputed } = merged(imported, &paths, &present, known);
            notes.extend(said);
            let copy = imported.files.get(SETTINGS).filter(|_| is_disputed);
            beside.extend(copy.map(|bytes| (copy_of(SETTINGS), bytes.clone())));
            if let Some(bytes) = bytes {
                paths.push(SETTINGS.to_owned());
                written.insert(SETTINGS.to_owned(), bytes);
            }
        }
        imported.notes.extend(notes);
        imported.notes.extend(self.gone(to, &imported.files));
        imported.notes.sort();
        ImportPlan { paths, edited: written, beside, record: self }
    }

    /// An entry that has another title or day since stays in the file that it had: else it would be there twice, once as it
    /// was, and the addresses that people have would lead to that.
    fn keep_paths(&mut self, imported: &mut Imported) {
        let now = identities(imported);
        for (identity, new) in &now {
            let Some(old) = self.0.get(identity).filter(|old| *old != new) else { continue };
            let is_free = !imported.files.contains_key(old) && kind_of(old) == kind_of(new);
            if let Some(bytes) = is_free.then(|| imported.files.remove(new)).flatten() {
                imported.files.insert(old.clone(), bytes);
            }
        }
        for (identity, new) in now {
            let stays = self.0.get(&identity).is_some_and(|old| imported.files.contains_key(old));
            if !stays {
                self.0.insert(identity, new);
            }
        }
    }

    /// Puts the digests of the settings' pieces in the place of those of the last import, and gives these.
    fn renew_pieces(&mut self, files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
        let is_piece = |path: &String| path.strip_prefix(SETTINGS).is_some_and(|rest| rest.starts_with('#'));
        let (known, rest) = std::mem::take(&mut self.0).into_iter().partition(|(path, _)| is_piece(path));
        self.0 = rest;
        self.0.extend(files.get(SETTINGS).map(|bytes| Settings::of(bytes).digests()).into_iter().flatten());
        known
    }

    /// What an earlier import wrote and the source has no more. It stays: somebody may link to it.
    fn gone(&self, to: &Path, files: &BTreeMap<String, Vec<u8>>) -> Vec<Note> {
        let known = self.0.keys().filter(|path| *path != REPORT && !files.contains_key(*path));
        let present = known.filter(|path| to.join(path).exists());
        let note = |path: &String| Note {
            path: path.clone(),
            line: None,
            weight: Weight::Decision,
            message: "gone from the source since an earlier import; it stays here: delete it if it is not wanted"
                .to_owned(),
        };
        present.map(note).collect()
    }
}

/// What the source calls each entry that has one file, if it calls no other one so, and that file.
fn identities(imported: &Imported) -> Vec<(String, String)> {
    let mut found: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for ((_, name), files) in imported.made.iter().filter(|((_, name), _)| !name.is_empty()) {
        found.entry(name).or_default().extend(files);
    }
    let found = found.into_iter().filter(|(_, files)| files.len() == 1);
    found.map(|(name, files)| (format!("entry#{name}"), files[0].clone())).collect()
}

/// What a file of content is: an incident, a page.
fn kind_of(path: &str) -> Option<&str> {
    path.split('/').nth(1)
}

/// What becomes of settings that somebody edited: what the source has more is added, and what it changed is told.
/// `paths`: the files that are written now. `known`: the pieces that the last import had, if there are others now.
fn merged(imported: &Imported, paths: &[String], present: &[u8], known: Option<&BTreeMap<String, String>>) -> Added {
    let settings = Settings::of(imported.files.get(SETTINGS).map_or(&[], Vec::as_slice));
    let written = paths.iter().filter_map(|path| Some((path, imported.files.get(path)?)));
    // An entry that names what is not here would be a fault, also where somebody deleted it on purpose.
    let named = written.flat_map(|(path, bytes)| named_components(path, bytes)).collect();
    let mut added = settings.add_to(present, &Since { known, named });
    let changes = known.map(|known| settings.changes(known, present)).unwrap_or_default();
    if !changes.is_empty() {
        let names: Vec<String> = changes.iter().map(|name| format!("`{name}`")).collect();
        let said =
            "changed here and in the source since the last import; yours was kept, compare it with the source's in";
        added.note(Weight::Text, format!("{said} `{}`: {}", copy_of(SETTINGS), names.join(", ")));
        added.is_disputed = true;
    }
    added
}

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileVerdict {
    /// It is as it should be, or nobody but its owner changed it.
    Stays,
    /// The source has it since.
    New,
    /// Only the source changed it.
    Changed,
    /// Somebody deleted it.
    Deleted,
    /// Both changed it.
    Disputed,
}

impl FileVerdict {
    /// `known`: the digest that the last import had.
    fn of(present: Option<&[u8]>, known: Option<&str>, bytes: &[u8], new: &str) -> FileVerdict {
        let has_changed = known != Some(new);
        match (present, known) {
            // First of all: the same change may have been made on both sides.
            (Some(present), _) if present == bytes => FileVerdict::Stays,
            (None, None) => FileVerdict::New,
            (None, Some(_)) => FileVerdict::Deleted,
            (Some(present), Some(known)) if digest(present) == known => FileVerdict::Changed,
            (Some(_), _) if has_changed => FileVerdict::Disputed,
            (Some(_), _) => FileVerdict::Stays,
        }
    }

    fn is_written(self) -> bool {
        matches!(self, FileVerdict::New | FileVerdict::Changed)
    }

    fn note(self, path: &str) -> Option<Note> {
        let (weight, message) = match self {
            FileVerdict::Stays => return None,
            FileVerdict::New => (Weight::Decision, "new since the last import; it was written".to_owned()),
            FileVerdict::Changed => {
                (Weight::Decision, "changed in the source since the last import; it was brought over".to_owned())
            }
            FileVerdict::Deleted => {
                (Weight::Kept, "it was deleted here since the last import, and stays so".to_owned())
            }
            FileVerdict::Disputed => (
                Weight::Text,
                format!(
                    "changed here and in the source since the last import; yours was kept, compare it with the source's in `{}`",
                    copy_of(path)
                ),
            ),
        };
        Some(Note { path: path.to_owned(), line: None, weight, message })
    }
}

/// Where the source's version of a file goes whose other one was kept.
fn copy_of(path: &str) -> String {
    format!("{COPIES}/{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_touched_is_left_alone() {
        let judged = |present: Option<&str>, known: Option<&str>, new: &str| {
            let known = known.map(|known| digest(known.as_bytes()));
            let new = new.as_bytes();
            FileVerdict::of(present.map(str::as_bytes), known.as_deref(), new, &digest(new))
        };
        assert_eq!(judged(None, None, "a"), FileVerdict::New);
        assert_eq!(judged(Some("a"), Some("a"), "a"), FileVerdict::Stays);
        assert_eq!(judged(Some("a"), Some("a"), "b"), FileVerdict::Changed);
        assert_eq!(judged(Some("b"), Some("a"), "b"), FileVerdict::Stays, "the same change on both sides");
        assert_eq!(judged(Some("mine"), Some("a"), "a"), FileVerdict::Stays);
        assert_eq!(judged(Some("mine"), Some("a"), "b"), FileVerdict::Disputed);
        assert_eq!(judged(None, Some("a"), "b"), FileVerdict::Deleted);
        assert_eq!(judged(Some("mine"), None, "b"), FileVerdict::Disputed, "somebody else's");
    }
}
