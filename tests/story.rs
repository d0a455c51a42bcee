//! One story in time: what happened to an entry is the same in every output, at every moment. The situations are those
//! that users of status pages reported of other programs.

use std::collections::{BTreeMap, BTreeSet};

use candor::diagnostic;
use candor::pipeline::{self, Options};
use candor::source::Source;
use candor::time::Time;
use serde_json::Value;

use crate::support;

mod begun;
mod components;
mod concurrent;
mod edits;
mod felt;
mod ids;
mod recurring;

const SITE: &str = "\
name: Example Status
url: https://status.example.org/
components: [{ id: website, name: Website }, { id: api, name: API }]
";

/// The files of a site with this entry, at a moment.
fn built(path: &str, entry: &str, now: &str) -> BTreeMap<String, String> {
    built_of(&[("content/site.yaml", SITE), (path, entry)], now)
}

/// The files of a site of these files, at a moment.
fn built_of(files: &[(&str, &str)], now: &str) -> BTreeMap<String, String> {
    built_with(files, &Options::at(Time::parse(now).unwrap()))
}

/// The same with what git knows.
fn built_with(files: &[(&str, &str)], options: &Options) -> BTreeMap<String, String> {
    let source = Source::from_files(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    let build = pipeline::build(&source, options);
    assert!(!diagnostic::has_errors(&build.diagnostics), "{:#?}", build.diagnostics);
    let made = |route: &candor::output::Route| String::from_utf8(route.make().unwrap()).unwrap();
    build.routes.iter().map(|route| (route.path.clone(), made(route))).collect()
}

fn work(updates: &str, now: &str) -> BTreeMap<String, String> {
    let entry = format!(
        "title: Database upgrade\nscheduled: {{ from: 2026-03-10T05:00Z, until: 2026-03-10T07:00Z }}\ncomponents: [api]\n\
         updates:\n- {{ at: 2026-03-03T09:00Z, status: scheduled, body: We upgrade it. }}\n{updates}"
    );
    built("content/maintenance/db.yaml", &entry, now)
}

/// The value of a line of the one event.
fn event<'a>(files: &'a BTreeMap<String, String>, name: &str) -> &'a str {
    let line = files["maintenance.ics"].lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.unwrap_or_else(|| panic!("no {name} in {}", files["maintenance.ics"]))
}

fn json(files: &BTreeMap<String, String>, path: &str) -> Value {
    serde_json::from_str(&files[path]).unwrap()
}

/// The intervals of trouble of a component: status, from, until.
fn intervals(files: &BTreeMap<String, String>, component: &str) -> Vec<String> {
    let answer = json(files, "api/uptime.json");
    let components = answer["components"].as_array().unwrap();
    let found = components.iter().find(|one| one["slug"] == component).unwrap();
    let intervals = found["intervals"].as_array().unwrap().iter();
    intervals
        .map(|one| {
            format!("{} {} {}", text(one, "status"), text(one, "from"), text(one, "until"))
                .replace(".000+00:00", "Z")
                .replace(".000Z", "Z")
        })
        .collect()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("no {key} in {value}"))
}

#[test]
fn cancelled_work_is_cancelled_everywhere_and_never_touched_its_component() {
    let cancelled = "- { at: 2026-03-09T12:00Z, status: cancelled, body: It does not take place. }\n";
    for now in ["2026-03-09T13:00Z", "2026-03-10T06:00Z", "2026-03-20T06:00Z"] {
        let files = work(cancelled, now);
        let said = ["STATUS", "DTSTART", "DTEND", "DTSTAMP", "SEQUENCE"].map(|name| event(&files, name));
        assert_eq!(said, ["CANCELLED", "20260310T050000Z", "20260310T070000Z", "20260309T120000Z", "2"], "{now}");
        assert!(intervals(&files, "api").is_empty(), "{now}");
        assert!(files["maintenance/db/index.html"].contains("Cancelled"), "{now}");
        assert!(files["maintenance/index.html"].contains("Cancelled</span>"), "no hours were worked, at {now}");
        let api = &json(&files, "api/v2/scheduled-maintenances.json")["scheduled_maintenances"][0];
        assert_eq!(text(api, "status"), "completed", "Statuspage has no other word");
        assert!(text(&api["incident_updates"][0], "body").starts_with("Cancelled: "));
        assert_eq!(json(&files, "badge.json")["message"], "All systems operational", "{now}");
    }
}

