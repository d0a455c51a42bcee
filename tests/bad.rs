//! Holds every report of a fault: each file of `tests/bad` is a tiny site, and all that `candor check` says about it.
//! `SNAPSHOTS=overwrite` rewrites the reports.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::support::{self, Case, TempFolder, report};
use candor::pipeline::Options;
use candor::source::{LARGEST_TEXT, Source};
use snapbox::{Assert, Data, IntoData};

#[test]
fn every_fault_is_reported_with_its_place_and_its_repair() {
    let mut failures = String::new();
    for case in Case::all() {
        let folder = TempFolder::new();
        case.files.iter().for_each(|(path, bytes)| folder.write(path, bytes));
        add_what_git_should_not_hold(&case.name, &folder);
        let begun = Instant::now();
        let actual = report(&Source::read(folder.path()).expect("a readable folder"));
        failures += &differences(&case, &actual);
        if begun.elapsed() > Duration::from_secs(10) {
            failures += &format!("{}: it took {} s\n", case.name, begun.elapsed().as_secs());
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

fn differences(case: &Case, actual: &str) -> String {
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        case.accept(actual);
        return String::new();
    }
    let expected = Data::text(case.report.clone()).raw();
    let compared = Assert::new().try_eq(Some(&case.name), actual.into_data().raw(), expected);
    compared.err().map(|error| format!("{error}\n")).unwrap_or_default()
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

/// All faults of a file cost one more walk over it. When each had one of its own, four times as many took sixteen times as
/// long. Times are compared with each other and not with a clock: how fast a machine is, and what else it does, is not held.
#[test]
fn the_time_to_place_the_faults_of_one_file_grows_as_their_number_and_no_faster() {
    let quickest = |count| (0..3).map(|_| time_to_place(count)).min().expect("three times");
    let (some, four_times) = (quickest(150), quickest(600));
    assert!(four_times < some * 9, "150 of each took {some:?}, 600 of each {four_times:?}");
}

/// The same for words that customers can do nothing with, of which one update may hold thousands.
#[test]
fn the_time_to_place_what_the_rules_of_wording_find_grows_as_their_number_and_no_faster() {
    let time = |count: usize| {
        let hosts: String = (0..count)
            .map(|n| format!("soon https://h{n}.internal.example.org/a <!-- candor: off X{n} --> "))
            .collect();
        let incident = format!(
            "title: Slow\nupdates:\n- at: {}\n  status: investigating\n  components: {{ api: degraded_performance }}\n  \
             body: 'We fix it {hosts}'\n",
            support::now().rfc3339()
        );
        let files = [("content/site.yaml", support::SITE.to_owned()), ("content/incidents/many.yaml", incident)];
        let source = Source::from_files(files);
        let begun = Instant::now();
        let faults = candor::pipeline::build(&source, &Options::at(support::now())).diagnostics;
        assert!(faults.iter().any(|fault| fault.message.contains("`h1.internal`")));
        begun.elapsed()
    };
    let quickest = |count| (0..3).map(|_| time(count)).min().expect("three times");
    let (some, four_times) = (quickest(700), quickest(2800));
    assert!(four_times < some * 9, "700 took {some:?}, 2,800 {four_times:?}");
}

/// How long it takes to find so many faults in a file of wrong words, one of wrong links, and one of a single long line.
fn time_to_place(count: usize) -> Duration {
    let updates = (0..count)
        .map(|n| format!("  - {{ at: 2026-03-02T15:04Z, status: resolvd, body: Word {n}., x{n}: y }}\n"))
        .collect::<String>();
    let in_lines: String = (0..count).map(|n| format!("See [it](/incidents/none-{n}/) and more.\n")).collect();
    let more = "and more ".repeat(20);
    let in_one: String = (0..count).map(|n| format!("See [it](/incidents/none-{n}/) {more}")).collect();
    let incident = "title: Slow\nupdates: [{ at: 2026-03-02T15:04Z, status: resolved, body: It was slow. }]";
    let files = [
        ("content/site.yaml", support::SITE.to_owned()),
        ("content/incidents/many.yaml", format!("title: Slow\nupdates:\n{updates}")),
        ("content/incidents/links.md", format!("---\n{incident}\n---\n{in_lines}")),
        ("content/incidents/wide.md", format!("---\n{incident}\n---\n{in_one}\n")),
    ];
    let source = Source::from_files(files);
    let begun = Instant::now();
    let faults = candor::pipeline::build(&source, &Options::at(support::now())).diagnostics;
    let taken = begun.elapsed();
    let places: BTreeSet<_> = faults
        .iter()
        .filter_map(|fault| fault.place.as_ref())
        .map(|place| (&place.path, place.line, place.column))
        .collect();
    assert_eq!((faults.len(), places.len()), (4 * count, 4 * count), "each has its own place");
    taken
}
