//! The files that an outbox is made from: builds and states.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::{CannotRun, versions};
use crate::files;
use crate::outbox::{Record, SiteKind};
use crate::pipeline::{Content, Options};
use crate::source::Source;

/// A build on the disk.
pub(super) struct Built {
    pub record: Record,
    folder: PathBuf,
    /// The digest of what it was made from.
    input: String,
    version: String,
}

impl Built {
    /// The build in a folder.
    pub(super) fn read(folder: &Path, site_kind: SiteKind) -> Result<Built, CannotRun> {
        let bytes = bytes(&folder.join("build.json")).map_err(|error| {
            CannotRun(format!("there is no build in `{}` ({error}): make one with `candor build`, or name its folder with `--build DIR`", folder.display()))
        })?;
        let cannot = |why: String| CannotRun(format!("`{}`: {why}", folder.join("build.json").display()));
        let record = Record::read(&bytes).map_err(|fault| cannot(fault.to_string()))?;
        if record.site_kind != site_kind {
            return Err(cannot(format!("this is a build of the {} site", record.site_kind.word())));
        }
        let root: serde_json::Value = serde_json::from_slice(&bytes).unwrap_or_default();
        let text = |key: &str| root.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        Ok(Built { record, folder: folder.to_owned(), input: text("input"), version: text("candor") })
    }

    /// What the same build is made of once more, for its texts. So what is sent is what is published, to the minute.
    pub(super) fn again(&self, site: &Path, source: Source) -> Result<(Content, Options), CannotRun> {
        let folder = self.folder.display();
        if self.version != env!("CARGO_PKG_VERSION") {
            return Err(CannotRun(format!(
                "`{folder}` was built by another version of Candor, {}: build again",
                self.version
            )));
        }
        let options = versions::options(site, &source, self.record.now);
        let content = Content::load(source, false);
        let input = match self.record.site_kind {
            SiteKind::Public => content.at(&options).public_digest().hex().to_owned(),
            SiteKind::Wiki => content.digest().hex().to_owned(),
        };
        if self.input != input {
            return Err(CannotRun(format!(
                "`{folder}` was built from other content than that in `{}`: build again",
                site.display()
            )));
        }
        Ok((content, options))
    }
}

/// A record in a file, or of the build in a folder.
pub(super) fn record(path: &Path) -> Result<Record, CannotRun> {
    let path = if path.is_dir() { path.join("build.json") } else { path.to_owned() };
    let cannot = |why: &dyn std::fmt::Display| CannotRun(format!("`{}`: {why}", path.display()));
    let bytes = bytes(&path).map_err(|error| cannot(&error))?;
    Record::read(&bytes).map_err(|fault| cannot(&fault))
}

pub(super) fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}

/// Replaces a file at once, so that whoever reads it finds the old text or the new one. What was sent is then
/// remembered even over a power failure.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), CannotRun> {
    let replaced = files::stage(path, text.as_bytes()).and_then(files::Staged::replace);
    replaced.map_err(|error| CannotRun(format!("`{}`: {error}", path.display())))
}
