//! Answers in the form in which Cachet 2 and 3 give them, each for one thing that their own rows showed.

use std::collections::{BTreeMap, BTreeSet};

use candor::import::{Imported, Note};
use serde_json::Value;

use super::cachet::import;
use super::saved::files;
use super::{noted, text};

/// A resource of Cachet 3 with its relationships, as its list gives them.
fn resource(kind: &str, id: u32, attributes: &str, relationships: &str) -> String {
    format!(
        r#"{{"id":"{id}","type":"{kind}","attributes":{{"id":{id},{attributes}}},"relationships":{{{relationships}}}}}"#
    )
}

/// A moment as Cachet 3 tells it.
fn moment(key: &str, human: &str, at: &str) -> String {
    format!(r#""{key}":{{"human":"{human}","string":"2026-{at}"}}"#)
}

fn list(data: &[String]) -> String {
    format!(r#"{{"data":[{}]}}"#, data.join(","))
}

/// The only file whose path ends so.
fn ending<'i>(imported: &'i Imported, end: &str) -> &'i str {
    let paths: Vec<&String> = imported.files.keys().filter(|path| path.ends_with(end)).collect();
    assert_eq!(paths.len(), 1, "{end}: {:#?}", imported.files.keys());
    std::str::from_utf8(&imported.files[paths[0]]).unwrap()
}

