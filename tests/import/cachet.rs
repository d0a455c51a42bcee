//! Saved answers of Cachet, of both versions.

use std::collections::BTreeMap;

use candor::import::{ImportError, Imported, cachet};
use candor::time::Zone;
use proptest::prelude::*;

use super::saved::{damage, files, golden};
use super::{Scratch, folder, noted, sound, text};
use crate::support::{cases, importer};

/// What Cachet's answers become.
pub(super) fn import(files: &[(&str, &str)]) -> Imported {
    let files: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    let imported = cachet(&files, None);
    sound(&imported);
    imported
}

#[test]
fn version_2_becomes_a_site() {
    let zone = Zone::named("Europe/Copenhagen");
    golden("cachet-v2", |to| importer("cachet").import(&folder("cachet/v2"), zone, to));
}

#[test]
fn version_3_becomes_a_site() {
    golden("cachet-v3", |to| importer("cachet").import(&folder("cachet/v3"), None, to));
    let empty = Scratch::new("cachet-empty");
    assert!(matches!(importer("cachet").import(empty.path(), None, empty.path()), Err(ImportError::Nothing { .. })));
}

#[test]
fn nobody_who_subscribed_is_named() {
    for (version, secrets) in [("cachet/v2", ["passenger", "s3cr3t"]), ("cachet/v3", ["reader@", "mail.example"])] {
        let imported = cachet(&files(version), None);
        let all: String = imported.files.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
        let notes: String = imported.notes.iter().map(|note| note.message.as_str()).collect();
        for secret in secrets {
            assert!(!all.contains(secret) && !notes.contains(secret), "{secret}");
        }
        assert!(noted(&imported, "subscribers (1) have no place here"));
    }
}

#[test]
fn times_are_those_of_the_zone_that_is_chosen() {
    let incident = r#"{"data":[{"id":1,"name":"Slow","status":4,"visible":1,"message":"Slow.","occurred_at":"2026-07-01 00:30:05","updated_at":"2026-07-01 00:30:05"}]}"#;
    let files: BTreeMap<String, Vec<u8>> = [("i.json".to_owned(), incident.as_bytes().to_vec())].into();
    let imported = cachet(&files, Zone::named("Europe/Copenhagen"));
    assert!(text(&imported, "content/incidents/2026/2026-06-30-slow.md").contains("at: 2026-06-30T22:30:05Z"));
    assert!(text(&imported, "content/site.yaml").contains("timezone: Europe/Copenhagen\n"));
    assert!(noted(&import(&[("i.json", incident)]), "times without a zone: 2"));
}

#[test]
fn updates_of_one_second_stand_in_the_order_of_their_numbers() {
    let at = "2026-07-01 10:00:05";
    let update = |id: u32, status: u32, words: &str| {
        format!(
            r#"{{"id":{id},"incident_id":1,"status":{status},"message":"{words}","created_at":"{at}","updated_at":"{at}"}}"#
        )
    };
    let incident = format!(
        r#"{{"data":[{{"id":1,"name":"Slow","status":4,"visible":1,"message":"One.","occurred_at":"{at}"}}]}}"#
    );
    let updates = [update(11, 4, "Four."), update(9, 2, "Two."), update(10, 3, "Three.")].join(",");
    let imported = import(&[("i.json", &incident), ("u.json", &format!(r#"{{"data":[{updates}]}}"#))]);
    let file = text(&imported, "content/incidents/2026/2026-07-01-slow.md");
    let places: Vec<Option<usize>> = ["One.", "Two.", "Three.", "Four."].map(|word| file.find(word)).to_vec();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{file}");
}

#[test]
fn planned_work_that_nobody_saw_does_not_become_public() {
    let hidden = r#"{"data":[{"id":1,"name":"Secret move","status":0,"message":"We move.","scheduled_at":"2026-02-01 02:00:00","deleted_at":"2026-01-01 02:00:00"}]}"#;
    let imported = import(&[("s.json", hidden)]);
    let page = text(&imported, "content/pages/2026-02-01-secret-move.md");
    assert!(page.contains("audience: internal\n") && page.contains("We move."), "{page}");
    assert!(noted(&imported, "it was deleted; planned work cannot be internal"));
}

#[test]
fn planned_work_without_an_end_gets_none() {
    let schedule = |id: u32, status: u32, rest: &str| {
        format!(
            r#"{{"id":{id},"name":"Move {id}","status":{status},"message":"We move.","scheduled_at":"2026-02-01 02:00:00","created_at":"2026-01-20 02:00:00"{rest}}}"#
        )
    };
    let all = [
        schedule(1, 0, ""),
        schedule(2, 1, ""),
        schedule(3, 2, r#","updated_at":"2026-03-09 09:09:09""#),
        schedule(4, 2, r#","completed_at":"2026-02-01 04:00:00""#),
        schedule(5, 0, r#","scheduled_at":"2026-04-01 02:00:00""#),
    ];
    let imported = import(&[("s.json", &format!(r#"{{"data":[{}]}}"#, all.join(",")))]);
    let file = |id: u32| {
        let is_its = |path: &&String| path.contains("/maintenance/") && path.ends_with(&format!("-move-{id}.md"));
        let path = imported.files.keys().find(is_its).unwrap();
        text(&imported, path)
    };
    for (id, is_unknown) in [(1, true), (2, false), (3, true), (5, false)] {
        assert!(!file(id).contains("until:"), "{}", file(id));
        assert_eq!(file(id).contains("duration_known: false\n"), is_unknown, "{}", file(id));
        assert!(!file(id).contains("2026-03-09"), "when it was last touched is no end: {}", file(id));
    }
    assert!(file(2).contains("status: in_progress"), "{}", file(2));
    assert!(file(4).contains("until: 2026-02-01T04:00Z\n") && !file(4).contains("duration_known"), "{}", file(4));
    assert!(noted(&imported, "nor when it was over"));
}

#[test]
fn answers_that_are_not_cachets_are_named() {
    assert!(import_files_is_empty(&[("a.json", "[1]"), ("b.json", "{}"), ("c.txt", "no")]));
}

fn import_files_is_empty(files: &[(&str, &str)]) -> bool {
    let files: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    let imported = cachet(&files, None);
    assert_eq!(imported.notes.len(), files.len(), "{:#?}", imported.notes);
    imported.files.is_empty()
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn damaged_answers_become_a_sound_site(blows in prop::collection::vec((0..600usize, 0..20usize), 1..12)) {
        for version in ["cachet/v2", "cachet/v3"] {
            let imported = cachet(&damage(&files(version), &blows), None);
            if !imported.files.is_empty() {
                sound(&imported);
            }
        }
    }
}
