//! What is changed without an update is a change all the same: what readers of feeds and calendars have rises by it, and by
//! nothing that they cannot see.

use std::collections::BTreeMap;

use candor::pipeline::Options;
use candor::time::Time;

use super::{SITE, built_with, event, json, text};
use crate::support::{self, git, git_at};

const WORK: &str = "content/maintenance/db.yaml";
const INCIDENT: &str = "content/incidents/slow.yaml";

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

/// The site with a file, whose versions are known, at a moment.
pub(super) fn built(path: &str, versions: &[(&str, &str)], now: &str) -> BTreeMap<String, String> {
    let (_, last) = versions.iter().rfind(|(at, _)| time(at) <= time(now)).unwrap();
    let known = versions.iter().map(|(at, text)| (time(at), text.as_bytes().into()));
    let mut options = Options::at(time(now));
    options.versions.insert(path.to_owned(), known.collect());
    built_with(&[("content/site.yaml", SITE), (path, last)], &options)
}

fn work(day: &str, more: &str) -> String {
    format!(
        "title: Upgrade\nscheduled: {{ from: 2026-03-{day}T05:00Z, until: 2026-03-{day}T07:00Z }}\ncomponents: [api]\n\
         updates:\n- {{ at: 2026-03-03T09:00Z, status: scheduled, body: We upgrade it. }}\n{more}"
    )
}

/// How a calendar, a feed and the API date the work, and its version.
fn versions(files: &BTreeMap<String, String>) -> [String; 4] {
    let updated = files["history.atom"].split("<entry>").nth(1).unwrap().split_once("<updated>").unwrap().1;
    let api = &json(files, "api/v2/scheduled-maintenances.json")["scheduled_maintenances"][0];
    [
        event(files, "SEQUENCE").to_owned(),
        event(files, "DTSTAMP").to_owned(),
        updated[..16].to_owned(),
        text(api, "updated_at")[..16].to_owned(),
    ]
}

fn said(number: &str, at: &str) -> [String; 4] {
    [number.to_owned(), at.replace(['-', ':'], "") + "00Z", at.to_owned(), at.to_owned()]
}

#[test]
fn an_edited_window_raises_every_version_by_the_time_of_its_commit() {
    let (first, moved) = (work("10", ""), work("12", ""));
    let history = [("2026-03-03T09:05Z", &*first), ("2026-03-04T10:00Z", &*moved)];
    assert_eq!(versions(&built(WORK, &history, "2026-03-03T10:00Z")), said("1", "2026-03-03T09:00"));
    for now in ["2026-03-04T10:00Z", "2026-03-05T10:00Z"] {
        assert_eq!(versions(&built(WORK, &history, now)), said("2", "2026-03-04T10:00"), "{now}");
    }
    assert_eq!(versions(&built(WORK, &history, "2026-03-12T06:00Z")), said("3", "2026-03-12T05:00"));
}

#[test]
fn an_update_that_is_added_dates_itself_and_a_note_in_the_file_raises_nothing() {
    let begun = "- { at: 2026-03-10T05:10Z, status: in_progress, body: We have begun. }\n";
    let (first, second, noted) =
        (work("10", ""), work("10", begun), work("10", &format!("{begun}# on call: nobody\n")));
    let history = [("2026-03-03T09:05Z", &*first), ("2026-03-10T05:12Z", &*second), ("2026-03-10T05:20Z", &*noted)];
    for now in ["2026-03-10T05:13Z", "2026-03-10T06:00Z"] {
        assert_eq!(versions(&built(WORK, &history, now)), said("3", "2026-03-10T05:10"), "{now}");
    }
}

#[test]
fn an_update_that_is_taken_back_raises_the_version_too() {
    let (first, second) = (work("10", "- { at: 2026-03-04T09:00Z, status: cancelled, body: No. }\n"), work("10", ""));
    let history = [("2026-03-04T09:00Z", &*first), ("2026-03-04T09:30Z", &*second)];
    assert_eq!(versions(&built(WORK, &history, "2026-03-04T09:10Z"))[0], "2");
    assert_eq!(versions(&built(WORK, &history, "2026-03-04T10:00Z"))[0], "3");
}

