//! What stands where a file is to be written: ours may be replaced, anything else is in the way.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The first thing that Candor did not write and that stands at `path`, above it, or in a folder of
/// that name. A symbolic link above it is in the way too: it leads out of the published folder.
pub(super) fn find(folder: &Path, path: &str, previous: &BTreeSet<String>) -> Option<PathBuf> {
    for (end, _) in path.match_indices('/') {
        let above = folder.join(&path[..end]);
        match above.symlink_metadata() {
            Ok(meta) if meta.is_dir() => {}
            Ok(_) if !previous.contains(&path[..end]) => return Some(above),
            // Ours, or nothing: then nothing can stand below it.
            Ok(_) | Err(_) => return None,
        }
    }
    foreign(folder, path, previous)
}

/// The first file at or under `path` that is not in the list.
fn foreign(folder: &Path, path: &str, previous: &BTreeSet<String>) -> Option<PathBuf> {
    let target = folder.join(path);
    let meta = target.symlink_metadata().ok()?;
    if !meta.is_dir() {
        return (!previous.contains(path)).then_some(target);
    }
    let Ok(entries) = fs::read_dir(&target) else { return Some(target) };
    let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
    // Systems list in any order, and the message is to be the same each time.
    names.sort();
    names.iter().find_map(|name| foreign(folder, &format!("{path}/{}", name.to_string_lossy()), previous))
}

/// Takes away what [`find`] knows to be ours: a file above `path`, a folder of that name.
pub(super) fn clear(folder: &Path, path: &str) -> io::Result<()> {
    for (end, _) in path.match_indices('/') {
        let above = folder.join(&path[..end]);
        if above.symlink_metadata().is_ok_and(|meta| !meta.is_dir()) {
            return fs::remove_file(above);
        }
    }
    let target = folder.join(path);
    let is_folder = target.symlink_metadata().is_ok_and(|meta| meta.is_dir());
    if is_folder { fs::remove_dir_all(target) } else { Ok(()) }
}

/// Whether `path` is a file that is reached without following a symbolic link.
pub(super) fn is_plain_file(folder: &Path, path: &str) -> bool {
    let is_folder = |(end, _)| folder.join(&path[..end]).symlink_metadata().is_ok_and(|meta| meta.is_dir());
    path.match_indices('/').all(is_folder) && folder.join(path).symlink_metadata().is_ok_and(|meta| !meta.is_dir())
}