#[test]
fn work_that_is_put_off_rises_in_calendars_and_feeds_and_takes_place_in_its_new_window() {
    let put_off = "- at: 2026-03-04T10:00Z\n  status: postponed\n  \
                   scheduled: { from: 2026-03-12T05:00Z, until: 2026-03-12T07:00Z }\n  body: We wait for a part.\n";
    let (before, after) = (work("", "2026-03-03T10:00Z"), work(put_off, "2026-03-04T10:00Z"));
    let version = |files| ["DTSTART", "SEQUENCE", "DTSTAMP"].map(|name| event(files, name).to_owned());
    assert_eq!(version(&before), ["20260310T050000Z", "1", "20260303T090000Z"]);
    assert_eq!(version(&after), ["20260312T050000Z", "2", "20260304T100000Z"]);
    assert!(after["history.atom"].contains("<updated>2026-03-04T10:00:00+00:00</updated>"));
    let later = work(put_off, "2026-03-13T10:00Z");
    assert_eq!(intervals(&later, "api"), ["under_maintenance 2026-03-12T05:00:00Z 2026-03-12T07:00:00Z"]);
    let page = &after["maintenance/db/index.html"];
    assert!(page.contains("Postponed") && page.contains("12 Mar 2026, 05:00 UTC"), "{page}");
}

#[test]
fn work_keeps_the_hours_that_were_worked_whenever_that_is_noted() {
    for (done, until) in [("06:30", "2026-03-10T06:30:00Z"), ("08:30", "2026-03-10T08:30:00Z")] {
        let files =
            work(&format!("- {{ at: 2026-03-10T{done}Z, status: completed, body: Done. }}\n"), "2026-03-10T09:00Z");
        assert_eq!(intervals(&files, "api"), [format!("under_maintenance 2026-03-10T05:00:00Z {until}")]);
        assert_eq!(event(&files, "DTSTART"), "20260310T050000Z");
        assert_eq!(event(&files, "DTEND"), until.replace(['-', ':'], ""));
    }
}

#[test]
fn work_that_waits_for_another_time_names_none_and_has_none_when_it_goes_on() {
    let put_off = "- { at: 2026-03-10T06:00Z, status: postponed, body: We wait for a part. }\n";
    let again = "- { at: 2026-03-14T06:00Z, status: in_progress, body: We go on. }\n";
    let over = |status: &str| format!("- {{ at: 2026-03-14T09:00Z, status: {status}, body: Over. }}\n");
    let page = |said: &str, now| work(said, now)["maintenance/db/index.html"].clone();
    let during = work(&[put_off, again].concat(), "2026-03-14T08:00Z");
    let shown = &during["maintenance/db/index.html"];
    assert!(shown.contains("Began <time") && !shown.contains("taking longer"), "{shown}");
    assert_eq!([event(&during, "STATUS"), event(&during, "DTSTART")], ["CONFIRMED", "20260314T060000Z"]);
    assert!(!during["index.html"].contains("taking longer"));
    for status in ["completed", "cancelled"] {
        let shown = page(&[put_off, &over(status)].concat(), "2026-03-15T08:00Z");
        assert!(!shown.contains("Another time is not known"), "{status}: {shown}");
    }
    let site = support::Site::new().file("content/site.yaml", SITE).file("content/maintenance/db.yaml", format!(
        "title: Upgrade\nscheduled: {{ from: 2026-03-10T05:00Z, until: 2026-03-10T07:00Z }}\ncomponents: [api]\nupdates:\n{put_off}"
    ));
    site.run(["build", "--now", "2026-03-10T05:30Z", "--out", "old"]).says("old: ");
    site.run(["build", "--now", "2026-03-10T06:30Z"]).says("public: ");
    let folder = site.run(["outbox", "--since", "old"]).says("outbox: 1 message").output();
    let mail = support::read(&format!("{}/{}/email.txt", site.path().display(), folder.trim()));
    assert!(mail.contains("Postponed") && !mail.contains("Planned for"), "{mail}");
    let run =
        |now| site.run(["reschedule", "db", "--until=2026-03-14T09:00Z", "--message=Longer.", "--yes", "--now", now]);
    run("2026-03-11T06:00Z").code(2).says("--from: this waits for another time");
    site.run(["update", "db", "--status=in_progress", "--message=On.", "--yes", "--now", "2026-03-14T06:00Z"]).talk();
    let said = run("2026-03-14T06:30Z").talk();
    assert!(said.contains("Planned for 14 Mar 2026, 06:00 UTC to 09:00 UTC"), "{said}");
}

