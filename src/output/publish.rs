//! Makes routes and puts them into a folder so that it is never seen half-written.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::{At, PublishError};
use super::manifest::{self, Manifest, is_inside};
use super::obstacle;
use super::place::{self, Way, WriteOptions};
use super::{FolderKind, FolderOwner, Route, neighbours, system};
use crate::files;

/// What a publication did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files in the folder now.
    pub files: usize,
    /// Files that are new or changed.
    pub written: usize,
    /// Files of the previous build that are gone.
    pub removed: usize,
    /// Size of all files, in bytes.
    pub bytes: u64,
    /// Why the files were replaced one by one, and not the folder in one step; none if it was, or nothing changed.
    pub one_by_one: Option<String>,
}

/// Makes the routes of a public site and puts them into `folder`.
///
/// # Errors
/// A folder or file that is not ours, faults of pages, a failure of the disk. Unless renaming
/// itself fails, the folder is then as it was.
pub fn publish(routes: &[Route], folder: &Path) -> Result<Written, PublishError> {
    let _lock = super::lock(&[folder], &|_| {}).at(folder)?;
    let owner = FolderOwner { kind: FolderKind::Public, site: String::new() };
    prepare(routes, folder, owner, WriteOptions::default())?.commit()
}

/// Finishes what a build has begun that was ended while it replaced files one by one, if one has; then true.
///
/// # Errors
/// A failure of the disk.
pub fn repair(folder: &Path) -> Result<bool, PublishError> {
    let Ok(folder) = folder.canonicalize() else { return Ok(false) };
    place::resume(&folder)
}

/// Makes the routes and writes those that are new beside the folder. Readers see them after [`Prepared::commit`]; the
/// caller holds the lock of the folder until then.
///
/// # Errors
/// Those of [`publish`]. The folder is as it was.
pub fn prepare(
    routes: &[Route],
    folder: &Path,
    owner: FolderOwner,
    options: WriteOptions,
) -> Result<Prepared, PublishError> {
    if let Some(route) = routes.iter().find(|route| !is_inside(&route.path)) {
        return Err(PublishError::Outside { path: route.path.clone() });
    }
    // A link that is published to stays: what it leads to is replaced.
    let named = folder;
    let folder = &folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    if folder.symlink_metadata().is_ok() {
        place::resume(folder)?;
    }
    neighbours::refuse_other(folder, named, owner.kind)?;
    let previous = if folder.symlink_metadata().is_err() {
        None
    } else {
        Some(manifest::read(folder).at(named)?.map_or_else(|| refuse_foreign(folder, named), Ok)?)
    };
    let other = previous.as_ref().map(|previous| &previous.site).filter(|site| is_another(site, &owner.site));
    if let Some(site) = other.filter(|_| !options.replace_site) {
        return Err(PublishError::OtherSite { folder: named.to_owned(), is: site.clone(), wanted: owner.site });
    }
    let way = Way::choose(folder, previous.as_ref(), options);
    if let Some(previous) = &previous {
        let obstacle = routes.iter().find_map(|route| obstacle::find(folder, &route.path, &previous.paths));
        if let Some(path) = obstacle {
            let path = path.strip_prefix(folder).map_or(path.clone(), |inside| named.join(inside));
            return Err(PublishError::InTheWay { path });
        }
    }
    place::clear_left(folder)?;
    let waiting = Waiting(way.waiting(folder));
    let files = make(routes, folder, &waiting.0)?;
    let paths = routes.iter().map(|route| route.path.clone()).collect();
    Ok(Prepared { paths, folder: folder.clone(), owner, options, previous, way, waiting, files })
}

/// Whether both name a site, and not the same one.
fn is_another(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|site| site.trim_end_matches('/').to_ascii_lowercase());
    !one.is_empty() && !other.is_empty() && one != other
}

/// A site that is made, and waits to be seen. Dropped, it is gone.
pub struct Prepared {
    paths: Vec<String>,
    folder: PathBuf,
    owner: FolderOwner,
    options: WriteOptions,
    /// None if the folder is not there yet.
    previous: Option<Manifest>,
    way: Way,
    waiting: Waiting,
    files: Vec<Made>,
}

/// Where new files wait. Dropped, it is gone.
struct Waiting(PathBuf);

impl Drop for Waiting {
    fn drop(&mut self) {
        // What is left is removed by the next build.
        let _ = fs::remove_dir_all(&self.0);
        // The folder around it, where files wait inside of the published one.
        let _ = self.0.parent().filter(|around| around.ends_with(place::WAITING)).map(fs::remove_dir);
    }
}

/// A file that is made: its size, and whether it waits.
struct Made {
    bytes: u64,
    is_new: bool,
}

impl Prepared {
    /// Shows the new site to readers.
    ///
    /// # Errors
    /// A failure of the disk. The folder then holds the old site; where files are replaced one by one it may hold both, and
    /// the next build finishes.
    pub fn commit(self) -> Result<Written, PublishError> {
        let current: BTreeSet<&str> = self.paths.iter().map(String::as_str).collect();
        let before = self.previous.as_ref();
        let removed =
            before.map_or(0, |previous| previous.paths.iter().filter(|path| !current.contains(&***path)).count());
        let written = self.files.iter().filter(|file| file.is_new).count();
        let bytes = self.files.iter().map(|file| file.bytes).sum();
        let mut outcome = Written { files: self.paths.len(), written, removed, bytes, one_by_one: None };
        if before.is_some() && written == 0 && removed == 0 {
            // The list may be of an earlier form, or lack the kind, although every file is the same.
            self.list_in(&self.folder.join(manifest::NAME))?;
            return Ok(outcome);
        }
        outcome.one_by_one = match &self.way {
            Way::New => self.show_new()?,
            Way::Exchange => self.show_by_exchange()?,
            Way::OneByOne(reason) => self.show_one_by_one(reason.clone())?,
        };
        Ok(outcome)
    }

