//! `candor diff`: what customers would see change, in words.

use crate::support::{self, INCIDENT, SITE, Site, git};
use snapbox::str;

/// A site before an edit in `old`, and after it in `new`.
struct Edit(Site);

impl Edit {
    fn of(files: &[(&str, &str)]) -> Edit {
        let sound = [("content/site.yaml", SITE), ("content/incidents/payments-slow.yaml", INCIDENT)];
        let edit = Edit(Site::new());
        for state in ["old", "new"] {
            for (path, text) in sound.iter().chain(files) {
                edit.0.write(&format!("{state}/{path}"), text);
            }
        }
        edit
    }

    /// How a file of both states is changed by the edit.
    fn replace(self, path: &str, from: &str, to: &str) -> Edit {
        let path = format!("new/{path}");
        let text = String::from_utf8(std::fs::read(self.0.path().join(&path)).expect("the file")).expect("UTF-8");
        assert!(text.contains(from), "{path} holds no `{from}`");
        self.0.write(&path, text.replace(from, to));
        self
    }

    fn add(self, path: &str, text: &str) -> Edit {
        self.0.write(&format!("new/{path}"), text);
        self
    }

    fn remove(self, path: &str) -> Edit {
        std::fs::remove_file(self.0.path().join("new").join(path)).expect("the file");
        self
    }

    fn run(&self) -> support::Run {
        self.0.run(["diff", "old", "new"])
    }
}

const WORK: &str = "\
title: Database upgrade
scheduled: { from: 2026-11-22T15:00Z, until: 2026-11-22T17:00Z }
components: [checkout]
updates:
  - { at: 2026-11-20T09:00Z, status: scheduled, body: Payments may take longer. }
";

#[test]
fn without_an_edit_customers_see_no_change() {
    Edit::of(&[]).run().stdout("Customers would see no change.\n");
}

#[test]
fn an_edit_of_a_comment_is_no_change() {
    let edit = Edit::of(&[]).replace("content/incidents/payments-slow.yaml", "updates:", "# For us.\nupdates:");
    edit.run().stdout("Customers would see no change.\n");
}

