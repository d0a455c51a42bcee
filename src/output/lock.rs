//! One build at a time for each folder.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::system::{self, LockHolder};

/// What a build that wants a folder may have to tell.
#[derive(Debug)]
pub enum LockEvent<'a> {
    /// Another build writes to the folder; this one goes on when that has ended.
    Waiting(&'a Path, Option<LockHolder>),
    /// The file system knows no locks, so nothing keeps two builds apart.
    Unlocked(&'a Path, io::Error),
}

/// Keeps other builds away from folders until it is dropped. A program that is killed holds nothing any more.
#[derive(Debug, Default)]
pub struct FolderLock(Vec<(PathBuf, File)>);

/// Waits until no other build writes to any of the folders, and keeps them.
///
/// Taken before the content is read, or a build that waits would then publish what it read too early.
///
/// # Errors
/// When a folder cannot be opened.
pub fn lock(folders: &[&Path], tell: &dyn Fn(LockEvent<'_>)) -> io::Result<FolderLock> {
    // The folder itself and no file in it or beside it: nothing is left behind, and every way that leads there finds it.
    let mut wanted: Vec<&Path> = folders.to_vec();
    // Always in the same order, so that two builds never wait for each other.
    wanted.sort_by_key(|folder| system::existing(folder));
    let mut held = FolderLock::default();
    for folder in wanted {
        held.add(folder, tell)?;
    }
    Ok(held)
}

impl FolderLock {
    fn add(&mut self, folder: &Path, tell: &dyn Fn(LockEvent<'_>)) -> io::Result<()> {
        loop {
            let target = system::existing(folder);
            if self.0.iter().any(|(held, _)| *held == target) {
                return Ok(());
            }
            let Some(file) = open(&target)? else { return Ok(()) };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    tell(LockEvent::Waiting(folder, system::holder(&file)));
                    file.lock()?;
                }
                Err(TryLockError::Error(error)) => {
                    tell(LockEvent::Unlocked(folder, error));
                    return Ok(());
                }
            }
            // The build that held it may have put another folder into its place.
            if system::existing(folder) == target && open(&target)?.is_some_and(|now| is_same(&now, &file)) {
                self.0.push((target, file));
                return Ok(());
            }
        }
    }

    /// Keeps a folder that is about to take the place of a locked one as well.
    pub(super) fn keep(new: &Path) -> FolderLock {
        // Nobody else knows of it yet. Without locks there is nothing to keep.
        let file = open(new).ok().flatten().filter(|file| file.try_lock().is_ok());
        FolderLock(file.map(|file| (new.to_owned(), file)).into_iter().collect())
    }
}

#[cfg(unix)]
fn open(folder: &Path) -> io::Result<Option<File>> {
    match File::open(folder) {
        Ok(file) => Ok(Some(file)),
        // Gone between two looks at it: the caller looks again. Not ours to read: publishing will say so.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(None),
        Err(error) => Err(error),
    }
}

/// Other systems open no folders as files.
#[cfg(not(unix))]
fn open(_: &Path) -> io::Result<Option<File>> {
    Ok(None)
}

#[cfg(unix)]
fn is_same(one: &File, other: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |file: &File| file.metadata().ok().map(|meta| (meta.dev(), meta.ino()));
    id(one).is_some() && id(one) == id(other)
}

#[cfg(not(unix))]
fn is_same(_: &File, _: &File) -> bool {
    true
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn who_holds_a_folder_is_told_with_the_time_of_its_start() {
        let folder = tempfile::tempdir().unwrap();
        let other = tempfile::tempdir().unwrap();
        let held = lock(&[folder.path()], &|_| {}).unwrap();
        let holder = |folder: &Path| system::holder(&File::open(folder).unwrap());
        let found = holder(folder.path()).expect("the system lists its locks");
        assert_eq!(found.process, std::process::id());
        // A test program runs for minutes, and not since the machine was started, nor since 1970.
        let file = std::fs::metadata(folder.path()).unwrap().modified().unwrap();
        let age = file.duration_since(found.since.expect("it was started")).expect("before it made the folder");
        assert!(age.as_secs() < 7200, "{age:?}");
        assert_eq!(holder(other.path()), None);
        drop(held);
        assert_eq!(holder(folder.path()), None);
    }
}
