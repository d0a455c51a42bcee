//! What git knows of a site that a build depends on: the versions of the files of entries, and when postmortems came.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::git::{COMMIT, FORMAT, HEAD, first_commits, git, git_with, time_of};
use crate::pipeline::Options;
use crate::source::Source;
use crate::time::Time;

/// What customers may see change without an update that says so.
const FOLDERS: [&str; 3] = ["content/incidents", "content/maintenance", "content/announcements"];
const MAINTENANCE: &str = "content/maintenance/";

type Versions<T> = BTreeMap<String, Vec<(Time, T)>>;

/// Everything as by default at `now`, and what git knows of the site in `folder`.
pub(super) fn options(folder: &Path, source: &Source, now: Time) -> Options {
    options_of(folder, source, HEAD, now)
}

/// The same by the history of `revision`.
pub(super) fn options_of(folder: &Path, source: &Source, revision: &str, now: Time) -> Options {
    let (versions, removed) = versions(folder, source, revision);
    Options { committed: first_commits(folder, source, revision), versions, removed, ..Options::at(now) }
}

/// Each version of every file, oldest first, by its path from the site's folder, and when the files of maintenance were removed
/// that are not there. Where history was cut off, the first that is there counts as the oldest. Nothing where git cannot
/// tell.
fn versions(folder: &Path, source: &Source, revision: &str) -> (Versions<Arc<[u8]>>, BTreeMap<String, Time>) {
    let history = |way: &[&str]| log(folder, revision, way).map(|log| read(&log)).unwrap_or_default();
    let is_gone = |path: &String| source.get(path).is_none() && path.starts_with(MAINTENANCE);
    let History { versions: mut blobs, mut removed } = history(&[]);
    removed.retain(|path, _| is_gone(path));
    if !removed.is_empty() {
        // What came and went on a branch was never published, and what went there was published until it was merged.
        removed = history(&["--first-parent", "-m"]).removed;
        removed.retain(|path, _| is_gone(path));
    }
    blobs.retain(|path, _| source.get(path).is_some() || removed.contains_key(path));
    let unknown = blobs.iter().filter(|(path, versions)| versions.len() > 1 || removed.contains_key(*path));
    let names: BTreeSet<&str> = unknown.flat_map(|(_, versions)| versions).map(|(_, blob)| &**blob).collect();
    let bytes = contents(folder, &names.into_iter().collect::<Vec<_>>());
    let versions = blobs.iter().map(|(path, versions)| {
        // What has one version has it at hand.
        let only = source.get(path).filter(|_| versions.len() == 1);
        let bytes = |blob: &str| only.or_else(|| bytes.get(blob)).map(Arc::clone);
        (path.clone(), versions.iter().filter_map(|(at, blob)| Some((*at, bytes(blob)?))).collect())
    });
    (versions.collect(), removed)
}

/// One commit after the other, oldest first, each with the files that it left and their blobs. `way` says which commits.
fn log(folder: &Path, revision: &str, way: &[&str]) -> Option<String> {
    let settings = ["-c", "log.follow=false", "-c", "core.fsmonitor=false"];
    let order = ["log", "--reverse", "--topo-order", "--no-show-signature", "--no-ext-diff", "--no-color"];
    let what = ["-M", "--diff-filter=AMRD", "--raw", "--no-abbrev", "--relative", "-z", FORMAT, revision, "--"];
    git(folder, &[&settings[..], &order, way, &what, &FOLDERS].concat()).ok()
}

/// What git tells of files.
#[derive(Default)]
struct History {
    /// The blobs of each path, with their commits, also of those that were removed.
    versions: Versions<String>,
    /// When those were.
    removed: BTreeMap<String, Time>,
}

