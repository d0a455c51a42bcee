//! What is known by an id stays known by it: files are renamed and merged, and sites move.

use std::collections::BTreeMap;

use super::{built_of, json};
use crate::support::{Site, read};

const NOW: &str = "2026-03-10T06:00Z";

fn site(more: &str) -> String {
    format!("name: S\n{more}\ncomponents: [{{ id: api, name: API }}]\n")
}

const URL: &str = "url: https://s.example/";

fn incident(more: &str) -> String {
    format!(
        "title: Slow\n{more}updates:\n- {{ at: 2026-03-09T09:00Z, status: investigating, components: {{ api: major_outage }}, body: Slow. }}\n\
         - {{ at: 2026-03-09T10:00Z, status: resolved, body: Quick. Nothing was lost. }}\n"
    )
}

fn work(more: &str) -> String {
    format!(
        "title: Swap\n{more}scheduled: {{ from: 2026-03-10T05:00Z, until: 2026-03-10T07:00Z }}\ncomponents: [api]\n"
    )
}

fn said(more: &str) -> String {
    format!("---\ntitle: Holidays\nfrom: 2026-03-09T00:00Z\n{more}---\nWe are away.\n")
}

/// Every id by which a reader of feeds, calendars, the API or messages knows something.
fn ids(files: &BTreeMap<String, String>) -> Vec<String> {
    let between = |text: &str, begin: &str, end: &str| -> Vec<String> {
        text.split(begin).skip(1).filter_map(|rest| Some(rest.split_once(end)?.0.to_owned())).collect()
    };
    let mut ids = Vec::new();
    for path in ["history.atom", "updates.atom", "components/api/history.atom"] {
        ids.extend(between(&files[path], "<id>", "</id>"));
    }
    ids.extend(
        between(&files["history.rss"], "<guid", "</guid>")
            .into_iter()
            .map(|guid| guid.split_once('>').unwrap().1.to_owned()),
    );
    ids.extend(between(&files["maintenance.ics"], "UID:", "\r\n"));
    ids.extend(between(&files["feed.json"], "\"id\": \"", "\""));
    for name in ["incidents", "scheduled-maintenances", "components"] {
        ids.extend(between(&files[&format!("api/v2/{name}.json")], "\"id\":\"", "\""));
    }
    let record = json(files, "build.json");
    ids.extend(record["outbox"]["told"].as_object().unwrap().keys().cloned());
    ids.push(record["outbox"]["site"].to_string());
    ids.sort();
    ids
}

fn renamed(name: &str, aliases: &str) -> BTreeMap<String, String> {
    let (incident, work, said) = (incident(aliases), work(aliases), said(aliases));
    let path = |folder: &str, ending: &str| format!("content/{folder}/{name}.{ending}");
    built_of(
        &[
            ("content/site.yaml", &site(URL)),
            (&path("incidents", "yaml"), &incident),
            (&path("maintenance", "yaml"), &work),
            (&path("announcements", "md"), &said),
        ],
        NOW,
    )
}

#[test]
fn a_renamed_file_keeps_its_address_and_every_id() {
    let (before, after) = (renamed("old", ""), renamed("new", "aliases: [old]\n"));
    assert_eq!(ids(&before), ids(&after));
    for folder in ["incidents", "maintenance", "announcements"] {
        let page = &after[&format!("{folder}/old/index.html")];
        assert!(page.contains(&format!("url=../../{folder}/new/index.html")), "{page}");
        assert!(after["_redirects"].contains(&format!("/{folder}/old/* /{folder}/new/:splat 301\n")));
        assert!(after.contains_key(&format!("{folder}/new/index.html")));
    }
    assert!(after["history.rss"].contains("<guid isPermaLink=\"false\">https://s.example/incidents/old/</guid>"));
}

