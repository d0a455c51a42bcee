//! Files that appear whole or not at all: written beside their place, synced, and renamed into it.
//!
//! What waits has a name of its own, so that two commands at once do not write into one file, begins with a dot, so
//! that neither `Source` nor the preview's watcher takes it for content, and is gone when writing fails.

use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempDir};

/// How the name of what waits ends.
const WAITING: &str = ".candor-new";

/// What a file is to hold, on the disk beside its place. Dropped, it is gone.
pub(crate) struct Staged {
    file: NamedTempFile,
    target: PathBuf,
}

/// Writes `bytes` beside `target`, and makes the folder that both lie in.
///
/// Synced before the rename: file systems may write the new name before the new bytes, and a power failure between
/// the two would leave an empty file in place of a whole one.
pub(crate) fn stage(target: &Path, bytes: &[u8]) -> io::Result<Staged> {
    let folder = target.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder)?;
    let mut file = named(target, 0o666, |builder| builder.tempfile_in(folder))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(Staged { file, target: target.to_owned() })
}

impl Staged {
    /// Puts it where a file may be already, whose permissions it keeps.
    pub(crate) fn replace(self) -> io::Result<()> {
        if let Ok(old) = fs::metadata(&self.target) {
            self.file.as_file().set_permissions(old.permissions())?;
        }
        self.file.persist(&self.target).map(drop).map_err(|failed| failed.error)
    }

    /// Puts it where no file may be: [`io::ErrorKind::AlreadyExists`] if there is one.
    pub(crate) fn create(self) -> io::Result<()> {
        self.file.persist_noclobber(&self.target).map(drop).map_err(|failed| failed.error)
    }
}

/// Whether a file of this name waits for its place, or has been left waiting by a program that was killed.
pub(crate) fn is_staged(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(WAITING)
}

/// An empty folder in `parent` that will be called as `target` is. Dropped, it is gone.
pub(crate) fn stage_folder(target: &Path, parent: &Path) -> io::Result<TempDir> {
    fs::create_dir_all(parent)?;
    named(target, 0o777, |builder| builder.tempdir_in(parent))
}

/// Puts a whole folder where none is, or an empty one, in one step: its files are written beside it, synced, and it is
/// renamed. What an earlier try has left that was cut short goes away.
pub(crate) fn put_folder<'f>(target: &Path, files: impl Iterator<Item = (&'f str, &'f [u8])>) -> io::Result<()> {
    let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    clear_left(target, parent)?;
    let waiting = stage_folder(target, parent)?;
    for (path, bytes) in files {
        let path = waiting.path().join(path);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        let mut file = fs::File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
    }
    fs::rename(waiting.path(), target)?;
    let _ = waiting.keep();
    Ok(())
}

/// Takes away the folders that wait for this place: whoever made them was killed.
fn clear_left(target: &Path, parent: &Path) -> io::Result<()> {
    let prefix = format!(".{}.", target.file_name().unwrap_or_default().to_string_lossy());
    for entry in fs::read_dir(parent)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let waits = name.strip_prefix(&prefix).is_some_and(|rest| rest.ends_with(WAITING));
        if waits && entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// Something new with the name of `target` and a part that nobody else has. Its permissions are those of any new file:
/// the crate's own would keep what is published from all but its author.
fn named<T>(target: &Path, mode: u32, make: impl FnOnce(&Builder<'_, '_>) -> io::Result<T>) -> io::Result<T> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!(".{name}.");
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(WAITING);
    if let Some(permissions) = permissions(mode) {
        builder.permissions(permissions);
    }
    make(&builder)
}

#[cfg(unix)]
fn permissions(mode: u32) -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn permissions(_: u32) -> Option<Permissions> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_new_or_replaced_and_nothing_waits_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("deep/state.json");
        stage(&target, b"1").unwrap().create().unwrap();
        let taken = stage(&target, b"2").unwrap().create().unwrap_err();
        assert_eq!(taken.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&target).unwrap(), b"1");
        stage(&target, b"3").unwrap().replace().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"3");
        drop(stage(&target, b"4"));
        assert_eq!(fs::read_dir(folder.path().join("deep")).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_is_there_whole_or_not_at_all() {
        let around = tempfile::tempdir().unwrap();
        let target = around.path().join("new/site");
        let long = "x".repeat(300);
        let files = |name: &'static str| [("a/b.md", &b"1"[..]), (name, &b"2"[..])].into_iter();
        let failed = put_folder(&target, [("a/b.md", &b"1"[..]), (&*long, &b"2"[..])].into_iter());
        assert!(failed.is_err() && !target.exists());
        assert_eq!(fs::read_dir(around.path().join("new")).unwrap().count(), 0);
        fs::create_dir_all(around.path().join("new/.site.x1.candor-new/a")).unwrap();
        fs::create_dir_all(around.path().join("new/.site.candor-new")).unwrap();
        put_folder(&target, files("c.md")).unwrap();
        assert_eq!(fs::read(target.join("a/b.md")).unwrap(), b"1");
        let mut names: Vec<_> =
            fs::read_dir(around.path().join("new")).unwrap().map(|one| one.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, [".site.candor-new", "site"], "what waits for another command stays");
        assert!(put_folder(&target, files("d.md")).is_err(), "what is there is not replaced");
        assert!(!target.join("d.md").exists());
    }

    #[cfg(unix)]
    #[test]
    fn others_may_read_what_is_new_and_a_replaced_file_keeps_its_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("state.json");
        let plain = folder.path().join("plain");
        fs::File::create(&plain).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        stage(&target, b"1").unwrap().create().unwrap();
        assert_eq!(mode(&target), mode(&plain));
        fs::set_permissions(&target, Permissions::from_mode(0o640)).unwrap();
        stage(&target, b"2").unwrap().replace().unwrap();
        assert_eq!(mode(&target), 0o640);
    }
}
