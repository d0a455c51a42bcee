//! A change of single files: what is touched is looked at, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::folder::{KnownFile, SourceFolder, Stamp};
use super::{FOLDERS, Source, too_large};

/// A file that was touched, by its path from the site's folder, as it is now; none for one that is gone.
type ChangedFile = (String, Option<KnownFile>);

impl SourceFolder {
    /// Reads the folder of which only these paths were touched since it was last read. Where that does not say enough (a
    /// folder, a link, a file that is too large), everything is looked at, as [`SourceFolder::read_again`] does.
    ///
    /// # Errors
    /// As [`SourceFolder::read`].
    pub fn read_touched(&mut self, touched: &BTreeSet<PathBuf>) -> io::Result<Source> {
        let changed =
            touched.iter().map(|path| self.look_at(path)).collect::<io::Result<Option<Vec<ChangedFile>>>>()?;
        // What was wrong with a file may be mended by the change, and was found by looking at everything.
        let Some(changed) = changed.filter(|_| self.latest.faults.is_empty()) else { return self.read_again() };
        let mut files = BTreeMap::clone(&self.latest.files);
        for (path, known) in changed {
            match known {
                Some(known) => {
                    files.insert(path.clone(), Arc::clone(&known.bytes));
                    self.known.insert(path, known);
                }
                None => {
                    files.remove(&path);
                    self.known.remove(&path);
                }
            }
        }
        self.latest.files = Arc::new(files);
        Ok(self.latest.clone())
    }

    /// None if a look at this path alone does not say what became of the folder.
    fn look_at(&self, path: &Path) -> io::Result<Option<ChangedFile>> {
        let Some(name) = self.name_of(path) else { return Ok(None) };
        match path.symlink_metadata() {
            // Before the bytes: what is written in between has another stamp the next time.
            Ok(metadata) if metadata.is_file() && too_large(&name, metadata.len()).is_none() => {
                match std::fs::read(path) {
                    Ok(bytes) => {
                        let known = self.same_or_new(&name, Stamp::of(&metadata), bytes);
                        Ok(Some((name, Some(known))))
                    }
                    // Taken away in this moment, of which another event will tell.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                    Err(error) => Err(error),
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && !self.is_folder(&name) => Ok(Some((name, None))),
            _ => Ok(None),
        }
    }

    /// The path from the site's folder, if it lies in a folder that was looked into: a new one may be a link, or hidden.
    fn name_of(&self, path: &Path) -> Option<String> {
        let inside = path.strip_prefix(self.path()).ok()?;
        let parts: Vec<&str> = inside.iter().map(|part| part.to_str()).collect::<Option<_>>()?;
        let (_, folders) = parts.split_last()?;
        let is_ours = folders.first().is_some_and(|top| FOLDERS.contains(top));
        (is_ours && self.is_folder(&folders.join("/"))).then(|| parts.join("/"))
    }

    /// Whether files are known that lie in it.
    fn is_folder(&self, name: &str) -> bool {
        let inside = format!("{name}/");
        self.known.range(inside.clone()..).next().is_some_and(|(path, _)| path.starts_with(&inside))
    }
}
