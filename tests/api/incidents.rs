//! Incidents, their updates and their lists.

use super::json::Json;
use super::{INCIDENT, MAINTENANCE, NOW, SITE, answer, files, sample};

fn incident(text: &str, now: &str) -> Json {
    answer(&files([("site.yaml", SITE), ("incidents/payments.yaml", text)], now), "incidents")["incidents"][0].clone()
}

/// `Name: old to new` of every component that an update is about.
fn affected(update: &Json) -> Vec<String> {
    let list = update["affected_components"].items().iter();
    let list = list.map(|affected| {
        let [name, old, new] = ["name", "old_status", "new_status"].map(|key| affected[key].text());
        format!("{name}: {old} to {new}")
    });
    list.collect()
}

#[test]
fn updates_stand_newest_first_and_say_what_they_changed() {
    let incident = incident(INCIDENT, "2026-03-02T12:00Z");
    let updates = &incident["incident_updates"];
    assert_eq!(updates.each("status"), ["resolved", "monitoring", "investigating"]);
    assert_eq!(updates.each("body"), ["Over.", "Better.", "We are looking."]);
    assert_eq!(updates[1]["created_at"], "2026-03-02T10:20:00.000Z");
    assert!(updates.items().iter().all(|update| update["incident_id"] == incident["id"]));
    let resolved =
        ["Shop - Checkout: degraded_performance to operational", "Background - Mail: partial_outage to operational"];
    assert_eq!(affected(&updates[0]), resolved);
    let monitoring =
        ["Shop - Checkout: major_outage to degraded_performance", "Background - Mail: operational to partial_outage"];
    assert_eq!(affected(&updates[1]), monitoring);
    assert_eq!(affected(&updates[2]), ["Shop - Checkout: operational to major_outage"]);
}

#[test]
fn an_incident_knows_its_times() {
    let times = |text: &str, now: &str| {
        let incident = incident(text, now);
        let keys = ["started_at", "created_at", "monitoring_at", "resolved_at", "updated_at"];
        keys.map(|key| match &incident[key] {
            Json::Null => "-".to_owned(),
            time => time.text()[11..16].to_owned(),
        })
        .join(" ")
    };
    assert_eq!(times(INCIDENT, "2026-03-02T10:10Z"), "09:50 10:00 - - 10:00");
    assert_eq!(times(INCIDENT, NOW), "09:50 10:00 10:20 - 10:20");
    assert_eq!(times(INCIDENT, "2026-03-02T12:00Z"), "09:50 10:00 10:20 11:00 11:00");
    let reopened = format!(
        "{INCIDENT}  - {{ at: 2026-03-02T11:10Z, status: identified, components: {{ mail: partial_outage }}, body: Again. }}
  - {{ at: 2026-03-02T11:20Z, status: monitoring, body: Better. }}
  - {{ at: 2026-03-02T11:30Z, status: monitoring, body: Still better. }}
"
    );
    assert_eq!(times(&reopened, "2026-03-02T12:00Z"), "09:50 10:00 11:20 - 11:30", "a reopening takes the end back");
}

#[test]
fn components_of_an_incident_are_as_they_are_now() {
    let files = sample(NOW);
    let all = &answer(&files, "components")["components"];
    let own = &answer(&files, "incidents")["incidents"][0]["components"];
    assert_eq!(own.each("name"), ["Checkout", "Mail"]);
    for component in own.items() {
        assert_eq!(component, all.named(component["name"].text()));
    }
}

#[test]
fn an_incident_without_components_has_empty_lists() {
    let text = "title: Slow\nupdates: [{ at: 2026-03-02T10:00Z, status: identified, body: Slow. }]\n";
    let incident = incident(text, NOW);
    assert_eq!(incident["components"], Json::List(Vec::new()));
    assert_eq!(incident["incident_updates"][0]["affected_components"], Json::List(Vec::new()));
    assert_eq!(incident["impact"], "none");
}

#[test]
fn the_shortlink_is_the_page() {
    assert_eq!(incident(INCIDENT, NOW)["shortlink"], "https://status.example.net/incidents/payments/");
    assert_eq!(answer(&sample(NOW), "status")["page"]["url"], "https://status.example.net");
    let work = &answer(&sample(NOW), "scheduled-maintenances")["scheduled_maintenances"][0];
    assert_eq!(work["shortlink"], "https://status.example.net/maintenance/disks/");
}

