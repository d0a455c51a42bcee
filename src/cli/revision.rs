//! The content as git has it at a revision.
//!
//! Git writes the files itself, into a folder that goes away again, so that filters and line ends are those of
//! a checkout. The repository, its index and the work tree stay as they are.

use std::fs;
use std::path::Path;

use super::git::{git, git_with};
use super::{CannotRun, print};
use crate::source::{FOLDERS, Source};

/// The site in `folder` as it is at `revision` of its repository.
pub(super) fn read(folder: &Path, revision: &str) -> Result<Source, CannotRun> {
    if !is_name(revision) {
        return Err(CannotRun(format!("`{revision}` is neither a folder nor a revision")));
    }
    let prefix = git(folder, &["rev-parse", "--show-prefix"]).map_err(|why| unknown(revision, &why))?;
    object(folder, revision, "tree").map_err(|_| unknown(revision, "git knows no such revision"))?;
    let tree = format!("{revision}:{}", prefix.trim_end_matches('\n'));
    let scratch = tempfile::tempdir().map_err(CannotRun::because)?;
    let files = scratch.path().join("files");
    fs::create_dir(&files).map_err(CannotRun::because)?;
    check_out(folder, &tree, scratch.path(), &files).map_err(|why| unknown(revision, &why))?;
    print::read(&files)
}

/// The whole name of the commit that `revision` means at this moment.
pub(super) fn commit(folder: &Path, revision: &str) -> Result<String, CannotRun> {
    let commit = if is_name(revision) { object(folder, revision, "commit") } else { Err("this is none".to_owned()) };
    let why = |why: String| if why.starts_with("git: ") { why } else { "git knows no such commit".to_owned() };
    commit.map_err(|cause| CannotRun(format!("cannot build the revision `{revision}`: {}", why(cause))))
}

/// Whether git takes it for a revision, and neither for an option nor for a file of one.
fn is_name(revision: &str) -> bool {
    !revision.starts_with('-') && !revision.contains(':')
}

/// The whole name of the object of this kind that `revision` leads to.
fn object(folder: &Path, revision: &str, kind: &str) -> Result<String, String> {
    let wanted = format!("{revision}^{{{kind}}}");
    let name = git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])?;
    Ok(name.trim().to_owned())
}

fn check_out(folder: &Path, tree: &str, scratch: &Path, files: &Path) -> Result<(), String> {
    let top = git(folder, &["rev-parse", "--show-toplevel"])?;
    let top = Path::new(top.trim_end_matches('\n'));
    let list = git_with(top, &[&["ls-tree", "-r", "-z", tree], &FOLDERS[..]].concat(), &[], &[])?;
    // The user's own index may hold what is about to be committed.
    let index = scratch.join("index");
    let index = [("GIT_INDEX_FILE", &*index)];
    git_with(top, &["update-index", "-z", "--index-info"], &index, &list)?;
    let target = format!("--prefix={}/", files.display());
    git_with(top, &["checkout-index", "--all", "--force", "--quiet", &target], &index, &[])?;
    Ok(())
}

fn unknown(revision: &str, why: &str) -> CannotRun {
    CannotRun(format!("`{revision}` is no folder, and as a revision it cannot be read: {why}"))
}
