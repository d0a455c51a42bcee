//! `candor update` without a status leaves an entry as it is, whatever it went through.

use candor::time::Time;
use proptest::prelude::*;

use super::moments;
use super::world::{Said, time, world};
use crate::support::{Site, cases, files};

/// How far the work has come, by the answer on it, and when components were in trouble.
fn state(site: &Site, now: Time) -> [String; 2] {
    site.run(["build", "--now", &now.rfc3339(), "-q"]).says("");
    let answers = files(&site.path().join("public"));
    let answer = |path: &str| -> serde_json::Value { serde_json::from_slice(&answers[path]).expect("JSON") };
    let works = answer("api/v2/scheduled-maintenances.json")["scheduled_maintenances"].clone();
    let is_it = |work: &&serde_json::Value| work["shortlink"].as_str().is_some_and(|url| url.ends_with("/m0/"));
    let work = works.as_array().and_then(|works| works.iter().find(is_it));
    [
        work.map(|work| work["status"].to_string()).unwrap_or_default(),
        answer("api/uptime.json")["components"].to_string(),
    ]
}

proptest! {
    #![proptest_config(cases(8))]

    #[test]
    fn what_an_update_says_without_a_status_is_always_accepted(mut world in world(), (now, _) in moments()) {
        let is_known = |said: &Said| said.at <= now;
        world.works.iter_mut().for_each(|work| work.updates.retain(is_known));
        world.incidents.iter_mut().for_each(|incident| incident.updates.retain(is_known));
        world.incidents.retain(|incident| !incident.updates.is_empty());
        let mut site = Site::new();
        for (path, text) in world.files("") {
            site = site.file(&path, text);
        }
        let entries = [("i0", world.incidents.len()), ("m0", world.works.len())];
        for (id, _) in entries.iter().filter(|(_, count)| *count > 0) {
            let is_recurring = *id == "m0" && world.works[0].repeat.is_some();
            let before = state(&site, time(now));
            let now = time(now).rfc3339();
            let run = site.run(["update", id, "--message=One more word.", "--yes", "--now", &now]);
            let (_, said) = run.either();
            let is_asked = ["is resolved: if it came back", "is cancelled: if it takes place"].iter().any(|why| said.contains(why));
            prop_assert!(is_asked || !said.contains("nothing was written") && !said.contains("error"), "{}: {}", id, said);
            if *id == "m0" && !is_recurring {
                prop_assert_eq!(before, state(&site, Time::parse(&now).expect("a time")), "{}", said);
            }
        }
    }
}
