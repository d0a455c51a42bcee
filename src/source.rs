//! The site folder, read once: the only reader of content.

mod digest;
mod folder;
mod touched;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::sync::Arc;

use walkdir::DirEntry;

use crate::diagnostic::{Code, Diagnostic, Place};

pub use digest::digest;
pub use folder::SourceFolder;

/// The largest Markdown or YAML file, in bytes.
pub const LARGEST_TEXT: u64 = 1024 * 1024;

/// The folders of a site folder that are read.
pub const FOLDERS: [&str; 2] = ["content", "themes"];

/// The files of a site, by path relative to its folder, with forward slashes. A copy costs nothing.
#[derive(Clone, Debug, Default)]
pub struct Source {
    files: Arc<BTreeMap<String, Arc<[u8]>>>,
    faults: Vec<Diagnostic>,
}

impl Source {
    /// Reads the folder of a site, as [`SourceFolder::read`] does.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read.
    pub fn read(folder: &Path) -> io::Result<Source> {
        SourceFolder::new(folder.to_owned()).read()
    }

    /// A site from memory.
    pub fn from_files<P: Into<String>, B: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, B)>) -> Source {
        let files = files.into_iter().map(|(path, bytes)| (path.into(), bytes.as_ref().into()));
        Source { files: Arc::new(files.collect()), faults: Vec::new() }
    }

    /// The same site with other bytes in one file, or with one file more.
    #[must_use]
    pub fn with(&self, path: &str, bytes: &[u8]) -> Source {
        let mut source = self.clone();
        Arc::make_mut(&mut source.files).insert(path.to_owned(), bytes.into());
        source
    }

    /// The bytes of one file.
    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }

    /// The bytes of one file, with its path as kept here.
    pub fn entry(&self, path: &str) -> Option<(&str, &Arc<[u8]>)> {
        self.files.get_key_value(path).map(|(path, bytes)| (path.as_str(), bytes))
    }

    /// The files whose path starts with `prefix`, sorted by path.
    pub fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a Arc<[u8]>)> {
        self.files
            .range(prefix.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(prefix))
            .map(|(path, bytes)| (path.as_str(), bytes))
    }

    /// Whether the file at `path` is the same in both, or in neither.
    pub fn is_same(&self, other: &Source, path: &str) -> bool {
        match (self.get(path), other.get(path)) {
            (Some(own), Some(its)) => are_same(own, its),
            (own, its) => own.is_none() && its.is_none(),
        }
    }

    /// Whether the files whose path starts with `prefix` are the same in both.
    pub fn is_same_under(&self, other: &Source, prefix: &str) -> bool {
        let (mut own, mut its) = (self.under(prefix), other.under(prefix));
        let are_both_same = |(path, bytes): (&str, &Arc<[u8]>)| {
            its.next().is_some_and(|(other, others)| path == other && are_same(bytes, others))
        };
        own.all(are_both_same) && its.next().is_none()
    }

    /// What was wrong with files before anybody looked into them.
    pub fn faults(&self) -> &[Diagnostic] {
        &self.faults
    }

    /// SHA-256 over every path and content, in hexadecimal.
    pub fn digest(&self) -> String {
        digest(self.files.iter().map(|(path, bytes)| (&**path, &**bytes)))
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Source) -> bool {
        self.faults == other.faults && self.is_same_under(other, "")
    }
}

impl Eq for Source {}

/// The pointer first: sources that came of each other share the bytes of almost every file.
fn are_same(one: &Arc<[u8]>, other: &Arc<[u8]>) -> bool {
    Arc::ptr_eq(one, other) || one == other
}

/// Where an entry is in the folder of its site, with forward slashes.
fn relative(folder: &Path, entry: &DirEntry) -> String {
    let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
    if std::path::MAIN_SEPARATOR == '/' {
        return relative.to_string_lossy().into_owned();
    }
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

fn is_content(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_ours = if is_static(entry) { !is_never_published(&name) } else { !name.starts_with('.') };
    is_ours && !name.ends_with('~') && !name.ends_with(".swp")
}

/// Whether it lies in `content/static/`: hosts look for hidden files such as `.well-known` or `.nojekyll`.
fn is_static(entry: &DirEntry) -> bool {
    let parts: Vec<&OsStr> = entry.path().iter().collect();
    let from_root = &parts[parts.len().saturating_sub(entry.depth() + 1)..];
    entry.depth() > 1 && from_root[..2] == ["content", "static"]
}

/// What other programs leave behind, and the names that `output` keeps for itself.
fn is_never_published(name: &str) -> bool {
    name.starts_with(".git") || name.starts_with(".candor") || name == ".DS_Store"
}

fn is_text(path: &str) -> bool {
    !path.starts_with("content/static/") && [".md", ".yaml", ".yml"].iter().any(|ending| path.ends_with(ending))
}

fn symbolic_link(path: String) -> Diagnostic {
    Diagnostic::warning(Code::SymbolicLink, "a symbolic link is not followed")
        .at(Place::file(path))
        .help("put the file itself here")
}

/// Pictures may be as large as they are.
fn too_large(path: &str, size: u64) -> Option<Diagnostic> {
    let message = format!("a content file may have at most 1 MiB; this one has {size} bytes");
    let fault = || Diagnostic::error(Code::FileTooLarge, message).at(Place::file(path));
    (is_text(path) && size > LARGEST_TEXT)
        .then(fault)
        .map(|fault| fault.help("move pictures and logs to `content/static/` and link to them"))
}
