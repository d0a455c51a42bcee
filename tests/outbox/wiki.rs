//! The mails of reviewed postmortems.

use std::fs;

use crate::support::{SITE, Site, files};

/// A report about the same cause as [`LATER`].
const EARLIER: &str = "---\nid: PM-2026-001\ntitle: Payments slow\nseverity: SEV2\nstatus: reviewed\nowner: team-shop\n\
    marks:\n  started: 2026-10-02T09:10Z\n  detected: 2026-10-02T09:20Z\n  resolved: 2026-10-02T10:10Z\n\
    published: 2026-10-04T09:00Z\ncause: pool-exhausted\n---\n\n## Summary\n\nPayments were slow.\n";

/// Hostile where an author can be.
const LATER: &str = "---\nid: PM-2026-002\ntitle: \"Payments <slow> & \\\"again\\\"\"\nseverity: SEV2\nstatus: STATUS\n\
    owner: team-shop\nmarks:\n  started: 2026-11-02T09:10Z\n  detected: 2026-11-02T09:12Z\n  resolved: 2026-11-02T09:30Z\n\
    published: 2026-11-04T09:00Z\ncause: pool-exhausted\nactions:\n  \
    - { id: A1, text: Watch the <pool>, type: detect, owner: team-shop, due: 2026-12-20 }\n---\n\n## Summary\n\n\
    One payment in *eight* failed, see [the first](/postmortems/pm-2026-001/).\n\n## What went well\n\n- Rolled back at once.\n";

fn site() -> Site {
    let wiki = format!("{SITE}wiki: {{ url: https://wiki.example.org/ }}\n");
    let site = Site::new().file("content/site.yaml", wiki).file("content/postmortems/slow.md", EARLIER);
    site.run(["build"]).says("wiki: ");
    site.run(["outbox", "--wiki", "--since", "start"]).stdout("").says("wiki-outbox: 0 messages");
    site
}

/// Builds with the later report in this status; the folders of the mails.
fn mails(site: &Site, status: &str) -> Vec<String> {
    site.write("content/postmortems/again.md", LATER.replace("STATUS", status));
    site.run(["build"]).says("wiki: ");
    let run = site.run(["outbox", "--wiki", "--mail-from", "a@example.org", "--mail-to", "all@example.org"]);
    run.output().lines().map(str::to_owned).collect()
}

#[test]
fn a_report_is_one_mail_when_it_has_been_reviewed_and_never_again() {
    let site = site();
    assert!(mails(&site, "draft").is_empty());
    assert!(mails(&site, "in-review").is_empty());
    let first = mails(&site, "reviewed");
    assert_eq!(first.len(), 1, "{first:?}");
    assert_eq!(mails(&site, "reviewed"), first, "not acknowledged");
    site.run(["outbox", "--wiki", "--ack"]).says("1 of 1");
    for status in ["reviewed", "closed", "in-review", "reviewed"] {
        assert!(mails(&site, status).is_empty(), "{status}");
        site.run(["outbox", "--wiki", "--ack"]).says("0 of 0");
    }
}

#[test]
fn the_mail_says_it_all() {
    let site = site();
    let folder = mails(&site, "closed").remove(0);
    let read =
        |name: &str| String::from_utf8(fs::read(site.path().join(&folder).join(name)).expect(name)).expect("UTF-8");
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(read("email.txt"), snapbox::file!["wiki/email.txt"]);
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(read("email.html"), snapbox::file!["wiki/email.html"]);
    let eml = read("email.eml");
    assert!(
        eml.contains("\r\nSubject: [Example] Postmortem PM-2026-002: Payments <slow>") && !eml.contains("In-Reply-To"),
        "{eml}"
    );
}

#[test]
fn neither_site_takes_the_state_of_the_other() {
    let site = site();
    let state = ["outbox", "--state", "wiki-outbox-state.json"];
    site.run(state).code(2).says("`wiki-outbox-state.json`: it is of the wiki site, and this is the public one");
    site.run(["outbox", "--since", "start", "--build", "wiki"]).code(2).says("this is a build of the wiki site");
    let public: String = files(&site.path().join("public")).into_keys().collect();
    assert!(!public.contains("outbox"));
    site.write("content/site.yaml", SITE);
    site.run(["build"]).says("wiki: ");
    site.run(["outbox", "--wiki"]).code(2).says("does not say where the wiki is");
}