#[test]
fn a_new_update_shows_in_the_headline_the_status_and_the_incident() {
    let open = INCIDENT.split("  - at: 2026-11-02T10:10Z").next().expect("the first update");
    let edit = Edit::of(&[("content/incidents/api-down.yaml", &open.replace("Payments slow", "API down"))]);
    let update = "  - at: 2026-11-22T15:20Z\n    status: identified\n    components: { api: major_outage }\n    \
                  next_update: 2026-11-22T16:00Z\n    body: |\n      **All** calls fail.\n\n      We know the cause.\n";
    let edit = edit.replace(
        "content/incidents/api-down.yaml",
        "We are looking into it.\n",
        &format!("We are looking into it.\n{update}"),
    );
    edit.run().stdout(str![[r#"
at a glance
  ~ headline
      - Minor service outage
      + Partial system outage
  ~ status of API
      - Operational
      + Major outage
  ~ uptime of API over 90 days
      - 100 %
      + 99.99 %

incident api-down: API down
  ~ impact
      - Major impact
      + Critical impact
  + update of 22 Nov 2026, 15:20 UTC
      Identified: All calls fail. We know the cause.
      API: Major outage
      Next update: 22 Nov 2026, 16:00 UTC

"#]]);
}

#[test]
fn what_is_corrected_shows_before_and_after() {
    let edit = Edit::of(&[])
        .replace("content/incidents/payments-slow.yaml", "Payments slow", "Payments fail")
        .replace(
            "content/incidents/payments-slow.yaml",
            "updates:",
            "impact: critical\nstarted: 2026-11-02T09:00Z\nupdates:",
        )
        .replace("content/incidents/payments-slow.yaml", "partial_outage", "major_outage")
        .replace("content/incidents/payments-slow.yaml", "2026-11-02T10:10Z", "2026-11-02T10:40Z")
        .replace("content/incidents/payments-slow.yaml", "Payments are slow.", "Payments fail.");
    edit.run().stdout(str![[r#"
at a glance
  ~ uptime of Checkout over 90 days
      - 99.98 %
      + 99.92 %

incident payments-slow: Payments fail
  ~ title
      - Payments slow
      + Payments fail
  ~ impact
      - Major impact
      + Critical impact
  ~ start
      - 2 Nov 2026, 09:10 UTC
      + 2 Nov 2026, 09:00 UTC
  ~ text of the update of 2 Nov 2026, 09:10 UTC
      - Payments are slow. We are looking into it.
      + Payments fail. We are looking into it.
  ~ components of the update of 2 Nov 2026, 09:10 UTC
      - Checkout: Partial outage
      + Checkout: Major outage
  ~ time of the update of 2 Nov 2026, 10:10 UTC
      - 2 Nov 2026, 10:10 UTC
      + 2 Nov 2026, 10:40 UTC

"#]]);
}

#[test]
fn an_incident_that_becomes_internal_goes_off_the_page() {
    let edit =
        Edit::of(&[]).replace("content/incidents/payments-slow.yaml", "updates:", "visibility: internal\nupdates:");
    edit.run().stdout(str![[r#"
at a glance
  ~ uptime of Checkout over 90 days
      - 99.98 %
      + 100 %

incident payments-slow: Payments slow
  - incident; links to /incidents/payments-slow/ lead nowhere from then on
      Major impact, since 2 Nov 2026, 09:10 UTC

"#]]);
}

#[test]
fn an_internal_incident_is_nothing_to_customers() {
    let internal = INCIDENT.replace("updates:", "visibility: internal\nupdates:");
    Edit::of(&[]).add("content/incidents/quiet.yaml", &internal).run().stdout("Customers would see no change.\n");
}

#[test]
fn moved_and_cancelled_maintenance_shows() {
    let other = WORK.replace("Database upgrade", "Key rotation");
    let edit = Edit::of(&[("content/maintenance/upgrade.yaml", WORK), ("content/maintenance/keys.yaml", &other)]);
    let edit = edit
        .replace("content/maintenance/upgrade.yaml", "2026-11-22T15:00Z, until", "2026-11-22T16:00Z, until")
        .replace("content/maintenance/upgrade.yaml", "[checkout]", "[checkout, api]")
        .remove("content/maintenance/keys.yaml");
    edit.run().stdout(str![[r#"
at a glance
  ~ headline
      - Maintenance in progress
      + All systems operational
  ~ status of Checkout
      - Under maintenance
      + Operational

maintenance keys: Key rotation
  - maintenance; links to /maintenance/keys/ lead nowhere from then on; only calendars are told that it does not take place: an update with `status: cancelled` tells everybody
      Planned for 22 Nov 2026, 15:00 UTC to 17:00 UTC

maintenance upgrade: Database upgrade
  ~ window
      - Planned for 22 Nov 2026, 15:00 UTC to 17:00 UTC
      + Planned for 22 Nov 2026, 16:00 UTC to 17:00 UTC
  ~ components
      - Checkout
      + Checkout, API

"#]]);
}

#[test]
fn what_is_renamed_or_merged_is_not_gone() {
    let keys = WORK.replace("Database upgrade", "Key rotation");
    let edit = Edit::of(&[("content/maintenance/upgrade.yaml", WORK), ("content/maintenance/keys.yaml", &keys)]);
    let edit = edit
        .remove("content/maintenance/upgrade.yaml")
        .remove("content/maintenance/keys.yaml")
        .add("content/maintenance/both.yaml", &format!("aliases: [upgrade, keys]\n{WORK}"))
        .remove("content/incidents/payments-slow.yaml")
        .add("content/incidents/slow.yaml", &format!("aliases: [payments-slow]\n{INCIDENT}"));
    edit.run().stdout(str![[r#"
incident slow: Payments slow
  ~ address
      - /incidents/payments-slow/
      + /incidents/slow/

maintenance keys: Key rotation
  - maintenance; links to /maintenance/keys/ lead to /maintenance/both/ from then on
      Planned for 22 Nov 2026, 15:00 UTC to 17:00 UTC

maintenance both: Database upgrade
  ~ address
      - /maintenance/upgrade/
      + /maintenance/both/

"#]]);
}

#[test]
fn another_rule_and_what_customers_feel_of_work_show() {
    let path = "content/maintenance/restart.yaml";
    let file = "title: Restart\ncomponents: [api]\n\
        scheduled: { from: 2026-11-24T05:00Z, until: 2026-11-24T06:00Z, repeat: weekly }\nimpact: {}\n";
    let edit = Edit::of(&[(path, file)]);
    let edit = edit.replace(path, "weekly", "daily").replace(path, "impact: {}", "impact: { api: partial_outage }");
    let said = edit.run().output();
    for part in ["~ times to come", "Planned for 1 Dec 2026", "+ API: Partial outage"] {
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn components_groups_settings_announcements_pages_and_files_show() {
    let page = "---\ntitle: Support\n---\n\nWrite to us.\n";
    let news = "---\ntitle: Holidays\nfrom: 2026-11-01T08:00Z\n---\n\nWe answer *later*.\n";
    let edit = Edit::of(&[
        ("content/pages/support.md", page),
        ("content/announcements/holidays.md", news),
        ("content/static/terms.txt", "Old terms."),
        ("content/static/same.txt", "Same."),
    ]);
    let edit = edit
        .replace("content/site.yaml", "  - { id: api, name: API }", "  - { id: app, name: App, group: Shop }")
        .replace("content/site.yaml", "name: Checkout", "name: Payments, core: true")
        .replace("content/site.yaml", "Example Status", "Example")
        .replace("content/pages/support.md", "Write to us.", "Call us.")
        .replace("content/announcements/holidays.md", "---\n\n", "until: 2026-11-20T08:00Z\n---\n\n")
        .replace("content/static/terms.txt", "Old", "New")
        .add("content/pages/legal.md", "---\ntitle: Legal\n---\n\nSmall print.\n");
    edit.run().stdout(str![[r#"
settings
  ~ name of the page
      - Example Status
      + Example
  ~ description of the page
      - Status and incident history of Example Status
      + Status and incident history of Example

group shop: Shop
  + group
      Shop

component checkout: Payments
  ~ name
      - Checkout
      + Payments
  ~ core, which the headline depends on
      - no
      + yes

component app: App
  + component
      App

component api: API
  - component, with its page /components/api/ and its feeds
      API

incident payments-slow: Payments slow
  ~ components of the update of 2 Nov 2026, 09:10 UTC
      - Checkout: Partial outage
      + Payments: Partial outage

announcement holidays: Holidays
  + until
      20 Nov 2026, 08:00 UTC

page legal: Legal
  + page
      Small print.

page support: Support
  ~ text
      - Write to us.
      + Call us.

file /terms.txt
  ~ file
      - 10 bytes
      + other 10 bytes

"#]]);
}

#[test]
fn programs_read_json_and_pull_requests_markdown() {
    let edit = Edit::of(&[]).replace("content/incidents/payments-slow.yaml", "Payments slow", "Payments | *slow*");
    edit.0.run(["diff", "old", "new", "--format", "json"]).stdout(str![[r#"
{
  "differences": [
    {
      "after": "Payments | *slow*",
      "before": "Payments slow",
      "id": "payments-slow",
      "kind": "incident",
      "sign": "changed",
      "title": "Payments | *slow*",
      "what": "title"
    }
  ]
}

"#]]);
    edit.0.run(["diff", "old", "new", "--format", "markdown"]).stdout(str![[r#"
### What customers would see change

**incident payments-slow: Payments /| /*slow/***

- changed title
  > was: Payments slow

  > now: Payments /| /*slow/*


"#]]);
}

#[test]
fn a_state_with_a_fault_is_named_with_its_fault() {
    let edit = Edit::of(&[]).replace("content/incidents/payments-slow.yaml", "checkout:", "chekout:");
    edit.run().code(1).stderr(str![[r#"
error[C006]: unknown component `chekout`
 --> content/incidents/payments-slow.yaml:5:19
  |
5 |     components: { chekout: partial_outage }
  |                   ^^^^^^^
  |
  = help: did you mean `checkout`?

1 error
`new` has faults, so nothing was compared

"#]]);
}

#[test]
fn what_is_neither_a_folder_nor_a_revision_is_refused() {
    let site = Site::sound();
    site.run(["diff", "nowhere"]).code(2).says("`nowhere` is no folder, and as a revision it cannot be read");
    site.run(["diff", "HEAD:content"]).code(2).says("neither a folder nor a revision");
}

#[test]
#[expect(clippy::print_stderr, reason = "says that it was skipped")]
fn a_revision_of_git_is_compared_with_the_folder_also_below_the_root_of_the_repository() {
    let site = Site::new()
        .file("status/content/site.yaml", SITE)
        .file("status/content/incidents/payments-slow.yaml", INCIDENT);
    if git(site.path(), &["init", "--quiet"]).is_none() {
        eprintln!("skipped: there is no git");
        return;
    }
    git(site.path(), &["add", "."]).expect("git runs");
    git(site.path(), &["commit", "--quiet", "--message", "The site"]).expect("git runs");
    site.run(["diff", "HEAD", "--site", "status"]).stdout("Customers would see no change.\n");
    site.write("status/content/incidents/payments-slow.yaml", INCIDENT.replace("Payments slow", "Payments fail"));
    site.run(["diff", "HEAD", "--site", "status"]).stdout(str![[r#"
incident payments-slow: Payments fail
  ~ title
      - Payments slow
      + Payments fail

"#]]);
    let state = git(site.path(), &["status", "--porcelain"]);
    assert_eq!(state.as_deref(), Some(" M status/content/incidents/payments-slow.yaml\n"));
}

#[cfg(unix)]
#[test]
fn what_only_reads_runs_no_program_that_a_repository_names() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::sound();
    let git = |arguments: &[&str]| git(site.path(), arguments);
    if git(&["init", "-q"]).is_none() {
        return;
    }
    let set = [["user.name", "A"], ["user.email", "a@example.net"]];
    set.iter().for_each(|[key, value]| _ = git(&["config", key, value]));
    git(&["add", "content"]).expect("added");
    git(&["commit", "-q", "-m", "One"]).expect("committed");
    let program = format!("#!/bin/sh\ntouch '{}'\n", site.path().join("ran").display());
    for name in ["fsmonitor", "post-index-change", "post-checkout"] {
        site.write(&format!(".git/hooks/{name}"), &program);
        let path = site.path().join(".git/hooks").join(name);
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("made a program");
    }
    git(&["config", "core.fsmonitor", ".git/hooks/fsmonitor"]).expect("set");
    std::fs::remove_file(site.path().join("ran")).ok();
    site.run(["diff", "HEAD"]).code(0).stdout("Customers would see no change.\n");
    site.run(["check", "--since", "HEAD"]).says("");
    assert!(!site.path().join("ran").exists(), "a program of the repository ran");
}
