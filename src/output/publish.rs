//! Writes routes into a folder so that it is never seen half-written.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Route;
use super::manifest::{self, is_inside};
use super::obstacle;
use crate::diagnostic::Diagnostic;
use crate::files;

/// What a publication did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files in the folder now.
    pub files: usize,
    /// Files that are new or changed.
    pub written: usize,
    /// Files of the previous build that are gone.
    pub removed: usize,
    /// Size of all files, in bytes.
    pub bytes: u64,
}

/// Why nothing was published. The folder is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PublishError {
    /// The folder was not made by Candor.
    #[error(
        "`{folder}` holds `{example}`, which Candor did not write; give an empty folder, or one of an earlier build"
    )]
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// One of the files in it.
        example: String,
    },
    /// A file that Candor did not write stands where one is to be written.
    #[error("`{path}` is in the way: Candor did not write it; move it away")]
    InTheWay {
        /// The file.
        path: PathBuf,
    },
    /// A route that would leave the folder.
    #[error("`{path}` is not a path inside the published folder")]
    Outside {
        /// The route's path.
        path: String,
    },
    /// What was found only when the pages were made, of all pages.
    #[error("a page could not be made")]
    Pages(Vec<Diagnostic>),
    /// The disk failed.
    #[error("`{path}`: {error}")]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// Where changed files wait until all of them are written.
const WAITING: &str = ".candor-new";

/// Makes the routes and puts them into `folder`.
///
/// # Errors
/// A folder or file that is not ours, faults of pages, a failure of the disk. Unless renaming
/// itself fails, the folder is then as it was.
pub fn publish(routes: &[Route], folder: &Path) -> Result<Written, PublishError> {
    if let Some(route) = routes.iter().find(|route| !is_inside(&route.path)) {
        return Err(PublishError::Outside { path: route.path.clone() });
    }
    if folder.symlink_metadata().is_err() {
        return create(routes, folder);
    }
    let Some(previous) = manifest::read(folder).at(folder)? else {
        refuse_foreign(folder)?;
        return update(routes, folder, &BTreeSet::new());
    };
    update(routes, folder, &previous)
}

/// Makes a new folder under another name, then renames it.
fn create(routes: &[Route], folder: &Path) -> Result<Written, PublishError> {
    // Unlike that of a single file, the name is always the same: what a build that was killed has left is found and
    // removed by the next one, and that may be the whole site.
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let staging = folder.with_file_name(format!(".{name}.candor-new"));
    if staging.exists() {
        fs::remove_dir_all(&staging).at(&staging)?;
    }
    let bytes = fill(routes, &staging).inspect_err(|_| {
        // The first failure is the one to report.
        let _ = fs::remove_dir_all(&staging);
    })?;
    fs::rename(&staging, folder).at(folder)?;
    Ok(Written { files: routes.len(), written: routes.len(), removed: 0, bytes })
}

fn fill(routes: &[Route], staging: &Path) -> Result<u64, PublishError> {
    fs::create_dir_all(staging).at(staging)?;
    manifest::write(staging, paths(routes)).at(staging)?;
    let sizes = each(routes, |_, route, bytes| {
        write_new(&staging.join(&route.path), &bytes)?;
        Ok(bytes.len() as u64)
    })?;
    Ok(sizes.into_iter().sum())
}

/// Makes every route and hands its bytes to `take`. A page that fails does not keep the others from
/// being made, so that the report names the faults of all of them.
fn each<T: Send>(
    routes: &[Route],
    take: impl Fn(usize, &Route, Vec<u8>) -> Result<T, PublishError> + Sync,
) -> Result<Vec<T>, PublishError> {
    let taken: Result<Vec<_>, PublishError> = routes
        .par_iter()
        .enumerate()
        .map(|(index, route)| match route.make() {
            Ok(bytes) => take(index, route, bytes).map(Ok),
            Err(faults) => Ok(Err(faults)),
        })
        .collect();
    let (mut all, mut faults) = (Vec::new(), Vec::new());
    for one in taken? {
        match one {
            Ok(taken) => all.push(taken),
            Err(mut found) => faults.append(&mut found),
        }
    }
    if faults.is_empty() { Ok(all) } else { Err(PublishError::Pages(faults)) }
}

