//! Codes: twelve characters, each its own, the same for ever.

use std::collections::BTreeMap;

use super::{INCIDENT, MAINTENANCE, NOW, SITE, answer, api, files, sample};

#[test]
fn codes_have_twelve_characters_and_are_each_their_own() {
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for (path, json) in api(&sample("2026-03-03T11:00Z")) {
        json.objects("", &mut |key, object| {
            if !object.keys().contains(&"id") || key == "intervals" {
                return;
            }
            let id = object["id"].text();
            let is_code = id.len() == 12 && id.bytes().all(|c| c.is_ascii_digit() || c.is_ascii_lowercase());
            assert!(is_code, "{path}: {id}");
            let owner = match key {
                "incident_updates" => object["body"].text(),
                _ => object["name"].text(),
            };
            assert_eq!(owners.entry(id.to_owned()).or_insert_with(|| owner.to_owned()), owner, "{id}");
        });
    }
    // The page, two groups, four components, an incident with three updates, work with two.
    assert_eq!(owners.len(), 1 + 2 + 4 + 1 + 3 + 1 + 2, "{owners:#?}");
}

/// Every id of an answer, in order.
fn ids(files: &BTreeMap<String, String>, name: &str) -> Vec<String> {
    let mut ids = Vec::new();
    answer(files, name).objects("", &mut |_, object| {
        ids.extend(object.keys().contains(&"id").then(|| object["id"].text().to_owned()));
    });
    ids
}

#[test]
fn codes_stay_when_other_things_come() {
    let first = files([("site.yaml", SITE), ("incidents/payments.yaml", INCIDENT)], NOW);
    let site = SITE.replace("components:\n", "components:\n  - { id: new, name: New, group: New }\n");
    let more = INCIDENT.replace("title: Payments fail", "title: Another title");
    let earlier = INCIDENT.replace("2026-03-02", "2026-03-01");
    let later = [
        ("site.yaml", &*site),
        ("incidents/payments.yaml", &more),
        ("incidents/earlier.yaml", &earlier),
        ("maintenance/disks.md", MAINTENANCE),
    ];
    let later = files(later, NOW);
    assert_eq!(ids(&first, "incidents/unresolved"), ids(&later, "incidents/unresolved"));
    let (before, after) = (ids(&first, "components"), ids(&later, "components"));
    assert!(before.iter().all(|id| after.contains(id)), "{before:?} {after:?}");
}

#[test]
fn an_update_keeps_its_code_when_the_next_one_comes() {
    let updates = |now: &str| {
        let incident = answer(&sample(now), "incidents")["incidents"][0].clone();
        incident["incident_updates"].each("id").into_iter().rev().map(str::to_owned).collect::<Vec<_>>()
    };
    let [first, second, third] = ["2026-03-02T10:10Z", "2026-03-02T10:30Z", "2026-03-02T11:30Z"].map(updates);
    assert_eq!((first.len(), second.len(), third.len()), (1, 2, 3));
    assert!(third.starts_with(&second) && second.starts_with(&first));
}

#[test]
fn an_incident_and_work_of_the_same_name_differ() {
    let content = [("site.yaml", SITE), ("incidents/same.yaml", INCIDENT), ("maintenance/same.md", MAINTENANCE)];
    let files = files(content, NOW);
    let incident = answer(&files, "incidents")["incidents"][0]["id"].clone();
    let work = answer(&files, "scheduled-maintenances")["scheduled_maintenances"][0]["id"].clone();
    assert_ne!(incident, work);
}
