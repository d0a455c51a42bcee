//! Folders on the disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use snapbox::dir::DirRoot;

/// A folder that goes away with the test.
pub struct TempFolder(DirRoot);

impl TempFolder {
    pub fn new() -> TempFolder {
        TempFolder(DirRoot::mutable_temp().expect("a temporary folder"))
    }

    pub fn path(&self) -> &Path {
        self.0.path().expect("it has a path")
    }

    /// Writes a file, and its folders.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let target = self.path().join(path);
        fs::create_dir_all(target.parent().expect("a folder above")).expect("its folder");
        #[expect(clippy::disallowed_methods, reason = "a test's own input")]
        fs::write(&target, bytes).unwrap_or_else(|error| panic!("{}: {error}", target.display()));
    }
}

/// A text of the repository, by its path from the root.
pub fn read(path: &str) -> String {
    String::from_utf8(fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}"))).expect("UTF-8")
}

/// Every file under `folder`, by relative path with forward slashes, and its bytes.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walk(folder).map(|(name, path)| (name, fs::read(path).expect("a readable file"))).collect()
}

/// What changes when a file is written again, even with the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    modified: SystemTime,
    inode: u64,
}

/// The stamp of every file under `folder`.
pub fn stamps(folder: &Path) -> BTreeMap<String, Stamp> {
    let stamp = |path: PathBuf| {
        let meta = fs::metadata(path).expect("a file");
        Stamp { modified: meta.modified().expect("a time"), inode: inode(&meta) }
    };
    walk(folder).map(|(name, path)| (name, stamp(path))).collect()
}

#[cfg(unix)]
fn inode(meta: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(meta)
}

#[cfg(not(unix))]
fn inode(_: &fs::Metadata) -> u64 {
    0
}

/// Copies every file of `from` into `to`.
pub fn copy(from: &Path, to: &TempFolder) {
    for (path, bytes) in files(from) {
        to.write(&path, bytes);
    }
}

fn walk(folder: &Path) -> impl Iterator<Item = (String, PathBuf)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("an entry"));
    let folder = folder.to_owned();
    entries.filter(|entry| entry.file_type().is_file()).map(move |entry| {
        let relative = entry.path().strip_prefix(&folder).expect("inside");
        let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        (parts.join("/"), entry.path().to_owned())
    })
}
