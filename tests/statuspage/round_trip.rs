//! The invented page goes through import and back.

use super::{NOW, answers, groups, noted, old, old_answer, roster};
use crate::api::json::Json;
use crate::support::importer;
use candor::import::statuspage;

#[test]
fn the_page_its_components_and_groups_come_back() {
    let new = answers(&statuspage(&old(), None), NOW);
    let (was, is) = (old_answer("summary"), &new["summary"]);
    for key in ["name", "url", "time_zone"] {
        assert_eq!(was["page"][key], is["page"][key]);
    }
    assert_eq!(roster(&was["components"]), roster(&is["components"]));
    assert_eq!(groups(&was["components"]), groups(&is["components"]));
    assert_eq!(was["status"], is["status"]);
    let described = |summary: &Json| summary["components"].named("Website")["description"].clone();
    assert_eq!(described(&was), described(is));
}

#[test]
fn incidents_come_back_word_for_word() {
    let new = answers(&statuspage(&old(), None), NOW);
    let was = old_answer("incidents");
    assert_eq!(was["incidents"].items().len(), 3);
    for incident in was["incidents"].items() {
        let same =
            new["incidents"]["incidents"].items().iter().filter(|new| new["started_at"] == incident["started_at"]);
        let [new] = same.collect::<Vec<_>>()[..] else { panic!("not one {}", incident["name"].text()) };
        for key in ["name", "impact", "resolved_at", "monitoring_at", "created_at", "started_at"] {
            assert_eq!(incident[key], new[key], "{key}");
        }
        // A postmortem is no status here.
        let status = if incident["status"] == "postmortem" { "resolved" } else { incident["status"].text() };
        assert_eq!(new["status"].text(), status);
        let updates: Vec<Json> = incident["incident_updates"].items().to_vec();
        let updates: Vec<&Json> = updates.iter().filter(|update| update["status"] != "postmortem").collect();
        assert_same_updates(&updates, new);
    }
}

#[test]
fn planned_work_comes_back_word_for_word() {
    let new = answers(&statuspage(&old(), None), NOW);
    let was = old_answer("scheduled-maintenances");
    for work in was["scheduled_maintenances"].items() {
        let new = new["scheduled-maintenances"]["scheduled_maintenances"].named(work["name"].text());
        for key in ["status", "impact", "resolved_at", "created_at", "started_at", "scheduled_for", "scheduled_until"] {
            assert_eq!(work[key], new[key], "{key}");
        }
        assert_eq!(work["components"].each("name"), new["components"].each("name"));
        assert_same_updates(&work["incident_updates"].items().iter().collect::<Vec<_>>(), new);
    }
    let names = |answer: &Json| answer["scheduled_maintenances"].each("name").join(", ");
    assert_eq!(names(&new["summary"]), names(&old_answer("summary")));
    assert_eq!(names(&new["scheduled-maintenances/active"]), "New scanners");
    assert_eq!(names(&new["scheduled-maintenances/upcoming"]), "Website move");
}

/// Times, statuses, texts, and what they say of which component, newest first.
fn assert_same_updates(was: &[&Json], entry: &Json) {
    let is = entry["incident_updates"].items();
    assert_eq!(was.len(), is.len());
    for (was, is) in was.iter().zip(is) {
        assert_eq!(was["status"], is["status"]);
        assert_eq!(was["display_at"], is["display_at"]);
        assert_eq!(as_text(was["body"].text()), is["body"].text());
        if was["affected_components"] != Json::Null {
            assert_eq!(affected(was), affected(is), "{}", was["body"].text());
        }
    }
}

/// What a reader of plain text sees of light HTML.
fn as_text(body: &str) -> String {
    body.replace("\r\n", "\n").replace("<br />", "\n").replace("<b>", "").replace("</b>", "")
}

pub fn affected(update: &Json) -> Vec<[&str; 3]> {
    let list = update["affected_components"].items().iter();
    let mut list: Vec<_> = list.map(|a| ["name", "old_status", "new_status"].map(|key| a[key].text())).collect();
    list.sort_unstable();
    list
}

#[test]
fn one_incident_told_by_several_files_is_one_incident() {
    let imported = statuspage(&old(), None);
    assert_eq!((imported.summary.entries, imported.summary.incidents, imported.summary.maintenance), (8, 4, 4));
    let paths: Vec<&str> = imported.files.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        [
            "content/incidents/2023/2023-12-31-tracking-delayed.md",
            "content/incidents/2026/2026-06-02-labels-forms-printing-fails.md",
            "content/incidents/2026/2026-07-06-api-errors-2.md",
            "content/incidents/2026/2026-07-06-api-errors.md",
            "content/maintenance/2025/2025-04-07-moving-the-depots-network.md",
            "content/maintenance/2026/2026-06-20-database-upgrade.md",
            "content/maintenance/2026/2026-07-06-new-scanners.md",
            "content/maintenance/2026/2026-07-20-website-move.md",
            "content/site.yaml",
        ]
    );
}

#[test]
fn what_has_no_place_is_told_once_and_old_codes_are_kept() {
    let imported = statuspage(&old(), None);
    assert!(noted(&imported, "`shortlink` of incidents (6)"), "{:#?}", imported.notes);
    assert!(noted(&imported, "`tweet_id` of updates (6)"), "{:#?}", imported.notes);
    assert!(noted(&imported, "`aaaaaaaa0001`: its postmortem stands below the updates"));
    let file = super::text(&imported, "content/incidents/2026/2026-06-02-labels-forms-printing-fails.md");
    let end = "# Statuspage: incident aaaaaaaa0001\n---\n\n## Postmortem\n\n## What happened\n\nA queue was **full**. [Details](https://help.northwindparcel.example/queue)\n";
    assert!(file.ends_with(end), "{file}");
    let site = super::text(&imported, "content/site.yaml");
    assert!(site.contains("# Statuspage: component shop-api was apishop00001\n"), "{site}");
}

#[test]
fn importing_twice_changes_nothing() {
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/statuspage/old");
    let folder = std::env::temp_dir().join(format!("candor-statuspage-{}", std::process::id()));
    let first = importer("statuspage").import(&from, None, &folder).unwrap();
    let again = importer("statuspage").import(&from, None, &folder);
    let mut written = super::saved(&folder);
    written.retain(|path, _| path.starts_with("content/"));
    let nothing = importer("statuspage").import(&folder, None, &folder.join("new"));
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(again.unwrap(), first);
    assert_eq!(written, first.files);
    assert!(nothing.unwrap_err().to_string().contains("holds no answer of Statuspage's API"));
}
