//! Components come and go: the present does not name what is gone, and the past keeps it.

use std::collections::BTreeMap;

use super::{built_of, intervals, json, text};

const NOW: &str = "2026-03-20T09:00Z";
const INCIDENT: &str = "\
title: Messages arrive late
updates:
- { at: 2026-02-27T09:00Z, status: investigating, components: { hooks: major_outage, api: degraded_performance }, body: Late. }
- { at: 2026-02-27T11:00Z, status: resolved, body: At once again. }
";

/// The site with an incident of two components, of which the second is written so.
fn built(hooks: &str, now: &str) -> BTreeMap<String, String> {
    let site = format!(
        "name: Example Status\nurl: https://status.example.org/\n\
         components:\n- {{ id: api, name: API }}\n- {{ id: {hooks}, name: Webhooks, group: Developers }}\n"
    );
    built_of(&[("content/site.yaml", &site), ("content/incidents/late.yaml", INCIDENT)], now)
}

#[test]
fn a_retired_component_is_gone_from_the_present_and_stays_in_the_past() {
    let files = built("hooks, end: 2026-03-01", NOW);
    let present = ["uptime/index.html", "embed/index.html", "subscribe/index.html", "metrics", "embed.json"];
    let api = ["api/v2/components.json", "api/v2/summary.json", "badge.json", "api/v2/status.json"];
    for path in present.iter().chain(&api) {
        assert!(!files[*path].contains("Webhooks") && !files[*path].contains("hooks"), "{path}: {}", files[*path]);
    }
    assert!(!files["index.html"].contains("components/hooks/"), "home");
    let page = &files["components/hooks/index.html"];
    assert!(page.contains("Retired; 1 Mar 2026 was its last day.") && page.contains("Messages arrive late"), "{page}");
    assert!(!page.contains("Operational</span>"), "{page}");
    for path in ["history/2026-02/index.html", "incidents/late/index.html", "components/hooks/history.rss"] {
        assert!(files[path].contains(if path.ends_with("rss") { "arrive late" } else { "Webhooks" }), "{path}");
    }
    for path in ["components/hooks/badge.json", "groups/developers/badge.json"] {
        assert_eq!(json(&files, path)["message"], "Retired", "{path}");
    }
    assert_eq!(intervals(&files, "hooks"), ["major_outage 2026-02-27T09:00:00Z 2026-02-27T11:00:00Z"]);
}

#[test]
fn on_its_last_day_a_component_is_still_there() {
    assert!(built("hooks, end: 2026-03-01", "2026-03-01T23:59Z")["index.html"].contains("components/hooks/"));
    let record = json(&built("hooks, end: 2026-03-01", "2026-02-28T09:00Z"), "build.json");
    assert!(text(&record, "next_transition") <= "2026-03-02T00:00:00Z");
}

#[test]
fn the_uptime_of_a_component_counts_from_its_start_to_its_end() {
    let seconds = |hooks: &str| {
        let answer = json(&built(hooks, NOW), "api/uptime.json");
        let all = answer["components"].as_array().unwrap().clone();
        all.iter().find(|one| one["slug"] == "hooks").unwrap()["counted_seconds"].as_i64().unwrap()
    };
    assert_eq!(seconds("hooks, start: 2026-02-20, end: 2026-03-01"), 10 * 86_400);
}

#[test]
fn a_hidden_component_is_named_to_nobody_outside() {
    let files = built("hooks, hidden: true", NOW);
    for (path, text) in files.iter().filter(|(path, _)| !path.starts_with("assets/")) {
        assert!(!text.contains("Webhooks") && !text.contains("hooks"), "{path}");
    }
    let incident = &json(&files, "api/v2/incidents.json")["incidents"][0];
    assert_eq!(text(incident, "impact"), "minor", "by what customers see");
    assert!(files["incidents/late/index.html"].contains("API"));
}

#[test]
fn a_renamed_component_keeps_its_addresses_its_past_and_its_id() {
    let (before, after) = (built("hooks", NOW), built("webhooks, aliases: [hooks]", NOW));
    let id = |files: &BTreeMap<String, String>| {
        let answer = json(files, "api/v2/components.json");
        let all = answer["components"].as_array().unwrap().clone();
        text(all.iter().find(|one| one["name"] == "Webhooks").unwrap(), "id").to_owned()
    };
    assert_eq!(id(&before), id(&after));
    assert_eq!(intervals(&after, "webhooks").len(), 1, "an update names the old id");
    let old = &after["components/hooks/index.html"];
    assert!(old.contains("url=../../components/webhooks/index.html") && old.contains("Webhooks</bdi></a>"), "{old}");
    assert_eq!(after["_redirects"], "/components/hooks/* /components/webhooks/:splat 301\n");
    for name in ["history.atom", "maintenance.ics", "badge.svg"] {
        assert_eq!(after[&format!("components/hooks/{name}")], after[&format!("components/webhooks/{name}")]);
    }
    assert!(!after["sitemap.xml"].contains("/hooks/"));
}

