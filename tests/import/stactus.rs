//! Sites of stactus.

use candor::import::{ImportError, stactus};
use proptest::prelude::*;

use super::saved::golden;
use super::{Scratch, damaged, folder, import, noted, sound, text};
use crate::support::{cases, importer};

#[test]
fn settings_and_incidents_become_a_site() {
    golden("stactus", |to| importer("stactus").import(&folder("stactus"), None, to));
    let empty = Scratch::new("stactus-empty");
    assert!(matches!(importer("stactus").import(empty.path(), None, empty.path()), Err(ImportError::Nothing { .. })));
}

#[test]
fn without_settings_systems_are_those_that_incidents_name() {
    let incident = "version: incident/v1\nid: a\nname: Slow\nimpact: major\nsystems: [api]\ntimeline:\n- {ts: 2024-09-13 05:42, description: Slow.}\n- {ts: +1m, resolved: true, description: Over.}\n";
    let imported = import(stactus, &[("a.yaml", incident)]);
    sound(&imported);
    assert!(noted(&imported, "there is no list of components"));
    let file = text(&imported, "content/incidents/2024/2024-09-13-slow.md");
    assert!(
        file.contains("api: partial_outage") && file.contains("at: 2024-09-13T05:43Z\n    status: resolved"),
        "{file}"
    );
}

#[test]
fn todays_settings_name_the_page_and_its_address() {
    let settings = "version: stactus/v1\nname: Mill\nurl: https://status.mill.example\ntheme:\n  simple: {}\nsystems:\n  - id: api\n    name: API\n";
    let imported = import(stactus, &[("stactus.yaml", settings)]);
    sound(&imported);
    let site = text(&imported, "content/site.yaml");
    assert!(site.starts_with("name: Mill\nurl: https://status.mill.example\n"), "{site}");
    assert!(!noted(&imported, "has no place here"));
}

#[test]
fn an_open_incident_is_no_contradiction_where_the_page_says_nothing() {
    let settings =
        "version: stactus/v1\nname: Mill\nurl: https://status.mill.example\nsystems:\n  - id: api\n    name: API\n";
    let incident = "version: incident/v1\nid: a\nname: Slow\nimpact: major\nsystems: [api]\ntimeline:\n- {ts: 2024-09-13T05:42Z, investigating: true, description: Slow.}\n";
    let imported = import(stactus, &[("stactus.yaml", settings), ("a.yaml", incident)]);
    sound(&imported);
    assert!(!noted(&imported, "the incident was followed"), "{:?}", imported.notes);
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn damaged_files_become_a_sound_site(cuts in prop::collection::vec((0..900usize, 0..60usize), 1..8), odd in 0..8usize) {
        let imported = stactus(&damaged(&folder("stactus"), &cuts, odd), None);
        if !imported.files.is_empty() {
            sound(&imported);
        }
    }
}