#[test]
fn a_corrected_text_dates_its_incident_and_its_update_and_no_other() {
    let incident = |text: &str| {
        format!(
            "title: Slow\nupdates:\n- {{ at: 2026-03-09T09:00Z, status: investigating, components: {{ api: major_outage }}, body: {text} }}\n\
             - {{ at: 2026-03-09T09:30Z, status: identified, body: We know why. }}\n"
        )
    };
    let (first, second) = (incident("It is slow."), incident("It is very slow."));
    let history = [("2026-03-09T09:31Z", &*first), ("2026-03-09T09:50Z", &*second)];
    let files = built(INCIDENT, &history, "2026-03-09T10:00Z");
    let incident = &json(&files, "api/v2/incidents.json")["incidents"][0];
    assert_eq!(&text(incident, "updated_at")[..16], "2026-03-09T09:50");
    let updates = incident["incident_updates"].as_array().unwrap();
    let dated: Vec<&str> = updates.iter().map(|update| &text(update, "updated_at")[11..16]).collect();
    assert_eq!(dated, ["09:30", "09:50"], "newest first");
    assert_eq!(
        files["updates.atom"].matches("<updated>2026-03-09T09:50:00+00:00</updated>").count(),
        2,
        "with the feed's"
    );
    assert!(files["history.atom"].contains("<updated>2026-03-09T09:50:00+00:00</updated>"));
}

#[test]
fn git_tells_which_versions_there_were() {
    // Long ago, so that any commit is later.
    let work = |day| work(day, "").replace("2026-", "2016-");
    let site = support::Site::new().file("content/site.yaml", SITE).file(WORK, work("10"));
    let run = |arguments: &[&str]| git(site.path(), arguments).is_some();
    if !run(&["init", "-q"]) {
        return; // There is no git here.
    }
    assert!(run(&["add", "."]) && run(&["commit", "-qm", "one"]));
    site.write(WORK, work("12"));
    assert!(run(&["commit", "-qam", "two"]));
    site.run(["build", "--now", "2096-03-01T00:00Z"]).says("files");
    let files = support::files(&site.path().join("public"));
    let api: serde_json::Value = serde_json::from_slice(&files["api/v2/scheduled-maintenances.json"]).unwrap();
    let work = &api["scheduled_maintenances"][0];
    assert_eq!(&text(work, "resolved_at")[..16], "2016-03-12T07:00");
    assert!(text(work, "updated_at") > "2016-03-13", "{work}");
}

#[test]
fn what_is_edited_about_one_time_of_recurring_work_raises_that_one_alone() {
    let series = |text: &str| {
        format!(
            "title: Restart\ncomponents: [api]\n\
             scheduled: {{ from: 2026-03-03T05:00Z, until: 2026-03-03T06:00Z, repeat: FREQ=WEEKLY;COUNT=3 }}\n\
             updates:\n- {{ at: 2026-02-20T09:00Z, status: scheduled, body: Each week. }}\n\
             - {{ at: 2026-02-21T09:00Z, occurrence: 2026-03-10, status: cancelled, body: {text} }}\n"
        )
    };
    let (first, second) = (series("Not then."), series("Not in that week."));
    let history = [("2026-02-21T09:05Z", &*first), ("2026-03-04T10:00Z", &*second)];
    let sequences = |now: &str| -> Vec<String> {
        let calendar = built(WORK, &history, now)["maintenance.ics"].clone();
        calendar.lines().filter_map(|line| Some(line.strip_prefix("SEQUENCE:")?.to_owned())).collect()
    };
    assert_eq!(sequences("2026-03-04T09:00Z"), ["3", "1", "0"]);
    assert_eq!(sequences("2026-03-04T11:00Z"), ["3", "2", "0"]);
}

#[test]
fn a_window_of_the_past_that_is_corrected_raises_the_version_though_the_work_has_another_by_now() {
    let work = |from: &str, until: &str| {
        format!(
            "title: Upgrade\nscheduled: {{ from: 2026-03-10T{from}Z, until: 2026-03-10T{until}Z }}\ncomponents: [api]\n\
             updates:\n- {{ at: 2026-03-03T09:00Z, status: scheduled, body: We upgrade it. }}\n\
             - at: 2026-03-11T09:00Z\n  status: scheduled\n  body: Once more.\n  \
             scheduled: {{ from: 2026-03-12T05:00Z, until: 2026-03-12T06:00Z }}\n"
        )
    };
    let (first, second) = (work("05:00", "07:00"), work("06:00", "08:00"));
    let history = [("2026-03-11T09:05Z", &*first), ("2026-03-13T10:00Z", &*second)];
    let before = versions(&built(WORK, &history, "2026-03-13T09:00Z"));
    let after = versions(&built(WORK, &history, "2026-03-13T11:00Z"));
    assert_eq!((&*before[0], &*after[0]), ("6", "7"));
    assert_eq!(after[3], "2026-03-13T10:00");
}

