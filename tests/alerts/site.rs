//! From a body to the file that a careful person would have written, and to its end.

use crate::support::{SITE, Site, files};

const RULES: &str = "\
alerts:
  - labels: { service: checkout }
    title: Checkout has trouble
    components: { checkout: partial_outage }
    publish: true
    resolve: true
  - labels: { service: api, alertname: \"Slow*\" }
    title: The API is slow
    components: { api: degraded_performance }
    after: 5m
";

/// What stands in a file of the site.
fn read(site: &Site, path: &str) -> String {
    let mut files = files(site.path());
    String::from_utf8(files.remove(path).unwrap_or_else(|| panic!("no {path}"))).expect("UTF-8")
}

fn body(key: &str, service: &str, name: &str, times: &str, status: &str) -> String {
    format!(
        r#"{{"alerts":[{{"status":"{status}","fingerprint":"{key}","labels":{{"service":"{service}","alertname":"{name}"}},
            "annotations":{{"summary":"SECRETWORD <b>"}},{times}}}]}}"#
    )
}

fn site() -> Site {
    Site::new().file("content/site.yaml", format!("{SITE}{RULES}"))
}

const BEGAN: &str = r#""startsAt":"2026-03-02T09:00:30Z""#;
const ENDED: &str = r#""startsAt":"2026-03-02T09:00:30Z","endsAt":"2026-03-02T09:30:00Z""#;
const FILE: &str = "content/incidents/2026/2026-03-02-checkout-has-trouble.md";

#[test]
fn an_alarm_begins_an_incident_once_and_its_end_resolves_it() {
    let site = site();
    site.write("body.json", body("a", "checkout", "Errors", BEGAN, "firing"));
    let alert = |now: &str| site.run(["alert", "--from", "alertmanager", "body.json", "--site", ".", "--now", now]);
    alert("2026-03-02T09:02:10Z").says(FILE);
    let begun = read(&site, FILE);
    assert_eq!(
        begun,
        "---\ntitle: Checkout has trouble\nstarted: 2026-03-02T09:00:30Z\ndetected_by: monitor\nupdates:\n  \
         - at: 2026-03-02T09:02Z\n    status: investigating\n    components: { checkout: partial_outage }\n    \
         next_update: 2026-03-02T10:02Z\n    body: |\n      Some customers have trouble with Checkout. We are looking into it.\n\n      \
         We will write again by 10:02 UTC.\n---\n"
    );
    alert("2026-03-02T09:03:10Z");
    assert_eq!(read(&site, FILE), begun, "the same alarm again adds nothing");
    site.write("body.json", body("a", "checkout", "Errors", ENDED, "resolved"));
    alert("2026-03-02T09:31:00Z").says(FILE);
    let over = read(&site, FILE);
    assert!(over.contains("  - at: 2026-03-02T09:31Z\n    status: resolved\n"), "{over}");
    alert("2026-03-02T09:32:00Z");
    assert_eq!(read(&site, FILE), over, "the same end again adds nothing");
    assert!(!over.contains("SECRETWORD"), "{over}");
}

#[test]
fn an_alarm_must_last_as_long_as_its_rule_asks_and_begins_a_draft() {
    let site = site();
    site.write("body.json", body("b", "api", "SlowReads", BEGAN, "firing"));
    let alert = |now: &str| site.run(["alert", "--from", "alertmanager", "body.json", "--site", ".", "--now", now]);
    alert("2026-03-02T09:02Z").says("`b`: waits until");
    site.run(["alert", "--site", ".", "--now", "2026-03-02T09:06Z"]).says("the-api-is-slow.md");
    let draft = read(&site, "content/incidents/2026/2026-03-02-the-api-is-slow.md");
    assert!(draft.contains("\ndraft: true\n"), "{draft}");
    site.write("body.json", body("c", "api", "SlowWrites", BEGAN, "firing"));
    alert("2026-03-02T09:20Z").says("`c`: 2026-03-02-the-api-is-slow tells of it");
}

#[test]
fn what_no_rule_is_for_and_what_is_no_body_changes_nothing() {
    let site = site();
    site.write("body.json", body("d", "elsewhere", "Errors", BEGAN, "firing"));
    let run =
        |from: &str| site.run(["alert", "--from", from, "body.json", "--site", ".", "--now", "2026-03-02T09:02Z"]);
    run("alertmanager").says("`d`: no rule of `alerts` has its labels");
    run("no-such").code(2).says("`no-such` is none of alertmanager,");
    site.write("body.json", "{");
    run("alertmanager").code(2).says("the body is no JSON");
    assert!(!site.path().join("content/incidents").exists());
}

#[test]
fn an_outage_of_years_that_only_a_wrong_clock_says_waits_for_a_person() {
    let site = site();
    let hear = |key: &str, began: &str| {
        site.write("body.json", body(key, "checkout", "Errors", &format!(r#""startsAt":"{began}""#), "firing"));
        site.run(["alert", "--from", "alertmanager", "body.json", "--site", ".", "--now", "2026-03-02T09:02:10Z"])
    };
    hear("a", "1970-01-01T02:11:00Z").says("a draft, since its alarm says that it began");
    let draft = read(&site, "content/incidents/1970/1970-01-01-checkout-has-trouble.md");
    assert!(draft.contains("\ndraft: true\n"), "{draft}");
}

#[test]
fn a_clock_that_jumped_back_loses_no_end() {
    let site = site();
    let hear = |state: &str, now: &str| {
        site.write("body.json", format!(r#"{{"group":"g","endpoint":"e","state":"{state}"}}"#));
        site.run(["alert", "--from", "gatus", "body.json", "--site", ".", "--now", now])
    };
    let rule = RULES.replace("service: checkout", "endpoint: e");
    site.write("content/site.yaml", format!("{SITE}{rule}"));
    hear("TRIGGERED", "2026-03-02T11:00:10Z");
    hear("RESOLVED", "2026-03-02T10:10:00Z").says("checkout-has-trouble");
    let over = read(&site, FILE);
    assert!(over.contains("  - at: 2026-03-02T11:00:10Z\n    status: resolved\n"), "{over}");
}
