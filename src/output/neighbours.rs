//! What a folder, those above it and those in it are for, by their manifests.

use std::fs;
use std::path::{Path, PathBuf};

use super::FolderKind;
use super::error::{At, PublishError};
use super::{manifest, system};

/// Refuses a folder that is for something else, lies in one that is, or holds one. `named` is the folder as the user
/// calls it.
pub(super) fn refuse_other(folder: &Path, named: &Path, wanted: FolderKind) -> Result<(), PublishError> {
    // By where it really is: a link may lead into a folder of another kind.
    let real = system::existing(folder);
    let below = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let below = below.filter(|path| path.symlink_metadata().is_ok_and(|meta| meta.is_dir()));
    let all: Vec<PathBuf> = real.ancestors().map(Path::to_owned).chain(below).collect();
    for other in all {
        // What cannot be read above a folder says nothing about it.
        let found =
            if other == real { manifest::read(&other).at(named)? } else { manifest::read(&other).ok().flatten() };
        let kind = found.and_then(|manifest| manifest.kind).filter(|kind| *kind != wanted);
        if let Some(kind) = kind {
            let target = named.to_owned();
            return Err(PublishError::OtherKind {
                folder: other,
                is: kind.described(),
                wanted: wanted.described(),
                target,
            });
        }
    }
    Ok(())
}
