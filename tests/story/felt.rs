//! What customers feel of planned work, and how long an incident lasted that is written down afterwards.

use std::collections::BTreeMap;

use super::{built, built_of, intervals, json, text};
use crate::support::Site;

const SITE: &str = "name: Example Status\nurl: https://status.example.org/\ncomponents:\n  - { id: website, name: Website }\n  \
    - { id: api, name: API }\n  - { id: mail, name: Mail }\n";
const WORK: &str = "title: Database upgrade\ncomponents: [website, api, mail]\nimpact: { api: major_outage, mail: operational }\n\
    scheduled: { from: 2026-03-10T05:00Z, until: 2026-03-10T07:00Z }\n\
    updates: [{ at: 2026-03-03T09:00Z, status: scheduled, body: We upgrade it. }]\n";

fn files(counted: &str, now: &str) -> BTreeMap<String, String> {
    let site = format!("{SITE}{counted}");
    built_of(&[("content/site.yaml", &site), ("content/maintenance/db.yaml", WORK)], now)
}

#[test]
fn a_component_is_as_customers_feel_it_while_the_work_goes_on() {
    let during = files("", "2026-03-10T06:00Z");
    let present = &json(&during, "embed.json")["components"];
    let of = |id: &str| text(present, id).to_owned();
    assert_eq!([of("website"), of("api"), of("mail")], ["under_maintenance", "major_outage", "operational"]);
    let work = &json(&during, "api/v2/scheduled-maintenances/active.json")["scheduled_maintenances"][0];
    let told = work["incident_updates"][0]["affected_components"].as_array().unwrap();
    let told: Vec<&str> = told.iter().map(|one| text(one, "new_status")).collect();
    assert_eq!(told, ["under_maintenance", "major_outage", "operational"]);
    assert!(during["maintenance/db/index.html"].contains("Major outage"));
    for now in ["2026-03-10T04:00Z", "2026-03-10T08:00Z"] {
        assert_eq!(json(&files("", now), "badge.json")["message"], "All systems operational", "{now}");
    }
}

#[test]
fn the_effect_of_planned_work_on_uptime_is_a_setting_that_stands_beside_the_figure() {
    let now = "2026-03-10T08:00Z";
    let (up, down) = (files("", now), files("uptime: { maintenance: impact }\n", now));
    let span = "2026-03-10T05:00:00Z 2026-03-10T07:00:00Z";
    for component in ["website", "api", "mail"] {
        assert_eq!(intervals(&up, component), [format!("under_maintenance {span}")], "{component}");
    }
    assert_eq!(intervals(&down, "api"), [format!("major_outage {span}")]);
    assert_eq!(intervals(&down, "mail"), [format!("under_maintenance {span}")], "shown, and felt by nobody");
    assert!(up["uptime/index.html"].contains("planned maintenance count as up"));
    assert!(down["uptime/index.html"].contains("also where planned maintenance causes them"));
}

#[test]
fn an_incident_that_is_over_is_written_down_with_its_length() {
    let new = |more: &[&str], code: i32, says: &str| -> String {
        let site = Site::new().file("content/site.yaml", SITE);
        let [a, b, c, d] = [0, 1, 2, 3]
            .map(|index| *more.get(index).unwrap_or(&["", "--impact=", "--detected-by=", "--next-update=none"][index]));
        let run = site.run([
            "new",
            "incident",
            "--title=Logins failed",
            "-c=website=major_outage",
            "--message=All is well.",
            "--name=x",
            "--now",
            "2026-03-02T12:00Z",
            a,
            b,
            c,
            d,
        ]);
        drop(run.code(code).says(says));
        if code != 0 {
            return String::new();
        }
        let folder = site.path().join("content/incidents");
        let found = crate::support::files(&folder);
        found.into_values().next().map(|bytes| String::from_utf8(bytes).unwrap()).unwrap_or_default()
    };
    let file = new(&["--duration=28m"], 0, "content/incidents");
    assert!(file.contains("started: 2026-03-02T11:32Z") && file.contains("at: 2026-03-02T12:00Z"), "{file}");
    assert!(file.contains("status: resolved"), "{file}");
    let file = new(&["--duration=2h", "--started=2026-03-01T22:00Z", "--status=resolved"], 0, "content/incidents");
    assert!(file.contains("started: 2026-03-01T22:00Z") && file.contains("at: 2026-03-02T00:00Z"), "{file}");
    let file = new(&["--duration=1h", "--at=11:00"], 0, "content/incidents");
    assert!(file.contains("started: 2026-03-02T10:00Z") && file.contains("at: 2026-03-02T11:00Z"), "{file}");
    new(&["--duration=soon"], 2, "`soon` is no duration");
    new(&["--duration=1h", "--status=investigating"], 2, "is not over");
    new(&["--duration=2h", "--started=11:00"], 2, "it would end after the present");
    new(&["--duration=2h", "--started=08:00", "--at=11:00"], 2, "leave one of the three out");
}

#[test]
fn work_stands_in_the_last_two_weeks_whatever_was_felt_of_it_and_became_of_it() {
    let entry = |felt: &str, said: &str| {
        format!(
            "title: Upgrade\nscheduled: {{ from: 2026-03-10T05:00Z, until: 2026-03-10T07:00Z }}\ncomponents: [website, api]\n\
             impact: {{ api: {felt} }}\n{said}"
        )
    };
    let at = |felt: &str, said: &str, now: &str| built("content/maintenance/db.yaml", &entry(felt, said), now);
    let lately = |felt: &str, said: &str| {
        let home = at(felt, said, "2026-03-12T09:00Z")["index.html"].clone();
        home.split_once("<ul class=\"days\">").unwrap().1.to_owned()
    };
    let stop =
        |status: &str, time: &str| format!("updates:\n- {{ at: 2026-03-{time}Z, status: {status}, body: We stop. }}\n");
    let during = [stop("cancelled", "10T06:00"), stop("postponed", "10T06:00"), String::new()];
    for (felt, said) in
        ["major_outage", "operational"].into_iter().flat_map(|felt| during.iter().map(move |said| (felt, said)))
    {
        let days = lately(felt, said);
        assert!(days.contains("maintenance/db/index.html"), "{felt} {said}: {days}");
        assert!(days.contains("No incident on the other 13 days"), "{felt} {said}: {days}");
    }
    let days = lately("major_outage", &stop("cancelled", "09T06:00"));
    assert!(
        !days.contains("maintenance/db/index.html") && days.contains("No incident in the last two weeks"),
        "{days}"
    );
    let notice = |felt| json(&at(felt, "", "2026-03-10T06:00Z"), "embed.json")["notices"][0]["status"].clone();
    assert_eq!([notice("major_outage"), notice("operational")], ["major_outage", "under_maintenance"]);
}
