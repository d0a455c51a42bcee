//! The folder of a site, read time and again: what nobody has touched since is not opened again.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{FOLDERS, Source, is_content, relative, symbolic_link, too_large};
use crate::diagnostic::Diagnostic;

/// Two changes of a file that lie closer together than this, in nanoseconds, may leave the same stamp: the coarsest file
/// systems count in steps of two seconds.
const COARSEST_STEP: i128 = 2_000_000_000;

/// The folder of a site, and what was in it when it was last read.
#[derive(Debug)]
pub struct SourceFolder {
    path: PathBuf,
    pub(super) known: BTreeMap<String, KnownFile>,
    /// What the last reading gave.
    pub(super) latest: Source,
    /// What was changed from then on, in nanoseconds since 1970, may have been changed again since without leaving a trace.
    doubtful_from: i128,
}

#[derive(Debug)]
pub(super) struct KnownFile {
    stamp: Option<Stamp>,
    pub(super) bytes: Arc<[u8]>,
}

impl SourceFolder {
    /// The folder at `path`, which nobody has read yet.
    pub fn new(path: PathBuf) -> SourceFolder {
        SourceFolder { path, known: BTreeMap::new(), latest: Source::default(), doubtful_from: i128::MIN }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads `content/` and `themes/`, which may be links themselves. Symbolic links below them are not followed; hidden
    /// files, unless static, and editors' backups are passed over.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read. Faults of single files (too large, a link) are kept in the source
    /// instead.
    pub fn read(&mut self) -> io::Result<Source> {
        self.doubtful_from = i128::MIN;
        self.read_again()
    }

    /// The same, but files that have the stamp of before are taken as they were then.
    ///
    /// # Errors
    /// As [`SourceFolder::read`].
    pub fn read_again(&mut self) -> io::Result<Source> {
        let entries = entries(&self.path)?;
        let taken: Vec<FolderEntry> = entries.par_iter().map(|entry| self.take(entry)).collect::<io::Result<_>>()?;
        let mut source = Source::default();
        let mut files = Vec::with_capacity(taken.len());
        for taken in taken {
            match taken {
                FolderEntry::File(path, known) => files.push((path, known)),
                FolderEntry::Fault(fault) => source.faults.push(*fault),
                FolderEntry::Nothing => {}
            }
        }
        source.files = Arc::new(files.iter().map(|(path, known)| (path.clone(), Arc::clone(&known.bytes))).collect());
        self.known = files.into_iter().collect();
        let newest = self.known.values().filter_map(|known| Some(known.stamp?.changed)).max();
        self.doubtful_from = newest.map_or(i128::MIN, |newest| newest - COARSEST_STEP);
        self.latest = source.clone();
        Ok(source)
    }

    fn take(&self, entry: &DirEntry) -> io::Result<FolderEntry> {
        let path = relative(&self.path, entry);
        if entry.depth() > 0 && entry.path_is_symlink() {
            return Ok(FolderEntry::Fault(Box::new(symbolic_link(path))));
        }
        if !entry.file_type().is_file() {
            return Ok(FolderEntry::Nothing);
        }
        // Before the bytes: what is written in between has another stamp the next time.
        let metadata = entry.metadata()?;
        if let Some(fault) = too_large(&path, metadata.len()) {
            return Ok(FolderEntry::Fault(Box::new(fault)));
        }
        let stamp = Stamp::of(&metadata);
        let known = self.known.get(&path).filter(|known| known.stamp == stamp && self.is_certain(stamp));
        let known = match known {
            Some(known) => KnownFile { stamp, bytes: Arc::clone(&known.bytes) },
            None => self.same_or_new(&path, stamp, std::fs::read(entry.path())?),
        };
        Ok(FolderEntry::File(path, known))
    }

    /// A file that was opened. The same bytes are kept once, so that who has them can see by their place that they are the
    /// same.
    pub(super) fn same_or_new(&self, path: &str, stamp: Option<Stamp>, bytes: Vec<u8>) -> KnownFile {
        let known = self.known.get(path).filter(|known| *known.bytes == *bytes);
        KnownFile { stamp, bytes: known.map_or_else(|| bytes.into(), |known| Arc::clone(&known.bytes)) }
    }

    /// Whether a file with this stamp is as it was when it had the stamp before.
    fn is_certain(&self, stamp: Option<Stamp>) -> bool {
        stamp.is_some_and(|stamp| stamp.changed < self.doubtful_from)
    }
}

/// What one entry of the folder gave.
enum FolderEntry {
    File(String, KnownFile),
    Fault(Box<Diagnostic>),
    Nothing,
}

/// All that may be content, in the order of the names.
fn entries(folder: &Path) -> io::Result<Vec<DirEntry>> {
    if !folder.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "no such folder"));
    }
    let tops = FOLDERS.map(|name| folder.join(name)).into_iter().filter(|top| top.is_dir());
    let below = |top| WalkDir::new(top).sort_by_file_name().into_iter().filter_entry(is_content);
    Ok(tops.flat_map(below).collect::<Result<_, _>>()?)
}

