//! Recurring work: each time of it is planned work like any other, in every output.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{built_of, intervals, json, text};
use crate::support::{Site, read};

const BERLIN: &str = "name: Example Status\nurl: https://status.example.org/\ntimezone: Europe/Berlin\n\
    components: [{ id: website, name: Website }, { id: api, name: API }]\n";

/// The first Sunday of each month, at four by the clocks of Berlin.
const HEAD: &str = "title: Monthly restart\ncomponents: [api]\n\
    scheduled: { from: 2026-02-01T04:00+01:00, until: 2026-02-01T05:00+01:00, repeat: FREQ=MONTHLY;BYDAY=1SU;UNTIL=20260731 }\n\
    updates:\n- { at: 2026-01-20T09:00Z, status: scheduled, body: We restart on the first Sunday of each month. }\n";
const MOVED: &str = "- at: 2026-03-20T09:00Z\n  occurrence: 2026-04-05\n  status: postponed\n  \
    scheduled: { from: 2026-04-06T04:00+02:00, until: 2026-04-06T05:00+02:00 }\n  body: Not at Easter.\n";
const CANCELLED: &str =
    "- { at: 2026-04-20T09:00Z, occurrence: 2026-05-03, status: cancelled, body: Not this month. }\n";
const EARLY: &str = "- { at: 2026-06-07T02:30Z, occurrence: 2026-06-07, status: completed, body: Done early. }\n";

fn files(updates: &str, now: &str) -> BTreeMap<String, String> {
    let entry = format!("{HEAD}{updates}");
    built_of(&[("content/site.yaml", BERLIN), ("content/maintenance/restart.yaml", &entry)], now)
}

/// Of each event of the calendar: its id, beginning, and status.
fn events(files: &BTreeMap<String, String>) -> Vec<(String, String, String)> {
    let calendar = files["maintenance.ics"].replace("\r\n ", "");
    let value = |event: &str, name: &str| {
        event.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap_or_default().to_owned()
    };
    let events = calendar.split("BEGIN:VEVENT").skip(1);
    events.map(|event| (value(event, "UID"), value(event, "DTSTART"), value(event, "STATUS"))).collect()
}

#[test]
fn each_time_is_in_the_calendar_the_bars_and_the_history_by_the_clocks_of_the_zone() {
    let all = [MOVED, CANCELLED, EARLY].concat();
    let files = files(&all, "2026-08-01T12:00Z");
    let events = events(&files);
    let times: Vec<(&str, &str)> = events.iter().map(|(_, begin, status)| (&**begin, &**status)).collect();
    assert_eq!(
        times,
        [
            ("20260201T030000Z", "CONFIRMED"),
            ("20260301T030000Z", "CONFIRMED"),
            ("20260406T020000Z", "CONFIRMED"),
            ("20260503T020000Z", "CANCELLED"),
            ("20260607T020000Z", "CONFIRMED"),
            ("20260705T020000Z", "CONFIRMED"),
        ]
    );
    assert_eq!(
        intervals(&files, "api"),
        [
            "under_maintenance 2026-06-07T04:00:00.000+02:00 2026-06-07T04:30:00.000+02:00",
            "under_maintenance 2026-07-05T04:00:00.000+02:00 2026-07-05T05:00:00.000+02:00",
        ]
    );
    assert!(files["history/2026-05/index.html"].contains("Cancelled"));
    assert!(files["maintenance/restart-2026-04-05/index.html"].contains("6 Apr 2026, 04:00"));
}

#[test]
fn the_next_time_is_announced_and_the_others_are_in_the_calendar() {
    let files = files("", "2026-02-10T12:00Z");
    let upcoming = json(&files, "api/v2/scheduled-maintenances/upcoming.json");
    let upcoming = upcoming["scheduled_maintenances"].as_array().unwrap();
    let planned: Vec<&str> = upcoming.iter().map(|work| text(work, "scheduled_for")).collect();
    assert_eq!(planned, ["2026-03-01T04:00:00.000+01:00"]);
    assert_eq!(events(&files).len(), 6);
    let page = &files["maintenance/restart/index.html"];
    assert!(page.contains("Also planned for") && page.contains("restart-2026-03-01/index.html"), "{page}");
    assert!(page.contains("1 Mar 2026, 04:00 CET") && page.contains("5 Apr 2026, 04:00 CEST"), "{page}");
    assert!(files["index.html"].contains("1 Mar") && !files["index.html"].contains("5 Apr"));
}