#[test]
fn unresolved_ones_are_open_and_the_summary_has_the_same() {
    for (now, count) in [("2026-03-02T09:59Z", 0), (NOW, 1), ("2026-03-02T11:00Z", 0)] {
        let files = sample(now);
        let unresolved = answer(&files, "incidents/unresolved")["incidents"].clone();
        assert_eq!(unresolved.items().len(), count, "{now}");
        assert_eq!(answer(&files, "summary")["incidents"], unresolved, "{now}");
    }
}

#[test]
fn the_list_has_the_50_most_recent_and_each_has_its_file() {
    let content: Vec<(String, String)> = (1..=60)
        .map(|n| {
            let at = format!("2026-01-{:02}T{:02}:00Z", 1 + n / 24, n % 24);
            let update = format!("{{ at: {at}, status: resolved, body: Over. }}");
            (format!("incidents/n{n}.yaml"), format!("title: Number {n}\nupdates: [{update}]\n"))
        })
        .collect();
    let content = content.iter().map(|(path, text)| (&**path, &**text));
    let files = files(content.chain([("site.yaml", SITE)]), NOW);
    let names: Vec<String> = (11..=60).rev().map(|n| format!("Number {n}")).collect();
    assert_eq!(answer(&files, "incidents")["incidents"].each("name"), names);
    let own = files.keys().filter(|path| path.starts_with("api/v2/incidents/")).count();
    assert_eq!(own, 60 + 1, "one an incident, and the unresolved ones");
}

#[test]
fn the_answer_about_one_is_what_the_list_says_of_it() {
    let files = crate::support::build(&candor::source::Source::read(std::path::Path::new(".")).expect("the sample"));
    let files: std::collections::BTreeMap<String, String> = files
        .routes
        .iter()
        .filter(|route| route.path.starts_with("api/v2/"))
        .map(|route| (route.path.clone(), String::from_utf8(route.make().expect("an answer")).expect("UTF-8")))
        .collect();
    for (kind, list, one) in [
        ("incidents", "incidents", "incident"),
        ("scheduled-maintenances", "scheduled_maintenances", "scheduled_maintenance"),
    ] {
        let all = answer(&files, kind)[list].clone();
        assert!(all.items().len() > 3, "{kind}");
        for entry in all.items() {
            assert_eq!(answer(&files, &format!("{kind}/{}", entry["id"].text()))[one], *entry);
        }
    }
}

#[test]
fn what_is_internal_is_in_no_answer() {
    for now in [NOW, "2026-03-02T12:00Z"] {
        let files = sample(now);
        for (path, text) in files.iter().filter(|(path, _)| path.starts_with("api/")) {
            assert!(!text.contains("canary") && !text.contains("secret"), "{path}");
        }
        assert_eq!(answer(&files, "components")["components"].named("Carts")["status"], "operational");
        assert_eq!(files.keys().filter(|path| path.starts_with("api/v2/incidents/")).count(), 2);
    }
}

#[test]
fn entries_of_which_nothing_was_said_for_long_have_no_file_where_only_recent_ones_do() {
    let recent = format!("{SITE}api: {{ entries: recent }}\n");
    let own_files = |settings: &str, now: &str| {
        let made = files(
            [("site.yaml", settings), ("incidents/payments.yaml", INCIDENT), ("maintenance/d.md", MAINTENANCE)],
            now,
        );
        assert_eq!(answer(&made, "incidents")["incidents"].items().len(), 1);
        ["api/v2/incidents/", "api/v2/scheduled-maintenances/"].map(|folder| {
            let lists = ["unresolved.json", "upcoming.json", "active.json"];
            let is_own = |path: &&String| path.strip_prefix(folder).is_some_and(|name| !lists.contains(&name));
            made.keys().filter(is_own).count()
        })
    };
    for now in ["2026-03-02T12:00Z", "2026-04-01T10:59Z", "2027-03-01T00:00Z"] {
        assert_eq!(own_files(SITE, now), [1, 1]);
    }
    assert_eq!(own_files(&recent, "2026-04-01T10:59Z"), [1, 1]);
    assert_eq!(own_files(&recent, "2026-04-01T11:00Z"), [0, 1]);
    assert_eq!(own_files(&recent, "2027-03-01T00:00Z"), [0, 0]);
}
