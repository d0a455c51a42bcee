//! Upptime: its repository and saved issues.

use super::{Scratch, folder, import, noted, snapshot_whole, sound, text};
use candor::import::{ImportError, Imported, upptime};
use proptest::prelude::*;

use crate::support::{cases, importer};

const SETTINGS: (&str, &str) = (
    ".upptimerc.yml",
    "owner: o\nrepo: r\nsites:\n  - name: Web\n    url: https://w.example\nstatus-website:\n  cname: s.example\n",
);

/// An issue about `web`, with these keys besides.
fn issue(keys: &str) -> String {
    format!(
        r#"[{{"number":1,"title":"🛑 Web is down","created_at":"2026-03-02T09:00:05Z","labels":["status","web"],{keys}}}]"#
    )
}

fn one(keys: &str, comments: &str) -> Imported {
    let imported = import(upptime, &[SETTINGS, ("issues.json", &issue(keys)), ("comments.json", comments)]);
    sound(&imported);
    imported
}

const FILE: &str = "content/incidents/2026/2026-03-02-web-is-down.md";

#[test]
fn a_repository_and_its_issues_become_a_site() {
    let scratch = Scratch::new("upptime");
    let imported = importer("upptime").import(&folder("upptime"), None, scratch.path()).unwrap();
    sound(&imported);
    snapshot_whole("upptime", &imported);
    assert_eq!(importer("upptime").import(&folder("upptime"), None, scratch.path()).unwrap(), imported);
    let empty = Scratch::new("upptime-empty");
    assert!(matches!(importer("upptime").import(empty.path(), None, scratch.path()), Err(ImportError::Nothing { .. })));
}

#[test]
fn downtime_lasts_as_long_as_the_issue_was_open_to_the_second() {
    let comment = r#"[{"issue_url":"https://api.github.com/repos/o/r/issues/1","created_at":"2026-03-02T09:07:08Z","body":"**Resolved:** Web is back up."}]"#;
    let imported = one(r#""state":"closed","closed_at":"2026-03-02T09:07:11Z","body":"Robot.""#, comment);
    let expected = "updates:\n  - at: 2026-03-02T09:00:05Z\n    status: investigating\n    components:\n      web: major_outage\n    body: Robot.\n  - at: 2026-03-02T09:07:11Z\n    status: resolved\n    body: Web is back up.\n";
    assert!(text(&imported, FILE).contains(expected), "{}", text(&imported, FILE));
}

#[test]
fn planned_work_without_an_end_ends_when_its_issue_is_closed_or_nobody_knows() {
    let work = |rest: &str| {
        let issue = format!(
            r#"[{{"number":1,"title":"Work","labels":["maintenance"],"created_at":"2026-03-01T09:00:05Z",{rest},"body":"<!--\nstart: 2026-03-02T10:00:00+00:00\n-->\nWe work."}}]"#
        );
        let imported = import(upptime, &[(".upptimerc.yml", "sites: []\n"), ("issues.json", &issue)]);
        sound(&imported);
        let path = imported.files.keys().find(|path| path.contains("/maintenance/")).unwrap();
        text(&imported, path).to_owned()
    };
    let open = work(r#""state":"open""#);
    assert!(open.contains("scheduled:\n  from: 2026-03-02T10:00Z\ncomponents:") && !open.contains("known"), "{open}");
    let closed = work(r#""state":"closed","closed_at":"2026-03-02T12:30:00Z""#);
    assert!(closed.contains("  - at: 2026-03-02T12:30Z\n    status: completed\n"), "{closed}");
    assert!(!closed.contains("until:") && !closed.contains("known"), "{closed}");
}

#[test]
fn what_a_comment_calls_over_is_over_when_the_issue_is_closed() {
    let comment = r#"[{"issue_url":"/1","created_at":"2026-03-02T09:30:00Z","body":"**Resolved:** so we think"},{"issue_url":"/1","created_at":"2026-03-02T10:30:00Z","body":"No, it goes on"},{"issue_url":"/1","created_at":"2026-03-03T10:00:00Z","body":"Thanks"}]"#;
    let imported = one(r#""state":"closed","closed_at":"2026-03-02T12:00:00Z""#, comment);
    let file = text(&imported, FILE);
    assert!(
        file.contains("  - at: 2026-03-02T09:30Z\n    status: monitoring\n    body: \"**Resolved:** so we think\"\n"),
        "{file}"
    );
    let end = "  - at: 2026-03-02T12:00Z\n    status: resolved\n    body: |\n      **2026-03-03 10:00 UTC**\n\n      Thanks\n";
    assert!(file.contains(end), "{file}");
    assert!(noted(&imported, "was written after the issue was closed"));
}

#[test]
fn settings_that_may_hold_secrets_are_named_and_not_copied() {
    let settings = "sites:\n  - name: Web\n    headers: [\"Authorization: hunter2\"]\nPAT: hunter2\n";
    let imported = import(upptime, &[(".upptimerc.yml", settings)]);
    sound(&imported);
    assert!(noted(&imported, "`PAT`") && noted(&imported, "`headers` of sites (1)"));
    assert!(imported.files.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("hunter2")));
    assert!(imported.notes.iter().all(|note| !note.message.contains("hunter2")));
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn damaged_files_become_a_sound_site(cuts in prop::collection::vec((0..9000usize, 0..60usize), 1..8), odd in 0..8usize) {
        let files = super::damaged(&folder("upptime"), &cuts, odd);
        let imported = upptime(&files, None);
        if !imported.files.is_empty() {
            sound(&imported);
        }
    }
}