#[test]
fn the_lines_of_a_site_for_its_host_stay_before_those_of_the_aliases() {
    let site = "name: S\nurl: https://s.example/\ncomponents: [{ id: a, name: A, aliases: [b] }]\n";
    let files = built_of(&[("content/site.yaml", site), ("content/static/_redirects", "/x /y 302")], NOW);
    assert_eq!(files["_redirects"], "/x /y 302\n/components/b/* /components/a/:splat 301\n");
}

#[test]
fn a_component_leads_to_where_it_is_used_and_to_what_it_depends_on() {
    let hooks = "hooks, url: \"https://hooks.example.com/\", depends_on: [{ name: Postal, url: \"https://postal.example/status\" }]";
    let link = "<a href=\"https://postal.example/status\"><bdi>Postal</bdi></a>";
    let (during, after) = (built(hooks, "2026-02-27T10:00Z"), built(hooks, NOW));
    let page = &after["components/hooks/index.html"];
    assert!(
        page.contains("<a href=\"https://hooks.example.com/\">hooks.example.com</a>") && page.contains(link),
        "{page}"
    );
    for path in ["index.html", "incidents/late/index.html"] {
        assert!(during[path].contains(link) && !after[path].contains(link), "{path}");
    }
}

#[test]
fn what_is_still_said_of_a_retired_component_breaks_no_build() {
    let open = INCIDENT.split("- { at: 2026-02-27T11").next().unwrap();
    let said =
        "- { at: 2026-03-02T11:00Z, status: resolved, components: { hooks: operational }, body: At once again. }\n";
    for (entry, now) in [(open.to_owned(), NOW), (format!("{open}{said}"), NOW)] {
        let site = "name: Example Status\nurl: https://status.example.org/\n\
             components:\n- { id: api, name: API }\n- { id: hooks, name: Webhooks, end: 2026-03-01 }\n";
        let files = built_of(&[("content/site.yaml", site), ("content/incidents/late.yaml", &entry)], now);
        assert!(!files["api/v2/components.json"].contains("Webhooks"));
        assert!(files["incidents/late/index.html"].contains("Webhooks"));
        let [interval] = &intervals(&files, "hooks")[..] else { panic!("one interval") };
        assert!(interval.ends_with("2026-03-02T00:00:00Z"), "{interval}");
    }
}

#[test]
fn an_open_incident_says_nothing_of_the_present_of_a_component_that_is_gone() {
    let open = INCIDENT.split("- { at: 2026-02-27T11").next().unwrap();
    let site = "name: Example Status\nurl: https://status.example.org/\ncomponents:\n- { id: api, name: API }\n\
                - { id: hooks, name: Webhooks, end: 2026-03-01 }\n";
    let at = |now| built_of(&[("content/site.yaml", site), ("content/incidents/late.yaml", open)], now);
    let notice = |now| json(&at(now), "embed.json")["notices"][0].clone();
    assert_eq!(notice("2026-03-01T12:00Z")["status"], "major_outage");
    assert_eq!(notice(NOW)["status"], "degraded_performance");
    assert_eq!(notice(NOW)["components"].as_array().unwrap().len(), 1);
    let files = at(NOW);
    let page = &files["incidents/late/index.html"];
    let (head, _) = page.split_once("<ol").unwrap();
    assert!(head.contains("API") && head.contains("Webhooks") && !head.contains("Major outage"), "{head}");
    let (_, table) = page.split_once("<table").unwrap();
    assert_eq!(table.matches("data-duration").count(), 1, "the other ended with its component: {table}");
    let home = files["index.html"].split("<h2").find(|part| part.contains("Happening now")).unwrap();
    assert!(!home.split("<ol").next().unwrap().contains("Major outage"), "{home}");
    assert_eq!(intervals(&files, "hooks"), ["major_outage 2026-02-27T09:00:00Z 2026-03-02T00:00:00Z"]);
}
