//! Several entries on one component: whatever speaks of its present says the worst of what is open.

use serde_json::Value;

use crate::support::{Site, files};

const OUTAGE: &str = "title: Nobody can log in\nupdates:\n\
    - { at: 2026-03-02T09:00Z, status: investigating, components: { website: major_outage }, body: Nobody can log in. }\n";
const SLOW: &str = "title: Pages are slow\nupdates:\n\
    - { at: 2026-03-02T09:30Z, status: investigating, components: { website: degraded_performance }, body: Pages are slow. }\n";
const FAST: &str = "- { at: 2026-03-02T10:00Z, status: resolved, body: Pages are fast again. }\n";
const WORK: &str = "title: New certificates\nscheduled: { from: 2026-03-02T09:40Z, until: 2026-03-02T10:00Z }\n\
    components: [website]\nupdates:\n- { at: 2026-03-01T09:00Z, status: scheduled, body: We replace them. }\n";

fn site(slow: &str) -> Site {
    Site::new()
        .file("content/site.yaml", super::SITE)
        .file("content/incidents/login.yaml", OUTAGE)
        .file("content/incidents/slow.yaml", slow)
        .file("content/maintenance/certificates.yaml", WORK)
}

/// A message with its parts in base64 as what they stand for.
fn readable(text: &str) -> String {
    let parts = text.split("\r\n\r\n").map(|part| {
        let part = part.split("\r\n--").next().unwrap_or_default().replace("\r\n", "");
        let decoded =
            data_encoding::BASE64.decode(part.as_bytes()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        decoded.unwrap_or_default()
    });
    format!("{text}\n{}", parts.collect::<String>())
}

#[test]
fn every_message_and_answer_says_the_worst_of_all_open_entries() {
    let site = site(SLOW);
    site.run(["build", "--now", "2026-03-02T09:35Z", "--out", "old"]).says("old: ");
    site.write("content/incidents/slow.yaml", format!("{SLOW}{FAST}"));
    site.run(["build", "--now", "2026-03-02T10:05Z"]).says("public: ");
    let mail = ["--mail-from", "a@example.org", "--mail-to", "b@example.org"];
    let run = site.run(["outbox", "--since", "old", mail[0], mail[1], mail[2], mail[3]]).says("outbox: 3 messages");
    // The beginning of the work, its end, and the end of the slow pages: all while nobody can log in.
    for folder in run.output().trim().lines() {
        let message = files(&site.path().join(folder));
        for (name, bytes) in message {
            let text = readable(&String::from_utf8(bytes).unwrap());
            assert!(
                name == "websub.json" || text.to_lowercase().replace('_', " ").contains("major outage"),
                "{folder}/{name}\n{text}"
            );
            let wrong =
                ["Website: Operational", "Website: Degraded", "Website: Under", "\"new_status\": \"operational\""];
            assert!(wrong.iter().all(|wrong| !text.contains(wrong)), "{folder}/{name}\n{text}");
        }
    }
    let public = files(&site.path().join("public"));
    let json = |path: &str| -> Value { serde_json::from_slice(&public[path]).unwrap() };
    assert_eq!(json("embed.json")["components"]["website"], "major_outage");
    assert_eq!(json("components/website/badge.json")["message"], "Major outage");
    let slow = &json("api/v2/incidents.json")["incidents"][0];
    assert_eq!(slow["name"], "Pages are slow");
    assert_eq!(slow["components"][0]["status"], "major_outage");
    let told = slow["incident_updates"].as_array().unwrap();
    assert!(told.iter().all(|update| update["affected_components"][0]["new_status"] == "major_outage"), "{slow:#}");
    let work = &json("api/v2/scheduled-maintenances.json")["scheduled_maintenances"][0]["incident_updates"];
    assert_eq!(work[0]["affected_components"][0]["new_status"], "major_outage", "{work:#}");
}

#[test]
fn the_commands_say_what_customers_meet_and_what_the_entry_at_hand_says() {
    let site = site(SLOW);
    let now = ["--now", "2026-03-02T09:50Z"];
    let said = site.run(["status", now[0], now[1]]).output();
    assert!(said.contains("Website: Major outage by `login`; by this alone Degraded performance"), "{said}");
    let json: Value = serde_json::from_str(&site.run(["status", "--format", "json", now[0], now[1]]).output()).unwrap();
    let incidents = json["incidents"].as_array().unwrap();
    assert!(incidents.iter().all(|incident| incident["components"]["website"] == "major_outage"), "{json:#}");
    let run = site.run(["resolve", "slow", "--message", "Fast again.", "--dry-run", now[0], now[1]]);
    let run = run.says("Website: Major outage by `login`; by this alone Operational (was Degraded performance)");
    assert!(run.output().contains("status: resolved"));
}

#[test]
fn a_component_is_said_to_work_once_the_last_entry_on_it_is_over() {
    let over = "- { at: 2026-03-02T10:00Z, status: resolved, body: All is well. }\n";
    let site = site(&format!("{SLOW}{FAST}"));
    site.run(["build", "--now", "2026-03-02T09:59Z", "--out", "old"]).says("old: ");
    site.write("content/incidents/login.yaml", format!("{OUTAGE}{over}"));
    site.run(["build", "--now", "2026-03-02T10:05Z"]).says("public: ");
    let run = site.run(["outbox", "--since", "old"]).says("outbox: 3 messages");
    for folder in run.output().trim().lines() {
        let slack = String::from_utf8(files(&site.path().join(folder)).remove("slack.json").unwrap()).unwrap();
        assert!(slack.contains("Website: Operational"), "{folder}: {slack}");
    }
}
