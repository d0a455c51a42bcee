//! The commands that write content: what they ask for, show, write and commit, and what they refuse.

use std::fs;
use std::path::Path;

use crate::support::{self, INCIDENT, SITE, Site, git};
use snapbox::str;

const OPEN: &str = "\
# Words for customers: https://wiki.example.org/tone
title: Checkout returns errors
updates:
  - at: 2026-11-22T14:50Z
    status: investigating
    components: { checkout: partial_outage }
    body: Some customers cannot pay. We are looking into it.   # agreed with support
";

const PATH: &str = "content/incidents/2026-11-22-checkout-503.yaml";

/// A site with one open incident and one that is over.
fn open() -> Site {
    Site::sound().file("content/site.yaml", format!("{SITE}cadence: {{ major: 1h }}\n")).file(PATH, OPEN)
}

fn text(site: &Site, path: &str) -> String {
    String::from_utf8(fs::read(site.path().join(path)).expect("the file")).expect("UTF-8")
}

#[test]
fn an_update_is_shown_and_written_at_the_end() {
    let site = open();
    site.run(["update", "checkout-503", "--status", "identified", "--message", "We *know* the cause."]).stderr(str![[
        r#"
What customers will read:

  Checkout returns errors
  Identified · 22 Nov 2026, 15:31 UTC

  We know the cause.

  No component changes its status.
  Next update by 16:31 UTC
  Home says: Minor service outage

content/incidents/2026-11-22-checkout-503.yaml

"#
    ]]);
    assert_eq!(
        text(&site, PATH),
        format!(
            "{OPEN}  - at: 2026-11-22T15:31Z\n    status: identified\n    next_update: 2026-11-22T16:31Z\n    body: We *know* the cause.\n"
        )
    );
    site.run(["check"]).stderr("no faults\n");
}

#[test]
fn everything_can_be_said_by_flags() {
    let site = open();
    site.run([
        "update",
        "--status",
        "mon",
        "-c",
        "checkout=degraded",
        "-c",
        "api=operational",
        "--next-update",
        "45m",
        "--at",
        "15:20",
        "--message",
        "Payments work.\n\nWe watch: closely.",
    ])
    .says("Checkout: Degraded performance (was Partial outage)")
    .says("Next update by 16:05 UTC");
    let added = text(&site, PATH).replace(OPEN, "");
    assert_eq!(
        added,
        "  - at: 2026-11-22T15:20Z\n    status: monitoring\n    components: { checkout: degraded_performance, api: operational }\n    \
         next_update: 2026-11-22T16:05Z\n    body: |\n      Payments work.\n\n      We watch: closely.\n"
    );
}

#[test]
fn resolve_and_reopen_end_it_and_begin_it_again() {
    let site = open();
    site.run(["resolve", "--message", "Payments work. No order was lost."])
        .says("Checkout: Operational (was Partial outage)")
        .says("Home says: All systems operational");
    site.run(["update", "--message", "x"])
        .code(2)
        .stderr("error: no incident is open; name one, or begin one with `candor new incident`\n");
    site.run(["update", "checkout", "--message", "x"]).code(2).says("use `candor reopen 2026-11-22-checkout-503`");
    site.run(["reopen", "checkout-503", "-c", "checkout=major_outage", "--message", "Payments fail again."])
        .says("Checkout: Major outage (was Operational)")
        .says("Critical impact (was Major impact)");
    site.run(["reopen", "checkout-503", "--message", "x"]).code(2).says("is open: use `candor update");
    site.run(["check"]).stderr("no faults\n");
}

#[test]
fn a_text_may_begin_with_a_hyphen() {
    let site = open();
    let said = "- Web: down";
    let printed = |run: support::Run| assert!(run.output().contains("- Web: down\n"));
    printed(site.run(["update", "-m", said, "--dry-run"]));
    printed(site.run(["resolve", "--message", said, "--dry-run"]));
    printed(site.run(["reopen", "payments-slow", "-m", said, "--dry-run"]));
    printed(site.run(["new", "incident", "--title", "Slow", "-m", said, "--dry-run"]));
    printed(site.run([
        "schedule",
        "--title",
        "Cable",
        "-c",
        "api",
        "--from",
        "2d",
        "--until",
        "1h",
        "-m",
        said,
        "--dry-run",
    ]));
    printed(site.run(["update", "-m", "--- Web: down\n", "--dry-run"]));
    site.run(["update", "-m", "--yes"]).code(2).says("a text is missing");
    assert_eq!(text(&site, PATH), OPEN, "nothing was written");
}

