//! The list of the files that Candor made, kept in the published folder, and what the folder is for.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use super::{FolderKind, FolderOwner};
use crate::files;

/// The manifest's file name.
pub(super) const NAME: &str = ".candor-manifest";

/// The first line of every manifest. Then come the folder's kind, the address of its site and the paths, each a string of JSON, since the name of
/// a file may hold a line end.
const HEAD: &str = "candor manifest 3";

/// The first line of manifests that do not say of which site the folder is.
const WITHOUT_SITE: &str = "candor manifest 2";

/// The first line of manifests that do not say what the folder is for, with paths as they are.
const WITHOUT_KIND: &str = "candor manifest 1";

/// What an earlier build has left in a folder.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// None where no build has said it.
    pub(super) kind: Option<FolderKind>,
    /// The address of the public site; empty where no build has said it.
    pub(super) site: String,
    pub(super) paths: BTreeSet<String>,
}

/// The folder's manifest, if it has one.
pub(super) fn read(folder: &Path) -> io::Result<Option<Manifest>> {
    read_file(&folder.join(NAME))
}

/// The manifest in a file, if there is one.
pub(super) fn read_file(path: &Path) -> io::Result<Option<Manifest>> {
    match fs::read(path) {
        // A line that is no text names no route, and a file that it does not name is left alone.
        Ok(bytes) => Ok(parse(&String::from_utf8_lossy(&bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The files that a manifest lists, for tests that write one by hand; none if it is no manifest.
#[doc(hidden)]
pub fn listed(bytes: &[u8]) -> Option<BTreeSet<String>> {
    parse(&String::from_utf8_lossy(bytes)).map(|manifest| manifest.paths)
}

fn parse(text: &str) -> Option<Manifest> {
    let mut lines = text.lines();
    // A manifest that somebody edited must not reach outside the folder.
    let inside = |paths: &mut dyn Iterator<Item = String>| paths.filter(|path| is_inside(path)).collect();
    match lines.next()? {
        head @ (HEAD | WITHOUT_SITE) => {
            let mut lines = lines.filter_map(|line| serde_json::from_str::<String>(line).ok());
            let kind = lines.next().and_then(|word| FolderKind::of_word(&word));
            let site = if head == HEAD { lines.next().unwrap_or_default() } else { String::new() };
            Some(Manifest { kind, site, paths: inside(&mut lines) })
        }
        WITHOUT_KIND => Some(Manifest { paths: inside(&mut lines.map(str::to_owned)), ..Manifest::default() }),
        _ => None,
    }
}

/// Writes the manifest of a folder into a file, unless it says the same already.
pub(super) fn write<'a>(file: &Path, owner: &'a FolderOwner, paths: impl Iterator<Item = &'a str>) -> io::Result<()> {
    let mut text = format!("{HEAD}\n");
    for line in [owner.kind.word(), &owner.site].into_iter().chain(paths) {
        text += &serde_json::to_string(line)?;
        text.push('\n');
    }
    if fs::read(file).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    // Synced, although pages need not be: with an empty manifest the folder would be somebody else's.
    files::stage(file, text.as_bytes())?.replace()
}

/// Whether a path stays inside the folder it is relative to.
pub(super) fn is_inside(path: &str) -> bool {
    !path.contains(['\\', '\0', ':']) && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_name_comes_back_as_it_was(paths in proptest::collection::btree_set("[^/\\\\:\0]{1,8}", 0..8)) {
            let folder = tempfile::tempdir().unwrap();
            let paths: BTreeSet<String> = paths.into_iter().filter(|path| is_inside(path)).collect();
            let owner = FolderOwner { kind: FolderKind::Wiki, site: "https://status.example.org/".to_owned() };
            write(&folder.path().join(NAME), &owner, paths.iter().map(String::as_str)).unwrap();
            let read = read(folder.path()).unwrap().unwrap();
            prop_assert_eq!((read.kind, read.site, read.paths), (Some(FolderKind::Wiki), owner.site, paths));
        }

        #[test]
        fn any_bytes_are_read_and_lead_nowhere_outside(bytes in any::<Vec<u8>>(), is_headed in any::<bool>()) {
            let text = if is_headed { format!("{HEAD}\n{}", String::from_utf8_lossy(&bytes)) } else { String::from_utf8_lossy(&bytes).into() };
            prop_assert!(parse(&text).is_none_or(|read| read.paths.iter().all(|path| is_inside(path))));
        }
    }
}