#[test]
fn an_outage_that_is_written_down_afterwards_has_its_hours_everywhere() {
    let entry = "title: Logins failed\nstarted: 2026-02-01T09:00Z\nupdates:\n- at: 2026-02-01T11:00Z\n  status: resolved\n  \
                 components: { website: major_outage }\n  body: All is well again.\n";
    let files = built("content/incidents/logins.yaml", entry, "2026-02-02T08:00Z");
    assert_eq!(intervals(&files, "website"), ["major_outage 2026-02-01T09:00:00Z 2026-02-01T11:00:00Z"]);
    assert!(!files["incidents/logins/index.html"].contains("No component"), "the table of what was affected");
    assert!(files["components/website/index.html"].contains("Major outage, 2 h"));
    let update = &json(&files, "api/v2/incidents.json")["incidents"][0]["incident_updates"][0];
    assert_eq!(text(&update["affected_components"][0], "old_status"), "major_outage");
}

#[test]
fn an_outage_over_the_end_of_a_month_stands_in_both_and_in_the_last_two_weeks() {
    let entry = "title: Logins failed overnight\nupdates:\n\
                 - { at: 2026-01-10T22:00Z, status: investigating, components: { website: major_outage }, body: Down. }\n\
                 - { at: 2026-02-01T08:00Z, status: resolved, body: Up. }\n";
    let files = built("content/incidents/night.yaml", entry, "2026-02-02T09:00Z");
    for path in ["history/2026-01/index.html", "history/2026-02/index.html", "index.html"] {
        assert!(files[path].contains("Logins failed overnight"), "{path}");
    }
    assert!(!files["index.html"].contains("No incident in the last two weeks"));
}

#[test]
fn an_incident_that_is_taken_up_again_says_so_and_lasted_for_its_times_alone() {
    let entry = "title: Logins failed\nupdates:\n\
                 - { at: 2026-03-01T09:00Z, status: investigating, components: { website: major_outage }, body: Down. }\n\
                 - { at: 2026-03-01T10:00Z, status: resolved, body: Up. }\n\
                 - { at: 2026-03-04T09:00Z, status: investigating, components: { website: major_outage }, body: Again. }\n\
                 - { at: 2026-03-04T10:00Z, status: resolved, body: Up. }\n";
    let at = |now| built("content/incidents/logins.yaml", entry, now);
    let page = &at("2026-03-05T09:00Z")["incidents/logins/index.html"];
    assert!(page.contains("Resolved after 2 h") && page.contains(", again <time"), "{page}");
    let home = |now| at(now)["index.html"].clone();
    assert!(home("2026-03-05T09:00Z").contains("No incident on the other 12 days"));
    assert!(
        home("2026-03-04T09:30Z").contains("data-since=\"2026-03-04T09:00Z\""),
        "counted from when it was taken up"
    );
}

#[test]
fn an_update_between_two_others_changes_the_id_of_none() {
    let first = "- { at: 2026-02-01T09:00Z, status: investigating, body: Nobody can log in. }\n";
    let between = "- { at: 2026-02-01T09:10Z, status: investigating, body: Apps as well. }\n";
    let last = "- { at: 2026-02-01T09:30Z, status: identified, body: We know the cause. }\n";
    let ids = |updates: &[&str]| -> Vec<String> {
        let entry = format!("title: Logins fail\nupdates:\n{}", updates.concat());
        let files = built("content/incidents/a.yaml", &entry, "2026-02-01T09:40Z");
        let answer = json(&files, "api/v2/incidents.json");
        let updates = answer["incidents"][0]["incident_updates"].as_array().unwrap();
        updates.iter().map(|update| text(update, "id").to_owned()).collect()
    };
    let (before, after) = (ids(&[first, last]), ids(&[first, between, last]));
    assert_eq!([&after[0], &after[2]], [&before[0], &before[1]]);
    assert!(!before.contains(&after[1]));
}

