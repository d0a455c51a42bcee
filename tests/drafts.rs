//! Entries with `draft: true`: not published, not in the way, and to be seen in the preview.

use crate::support::{INCIDENT, SITE, now};
use candor::pipeline::{self, Options};
use candor::source::Source;

/// The paths that a site has, with or without its drafts, and the codes of what is reported.
fn built(files: &[(&str, &str)], drafts: bool) -> (Vec<String>, Vec<&'static str>) {
    let source = Source::from_files([("content/site.yaml", SITE)].into_iter().chain(files.iter().copied()));
    let mut options = Options::at(now());
    options.drafts = drafts;
    let build = pipeline::build(&source, &options);
    let paths = build.routes.iter().map(|route| route.path.clone()).collect();
    (paths, build.diagnostics.iter().map(|fault| fault.code.as_str()).collect())
}

fn has(paths: &[String], path: &str) -> bool {
    paths.iter().any(|known| known == path)
}

#[test]
fn no_kind_of_draft_is_published_and_each_is_shown_in_the_preview() {
    let incident = format!("draft: true\n{INCIDENT}");
    let files = [
        ("content/incidents/a.yaml", &*incident),
        (
            "content/maintenance/b.yaml",
            "{ draft: true, title: B, components: [api], scheduled: { from: 2026-11-22T15:00Z, until: 2026-11-22T17:00Z } }",
        ),
        ("content/announcements/c.md", "---\ntitle: C\nfrom: 2026-11-20T00:00Z\ndraft: true\n---\nSoon.\n"),
        ("content/pages/d.md", "---\ntitle: D\ndraft: true\n---\nSoon.\n"),
    ];
    let pages = ["incidents/a", "maintenance/b", "announcements/c", "d"].map(|folder| format!("{folder}/index.html"));
    let (published, notes) = built(&files, false);
    assert_eq!(notes, ["C075"; 4]);
    let (shown, notes) = built(&files, true);
    assert_eq!(notes, [""; 0]);
    for page in &pages {
        assert!(!has(&published, page), "{page} is published");
        assert!(has(&shown, page), "{page} is not in the preview");
    }
}

#[test]
fn what_is_no_draft_says_so_or_nothing() {
    let incident = format!("draft: false\n{INCIDENT}");
    let (published, notes) = built(&[("content/incidents/a.yaml", &*incident)], false);
    assert!(has(&published, "incidents/a/index.html") && notes.is_empty());
    let (_, notes) = built(&[("content/incidents/a.yaml", &*incident.replace("false", "soon"))], false);
    assert_eq!(notes, ["C004"]);
}

#[test]
fn a_fault_in_a_draft_keeps_nothing_else_from_being_published() {
    let faulty = format!("draft: true\n{}", INCIDENT.replace("checkout:", "chekout:"));
    let files = [("content/incidents/a.yaml", &*faulty), ("content/incidents/b.yaml", INCIDENT)];
    let (published, notes) = built(&files, false);
    assert!(has(&published, "incidents/b/index.html"));
    assert_eq!(notes, ["C075", "C006"]);
    assert!(built(&files, true).0.is_empty(), "the preview says what is wrong with it");
}

#[test]
fn a_link_to_a_draft_leads_nowhere() {
    let draft = ("content/pages/d.md", "---\ntitle: D\ndraft: true\n---\nSoon.\n");
    let link = ("content/pages/e.md", "---\ntitle: E\n---\nSee [D](/d/).\n");
    assert_eq!(built(&[draft, link], false).1, ["C075", "C025"]);
    assert_eq!(built(&[draft, link], true).1, [""; 0]);
}