#[test]
fn what_is_missing_or_wrong_names_its_flag() {
    let site = open();
    for (arguments, words) in [
        (&["checkout"][..], "the text is missing: give `--message TEXT`"),
        (&["chekout-503", "-m", "x"], "did you mean `checkout-503`?"),
        (&["-m", "x", "-s", "identifed"], "--status: unknown word `identifed`: did you mean `identified`?"),
        (&["-m", "x", "-c", "chekout=partial_outage"], "unknown component `chekout`: did you mean `checkout`?"),
        (&["-m", "x", "-c", "checkout"], "write it as `checkout=partial_outage`"),
        (&["-m", "x", "-c", "checkout=bad"], "--component: unknown word `bad`"),
        (&["-m", "x", "--next-update", "soon"], "--next-update: `soon` is not a time"),
        (&["-m", " "], "--message is empty"),
    ] {
        let mut line = vec!["update"];
        line.extend(arguments);
        let run = match line.as_slice() {
            [a, b] => site.run([a, b]),
            [a, b, c] => site.run([a, b, c]),
            [a, b, c, d] => site.run([a, b, c, d]),
            [a, b, c, d, e] => site.run([a, b, c, d, e]),
            _ => panic!("{line:?}"),
        };
        run.code(2).says(words);
    }
    assert_eq!(text(&site, PATH), OPEN, "nothing was written");
}

#[test]
fn a_new_fault_stops_the_update() {
    let site = open();
    let private = format!("{SITE}privacy: {{ forbid: [\"*.shop.internal\"] }}\n");
    site.write("content/site.yaml", private);
    site.run(["update", "-m", "See [this](/incidents/nothing/)."])
        .code(1)
        .says("error[C025]")
        .says("nothing was written");
    site.run(["update", "-m", "db1.shop.internal is down."]).code(1).says("error[C044]").says("nothing was written");
    site.run(["update", "-m", "Old.", "--at", "2026-11-22T14:00Z"]).code(1).says("error[C014]");
    site.run(["update", "-m", "Late.", "--next-update", "2026-11-22T15:00Z"]).code(1).says("error[C040]");
    assert_eq!(text(&site, PATH), OPEN);
    site.run(["update", "-m", "<b>Bold</b> words."]).says("warning[C041]");
}

#[test]
fn a_faulty_file_is_left_alone_and_another_ones_faults_are_told() {
    let site = open();
    let faulty = OPEN.replace("partial_outage", "partial");
    site.write(PATH, &faulty);
    site.run(["update", "checkout-503", "-m", "x"]).code(1).says("error[C007]").says("repair this file first");
    assert_eq!(text(&site, PATH), faulty);
    site.write(PATH, OPEN);
    site.write("content/incidents/other.yaml", INCIDENT.replace("checkout:", "chekout:"));
    site.run(["update", "-m", "We know more."])
        .code(1)
        .says("error[C006]")
        .says("it is written, but the site cannot be built");
    assert!(text(&site, PATH).contains("We know more."));
}

#[test]
fn a_list_in_brackets_is_refused_with_its_repair() {
    let file = "title: Labels late\nupdates: [{ at: 2026-11-22T15:00Z, status: investigating, body: We look. }]\n";
    let site = Site::sound().file("content/incidents/labels.yaml", file);
    site.run(["update", "labels", "-m", "x"]).code(2).stderr(
        "error: content/incidents/labels.yaml:2: the list `updates` stands in brackets; write `updates:` alone on its line, and below it \
         each item with a dash of its own\n",
    );
    assert_eq!(text(&site, "content/incidents/labels.yaml"), file);
}

#[test]
fn maintenance_is_updated_too() {
    let file = "title: Database\nscheduled: { from: 2026-11-22T15:00Z, until: 2026-11-22T17:00Z }\ncomponents: [api]\n";
    let path = "content/maintenance/database.yaml";
    let site = Site::sound().file(path, file);
    site.run(["update", "database", "--status", "in_progress", "-m", "We have begun."])
        .says("In progress · 22 Nov 2026");
    site.run(["resolve", "database", "-m", "All done.", "--at", "15:31"]).says("Completed");
    let added = "updates:\n  - at: 2026-11-22T15:31Z\n    status: in_progress\n    body: We have begun.\n  - at: \
                 2026-11-22T15:31Z\n    status: completed\n    body: All done.\n";
    assert_eq!(text(&site, path), format!("{file}{added}"));
}

