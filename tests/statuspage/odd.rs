//! Whatever else saved answers hold: nothing is dropped in silence, nothing is invented in silence.

use super::{answers, import, noted, text};
use crate::api::json::Json;

const PAGE: &str = r#""page":{"id":"p","name":"P","url":"https://p.example","time_zone":"Etc/UTC","updated_at":"2026-01-02T12:00:00.000Z"}"#;

const NOW: &str = "2026-01-02T12:00Z";

/// A page with one component, `A`, that has this status.
fn components(status: &str) -> String {
    format!(
        r#"{{{PAGE},"components":[{{"id":"a1","name":"A","status":"{status}","updated_at":"2026-01-02T09:08:07.006Z","position":1,"group_id":null,"group":false}}]}}"#
    )
}

/// An incident with these keys besides its id and name.
fn incident(keys: &str) -> String {
    format!(r#"{{"id":"i1","name":"Slow","started_at":"2026-01-02T08:00:00.000Z",{keys}}}"#)
}

/// An update that says `word` at an hour, and this of component `A`.
fn update(hour: u32, word: &str, status: &str) -> String {
    format!(
        r#"{{"status":"{word}","body":"Said {word}.","display_at":"2026-01-02T{hour:02}:00:00.000Z","affected_components":[{{"code":"a1","name":"A","old_status":"operational","new_status":"{status}"}}]}}"#
    )
}

const FILE: &str = "content/incidents/2026/2026-01-02-slow.md";

#[test]
fn trouble_that_no_incident_explains_becomes_an_open_incident() {
    let imported = import(&[("components.json", &components("major_outage"))]);
    let file = text(&imported, "content/incidents/2026/2026-01-02-a-major-outage.md");
    assert!(file.contains("title: \"A: major outage\"\nduration_known: false\n"), "{file}");
    assert!(file.contains("  - at: 2026-01-02T09:08:07.006Z\n"), "{file}");
    assert!(noted(&imported, "no open incident says why"));
    let new = answers(&imported, NOW);
    assert_eq!(new["components"]["components"].named("A")["status"], "major_outage");
}

#[test]
fn work_that_nobody_announced_is_no_incident() {
    let imported = import(&[("components.json", &components("under_maintenance"))]);
    assert_eq!((imported.summary.incidents, imported.summary.maintenance), (0, 0));
    assert!(noted(&imported, "the page shows `a` under maintenance and no planned work says so; please write it"));
    assert!(!imported.files.keys().any(|path| path.contains("incidents")));
}

#[test]
fn trouble_that_an_incident_explains_is_told_once() {
    let open = incident(&format!(
        r#""status":"identified","incident_updates":[{}]"#,
        update(9, "identified", "partial_outage")
    ));
    let imported = import(&[("c.json", &components("partial_outage")), ("i.json", &open)]);
    assert_eq!(imported.summary.incidents, 1);
    assert!(!noted(&imported, "no open incident says why"));
    let better = import(&[("c.json", &components("operational")), ("i.json", &open)]);
    assert!(noted(&better, "the incident was followed"));
}

#[test]
fn an_incident_that_is_over_ends_with_its_resolution() {
    let over = incident(&format!(
        r#""status":"resolved","resolved_at":"2026-01-02T10:30:00.000Z","incident_updates":[{}]"#,
        update(9, "monitoring", "degraded_performance")
    ));
    let imported = import(&[("c.json", &components("operational")), ("i.json", &over)]);
    assert!(text(&imported, FILE).contains("  - at: 2026-01-02T10:30Z\n    status: resolved\n"));
}

#[test]
fn a_time_that_cannot_be_read_is_a_question() {
    let odd = incident(&format!(
        r#""status":"resolved","resolved_at":"half past ten","incident_updates":[{}]"#,
        update(9, "monitoring", "degraded_performance")
    ));
    let imported = import(&[("c.json", &components("operational")), ("i.json", &odd)]);
    assert!(noted(&imported, "`resolved_at` is no time that can be read: `half past ten`"));
    assert!(text(&imported, FILE).contains("duration_known: false\n"), "{}", text(&imported, FILE));
}

#[test]
fn odd_updates_are_kept_and_listed() {
    let updates = [
        update(11, "resolved", "operational"),
        update(10, "resolved", "degraded_performance"),
        update(9, "pondering", "wobbly"),
    ];
    let odd = incident(&format!(r#""status":"resolved","impact":"huge","incident_updates":[{}]"#, updates.join(",")));
    let imported = import(&[("c.json", &components("operational")), ("i.json", &odd)]);
    answers(&imported, NOW);
    let file = text(&imported, FILE);
    assert!(file.contains("Said resolved.\n\n      Said resolved.\n"), "{file}");
    for words in [
        "the status `pondering` is unknown; `investigating` was taken",
        "the status `wobbly` of `a1` is unknown",
        "it is resolved twice",
        "`a` was left as `degraded_performance`",
        "the impact `huge` is unknown",
    ] {
        assert!(noted(&imported, words), "{words}: {:#?}", imported.notes);
    }
}

#[test]
fn no_outage_is_invented_for_components_that_are_only_listed() {
    let listed = incident(
        r#""status":"resolved","impact":"major","components":[{"id":"a1","name":"A"},{"id":"gone","name":"Gone"}],"incident_updates":[{"status":"resolved","body":"","display_at":"2026-01-02T09:00:00.000Z","affected_components":null}]"#,
    );
    let imported = import(&[("c.json", &components("operational")), ("i.json", &listed)]);
    let file = text(&imported, FILE);
    assert!(file.contains("    components:\n      a: operational\n"), "{file}");
    assert!(file.contains("# Statuspage: it also touched Gone (gone)\n"), "{file}");
    assert!(noted(&imported, "no outage was counted for them: `a`"));
    assert!(noted(&imported, "`Gone`, which is not on the page any more"));
}

#[test]
fn planned_work_that_ends_as_it_begins_has_no_known_end_and_is_listed() {
    let work = r#"{"id":"m1","name":"Work","status":"completed","impact":"maintenance","scheduled_for":"2026-01-01T10:00:00.000Z","scheduled_until":"2026-01-01T10:00:00.000Z","updated_at":"2026-01-01T11:00:00.000Z","incident_updates":[{"status":"in_progress","body":"Now.","display_at":"2026-01-01T10:00:00.000Z"}]}"#;
    let imported = import(&[("c.json", &components("operational")), ("m.json", work)]);
    let new = answers(&imported, NOW);
    let work = new["scheduled-maintenances"]["scheduled_maintenances"].named("Work");
    assert_eq!(work["scheduled_until"], Json::Null, "when it was last touched is no end");
    assert_eq!(work["status"], "completed");
    assert_eq!(work["incident_updates"].each("status"), ["completed", "in_progress", "scheduled"]);
    assert!(noted(&imported, "is not after its beginning; left out") && noted(&imported, "nor when it was over"));
}

#[test]
fn how_components_do_during_planned_work_is_its_impact() {
    let work = |during: &str| {
        let updates = [update(8, "completed", "operational"), update(7, "in_progress", during)].join(",");
        format!(
            r#"{{"id":"m1","name":"Work","status":"completed","impact":"maintenance","scheduled_for":"2026-01-02T07:00:00.000Z","scheduled_until":"2026-01-02T09:00:00.000Z","incident_updates":[{updates}]}}"#
        )
    };
    for (during, impact) in [("under_maintenance", ""), ("partial_outage", "impact:\n  a: partial_outage\n")] {
        let imported = import(&[("c.json", &components("operational")), ("m.json", &work(during))]);
        let file = text(&imported, "content/maintenance/2026/2026-01-02-work.md");
        assert!(file.contains(&format!("components:\n  - a\n{impact}updates:\n")), "{file}");
    }
    let imported = import(&[("c.json", &components("operational")), ("m.json", &work("half_open"))]);
    assert!(noted(&imported, "the status `half_open` of `a1` is unknown; not imported"));
}

#[test]
fn planned_work_of_which_nobody_knows_when_it_was_over_is_not_called_off() {
    let work = r#"{"id":"m1","name":"Work","status":"completed","impact":"maintenance","scheduled_for":"2026-01-01T10:00:00.000Z","incident_updates":[{"status":"scheduled","body":"Then.","display_at":"2025-12-24T10:00:00.000Z"}]}"#;
    let imported = import(&[("c.json", &components("operational")), ("m.json", work)]);
    let file = text(&imported, "content/maintenance/2026/2026-01-01-work.md");
    assert!(
        file.contains("duration_known: false") && !file.contains("at: 2025-12-24T10:00Z\n    status: completed"),
        "{file}"
    );
    let new = answers(&imported, NOW);
    let told = new["scheduled-maintenances"]["scheduled_maintenances"].named("Work");
    assert_eq!(told["incident_updates"].each("status"), ["completed", "scheduled"]);
}

#[test]
fn planned_work_never_ends_where_no_time_can_be_written() {
    let work = r#"{"id":"m1","name":"Work","status":"scheduled","impact":"maintenance","scheduled_for":"9999-12-31T23:59:59Z","incident_updates":[{"status":"scheduled","body":"Then.","display_at":"2026-01-01T10:00:00.000Z"}]}"#;
    for from in ["9999-12-31T23:59:59Z", "9999-12-31T23:59:30Z", "9999-12-31T23:59:59-01:00"] {
        let imported =
            import(&[("c.json", &components("operational")), ("m.json", &work.replace("9999-12-31T23:59:59Z", from))]);
        answers(&imported, NOW);
    }
}

#[test]
fn files_that_say_nothing_are_listed() {
    let imported = import(&[
        ("components.json", &components("operational")),
        ("broken.json", "{"),
        ("notes.txt", "Call them."),
        ("other.json", "{\"a\":1}"),
        ("more.json", &format!("{{{PAGE},\"months\":[1]}}")),
        ("feed.atom", "<rss/>"),
    ]);
    for (path, words) in [
        ("broken.json", "it is no JSON"),
        ("notes.txt", "neither JSON nor an Atom feed"),
        ("other.json", "no answer of Statuspage's public API"),
        ("more.json", "a month without a year or without a list of incidents"),
        ("feed.atom", "it is no Atom feed"),
    ] {
        let is_noted = |note: &candor::import::Note| note.path == path && note.message.contains(words);
        assert!(imported.notes.iter().any(is_noted), "{path}: {:#?}", imported.notes);
    }
    assert!(import(&[("other.json", "{\"a\":1}")]).files.is_empty());
}

const MONTHS: &str = r#"{"components":[],"months":[{"name":"December","year":2024,"starts_on":0,"days":31,"incidents":[
  {"code":"h1","name":"Q&amp;A slow","message":"It was <b>repaired<\/b>.","impact":"minor","timestamp":"Dec <var data-var='date'>31</var>, <var data-var='time'>23:50</var> - Jan <var data-var='date'>1</var>, <var data-var='time'>00:20</var> UTC"},
  {"code":"h2","name":"Move","message":"We moved.","impact":"maintenance","timestamp":"Dec <var data-var='date'>5</var>, <var data-var='time'>10:00</var> - <var data-var='time'>12:30</var> UTC"},
  {"code":"i1","name":"Slow","message":"Less is known here.","impact":"none","timestamp":"Dec 5, 10:00 UTC"},
  {"code":"h3","name":"When","message":"","impact":"none","timestamp":"Once"}]}],"page_status":{"status":{}}}"#;

