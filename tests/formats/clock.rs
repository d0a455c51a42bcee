//! What the clock moves without an edit: each format at a moment before, inside and after planned work.

use std::collections::BTreeMap;

use serde_json::Value;

use super::xml::Xml;
use super::{built, calendar, metrics};

const SITE: &str = "\
name: Example Status
url: https://status.example.net/
components: [{ id: carts, name: Carts }, { id: mail, name: Mail }]
";

/// Planned for 3 March, 10 to 12.
const WORK: &str = "\
title: Bigger disks
scheduled: { from: 2026-03-03T10:00Z, until: 2026-03-03T12:00Z }
components: [carts]
";

const ANNOUNCED: &str = "- { at: 2026-03-01T08:00Z, status: scheduled, body: On Tuesday. }\n";
const BEGUN: &str = "- { at: 2026-03-03T10:30Z, status: in_progress, body: We began. }\n";
const LOOKING: &str = "- { at: 2026-03-03T12:40Z, status: verifying, body: Looking. }\n";
const DONE: &str = "- { at: 2026-03-03T13:00Z, status: completed, body: Done. }\n";

/// What every format has to say at a time.
struct Moment<'a> {
    now: &'a str,
    status: &'a str,
    /// Begin and end as far as they are known, and the latest change: the day and the time.
    window: [&'a str; 3],
    /// How many steps it took: words, and what the clock did.
    steps: &'a str,
    /// The titles of `updates.atom`.
    told: &'a [&'a str],
}

