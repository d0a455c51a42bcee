//! Feeds that name a hub, and what tells it that they have changed.

use std::fs;

use crate::support::{INCIDENT, SITE, Site};

const HUB: &str = "feeds: { hub: https://hub.example.org/?a=1 }\n";

#[test]
fn feeds_name_their_hub_and_a_message_pings_those_that_it_stands_in() {
    let site = Site::sound().file("content/site.yaml", format!("{SITE}{HUB}"));
    site.write("content/announcements/a.md", "---\ntitle: PendingMessage\nfrom: 2026-11-02T10:05Z\n---\nText.\n");
    site.run(["build", "--now", "2026-11-02T10:30Z"]).says("public: ");
    let read = |path: &str| String::from_utf8(fs::read(site.path().join(path)).expect(path)).expect("UTF-8");
    for feed in ["public/history.atom", "public/updates.atom", "public/components/api/history.rss"] {
        assert!(read(feed).contains("href=\"https://hub.example.org/?a=1\" rel=\"hub\""), "{}", read(feed));
    }
    let json: serde_json::Value = serde_json::from_str(&read("public/feed.json")).expect("JSON");
    assert_eq!(json["hubs"], serde_json::json!([{ "type": "WebSub", "url": "https://hub.example.org/?a=1" }]));
    let messages = site.run(["outbox", "--since", "2026-11-02T10:01Z"]).says("2 messages").output();
    let [announcement, update] = [0, 1].map(|number| messages.lines().nth(number).expect("a message"));
    let names = ["history.atom", "history.rss", "feed.json", "updates.atom"];
    let pings_of = |folders: &[&str]| {
        let feeds = folders.iter().flat_map(|folder| names.map(|name| format!("{folder}{name}")));
        let pings = feeds.map(|feed| format!("hub.mode=publish&hub.url=https%3A%2F%2Fstatus.example.org%2F{feed}\n"));
        pings.collect::<String>()
    };
    assert_eq!(read(&format!("{announcement}/websub.txt")), pings_of(&[""]), "it is about no component");
    assert_eq!(read(&format!("{update}/websub.txt")), pings_of(&["", "components%2Fcheckout%2F"]));
}

#[test]
fn without_a_hub_there_is_nothing_to_ping() {
    let site = Site::sound().file("content/incidents/payments-slow.yaml", INCIDENT);
    site.run(["build", "--now", "2026-11-02T10:30Z"]).says("public: ");
    let message = site.run(["outbox", "--since", "2026-11-02T10:01Z"]).says("1 message").output();
    assert!(!site.path().join(message.trim()).join("websub.txt").exists());
    site.write("content/site.yaml", format!("{SITE}feeds: {{ hub: hub.example.org }}\n"));
    site.run(["build"]).code(1).says("error[C030]: `hub.example.org` is not an absolute URL");
}