#[test]
fn a_first_word_that_is_taken_back_restamps_no_time_to_come() {
    let series = |said: &str| {
        format!(
            "title: Restart\ncomponents: [api]\n\
             scheduled: {{ from: 2026-03-03T05:00Z, until: 2026-03-03T06:00Z, repeat: FREQ=MONTHLY;COUNT=3 }}\n{said}"
        )
    };
    let (first, second) =
        (series("updates:\n- { at: 2026-02-20T09:00Z, status: scheduled, body: Each month. }\n"), series(""));
    let history = [("2026-02-20T09:05Z", &*first), ("2026-03-04T10:00Z", &*second)];
    let last = |now: &str| {
        let calendar = built(WORK, &history, now)["maintenance.ics"].clone();
        calendar.lines().rev().find_map(|line| line.strip_prefix("DTSTAMP:")).unwrap().to_owned()
    };
    assert_eq!(last("2026-03-04T09:00Z"), last("2026-03-04T11:00Z"));
}

#[test]
fn a_corrected_announcement_is_dated_by_its_commit_and_what_was_not_shown_yet_is_not() {
    let said = |body: &str, more: &str| format!("---\ntitle: New prices\nfrom: 2026-02-01T09:00Z\n{more}---\n{body}\n");
    let (first, other) = (said("From March on.", ""), said("From April on.", ""));
    let quiet = said("From March on.", "until: 2026-03-01T09:00Z\n");
    let updated = |versions: &[(&str, &str)]| {
        let files = built("content/announcements/prices.md", versions, "2026-02-10T09:00Z");
        let json: serde_json::Value = serde_json::from_str(&files["feed.json"]).unwrap();
        let modified = json["items"][0]["date_modified"].as_str().unwrap()[..16].to_owned();
        for path in ["history.atom", "updates.atom"] {
            assert!(files[path].contains(&format!("<updated>{modified}")), "{path}");
            assert!(files[path].contains("<published>2026-02-01T09:00"), "{path}");
        }
        modified
    };
    assert_eq!(updated(&[("2026-01-20T09:00Z", &first)]), "2026-02-01T09:00");
    assert_eq!(updated(&[("2026-01-20T09:00Z", &first), ("2026-02-03T09:00Z", &other)]), "2026-02-03T09:00");
    assert_eq!(updated(&[("2026-01-20T09:00Z", &first), ("2026-02-03T09:00Z", &quiet)]), "2026-02-01T09:00");
    assert_eq!(updated(&[("2026-01-20T09:00Z", &first), ("2026-01-21T09:00Z", &other)]), "2026-02-01T09:00");
}

/// Work that takes place each week from 3 March on, by a rule.
fn weekly(rule: &str) -> String {
    format!(
        "title: Restart\ncomponents: [api]\n\
         scheduled: {{ from: 2026-03-03T05:00Z, until: 2026-03-03T06:00Z{rule} }}\n\
         updates:\n- {{ at: 2026-02-20T09:00Z, status: scheduled, body: Each week. }}\n"
    )
}

/// Of each event of the calendar: the day that it is planned for, status, version and stamp.
fn events(files: &BTreeMap<String, String>) -> Vec<String> {
    let value = |event: &str, name: &str| event.lines().find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
    let events = files["maintenance.ics"].split("BEGIN:VEVENT").skip(1);
    let names = ["DTSTART:", "STATUS:", "SEQUENCE:", "DTSTAMP:"];
    events.map(|event| names.map(|name| value(event, name)).join(" ").replace("202603", "")).collect()
}