/// Brings a folder of an earlier build up to date.
fn update(routes: &[Route], folder: &Path, previous: &BTreeSet<String>) -> Result<Written, PublishError> {
    // Not a second folder that takes the place of this one: it may be a checkout, a mount, or what a server has open,
    // and files that are the same keep their times, by which others know what to send.
    let waiting = folder.join(WAITING);
    if waiting.exists() {
        fs::remove_dir_all(&waiting).at(&waiting)?;
    }
    if let Some(path) = routes.iter().find_map(|route| obstacle::find(folder, &route.path, previous)) {
        return Err(PublishError::InTheWay { path });
    }
    let prepared = prepare(routes, folder, &waiting).inspect_err(|_| {
        // The first failure is the one to report.
        let _ = fs::remove_dir_all(&waiting);
    })?;
    let current: BTreeSet<&str> = paths(routes).collect();
    // Should renaming be cut short, the next build must know every file as ours.
    let both: BTreeSet<&str> = current.iter().copied().chain(previous.iter().map(String::as_str)).collect();
    let changed: Vec<&Route> =
        routes.iter().zip(&prepared).filter(|(_, file)| file.is_new).map(|(route, _)| route).collect();
    if !changed.is_empty() {
        manifest::write(folder, both.into_iter()).at(folder)?;
    }
    for (index, route) in routes.iter().enumerate().filter(|(index, _)| prepared[*index].is_new) {
        put_in_place(&waiting.join(index.to_string()), folder, &route.path)?;
    }
    if waiting.exists() {
        fs::remove_dir_all(&waiting).at(&waiting)?;
    }
    let obsolete: Vec<&str> = previous.iter().map(String::as_str).filter(|path| !current.contains(path)).collect();
    for path in &obsolete {
        remove(folder, path)?;
    }
    manifest::write(folder, current.into_iter()).at(folder)?;
    let bytes = prepared.iter().map(|file| file.bytes).sum();
    Ok(Written { files: routes.len(), written: changed.len(), removed: obsolete.len(), bytes })
}

/// A file that is made: its size, and whether it waits to be put in place.
struct Prepared {
    bytes: u64,
    is_new: bool,
}

/// Makes every route; writes those that differ from the file in the folder to `waiting`.
fn prepare(routes: &[Route], folder: &Path, waiting: &Path) -> Result<Vec<Prepared>, PublishError> {
    each(routes, |index, route, bytes| {
        let is_new = !is_same(&folder.join(&route.path), &bytes);
        if is_new {
            write_new(&waiting.join(index.to_string()), &bytes)?;
        }
        Ok(Prepared { bytes: bytes.len() as u64, is_new })
    })
}

fn is_same(path: &Path, bytes: &[u8]) -> bool {
    // The size first: it tells most changed pages apart, and nothing has to be read for it.
    let has_size = path.symlink_metadata().is_ok_and(|meta| meta.is_file() && meta.len() == bytes.len() as u64);
    has_size && fs::read(path).is_ok_and(|old| old == bytes)
}

fn put_in_place(from: &Path, folder: &Path, path: &str) -> Result<(), PublishError> {
    let to = folder.join(path);
    obstacle::clear(folder, path).at(&to)?;
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent).at(parent)?;
    }
    fs::rename(from, &to).at(&to)
}

/// Removes a file of the previous build, and the folders that are empty then.
fn remove(folder: &Path, path: &str) -> Result<(), PublishError> {
    let target = folder.join(path);
    if obstacle::is_plain_file(folder, path) {
        fs::remove_file(&target).at(&target)?;
    }
    for parent in target.ancestors().skip(1).take_while(|parent| *parent != folder) {
        if fs::remove_dir(parent).is_err() {
            break;
        }
    }
    Ok(())
}

/// Refuses a folder that holds anything but a checkout's own files.
fn refuse_foreign(folder: &Path) -> Result<(), PublishError> {
    for entry in fs::read_dir(folder).at(folder)? {
        let name = entry.at(folder)?.file_name().to_string_lossy().into_owned();
        // What a build that was killed has left waiting is no reason to refuse every later one.
        if ![".git", ".gitkeep"].contains(&&*name) && name != WAITING && !files::is_staged(&name) {
            return Err(PublishError::Foreign { folder: folder.to_owned(), example: name });
        }
    }
    Ok(())
}

fn paths(routes: &[Route]) -> impl Iterator<Item = &str> {
    routes.iter().map(|route| route.path.as_str())
}

/// Writes a file, and makes its folder if that is missing. Most folders hold one file, so that is
/// found out by trying: folders are then made side by side, like the files.
fn write_new(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let mut file = File::create(path)
        .or_else(|error| match (error.kind(), path.parent()) {
            (io::ErrorKind::NotFound, Some(parent)) => fs::create_dir_all(parent).and_then(|()| File::create(path)),
            _ => Err(error),
        })
        .at(path)?;
    file.write_all(bytes).at(path)
}

/// Adds the path to a failure of the disk.
trait At<T> {
    fn at(self, path: &Path) -> Result<T, PublishError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path) -> Result<T, PublishError> {
        self.map_err(|error| PublishError::Disk { path: path.to_owned(), error })
    }
}