#[test]
fn the_id_of_a_time_stays_when_it_is_moved_and_when_others_are_given_up() {
    let ids =
        |updates: &str, now| -> Vec<String> { events(&files(updates, now)).into_iter().map(|event| event.0).collect() };
    let before = ids("", "2026-03-10T12:00Z");
    assert_eq!(before, ids(MOVED, "2026-03-25T12:00Z"));
    assert_eq!(before, ids(&[MOVED, CANCELLED].concat(), "2026-06-01T12:00Z"));
    let moved = files(MOVED, "2026-03-25T12:00Z");
    assert_eq!(events(&moved)[2].1, "20260406T020000Z");
    assert!(moved["history.atom"].contains("Not at Easter"));
}

const GIVEN_UP: &str = "- { at: 2026-03-29T09:00Z, status: cancelled, body: No restarts any more. }\n";
const TAKEN_UP: &str = "- { at: 2026-05-20T09:00Z, status: scheduled, body: We restart again. }\n";

/// The version, stamp and status of the event that begins on a day.
fn event_of(files: &BTreeMap<String, String>, day: &str) -> [String; 3] {
    let begin = format!("DTSTART:{day}");
    let event = files["maintenance.ics"].split("BEGIN:VEVENT").find(|event| event.contains(&begin)).unwrap();
    let value = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap();
    ["SEQUENCE", "DTSTAMP", "STATUS"].map(|name| value(name).to_owned())
}

/// The beginnings of the events, and whether they take place.
fn plan(files: &BTreeMap<String, String>) -> Vec<String> {
    events(files).into_iter().map(|(_, begin, status)| format!("{} {status}", &begin[..8])).collect()
}

#[test]
fn all_that_is_to_come_can_be_given_up_at_once_and_what_was_keeps_its_place() {
    let cancelled = ["20260405 CANCELLED", "20260503 CANCELLED", "20260607 CANCELLED", "20260705 CANCELLED"];
    let expected = [&["20260201 CONFIRMED", "20260301 CONFIRMED"][..], &cancelled].concat();
    for now in ["2026-03-29T09:00Z", "2026-06-01T12:00Z", "2026-08-01T12:00Z"] {
        assert_eq!(plan(&files(GIVEN_UP, now)), expected, "who has a time in a calendar is told of it, at {now}");
    }
    assert_eq!(
        events(&files(GIVEN_UP, "2026-03-29T08:59Z")),
        events(&files("", "2026-03-29T08:59Z")),
        "not before it is said"
    );
    let files = files(GIVEN_UP, "2026-06-01T12:00Z");
    assert!(!files["history.atom"].contains("2026-05-03"), "what was never announced is given up in calendars alone");
    assert!(!files["history/2026-05/index.html"].contains("Monthly restart"));
    let page = &files["maintenance/restart/index.html"];
    assert!(!page.contains("Also planned for"), "{page}");
}

#[test]
fn a_rule_without_an_end_that_is_given_up_is_taken_back_as_far_as_anybody_has_it() {
    let entry = format!("{}{GIVEN_UP}", HEAD.replace(";UNTIL=20260731", ""));
    let at = |now| built_of(&[("content/site.yaml", BERLIN), ("content/maintenance/restart.yaml", &entry)], now);
    let known = events(&at("2026-03-29T08:59Z"));
    for now in ["2026-03-29T09:00Z", "2026-12-01T09:00Z"] {
        let ids = |events: Vec<(String, String, String)>| events.into_iter().map(|event| event.0).collect::<Vec<_>>();
        assert_eq!(ids(events(&at(now))), ids(known.clone()), "{now}");
    }
}

#[test]
fn a_daily_rule_that_is_given_up_is_taken_back_to_its_last_day() {
    let entry = "title: Restart\ncomponents: [api]\n\
        scheduled: { from: 2026-02-01T04:00+01:00, until: 2026-02-01T05:00+01:00, repeat: daily }\n\
        updates:\n- { at: 2026-02-03T09:00Z, status: cancelled, body: No more. }\n";
    let at = |now| built_of(&[("content/site.yaml", BERLIN), ("content/maintenance/restart.yaml", entry)], now);
    assert_eq!(events(&at("2026-02-03T08:00Z")).len(), events(&at("2026-02-10T08:00Z")).len());
}