#[test]
fn what_was_to_be_published_later_does_not_become_public() {
    let incident = |id: u32, human: &str, published: &str| {
        let times = [
            moment("published", human, published),
            moment("created", "1 month ago", "03-05 09:00:00"),
            moment("updated", "1 month ago", "03-05 09:00:00"),
        ];
        let attributes = format!(
            r#""name":"Leak {id}","message":"A pipe leaks.","visible":1,"status":{{"human":"Investigating","value":1}},{}"#,
            times.join(",")
        );
        resource("incidents", id, &attributes, r#""components":{"data":[]},"updates":{"data":[]}"#)
    };
    let all = [
        incident(1, "1 month ago", "03-05 09:00:00"),
        incident(2, "3 weeks from now", "04-24 09:00:00"),
        incident(3, "in 3 Wochen", "04-24 09:00:00"),
        incident(4, "2 days ago", "04-01 09:00:00"),
    ];
    let imported = import(&[("i.json", &list(&all))]);
    for (id, is_public) in [(1, true), (2, false), (3, false), (4, true)] {
        let file = ending(&imported, &format!("-leak-{id}.md"));
        assert_ne!(file.contains("visibility: internal"), is_public, "{file}");
    }
    assert!(noted(&imported, "`2`: it was not published yet; it is internal now"));
    let schedule = resource(
        "schedules",
        5,
        &format!(
            r#""name":"Quiet move","message":"We move.","status":{{"human":"Upcoming","value":0}},{},{},{},{}"#,
            moment("scheduled", "3 weeks from now", "04-24 09:00:00"),
            moment("published", "2 weeks from now", "04-10 09:00:00"),
            moment("created", "1 month ago", "03-05 09:00:00"),
            moment("updated", "1 month ago", "03-05 09:00:00"),
        ),
        r#""components":{"data":[]},"updates":{"data":[]}"#,
    );
    let imported = import(&[("s.json", &list(&[schedule]))]);
    assert!(text(&imported, "content/pages/2026-04-24-quiet-move.md").contains("audience: internal\n"));
}

#[test]
fn a_component_whose_group_is_not_in_the_files_does_not_become_public() {
    let component = |id: u32, group: u32| {
        format!(
            r#"{{"id":{id},"name":"Part {id}","description":"","status":1,"order":0,"group_id":{group},"created_at":"2026-03-01 03:00:07","updated_at":"2026-03-01 03:00:07","deleted_at":null,"enabled":true,"meta":null,"link":"","status_name":"Operational","tags":[]}}"#
        )
    };
    let groups = r#"{"data":[{"id":1,"name":"Shown","created_at":"2026-03-01 03:00:07","updated_at":"2026-03-01 03:00:07","order":2,"collapsed":1,"visible":1,"enabled_components":[],"enabled_components_lowest":[],"lowest_human_status":null}]}"#;
    let components = list(&[component(1, 1), component(2, 2), component(3, 0)]);
    let imported = import(&[("c.json", &components), ("g.json", groups)]);
    let site = text(&imported, "content/site.yaml");
    assert!(site.contains("name: Part 1\n") && site.contains("name: Part 3\n"), "{site}");
    assert!(!site.contains("name: Part 2\n") && site.contains("# Cachet: component Part 2 (2): its group"), "{site}");
    assert!(noted(&imported, "`Part 2`: its group is not in the files, so readers may not have seen it"));
}

/// Cachet 2 gives the time at which it answers where it keeps none; what people write has no seconds.
#[test]
fn the_time_of_the_answer_is_no_end_of_planned_work() {
    let schedule = |id: u32, status: u32, completed: &str, human: &str| {
        format!(
            r#"{{"id":{id},"name":"Dock {id}","message":"Dry.","status":{status},"scheduled_at":"2026-07-09 00:00:00","completed_at":"{completed}","created_at":"2026-07-08 05:00:20","updated_at":"2026-07-09 02:00:21","deleted_at":null,"components":[]{human}}}"#
        )
    };
    let human = r#","human_status":"Complete""#;
    let all = [
        schedule(1, 2, "2026-11-28 07:19:31", human),
        schedule(2, 1, "2026-11-28 07:19:31", human),
        schedule(3, 2, "2026-07-09 04:00:00", human),
        schedule(4, 2, "2026-07-09 01:30:10", human),
        schedule(5, 2, "2026-07-09 04:00:10", ""),
    ];
    let imported = import(&[("s.json", &list(&all))]);
    let file = |id: u32| ending(&imported, &format!("-dock-{id}.md"));
    for id in [1, 2] {
        assert!(!file(id).contains("until:") && !file(id).contains("2026-11-28"), "{}", file(id));
    }
    for (id, until) in [(3, "04:00Z"), (4, "01:30:10Z"), (5, "04:00:10Z")] {
        assert!(file(id).contains(&format!("until: 2026-07-09T{until}\n")), "{}", file(id));
    }
    assert!(noted(&imported, "`completed_at` of schedule 2 is no end but when Cachet answered: `2026-11-28 07:19:31`"));
    // Completed, and nobody knows when: an end before the beginning would call it off.
    let done = file(1);
    assert!(
        done.contains("duration_known: false") && done.contains("- at: 2026-07-09T00:00Z\n    status: completed"),
        "{done}"
    );
}

#[test]
fn what_was_written_after_planned_work_moves_no_end_of_it() {
    let schedule = |id: u32, published: &str, updates: &str| {
        let attributes = format!(
            r#""name":"Cable {id}","message":"We laid a cable.","status":{{"human":"Complete","value":2}},{},{},{},{},{}"#,
            moment("scheduled", "1 day ago", "03-11 20:00:00"),
            moment("completed", "1 day ago", "03-11 21:00:00"),
            moment("published", "1 hour ago", published),
            moment("created", "1 hour ago", published),
            moment("updated", "1 hour ago", published),
        );
        resource(
            "schedules",
            id,
            &attributes,
            &format!(r#""components":{{"data":[]}},"updates":{{"data":[{updates}]}}"#),
        )
    };
    let update = |id: u32, at: &str| {
        let attributes = format!(
            r#""updateable_id":2,"updateable_type":"schedule","message":"Word {id}.",{}"#,
            moment("created", "1 day ago", at)
        );
        resource("updates", id, &attributes, "")
    };
    let all = [
        schedule(1, "03-12 09:00:00", ""),
        schedule(2, "03-12 09:00:00", r#"{"type":"updates","id":"8"},{"type":"updates","id":"9"}"#),
        schedule(3, "03-11 20:30:00", ""),
        update(8, "03-11 20:30:00"),
        update(9, "03-11 21:05:00"),
    ];
    let imported = import(&[("s.json", &list(&all))]);
    let said = |id: u32| {
        let file = ending(&imported, &format!("-cable-{id}.md"));
        let lines = file.lines().filter_map(|line| line.trim_start_matches("  - ").trim().split_once(": "));
        let pairs = lines.filter(|(key, _)| ["at", "status", "body"].contains(key));
        pairs.map(|(_, value)| value.trim_start_matches("2026-03-")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(said(1), "12T09:00Z scheduled We laid a cable.");
    assert_eq!(
        said(2),
        "11T20:30Z in_progress Word 8. 11T21:00Z completed 11T21:05Z scheduled Word 9. 12T09:00Z scheduled We laid a cable."
    );
    assert_eq!(said(3), "11T20:30Z in_progress We laid a cable. 11T21:00Z completed");
    assert_eq!(imported.summary.reordered, 0);
}

#[test]
fn how_components_do_during_planned_work_is_carried_over() {
    let schedule = r#"{"data":[{"id":1,"name":"Crane","message":"","status":0,"scheduled_at":"2026-07-09 00:00:00","created_at":"2026-07-08 05:00:20","updated_at":"2026-07-08 05:00:20","components":[
        {"id":1,"schedule_id":1,"component_id":1,"component_status":3},{"id":2,"schedule_id":1,"component_id":2,"component_status":1},
        {"id":3,"schedule_id":1,"component_id":3,"component_status":6},{"id":4,"schedule_id":1,"component_id":4,"component_status":0}]}]}"#;
    let component = |id: u32| format!(r#"{{"id":{id},"name":"Part {id}","status":1,"group_id":0}}"#);
    let imported = import(&[("s.json", schedule), ("c.json", &list(&[1, 2, 3, 4].map(component)))]);
    let file = ending(&imported, "-crane.md");
    assert!(file.contains("impact:\n  part-1: partial_outage\n  part-2: operational\nupdates:"), "{file}");
}

#[test]
fn a_component_is_as_the_page_shows_it_not_as_it_says_itself() {
    let component = |relationships: &str| {
        let attributes = r#""name":"Crane","order":null,"status":{"human":"Operational","value":1},"latest_status":{"human":"Partial outage","value":3},"enabled":true"#;
        resource("components", 1, attributes, relationships)
    };
    let incident = |id: u32, status: u32| {
        let created = moment("created", "1 month ago", &format!("03-0{id} 09:00:00"));
        let attributes = format!(
            r#""name":"Creak {id}","message":"It creaks.","visible":1,"status":{{"human":"","value":{status}}},{created}"#
        );
        resource(
            "incidents",
            id,
            &attributes,
            r#""components":{"data":[{"type":"components","id":"1"}]},"updates":{"data":[]}"#,
        )
    };
    let incidents = list(&[incident(1, 4), incident(2, 1)]);
    let imported = import(&[("c.json", &list(&[component(r#""group":{"data":null}"#)])), ("i.json", &incidents)]);
    let file = ending(&imported, "-creak-2.md");
    assert!(file.contains("crane: partial_outage"), "{file}");
    for words in ["the page shows", "was followed"] {
        assert!(!noted(&imported, words), "{:#?}", imported.notes);
    }
}

#[test]
fn an_incident_that_was_merely_reported_is_investigated() {
    let attributes = format!(
        r#""name":"Weather stop","message":"50 knots.","visible":1,"status":{{"human":"Reported","value":0}},{}"#,
        moment("created", "1 month ago", "03-06 09:00:00")
    );
    let update = |id: u32, status: &str| {
        let attributes = format!(
            r#""updateable_id":8,"updateable_type":"incident","message":"Word {id}.","status":{status},{}"#,
            moment("created", "1 month ago", &format!("03-06 09:{id}:00"))
        );
        resource("updates", id, &attributes, "")
    };
    let none = r#"{"human":null,"value":null}"#;
    let all = [
        resource("incidents", 8, &attributes, r#""components":{"data":[]},"updates":{"data":[]}"#),
        update(10, r#"{"human":"Identified","value":2}"#),
        update(11, none),
    ];
    let imported = import(&[("i.json", &list(&all))]);
    let file = ending(&imported, "-weather-stop.md");
    let statuses: Vec<&str> = file.lines().filter_map(|line| line.trim().strip_prefix("status: ")).collect();
    assert_eq!(statuses, ["investigating", "identified", "identified"], "{file}");
    assert!(noted(&imported, "incident 8 was merely reported; `investigating` was taken"));
    assert!(!noted(&imported, "the status `"), "{:#?}", imported.notes);
}

#[test]
fn answers_without_what_belongs_to_the_things_are_named() {
    let bare = |kind: &str, id: u32, attributes: &str| {
        let created = moment("created", "1 month ago", "03-06 09:00:00");
        format!(
            r#"{{"id":"{id}","type":"{kind}","attributes":{{"id":{id},"name":"Thing {id}",{attributes}{created}}}}}"#
        )
    };
    let incident = |id| bare("incidents", id, r#""message":"M.","visible":1,"status":{"human":"Fixed","value":4},"#);
    let scheduled = moment("scheduled", "1 day ago", "03-11 20:00:00");
    let schedule =
        bare("schedules", 5, &format!(r#""message":"M.","status":{{"human":"Complete","value":2}},{scheduled},"#));
    let component = bare("components", 1, r#""status":{"human":"Operational","value":1},"order":null,"#);
    let group = bare("componentGroups", 1, r#""order":0,"visible":1,"#);
    let own = format!(
        r#"{{"data":[{{"id":"4","type":"updates","attributes":{{"id":4,"updateable_id":2,"updateable_type":"incident","message":"Own list.","status":{{"human":"Identified","value":2}},{}}}}}]}}"#,
        moment("created", "1 month ago", "03-06 09:10:00")
    );
    let files = [
        ("i.json", list(&[incident(1), incident(2)])),
        ("s.json", list(&[schedule])),
        ("c.json", list(&[component])),
        ("g.json", list(&[group])),
        ("u.json", own),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let imported = import(&files);
    for what in [
        "the `updates` of 1 incidents were not saved, so they are not imported: save them with `?include=components,updates`",
        "the `components` of 2 incidents were not saved",
        "the `updates` of 1 schedules were not saved",
        "the `group` of 1 components were not saved, so they are not imported: save them with `?include=group`",
    ] {
        assert!(noted(&imported, what), "{what}: {:#?}", imported.notes);
    }
    assert!(ending(&imported, "-thing-2.md").contains("Own list."));
}

#[test]
fn components_stand_in_the_order_of_their_group() {
    let group = |id: u32, column: &str, direction: &str| {
        let attributes = format!(
            r#""name":"Group {id}","order":{id},"order_column":{column},"order_direction":{direction},"collapsed":0,"visible":1"#
        );
        resource("componentGroups", id, &attributes, "")
    };
    let component = |id: u32, name: &str, order: &str, group: u32| {
        let attributes =
            format!(r#""name":"{name}","order":{order},"status":{{"human":"Operational","value":1}},"enabled":true"#);
        resource(
            "components",
            id,
            &attributes,
            &format!(r#""group":{{"data":{{"type":"componentGroups","id":"{group}"}}}}"#),
        )
    };
    let all = [
        group(1, r#""name""#, r#""asc""#),
        group(2, r#""id""#, r#""desc""#),
        group(3, "null", "null"),
        group(4, r#""last_updated""#, r#""desc""#),
        component(1, "Crane", "1", 1),
        component(2, "Anchor", "2", 1),
        component(3, "Buoy", "0", 2),
        component(4, "Dock", "1", 2),
        component(5, "Ebb", "2", 3),
        component(6, "Flood", "1", 3),
        component(7, "Gale", "null", 4),
    ];
    let imported = import(&[("c.json", &list(&all))]);
    let site = text(&imported, "content/site.yaml");
    let names = ["Anchor", "Crane", "Dock", "Buoy", "Flood", "Ebb", "Gale"];
    let places: Vec<Option<usize>> = names.map(|name| site.find(&format!("name: {name}"))).to_vec();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{site}");
    assert!(noted(&imported, "`order_column` of groups (1), `order_direction` of groups (1)"));
}

#[test]
fn answers_of_no_things_are_called_what_they_are() {
    let status = r#"{"data":{"status":"partial_outage","message":"Some lines are slow."}}"#;
    let refused = r#"{"message":"Unauthenticated."}"#;
    let template = r#"{"data":[{"id":1,"name":"Weather","slug":"weather","template":"{{ wind }} knots.","created_at":"2026-07-12 04:00:23","updated_at":"2026-07-12 04:00:23","deleted_at":null}]}"#;
    let points = r#"{"data":[{"id":1,"metric_id":1,"value":3,"created_at":"2026-07-12 04:00:23","updated_at":"2026-07-12 04:00:23","counter":1,"calculated_value":3}]}"#;
    let imported = import(&[
        ("c.json", r#"{"data":[{"id":1,"name":"Part","status":1,"group_id":0}]}"#),
        ("e.json", r#"{"errors":[{"id":"1","status":404,"title":"Not Found","detail":"Gone."}]}"#),
        ("p.json", points),
        ("r.json", refused),
        ("s.json", status),
        ("t.json", template),
        ("v.json", r#"{"data":{"version":"3.x-dev"}}"#),
    ]);
    for (path, what) in [
        ("e.json", "refusals (1)"),
        ("p.json", "metric points (1)"),
        ("r.json", "refusals (1)"),
        ("s.json", "words on the whole page (1)"),
        ("t.json", "incident templates (1)"),
        ("v.json", "versions (1)"),
    ] {
        let is_it = |note: &Note| note.path == path && note.message.starts_with(what);
        assert!(imported.notes.iter().any(is_it), "{path}: {:#?}", imported.notes);
    }
    assert!(!imported.files.contains_key("content/pages/left-over-texts.md"), "Cachet makes these words up itself");
}

/// The keys of each thing as Cachet 2.4.1 gives them, and where one of the fixtures has it.
const KEYS_OF_2: [(&str, &str, &str); 10] = [
    (
        "incidents.json",
        "/data/0",
        "component_id created_at deleted_at duration human_status id is_resolved latest_human_status latest_icon latest_status latest_update_id message meta name notifications occurred_at permalink status stickied updated_at updates user_id visible",
    ),
    (
        "incidents.json",
        "/data/1/updates/0",
        "created_at human_status id incident_id message permalink status updated_at user_id",
    ),
    (
        "schedules.json",
        "/data/0",
        "completed_at components created_at deleted_at human_status id message name scheduled_at status updated_at",
    ),
    ("schedules.json", "/data/0/components/0", "component_id component_status created_at id schedule_id updated_at"),
    (
        "components.json",
        "/data/0",
        "created_at deleted_at description enabled group_id id link meta name order status status_name tags updated_at",
    ),
    (
        "groups.json",
        "/data/1",
        "collapsed created_at enabled_components enabled_components_lowest id lowest_human_status name order updated_at visible",
    ),
    (
        "metrics.json",
        "/data/0",
        "calc_type created_at default_value default_view default_view_name description display_chart id name order places suffix threshold updated_at visible",
    ),
    ("points.json", "/data/0", "calculated_value counter created_at id metric_id updated_at value"),
    (
        "subscribers.json",
        "/data/0",
        "created_at email global id phone_number slack_webhook_url subscriptions updated_at verified_at verify_code",
    ),
    ("templates.json", "/data/0", "created_at deleted_at id name slug template updated_at"),
];

/// The attributes and relationships of each resource as the core of Cachet 3 gave them in August 2026.
const KEYS_OF_3: [(&str, &str); 9] = [
    ("componentGroups", "collapsed components created id name order order_column order_direction updated visible"),
    ("components", "created description enabled group id latest_status link name order pivot status updated"),
    ("incidentTemplates", "created engine id name slug template updated"),
    (
        "incidents",
        "components created guid id message meta name notifications occurred published status stickied updated updates user visible",
    ),
    ("metricPoints", "calculated_value counter created id metric_id updated value"),
    (
        "metrics",
        "calc_type created default_value default_view description display_chart id name order places points suffix threshold updated visible",
    ),
    ("schedules", "completed components created id message meta name published scheduled status updated updates"),
    ("subscribers", "created email global id updated verified verified_at"),
    ("updates", "created id message status updateable_id updateable_type updated"),
];

fn keys(value: &Value) -> BTreeSet<String> {
    value.as_object().into_iter().flat_map(|object| object.keys().cloned()).collect()
}

fn parsed(name: &str) -> BTreeMap<String, Value> {
    let parsed = files(name).into_iter().filter_map(|(path, bytes)| {
        let text = String::from_utf8(bytes).ok()?;
        Some((path, serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?))
    });
    parsed.collect()
}

#[test]
fn the_fixtures_have_the_form_of_the_answers() {
    let answers = parsed("cachet/v2");
    for (path, place, expected) in KEYS_OF_2 {
        let thing = answers[path].pointer(place).unwrap();
        assert_eq!(keys(thing).into_iter().collect::<Vec<_>>().join(" "), expected, "{path} {place}");
    }
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for answer in parsed("cachet/v3").values() {
        let lists = ["data", "included"].map(|key| answer[key].as_array().cloned().unwrap_or_default());
        for resource in lists.concat() {
            let of = found.entry(resource["type"].as_str().unwrap().to_owned()).or_default();
            of.extend(keys(&resource["attributes"]));
            of.extend(keys(&resource["relationships"]));
        }
    }
    for (kind, expected) in KEYS_OF_3 {
        assert_eq!(found[kind].iter().cloned().collect::<Vec<_>>().join(" "), expected, "{kind}");
    }
}
