//! The disk's side of an import: reads a folder, writes a new one, never over anybody's work.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::again::ImportPlan;
use super::report::place;
use super::{Imported, Note, Weight, unicode};
use crate::files;

/// Why an import did not happen. Nothing has been written then, except by [`ImportError::Write`].
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The folder to import from, or something in it, cannot be read.
    #[error("cannot read {path}: {cause}", path = path.display())]
    Read {
        /// What was read.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// Nothing in the folder is what the import reads.
    #[error("{path} {lack}{}", listed(left), path = path.display())]
    Nothing {
        /// The folder.
        path: PathBuf,
        /// What it lacks, as the end of the sentence.
        lack: &'static str,
        /// What was looked at, and why it was left.
        left: Vec<Note>,
    },
    /// The destination holds something else already.
    #[error("{path} is there already and is not what this import writes; import into an empty folder", path = path.display())]
    Occupied {
        /// The first such file.
        path: PathBuf,
    },
    /// A zone was chosen for times that all name theirs.
    #[error("every time of `{format}` names its zone, so `--timezone` would change nothing; leave it out")]
    Zone {
        /// The name of the format.
        format: &'static str,
    },
    /// Words of the source would stand nowhere in the new site: a fault of this program.
    #[error(
        "nothing was written, since words would be lost:{}\nplease report this; the rest can be imported without these files",
        listed(places)
    )]
    Lost {
        /// Where they stand, and what they are.
        places: Vec<Note>,
    },
    /// A file cannot be written. What was written before it is whole; the import can be repeated.
    #[error("cannot write {path}: {cause}", path = path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

/// How many places a refusal names.
const NAMED: usize = 20;

/// Places on a line each, and what is said of them, as far as it can be read at once.
fn listed(notes: &[Note]) -> String {
    let more = notes.len().saturating_sub(NAMED);
    let named: String = notes.iter().take(NAMED).map(|note| format!("\n  {}: {}", place(note), note.message)).collect();
    if more > 0 { format!("{named}\n  and {more} more") } else { named }
}

/// The largest file that is read, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// What a folder is called.
pub(super) fn name_of(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    whole.file_name().map_or_else(|| "Postmortems".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Writes what is planned, and the record of it. What is not there yet appears in one step: the whole folder or, where
/// that holds something else, its content, and only then the record of it. So an import that is cut short leaves nothing
/// or all, and can be repeated.
pub(super) fn save(imported: &Imported, plan: &ImportPlan, to: &Path) -> Result<(), ImportError> {
    let fault = |target: PathBuf| move |cause| ImportError::Write { path: target, cause };
    let all: Vec<(&str, &[u8])> = plan.files(imported).collect();
    if to.symlink_metadata().is_err() {
        return files::put_folder(to, all.into_iter()).map_err(fault(to.to_owned()));
    }
    let content = to.join("content");
    let is_new = content.symlink_metadata().is_err();
    let of_content = |path: &str| is_new && path.starts_with("content/");
    let (whole, single): (Vec<_>, Vec<_>) = all.into_iter().partition(|(path, _)| of_content(path));
    if !whole.is_empty() {
        let inside = whole.into_iter().map(|(path, bytes)| (&path["content/".len()..], bytes));
        files::put_folder(&content, inside).map_err(fault(content.clone()))?;
    }
    for (path, bytes) in single {
        let target = to.join(path);
        // What is there is of an earlier import, and nobody touched it since.
        let put = |staged: files::Staged| if target.exists() { staged.replace() } else { staged.create() };
        files::stage(&target, bytes).and_then(put).map_err(fault(target.clone()))?;
    }
    Ok(())
}

pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// Every file under `folder` that is wanted, texts as UTF-8, and a note for each that is not read (a symbolic link, a
/// file of enormous size) or whose letters were guessed.
pub(super) fn read(folder: &Path, is_wanted: fn(&DirEntry) -> bool) -> Result<(Files, Vec<Note>), ImportError> {
    let (mut files, mut links) = (Files::new(), Vec::new());
    for entry in WalkDir::new(folder).follow_root_links(true).sort_by_file_name().into_iter().filter_entry(is_wanted) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            ImportError::Read { path, cause: error.into() }
        })?;
        let path = relative(folder, entry.path());
        let path = if path.is_empty() { entry.file_name().to_string_lossy().into_owned() } else { path };
        if entry.path_is_symlink() && entry.depth() > 0 {
            links.push(Note {
                path,
                line: None,
                weight: Weight::Text,
                message: "a symbolic link is not followed; not imported".to_owned(),
            });
        } else if entry.file_type().is_file() && entry.metadata().is_ok_and(|data| data.len() > LARGEST) {
            links.push(Note {
                path,
                line: None,
                weight: Weight::Text,
                message: "a file of more than 256 MiB is not read; not imported".to_owned(),
            });
        } else if entry.file_type().is_file() {
            let bytes = fs::read(entry.path());
            let bytes = bytes.map_err(|cause| ImportError::Read { path: entry.path().to_owned(), cause })?;
            let (text, is_guess) = unicode::decoded(&path, &bytes);
            if is_guess {
                links.push(Note {
                    path: path.clone(),
                    line: None,
                    weight: Weight::Text,
                    message: "it is no UTF-8; it was read as Windows-1252, so look at letters with accents".to_owned(),
                });
            }
            files.insert(path, text.into_owned());
        }
    }
    Ok((files, links))
}

fn relative(folder: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// The destination's `content/` may hold what will be written, byte for byte, and nothing else.
pub(super) fn check_free(to: &Path, files: &Files) -> Result<(), ImportError> {
    let content = to.join("content");
    if fs::symlink_metadata(&content).is_err() {
        return Ok(());
    }
    for entry in WalkDir::new(&content).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(&content).to_owned();
            ImportError::Read { path, cause: error.into() }
        })?;
        // An import that was killed leaves what it had not put in place yet.
        let unfinished = files::is_staged(&entry.file_name().to_string_lossy());
        if !unfinished && !entry.file_type().is_dir() && !is_same(&entry, files.get(&relative(to, entry.path()))) {
            return Err(ImportError::Occupied { path: entry.path().to_owned() });
        }
    }
    Ok(())
}

fn is_same(entry: &DirEntry, wanted: Option<&Vec<u8>>) -> bool {
    let present = entry.file_type().is_file().then(|| fs::read(entry.path()).ok()).flatten();
    present.is_some() && present.as_ref() == wanted
}

/// The folder may hold anything, but nothing else in the places of what will be written.
pub(super) fn check_beside(to: &Path, files: &Files) -> Result<(), ImportError> {
    for (path, bytes) in files {
        let target = to.join(path);
        let present = target.exists().then(|| fs::read(&target).ok());
        if present.is_some_and(|present| present.as_ref() != Some(bytes)) {
            return Err(ImportError::Occupied { path: target });
        }
    }
    Ok(())
}