#[test]
fn a_time_that_was_moved_is_given_up_by_where_it_stands_and_one_that_was_done_is_not() {
    // Put off to June before all was given up in May; the one of June was done in advance.
    let said = "- at: 2026-04-28T09:00Z\n  occurrence: 2026-05-03\n  status: postponed\n  \
        scheduled: { from: 2026-06-20T04:00+02:00, until: 2026-06-20T05:00+02:00 }\n  body: Later.\n\
        - at: 2026-04-29T09:00Z\n  occurrence: 2026-06-07\n  status: in_progress\n  body: Early.\n\
        - { at: 2026-04-29T10:00Z, occurrence: 2026-06-07, status: completed, body: Done. }\n\
        - { at: 2026-05-10T09:00Z, status: cancelled, body: No more. }\n";
    let files = files(said, "2026-05-11T09:00Z");
    let expected = [
        "20260201 CONFIRMED",
        "20260301 CONFIRMED",
        "20260405 CONFIRMED",
        "20260620 CANCELLED",
        "20260429 CONFIRMED",
        "20260705 CANCELLED",
    ];
    assert_eq!(plan(&files), expected);
    assert!(files["maintenance/restart-2026-05-03/index.html"].contains("No more."), "what was announced says so");
    assert!(!files["maintenance/restart-2026-06-07/index.html"].contains("No more."));
}

#[test]
fn what_was_given_up_can_be_taken_up_again() {
    let said = [GIVEN_UP, TAKEN_UP].concat();
    let expected = [
        "20260201 CONFIRMED",
        "20260301 CONFIRMED",
        "20260405 CANCELLED",
        "20260503 CANCELLED",
        "20260607 CONFIRMED",
        "20260705 CONFIRMED",
    ];
    assert_eq!(plan(&files(&said, "2026-05-20T09:00Z")), expected);
    let upcoming = |now: &str| -> Vec<String> {
        let upcoming = json(&files(&said, now), "api/v2/scheduled-maintenances/upcoming.json");
        let upcoming = upcoming["scheduled_maintenances"].as_array().unwrap().iter();
        upcoming.map(|work| text(work, "scheduled_for")[..10].to_owned()).collect()
    };
    for now in ["2026-05-20T09:00Z", "2026-06-01T09:00Z"] {
        assert_eq!(upcoming(now), ["2026-06-07"], "the others are announced when their time comes, at {now}");
    }
    assert!(!files(&said, "2026-06-01T09:00Z")["maintenance/restart-2026-06-07/index.html"].contains("No restarts"));
    let version = |now: &str| event_of(&files(&said, now), "20260607");
    assert_eq!(version("2026-04-01T09:00Z"), ["1", "20260329T090000Z", "CANCELLED"]);
    assert_eq!(version("2026-05-20T09:00Z"), ["2", "20260520T090000Z", "CONFIRMED"]);
    assert_eq!(version("2026-06-01T09:00Z"), ["2", "20260520T090000Z", "CONFIRMED"]);
    let done = files(&said, "2026-06-07T12:00Z");
    assert_eq!(
        intervals(&done, "api"),
        ["under_maintenance 2026-06-07T04:00:00.000+02:00 2026-06-07T05:00:00.000+02:00"]
    );
}

#[test]
fn a_rule_without_an_end_is_told_a_year_ahead() {
    let entry = HEAD.replace(";UNTIL=20260731", "");
    let at = |now| built_of(&[("content/site.yaml", BERLIN), ("content/maintenance/restart.yaml", &entry)], now);
    assert_eq!(events(&at("2026-02-10T12:00Z")).len(), 14);
    let later = at("2036-02-10T12:00Z");
    assert!(events(&later).iter().all(|(_, begin, _)| begin.as_str() >= "20350210"), "a calendar keeps the last year");
    assert!(later.contains_key("history/2027-05/index.html"));
}

#[test]
fn a_frequency_alone_will_do_and_a_rule_may_have_its_name() {
    for repeat in ["weekly", "FREQ=WEEKLY", "RRULE:FREQ=WEEKLY;BYDAY=TU"] {
        let entry = format!(
            "title: Weekly restart\ncomponents: [api]\nscheduled: {{ from: 2026-02-10T10:00Z, until: 2026-02-10T12:00Z, repeat: \"{repeat}\" }}\n"
        );
        let files = built_of(
            &[("content/site.yaml", BERLIN), ("content/maintenance/restart.yaml", &entry)],
            "2026-02-17T11:00Z",
        );
        assert_eq!(json(&files, "embed.json")["components"]["api"], "under_maintenance", "{repeat}");
        assert_eq!(json(&files, "embed.json")["notices"][0]["id"], "restart-2026-02-17", "{repeat}");
    }
}