    fn list_in(&self, file: &Path) -> Result<(), PublishError> {
        manifest::write(file, &self.owner, self.paths.iter().map(String::as_str)).at(file)
    }

    /// Files that lie on the disk when the system dies after what comes next.
    fn sync(&self) -> Result<(), PublishError> {
        if self.options.sync { system::sync(&self.waiting.0).at(&self.waiting.0) } else { Ok(()) }
    }

    fn show_new(&self) -> Result<Option<String>, PublishError> {
        let new = &self.waiting.0;
        self.list_in(&new.join(manifest::NAME))?;
        self.sync()?;
        let _kept = super::FolderLock::keep(new);
        fs::rename(new, &self.folder).at(&self.folder)?;
        Ok(None)
    }

    fn show_by_exchange(&self) -> Result<Option<String>, PublishError> {
        let new = &self.waiting.0;
        self.keep_unchanged()?;
        place::link(&self.folder, new, manifest::NAME).or_else(|_| self.list_in(&new.join(manifest::NAME)))?;
        self.list_in(&new.join(manifest::NAME))?;
        if !system::is_alike(new, &self.folder).at(new)? {
            return self.show_one_by_one("it belongs to another user or group".to_owned());
        }
        self.sync()?;
        let _kept = super::FolderLock::keep(new);
        match system::exchange(new, &self.folder) {
            Ok(()) => Ok(None),
            Err(error) => self.show_one_by_one(format!("the system cannot exchange it: {error}")),
        }
    }

    /// Gives the new folder the files that stay as they are: the same files, with their times.
    fn keep_unchanged(&self) -> Result<(), PublishError> {
        let unchanged = self.paths.par_iter().zip(&self.files).filter(|(_, file)| !file.is_new);
        unchanged.map(|(path, _)| place::link(&self.folder, &self.waiting.0, path)).collect()
    }

    fn show_one_by_one(&self, reason: String) -> Result<Option<String>, PublishError> {
        let inside = self.folder.join(place::WAITING);
        let files = inside.join(place::FILES);
        if self.waiting.0 != files && self.waiting.0.exists() {
            fs::create_dir_all(&inside).at(&inside)?;
            fs::rename(&self.waiting.0, &files).at(&files)?;
            // The whole folder had its list in it; here the list is what decides, and comes last.
            fs::remove_file(files.join(manifest::NAME)).at(&files)?;
        }
        fs::create_dir_all(&inside).at(&inside)?;
        if self.options.sync {
            system::sync(&inside).at(&inside)?;
        }
        // From here on the new site is decided: should this be cut short, the next build goes on.
        self.list_in(&inside.join(place::DECIDED))?;
        place::resume(&self.folder)?;
        Ok(Some(reason))
    }
}

/// Makes every route; writes those that differ from the file in the folder to `waiting`.
fn make(routes: &[Route], folder: &Path, waiting: &Path) -> Result<Vec<Made>, PublishError> {
    fs::create_dir_all(waiting).at(waiting)?;
    // Compared while the bytes are at hand, and dropped: a site is never in memory as a whole.
    each(routes, |route, bytes| {
        let is_new = !is_same(&folder.join(&route.path), &bytes);
        if is_new {
            write_new(&waiting.join(&route.path), &bytes)?;
        }
        Ok(Made { bytes: bytes.len() as u64, is_new })
    })
}

/// Makes every route and hands its bytes to `take`. A page that fails does not keep the others from
/// being made, so that the report names the faults of all of them.
fn each<T: Send>(
    routes: &[Route],
    take: impl Fn(&Route, Vec<u8>) -> Result<T, PublishError> + Sync,
) -> Result<Vec<T>, PublishError> {
    let taken: Result<Vec<_>, PublishError> = routes
        .par_iter()
        .map(|route| match route.make() {
            Ok(bytes) => take(route, bytes).map(Ok),
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

fn is_same(path: &Path, bytes: &[u8]) -> bool {
    // The size first: it tells most changed pages apart, and nothing has to be read for it.
    let has_size = path.symlink_metadata().is_ok_and(|meta| meta.is_file() && meta.len() == bytes.len() as u64);
    has_size && fs::read(path).is_ok_and(|old| old == bytes)
}

/// Refuses a folder that holds anything but a checkout's own files; else nothing in it is ours.
fn refuse_foreign(folder: &Path, named: &Path) -> Result<Manifest, PublishError> {
    for entry in fs::read_dir(folder).at(named)? {
        let name = entry.at(named)?.file_name().to_string_lossy().into_owned();
        // What a build that was killed has left waiting is no reason to refuse every later one.
        if ![".git", ".gitkeep"].contains(&&*name) && name != place::WAITING && !files::is_staged(&name) {
            return Err(PublishError::Foreign { folder: named.to_owned(), example: name });
        }
    }
    Ok(Manifest::default())
}

/// Writes a file, and makes its folder if that is missing. Most folders hold one file, so that is
/// found out by trying: folders are then made side by side, like the files.
fn write_new(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let mut file = place::in_folder(path, |path| File::create(path)).at(path)?;
    file.write_all(bytes).at(path)
}
