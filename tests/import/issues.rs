//! Issues with a label, as GitHub and GitLab answer them.

#![expect(clippy::disallowed_methods, reason = "the tests save answers as whoever imports does")]

use candor::import::{ImportChoices, Imported, seems};
use std::fs;

use super::{Scratch, noted, sound, text};
use crate::support::importer;

/// What an import of these files gives, by the command's own way; `name` is the test's own.
fn imported(name: &str, label: Option<&str>, files: &[(&str, &str)]) -> Imported {
    let (from, to) = (Scratch::new(&format!("issues-{name}-from")), Scratch::new(&format!("issues-{name}-to")));
    files.iter().for_each(|(name, text)| fs::write(from.path().join(name), text).unwrap());
    let names: Vec<&str> = seems(from.path()).unwrap().iter().map(|format| format.name).collect();
    assert_eq!(names, ["issues"]);
    let choices = ImportChoices { label: label.map(str::to_owned), ..ImportChoices::default() };
    let imported = importer("issues").import_with(from.path(), &choices, to.path()).unwrap();
    sound(&imported);
    imported
}

const GITHUB: &str = r#"[
{"number":4,"title":"Orders fail","state":"closed","created_at":"2026-02-03T08:00:00Z","closed_at":"2026-02-06T09:00:00Z",
 "labels_url":"https://api.github.com/x","html_url":"https://github.com/o/r/issues/4",
 "labels":[{"name":"Incident"},{"name":"component: Orders"},{"name":"sev::major"},{"name":"night"}],"body":"Half of them fail."},
{"number":5,"title":"Slow search","state":"closed","created_at":"2026-02-08T08:00:00Z","closed_at":"2026-02-09T09:00:00Z",
 "labels":[{"name":"incident"}],"body":"It takes a minute."},
{"number":6,"title":"Tidy up","state":"open","created_at":"2026-02-08T08:00:00Z","labels":[],"body":"Not for customers."},
{"number":7,"title":"A change","state":"open","created_at":"2026-02-08T08:00:00Z","labels":[{"name":"incident"}],"pull_request":{"url":"x"}}
]"#;

const COMMENTS: &str = r#"[
{"issue_url":"https://api.github.com/repos/o/r/issues/4","created_at":"2026-02-03T08:20:00Z","body":"**Identified:** A queue is full."},
{"issue_url":"https://api.github.com/repos/o/r/issues/4","created_at":"2026-02-03T09:05:00Z","body":"**Resolved:** All orders go through."}
]"#;

#[test]
fn an_issue_of_github_is_over_when_a_comment_says_so_though_it_was_closed_later() {
    let imported = imported("said", None, &[("issues.json", GITHUB), ("comments.json", COMMENTS)]);
    let file = text(&imported, "content/incidents/2026/2026-02-03-orders-fail.md");
    let expected = "updates:\n  - at: 2026-02-03T08:00Z\n    status: investigating\n    components:\n      orders: partial_outage\n    body: Half of them fail.\n  - at: 2026-02-03T08:20Z\n    status: identified\n    body: A queue is full.\n  - at: 2026-02-03T09:05Z\n    status: resolved\n    body: All orders go through.\n";
    assert!(file.contains(expected), "{file}");
    assert!(file.contains("# Labels: component: Orders, sev::major, night\n"), "{file}");
    assert!(!file.contains("duration_known"), "{file}");
    assert_eq!(imported.summary.incidents, 2);
    assert!(noted(&imported, "issues without the label `incident` were passed over: 1"));
    assert!(noted(&imported, "pull requests among the issues; not imported: 1"));
    assert!(text(&imported, "content/site.yaml").contains("- id: orders\n    name: Orders\n"));
}

#[test]
fn an_issue_that_only_was_closed_lasted_nobody_knows_how_long() {
    let imported = imported("closed", None, &[("issues.json", GITHUB), ("comments.json", COMMENTS)]);
    let file = text(&imported, "content/incidents/2026/2026-02-08-slow-search.md");
    assert!(file.contains("impact: none\n") && file.contains("duration_known: false\n"), "{file}");
    assert!(file.contains("  - at: 2026-02-09T09:00Z\n    status: resolved\n"), "{file}");
    assert!(noted(&imported, "no comment says when it was over"));
    assert!(noted(&imported, "no label says how bad it was"));
}