#[test]
fn a_name_keeps_the_id_of_an_update_whose_time_is_corrected() {
    let id = |at: &str| {
        let entry = format!("title: A\nupdates:\n- {{ id: first, at: {at}, status: investigating, body: B. }}\n");
        let files = built("content/incidents/a.yaml", &entry, "2026-02-01T09:40Z");
        let answer = json(&files, "api/v2/incidents.json");
        text(&answer["incidents"][0]["incident_updates"][0], "id").to_owned()
    };
    assert_eq!(id("2026-02-01T09:00Z"), id("2026-02-01T09:05Z"));
}

#[test]
fn a_name_that_reads_like_a_key_of_the_program_collides_with_none() {
    let work = "title: Swap\nscheduled: { from: 2026-02-10T10:00Z, until: 2026-02-10T12:00Z }\ncomponents: [api]\nupdates:\n\
                - { at: 2026-02-10T10:05Z, id: scheduled, status: in_progress, body: We began. }\n";
    let files = built("content/maintenance/swap.yaml", work, "2026-02-10T11:00Z");
    let answer = json(&files, "api/v2/scheduled-maintenances.json");
    let updates = answer["scheduled_maintenances"][0]["incident_updates"].as_array().unwrap();
    let ids: BTreeSet<&str> = updates.iter().map(|update| text(update, "id")).collect();
    assert_eq!(ids.len(), 3, "the description, that its time has come, and what was said");
}

#[test]
fn work_of_which_nobody_spoke_is_dated_by_its_plan_and_never_by_the_build() {
    let entry =
        "title: Router swap\nscheduled: { from: 2026-02-10T10:00Z, until: 2026-02-10T12:00Z }\ncomponents: [api]\n";
    let at = |now| built("content/maintenance/router.yaml", entry, now);
    let (early, late) = (at("2026-02-03T09:00Z"), at("2026-02-05T11:30Z"));
    for path in ["history.atom", "history.rss", "updates.atom"] {
        assert!(early[path].contains("Router swap"), "{path}");
        assert_eq!(early[path], late[path], "{path}");
    }
}

#[test]
fn work_that_waits_for_another_time_counts_down_to_none_and_is_not_in_the_calendar_as_if_it_took_place() {
    let files = work("- { at: 2026-03-04T10:00Z, status: postponed, body: We wait. }\n", "2026-03-10T06:00Z");
    for path in ["maintenance/db/index.html", "maintenance/index.html", "index.html"] {
        assert!(files[path].contains("Another time is not known yet"), "{path}");
        assert!(!files[path].contains("data-until=\""), "{path}");
    }
    assert_eq!(event(&files, "STATUS"), "CANCELLED");
    assert!(intervals(&files, "api").is_empty());
}

#[test]
fn what_nobody_knows_the_length_of_costs_no_uptime_and_says_so() {
    let files = |key: &str| {
        let entry = format!(
            "title: Labels are printed late\n{key}updates:\n\
             - {{ at: 2026-03-08T05:00Z, status: investigating, components: {{ api: major_outage }}, body: Late. }}\n\
             - {{ at: 2026-03-08T06:00Z, status: resolved }}\n"
        );
        built("content/incidents/labels-late.yaml", &entry, "2026-03-09T00:00Z")
    };
    let (known, unknown) = (files(""), files("duration_known: false\n"));
    assert_eq!(intervals(&known, "api").len(), 1);
    assert!(intervals(&unknown, "api").is_empty());
    let page = |files: &BTreeMap<String, String>| files["incidents/labels-late/index.html"].clone();
    assert!(page(&unknown).contains("duration not known") && page(&unknown).contains("counts as no downtime"));
    assert!(!page(&known).contains("not known") && page(&known).contains("after 1 h<"));
    assert!(!page(&known).contains("<div class=\"said\" dir=\"auto\"></div>"), "an end without a word is no empty box");
}