#[test]
fn a_time_that_a_shorter_rule_takes_away_is_given_up_in_the_calendars_that_have_it() {
    let [long, short, none] = ["FREQ=WEEKLY;COUNT=4", "FREQ=WEEKLY;COUNT=2", ""]
        .map(|rule| weekly(&if rule.is_empty() { String::new() } else { format!(", repeat: {rule}") }));
    let history = [("2026-02-20T09:05Z", &*long), ("2026-03-05T10:00Z", &*short), ("2026-03-06T10:00Z", &*long)];
    let later = |now: &str| events(&built(WORK, &history, now))[2..].to_vec();
    let kept = ["17T050000Z CONFIRMED 0 20260220T090500Z", "24T050000Z CONFIRMED 0 20260220T090500Z"];
    assert_eq!(later("2026-03-04T09:00Z"), kept);
    let gone = ["17T050000Z CANCELLED 1 05T100000Z", "24T050000Z CANCELLED 1 05T100000Z"];
    assert_eq!(later("2026-03-05T10:00Z"), gone);
    let back = ["17T050000Z CONFIRMED 2 06T100000Z", "24T050000Z CONFIRMED 2 06T100000Z"];
    assert_eq!(later("2026-03-06T11:00Z"), back, "and it can be there again");
    let history = [("2026-02-20T09:05Z", &*long), ("2026-03-05T10:00Z", &*none)];
    assert_eq!(later("2026-03-04T09:00Z"), kept);
    let events = events(&built(WORK, &history, "2026-03-20T11:00Z"));
    assert_eq!(events[2..], gone, "nothing is repeated any more, and it stays given up");
}

#[test]
fn times_that_were_given_up_stay_so_in_the_calendars_when_their_rule_is_shortened() {
    let said = "- { at: 2026-03-04T09:00Z, status: cancelled, body: No more. }\n";
    let [long, short] =
        ["FREQ=WEEKLY;COUNT=4", "FREQ=WEEKLY;COUNT=1"].map(|rule| weekly(&format!(", repeat: {rule}")) + said);
    let history = [("2026-03-04T09:00Z", &*long), ("2026-03-05T10:00Z", &*short)];
    let states = |now: &str| -> Vec<(String, u32)> {
        let events = events(&built(WORK, &history, now))[1..].to_vec();
        let parts = events.iter().map(|event| event.split(' ').collect::<Vec<_>>());
        parts.map(|parts| (parts[..2].join(" "), parts[2].parse().unwrap())).collect()
    };
    let (before, after) = (states("2026-03-05T09:00Z"), states("2026-03-05T11:00Z"));
    let given_up = ["10T050000Z CANCELLED", "17T050000Z CANCELLED", "24T050000Z CANCELLED"];
    for states in [&before, &after] {
        assert_eq!(states.iter().map(|(state, _)| &**state).collect::<Vec<_>>(), given_up);
    }
    assert!(before.iter().zip(&after).all(|((_, old), (_, new))| new >= old), "{before:?} {after:?}");
}

#[test]
fn a_time_that_was_announced_and_is_taken_away_is_given_up_in_every_output() {
    let [long, short] = ["20260331", "20260304"].map(|until| weekly(&format!(", repeat: FREQ=WEEKLY;UNTIL={until}")));
    let history = [("2026-02-20T09:05Z", &*long), ("2026-03-05T10:00Z", &*short)];
    let page = "maintenance/db-2026-03-10/index.html";
    assert!(built(WORK, &history, "2026-03-04T09:00Z")[page].contains("Scheduled"));
    for now in ["2026-03-05T10:00Z", "2026-03-12T10:00Z"] {
        let files = built(WORK, &history, now);
        assert!(files[page].contains("Cancelled"), "{now}: {}", files[page]);
        let works = &json(&files, "api/v2/scheduled-maintenances.json")["scheduled_maintenances"];
        let work = works.as_array().unwrap().iter().find(|work| text(work, "scheduled_for").starts_with("2026-03-10"));
        assert_eq!(text(work.unwrap(), "status"), "completed", "{now}");
        assert!(files["history.atom"].contains("maintenance/db-2026-03-10/"), "{now}");
        assert_eq!(json(&files, "embed.json")["components"]["api"], "operational", "{now}");
    }
    assert!(built(WORK, &history, "2026-03-05T10:00Z")["history/2026-03/index.html"].contains("maintenance/db/"));
}

