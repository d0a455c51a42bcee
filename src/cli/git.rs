//! Git: how it is run, and when each postmortem was first committed.
//!
//! What it knows of the content is a help and never a condition: without git, outside of a repository, or where the
//! history has been cut off, nothing is known, and the site is built all the same.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::source::Source;
use crate::time::Time;

/// The revision that the work tree is based on.
pub(super) const HEAD: &str = "HEAD";

const FOLDER: &str = "content/postmortems";
/// Begins what `FORMAT` prints of a commit; no path or status begins with it.
pub(super) const COMMIT: char = '\u{1e}';
pub(super) const FORMAT: &str = "--format=%x1e%cI%x1f%D";

/// What git prints when it is run in `folder`, or why it failed.
pub(super) fn git(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    git_with(folder, arguments, &[], &[]).map(|printed| String::from_utf8_lossy(&printed).into_owned())
}

/// As [`git`], with an environment and a standard input of its own; paths in what it prints may be no text.
pub(super) fn git_with(
    folder: &Path,
    arguments: &[&str],
    environment: &[(&str, &Path)],
    input: &[u8],
) -> Result<Vec<u8>, String> {
    let output = run(folder, arguments, environment, input);
    let output = output.map_err(|error| format!("git cannot be started: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = [output.stderr, output.stdout].concat();
    let said = String::from_utf8_lossy(&said).trim().replace('\n', "; ");
    Err(if said.is_empty() {
        format!("git {} failed: {}", arguments[0], output.status)
    } else {
        format!("git: {said}")
    })
}

/// The one place that starts git. Not a library such as `gix`: what a checkout holds and what a commit may do is decided
/// by filters, hooks and settings, which are those of the git that is there.
fn run(folder: &Path, arguments: &[&str], environment: &[(&str, &Path)], input: &[u8]) -> io::Result<Output> {
    let mut command = Command::new("git");
    // What only reads runs no program that a repository names in its settings; a commit is the user's own, with its hooks.
    let quiet: &[&str] = if arguments.first() == Some(&"commit") { &[] } else { &["-c", "core.hooksPath=/dev/null"] };
    command.args(["-c", "core.fsmonitor=false"]).args(quiet);
    command.args(without_filters(folder, arguments));
    // Of a clone without all objects none is fetched: that would ask a server, by a program of the repository's choice.
    command.env("GIT_NO_LAZY_FETCH", "1");
    command.arg("-C").arg(folder).arg("--no-pager").args(arguments).envs(environment.iter().copied());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // Git may end without reading all of it; then its own words say why.
        let _ = stdin.write_all(input);
    }
    child.wait_with_output()
}

/// Settings that take the filters away which the repository itself sets up: a filter is a program that git starts for a file.
/// Those of the user's own settings stay, as Git LFS is set up by most.
fn without_filters(folder: &Path, arguments: &[&str]) -> Vec<String> {
    const FILTERING: [&str; 3] = ["checkout-index", "diff", "status"];
    if !arguments.first().is_some_and(|first| FILTERING.contains(first)) {
        return Vec::new();
    }
    let listed = |scope: &str| {
        let words = ["config", scope, "--includes", "--name-only", "-z", "--get-regexp", r"^filter\."];
        git(folder, &words).unwrap_or_default()
    };
    let (local, tree) = (listed("--local"), listed("--worktree"));
    let names = local.split('\0').chain(tree.split('\0')).filter(|name| !name.is_empty());
    let off = names.map(|name| format!("{name}={}", if name.ends_with(".required") { "false" } else { "" }));
    off.flat_map(|setting| ["-c".to_owned(), setting]).collect()
}

/// When each postmortem was first committed in the history of `revision`, by its path from the site's folder.
pub(super) fn first_commits(folder: &Path, source: &Source, revision: &str) -> BTreeMap<String, Time> {
    let is_needed = source.under(&format!("{FOLDER}/")).next().is_some();
    is_needed.then(|| log(folder, revision, FOLDER)).flatten().map(|log| read(&log)).unwrap_or_default()
}

/// When each file of `folder` was first committed, by its path from there.
pub(super) fn first_commits_of_all(folder: &Path) -> BTreeMap<String, Time> {
    log(folder, HEAD, ".").map(|log| read(&log)).unwrap_or_default()
}

/// The files of the content that are not as they were where this branch left `revision`: what its commits changed, what is
/// not committed yet, and new files; by their paths from the site's folder.
pub(super) fn changed_since(folder: &Path, revision: &str) -> Result<BTreeSet<String>, String> {
    if revision.starts_with('-') {
        return Err("this is no revision".to_owned());
    }
    let commit = format!("{revision}^{{commit}}");
    let commit = git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])
        .map_err(|why| if why.starts_with("git: ") { why } else { "git knows no such revision".to_owned() })?;
    let commit = commit.trim();
    // Of a history that was cut off the place of leaving may not be there.
    let base = git(folder, &["merge-base", commit, "HEAD"]).unwrap_or_else(|_| commit.to_owned());
    let what = ["diff", "--name-only", "--relative", "--no-renames", "--no-ext-diff", "--no-color", "-z"];
    let changed = git(folder, &[&what[..], &[base.trim(), "--", "content"]].concat())?;
    let new = git(folder, &["ls-files", "--others", "--exclude-standard", "-z", "--", "content"])?;
    let paths = changed.split('\0').chain(new.split('\0'));
    Ok(paths.filter(|path| !path.is_empty()).map(str::to_owned).collect())
}

