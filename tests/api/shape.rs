//! Every object has Statuspage's keys, no others, in its order, and its words.

use std::path::Path;

use super::json::Json;
use super::{answer, api, sample};

const PAGE: &[&str] = &["id", "name", "url", "time_zone", "updated_at"];
const STATUS: &[&str] = &["indicator", "description"];
const COMPONENT: &[&str] = &[
    "id",
    "name",
    "status",
    "created_at",
    "updated_at",
    "position",
    "description",
    "showcase",
    "start_date",
    "group_id",
    "page_id",
    "group",
    "only_show_if_degraded",
];
const INCIDENT: &[&str] = &[
    "id",
    "name",
    "status",
    "created_at",
    "updated_at",
    "monitoring_at",
    "resolved_at",
    "impact",
    "shortlink",
    "started_at",
    "page_id",
    "incident_updates",
    "components",
    "reminder_intervals",
];
const UPDATE: &[&str] = &[
    "id",
    "status",
    "body",
    "incident_id",
    "created_at",
    "updated_at",
    "display_at",
    "affected_components",
    "deliver_notifications",
    "custom_tweet",
    "tweet_id",
];
const AFFECTED: &[&str] = &["code", "name", "old_status", "new_status"];

const STATUSES: &[&str] =
    &["operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance"];
const INCIDENT_STATUSES: &[&str] = &["investigating", "identified", "monitoring", "resolved", "postmortem"];
const MAINTENANCE_STATUSES: &[&str] = &["scheduled", "in_progress", "verifying", "completed"];
const IMPACTS: &[&str] = &["none", "minor", "major", "critical", "maintenance"];
const INDICATORS: &[&str] = &["none", "minor", "major", "critical", "maintenance"];

/// Before, during and after the incident and the maintenance.
const TIMES: [&str; 5] =
    ["2026-03-01T00:00Z", "2026-03-02T10:30Z", "2026-03-02T12:00Z", "2026-03-03T11:00Z", "2026-03-04T00:00Z"];

#[test]
fn every_answer_has_its_keys() {
    let files = sample(TIMES[1]);
    for (name, keys) in [
        ("summary", &["page", "components", "incidents", "scheduled_maintenances", "status"][..]),
        ("status", &["page", "status"]),
        ("components", &["page", "components"]),
        ("incidents", &["page", "incidents"]),
        ("incidents/unresolved", &["page", "incidents"]),
        ("scheduled-maintenances", &["page", "scheduled_maintenances"]),
        ("scheduled-maintenances/upcoming", &["page", "scheduled_maintenances"]),
        ("scheduled-maintenances/active", &["page", "scheduled_maintenances"]),
    ] {
        assert_eq!(answer(&files, name).keys(), keys, "{name}");
    }
    let id = |list: &str, key: &str| answer(&files, list)[key][0]["id"].text().to_owned();
    let incident = answer(&files, &format!("incidents/{}", id("incidents", "incidents")));
    assert_eq!(incident.keys(), ["page", "incident"]);
    assert_eq!(incident["incident"], answer(&files, "incidents")["incidents"][0]);
    let id = id("scheduled-maintenances", "scheduled_maintenances");
    let work = answer(&files, &format!("scheduled-maintenances/{id}"));
    assert_eq!(work.keys(), ["page", "scheduled_maintenance"]);
    assert_eq!(work["scheduled_maintenance"], answer(&files, "scheduled-maintenances")["scheduled_maintenances"][0]);
}

#[test]
fn every_object_has_its_keys_in_order_and_its_words() {
    let mut seen = Vec::new();
    for now in TIMES {
        let files = sample(now);
        for (path, json) in api(&files).filter(|(path, _)| path.starts_with("api/v2/")) {
            json.objects("answer", &mut |key, object| {
                check(key, object, path);
                seen.push(key.to_owned());
            });
        }
    }
    seen.sort();
    seen.dedup();
    let wanted = [
        "affected_components",
        "answer",
        "components",
        "incident",
        "incident_updates",
        "incidents",
        "page",
        "scheduled_maintenance",
        "scheduled_maintenances",
        "status",
    ];
    assert_eq!(seen, wanted, "every kind of object was there to be checked");
}

