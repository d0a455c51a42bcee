//! Gatus: endpoints, announcements, windows.

use super::{Scratch, damaged, folder, import, noted, snapshot_whole, sound, text};
use candor::import::{ImportError, Imported, gatus};
use proptest::prelude::*;

use crate::support::{cases, importer};

fn announced(announcements: &str) -> Imported {
    let config = format!("endpoints:\n  - name: A\n    url: https://a.example\nannouncements:\n{announcements}");
    let imported = import(gatus, &[("config.yaml", &config)]);
    sound(&imported);
    imported
}

fn said(day: u32, kind: &str, words: &str) -> String {
    format!("  - timestamp: 2026-04-{day:02}T10:00:05Z\n    type: {kind}\n    message: {words}\n")
}

#[test]
fn a_configuration_becomes_a_site() {
    let scratch = Scratch::new("gatus");
    let imported = importer("gatus").import(&folder("gatus"), None, scratch.path()).unwrap();
    sound(&imported);
    snapshot_whole("gatus", &imported);
    assert!(imported.files.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("hunter2")));
    assert!(imported.notes.iter().all(|note| !note.message.contains("hunter2")));
    assert_eq!(importer("gatus").import(&folder("gatus"), None, scratch.path()).unwrap(), imported);
    let empty = Scratch::new("gatus-empty");
    assert!(matches!(importer("gatus").import(empty.path(), None, scratch.path()), Err(ImportError::Nothing { .. })));
}

#[test]
fn one_file_is_enough() {
    let scratch = Scratch::new("gatus-file");
    let imported = importer("gatus").import(&folder("gatus").join("config.yaml"), None, scratch.path()).unwrap();
    assert!(imported.notes.iter().any(|note| note.path == "config.yaml" && note.line == Some(2)));
}

#[test]
fn announced_work_is_maintenance_if_its_end_is_told() {
    let words = "Scheduled maintenance on the database from 10:00 to 12:00 UTC";
    let told = announced(&(said(2, "outage", words) + &said(3, "operational", "Maintenance is over. No errors.")));
    let expected = format!(
        "---\ntitle: {words}\nscheduled:\n  from: 2026-04-02T10:00:05Z\n  until: 2026-04-03T10:00:05Z\ncomponents: []\nupdates:\n  - at: 2026-04-03T10:00:05Z\n    status: completed\n    body: Maintenance is over. No errors.\n---\n\n{words}\n"
    );
    let file = told.files.iter().find(|(path, _)| path.contains("/maintenance/")).map(|(_, bytes)| bytes);
    assert_eq!(file.map(|bytes| String::from_utf8_lossy(bytes).into_owned()), Some(expected));
    let open = announced(&said(2, "warning", words));
    assert_eq!((open.summary.announcements, open.summary.incidents), (1, 0));
    let trouble = announced(&(said(2, "outage", words) + &said(2, "warning", "The API is down")));
    assert_eq!((trouble.summary.incidents, trouble.summary.maintenance), (1, 0));
}

#[test]
fn trouble_lasts_until_the_next_operational() {
    let imported =
        announced(&(said(3, "operational", "Over") + &said(2, "warning", "Slow") + &said(2, "outage", "Down")));
    assert_eq!(imported.summary.incidents, 1);
    let expected = "---\ntitle: Slow\nimpact: major\nupdates:\n  - at: 2026-04-02T10:00:05Z\n    status: investigating\n    body: Slow\n  - at: 2026-04-02T10:00:05Z\n    status: investigating\n    body: Down\n  - at: 2026-04-03T10:00:05Z\n    status: resolved\n    body: Over\n---\n";
    assert_eq!(text(&imported, "content/incidents/2026/2026-04-02-slow.md"), expected);
    assert!(noted(&imported, "touches no component"));
}

#[test]
fn trouble_after_a_day_of_silence_is_another_one() {
    let imported = announced(&(said(1, "outage", "Down") + &said(5, "outage", "Down again")));
    assert_eq!(imported.summary.incidents, 2);
    assert!(text(&imported, "content/incidents/2026/2026-04-01-down.md").contains("status: resolved"));
    assert!(!text(&imported, "content/incidents/2026/2026-04-05-down-again.md").contains("status: resolved"));
    assert!(noted(&imported, "no `operational` says when it was over"));
    assert!(noted(&imported, "it was imported as open"));
}

#[test]
fn information_is_an_announcement() {
    let imported = announced(&(said(1, "information", "Hello. Again.") + &said(2, "operational", "Fine")));
    let expected = "---\ntitle: Hello\nfrom: 2026-04-01T10:00:05Z\n---\n\nHello. Again.\n";
    assert_eq!(text(&imported, "content/announcements/2026/2026-04-01-hello.md"), expected);
    assert_eq!((imported.summary.announcements, imported.summary.incidents), (2, 0));
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn damaged_files_become_a_sound_site(cuts in prop::collection::vec((0..3200usize, 0..60usize), 1..6), odd in 0..8usize) {
        let imported = gatus(&damaged(&folder("gatus"), &cuts, odd), None);
        if !imported.files.is_empty() {
            sound(&imported);
        }
    }
}