#[test]
fn work_of_which_nobody_knows_the_end_says_so_everywhere_and_costs_no_uptime() {
    let files = |keys: &str, now: &str| {
        let entry = format!("title: Old work\nscheduled: {{ from: 2026-03-08T05:00Z }}\ncomponents: [api]\n{keys}");
        built("content/maintenance/old.yaml", &entry, now)
    };
    let api = |files: &BTreeMap<String, String>| {
        json(files, "api/v2/scheduled-maintenances.json")["scheduled_maintenances"][0].clone()
    };
    let page = "maintenance/old/index.html";
    for keys in ["", "duration_known: false\n"] {
        let ahead = files(keys, "2026-03-08T04:00Z");
        assert!(ahead[page].contains("end not known") && ahead["index.html"].contains("end not known"), "{keys}");
        assert_eq!(api(&ahead)["scheduled_until"], Value::Null);
        assert!(ahead["maintenance.ics"].contains("DTSTART:20260308T050000Z"));
        assert!(!ahead["maintenance.ics"].contains("DTEND"));
        assert!(ahead["history.atom"].contains("end not known"));
    }
    let going = files("", "2026-03-08T09:00Z");
    assert_eq!(text(&api(&going), "status"), "in_progress");
    assert!(going[page].contains("Began ") && !going[page].contains("it is taking longer"));
    assert_eq!(intervals(&going, "api"), ["under_maintenance 2026-03-08T05:00:00Z 2026-03-08T09:00:00Z"]);
    let over = files("duration_known: false\n", "2026-03-08T09:00Z");
    assert_eq!(text(&api(&over), "status"), "completed");
    assert!(over[page].contains("end not known") && over[page].contains("counts as no downtime"), "{}", over[page]);
    assert!(over["maintenance/index.html"].contains("duration not known"));
    let done = "duration_known: false\nupdates:\n- { at: 2026-03-08T05:00Z, status: completed, body: It is done. }\n";
    for files in [&over, &files(done, "2026-03-09T09:00Z")] {
        let statuses: Vec<Value> =
            api(files)["incident_updates"].as_array().unwrap().iter().map(|update| update["status"].clone()).collect();
        assert_eq!(statuses, ["completed", "scheduled"], "its one time is told once");
        assert_eq!(files[page].matches("counts as no downtime").count(), 1, "{}", files[page]);
    }
    // There was no planned end that could be over.
    assert!(over.values().all(|file| !file.contains("planned time of this maintenance is over")));
    assert!(intervals(&over, "api").is_empty());
    assert_eq!(json(&over, "badge.json")["message"], "All systems operational");
}

#[test]
fn an_announcement_off_home_stands_in_the_list_and_the_feeds_alone() {
    let files = |keys: &str| {
        let entry = format!("title: New lamp\nfrom: 2026-03-01T08:00Z\n{keys}");
        built("content/announcements/lamp.yaml", &entry, "2026-03-08T09:00Z")
    };
    let (on, off) = (files(""), files("home: false\n"));
    assert!(on["index.html"].contains("New lamp") && !off["index.html"].contains("New lamp"));
    for path in ["announcements/index.html", "announcements/lamp/index.html", "history.atom"] {
        assert!(off[path].contains("New lamp"), "{path}");
    }
}

#[test]
fn whoever_planned_for_work_finds_on_home_that_it_was_given_up_until_its_time_is_over() {
    const CANCELLED: &str = "- { at: 2026-03-09T12:00Z, status: cancelled, body: The part is late. }\n";
    let planned = |now: &str| {
        let home = work(CANCELLED, now)["index.html"].clone();
        home.split_once("id=\"planned\"").map(|(_, rest)| rest.split("</section>").next().unwrap().to_owned())
    };
    let before = planned("2026-03-09T13:00Z").expect("it is there");
    assert!(before.contains("Cancelled") && before.contains("The part is late."), "{before}");
    assert!(planned("2026-03-10T06:59Z").is_some());
    assert!(planned("2026-03-10T07:00Z").is_none(), "its time is over");
    let next = |now: &str| text(&json(&work(CANCELLED, now), "build.json"), "next_transition").to_owned();
    assert_eq!(next("2026-03-10T06:00Z"), "2026-03-10T07:00:00Z");
}

#[test]
fn the_page_of_work_that_is_done_says_when_it_was_worked_on() {
    for (said, until) in [("06:30", "06:30"), ("08:30", "08:30")] {
        let files =
            work(&format!("- {{ at: 2026-03-10T{said}Z, status: completed, body: Done. }}\n"), "2026-03-10T12:00Z");
        let page = &files["maintenance/db/index.html"];
        let head = page.split_once("<header class=\"head").unwrap().1.split_once("</header>").unwrap().0;
        assert!(head.contains("05:00") && head.contains(until) && !head.contains("07:00"), "{head}");
    }
}