/// One line of git's history after the other, oldest first; none if git cannot tell.
fn log(folder: &Path, revision: &str, path: &str) -> Option<String> {
    let settings = ["-c", "log.follow=false", "-c", "core.fsmonitor=false"];
    let order = ["log", "--reverse", "--topo-order", "--no-show-signature", "--no-ext-diff", "--no-color"];
    let what = ["-M", "--diff-filter=AR", "--name-status", "--relative", "-z", FORMAT, revision, "--", path];
    git(folder, &[&settings[..], &order, &what].concat()).ok()
}

/// The first commit of each path. A file that was renamed keeps its time. Where a shallow clone
/// begins, every file looks new, so that commit says nothing.
fn read(log: &str) -> BTreeMap<String, Time> {
    let mut first: BTreeMap<String, Option<Time>> = BTreeMap::new();
    let mut at = None;
    let mut fields = log.split('\0').map(str::trim_start);
    while let Some(field) = fields.next() {
        if let Some(commit) = field.strip_prefix(COMMIT) {
            at = time_of(commit);
        } else if field.starts_with('A') {
            fields.next().map(|path| first.entry(path.to_owned()).or_insert(at));
        } else if field.starts_with('R') {
            let (old, new) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
            let known = first.get(old).copied().unwrap_or(at);
            first.entry(new.to_owned()).or_insert(known);
        }
    }
    first.into_iter().filter_map(|(path, at)| Some((path, at?))).collect()
}

/// The time of a commit, unless history was cut off below it.
pub(super) fn time_of(commit: &str) -> Option<Time> {
    let (time, names) = commit.split_once('\u{1f}')?;
    let is_cut = names.split(", ").any(|name| name == "grafted");
    Time::parse(time).ok().filter(|_| !is_cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(log: &str) -> Vec<(String, String)> {
        read(log).into_iter().map(|(path, time)| (path, time.rfc3339())).collect()
    }

    #[test]
    fn the_first_commit_wins_and_a_rename_keeps_it() {
        let log = "\u{1e}2026-01-02T10:00:00+01:00\u{1f}\0\nA\0x/a.md\0A\0x/b.md\0\u{1e}2026-02-02T00:00:00Z\u{1f}\0\
                   \nR087\0x/a.md\0x/c.md\0\u{1e}2026-03-02T00:00:00Z\u{1f}HEAD -> main\0\nA\0x/b.md\0";
        let first = "2026-01-02T09:00:00Z".to_owned();
        let expected = ["x/a.md", "x/b.md", "x/c.md"].map(|path| (path.to_owned(), first.clone()));
        assert_eq!(times(log), expected);
    }

    #[test]
    fn where_history_was_cut_off_nothing_is_known() {
        let log = "\u{1e}2026-01-02T00:00:00Z\u{1f}grafted\0\nA\0x/a.md\0\u{1e}2026-02-02T00:00:00Z\u{1f}HEAD -> main, \
                   origin/main\0\nA\0x/a.md\0A\0x/b.md\0";
        assert_eq!(times(log), [("x/b.md".to_owned(), "2026-02-02T00:00:00Z".to_owned())]);
        assert!(times("").is_empty());
    }
}