#[test]
fn maintenance_is_planned_for_another_time_in_one_step() {
    let file = "title: Database\nscheduled: { from: 2026-11-25T05:00Z, until: 2026-11-25T07:00Z }\ncomponents: [api]\n";
    let path = "content/maintenance/database.yaml";
    let site = Site::sound().file(path, file);
    site.run(["reschedule", "database", "--from", "2026-11-27T05:00Z", "-m", "- We wait for a part."])
        .says("Postponed · 22 Nov 2026")
        .says("Planned for 27 Nov 2026, 05:00 UTC to 07:00 UTC");
    let moved = "updates:\n  - at: 2026-11-22T15:31Z\n    status: postponed\n    scheduled: { from: 2026-11-27T05:00Z, until: \
                 2026-11-27T07:00Z }\n    body: |\n      - We wait for a part.\n";
    assert_eq!(text(&site, path), format!("{file}{moved}"));
    site.run(["update", "database", "-m", "The part is on its way."]).says("Scheduled · 22 Nov 2026");
    site.run(["status"]).stdout(str![[r#"
No incident is open.

Database  (database)
  maintenance, planned for 27 Nov 2026, 05:00 UTC

"#]]);
    site.run(["reschedule", "payments-slow", "--until", "1h", "-m", "x"]).code(2).says("only maintenance has a window");
    site.run(["reschedule", "database", "-m", "x"]).code(2);
}

#[test]
fn a_word_on_work_that_waits_for_another_time_gives_it_none() {
    let file = "title: Database\nscheduled: { from: 2026-11-25T05:00Z, until: 2026-11-25T07:00Z }\ncomponents: [api]\n";
    let site = Site::sound().file("content/maintenance/database.yaml", file);
    site.run(["update", "database", "-s", "postponed", "-m", "We wait for a part."]).says("Postponed · 22 Nov 2026");
    site.run(["update", "database", "-m", "We still wait."]).says("Postponed · 22 Nov 2026");
    site.run(["status"]).output().lines().find(|line| line.contains("postponed, without another time")).expect("so");
}

#[test]
fn work_that_goes_on_gets_a_longer_window_and_goes_on() {
    let file = "title: Database\nscheduled: { from: 2026-11-22T15:00Z, until: 2026-11-22T16:00Z }\ncomponents: [api]\n";
    let site = Site::sound().file("content/maintenance/database.yaml", file);
    site.run(["reschedule", "database", "--until", "17:30", "-m", "It takes longer."])
        .says("In progress · 22 Nov 2026");
    site.run(["check"]).stderr("no faults\n");
    assert!(text(&site, "content/maintenance/database.yaml").contains("until: 2026-11-22T17:30Z }\n    body"));
}

#[test]
fn a_dry_run_prints_the_file_and_writes_nothing() {
    let site = open();
    let run = site.run(["update", "-m", "We know.", "--dry-run"]).output();
    assert!(run.starts_with(OPEN) && run.ends_with("    body: We know.\n"), "{run}");
    assert_eq!(text(&site, PATH), OPEN);
}

#[cfg(unix)]
#[test]
fn the_file_keeps_its_permissions_and_nothing_else_is_left() {
    use std::os::unix::fs::PermissionsExt;
    let site = open();
    let file = site.path().join(PATH);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("permissions");
    site.run(["update", "-m", "We know."]).says(PATH);
    assert_eq!(fs::metadata(&file).expect("the file").permissions().mode() & 0o777, 0o640);
    let names: Vec<_> = support::files(&site.path().join("content/incidents")).into_keys().collect();
    assert_eq!(names, ["2026-11-22-checkout-503.yaml", "payments-slow.yaml"]);
}

#[test]
fn a_file_that_changed_meanwhile_is_not_replaced() {
    let site = open();
    let error = candor::author::replace_file(site.path(), PATH, b"something else", b"new").expect_err("a refusal");
    assert!(error.to_string().contains("has changed meanwhile"), "{error}");
    assert_eq!(text(&site, PATH), OPEN);
    assert_eq!(support::files(&site.path().join("content/incidents")).len(), 2, "nothing is left behind");
}

#[test]
fn a_commit_has_the_file_and_nothing_else() {
    let Some(site) = repository(open()) else { return };
    site.write("content/pages/about.md", "---\ntitle: About\n---\n");
    git(site.path(), &["add", "content/pages/about.md"]).expect("git runs");
    site.run(["update", "-m", "We know.", "--commit"])
        .says("committed ")
        .says(": Checkout returns errors: investigating");
    assert_eq!(
        git(site.path(), &["show", "--format=%s%n%b", "--name-only"]).expect("git runs").trim(),
        format!("Checkout returns errors: investigating\nWe know.\n\n\n{PATH}")
    );
    assert_eq!(
        git(site.path(), &["diff", "--cached", "--name-only"]).expect("git runs").trim(),
        "content/pages/about.md",
        "stays staged"
    );
}

#[test]
fn a_commit_that_fails_says_what_failed_and_keeps_the_text() {
    let site = open();
    site.run(["update", "-m", "We know.", "--commit"]).code(2).says("--commit: nothing was written: git: ");
    assert_eq!(text(&site, PATH), OPEN);
    let Some(site) = repository(open()) else { return };
    site.write(".git/hooks/pre-commit", "#!/bin/sh\necho 'the hook says no' >&2\nexit 1\n");
    make_executable(&site.path().join(".git/hooks/pre-commit"));
    site.run(["update", "-m", "We know.", "--commit"])
        .code(2)
        .says("is written, but not committed: git: the hook says no");
    assert!(text(&site, PATH).contains("We know."));
}

#[test]
fn a_new_incident_is_a_file_as_a_careful_person_writes_it() {
    let site = open();
    site.run([
        "new",
        "incident",
        "--title",
        "Sign-in: slow",
        "-c",
        "api=degraded",
        "--started",
        "20m",
        "--detected-by",
        "monitor",
        "-m",
        "Signing in takes a minute.",
    ])
    .says("API: Degraded performance (was Operational)")
    .says("Minor impact")
    .says("Next update by 23:31 UTC");
    let path = "content/incidents/2026-11-22-sign-in-slow.md";
    assert_eq!(
        text(&site, path),
        "---\ntitle: \"Sign-in: slow\"\nstarted: 2026-11-22T15:11Z\ndetected_by: monitor\nupdates:\n  - at: \
         2026-11-22T15:31Z\n    status: investigating\n    components: { api: degraded_performance }\n    next_update: \
         2026-11-22T23:31Z\n    body: Signing in takes a minute.\n---\n"
    );
    site.run(["new", "incident", "--title", "Sign-in slow", "-m", "Again."]).says("2026-11-22-sign-in-slow-2.md");
    site.run(["new", "incident", "-m", "x"]).code(2).says("give `--title TEXT`");
    site.run(["new", "incident", "--title", "—", "-m", "x"]).code(2).says("give `--name NAME`");
    site.run(["new", "incident", "--title", "Late", "--started", "2026-11-22T15:40Z", "-m", "x"])
        .code(1)
        .says("error[C015]");
}

#[test]
fn files_go_where_those_of_their_kind_are() {
    let file = "content/maintenance/2026/database.yaml";
    let work = "title: Database\nscheduled: { from: 2026-11-22T15:00Z, until: 2026-11-22T17:00Z }\ncomponents: [api]\n";
    let site = Site::new().file("content/site.yaml", SITE).file(file, work);
    site.run(["new", "incident", "--title", "Slow", "-m", "x"]).says("content/incidents/2026/2026-11-22-slow.md");
    site.run(["schedule", "--title", "Cable", "-c", "api", "--from", "16:00", "--until", "2h", "-m", "x"])
        .says("Planned for 22 Nov 2026, 16:00 UTC to 18:00 UTC")
        .says("Touches API")
        .says("content/maintenance/2026/2026-11-22-cable.md");
    site.run(["schedule", "--title", "Cable", "--from", "16:00", "-m", "x"]).code(2).says("give `--component ID`");
    site.run(["new", "maintenance", "--title", "x", "-c", "api", "--from", "1h", "-m", "x"])
        .code(2)
        .says("`--until TIME`");
}

#[test]
fn a_title_in_any_script_names_its_file() {
    let site = Site::new().file("content/site.yaml", SITE);
    let file = |title: &str, name: &str| {
        let path = format!("content/incidents/2026/2026-11-22-{name}.md");
        site.run(["new", "incident", "--title", title, "-m", "x"]).says(&path);
    };
    file("Störung bei Zahlungen", "storung-bei-zahlungen");
    file("Оплата не проходит", "oplata-ne-prokhodit");
    file("Оплата не проходит!", "oplata-ne-prokhodit-2");
    file("支付故障", "zhi-fu-gu-zhang");
    site.run(["new", "incident", "--title", "🔥", "-m", "x"]).code(2).says("no letter that can stand in an address");
}

#[test]
fn the_status_says_what_is_open_and_what_is_late() {
    let site = open();
    site.run(["status"]).stdout(str![[r#"
Checkout returns errors  (2026-11-22-checkout-503)
  Investigating, major impact, for 41 min
  Checkout: Partial outage
  last update 41 min ago; the next one is due in 19 min, at 15:50 UTC

"#]]);
    let late = site.run(["status", "--now", "2026-11-22T16:02Z", "--format", "json"]).output();
    let late: serde_json::Value = serde_json::from_str(&late).expect("JSON");
    assert_eq!(late["incidents"][0]["state"], "overdue");
    assert_eq!(late["incidents"][0]["late_by_seconds"], 12 * 60);
    assert_eq!(late["incidents"][0]["due"], "2026-11-22T15:50:00Z");
    assert!(
        site.run(["status", "--now", "2026-11-22T16:02Z"])
            .output()
            .contains("OVERDUE: the next one was due 12 min ago")
    );
    site.run(["resolve", "-m", "Over. Nothing was lost."]).says(PATH);
    site.run(["status"]).stdout("No incident is open.\n");
}

#[test]
fn a_template_begins_the_text_and_gives_the_status() {
    let site = open();
    site.run(["update", "-t", "identified"]).says("Identified · 22 Nov 2026").says("trouble with Checkout, and");
    site.run(["update", "--template", "resolved"]).code(2).says("give `--fill data=TEXT`");
    site.run(["update", "--template", "resolved", "--fill", "data=No order was lost."])
        .says("is over. No order was lost.");
    let added = text(&site, PATH).replace(OPEN, "");
    assert_eq!(
        added,
        "  - at: 2026-11-22T15:31Z\n    status: identified\n    next_update: 2026-11-22T16:31Z\n    body: |\n      We know \
         what leads to the trouble with Checkout, and we are working on it. What customers notice has not\n      changed.\n\n      \
         We will write again by 16:31 UTC.\n  - at: 2026-11-22T15:31Z\n    status: resolved\n    body: The trouble with \
         Checkout is over. No order was lost.\n"
    );
}

#[test]
fn a_sites_own_template_stands_before_that_of_the_program() {
    let own = "---\ntitle: Ours\nstatus: identified\n---\n\nOurs: {title}, {works}\n";
    let site = open().file("content/templates/identified.md", own);
    let listed = site.run(["templates"]).output();
    assert!(listed.contains("identified             identified     Ours\n"), "{listed}");
    assert_eq!(listed.lines().count(), 9);
    assert_eq!(site.run(["update", "--template", "?"]).output(), listed);
    site.run(["update", "-t", "ident", "--fill", "works=the rest works."])
        .says("Ours: Checkout returns errors, the rest works.");
    site.run(["update", "-t", "identfied"]).code(2).says("did you mean `identified`?");
    site.run(["update", "-t", "ident", "--fill", "worsk=x"])
        .code(2)
        .says("--fill: unknown word `worsk`: did you mean `works`?");
    site.run(["update", "-t", "maintenance-started"]).code(2).says("this one is for maintenance");
    site.run(["build"]).says("public: ");
    let public = support::files(&site.path().join("public"));
    assert!(!public.values().any(|bytes| String::from_utf8_lossy(bytes).contains("{works}")), "never published");
}

/// The site in a repository of its own, committed; none if there is no git.
#[expect(clippy::print_stderr, reason = "says that it was skipped")]
fn repository(site: Site) -> Option<Site> {
    if git(site.path(), &["init", "--quiet"]).is_none() {
        eprintln!("skipped: there is no git");
        return None;
    }
    for arguments in [
        &["config", "user.name", "shop"][..],
        &["config", "user.email", "shop@example.org"],
        &["add", "."],
        &["commit", "--quiet", "-m", "Begin"],
    ] {
        git(site.path(), arguments).expect("git runs");
    }
    Some(site)
}

#[cfg(unix)]
fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("permissions");
}

#[cfg(not(unix))]
fn make_executable(_: &Path) {}

#[test]
fn a_new_entry_takes_the_name_of_no_file_that_is_there_drafts_and_faulty_ones_included() {
    const DRAFT: &str = "title: Payments fail\ndraft: true\nupdates: []\n";
    const FAULTY: &str = "title: [\n";
    // What is wrong already is told again.
    for (old, code) in [(DRAFT, 0), (FAULTY, 1)] {
        let path = "content/incidents/2026-11-22-payments-fail.yaml";
        let site = Site::sound().file(path, old);
        site.run(["new", "incident", "--title", "Payments fail", "--message", "We are looking into it."])
            .code(code)
            .talk();
        let files = crate::support::files(site.path());
        assert_eq!(String::from_utf8_lossy(&files[path]), old);
        assert!(files.keys().any(|path| path.ends_with("2026-11-22-payments-fail-2.md")), "{:?}", files.keys());
    }
}

#[test]
fn of_two_incidents_that_are_begun_at_once_none_is_lost() {
    let site = Site::sound();
    let begin = |text: &str| {
        site.run([
            "new",
            "incident",
            "--title",
            "Checkout fails",
            "--component",
            "checkout=major_outage",
            "--message",
            text,
        ])
    };
    let texts = ["We look into it. One.", "We look into it. Two.", "We look into it. Three."];
    std::thread::scope(|scope| {
        let runs: Vec<_> = texts.iter().map(|text| scope.spawn(move || begin(text))).collect();
        runs.into_iter().for_each(|run| drop(run.join().expect("it ran").code(0)));
    });
    let written: String = support::files(&site.path().join("content/incidents"))
        .into_values()
        .map(|bytes| String::from_utf8(bytes).expect("text"))
        .collect();
    assert!(texts.iter().all(|text| written.contains(text)), "{written}");
}

#[test]
fn recurring_work_is_announced_by_one_command() {
    let site = Site::new().file("content/site.yaml", SITE);
    let from = "2026-12-06T04:00Z";
    let schedule = |rule: &str| {
        let what = ["schedule", "--title", "Restart", "-c", "api", "--from", from, "--until", "1h", "-m", "x"];
        let [a, b, c, d, e, f, g, h, i, j, k] = what;
        site.run([a, b, c, d, e, f, g, h, i, j, k, "--dry-run", "--repeat", rule])
    };
    let ended = |flag: &str, rule: &str, day: &str| {
        let what = ["schedule", "--title", "Restart", "-c", "api", "--from", from, "--until", "1h", "-m", "x"];
        let [a, b, c, d, e, f, g, h, i, j, k] = what;
        site.run([a, b, c, d, e, f, g, h, i, j, k, "--dry-run", flag, rule, "--repeat-until", day])
    };
    assert!(schedule("weekly").output().contains("until: 2026-12-06T05:00Z, repeat: weekly }"));
    assert!(ended("--repeat", "weekly", "2027-03-31").output().contains("FREQ=WEEKLY;UNTIL=20270331"));
    assert!(schedule("FREQ=WEEKLY;BYDAY=SU,WE").output().contains("\"FREQ=WEEKLY;BYDAY=SU,WE\""));
    schedule("often").code(2).says("such as `weekly`");
    schedule("FREQ=MONTHLY;BYDAY=1MO").code(2).says("`from` is no day of this rule");
    ended("--repeat", "weekly", "spring").code(2).says("is no day");
    ended("--name", "restart", "2027-03-31").code(2).says("--repeat");
}

#[test]
fn a_text_that_looks_like_a_flag_is_one_only_if_there_is_one() {
    let site = open();
    assert!(site.run(["update", "-m", "--foo", "--dry-run"]).output().contains("--foo"));
    site.run(["update", "-m", "--commit"]).code(2).says("a text is missing");
    assert!(
        site.run(["new", "incident", "--title", "-5 % of calls", "-m", "x", "--dry-run"])
            .output()
            .contains("-5 % of calls")
    );
    site.run(["new", "incident", "--title", "--component", "api=major_outage", "-m", "x"]).code(2);
}
