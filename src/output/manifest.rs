//! The list of the files that Candor made, kept in the published folder.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use crate::files;

/// The manifest's file name.
pub(super) const NAME: &str = ".candor-manifest";

/// The first line of every manifest.
const HEAD: &str = "candor manifest 1";

/// The paths listed in the folder's manifest; none if it has no manifest.
pub(super) fn read(folder: &Path) -> io::Result<Option<BTreeSet<String>>> {
    let bytes = match fs::read(folder.join(NAME)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    // A line that is no text names no route, and a file that it does not name is left alone.
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines();
    if lines.next() != Some(HEAD) {
        return Ok(None);
    }
    // A manifest that somebody edited must not reach outside the folder.
    Ok(Some(lines.filter(|path| is_inside(path)).map(str::to_owned).collect()))
}

/// Replaces the folder's manifest, unless it says the same already.
pub(super) fn write<'a>(folder: &Path, paths: impl Iterator<Item = &'a str>) -> io::Result<()> {
    let mut text = format!("{HEAD}\n");
    for path in paths {
        text += path;
        text.push('\n');
    }
    let target = folder.join(NAME);
    if fs::read(&target).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    // Synced, although pages are not: with an empty manifest the folder would be somebody else's.
    files::stage(&target, text.as_bytes())?.replace()
}

/// Whether a path stays inside the folder it is relative to.
pub(super) fn is_inside(path: &str) -> bool {
    !path.contains(['\\', '\0', ':']) && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}
