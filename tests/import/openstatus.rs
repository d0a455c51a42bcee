//! Dumps of OpenStatus and rows of its tables.

use candor::import::{ImportError, openstatus};
use proptest::prelude::*;

use super::saved::{damage, files, golden};
use super::{Scratch, folder, import, noted, sound, text};
use crate::support::{cases, importer};

#[test]
fn a_dump_becomes_a_site() {
    golden("openstatus-feed", |to| importer("openstatus").import(&folder("openstatus/feed"), None, to));
    let empty = Scratch::new("openstatus-empty");
    assert!(matches!(
        importer("openstatus").import(empty.path(), None, empty.path()),
        Err(ImportError::Nothing { .. })
    ));
}

#[test]
fn rows_of_the_tables_become_a_site() {
    golden("openstatus-tables", |to| importer("openstatus").import(&folder("openstatus/tables"), None, to));
}

#[test]
fn what_belongs_to_another_page_is_not_mixed_in() {
    let imported = openstatus(&files("openstatus/tables"), None);
    let all: String = imported.files.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    assert!(!all.to_lowercase().contains("depot") && !all.contains("hunter2"), "{all}");
    assert!(imported.notes.iter().all(|note| !note.message.contains("hunter2")));
    assert!(noted(&imported, "page 1 was imported, and not 2"));
}

#[test]
fn an_older_dump_has_monitors_for_components() {
    let feed = r#"{"title":"Old","updatedAt":"2026-03-05T12:00:00Z","monitors":[{"id":1,"name":"API","status":"error"}],
        "maintenance":[{"id":1,"name":"Move","message":"We move.","from":"2026-03-05T12:00:00Z","to":"2026-03-05T13:00:00Z"}],
        "statusReports":[{"id":1,"title":"Down","updateAt":"2026-03-05T11:00:00Z","status":"identified","monitors":[1],
        "statusReportUpdates":[{"id":1,"status":"identified","message":"It is down.","date":"2026-03-05T11:00:00Z"}]}]}"#;
    let imported = import(openstatus, &[("feed.json", feed)]);
    sound(&imported);
    let file = text(&imported, "content/incidents/2026/2026-03-05-down.md");
    assert!(file.contains("components:\n      api: major_outage\n"), "{file}");
    let work = text(&imported, "content/maintenance/2026/2026-03-05-move.md");
    assert!(work.ends_with("---\n\nWe move.\n"), "{work}");
}

#[test]
fn an_update_without_a_time_stays_with_its_incident() {
    let feed = r#"{"title":"Old","updatedAt":"2026-03-05T12:00:00Z","monitors":[{"id":1,"name":"API"}],
        "statusReports":[{"id":1,"title":"Down","status":"resolved","statusReportUpdates":[
        {"id":1,"status":"resolved","message":"It is up.","date":"2026-03-05T11:00:00Z"},
        {"id":2,"status":"identified","message":"A cable broke.","date":"2026-03-05 10:00 QQQ"}]}]}"#;
    let imported = import(openstatus, &[("feed.json", feed)]);
    sound(&imported);
    let file = text(&imported, "content/incidents/2026/2026-03-05-down.md");
    assert!(file.ends_with("---\n\n**identified**\n\nA cable broke.\n"), "{file}");
    assert!(noted(&imported, "it stands below the updates"));
}

#[test]
fn what_is_no_dump_is_named() {
    let imported = import(openstatus, &[("a.json", "[1]"), ("b.json", "{\"a\":1}"), ("c.json", "{"), ("d.txt", "no")]);
    assert!(imported.files.is_empty());
    assert_eq!(imported.notes.len(), 4, "{:#?}", imported.notes);
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn damaged_dumps_become_a_sound_site(blows in prop::collection::vec((0..300usize, 0..20usize), 1..12)) {
        for folder in ["openstatus/feed", "openstatus/tables"] {
            let imported = openstatus(&damage(&files(folder), &blows), None);
            if !imported.files.is_empty() {
                sound(&imported);
            }
        }
    }
}
