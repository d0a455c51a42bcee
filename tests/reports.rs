//! The command line of postmortems: `candor report` in its three forms, and `candor new postmortem`.

use crate::support::{self, INCIDENT, SITE, Site};
use serde_json::{Value, json};
use snapbox::str;

const REPORT: &str = "\
---
id: PM-2026-004
title: \"Labels | late\"
status: in-review
owner: team-api
marks: { started: 2026-10-01T09:00Z, detected: 2026-10-01T09:04Z, resolved: 2026-10-01T11:00Z }
published: 2026-10-02T11:00Z
actions:
  - { id: A1, text: Warn sooner, owner: team-api, due: 2026-11-20, priority: true }
  - { id: A2, text: Say so, owner: team-web, due: 2026-11-24 }
---

## Summary

Labels were late.
";

/// An incident without a postmortem, a postmortem to be reviewed, actions, a capacity nobody looked at.
fn site() -> Site {
    let settings = "wiki: { url: https://wiki.example.org/ }\npostmortem: { due: 2d }\n";
    let site = SITE.replace("name: API }", "name: API, owner: team-api, capacity: { checked: 2026-08-01 } }");
    Site::sound().file("content/site.yaml", format!("{site}{settings}")).file("content/postmortems/labels.md", REPORT)
}

#[test]
fn report_says_what_needs_somebody() {
    site().run(["report"]).stderr("").stdout(str![[r#"
Example Status at 2026-11-22T15:31Z

Postmortems
  Payments slow
    no postmortem yet; due 2026-11-04T10:10Z, 18 days late; no owner; incident payments-slow

Reviews
  Labels | late
    waits for its review; since 2026-10-02T11:00Z; team-api; PM-2026-004

Actions
  (priority) Warn sooner
    not done; due 2026-11-20, 2 days late; team-api; PM-2026-004 A1
  Say so
    not done; due 2026-11-24; team-web; PM-2026-004 A2

Capacity
  API
    capacity not looked at for long; due 2026-10-30, 23 days late; team-api; component api

Figures
  reports: 0 draft, 1 in-review, 0 reviewed, 0 closed
  actions: 1 open, 1 overdue, 0 done
  time to detect (detected - started): too few for a median, n = 1
  time to acknowledge (acknowledged - detected): too few for a median, n = 0, 1 unknown
  time to identify (identified - started): too few for a median, n = 0, 1 unknown
  time to mitigate (mitigated - started): too few for a median, n = 0, 1 unknown
  time to recover (resolved - started): too few for a median, n = 1
  time to communicate (status_posted - detected): too few for a median, n = 0, 1 unknown
  time to postmortem (published - resolved): too few for a median, n = 1

"#]]);
}

#[test]
fn report_writes_markdown_with_links_to_the_wiki() {
    site().run(["report", "--format", "markdown"]).stderr("").stdout(str![[r#"
**Example Status** at 2026-11-22T15:31Z

### Postmortems

- **Payments slow**: no postmortem yet; due 2026-11-04T10:10Z, 18 days late; no owner; [incident payments-slow](https://wiki.example.org/incidents/payments-slow/)

### Reviews

- **Labels /| late**: waits for its review; since 2026-10-02T11:00Z; team-api; [PM-2026-004](https://wiki.example.org/postmortems/pm-2026-004/)

### Actions

- (priority) **Warn sooner**: not done; due 2026-11-20, 2 days late; team-api; [PM-2026-004 A1](https://wiki.example.org/postmortems/pm-2026-004/)
- **Say so**: not done; due 2026-11-24; team-web; [PM-2026-004 A2](https://wiki.example.org/postmortems/pm-2026-004/)

### Capacity

- **API**: capacity not looked at for long; due 2026-10-30, 23 days late; team-api; [component api](https://wiki.example.org/components/api/)

### Figures

- reports: 0 draft, 1 in-review, 0 reviewed, 0 closed
- actions: 1 open, 1 overdue, 0 done
- time to detect (detected - started): too few for a median, n = 1
- time to acknowledge (acknowledged - detected): too few for a median, n = 0, 1 unknown
- time to identify (identified - started): too few for a median, n = 0, 1 unknown
- time to mitigate (mitigated - started): too few for a median, n = 0, 1 unknown
- time to recover (resolved - started): too few for a median, n = 1
- time to communicate (status_posted - detected): too few for a median, n = 0, 1 unknown
- time to postmortem (published - resolved): too few for a median, n = 1

"#]]);
}

#[test]
fn report_writes_json_for_programs() {
    let report = site().run(["report", "--format", "json"]).stderr("").output();
    let report: Value = serde_json::from_str(&report).expect("JSON");
    let kinds: Vec<&str> =
        report["duties"].as_array().expect("a list").iter().filter_map(|d| d["kind"].as_str()).collect();
    assert_eq!(kinds, ["postmortem-overdue", "action-overdue", "review-waiting", "action-due-soon", "capacity-stale"]);
    assert_eq!(
        report["duties"][1],
        json!({
            "kind": "action-overdue", "group": "actions", "what": "Warn sooner", "incident": null,
            "postmortem": "pm-2026-004", "label": "PM-2026-004", "action": "A1", "component": null,
            "owners": ["team-api"], "since": null, "due": "2026-11-20", "late_by_seconds": 142_260, "priority": true,
        })
    );
    assert_eq!(report["reports"], json!({ "draft": 0, "in-review": 1, "reviewed": 0, "closed": 0 }));
    assert_eq!(report["actions"], json!({ "open": 1, "overdue": 1, "done": 0 }));
    assert_eq!(
        report["times"][0],
        json!({ "metric": "detect", "from": "started", "to": "detected", "n": 1, "left_out": 0, "median_seconds": null })
    );
}

#[test]
fn report_has_a_median_from_three_on() {
    let more = |name: &str, minutes: u32| {
        let report = REPORT.replace("PM-2026-004", name).replace("09:04", &format!("09:{minutes:02}"));
        (format!("content/postmortems/{name}.md"), report.replace("in-review", "draft"))
    };
    let median = |others: &[(String, String)]| {
        let site = others.iter().fold(site(), |site, (path, text)| site.file(path, text));
        let report: Value = serde_json::from_str(&site.run(["report", "--format", "json"]).output()).expect("JSON");
        report["times"][0]["median_seconds"].clone()
    };
    assert_eq!(median(&[more("pm-1", 10)]), Value::Null);
    assert_eq!(median(&[more("pm-1", 10), more("pm-2", 30)]), json!(600));
}

#[test]
fn report_of_faulty_content_exits_with_1_and_reports_nothing_else() {
    let site = site().file("content/incidents/payments-slow.yaml", INCIDENT.replace("checkout:", "chekout:"));
    site.run(["report"]).code(1).stdout("").says("error[C006]");
    Site::sound().run(["report"]).output().contains("Nothing needs anybody.").then_some(()).expect("a word");
}

#[test]
fn a_new_postmortem_knows_what_the_incident_knows_and_is_valid() {
    let site = site();
    site.run(["new", "postmortem", "payments-slow"]).stderr("content/postmortems/2026/payments-slow.md\n");
    let text = support::read(&site.path().join("content/postmortems/2026/payments-slow.md").to_string_lossy());
    for line in [
        "id: PM-2026-005\ntitle: Payments slow\n",
        "incident: payments-slow\n# owner: team-name",
        "  started: 2026-11-02T09:10Z\n",
        "# resolved: 2026-11-02T10:10Z",
        "| 2026-11-02 09:10 | action | Status page, investigating: Payments are slow. |\n",
        "| 2026-11-02 10:10 | mark | Status page, resolved: Payments work again. |\n",
        "## Why were we surprised?\n",
        "## External message\n\n## Supporting data\n",
    ] {
        assert!(text.contains(line), "`{line}` is not in:\n{text}");
    }
    let check = site.run(["check"]).output();
    assert!(!check.contains("error[") && check.contains("payments-slow.md:4:9"), "{check}");
}

#[test]
fn every_line_of_a_draft_is_valid_once_it_is_filled_in() {
    let site = site();
    site.run(["new", "postmortem", "payments-slow"]);
    let path = "content/postmortems/2026/payments-slow.md";
    let text = support::read(&site.path().join(path).to_string_lossy());
    let filled = |line: &str| match line.trim_start().strip_prefix("# ").filter(|rest| is_key(rest)) {
        Some(rest) => {
            let indent = &line[..line.len() - line.trim_start().len()];
            let rest = if rest.starts_with("publish:") { "publish: false" } else { rest };
            format!("{indent}{}\n", rest.replace("TIME", "2026-11-02T09:30Z").replace("PM-2025-001", "PM-2026-004"))
        }
        None => format!("{line}\n"),
    };
    let whole: String = text.lines().map(filled).collect();
    site.write(path, whole);
    let check = site.run(["check"]).output();
    assert!(!check.contains("error["), "{check}");
}

/// Whether the text of a comment is a key or an item, and not a sentence.
fn is_key(text: &str) -> bool {
    let key = text.split(':').next().unwrap_or_default();
    text.trim_start().starts_with("- {") || (text.contains(':') && !key.contains(' '))
}

#[test]
fn a_draft_names_the_earlier_reports_that_it_looks_like() {
    let alike = REPORT.replace("PM-2026-004", "PM-2026-003").replace("Labels | late", "Payments slow again");
    let site = site().file("content/postmortems/slow.md", alike.replace("Labels were late.", "Payments were slow."));
    site.run(["new", "postmortem", "payments-slow"]);
    let text = support::read(&site.path().join("content/postmortems/2026/payments-slow.md").to_string_lossy());
    assert!(text.contains("other:\n#   PM-2026-003  Payments slow again\n# recurrence_of: [PM-2026-003]\n"), "{text}");
    assert!(!text.contains("Labels"), "{text}");
}

#[test]
fn a_second_postmortem_and_an_unknown_incident_are_refused() {
    let site = site();
    site.run(["new", "postmortem", "payments-slow"]);
    let path = "content/postmortems/2026/payments-slow.md";
    site.run(["new", "postmortem", "payments-slow"])
        .code(2)
        .stderr(format!("error: `payments-slow` has a postmortem already: {path}\n"));
    site.run(["new", "postmortem", "payment-slow"])
        .code(2)
        .stderr("error: unknown incident `payment-slow`: did you mean `payments-slow`?\n");
    site.run(["new", "postmortem", "payments-slow", "--now", "2026-11-02T09:00Z"]).code(2).says("unknown incident");
    site.write(path, "no front matter");
    site.run(["new", "postmortem", "payments-slow"]).code(2).says("is there already");
    assert_eq!(support::read(&site.path().join(path).to_string_lossy()), "no front matter");
}

#[test]
fn an_incident_that_cannot_be_read_is_reported_and_nothing_is_written() {
    let site = site().file("content/incidents/payments-slow.yaml", INCIDENT.replace("title: Payments slow\n", ""));
    site.run(["new", "postmortem", "payments-slow"]).code(1).says("error[C003]").says("nothing was written\n");
    assert!(!site.path().join("content/postmortems/2026").exists());
}

#[test]
fn an_open_incident_may_have_its_postmortem_begun_with_what_is_known() {
    let site = site();
    site.run(["new", "postmortem", "payments-slow", "--now", "2026-11-02T09:30Z"]);
    let text = support::read(&site.path().join("content/postmortems/2026/payments-slow.md").to_string_lossy());
    assert!(text.contains("# resolved: TIME") && !text.contains("Payments work again"), "{text}");
}

/// Two open incidents, one of them overdue, and promises that were kept, late, missed and are still to come.
fn open_incidents() -> Site {
    let incident =
        |title: &str, impact: &str, updates: &str| format!("title: {title}\nimpact: {impact}\nupdates:\n{updates}");
    let update = |at: &str, status: &str, next: &str| {
        let next = if next.is_empty() { String::new() } else { format!("next_update: {next}, ") };
        format!(
            "  - {{ at: {at}, status: {status}, {next}components: {{ api: partial_outage }}, body: We are on it. }}\n"
        )
    };
    let overdue = update("2026-11-22T13:00Z", "investigating", "2026-11-22T13:30Z")
        + &update("2026-11-22T13:52Z", "identified", "2026-11-22T14:30Z");
    let fine = update("2026-11-22T14:40Z", "investigating", "2026-11-22T15:10Z")
        + &update("2026-11-22T15:12Z", "identified", "2026-11-22T16:00Z");
    let inside = format!(
        "visibility: internal\n{}",
        incident("Rehearsal", "major", &update("2026-11-22T10:00Z", "investigating", ""))
    );
    Site::sound()
        .file("content/incidents/api-fails.yaml", incident("The API fails", "major", &overdue))
        .file("content/incidents/labels-late.yaml", incident("Labels late", "minor", &fine))
        .file("content/incidents/rehearsal.yaml", inside)
}

#[test]
fn cadence_says_when_the_next_word_is_due_and_how_many_promises_were_kept() {
    open_incidents().run(["report", "cadence"]).stderr("").stdout(str![[r#"
Example Status at 2026-11-22T15:31Z

Open incidents
  The API fails
    OVERDUE by 1 h 1 min: due 2026-11-22T14:30Z, promised; silent for 1 h 39 min (1 h allowed); major, identified; incident api-fails
  Labels late
    due 2026-11-22T16:00Z, in 29 min, promised; silent for 19 min (8 h allowed); minor, identified; incident labels-late

Promised updates
  kept within 5 min: 1 of 3 (33 %, 95 % interval 6 to 79 %); 1 still to come
  late: 1, longest 22 min
  without a later update: 1
  2026-11-22T14:30Z has not come for 1 h 1 min; incident api-fails
  2026-11-22T13:30Z came 22 min late; incident api-fails

"#]]);
    open_incidents().run(["report", "cadence", "--format", "markdown"]).stderr("").stdout(str![[r#"
**Example Status** at 2026-11-22T15:31Z

### Open incidents

- **[The API fails](https://status.example.org/incidents/api-fails/)**: OVERDUE by 1 h 1 min: due 2026-11-22T14:30Z, promised; silent for 1 h 39 min (1 h allowed); major, identified
- **[Labels late](https://status.example.org/incidents/labels-late/)**: due 2026-11-22T16:00Z, in 29 min, promised; silent for 19 min (8 h allowed); minor, identified

### Promised updates

- kept within 5 min: 1 of 3 (33 %, 95 % interval 6 to 79 %); 1 still to come
- late: 1, longest 22 min
- without a later update: 1
- 2026-11-22T14:30Z has not come for 1 h 1 min; [incident api-fails](https://status.example.org/incidents/api-fails/)
- 2026-11-22T13:30Z came 22 min late; [incident api-fails](https://status.example.org/incidents/api-fails/)

"#]]);
    Site::sound().run(["report", "cadence"]).stderr("").stdout(str![[r#"
Example Status at 2026-11-22T15:31Z

Open incidents
  none

Promised updates
  kept: none was promised, or none is due yet

"#]]);
}

#[test]
fn cadence_gives_programs_what_it_prints() {
    let text = open_incidents().run(["report", "cadence", "--format", "json"]).stderr("").output();
    let found: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(found["overdue"], json!(true));
    let open = &found["open"];
    assert_eq!(open.as_array().map(Vec::len), Some(2), "{text}");
    assert_eq!((&open[0]["incident"], &open[0]["state"]), (&json!("api-fails"), &json!("overdue")));
    assert_eq!((&open[0]["due"], &open[0]["late_by_seconds"]), (&json!("2026-11-22T14:30:00Z"), &json!(3660)));
    assert_eq!((&open[1]["state"], &open[1]["allowed_seconds"]), (&json!("fine"), &json!(28_800)));
    let promises = &found["promises"];
    let counts = ["n", "kept", "late", "missing", "waiting"].map(|key| promises[key].as_i64());
    assert_eq!(counts, [Some(3), Some(1), Some(1), Some(1), Some(1)], "{text}");
    assert_eq!(found["late"].as_array().map(Vec::len), Some(2));
}

#[test]
fn cadence_fails_a_job_only_if_asked_and_only_if_a_word_is_overdue() {
    let text = open_incidents().run(["report", "cadence", "--fail-overdue"]).code(1).stderr("").output();
    assert!(text.contains("OVERDUE by 1 h 1 min"), "{text}");
    let text = Site::sound().run(["report", "cadence", "--fail-overdue"]).stderr("").output();
    assert!(text.contains("Open incidents\n  none\n"), "{text}");
    Site::sound().run(["report", "--format", "json", "cadence"]).code(2).stderr("[..]cannot be used with[..]\n...");
}