#[test]
fn work_whose_file_is_removed_or_becomes_a_draft_is_given_up_in_calendars_and_no_text_of_it_is_told() {
    let recurring = weekly(", repeat: FREQ=WEEKLY;COUNT=2");
    let told = recurring.replace("title: Restart", "title: Secret name");
    let draft = format!("draft: true\n{told}");
    let at = |removed: bool, now: &str| {
        let mut options = Options::at(time(now));
        let mut versions = vec![(time("2026-02-20T09:05Z"), told.as_bytes().into())];
        if removed {
            options.removed.insert(WORK.to_owned(), time("2026-03-05T10:00Z"));
        } else {
            versions.push((time("2026-03-05T10:00Z"), draft.as_bytes().into()));
        }
        options.versions.insert(WORK.to_owned(), versions);
        let files = [("content/site.yaml", SITE), (WORK, &*draft)];
        built_with(&files[..if removed { 1 } else { 2 }], &options)
    };
    let id = |files: &BTreeMap<String, String>| files["maintenance.ics"].split("UID:").last().unwrap()[..12].to_owned();
    let shown = built(WORK, &[("2026-02-20T09:05Z", &told)], "2026-03-05T09:00Z");
    for removed in [true, false] {
        for now in ["2026-03-05T10:00Z", "2026-04-05T10:00Z"] {
            let files = at(removed, now);
            // The first time had been done; the second waited.
            assert_eq!(events(&files), ["10T050000Z CANCELLED 1 05T100000Z"], "{removed} {now}");
            assert_eq!(id(&files), id(&shown));
            assert!(files.values().all(|file| !file.contains("Secret")), "{removed} {now}");
        }
        assert!(events(&at(removed, "2026-03-05T09:00Z")).is_empty(), "what the folder has now is what was there");
    }
}

#[test]
fn work_that_was_given_up_before_it_came_stays_so_in_calendars_when_its_file_goes_away() {
    let planned =
        "title: Restart\nscheduled: { from: 2026-03-10T05:00Z, until: 2026-03-10T06:00Z }\ncomponents: [api]\n";
    let cancelled =
        format!("{planned}updates:\n  - {{ at: 2026-03-05T10:00Z, status: cancelled, body: Not needed. }}\n");
    let told = |now: &str| {
        let mut options = Options::at(time(now));
        let versions = [("2026-03-01T10:00Z", planned), ("2026-03-05T10:00Z", &*cancelled)];
        let versions = versions.map(|(at, text)| (time(at), text.as_bytes().into()));
        options.versions.insert(WORK.to_owned(), versions.into());
        options.removed.insert(WORK.to_owned(), time("2026-03-06T10:00Z"));
        events(&built_with(&[("content/site.yaml", SITE)], &options))
    };
    assert_eq!(told("2026-03-07T10:00Z"), ["10T050000Z CANCELLED 3 06T100000Z"]);
}

#[test]
fn what_came_and_went_on_a_branch_is_given_up_nowhere_and_what_is_removed_is() {
    let work = |name: &str| {
        format!(
            "title: {name}\nscheduled: {{ from: 2096-03-10T05:00Z, until: 2096-03-10T07:00Z }}\ncomponents: [api]\n"
        )
    };
    let site = support::Site::new().file("content/site.yaml", SITE).file(WORK, work("Upgrade"));
    // What comes and goes within one second was never there.
    let at = |day: &str, arguments: &[&str]| {
        git_at(site.path(), Some(&format!("2096-01-0{day}T10:00:00Z")), arguments).is_some()
    };
    let run = |arguments: &[&str]| at("2", arguments);
    if !run(&["init", "-q", "-b", "main"]) {
        return; // There is no git here.
    }
    assert!(run(&["add", "."]) && run(&["commit", "-qm", "one"]) && run(&["checkout", "-qb", "review"]));
    site.write("content/maintenance/thought.yaml", work("Thought"));
    assert!(run(&["add", "."]) && run(&["commit", "-qm", "two"]));
    assert!(run(&["rm", "-q", "content/maintenance/thought.yaml"]) && run(&["commit", "-qm", "three"]));
    assert!(run(&["checkout", "-q", "main"]) && run(&["merge", "-q", "--no-ff", "-m", "four", "review"]));
    let calendar = || {
        site.run(["build", "--now", "2096-03-01T00:00Z"]).says("files");
        support::read(&format!("{}/public/maintenance.ics", site.path().display()))
    };
    let before = calendar();
    assert_eq!([before.matches("BEGIN:VEVENT").count(), before.matches("CANCELLED").count()], [1, 0], "{before}");
    assert!(run(&["rm", "-q", WORK]) && at("3", &["commit", "-qm", "five"]));
    let after = calendar();
    assert_eq!([after.matches("BEGIN:VEVENT").count(), after.matches("STATUS:CANCELLED").count()], [1, 1], "{after}");
    assert!(!after.contains("Upgrade"));
}