#[test]
fn an_entry_that_takes_in_another_stays_itself_when_its_own_name_is_the_first_alias() {
    let (before, after) = (renamed("kept", ""), renamed("kept", "aliases: [kept, merged]\n"));
    assert_eq!(ids(&before), ids(&after));
    assert!(after["incidents/merged/index.html"].contains("url=../../incidents/kept/index.html"));
    assert!(after["incidents/kept/index.html"].contains("<h1><bdi>Slow</bdi></h1>"));
}

#[test]
fn a_site_that_moves_with_its_id_base_changes_no_id() {
    let at = |settings: &str| {
        let (incident, work, said) = (incident(""), work(""), said(""));
        let files = [
            ("content/site.yaml", site(settings)),
            ("content/incidents/a.yaml", incident),
            ("content/maintenance/b.yaml", work),
            ("content/announcements/c.md", said),
        ];
        built_of(&files.each_ref().map(|(path, text)| (*path, text.as_str())), NOW)
    };
    let before = at("url: https://first.example/status/");
    let after = at("url: https://second.example/\nid_base: https://first.example/status");
    assert_eq!(ids(&before), ids(&after));
    assert_eq!(json(&before, "api/v2/status.json")["page"]["id"], json(&after, "api/v2/status.json")["page"]["id"]);
    assert!(after["history.rss"].contains("<link>https://second.example/incidents/a/</link>"));
    assert_ne!(ids(&before), ids(&at("url: https://second.example/")), "without it they follow the address");
}

#[test]
fn old_names_still_lead_somewhere_in_texts_and_in_postmortems() {
    let page = "---\ntitle: P\n---\nSee [it](/incidents/old/).\n";
    let report = "---\ntitle: Slow\nincident: old\n---\n## Summary\n\nIt was slow.\n";
    let incident = incident("aliases: [old]\n");
    let files = built_of(
        &[
            ("content/site.yaml", &site(URL)),
            ("content/incidents/new.yaml", &incident),
            ("content/pages/p.md", page),
            ("content/postmortems/r.md", report),
        ],
        NOW,
    );
    assert!(files["p/index.html"].contains("../incidents/old/"), "{}", files["p/index.html"]);
}

#[test]
fn mails_of_a_site_that_moved_stay_in_their_threads() {
    let ids = |head: &str| -> Vec<String> {
        let site = Site::new().file("content/site.yaml", self::site(head));
        site.run(["build", "--now", "2026-03-09T08:00Z", "--out", "old"]).says("old: ");
        site.write("content/incidents/slow.yaml", incident(""));
        site.run(["build", "--now", NOW]).says("public: ");
        let run = site.run(["outbox", "--since", "old", "--mail-from", "a@s.example", "--mail-to", "b@s.example"]);
        let folders = run.says("outbox: 2 messages").output();
        let mails = folders.lines().map(|folder| read(&format!("{}/{folder}/email.eml", site.path().display())));
        let is_id = |line: &&str| ["Message-ID:", "In-Reply-To:"].iter().any(|name| line.starts_with(name));
        mails.flat_map(|mail| mail.lines().filter(is_id).map(str::to_owned).collect::<Vec<_>>()).collect()
    };
    let before = ids(URL);
    assert!(before.len() == 4 && before.iter().all(|line| line.contains("@s.example")), "{before:?}");
    assert_eq!(before, ids("url: https://moved.example/\nid_base: https://s.example/"));
}

#[test]
fn a_command_finds_an_entry_by_the_name_that_it_had() {
    let site = Site::new().file("content/site.yaml", site(URL));
    site.write(
        "content/incidents/slow-pages.yaml",
        incident("aliases: [old-name]\n").replace("resolved", "monitoring"),
    );
    site.write("content/maintenance/swap.yaml", work("aliases: [old-swap]\n"));
    site.run(["update", "old-name", "--message=Still quick.", "--now", NOW]).says("content/incidents/slow-pages.yaml");
    site.run(["update", "old-swap", "--message=We began.", "--now", NOW]).says("content/maintenance/swap.yaml");
}
