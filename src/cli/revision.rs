//! The content as git has it at a revision.
//!
//! Git writes the files itself, into a folder that goes away again, so that filters and line ends are those of
//! a checkout. The repository, its index and the work tree stay as they are.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{CannotRun, report};
use crate::source::{FOLDERS, Source};

/// The site in `folder` as it is at `revision` of its repository.
pub(super) fn read(folder: &Path, revision: &str) -> Result<Source, CannotRun> {
    if revision.starts_with('-') || revision.contains(':') {
        return Err(CannotRun(format!("`{revision}` is neither a folder nor a revision")));
    }
    let prefix = git(folder, &["rev-parse", "--show-prefix"], &[], None).map_err(|why| unknown(revision, &why))?;
    let tree = format!("{revision}^{{tree}}");
    git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &tree], &[], None)
        .map_err(|why| unknown(revision, &why))?;
    let tree = format!("{revision}:{}", prefix.trim_end_matches('\n'));
    let scratch = tempfile::tempdir().map_err(CannotRun::because)?;
    let files = scratch.path().join("files");
    fs::create_dir(&files).map_err(CannotRun::because)?;
    check_out(folder, &tree, scratch.path(), &files).map_err(|why| unknown(revision, &why))?;
    report::read(&files)
}

fn check_out(folder: &Path, tree: &str, scratch: &Path, files: &Path) -> Result<(), String> {
    let top = git(folder, &["rev-parse", "--show-toplevel"], &[], None)?;
    let top = Path::new(top.trim_end_matches('\n'));
    let list = git(top, &[&["ls-tree", "-r", "-z", tree], &FOLDERS[..]].concat(), &[], None)?;
    let index = [("GIT_INDEX_FILE", scratch.join("index"))];
    git(top, &["update-index", "-z", "--index-info"], &index, Some(list.as_bytes()))?;
    let target = format!("--prefix={}/", files.display());
    git(top, &["checkout-index", "--all", "--force", "--quiet", &target], &index, None)?;
    Ok(())
}

fn unknown(revision: &str, why: &str) -> CannotRun {
    let why = why.trim();
    let why = if why.is_empty() { "git knows no such revision" } else { why };
    CannotRun(format!("`{revision}` is no folder, and as a revision it cannot be read: {why}"))
}

/// What git prints, or why it failed.
fn git(folder: &Path, arguments: &[&str], index: &[(&str, PathBuf)], input: Option<&[u8]>) -> Result<String, String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments).envs(index.iter().map(|(name, path)| (name, path)));
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("git does not run: {error}"))?;
    if let (Some(mut stdin), Some(input)) = (child.stdin.take(), input) {
        stdin.write_all(input).map_err(|error| error.to_string())?;
    }
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    match output.status.success() {
        true => String::from_utf8(output.stdout).map_err(|_| "git printed a path that is not UTF-8".to_owned()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}
