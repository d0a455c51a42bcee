//! Which texts advice on wording is for: what is open, what is new, what a review changes, or all.

use std::fmt::Write as _;

use crate::support::{Run, SITE, Site, git};

/// Promises a time of repair.
const PROMISE: &str = "We will be back by 11:00.";

/// An incident with this text, resolved on a day of 2026, or open since it.
fn incident(day: &str, is_over: bool) -> String {
    let mut text = format!(
        "title: Payments slow\nupdates:\n  - at: 2026-{day}T09:10Z\n    status: investigating\n    \
         components: {{ checkout: degraded_performance }}\n    body: {PROMISE}\n"
    );
    if is_over {
        let end = "status: resolved\n    body: Payments work again. No order was lost.";
        let _ = writeln!(text, "  - at: 2026-{day}T10:10Z\n    {end}");
    }
    text
}

fn work(day: &str, said: &str) -> String {
    format!(
        "title: Bigger disks\nscheduled: {{ from: 2026-{day}T10:00Z, until: 2026-{day}T12:00Z }}\n\
         components: [api]\nupdates:\n  - {{ at: 2026-{said}T08:00Z, status: scheduled, body: We guarantee that no data is lost. }}\n"
    )
}

fn site() -> Site {
    Site::new()
        .file("content/site.yaml", SITE)
        .file("content/incidents/old.yaml", incident("10-01", true))
        .file("content/incidents/open.yaml", incident("10-02", false))
        .file("content/incidents/new.yaml", incident("11-02", true))
        .file("content/maintenance/past.yaml", work("10-03", "10-01"))
        .file("content/maintenance/ahead.yaml", work("12-24", "10-01"))
}

/// The files whose promise of a time is found.
fn judged(run: Run) -> Vec<String> {
    let report = run.output();
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let found = report["diagnostics"].as_array().expect("a list").iter();
    let found = found
        .filter(|one| one["code"].as_str().is_some_and(|code| code.starts_with("CU")))
        .filter_map(|one| one["place"]["path"].as_str());
    found.map(|path| path.trim_start_matches("content/").to_owned()).collect()
}

fn check(site: &Site, [flag, value]: [&str; 2]) -> Vec<String> {
    judged(site.run(["check", "--format", "json", flag, value]))
}

/// For [`check`].
const BY_DEFAULT: [&str; 2] = ["--now", crate::support::NOW];
const ALL: [&str; 2] = ["--all", "--quiet"];

#[test]
fn wording_is_judged_where_it_can_still_be_mended() {
    let site = site();
    let recent = ["incidents/new.yaml", "incidents/open.yaml", "maintenance/ahead.yaml"];
    assert_eq!(check(&site, BY_DEFAULT), recent);
    let all = [&recent[..], &["incidents/old.yaml", "maintenance/past.yaml"]].concat();
    let mut found = check(&site, ALL);
    found.sort();
    let mut all: Vec<&str> = all;
    all.sort();
    assert_eq!(found, all);
    let said = site.run(["build"]).says("new.yaml").talk();
    assert!(!said.contains("old.yaml") && !said.contains("past.yaml"), "{said}");
    site.run(["build", "--all"]).says("old.yaml");
}

#[test]
fn thirty_days_after_the_last_word_it_is_too_late() {
    let site = Site::new().file("content/site.yaml", SITE).file("content/incidents/x.yaml", incident("11-02", true));
    assert_eq!(check(&site, ["--now", "2026-12-02T10:10Z"]).len(), 1);
    assert_eq!(check(&site, ["--now", "2026-12-02T10:11Z"]).len(), 0);
    // Nobody knows of it yet, and it is being written.
    assert_eq!(check(&site, ["--now", "2026-11-02T09:30Z"]).len(), 1);
}

#[test]
fn an_import_of_years_says_nothing_of_wording() {
    let mut site = Site::new().file("content/site.yaml", SITE);
    for number in 0..300 {
        let (month, day) = (1 + number / 28 % 9, 1 + number % 28);
        site = site.file(&format!("content/incidents/i{number}.yaml"), incident(&format!("{month:02}-{day:02}"), true));
    }
    assert!(check(&site, BY_DEFAULT).is_empty());
    assert_eq!(check(&site, ALL).len(), 300);
}

#[test]
fn a_review_judges_what_its_commits_change() {
    let site = site();
    let git = |arguments: &[&str]| git(site.path(), arguments);
    let Some(_) = git(&["init", "-q", "-b", "main"]) else { return };
    git(&["add", "-A"]).expect("git add");
    git(&["commit", "-q", "-m", "All"]).expect("git commit");
    git(&["checkout", "-q", "-b", "review"]).expect("git checkout");
    let open = ["incidents/open.yaml", "maintenance/ahead.yaml"];
    assert_eq!(check(&site, ["--since", "main"]), open);
    site.write("content/incidents/old.yaml", incident("10-01", true).replace("Payments slow", "Payments were slow"));
    git(&["commit", "-q", "-a", "-m", "Put right"]).expect("git commit");
    site.write("content/incidents/older.yaml", incident("09-01", true));
    assert_eq!(check(&site, ["--since", "main"]), ["incidents/old.yaml", "incidents/older.yaml", open[0], open[1]]);
    site.run(["check", "--since", "nowhere"]).code(2).says("`--since nowhere`: git knows no such revision");
    site.run(["check", "--since", "main", "--all"]).code(2).says("cannot be used with");
}