#[test]
fn answers_of_gitlab_are_read_and_what_is_confidential_stays_internal() {
    let issues = r#"[{"id":900,"iid":12,"title":"Login fails","description":"Nobody gets in.","state":"closed",
        "created_at":"2026-03-01T10:00:00.120Z","closed_at":"2026-03-01T12:00:00.000Z","labels":["outage","service::login","severity::critical"],
        "web_url":"https://gitlab.example/o/r/-/issues/12","user_notes_count":2,"confidential":true}]"#;
    let notes = r#"[
        {"id":1,"body":"closed","system":true,"noteable_iid":12,"noteable_type":"Issue","created_at":"2026-03-01T12:00:00.000Z"},
        {"id":2,"body":"*Resolved* - The key was renewed.","system":false,"noteable_iid":12,"noteable_type":"Issue","created_at":"2026-03-01T11:30:00.000Z"},
        {"id":3,"body":"Whose key was it?","system":false,"internal":true,"noteable_iid":12,"noteable_type":"Issue","created_at":"2026-03-01T11:40:00.000Z"}]"#;
    let imported = imported("gitlab", Some("outage"), &[("issues.json", issues), ("notes.json", notes)]);
    let file = text(&imported, "content/incidents/2026/2026-03-01-login-fails.md");
    assert!(file.contains("visibility: internal\n") && file.contains("      login: major_outage\n"), "{file}");
    assert!(
        file.contains("  - at: 2026-03-01T11:30Z\n    status: resolved\n    body: The key was renewed.\n"),
        "{file}"
    );
    assert!(!file.contains("Whose key") && noted(&imported, "was hidden there"));
}

#[test]
fn without_an_issue_of_the_label_nothing_is_written_and_the_flag_is_named() {
    let (from, to) = (Scratch::new("issues-none"), Scratch::new("issues-none-to"));
    fs::write(from.path().join("issues.json"), GITHUB).unwrap();
    let choices = ImportChoices { label: Some("outage".to_owned()), ..ImportChoices::default() };
    let error = importer("issues").import_with(from.path(), &choices, to.path()).unwrap_err();
    assert!(error.to_string().contains("--label"), "{error}");
    assert!(!to.path().join("content").exists());
}

#[test]
fn what_is_called_planned_work_is_no_incident() {
    let issues = r#"[
        {"number":1,"title":"Geplante Wartung am 5. Januar","state":"closed","labels_url":"x","created_at":"2026-01-02T10:00:00Z","closed_at":"2026-01-05T12:00:00Z","labels":[{"name":"incident"}],"body":"Von 10 bis 12."},
        {"number":2,"title":"New disks","state":"open","labels_url":"x","created_at":"2026-01-02T10:00:00Z","labels":[{"name":"incident"},{"name":"maintenance"}],"body":"Soon."},
        {"number":3,"title":"The upgrade failed","state":"open","labels_url":"x","created_at":"2026-01-02T10:00:00Z","labels":[{"name":"incident"}],"body":"Nothing works."},
        {"number":4,"title":"Migration","state":"open","labels_url":"x","created_at":"2026-01-02T10:00:00Z","labels":[{"name":"incident"},{"name":"sev/major"}],"body":"Slow."}]"#;
    let comments = r#"[{"issue_url":"https://api.github.com/repos/o/r/issues/1","created_at":"2026-01-03T08:20:00Z","body":"It stays so."}]"#;
    let imported = imported("planned", None, &[("issues.json", issues), ("comments.json", comments)]);
    let summary = imported.summary;
    assert_eq!((summary.incidents, summary.announcements), (2, 2));
    let file = text(&imported, "content/announcements/2026/2026-01-02-geplante-wartung-am-5-januar.md");
    assert!(file.contains("from: 2026-01-02T10:00Z\nuntil: 2026-01-05T12:00Z\n"), "{file}");
    assert!(file.contains("Von 10 bis 12.\n\n**2026-01-03 08:20 UTC**\n\nIt stays so."), "{file}");
    assert!(noted(&imported, "it speaks of planned work (`wartung`)"));
}

#[test]
fn a_comment_may_begin_with_its_status_and_what_is_written_on_is_not_over() {
    let issue = r#"[{"number":1,"title":"Orders fail","state":"open","labels_url":"x","created_at":"2026-01-02T10:00:00Z","labels":[{"name":"incident"}],"body":"All."}]"#;
    let comment = |minute: u32, body: &str| {
        format!(
            r#"{{"issue_url":"https://api.github.com/repos/o/r/issues/1","created_at":"2026-01-02T10:{minute}:00Z","body":"{body}"}}"#
        )
    };
    let [watch, over, on] =
        [comment(10, "Monitoring: it rises."), comment(20, "Resolved: all is well."), comment(30, "No, it goes on.")];
    let course = |name: &str, comments: &[&String]| {
        let comments = comments.iter().map(|comment| comment.as_str()).collect::<Vec<_>>().join(",");
        let imported = imported(name, None, &[("issues.json", issue), ("comments.json", &format!("[{comments}]"))]);
        let file = text(&imported, "content/incidents/2026/2026-01-02-orders-fail.md").to_owned();
        file.lines().filter_map(|line| line.strip_prefix("    status: ")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(course("over", &[&watch, &over]), "investigating monitoring resolved");
    assert_eq!(course("on", &[&watch, &over, &on]), "investigating monitoring monitoring monitoring");
}