#[test]
fn an_outage_that_begins_at_the_moment_of_the_build_is_there_on_every_page() {
    const INCIDENT: &str = "title: Calls fail\nupdates:\n\
        - { at: 2026-02-01T09:00Z, status: investigating, components: { api: major_outage }, body: They fail. }\n";
    let files = built("content/incidents/calls.yaml", INCIDENT, "2026-02-01T09:00Z");
    assert!(!files["index.html"].contains("Every component works"), "{}", files["index.html"]);
    assert!(!files["incidents/calls/index.html"].contains("No component is affected"));
    assert!(intervals(&files, "api").is_empty(), "it has cost nobody a minute");
}

#[test]
fn a_note_after_the_end_moves_no_end() {
    const SAID: &str = "- { at: 2026-03-10T06:30Z, status: completed, body: Done. }\n\
        - { at: 2026-03-10T10:00Z, status: scheduled, body: A note. }\n";
    let files = work(SAID, "2026-03-10T12:00Z");
    let done = &json(&files, "api/v2/scheduled-maintenances.json")["scheduled_maintenances"][0];
    assert_eq!(&text(done, "resolved_at")[..16], "2026-03-10T06:30");
    assert_eq!(&text(done, "updated_at")[..16], "2026-03-10T10:00");
}

#[test]
fn each_time_that_work_was_worked_on_stands_on_its_page_and_the_latest_to_begin_stands_first() {
    const SAID: [&str; 3] = [
        "- { at: 2026-03-10T05:30Z, status: completed, body: Done. }\n",
        "- { at: 2026-03-10T08:00Z, status: in_progress, body: Not quite. }\n",
        "- { at: 2026-03-10T09:30Z, status: completed, body: Done now. }\n",
    ];
    let page = |said: &str| {
        let page = work(said, "2026-03-11T12:00Z")["maintenance/db/index.html"].clone();
        page.split_once("id=\"affected\"").map(|(_, rest)| rest.to_owned())
    };
    let twice = page(&SAID.concat()).expect("a table");
    assert!(twice.contains("05:00 UTC") && twice.contains(">30 min<") && twice.contains("1 h 30 min"), "{twice}");
    let stopped = page("- { at: 2026-03-10T05:40Z, status: cancelled, body: Stopped. }\n").expect("a table");
    assert!(stopped.contains(">40 min<"), "the head has the plan: {stopped}");
    assert!(page(SAID[0]).is_none(), "the head says it");
    let moved = "title: Moved\nscheduled: { from: 2026-03-09T05:00Z, until: 2026-03-09T07:00Z }\ncomponents: [api]\nupdates:\n\
        - { at: 2026-03-08T05:00Z, status: postponed, body: Later., scheduled: { from: 2026-03-12T05:00Z, until: 2026-03-12T07:00Z } }\n";
    let plain = "title: Plain\nscheduled: { from: 2026-03-10T05:00Z, until: 2026-03-10T07:00Z }\ncomponents: [api]\n";
    let files = built_of(
        &[
            ("content/site.yaml", SITE),
            ("content/maintenance/moved.yaml", moved),
            ("content/maintenance/plain.yaml", plain),
        ],
        "2026-03-13T12:00Z",
    );
    let list = &files["maintenance/index.html"];
    assert!(list.find("Moved").unwrap() < list.find("Plain").unwrap(), "{list}");
}

#[test]
fn of_what_only_the_end_is_told_nobody_knows_how_long_it_was_and_no_page_says_otherwise() {
    let entry = |started: &str| {
        format!(
            "title: Logins failed\n{started}updates:\n- {{ at: 2026-02-01T11:00Z, status: resolved, components: {{ website: major_outage }}, body: Well again. }}\n"
        )
    };
    let unknown = built("content/incidents/logins.yaml", &entry(""), "2026-02-02T08:00Z");
    let page = &unknown["incidents/logins/index.html"];
    assert!(page.contains("duration not known") && page.contains("counts as no downtime"), "{page}");
    for (path, text) in &unknown {
        assert!(!text.contains("No component is affected") && !text.contains("less than a minute"), "{path}");
    }
    let known = built("content/incidents/logins.yaml", &entry("started: 2026-02-01T09:00Z\n"), "2026-02-02T08:00Z");
    assert!(known["incidents/logins/index.html"].contains("after 2 h"));
}