/// What changes with each change of a file. The time of its content alone does not: programs set it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// When anything about the file was last changed, in nanoseconds since 1970, by the clock of the file system.
    changed: i128,
    /// When its content was last changed, likewise.
    modified: i128,
    length: u64,
    number: u64,
}

impl Stamp {
    /// None where the system does not say when a file was last changed, so that it has to be read.
    #[cfg(unix)]
    pub(super) fn of(metadata: &Metadata) -> Option<Stamp> {
        use std::os::unix::fs::MetadataExt;
        let nanoseconds = |seconds: i64, rest: i64| i128::from(seconds) * 1_000_000_000 + i128::from(rest);
        Some(Stamp {
            changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
            modified: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
            length: metadata.len(),
            number: metadata.ino(),
        })
    }

    #[cfg(not(unix))]
    pub(super) fn of(_: &Metadata) -> Option<Stamp> {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// Files, and a folder, of `content`.
    const PLACES: [&str; 6] = ["0.md", "1.md", "2.md", "incidents", "incidents/3.md", "incidents/4.md"];

    /// Writes a file, where nothing else is in the way.
    #[expect(clippy::disallowed_methods, reason = "an editor, which writes as it likes")]
    fn written(folder: &Path, name: &str, text: &str) {
        let path = folder.join("content").join(name);
        let _ = std::fs::create_dir_all(path.parent().unwrap());
        let _ = std::fs::write(path, text);
    }

    /// As if everything had been changed long ago.
    fn settle(folder: &mut SourceFolder) {
        folder.doubtful_from = i128::MAX;
    }

    #[test]
    fn a_file_that_nobody_touched_is_not_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        written(folder.path(), "a.md", "one");
        let mut site = SourceFolder::new(folder.path().to_owned());
        let first = site.read().unwrap();
        settle(&mut site);
        let second = site.read_again().unwrap();
        assert!(Arc::ptr_eq(&first.files["content/a.md"], &second.files["content/a.md"]));
    }

    #[test]
    fn a_change_of_the_same_length_is_seen_although_the_time_was_set_back() {
        let folder = tempfile::tempdir().unwrap();
        written(folder.path(), "a.md", "one");
        let path = folder.path().join("content/a.md");
        let before = std::fs::metadata(&path).unwrap().modified().unwrap();
        let mut site = SourceFolder::new(folder.path().to_owned());
        site.read().unwrap();
        written(folder.path(), "a.md", "two");
        std::fs::File::options().append(true).open(&path).unwrap().set_modified(before).unwrap();
        assert_eq!(&**site.read_again().unwrap().get("content/a.md").unwrap(), b"two");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Writing, removing and renaming as fast as it goes: what is read again is what is there, also where only what
        /// the system names is looked at.
        #[test]
        fn reading_again_gives_what_is_there(
            edits in proptest::collection::vec((0..6_usize, 0..6_usize, "[ab]{0,2}", 0..6_u8), 1..20),
        ) {
            let folder = tempfile::tempdir().unwrap();
            written(folder.path(), "0.md", "");
            let (mut site, mut touched_site) = (SourceFolder::new(folder.path().to_owned()), SourceFolder::new(folder.path().to_owned()));
            touched_site.read().unwrap();
            for (from, to, text, kind) in edits {
                let path = |number: usize| folder.path().join("content").join(PLACES[number]);
                // The system names a folder that is new, and not one in which a file is.
                let parent = path(from).parent().unwrap().to_owned();
                let new_folder = (!parent.exists()).then_some(parent);
                match kind {
                    // What is not there cannot be removed or moved.
                    0 => _ = std::fs::remove_file(path(from)),
                    1 => _ = std::fs::rename(path(from), path(to)),
                    2 => _ = std::fs::remove_dir_all(path(from)),
                    _ => written(folder.path(), PLACES[from], &text),
                }
                let fresh = SourceFolder::new(folder.path().to_owned()).read().unwrap();
                prop_assert_eq!(site.read_again().unwrap(), fresh.clone());
                let mut named: BTreeSet<PathBuf> = [path(from), path(to)].into();
                named.extend(new_folder);
                prop_assert_eq!(touched_site.read_touched(&named).unwrap(), fresh);
            }
        }
    }
}
