//! Which folders a build may write to: the wiki is never to lie in what is published, nor either in what is read.

use std::path::{Path, PathBuf};

use super::CannotRun;

/// Refuses a folder for the public site that the wiki or the content shares, holds or lies in; the same for the wiki.
pub(super) fn keep_apart(site: &Path, out: &Path, wiki: Option<&Path>) -> Result<(), CannotRun> {
    let read = ["content", "themes"].map(|name| site.join(name));
    for target in [Some(out), wiki].into_iter().flatten() {
        if let Some(read) = read.iter().find(|read| share(target, read)) {
            return Err(CannotRun(format!(
                "`{}` and `{}` share a folder: what a build writes would be read as content; give a folder beside it",
                target.display(),
                read.display()
            )));
        }
    }
    match wiki.filter(|wiki| share(out, wiki)) {
        Some(wiki) => Err(CannotRun(format!(
            "`{}` and `{}` share a folder: the internal wiki would be published; give each a folder of its own",
            out.display(),
            wiki.display()
        ))),
        None => Ok(()),
    }
}

/// Whether they are the same folder, or one lies in the other, through links too.
fn share(one: &Path, other: &Path) -> bool {
    let (one, other) = (real(one), real(other));
    one.starts_with(&other) || other.starts_with(&one)
}

/// The path without links; what does not exist yet is put below what does.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let existing = path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    let Some((above, real)) = existing else { return path };
    // `..` behind what does not exist leads back up.
    path.strip_prefix(above).into_iter().flat_map(Path::components).fold(real, |mut real, part| {
        if part == std::path::Component::ParentDir {
            real.pop();
        } else {
            real.push(part);
        }
        real
    })
}
