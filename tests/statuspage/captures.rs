//! Real answers of pages that Statuspage hosts, where they are at hand: through import and back they
//! have the same keys in the same order, the same names and statuses, the same states of groups.

use std::path::Path;

use candor::import::statuspage;

use super::round_trip::affected;
use super::{answers, groups, noted, roster, saved};
use crate::api::json::Json;

/// Real captures, where they are at hand.
const REAL: &str = "../shared/data/statuspage";

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn real_answers_come_back_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(REAL);
    if !folder.is_dir() {
        eprintln!("skipped: {REAL} is not here");
        return;
    }
    let captures: Vec<_> = saved(&folder).into_iter().filter(|(path, _)| path.ends_with(".json")).collect();
    assert_eq!(captures.len(), 7);
    for (path, bytes) in captures {
        let was = Json::read(std::str::from_utf8(&bytes).unwrap());
        let imported = statuspage(&[(path.clone(), bytes)].into(), None);
        let new = answers(&imported, was["page"]["updated_at"].text());
        let is = &new[if path.contains("summary") { "summary" } else { "components" }];
        assert_eq!(shape(&was), shape(is), "{path}");
        // What is under maintenance without planned work has no window: it is noted instead.
        let is_noted = noted(&imported, "under maintenance and no planned work says so");
        let shown =
            |text: &str| if is_noted { text.replace("under_maintenance", "operational") } else { text.to_owned() };
        let old: Vec<_> = roster(&was["components"]).into_iter().map(|line| line.map(|text| shown(&text))).collect();
        assert_eq!(old, roster(&is["components"]), "{path}");
        assert_eq!(groups(&was["components"]), groups(&is["components"]), "{path}");
        let old: Vec<_> = details(&was["components"]).iter().map(|text| shown(text)).collect();
        let new = details(&is["components"]);
        let changed: Vec<_> = old.iter().zip(&new).filter(|(old, new)| old != new).collect();
        assert!(old.len() == new.len() && changed.is_empty(), "{path}: {changed:#?}");
        for answer in [&was, is] {
            let positions: Vec<f64> = answer["components"].items().iter().map(|c| c["position"].number()).collect();
            assert!(positions.is_sorted(), "{path}: {positions:?}");
        }
        for key in ["name", "url", "time_zone"] {
            assert_eq!(was["page"][key], is["page"][key], "{path}");
        }
        if path.contains("summary") {
            assert_eq!(was["status"], is["status"], "{path}");
            assert_same_incidents(&was["incidents"], &is["incidents"]);
        }
    }
}

/// Everything else that a component says and that Candor knows of, with what it stands in and what
/// stands in it; blanks of names are made one, as on pages. Not `showcase`: Candor shows the bar of every
/// component, and says so.
fn details(components: &Json) -> Vec<String> {
    let name_of = |id: &Json| {
        let named = components.items().iter().find(|component| component["id"] == *id);
        one_line(&named.unwrap_or_else(|| panic!("no component {id:?}"))["name"])
    };
    let details = components.items().iter().map(|component| {
        let group = if component["group_id"] == Json::Null { "-".to_owned() } else { name_of(&component["group_id"]) };
        let is_group = component["group"] == Json::Bool(true);
        let children: Vec<String> =
            if is_group { component["components"].items().iter().map(&name_of).collect() } else { Vec::new() };
        let description =
            if component["description"] == Json::Null { "-".to_owned() } else { one_line(&component["description"]) };
        let flags = ["group", "only_show_if_degraded"].map(|key| &component[key]);
        let name = one_line(&component["name"]);
        format!("{group} / {name}: {:?} {description} {flags:?} {children:?}", component["status"])
    });
    let mut details: Vec<String> = details.collect();
    details.sort();
    details
}

fn one_line(text: &Json) -> String {
    text.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every kind of object, by the key at which it stands, with its keys in order; each once.
fn shape(answer: &Json) -> Vec<(String, Vec<String>)> {
    let mut shapes: Vec<(String, Vec<String>)> = Vec::new();
    answer.objects("", &mut |at, object| {
        // The key is not in answers of 2021.
        let keys = object.keys().into_iter().filter(|key| *key != "reminder_intervals");
        let shape = (at.to_owned(), keys.map(str::to_owned).collect());
        if !shapes.contains(&shape) {
            shapes.push(shape);
        }
    });
    shapes.sort();
    shapes
}

fn assert_same_incidents(was: &Json, is: &Json) {
    assert_eq!(was.items().len(), is.items().len());
    for (was, is) in was.items().iter().zip(is.items()) {
        for key in ["name", "status", "impact", "monitoring_at", "resolved_at", "started_at"] {
            assert_eq!(was[key], is[key], "{key}");
        }
        assert_eq!(own_components(was), own_components(is));
        let (old, new) = (was["incident_updates"].items(), is["incident_updates"].items());
        assert_eq!(old.len(), new.len());
        for (old, new) in old.iter().zip(new) {
            for key in ["status", "body", "display_at"] {
                assert_eq!(old[key], new[key]);
            }
            assert_eq!(affected(old), affected(new), "{}", old["body"].text());
        }
    }
}

/// Name and status of each component that an incident is about.
fn own_components(incident: &Json) -> Vec<(String, String)> {
    let pairs = incident["components"].items().iter();
    let mut pairs: Vec<_> = pairs.map(|c| (one_line(&c["name"]), c["status"].text().to_owned())).collect();
    pairs.sort();
    pairs
}
