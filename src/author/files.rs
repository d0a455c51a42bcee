//! Puts new files on the disk, whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::files;

/// A new content file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Relative to the site folder, with forward slashes.
    pub path: String,
    /// Front matter and Markdown.
    pub text: String,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The folder holds something already.
    #[error("`{0}` is not empty; give the name of a new folder")]
    NotEmpty(PathBuf),
    /// The file is there already.
    #[error("`{0}` is there already")]
    Taken(PathBuf),
    /// Somebody else wrote it meanwhile.
    #[error("`{0}` has changed meanwhile; run the command again")]
    Changed(PathBuf),
    /// A file of this name was made by somebody else.
    #[error("`{0}` was not made by this command; move it away, or name another folder")]
    Foreign(PathBuf),
    /// The disk failed.
    #[error("`{path}`: {error}")]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// Puts these files into `folder`, over those of the same name that hold `mark`, by which a command knows its
/// own. A file that is the same already is left alone. Nothing is written if one of them is somebody else's.
///
/// # Errors
/// A file without the mark, a failure of the disk.
pub fn replace_own_files(folder: &Path, mark: &str, files: &[(String, String)]) -> Result<(), WriteError> {
    let mut changed = Vec::new();
    for (name, text) in files {
        let target = folder.join(name);
        match fs::read(&target) {
            Ok(old) if old == text.as_bytes() => {}
            Ok(old) if !String::from_utf8_lossy(&old).contains(mark) => return Err(WriteError::Foreign(target)),
            Ok(_) => changed.push((name, text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => changed.push((name, text)),
            Err(error) => return Err(disk(&target)(error)),
        }
    }
    // After all were looked at: one that is not ours must not stop half of them.
    for (name, text) in changed {
        let target = folder.join(name);
        files::stage(&target, text.as_bytes()).and_then(files::Staged::replace).map_err(disk(&target))?;
    }
    Ok(())
}

/// Makes `folder` with these files, by relative path. It is made under another name and renamed, so
/// that a failure leaves nothing behind.
///
/// # Errors
/// A folder that holds something, a failure of the disk.
pub fn write_new_folder<'a>(
    folder: &Path,
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<(), WriteError> {
    let is_there = folder.symlink_metadata().is_ok();
    if is_there && fs::read_dir(folder).map_err(disk(folder))?.next().is_some() {
        return Err(WriteError::NotEmpty(folder.to_owned()));
    }
    // Inside of a folder that is there: where that lies, we may not be allowed to write.
    let parent = if is_there { folder } else { folder.parent().unwrap_or(Path::new("")) };
    let staging = files::stage_folder(folder, parent).map_err(disk(parent))?;
    write_all(staging.path(), files)?;
    if !is_there {
        // A folder that is not there yet appears whole, in one step.
        return fs::rename(staging.keep(), folder).map_err(disk(folder));
    }
    for entry in fs::read_dir(staging.path()).map_err(disk(staging.path()))? {
        let entry = entry.map_err(disk(staging.path()))?;
        fs::rename(entry.path(), folder.join(entry.file_name())).map_err(disk(folder))?;
    }
    let path = staging.path().to_owned();
    staging.close().map_err(disk(&path))
}

fn write_all<'a>(folder: &Path, files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<(), WriteError> {
    for (path, bytes) in files {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(disk(parent))?;
        File::create(&path).and_then(|mut file| file.write_all(bytes)).map_err(disk(&path))?;
    }
    Ok(())
}

/// Adds the path to a failure of the disk.
fn disk(path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    move |error| WriteError::Disk { path, error }
}

/// Makes the file `path` in `folder`, and the folders that it lies in.
///
/// # Errors
/// A file of this name, a failure of the disk.
pub fn write_new_file(folder: &Path, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
    let target = folder.join(path);
    let written = files::stage(&target, bytes).and_then(files::Staged::create);
    written.map_err(|error| match error.kind() {
        // Asked of the system and not before: between a look and the writing somebody may make the file.
        io::ErrorKind::AlreadyExists => WriteError::Taken(target),
        _ => disk(&target)(error),
    })
}

/// Replaces the file `path` in `folder`, which must still hold `old`. It keeps its permissions.
///
/// # Errors
/// A file that holds something else by now, a failure of the disk.
pub fn replace_file(folder: &Path, path: &str, old: &[u8], new: &[u8]) -> Result<(), WriteError> {
    let target = folder.join(path);
    let staged = files::stage(&target, new).map_err(disk(&target))?;
    // Looked at last, so that little time is left for somebody else's change to be lost.
    if fs::read(&target).map_err(disk(&target))? != old {
        return Err(WriteError::Changed(target));
    }
    staged.replace().map_err(disk(&target))
}