#[test]
fn each_time_is_told_by_message_once() {
    let site = Site::new().file("content/site.yaml", BERLIN).file("content/maintenance/restart.yaml", HEAD);
    site.run(["build", "--now", "2026-01-25T12:00Z", "--out", "old"]).says("old: ");
    site.run(["build", "--now", "2026-03-01T03:30Z"]).says("public: ");
    // The first time begins and is over; the second is announced, and begins.
    let run = site.run(["outbox", "--since", "old"]).says("outbox: 4 messages");
    let told = run.output();
    let slack = |folder: &str| read(&format!("{}/{folder}/slack.json", site.path().display()));
    assert_eq!(told.lines().filter(|folder| slack(folder).contains("restart-2026-03-01")).count(), 2, "{told}");
    site.run(["outbox", "--ack"]).says("4 of 4 messages acknowledged");
    site.run(["build", "--now", "2026-03-02T12:00Z"]).says("public: ");
    // It is over, and that the next one is planned.
    assert_eq!(site.run(["outbox"]).says("outbox: 2 messages").output().lines().count(), 2);
}

#[test]
fn the_commands_mean_the_time_at_hand_or_the_one_that_is_named() {
    let site = Site::new().file("content/site.yaml", BERLIN).file("content/maintenance/restart.yaml", HEAD);
    let path = "content/maintenance/restart.yaml";
    site.run(["resolve", "restart", "--message=Done.", "--now", "2026-03-01T03:20Z"]).says(path);
    let from = "--from=2026-04-06T04:00+02:00";
    site.run(["reschedule", "restart-2026-04-05", from, "--message=Later.", "--now", "2026-03-20T09:00Z"]).says(path);
    site.run(["update", "restart", "--status=cancelled", "--message=No.", "--now", "2026-03-21T09:00Z"]).says(path);
    // As its page has it, and by a part of the name.
    site.run(["update", "maintenance/start-2026-05-03/", "--message=May.", "--now", "2026-03-22T09:00Z"]).says(path);
    let file = std::fs::read(site.path().join("content/maintenance/restart.yaml")).unwrap();
    let file = String::from_utf8(file).unwrap();
    let days: Vec<&str> = file.lines().filter_map(|line| line.trim().strip_prefix("occurrence: ")).collect();
    assert_eq!(days, ["2026-03-01", "2026-04-05", "2026-04-05", "2026-05-03"], "{file}");
    let status = site.run(["status", "--format", "json", "--now", "2026-03-20T10:00Z"]).output();
    let status: Value = serde_json::from_str(&status).unwrap();
    assert_eq!(status["maintenance"][0]["file"], "content/maintenance/restart.yaml", "{status:#}");
    site.run(["update", "restart-2026-04-06", "--message", "x", "--yes"]).code(2).says("is not planned for 2026-04-06");
}

#[test]
fn what_was_told_of_a_time_while_all_was_given_up_stays_when_all_is_taken_up_again() {
    let one = "- { at: 2026-04-10T09:00Z, occurrence: 2026-06-07, status: scheduled, body: This one after all. }\n";
    let said = [GIVEN_UP, one, TAKEN_UP].concat();
    for now in ["2026-04-10T10:00Z", "2026-05-21T10:00Z"] {
        let page = &files(&said, now)["maintenance/restart-2026-06-07/index.html"];
        assert!(page.contains("This one after all.") && page.contains("No restarts any more."), "{now}: {page}");
    }
}

#[test]
fn a_word_on_one_time_says_which_and_a_word_on_all_gives_up_all_that_is_to_come() {
    let site = Site::new().file("content/site.yaml", BERLIN).file("content/maintenance/restart.yaml", HEAD);
    let path = "content/maintenance/restart.yaml";
    let (early, later) = ("2026-03-10T09:00Z", "2026-03-10T10:00Z");
    let cancelled = ["--status=cancelled", "--message=No.", "--yes", "--now"];
    let [status, message, yes, now] = cancelled;
    let file = site.run(["update", "restart", status, message, "--dry-run", now, early]).output();
    assert!(file.contains("occurrence: 2026-04-05"), "{file}");
    let said = site.run(["update", "restart", status, message, yes, now, early]).talk();
    assert!(said.contains("Planned for 5 Apr 2026, 04:00 CEST to 05:00 CEST"), "{said}");
    site.run(["update", "restart", status, message, yes, "--all-times", now, later]).says(path);
    let file = std::fs::read(site.path().join("content/maintenance/restart.yaml")).unwrap();
    let file = String::from_utf8(file).unwrap();
    assert_eq!(file.matches("status: cancelled").count(), 2, "{file}");
    assert_eq!(file.matches("occurrence:").count(), 1, "{file}");
    site.run(["build", "--now", "2026-03-10T09:30Z", "--out", "old"]).says("old: ");
    site.run(["build", "--now", "2026-03-10T10:30Z"]).says("public: ");
    let calendar = read(&format!("{}/public/maintenance.ics", site.path().display()));
    assert_eq!(calendar.matches("STATUS:CANCELLED").count(), 4, "{calendar}");
    let once = "title: Once\ncomponents: [api]\nscheduled: { from: 2026-05-01T04:00Z, until: 2026-05-01T05:00Z }\n";
    let site = site.file("content/maintenance/once.yaml", once);
    site.run(["update", "once", status, message, yes, "--all-times", now, later]).code(2).says("no recurring work");
}