/// A file that was renamed keeps the blobs of its old name, and one that comes back those that it had. Times never fall.
fn read(log: &str) -> History {
    let History { versions: mut found, mut removed } = History::default();
    let mut at = Time::from_millis(0);
    let mut fields = log.split('\0').map(str::trim_start);
    while let Some(field) = fields.next() {
        if let Some(commit) = field.strip_prefix(COMMIT) {
            at = time_of(commit).or_else(|| cut_off(commit)).map_or(at, |time| time.max(at));
            continue;
        }
        // `:100644 100644 OLD NEW M`
        let parts: Vec<&str> = field.trim_start_matches(':').split(' ').collect();
        let [_, _, _, blob, status] = parts[..] else { continue };
        let old = fields.next().unwrap_or_default();
        let path = if status.starts_with('R') { fields.next().unwrap_or_default() } else { old };
        if status == "D" {
            removed.insert(old.to_owned(), at);
            continue;
        }
        removed.remove(path);
        let mut versions = found.remove(old).unwrap_or_default();
        versions.push((at, blob.to_owned()));
        found.insert(path.to_owned(), versions);
    }
    History { versions: found, removed }
}

/// The time of a commit below which history was cut off.
fn cut_off(commit: &str) -> Option<Time> {
    Time::parse(commit.split('\u{1f}').next()?).ok()
}

/// What these blobs hold, by their names.
fn contents(folder: &Path, names: &[&str]) -> BTreeMap<String, Arc<[u8]>> {
    /// So many names fit into a pipe: git may wait for somebody to read what it prints before it reads on.
    const AT_ONCE: usize = 300;
    let mut found = BTreeMap::new();
    for names in names.chunks(AT_ONCE) {
        let asked: String = names.iter().map(|name| format!("{name}\n")).collect();
        let printed = git_with(folder, &["cat-file", "--batch"], &[], asked.as_bytes()).unwrap_or_default();
        let mut rest = &printed[..];
        // `NAME blob SIZE`, a line break, the bytes, a line break; `NAME missing` for what is not there.
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let head = String::from_utf8_lossy(&rest[..end]).into_owned();
            rest = &rest[end + 1..];
            let mut words = head.split(' ');
            let name = words.next().unwrap_or_default();
            let size = words.nth(1).and_then(|size| size.parse::<usize>().ok());
            let Some(size) = size.filter(|size| *size < rest.len()) else { continue };
            found.insert(name.to_owned(), rest[..size].into());
            rest = &rest[size + 1..];
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_version_has_its_commit_and_a_rename_keeps_them() {
        let log = "\u{1e}2026-01-02T10:00:00+01:00\u{1f}\0\n:000000 100644 0 a1 A\0x/a.md\0:000000 100644 0 b1 A\0x/b.md\0\
                   \u{1e}2026-01-03T00:00:00Z\u{1f}\0\n:100644 100644 a1 a2 M\0x/a.md\0\
                   \u{1e}2026-01-01T00:00:00Z\u{1f}HEAD -> main\0\n:100644 100644 a2 a3 R090\0x/a.md\0x/c.md\0";
        let History { versions: found, removed } = read(log);
        let shown = |path: &str| -> Vec<String> {
            found[path].iter().map(|(at, blob)| format!("{blob} {}", at.rfc3339())).collect()
        };
        let expected = ["a1 2026-01-02T09:00:00Z", "a2 2026-01-03T00:00:00Z", "a3 2026-01-03T00:00:00Z"];
        assert_eq!(shown("x/c.md"), expected, "the clock of a commit may be wrong");
        assert_eq!(shown("x/b.md"), ["b1 2026-01-02T09:00:00Z"]);
        assert!(!found.contains_key("x/a.md"));
        assert!(removed.is_empty());
    }

    #[test]
    fn a_file_that_was_removed_keeps_its_versions_and_one_that_is_back_is_there() {
        let log = "\u{1e}2026-01-02T10:00:00Z\u{1f}\0\n:000000 100644 0 a1 A\0x/a.md\0:000000 100644 0 b1 A\0x/b.md\0\
                   \u{1e}2026-01-03T00:00:00Z\u{1f}\0\n:100644 000000 a1 0 D\0x/a.md\0:100644 000000 b1 0 D\0x/b.md\0\
                   \u{1e}2026-01-04T00:00:00Z\u{1f}\0\n:000000 100644 0 b2 A\0x/b.md\0";
        let History { versions, removed } = read(log);
        let removed: Vec<String> = removed.iter().map(|(path, at)| format!("{path} {}", at.rfc3339())).collect();
        assert_eq!(removed, ["x/a.md 2026-01-03T00:00:00Z"]);
        assert_eq!([versions["x/a.md"].len(), versions["x/b.md"].len()], [1, 2]);
    }
}