fn check(key: &str, object: &Json, path: &str) {
    let one_of = |key: &str, words: &[&str]| {
        assert!(words.contains(&object[key].text()), "{path}: {key} is {:?}", object[key]);
    };
    let has = |keys: &[&str]| assert_eq!(object.keys(), keys, "{path}: {key}");
    match key {
        "answer" => {}
        "page" => has(PAGE),
        "status" => {
            has(STATUS);
            one_of("indicator", INDICATORS);
        }
        "components" => {
            match object["group"] {
                Json::Bool(true) => has(&[COMPONENT, &["components"]].concat()),
                _ => has(COMPONENT),
            }
            one_of("status", STATUSES);
        }
        "incident" | "incidents" => {
            has(INCIDENT);
            one_of("status", INCIDENT_STATUSES);
            one_of("impact", IMPACTS);
        }
        "scheduled_maintenance" | "scheduled_maintenances" => {
            has(&[INCIDENT, &["scheduled_for", "scheduled_until"]].concat());
            one_of("status", MAINTENANCE_STATUSES);
            assert_eq!(object["impact"], "maintenance");
        }
        "incident_updates" => has(UPDATE),
        "affected_components" => {
            has(AFFECTED);
            one_of("old_status", STATUSES);
            one_of("new_status", STATUSES);
        }
        other => panic!("{path}: an object at {other}"),
    }
}

#[test]
fn lists_are_there_when_they_are_empty() {
    let files = super::files([("site.yaml", super::SITE)], super::NOW);
    for (name, key) in [
        ("summary", "incidents"),
        ("summary", "scheduled_maintenances"),
        ("incidents", "incidents"),
        ("incidents/unresolved", "incidents"),
        ("scheduled-maintenances", "scheduled_maintenances"),
        ("scheduled-maintenances/upcoming", "scheduled_maintenances"),
        ("scheduled-maintenances/active", "scheduled_maintenances"),
    ] {
        assert_eq!(answer(&files, name)[key], Json::List(Vec::new()), "{name}: {key}");
    }
}

/// Real answers of pages that Statuspage hosts, if they lie beside this repository.
#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn real_answers_have_the_same_keys() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/statuspage");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: there are no captures in {}", folder.display());
        return;
    };
    let mut count = 0;
    for path in entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "json"))
    {
        let json = Json::read(&String::from_utf8(std::fs::read(&path).unwrap()).unwrap());
        let name = path.display().to_string();
        json.objects("answer", &mut |key, object| {
            count += 1;
            match key {
                // The captures are of 2021; this key came later.
                "incidents" => assert_eq!(object.keys(), INCIDENT[..INCIDENT.len() - 1], "{name}"),
                _ => check(key, object, &name),
            }
        });
    }
    assert!(count > 100, "{count} objects");
}

#[test]
fn components_stand_by_position_and_groups_among_them() {
    let components = &answer(&sample(super::NOW), "components")["components"];
    let list: Vec<(f64, &str)> =
        components.items().iter().map(|item| (item["position"].number(), item["name"].text())).collect();
    let wanted =
        [(1.0, "Website"), (1.0, "Checkout"), (1.0, "Mail"), (2.0, "Shop"), (2.0, "Carts"), (3.0, "Background")];
    assert_eq!(list, wanted);
    let (shop, checkout) = (components.named("Shop"), components.named("Checkout"));
    assert_eq!(shop["group"], Json::Bool(true));
    assert_eq!(shop["components"], Json::List(vec![checkout["id"].clone(), components.named("Carts")["id"].clone()]));
    assert_eq!(checkout["group_id"], shop["id"]);
    assert_eq!(components.named("Website")["group_id"], Json::Null);
    assert_eq!(components.named("Website")["description"], "What you see.");
    assert_eq!(checkout["description"], Json::Null);
    assert_eq!(components.named("Website")["start_date"], "2026-02-01");
    assert_eq!(checkout["start_date"], Json::Null);
    assert_eq!((checkout["status"].text(), shop["status"].text()), ("degraded_performance", "degraded_performance"));
    assert_eq!(components.named("Background")["status"], "partial_outage");
}
