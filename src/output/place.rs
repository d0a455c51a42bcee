//! How new files get to where readers look: a folder in the place of another, or one by one.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{At, PublishError};
use super::manifest::{self, Manifest};
use super::{obstacle, system};

/// Where changed files wait inside of the folder, if nothing can wait beside it.
pub(super) const WAITING: &str = ".candor-new";

/// The files in there.
pub(super) const FILES: &str = "files";

/// The manifest of the new site in there: once it stands, the new site is decided.
pub(super) const DECIDED: &str = "manifest";

/// How a site is to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriteOptions {
    /// Replace the files inside the folder, which then stays the same folder for programs that have it open.
    pub in_place: bool,
    /// Write all files through to the disk before readers see them, so that no power failure leaves empty pages.
    pub sync: bool,
    /// Whether another site of the same kind may be there, which this one then replaces.
    pub replace_site: bool,
}

impl Default for WriteOptions {
    fn default() -> WriteOptions {
        WriteOptions { in_place: false, sync: true, replace_site: false }
    }
}

/// How the new files are shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// The folder is not there yet: a new one is renamed.
    New,
    /// A new folder and the old one change places in one step.
    Exchange,
    /// Each file is renamed into the folder, which stays; why.
    OneByOne(String),
}

impl Way {
    pub(super) fn choose(folder: &Path, previous: Option<&Manifest>, options: WriteOptions) -> Way {
        let Some(previous) = previous else { return Way::New };
        if options.in_place {
            return Way::OneByOne("`--in-place` asks for it".to_owned());
        }
        if let Some(reason) = system::bound(folder) {
            return Way::OneByOne(reason.to_owned());
        }
        let above: BTreeSet<&str> = previous.paths.iter().flat_map(|path| folders_of(path)).collect();
        match foreign(folder, "", &previous.paths, &above) {
            Some(path) => Way::OneByOne(format!("it holds `{path}`, which Candor did not write")),
            None if !can_wait_beside(folder) => Way::OneByOne("nothing can be written beside it".to_owned()),
            None => Way::Exchange,
        }
    }

    /// Where the new files wait. The name is always the same: what a build that was killed has left is removed by the next
    /// one, and that may be a whole site.
    pub(super) fn waiting(&self, folder: &Path) -> PathBuf {
        match self {
            Way::OneByOne(_) => folder.join(WAITING).join(FILES),
            Way::New | Way::Exchange => beside(folder),
        }
    }
}

fn beside(folder: &Path) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!(".{name}{WAITING}"))
}

/// Takes away what builds have left waiting that were killed before the new site was decided.
pub(super) fn clear_left(folder: &Path) -> Result<(), PublishError> {
    for left in [beside(folder), folder.join(WAITING)] {
        if left.symlink_metadata().is_ok() {
            fs::remove_dir_all(&left).at(&left)?;
        }
    }
    Ok(())
}

fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

/// Found out by trying: permissions do not tell it all.
fn can_wait_beside(folder: &Path) -> bool {
    folder.parent().is_some_and(|parent| tempfile::Builder::new().prefix(".candor").tempfile_in(parent).is_ok())
}

/// The first thing in the folder that is not ours: it must stay, and a new folder would not have it.
fn foreign(folder: &Path, inside: &str, ours: &BTreeSet<String>, above: &BTreeSet<&str>) -> Option<String> {
    let Ok(entries) = fs::read_dir(folder.join(inside)) else { return Some(inside.to_owned()) };
    entries.flatten().find_map(|entry| {
        let name = entry.file_name();
        let path = match (name.to_str(), inside) {
            (None, _) => return Some(name.to_string_lossy().into_owned()),
            (Some(manifest::NAME | WAITING), "") => return None,
            (Some(name), "") => name.to_owned(),
            (Some(name), _) => format!("{inside}/{name}"),
        };
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        match is_folder {
            // A folder that holds nothing of ours is foreign even if it is empty.
            true if above.contains(&*path) => foreign(folder, &path, ours, above),
            false if ours.contains(&path) => None,
            _ => Some(path),
        }
    })
}

/// Gives the folder `to` a file of `from`: the same one where the system can, else a copy with the same time.
pub(super) fn link(from: &Path, to: &Path, path: &str) -> Result<(), PublishError> {
    let (old, new) = (from.join(path), to.join(path));
    // A link costs no bytes and keeps the time by which servers tell browsers that nothing has changed.
    in_folder(&new, |new| fs::hard_link(&old, new).or_else(|_| copy(&old, new))).at(&new)
}

fn copy(old: &Path, new: &Path) -> io::Result<()> {
    fs::copy(old, new)?;
    let changed = fs::metadata(old)?.modified()?;
    fs::File::options().append(true).open(new)?.set_modified(changed)
}

/// Makes something at a path, and the folder that it lies in if that is missing.
pub(super) fn in_folder<T>(path: &Path, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<T> {
    make(path).or_else(|error| match (error.kind(), path.parent()) {
        (io::ErrorKind::NotFound, Some(parent)) => fs::create_dir_all(parent).and_then(|()| make(path)),
        _ => Err(error),
    })
}

/// Goes on where files are replaced one by one, if a new site is decided in the folder. Cut short at any moment, it can be
/// begun again.
pub(super) fn resume(folder: &Path) -> Result<bool, PublishError> {
    let waiting = folder.join(WAITING);
    if !waiting.is_dir() {
        return Ok(false);
    }
    let decided = waiting.join(DECIDED);
    let Some(new) = manifest::read_file(&decided).at(&decided)? else { return Ok(false) };
    let previous = manifest::read(folder).at(folder)?.unwrap_or_default();
    let files = waiting.join(FILES);
    // Each page before the next one's assets is wrong, and each asset before its page is right: pages come last.
    let (pages, rest): (Vec<&String>, Vec<&String>) = new.paths.iter().partition(|path| path.ends_with(".html"));
    for path in rest.into_iter().chain(pages) {
        if files.join(path).symlink_metadata().is_ok_and(|meta| meta.is_file()) {
            put_in_place(&files.join(path), folder, path)?;
        }
    }
    for path in previous.paths.difference(&new.paths) {
        remove(folder, path)?;
    }
    let list = folder.join(manifest::NAME);
    fs::rename(&decided, &list).at(&list)?;
    fs::remove_dir_all(&waiting).at(&waiting)?;
    Ok(true)
}

fn put_in_place(from: &Path, folder: &Path, path: &str) -> Result<(), PublishError> {
    let to = folder.join(path);
    obstacle::clear(folder, path).at(&to)?;
    in_folder(&to, |to| fs::rename(from, to)).at(&to)
}

/// Removes a file of the previous build, and the folders that are empty then.
fn remove(folder: &Path, path: &str) -> Result<(), PublishError> {
    let target = folder.join(path);
    if obstacle::is_plain_file(folder, path) {
        fs::remove_file(&target).at(&target)?;
    }
    for parent in target.ancestors().skip(1).take_while(|parent| *parent != folder) {
        // One that is not empty refuses, and so do those above it.
        if fs::remove_dir(parent).is_err() {
            break;
        }
    }
    Ok(())
}
