//! The feed tells of what the API does not reach any more.

use super::{NOW, answers, import, noted, old, text};
use candor::import::statuspage;

#[test]
fn an_old_incident_has_its_years_and_its_words() {
    let imported = statuspage(&old(), None);
    let file = text(&imported, "content/incidents/2023/2023-12-31-tracking-delayed.md");
    let expected = "---\ntitle: Tracking delayed\nupdates:\n  - at: 2023-12-31T22:50Z\n    status: investigating\n    body: |\n      Parcels are shown late.\\\n      See [our help](<https://help.northwindparcel.example/late>).\n  - at: 2023-12-31T23:41Z\n    status: resolved\n    body: Parcels are shown again.\n# Statuspage: incident hhhhhhhh0008\n---\n";
    assert_eq!(file, expected);
    assert!(noted(&imported, "a feed knows neither impact nor components"));
}

#[test]
fn old_planned_work_has_its_window() {
    let new = answers(&statuspage(&old(), None), NOW);
    let work = new["scheduled-maintenances"]["scheduled_maintenances"].named("Moving the depots' network");
    assert_eq!(work["scheduled_for"], "2025-04-07T22:00:00.000+02:00");
    assert_eq!(work["scheduled_until"], "2025-04-08T02:00:00.000+02:00");
    // Nobody said that it began: the clock did.
    assert_eq!(work["incident_updates"].each("status"), ["completed", "in_progress", "scheduled"]);
    assert_eq!(work["incident_updates"][0]["display_at"], "2025-04-08T02:40:00.000+02:00");
}

#[test]
fn a_feed_alone_is_a_site() {
    let feed = String::from_utf8(old()["history.atom"].clone()).unwrap();
    let imported = import(&[("history.atom", &feed)]);
    let new = answers(&imported, NOW);
    assert_eq!(new["summary"]["page"]["name"], "Northwind Parcel Status");
    assert_eq!(new["incidents"]["incidents"].each("name"), ["API errors", "Tracking delayed"]);
    assert!(noted(&imported, "there is no component at all"));
    assert!(!noted(&imported, "times are in `CEST`"));
    let strange = import(&[("history.atom", &feed.replace("CEST", "QQT"))]);
    assert!(noted(&strange, "times are in `QQT`, which no list knows; the offset of the entry's own time was taken"));
}

#[test]
fn a_paragraph_that_cannot_be_read_is_listed() {
    let feed = String::from_utf8(old()["history.atom"].clone()).unwrap();
    let feed = feed.replace("Dec &lt;var data-var='date'&gt;31", "In &lt;var data-var='date'&gt;the night");
    let imported = import(&[(
        "history.atom",
        &feed.replace("We move it.&lt;/p&gt;", "We move it.&lt;/p&gt;&lt;p&gt;Odd.&lt;/p&gt;"),
    )]);
    assert!(
        noted(&imported, "`Tracking delayed`: the time of an update, `In the night, 23:50 CET`, cannot be read"),
        "{:#?}",
        imported.notes
    );
    assert!(noted(&imported, "this paragraph is no update and was left out: Odd."));
}
