//! Collections of postmortems become reports of Candor, with every duration that their authors state and
//! no other.

#![expect(clippy::disallowed_methods, reason = "the tests write and read collections as their authors do")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use candor::diagnostic::Severity;
use candor::import::{CollectionOptions, ImportError, Imported, postmortems};
use candor::pipeline::{self, Options};
use candor::source::Source;
use candor::time::Time;
use proptest::prelude::*;

use super::{Scratch, noted, snapshot, text};
use crate::support::{cases, importer};

/// A real collection, where it is at hand.
const REAL: &str = "../shared/data/dfds-postmortems";

/// The layouts of reports, a folder each.
const LAYOUTS: [&str; 4] = ["sections", "labels", "template", "keys"];

fn fixtures(layout: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/postmortems").join(layout)
}

/// The faults that Candor finds in an imported site.
fn faults(imported: &Imported) -> Vec<(Severity, String)> {
    let source = Source::from_files(imported.files.iter().map(|(path, bytes)| (path.clone(), bytes.clone())));
    let build = pipeline::build(&source, &Options::at(Time::parse("2026-11-22T12:00Z").unwrap()));
    build.diagnostics.iter().map(|fault| (fault.severity, format!("{:?}: {}", fault.place, fault.message))).collect()
}

fn assert_no_errors(imported: &Imported) {
    let errors: Vec<_> = faults(imported).into_iter().filter(|(severity, _)| *severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

fn options() -> CollectionOptions<'static> {
    CollectionOptions { new_site: Some("Reports"), ..CollectionOptions::default() }
}

/// A collection of one report.
fn one(name: &str, report: &str) -> Imported {
    let imported = postmortems(&BTreeMap::from([(name.to_owned(), report.as_bytes().to_vec())]), &options());
    assert_no_errors(&imported);
    imported
}

#[test]
fn every_layout_and_oddity_comes_over_as_recorded() {
    for layout in LAYOUTS {
        let target = Scratch::new(&format!("postmortems-{layout}"));
        let imported = importer("postmortems").import(&fixtures(layout), None, target.path()).unwrap();
        assert_no_errors(&imported);
        let files =
            imported.files.iter().map(|(path, bytes)| format!("==> {path}\n{}\n", String::from_utf8_lossy(bytes)));
        let notes = imported.notes.iter().map(|note| {
            let line = note.line.map(|line| format!(":{line}")).unwrap_or_default();
            format!("{}{line}: {}\n", note.path, note.message)
        });
        snapshot(&format!("postmortems/{layout}.txt"), files.chain(notes).collect());
    }
}

#[test]
fn stated_durations_come_out_as_stated() {
    let report = "# A\n\n## Timeline\n\nAll times in UTC.\n\n| Time | Event |\n|--|--|\n| 2024-05-06 8:40 | a |\n| 2024-05-06 9:40 | b |\n| 2024-05-06 9:45 | c |\n| 2024-05-06 10:40 | d |\n\n";
    let stats = |detection: &str, recovery: &str| {
        let imported = one(
            "PM2024-001 - A.md",
            &format!("{report}## Stats\n\n- Time to detection: {detection}\n- Time to recovery: {recovery}\n"),
        );
        let file = text(&imported, "content/postmortems/2024/pm2024-001-a.md").to_owned();
        let end = file.find("---\n\n").unwrap();
        file[file.find("marks:\n").unwrap() + 7..end].to_owned()
    };
    assert_eq!(
        stats("5 minutes", "1 hour"),
        "  started: 2024-05-06T09:40Z\n  detected: 2024-05-06T09:45Z\n  resolved: 2024-05-06T10:40Z\n"
    );
    assert_eq!(
        stats("0 minutes", "2 hours"),
        "  started: 2024-05-06T08:40Z\n  detected: 2024-05-06T08:40Z\n  resolved: 2024-05-06T10:40Z\n"
    );
    assert_eq!(stats("?", "N/A"), "  started: 2024-05-06T08:40Z\n  precision:\n    started: estimated\n");
    assert_eq!(
        stats("7 minutes", "19 minutes"),
        "  started: 2024-05-06T08:40Z\n  detected: 2024-05-06T08:47Z\n  resolved: 2024-05-06T08:59Z\n  precision:\n    started: estimated\n"
    );
    // A detection after the recovery cannot be a mark; the text keeps it.
    assert_eq!(stats("2 hours", "1 hour"), "  started: 2024-05-06T08:40Z\n  resolved: 2024-05-06T09:40Z\n");
}

#[test]
fn durations_without_any_time_stay_in_the_text() {
    let imported = one("PM2024-001 - A.md", "# A\n\n## Stats\n\n- Time to detection: 5 minutes\n");
    let file = text(&imported, "content/postmortems/2024/pm2024-001-a.md");
    assert!(!file.contains("marks:") && file.contains("## Stats\n\n- Time to detection: 5 minutes\n"), "{file}");
    assert!(noted(&imported, "nothing says when it began"));
}

#[test]
fn of_two_reports_with_one_id_the_second_is_called_by_its_name() {
    let files =
        ["PM2024-001 - A.md", "PM2024-001 - B.md"].map(|name| (name.to_owned(), b"# A\n\n## Summary\n\nB\n".to_vec()));
    let imported = postmortems(&BTreeMap::from(files), &options());
    assert_no_errors(&imported);
    assert!(!text(&imported, "content/postmortems/2024/pm2024-001-b.md").contains("\nid:"));
    assert!(noted(&imported, "another postmortem has the same id"));
}

#[test]
fn importing_again_changes_nothing_and_edits_are_safe() {
    let target = Scratch::new("postmortems-again");
    let first = importer("postmortems").import(&fixtures("sections"), None, target.path()).unwrap();
    let again = importer("postmortems").import(&fixtures("sections"), None, target.path()).unwrap();
    let reports = |imported: &Imported| {
        imported
            .files
            .iter()
            .filter(|(path, _)| path.contains("/postmortems/"))
            .map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(reports(&first), reports(&again));
    let (path, _) = &reports(&first)[0];
    fs::write(target.path().join(path), "mine").unwrap();
    importer("postmortems").import(&fixtures("sections"), None, target.path()).unwrap();
    assert_eq!(fs::read(target.path().join(path)).unwrap(), b"mine");
}

#[test]
fn a_site_that_is_there_gets_the_reports_alone() {
    let target = Scratch::new("postmortems-beside");
    let site = target.path().join("content/site.yaml");
    fs::create_dir_all(site.parent().unwrap()).unwrap();
    fs::write(&site, "name: Mine\n").unwrap();
    let imported = importer("postmortems").import(&fixtures("labels"), None, target.path()).unwrap();
    assert_eq!(fs::read(&site).unwrap(), b"name: Mine\n");
    assert!(imported.files.keys().all(|path| path.starts_with("content/postmortems/")));
    assert!(!noted(&imported, "site.yaml"));
}

#[test]
fn a_folder_without_reports_is_refused() {
    let empty = Scratch::new("postmortems-none");
    fs::write(empty.path().join("README.md"), "# Nothing\n").unwrap();
    fs::write(empty.path().join("lamp.md"), "# Lamp\n\nIt was dark.\n").unwrap();
    let target = Scratch::new("postmortems-none-out");
    let refused = importer("postmortems").import(empty.path(), None, target.path());
    assert!(matches!(refused, Err(ImportError::Nothing { .. })), "{refused:?}");
    let said = refused.unwrap_err().to_string();
    assert!(said.contains("\n  README.md: it tells about the collection"), "{said}");
    assert!(said.contains("\n  lamp.md: it names no day"), "{said}");
    assert!(!target.path().join("content").exists());
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn a_real_collection_comes_over_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(REAL);
    if !root.is_dir() {
        eprintln!("skipped: {} is not here", root.display());
        return;
    }
    let target = Scratch::new("postmortems-real");
    let imported = importer("postmortems").import(&root, None, target.path()).unwrap();
    assert_no_errors(&imported);
    assert_eq!(imported.summary.postmortems, 39);
    let (mut detections, mut recoveries) = (0, 0);
    for entry in fs::read_dir(&root).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some(id) = name.strip_prefix("PM").filter(|rest| rest.starts_with('2')).map(|_| &name[..10]) else {
            continue;
        };
        let source = fs::read_to_string(&path).unwrap();
        let written = imported.files.values().map(|bytes| std::str::from_utf8(bytes).unwrap());
        let written =
            written.clone().find(|file| file.contains(&format!("\nid: {id}\n"))).unwrap_or_else(|| panic!("{id}"));
        detections += usize::from(assert_length(&source, "- Time to detection:", written, "  detected: "));
        recoveries += usize::from(assert_length(&source, "- Time to recovery:", written, "  resolved: "));
    }
    assert_eq!((detections, recoveries), (30, 30));
}

/// What a source states is what the marks give; whether it states anything.
fn assert_length(source: &str, label: &str, written: &str, mark: &str) -> bool {
    let line = source.lines().find_map(|line| line.strip_prefix(label)).unwrap_or("?");
    let words: Vec<&str> = line.split_whitespace().collect();
    let minutes = words.windows(2).filter_map(|pair| {
        let unit = match pair[1].to_lowercase().trim_end_matches('.') {
            "minutes" => 1,
            "hours" => 60,
            "days" => 24 * 60,
            _ => return None,
        };
        Some(pair[0].parse::<i64>().ok()? * unit)
    });
    let stated: Option<i64> = minutes.fold(None, |sum, part| Some(sum.unwrap_or(0) + part));
    let at = |mark: &str| {
        let time = written.lines().find_map(|line| line.strip_prefix(mark))?;
        Some(Time::parse(time).unwrap())
    };
    let found = at(mark).map(|end| end.seconds_since(at("  started: ").unwrap()) / 60);
    assert_eq!(found, stated, "{label} {line} in\n{written}");
    stated.is_some()
}

#[test]
fn code_that_nobody_closed_stays_in_its_section() {
    let body = "# Stats\n```\n| 2024-05-06 10:00 - 11:?? | c [d](e) |\n```\n# Title\n```\n";
    assert_eq!(one("PM2024-001.md", &format!("## Summary\n\nA\n\n{body}")).summary.postmortems, 1);
}

/// Pieces that reports are made of, put together at random.
fn bodies() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "# Title\n",
        "## Timeline\n",
        "## Summary\n",
        "# Stats\n",
        "## Attendees\n",
        "## Contributing Factors\n",
        "### What went wrong\n",
        "### 14:51\n",
        "### 23:59 late\n",
        "All times in CET.\n\n",
        "All times in BST.\n\n",
        "| Time | Event |\n|--|--|\n",
        "| 2024-03-31 02:30 | never |\n",
        "| 2024-05-06 9:00 | a `|` b |\n",
        "| 2024-05-06 10:00 - 11:?? | c [d](e) |\n",
        "| 1969-01-01 00:00 | old |\n",
        "| 22024-05-06 | x |\n",
        "||\n",
        "- Category: \u{e9}\n",
        "- Time to detection: 11 days\n",
        "- Time to recovery: 60 minutes [^1]\n",
        "- Time to recovery: 99999 days\n",
        "- **Key events**\n",
        "  - First detected: 2024-05-06 10:00\n",
        "  - Resolved: 2023-05-06 10:00\n",
        "**Date**: 2024-05-06\n",
        "- AB, CD\n",
        "- [AB](x.md)\n",
        "```\n",
        "<!-- x -->",
        "<div>",
        "<br>",
        "[a]: b\n",
        "[a]",
        "[^1]: word\n",
        "[x](/postmortems/y/)",
        "words \u{85}",
        "\n",
        "    ",
        "---\n",
        "\\",
    ]);
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn whatever_a_report_says_it_becomes_a_file_without_errors(body in bodies(), front in any::<bool>()) {
        let front = if front { "---\nstart_time: 2024-05-06T09:00:00+02:00\nend_time: 2024-05-06\n---\n" } else { "" };
        let imported = one("PM2024-001.md", &format!("{front}## Summary\n\nA\n\n{body}"));
        prop_assert_eq!(imported.summary.postmortems, 1);
    }
}

#[test]
fn a_row_of_a_table_in_html_or_in_code_makes_no_error() {
    let row = "| 2024-05-06 10:00 - 11:?? | c [d](e) |\n";
    for body in [format!("## Timeline\n### 14:51\n<div>{row}"), format!("# Stats\n```\n{row}```\n# Title\n```\n")] {
        let imported = one("PM2024-001.md", &format!("## Summary\n\nA\n\n{body}"));
        assert_eq!(imported.summary.postmortems, 1, "{body}");
    }
}
