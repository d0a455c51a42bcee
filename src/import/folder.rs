//! The disk's side of an import: reads a folder, writes a new one, never over anybody's work.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{Imported, Note, cachet, cstate, gatus, openstatus, postmortems, stactus, statusfy, statuspage, upptime};
use crate::files;
use crate::time::Zone;

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
    /// The folder does not look like a cState site.
    #[error("{path} is no cState site: it has neither a config.yml nor a content folder", path = path.display())]
    NotCstate {
        /// The folder.
        path: PathBuf,
    },
    /// No file in the folder is an answer of Statuspage.
    #[error("{path} holds no answer of Statuspage's API and no feed: save its summary.json or components.json there", path = path.display())]
    NotStatuspage {
        /// The folder.
        path: PathBuf,
    },
    /// No file in the folder is a postmortem.
    #[error("{path} holds no postmortem: none of its files is Markdown with a section such as `## Summary` or `## Timeline`", path = path.display())]
    NotPostmortems {
        /// The folder.
        path: PathBuf,
    },
    /// Nothing in the folder is what the import reads.
    #[error("{path} {lack}", path = path.display())]
    Nothing {
        /// The folder.
        path: PathBuf,
        /// What it lacks, as the end of the sentence.
        lack: &'static str,
    },
    /// The destination holds something else already.
    #[error("{path} is there already and is not what this import writes; import into an empty folder", path = path.display())]
    Occupied {
        /// The first such file.
        path: PathBuf,
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

/// Folders of a cState site that hold no content: programs, themes and earlier output.
const PASSED_OVER: [&str; 5] = ["node_modules", "public", "resources", "themes", "target"];

/// The largest file that is read, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// Reads the cState site in `from` and writes its content into the folder `to`. A second import of
/// the same site changes nothing.
///
/// # Errors
/// When `from` cannot be read or is no cState site, when `to` holds other content, and when a file
/// cannot be written.
pub fn import_cstate(from: &Path, to: &Path) -> Result<Imported, ImportError> {
    let (files, links) = read(from, is_wanted)?;
    if !files.keys().any(|path| path.starts_with("content/") || super::cstate::is_config(path)) {
        return Err(ImportError::NotCstate { path: from.to_owned() });
    }
    finish(cstate(&files), links, to)
}

/// Reads answers of Statuspage saved in `from` and writes their content into the folder `to`. A second
/// import of the same files changes nothing.
///
/// # Errors
/// When `from` cannot be read or holds no such answer, when `to` holds other content, and when a file
/// cannot be written.
pub fn import_statuspage(from: &Path, to: &Path) -> Result<Imported, ImportError> {
    let (files, links) = read(from, |entry| entry.file_name() != ".git")?;
    let imported = statuspage(&files);
    if imported.files.is_empty() {
        return Err(ImportError::NotStatuspage { path: from.to_owned() });
    }
    finish(imported, links, to)
}

/// Reads answers of Cachet saved in `from` and writes their content into the folder `to`. Times that
/// name no zone are those of `zone`, UTC if none is chosen. A second import of the same files changes
/// nothing.
///
/// # Errors
/// When `from` cannot be read or holds no such answer, when `to` holds other content, and when a file
/// cannot be written.
pub fn import_cachet(from: &Path, zone: Option<Zone>, to: &Path) -> Result<Imported, ImportError> {
    let (files, links) = read(from, is_no_machinery)?;
    let lack = "holds no answer of Cachet's API: save what its lists of components and incidents answer there";
    whole(cachet(&files, zone), links, (from, to), lack)
}

/// Reads dumps of OpenStatus saved in `from` and writes their content into the folder `to`. A second
/// import of the same files changes nothing.
///
/// # Errors
/// When `from` cannot be read or holds no such dump, when `to` holds other content, and when a file cannot
/// be written.
pub fn import_openstatus(from: &Path, to: &Path) -> Result<Imported, ImportError> {
    let (files, links) = read(from, is_no_machinery)?;
    let lack = "holds nothing of OpenStatus: save what the page answers at /feed/json there";
    whole(openstatus(&files), links, (from, to), lack)
}

/// Reads the files of stactus in `from` and writes their content into the folder `to`. A second import of
/// the same files changes nothing.
///
/// # Errors
/// When `from` cannot be read or holds nothing of stactus, when `to` holds other content, and when a file
/// cannot be written.
pub fn import_stactus(from: &Path, to: &Path) -> Result<Imported, ImportError> {
    let (files, links) = read(from, is_no_machinery)?;
    let lack = "holds nothing of stactus: none of its YAML files has the version `stactus/v1` or `incident/v1`";
    whole(stactus(&files), links, (from, to), lack)
}

/// Reads the postmortems in `from` and adds them to the site in `to`, which is made if it is not
/// there. A second import of the same files changes nothing.
///
/// # Errors
/// When `from` cannot be read or holds no postmortem, when `to` holds other files in their places, and
/// when a file cannot be written.
pub fn import_postmortems(from: &Path, to: &Path) -> Result<Imported, ImportError> {
    let (files, links) = read(from, |entry| entry.file_name() != ".git")?;
    let name = (!to.join("content/site.yaml").exists()).then(|| name_of(from));
    let imported = postmortems(&files, name.as_deref());
    if imported.files.is_empty() {
        return Err(ImportError::NotPostmortems { path: from.to_owned() });
    }
    for (path, bytes) in &imported.files {
        let target = to.join(path);
        let present = target.exists().then(|| fs::read(&target).ok());
        if present.is_some_and(|present| present.as_ref() != Some(bytes)) {
            return Err(ImportError::Occupied { path: target });
        }
    }
    save(imported, links, to)
}

/// Reads an Upptime repository and saved issues in `from` and writes their content into the folder `to`. A
/// second import of the same files changes nothing.
///
/// # Errors
/// When `from` cannot be read or holds nothing of Upptime, when `to` holds other content, and when a file
/// cannot be written.
pub fn import_upptime(from: &Path, to: &Path) -> Result<Imported, ImportError> {
    let (files, links) = read(from, is_no_machinery)?;
    let lack = "holds nothing of Upptime: neither .upptimerc.yml, nor history/summary.json, nor saved issues";
    whole(upptime(&files), links, (from, to), lack)
}

/// Reads the Statusfy site in `from` and writes its content into the folder `to`. A second import of the same
/// site changes nothing.
///
/// # Errors
/// When `from` cannot be read or is no Statusfy site, when `to` holds other content, and when a file cannot
/// be written.
pub fn import_statusfy(from: &Path, to: &Path) -> Result<Imported, ImportError> {
    let (files, links) = read(from, is_no_machinery)?;
    let lack = "is no Statusfy site: it has neither a config.yml, config.toml or config.js nor Markdown under content";
    whole(statusfy(&files), links, (from, to), lack)
}

/// Reads the configuration of Gatus in `from`, a file or a folder, and writes its content into the folder `to`.
/// A second import of the same files changes nothing.
///
/// # Errors
/// When `from` cannot be read or holds no such configuration, when `to` holds other content, and when a file
/// cannot be written.
pub fn import_gatus(from: &Path, to: &Path) -> Result<Imported, ImportError> {
    let (files, links) = read(from, is_no_machinery)?;
    whole(
        gatus(&files),
        links,
        (from, to),
        "holds no configuration of Gatus: no YAML file with `endpoints` or other keys of it",
    )
}

/// Writes what was imported, unless there was nothing.
fn whole(
    imported: Imported,
    links: Vec<Note>,
    (from, to): (&Path, &Path),
    lack: &'static str,
) -> Result<Imported, ImportError> {
    match imported.files.is_empty() {
        true => Err(ImportError::Nothing { path: from.to_owned(), lack }),
        false => finish(imported, links, to),
    }
}

/// What a folder is called.
fn name_of(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    whole.file_name().map_or_else(|| "Postmortems".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Writes what was imported, into a folder that holds nothing else.
fn finish(imported: Imported, links: Vec<Note>, to: &Path) -> Result<Imported, ImportError> {
    check_free(to, &imported.files)?;
    save(imported, links, to)
}

/// Writes what was imported.
fn save(mut imported: Imported, links: Vec<Note>, to: &Path) -> Result<Imported, ImportError> {
    imported.notes.extend(links);
    imported.notes.sort();
    for (path, bytes) in &imported.files {
        let target = to.join(path);
        write(&target, bytes).map_err(|cause| ImportError::Write { path: target, cause })?;
    }
    Ok(imported)
}

type Files = BTreeMap<String, Vec<u8>>;

/// Every file under `folder` that is wanted, and a note for each that is not read: a symbolic link, a file of
/// enormous size.
fn read(folder: &Path, is_wanted: fn(&DirEntry) -> bool) -> Result<(Files, Vec<Note>), ImportError> {
    let (mut files, mut links) = (Files::new(), Vec::new());
    for entry in WalkDir::new(folder).follow_root_links(true).sort_by_file_name().into_iter().filter_entry(is_wanted) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            ImportError::Read { path, cause: error.into() }
        })?;
        let path = relative(folder, entry.path());
        let path = if path.is_empty() { entry.file_name().to_string_lossy().into_owned() } else { path };
        if entry.path_is_symlink() && entry.depth() > 0 {
            links.push(Note { path, line: None, message: "a symbolic link is not followed; not imported".to_owned() });
        } else if entry.file_type().is_file() && entry.metadata().is_ok_and(|data| data.len() > LARGEST) {
            links.push(Note {
                path,
                line: None,
                message: "a file of more than 256 MiB is not read; not imported".to_owned(),
            });
        } else if entry.file_type().is_file() {
            let bytes = fs::read(entry.path());
            let bytes = bytes.map_err(|cause| ImportError::Read { path: entry.path().to_owned(), cause })?;
            files.insert(path, bytes);
        }
    }
    Ok((files, links))
}

/// Neither git's own files nor programs of others.
fn is_no_machinery(entry: &DirEntry) -> bool {
    entry.file_name() != ".git" && entry.file_name() != "node_modules"
}

fn is_wanted(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    match entry.depth() {
        0 => true,
        1 if entry.file_type().is_dir() => !name.starts_with('.') && !PASSED_OVER.contains(&&*name),
        1 => !name.starts_with('.'),
        _ => name != ".git",
    }
}

fn relative(folder: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// The destination's `content/` may hold what will be written, byte for byte, and nothing else.
fn check_free(to: &Path, files: &Files) -> Result<(), ImportError> {
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

/// Writes a file that is not there yet.
fn write(target: &Path, bytes: &[u8]) -> io::Result<()> {
    if target.exists() { Ok(()) } else { files::stage(target, bytes)?.create() }
}