/// Each moment of a maintenance with these updates.
fn hold(updates: &[&str], moments: &[Moment<'_>]) {
    let mut work = WORK.to_owned();
    if !updates.is_empty() {
        work += &format!("updates:\n{}", updates.concat());
    }
    let content = [("site.yaml", SITE.to_owned()), ("maintenance/disks.yaml", work)];
    let content = content.map(|(path, text)| (format!("content/{path}"), text)).into();
    for moment in moments {
        let files = built(&content, moment.now);
        let (is_running, is_ahead) =
            (["in_progress", "verifying"].contains(&moment.status), moment.status == "scheduled");
        hold_present(&files, moment, is_running);
        hold_api(&files, moment, is_running, is_ahead);
        hold_feeds(&files, moment);
        hold_calendar(&files, moment);
        let count = |state: &str| metrics::value_in(&files, "maintenance", &[("state", state)]).unwrap();
        let counts = [count("running"), count("upcoming")];
        assert_eq!(counts, [f64::from(is_running), f64::from(is_ahead)], "metrics at {}", moment.now);
    }
}

fn hold_present(files: &BTreeMap<String, String>, moment: &Moment<'_>, is_running: bool) {
    let now = moment.now;
    let (headline, carts) = match is_running {
        true => ("Maintenance in progress", "Under maintenance"),
        false => ("All systems operational", "Operational"),
    };
    assert!(files["index.html"].contains(&format!("<span>{headline}</span>")), "home at {now}");
    let message = |path: &str| json(files, path)["message"].as_str().unwrap().to_owned();
    assert_eq!(message("badge.json"), headline, "{now}");
    assert_eq!(message("components/carts/badge.json"), carts, "{now}");
    assert!(files["components/carts/badge.svg"].contains(carts), "{now}");
    assert_eq!(message("components/mail/badge.json"), "Operational", "{now}");
    let page = &files["maintenance/disks/index.html"];
    let label = match moment.status {
        "scheduled" => "Scheduled",
        "in_progress" => "In progress",
        "verifying" => "Verifying",
        _ => "Completed",
    };
    assert!(page.contains(&format!("<i class=\"mark\"></i>{label}</")), "page at {now}: {page}");
    let is_over = is_running && moment.now > "2026-03-03T12:00Z";
    assert_eq!(page.contains("class=\"late\""), is_over, "that it runs over, at {now}");
}

fn hold_api(files: &BTreeMap<String, String>, moment: &Moment<'_>, is_running: bool, is_ahead: bool) {
    let list = |name: &str| json(files, &format!("api/v2/{name}.json"))["scheduled_maintenances"].clone();
    let count = |name: &str| list(name).as_array().unwrap().len();
    let counts = ["scheduled-maintenances/upcoming", "scheduled-maintenances/active", "summary"].map(count);
    let wanted = [is_ahead, is_running, is_ahead || is_running].map(usize::from);
    assert_eq!(counts, wanted, "upcoming, active, summary at {}", moment.now);
    assert_eq!(list("scheduled-maintenances")[0]["status"], moment.status, "{}", moment.now);
    let indicator = if is_running { "maintenance" } else { "none" };
    for name in ["summary", "status"] {
        assert_eq!(json(files, &format!("api/v2/{name}.json"))["status"]["indicator"], indicator, "{}", moment.now);
    }
}

fn hold_feeds(files: &BTreeMap<String, String>, moment: &Moment<'_>) {
    let changed = format!("2026-03-{}:00", moment.window[2]);
    for path in ["history.atom", "components/carts/history.atom"] {
        let updated = Xml::read(&files[path]).texts("feed/entry/updated").concat();
        assert_eq!(updated, format!("{changed}+00:00"), "{path} at {}", moment.now);
    }
    let clock = &changed["2026-03-03T".len()..];
    for path in ["history.rss", "components/carts/history.rss"] {
        let date = Xml::read(&files[path]).texts("rss/channel/item/pubDate").concat();
        assert!(date.ends_with(&format!("2026 {clock} +0000")), "{path} at {}: {date}", moment.now);
    }
    let modified = json(files, "feed.json")["items"][0]["date_modified"].as_str().unwrap().to_owned();
    assert_eq!(modified, format!("{changed}Z"), "{}", moment.now);
    let updates = Xml::read(&files["updates.atom"]);
    assert_eq!(updates.texts("feed/entry/title"), moment.told, "{}", moment.now);
    assert_eq!(updates.texts("feed/updated")[0], updates.texts("feed/entry/updated")[0], "{}", moment.now);
}

fn hold_calendar(files: &BTreeMap<String, String>, moment: &Moment<'_>) {
    for path in ["maintenance.ics", "components/carts/maintenance.ics"] {
        let [event] = &calendar::events(&files[path])[..] else { panic!("{path}") };
        let times = moment.window.map(|time| format!("202603{}00Z", time.replace(':', "")));
        let said = ["DTSTART", "DTEND", "DTSTAMP"].map(|name| event[name].clone());
        assert_eq!(said, times, "{path} at {}", moment.now);
        assert_eq!((&*event["SEQUENCE"], &*event["STATUS"]), (moment.steps, "CONFIRMED"), "{path} at {}", moment.now);
    }
}

fn json(files: &BTreeMap<String, String>, path: &str) -> Value {
    serde_json::from_str(&files[path]).unwrap()
}

#[test]
fn work_that_nobody_speaks_of_begins_and_ends_by_the_clock() {
    let [scheduled, begun, over] = ["Scheduled: Bigger disks", "In progress: Bigger disks", "Completed: Bigger disks"];
    let moment = |now, status, changed, steps, told| {
        let window = ["03T10:00", "03T12:00", changed];
        Moment { now, status, window, steps, told }
    };
    hold(
        &[],
        &[
            moment("2026-03-03T10:00Z", "in_progress", "03T10:00", "1", &[begun, scheduled]),
            moment("2026-03-03T11:59Z", "in_progress", "03T10:00", "1", &[begun, scheduled]),
            moment("2026-03-03T12:00Z", "completed", "03T12:00", "2", &[over, begun, scheduled]),
            moment("2026-05-03T12:00Z", "completed", "03T12:00", "2", &[over, begun, scheduled]),
        ],
    );
}

#[test]
fn an_announcement_leaves_the_rest_to_the_clock() {
    let [scheduled, begun, over] = ["Scheduled: Bigger disks", "In progress: Bigger disks", "Completed: Bigger disks"];
    let moment = |now, status, changed, steps, told| {
        let window = ["03T10:00", "03T12:00", changed];
        Moment { now, status, window, steps, told }
    };
    hold(
        &[ANNOUNCED],
        &[
            moment("2026-03-01T08:00Z", "scheduled", "01T08:00", "1", &[scheduled]),
            moment("2026-03-03T09:59Z", "scheduled", "01T08:00", "1", &[scheduled]),
            moment("2026-03-03T10:00Z", "in_progress", "03T10:00", "2", &[begun, scheduled]),
            moment("2026-03-03T12:00Z", "completed", "03T12:00", "3", &[over, begun, scheduled]),
        ],
    );
}

/// Noted late, run over, looked at, and done: it began with its window, whenever that was noted, and a word ends it.
#[test]
fn a_word_overrules_the_clock_and_work_runs_over_until_one_ends_it() {
    let [scheduled, begun] = ["Scheduled: Bigger disks", "In progress: Bigger disks"];
    let noted = begun;
    let [looking, done] = ["Verifying: Bigger disks", "Completed: Bigger disks"];
    let moment = |now, status, window, steps, told| Moment { now, status, window, steps, told };
    let planned = |changed| ["03T10:00", "03T12:00", changed];
    hold(
        &[ANNOUNCED, BEGUN, LOOKING, DONE],
        &[
            moment("2026-03-03T09:59Z", "scheduled", planned("01T08:00"), "1", &[scheduled]),
            moment("2026-03-03T10:10Z", "in_progress", planned("03T10:00"), "2", &[begun, scheduled]),
            moment("2026-03-03T10:30Z", "in_progress", planned("03T10:30"), "3", &[noted, begun, scheduled]),
            moment("2026-03-03T12:30Z", "in_progress", planned("03T10:30"), "3", &[noted, begun, scheduled]),
            moment("2026-03-03T12:50Z", "verifying", planned("03T12:40"), "4", &[looking, noted, begun, scheduled]),
            moment(
                "2026-03-03T13:00Z",
                "completed",
                ["03T10:00", "03T13:00", "03T13:00"],
                "5",
                &[done, looking, noted, begun, scheduled],
            ),
        ],
    );
}
