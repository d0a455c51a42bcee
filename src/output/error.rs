//! What keeps a site from being published.

use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;

/// Why nothing was published. The folder is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PublishError {
    /// The folder was not made by Candor.
    #[error(
        "`{folder}` holds `{example}`, which Candor did not write; give an empty folder, or one of an earlier build"
    )]
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// One of the files in it.
        example: String,
    },
    /// The folder, one above it or one in it, is for what readers of the other site must not see.
    #[error("`{folder}` holds {is}: {wanted} cannot go to `{target}`; give a folder of its own")]
    OtherKind {
        /// The folder that is something else.
        folder: PathBuf,
        /// What it is.
        is: &'static str,
        /// What was to be published.
        wanted: &'static str,
        /// Where.
        target: PathBuf,
    },
    /// The folder holds another site of the same kind.
    #[error(
        "`{folder}` holds the site of {is}, and this is that of {wanted}; give a folder of its own or, if the address has \
         changed, `--replace-site`; ids of feeds and calendars stay with `id_base: {is}` in `site.yaml`"
    )]
    OtherSite {
        /// The folder.
        folder: PathBuf,
        /// The address of the site that is there.
        is: String,
        /// The address of the site that was to be published.
        wanted: String,
    },
    /// A file that Candor did not write stands where one is to be written.
    #[error("`{path}` is in the way: Candor did not write it; move it away")]
    InTheWay {
        /// The file.
        path: PathBuf,
    },
    /// A route that would leave the folder.
    #[error("`{path}` is not a path inside the published folder")]
    Outside {
        /// The route's path.
        path: String,
    },
    /// What was found only when the pages were made, of all pages.
    #[error("a page could not be made")]
    Pages(Vec<Diagnostic>),
    /// The disk failed.
    #[error("`{path}`: {error}")]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// Adds the path to a failure of the disk.
pub(super) trait At<T> {
    fn at(self, path: &Path) -> Result<T, PublishError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path) -> Result<T, PublishError> {
        self.map_err(|error| PublishError::Disk { path: path.to_owned(), error })
    }
}