#[test]
fn the_history_tells_of_what_the_api_does_not_know_any_more() {
    let known =
        incident(&format!(r#""status":"resolved","incident_updates":[{}]"#, update(9, "resolved", "operational")));
    let imported = import(&[("c.json", &components("operational")), ("i.json", &known), ("history-1.json", MONTHS)]);
    let file = text(&imported, "content/incidents/2024/2024-12-31-q-a-slow.md");
    let expected = "title: \"Q&A slow\"\nimpact: minor\nstarted: 2024-12-31T23:50Z\nupdates:\n  - at: 2025-01-01T00:20Z\n    status: resolved\n    body: \"It was **repaired**.\"\n";
    assert!(file.contains(expected), "{file}");
    let work = text(&imported, "content/maintenance/2024/2024-12-05-move.md");
    assert!(work.contains("from: 2024-12-05T10:00Z\n  until: 2024-12-05T12:30Z\n"), "{work}");
    assert!(text(&imported, FILE).contains("Said resolved."), "the fuller telling wins");
    assert!(noted(&imported, "its time, `Once`, cannot be read") && noted(&imported, "its last word alone"));
    answers(&imported, NOW);
}

#[test]
fn answers_for_owners_are_read_and_drafts_of_postmortems_stay_private() {
    let told = |keys: &str| {
        incident(&format!(
            r#""status":"resolved","resolved_at":"2026-01-02T10:00:00.000Z","scheduled_remind_prior":false,"postmortem_body":"A cable.",{keys},"incident_updates":[{}]"#,
            update(9, "resolved", "operational")
        ))
    };
    let page =
        r#"{"id":"p","name":"P","subdomain":"p","domain":"","time_zone":"Etc/UTC","css_body_background_color":"fff"}"#;
    let groups = r#"[{"id":"g1","name":"G","components":["a1"],"position":1}]"#;
    let list = r#"[{"id":"a1","name":"A","status":"operational","position":1,"group_id":"g1"}]"#;
    let files = |told: &str| {
        import(&[("page.json", page), ("c.json", list), ("g.json", groups), ("i.json", &format!("[{told}]"))])
    };
    let draft = files(&told(r#""postmortem_published_at":null"#));
    let site = text(&draft, "content/site.yaml");
    assert!(site.contains("url: https://p.statuspage.io/\n") && site.contains("    group: g\n"), "{site}");
    assert!(text(&draft, FILE).contains("# Statuspage: a postmortem that was not published:\n# A cable.\n---\n"));
    assert!(noted(&draft, "its postmortem was not published"));
    let public = files(&told(r#""postmortem_published_at":"2026-01-03T10:00:00.000Z""#));
    assert!(text(&public, FILE).ends_with("---\n\n## Postmortem\n\nA cable.\n"));
    answers(&draft, NOW);
}

#[test]
fn without_a_list_components_are_those_that_incidents_name() {
    let told = format!(
        r#"{{{PAGE},"incidents":[{}]}}"#,
        incident(&format!(r#""status":"resolved","incident_updates":[{}]"#, update(9, "resolved", "operational")))
    );
    let imported = import(&[("incidents.json", &told)]);
    assert!(noted(&imported, "there is no list of components"));
    let new = answers(&imported, NOW);
    assert_eq!(new["components"]["components"].each("name"), ["A"]);
}
