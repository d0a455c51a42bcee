//! The command line: what is printed where, exit codes, formats, and times.

use std::fs;

use crate::support::{INCIDENT, SITE, Site, TempFolder, copy, files, git_at, stamps};
use snapbox::str;

/// A site with one error.
fn faulty() -> Site {
    Site::sound().file("content/incidents/labels-late.yaml", INCIDENT.replace("checkout:", "chekout:"))
}

/// A site with one warning.
fn doubtful() -> Site {
    Site::sound().file("content/site.yaml", format!("{SITE}product_domains: [example.org]\n"))
}

#[test]
fn a_build_talks_on_stderr_and_exits_with_0() {
    let site = Site::sound();
    site.run(["build"]).stderr(str![[r#"
public: [..] files, [..] written, 0 removed, [..] ms

"#]]);
    assert!(site.path().join("public/index.html").is_file());
}

#[test]
fn a_fault_of_the_content_exits_with_1_and_writes_nothing() {
    let site = faulty();
    site.run(["build"]).code(1).stderr(str![[r#"
error[C006]: unknown component `chekout`
 --> content/incidents/labels-late.yaml:5:19
  |
5 |     components: { chekout: partial_outage }
  |                   ^^^^^^^
  |
  = help: did you mean `checkout`?

1 error
nothing was written

"#]]);
    assert!(!site.path().join("public").exists());
}

#[test]
fn a_warning_stops_nothing() {
    let site = doubtful();
    site.run(["build"]).says("warning[C039]").says("1 warning\n").says("public: ");
    assert!(site.run(["check"]).output().contains("warning[C039]"));
}

#[test]
fn check_reports_as_text_on_stdout() {
    Site::sound().run(["check"]).stderr("no faults\n");
    faulty().run(["check"]).code(1).stderr("").stdout(str![[r#"
error[C006]: unknown component `chekout`
 --> content/incidents/labels-late.yaml:5:19
  |
5 |     components: { chekout: partial_outage }
  |                   ^^^^^^^
  |
  = help: did you mean `checkout`?

1 error

"#]]);
}

#[test]
fn check_reports_as_json_for_programs() {
    faulty().run(["check", "--format", "json"]).code(1).stderr("").stdout(str![[r#"
{
  "diagnostics": [
    {
      "code": "C006",
      "help": "did you mean `checkout`?",
      "message": "unknown component `chekout`",
      "name": "unknown-component",
      "place": {
        "column": 19,
        "length": 7,
        "line": 5,
        "path": "content/incidents/labels-late.yaml",
        "text": "    components: { chekout: partial_outage }"
      },
      "severity": "error"
    }
  ],
  "errors": 1,
  "notes": 0,
  "warnings": 0
}

"#]]);
    let nothing = Site::sound().run(["check", "--format", "json"]).stderr("").output();
    let nothing: serde_json::Value = serde_json::from_str(&nothing).expect("JSON");
    assert_eq!(nothing, serde_json::json!({ "diagnostics": [], "errors": 0, "warnings": 0, "notes": 0 }));
}

#[test]
fn check_reports_as_annotations_for_github() {
    faulty().run(["check", "--format", "github"]).code(1).stderr("").stdout(str![[r#"
::error file=content/incidents/labels-late.yaml,line=5,col=19,endColumn=26,title=C006 unknown-component::unknown component `chekout`%0Ahelp: did you mean `checkout`?

"#]]);
    Site::sound().run(["check", "--format", "github"]).stderr("");
}

/// A postmortem with a note and a warning.
fn blaming() -> Site {
    let text = "---\ntitle: Labels late\n---\n\nObviously it was human error.\n";
    Site::sound().file("content/postmortems/labels-late.md", text)
}

#[test]
fn advice_fails_only_where_it_is_denied() {
    let notice = "::notice file=content/postmortems/labels-late.md,line=5,col=1,endColumn=10,title=BL011";
    assert!(blaming().run(["check", "--format", "github"]).stderr("").output().contains(notice));
    assert!(blaming().run(["check"]).stderr("").output().ends_with("\n1 warning, 1 note\n"));
    for codes in ["BL001", "C034,BL011", "all"] {
        let report = blaming().run(["check", "--deny", codes]).code(1).stderr("").output();
        assert!(report.contains("error[BL0"), "{report}");
        blaming().run(["build", "--deny", codes]).code(1).says("nothing was written");
    }
    blaming().run(["check", "--deny", "BL01O"]).code(2).says("no such code; did you mean `BL010`?");
}

#[test]
fn nothing_is_coloured_where_no_terminal_is() {
    for site in [faulty(), faulty().env("NO_COLOR", "1"), faulty().env("TERM", "xterm-256color")] {
        assert!(!site.run(["check"]).code(1).output().contains('\u{1b}'));
    }
}

#[test]
fn check_finds_what_fails_only_when_a_page_is_made() {
    let site = Site::sound().file("themes/default/templates/404.html", "<h1>{{ heading }}</h1>\n");
    let report = site.run(["check"]).code(1).stderr("").output();
    assert!(report.starts_with("error[C037]") && report.contains("404.html:1:8"), "{report}");
}

#[test]
fn a_time_that_is_none_says_why_and_exits_with_2() {
    let site = Site::sound();
    for (time, why) in [
        ("2026-11-22T15:31", "error: --now: `2026-11-22T15:31` does not say its offset from UTC: add `Z`\n"),
        ("2026-02-30T00:00Z", "error: --now: `2026-02-30T00:00Z` does not exist\n"),
        ("12026-02-20T00:00Z", "error: --now: `12026-02-20T00:00Z` has a year outside 1970 to 9999\n"),
        ("now", "error: --now: `now` is not a time: write it as 2026-03-02T15:04Z\n"),
    ] {
        site.run(["build", "--now", time]).code(2).stderr(why);
        site.run(["check", "--now", time]).code(2).stderr(why);
    }
    assert!(!site.path().join("public").exists());
}

#[test]
fn the_time_of_the_build_comes_from_source_date_epoch_unless_it_is_given() {
    let record = |site: &Site| fs::read(site.path().join("public/build.json")).expect("build.json");
    let now = |site: &Site| {
        let record: serde_json::Value = serde_json::from_slice(&record(site)).expect("JSON");
        record["now"].as_str().expect("a text").to_owned()
    };
    let site = Site::sound().with_clock().env("SOURCE_DATE_EPOCH", "1795361460");
    site.run(["build"]);
    assert_eq!(now(&site), "2026-11-22T15:31:00Z");
    site.run(["build", "--now", "2026-11-23T00:00Z"]);
    assert_eq!(now(&site), "2026-11-23T00:00:00Z");

    let wrong = Site::sound().with_clock().env("SOURCE_DATE_EPOCH", "soon");
    wrong.run(["build"]).code(2).stderr("error: SOURCE_DATE_EPOCH is no number: `soon`\n");
    let far = Site::sound().with_clock().env("SOURCE_DATE_EPOCH", i64::MAX.to_string());
    far.run(["build"])
        .code(2)
        .stderr(format!("error: SOURCE_DATE_EPOCH lies outside the years 1970 to 9999: `{}`\n", i64::MAX));
}

#[test]
fn a_site_folder_that_is_not_there_is_named() {
    let site = Site::new();
    for command in ["build", "check"] {
        site.run([command, "--site", "nowhere"]).code(2).stderr("error: cannot read `nowhere`: no such folder\n");
    }
}

#[cfg(unix)]
#[test]
fn a_content_folder_behind_a_link_is_read_without_a_word() {
    let site = Site::new().file("elsewhere/site.yaml", SITE);
    std::os::unix::fs::symlink("elsewhere", site.path().join("content")).expect("a link");
    site.run(["check"]).stderr("no faults\n");
}

#[test]
fn a_folder_without_a_site_says_how_to_begin() {
    Site::new().run(["build"]).code(1).stderr(str![[r#"
error[C031]: there is no `content/site.yaml`
--> content/site.yaml
 = help: give the folder of a site with `--site DIR`, or make one with `candor new site DIR`

1 error
nothing was written

"#]]);
}

#[test]
fn an_unknown_argument_exits_with_2_and_suggests_the_known_one() {
    Site::new().run(["biuld"]).code(2).says("unrecognized subcommand 'biuld'").says("'build'");
    Site::new().run(["check", "--fromat", "json"]).code(2).says("'--format'");
}

#[test]
fn a_new_site_checks_and_builds_without_a_fault() {
    let site = Site::new();
    let talk = site.run(["new", "site", "status"]).talk();
    for path in files(&site.path().join("status")).keys() {
        assert!(talk.contains(&format!("status/{path}\n")), "`{path}` is not named in:\n{talk}");
    }
    site.run(["check", "--site", "status"]).stderr("no faults\n");
    site.run(["build", "--site", "status", "--out", "public"]).stderr(str![[r#"
public: [..] files, [..] written, 0 removed, [..] ms

"#]]);
    assert!(site.path().join("public/incidents/2026-01-05-website-slow/index.html").is_file());
}

#[test]
fn a_new_site_that_knows_its_name_address_and_components_has_no_fault_either() {
    let site = Site::new();
    let (name, url) = ("--name=Acme: Status", "--url=https://status.acme.example");
    site.run(["new", "site", "acme", name, url, "-c", "Shop", "-c", "Search & find"]).says("serve --open");
    site.run(["check", "--site", "acme"]).stderr("no faults\n");
    site.run(["build", "--site", "acme", "--out", "public"]);
    let home = files(&site.path().join("public")).remove("index.html").expect("the home page");
    let home = String::from_utf8(home).expect("UTF-8");
    for piece in ["Acme: Status", "Search &amp; find", "https://status.acme.example/"] {
        assert!(home.contains(piece), "{piece}");
    }
    site.run(["new", "site", "other", "--url", "status.acme.example"]).code(2).says("begins with `https://`");
    site.run(["new", "site", "other", "-c", "!"]).code(2).says("no letter or digit");
    assert!(!site.path().join("other").exists());
}

#[test]
fn a_code_is_explained_with_an_example() {
    let explained = Site::new().run(["explain", "C017"]).output();
    assert!(explained.starts_with("C017: ends-before-start\n\nA window that ends before it starts"), "{explained}");
    assert!(explained.contains("\n    error[C017]: this ends before it starts, or at once\n"), "{explained}");
    Site::new().run(["explain", "C9"]).code(2).says("there is no such code");
}

#[test]
fn a_new_site_for_a_host_has_what_publishes_it_and_is_told_what_to_set() {
    let site = Site::new();
    let talk = site.run(["new", "site", "status", "--host", "cloudflare", "--ci", "gitlab"]).talk();
    for piece in ["status/.gitlab-ci.yml\n", "status/deploy/publish.sh\n", "  CLOUDFLARE_API_TOKEN: a token"] {
        assert!(talk.contains(piece), "{piece}: {talk}");
    }
    site.run(["check", "--site", "status"]).stderr("no faults\n");
    let wrong = ["new", "site", "other", "--host", "github-pages", "--ci", "gitlab"];
    site.run(wrong).code(2).stderr("error: github-pages publishes only from its own CI: leave `--ci` out\n");
    assert!(!site.path().join("other").exists());
}

#[test]
fn a_new_site_is_made_in_an_empty_folder_and_in_no_other() {
    let site = Site::new().file("full/notes.txt", "mine\n");
    fs::create_dir(site.path().join("empty")).expect("a folder");
    site.run(["new", "site", "empty"]).says("empty/content/site.yaml\n");
    site.run(["new", "site", "full"]).code(2).stderr("error: `full` is not empty; give the name of a new folder\n");
    site.run(["new", "site", "empty"]).code(2).says("`empty` is not empty");
    let names: Vec<String> = files(&site.path().join("full")).into_keys().collect();
    assert_eq!(names, ["notes.txt"]);
}

#[test]
fn a_quiet_command_says_nothing_but_what_is_wrong() {
    let site = Site::sound();
    site.run(["build", "--quiet"]).stderr("");
    site.run(["check", "-q"]).stderr("");
    site.write("content/pages/about.md", "no front matter");
    site.run(["build", "--quiet"]).code(1).says("error[C026]").says("nothing was written");
}

#[test]
fn more_files_than_hosts_take_are_warned_of_before_anything_is_published() {
    let site = Site::sound();
    site.run(["check"]).stderr("no faults\n");
    for number in 0..20_000 {
        site.write(&format!("content/static/{number}.txt"), "x");
    }
    site.run(["check", "--quiet"]).says("files, and Netlify and Cloudflare Pages take 20000; `api: {");
    site.write("content/site.yaml", format!("{SITE}\nhost_bounds: false\n"));
    site.run(["check"]).stderr("no faults\n");
}

#[test]
fn ten_files_with_ten_faults_are_reported_in_one_run_and_the_published_site_stays() {
    let site = Site::new();
    let sample = TempFolder::new();
    copy(std::path::Path::new("content"), &sample);
    for (path, bytes) in files(sample.path()) {
        site.write(&format!("content/{path}"), bytes);
    }
    site.run(["build"]);
    let public = site.path().join("public");
    let (bytes_before, stamps_before) = (files(&public), stamps(&public));

    let faults: [(&str, &str, String); 10] = [
        ("C001", "incidents/a.yaml", INCIDENT.replace("    status", "\tstatus")),
        ("C002", "incidents/b.yaml", format!("severity: 1\n{INCIDENT}")),
        ("C003", "incidents/c.yaml", INCIDENT.replace("title: Payments slow\n", "")),
        ("C006", "incidents/d.yaml", INCIDENT.replace("checkout:", "chekout:")),
        ("C008", "incidents/e.yaml", format!("impact: mayor\n{INCIDENT}")),
        ("C010", "incidents/f.yaml", INCIDENT.replace("10:10Z", "10:10")),
        ("C014", "incidents/g.yaml", INCIDENT.replace("10:10Z", "08:10Z")),
        ("C017", "maintenance/h.md", "---\ntitle: Work\nscheduled: { from: 2026-12-02T00:00Z, until: 2026-12-01T00:00Z }\ncomponents: [api]\n---\n".into()),
        ("C025", "pages/i.md", "---\ntitle: Terms\n---\nSee [the terms](/terms.pdf).\n".into()),
        ("C026", "announcements/j.md", "Prices change.\n".into()),
    ];
    for (_, path, text) in &faults {
        site.write(&format!("content/{path}"), text);
    }
    let report = site.run(["build"]).code(1).says("\n10 errors, ").says("nothing was written\n").talk();
    for (code, path, _) in &faults {
        let place = format!("--> content/{path}:");
        let mut errors = report.split("\n\n").filter_map(|section| section.strip_prefix("error["));
        let section = errors.find(|section| section.contains(&place));
        assert!(section.is_some_and(|section| section.starts_with(code)), "no {code} in {path}:\n{report}");
    }
    assert_eq!(report.matches("error[").count(), 10, "{report}");
    assert!(files(&public) == bytes_before, "the published bytes changed");
    assert_eq!(stamps(&public), stamps_before);
}

/// Runs git in a folder; whether it could.
fn git<const N: usize>(folder: &std::path::Path, args: [&str; N]) -> bool {
    let date = if args.contains(&"Renamed") { "2026-11-07T00:00:00Z" } else { "2026-11-05T09:10:00Z" };
    git_at(folder, Some(date), &args).is_some()
}

/// A report that does not say when it was published.
const REPORT: &str = "---\nid: PM-1\ntitle: Payments slow\nstatus: in-review\nmarks:\n  started: 2026-11-02T09:10Z\n  \
    resolved: 2026-11-02T10:10Z\n---\n\n## Summary\n\nPayments were slow.\n";

#[test]
#[expect(clippy::print_stderr, reason = "says that it was skipped")]
fn a_report_went_out_when_it_was_first_committed_and_git_is_no_condition() {
    let wiki = format!("{SITE}wiki: {{ url: https://wiki.example.org/ }}\n");
    let site = Site::sound().file("content/site.yaml", wiki).file("content/postmortems/payments-slow.md", REPORT);
    let updated = |site: &Site| {
        site.run(["build"]).says("wiki: ");
        let feed =
            String::from_utf8(fs::read(site.path().join("wiki/postmortems.atom")).expect("a feed")).expect("UTF-8");
        let entry = feed.split("<entry>").nth(1).expect("an entry").to_owned();
        entry.split("<updated>").nth(1).and_then(|rest| rest.get(..16)).expect("a time").to_owned()
    };
    assert_eq!(updated(&site), "2026-11-02T10:10", "without a repository: the resolution");
    if !git(site.path(), ["init", "-q"]) {
        eprintln!("skipped: there is no git");
        return;
    }
    assert_eq!(updated(&site), "2026-11-02T10:10", "without a commit");
    assert!(git(site.path(), ["add", "content"]) && git(site.path(), ["commit", "-q", "-m", "First"]));
    assert_eq!(updated(&site), "2026-11-05T09:10");
    fs::rename(
        site.path().join("content/postmortems/payments-slow.md"),
        site.path().join("content/postmortems/slow.md"),
    )
    .expect("renamed");
    assert!(git(site.path(), ["add", "-A", "content"]) && git(site.path(), ["commit", "-q", "-m", "Renamed"]));
    assert_eq!(updated(&site), "2026-11-05T09:10", "a rename is no new file");
}

#[test]
fn all_leaks_are_reported_in_one_run_and_the_published_site_stays() {
    let site = Site::sound().file("content/site.yaml", format!("{SITE}privacy: {{ people: [Kim Doe] }}\n"));
    site.run(["build"]);
    let public = site.path().join("public");
    let (bytes_before, stamps_before) = (files(&public), stamps(&public));
    let about = |text: &str| INCIDENT.replace("We are looking into it.", text);
    site.write("content/incidents/a.yaml", about("Kim Doe knows."));
    site.write("content/incidents/b.yaml", about("10.1.2.3 is down."));
    let report = site.run(["build"]).code(1).says("\n2 errors\npublic: nothing was written\n").talk();
    assert!(report.contains("--> content/incidents/a.yaml:6:30\n"), "{report}");
    assert!(report.contains("--> content/incidents/b.yaml:6:30\n"), "{report}");
    assert!(files(&public) == bytes_before, "the published bytes changed");
    assert_eq!(stamps(&public), stamps_before);
    assert_eq!(site.run(["check"]).code(1).stderr("").output(), report.replace("public: nothing was written\n", ""));
    assert!(site.run(["build", "--out", "other"]).code(1).talk().contains("2 errors"));
    assert!(!site.path().join("other").exists());
}
