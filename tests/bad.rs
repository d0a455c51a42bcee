//! Holds every report of a fault: each folder of `tests/bad` is a tiny site, and its `report.txt` is all
//! that `candor check` says about it. `SNAPSHOTS=overwrite` rewrites the reports.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::support::{TempFolder, copy, report};
use candor::source::{LARGEST_TEXT, Source};
use snapbox::{Assert, Data, IntoData};

#[test]
fn every_fault_is_reported_with_its_place_and_its_repair() {
    let assert = Assert::new().action_env("SNAPSHOTS");
    let mut failures = String::new();
    for case in cases() {
        let folder = TempFolder::new();
        copy(&Path::new("tests/bad").join(&case), &folder);
        add_what_git_should_not_hold(&case, &folder);
        let begun = Instant::now();
        let actual = report(&Source::read(folder.path()).expect("a readable folder"));
        let expected = Data::read_from(&Path::new("tests/bad").join(&case).join("report.txt"), None).raw();
        if let Err(error) = assert.try_eq(Some(&case), actual.into_data().raw(), expected) {
            failures += &format!("{error}\n");
        }
        if begun.elapsed() > Duration::from_secs(10) {
            failures += &format!("{case}: it took {} s\n", begun.elapsed().as_secs());
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

fn cases() -> Vec<String> {
    let entries = fs::read_dir("tests/bad").expect("the cases").map(|entry| entry.expect("a case"));
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut cases: Vec<String> = folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    cases.sort();
    cases
}

/// Large files, and links, which not every system can check out.
fn add_what_git_should_not_hold(case: &str, folder: &TempFolder) {
    const FILE: &str = "content/incidents/labels-late.yaml";
    match case {
        "file-too-large" => folder.write(FILE, "x".repeat(LARGEST_TEXT as usize + 1)),
        "yaml-too-deep" => folder.write(FILE, "[".repeat(10_000)),
        "yaml-too-deep-blocks" => folder.write(FILE, "- ".repeat(10_000)),
        "yaml-long-line" => folder.write(FILE, format!("title: {}\nimpakt: minor\n", "slow ".repeat(20_000))),
        "yaml-long-line-at-its-end" => folder.write(FILE, format!("title: {{ {}\n", "slow: slow, ".repeat(8_000))),
        "symbolic-link" => link(&folder.path().join("content/incidents")),
        _ => {}
    }
}

#[cfg(unix)]
fn link(target: &Path) {
    std::os::unix::fs::symlink("../elsewhere", target).expect("a symbolic link");
}

#[cfg(not(unix))]
fn link(_: &Path) {}