#[test]
fn the_message_that_a_time_does_not_take_place_says_which() {
    let site = Site::new()
        .file("content/site.yaml", BERLIN)
        .file("content/maintenance/restart.yaml", format!("{HEAD}{CANCELLED}"));
    site.run(["build", "--now", "2026-04-20T08:00Z", "--out", "old"]).says("old: ");
    site.run(["build", "--now", "2026-04-20T10:00Z"]).says("public: ");
    let folder = site.run(["outbox", "--since", "old"]).says("outbox: 1 message").output();
    let mail = read(&format!("{}/{}/email.txt", site.path().display(), folder.trim()));
    assert!(mail.contains("Cancelled") && mail.contains("Planned for 3 May 2026, 04:00 CEST"), "{mail}");
}

/// It comes to be known by that word: that it was planned for another time before is told to nobody after it.
#[test]
fn a_time_that_is_moved_before_anybody_knew_of_it_is_one_message() {
    let moved = "- at: 2026-03-20T09:00Z\n  occurrence: 2026-05-03\n  status: postponed\n  \
                 scheduled: { from: 2026-05-04T04:00+02:00, until: 2026-05-04T05:00+02:00 }\n  body: On Monday.\n";
    let site = Site::new().file("content/site.yaml", BERLIN).file("content/maintenance/restart.yaml", HEAD);
    site.run(["build", "--now", "2026-03-20T08:00Z", "--out", "old"]).says("old: ");
    site.write("content/maintenance/restart.yaml", format!("{HEAD}{moved}"));
    site.run(["build", "--now", "2026-03-20T10:00Z"]).says("public: ");
    let folder = site.run(["outbox", "--since", "old"]).says("outbox: 1 message").output();
    let mail = read(&format!("{}/{}/email.txt", site.path().display(), folder.trim()));
    assert!(mail.contains("Postponed") && mail.contains("Planned for 4 May 2026, 04:00 CEST"), "{mail}");
    assert!(!mail.contains("3 May"), "{mail}");
}

#[test]
fn work_that_customers_feel_as_an_outage_is_no_maintenance_of_nothing() {
    let head = HEAD.replace("components: [api]", "components: [api]\nimpact: { api: partial_outage }");
    let files =
        built_of(&[("content/site.yaml", BERLIN), ("content/maintenance/restart.yaml", &head)], "2026-03-01T03:30Z");
    let lead = files["index.html"].split_once("class=\"lead\"").map_or(&*files["index.html"], |(_, rest)| rest);
    assert!(
        lead.contains("has been failing for some customers") && !lead.contains("under planned maintenance"),
        "{lead}"
    );
}

#[test]
fn what_nobody_spoke_of_and_is_given_up_before_it_begins_is_announced_once_and_by_one_time() {
    let entry = "title: Restart\ncomponents: [api]\n\
        scheduled: { from: 2026-02-10T04:00Z, until: 2026-02-10T05:00Z, repeat: FREQ=DAILY;COUNT=4 }\n\
        updates:\n- { at: 2026-02-10T03:59Z, status: cancelled, body: No. }\n";
    let at = |now| built_of(&[("content/site.yaml", BERLIN), ("content/maintenance/restart.yaml", entry)], now);
    let told = |now| -> Vec<String> {
        let works = json(&at(now), "api/v2/scheduled-maintenances.json")["scheduled_maintenances"].clone();
        let updates = works.as_array().unwrap().iter().flat_map(|work| work["incident_updates"].as_array().unwrap());
        updates.map(|update| format!("{} {}", text(update, "id"), text(update, "created_at"))).collect()
    };
    let last = told("2026-02-10T12:00Z");
    for now in ["2026-02-01T09:00Z", "2026-02-10T03:58Z", "2026-02-10T03:59Z", "2026-02-10T04:30Z"] {
        let (told, known) = (told(now), at(now));
        assert!(told.iter().all(|update| last.contains(update)), "{now}: {told:?} {last:?}");
        assert_eq!(events(&known).len(), 4, "calendars have it from the first day: {now}");
    }
}
