//! Statusfy: entries in three formats, settings in three.

use super::{Scratch, damaged, folder, import, noted, snapshot_whole, sound, text};
use candor::import::{ImportError, Imported, statusfy};
use proptest::prelude::*;

use crate::support::{cases, importer};

fn one(front: &str, body: &str) -> Imported {
    let config = "title: S\nbaseUrl: https://s.example\ncontent:\n  systems: [api]\n";
    let locale = r#"{"systems":{"api":"API"}}"#;
    let entry = format!("---\ntitle: T\ndate: 2026-02-01T10:00:00.000Z\naffectedsystems: [api]\n{front}---\n{body}");
    let imported =
        import(statusfy, &[("config.yml", config), ("locales/en.json", locale), ("content/entry.md", &entry)]);
    sound(&imported);
    imported
}

const FILE: &str = "content/incidents/2026/entry.md";

#[test]
fn of_updates_of_one_time_the_one_that_ends_it_is_the_last() {
    let at = "2026-02-01T10:00:00Z";
    let entry = format!(
        "---\ntitle: Slow\ndate: {at}\nseverity: degraded-performance\naffectedsystems: [api]\nresolved: true\n---\n\n::: update Completed | {at}\nOver.\n:::\n\n::: update Identified | {at}\nA line.\n:::\n"
    );
    let imported = import(statusfy, &[("config.yml", "content:\n  systems: [api]\n"), ("content/a.md", &entry)]);
    sound(&imported);
    let file = text(&imported, "content/incidents/2026/a.md");
    assert!(file.find("A line.") < file.find("Over.") && file.matches("status: resolved").count() == 1, "{file}");
}

#[test]
fn a_beginning_that_only_its_day_tells_counts_as_no_downtime() {
    for date in ["2026-02-01", "2026-02-01 25:00", "2026-02-01T010:00"] {
        let entry = format!(
            "---\ntitle: Slow\ndate: {date}\nseverity: major-outage\naffectedsystems: [api]\nresolved: false\n---\nSlow.\n"
        );
        let config = ("config.yml", "content:\n  systems: [api]\n");
        let imported = import(statusfy, &[config, ("content/2026-02-01_a.md", &entry)]);
        sound(&imported);
        let file = text(&imported, "content/incidents/2026/2026-02-01-a.md");
        assert!(file.contains("duration_known: false\n"), "{date}: {file}");
    }
}

#[test]
fn an_end_before_its_beginning_is_a_question() {
    let update = "::: update Resolved | 2026-02-01T09:00:00Z\nOver.\n:::\n";
    let imported = one("severity: major-outage\nresolved: true\n", update);
    assert!(text(&imported, FILE).contains("duration_known: false\n"));
    assert!(noted(&imported, "it was taken to begin with that"));
}

#[test]
fn a_site_becomes_a_site() {
    let scratch = Scratch::new("statusfy");
    let imported = importer("statusfy").import(&folder("statusfy"), None, scratch.path()).unwrap();
    sound(&imported);
    snapshot_whole("statusfy", &imported);
    assert_eq!(importer("statusfy").import(&folder("statusfy"), None, scratch.path()).unwrap(), imported);
    let empty = Scratch::new("statusfy-empty");
    assert!(matches!(
        importer("statusfy").import(empty.path(), None, scratch.path()),
        Err(ImportError::Nothing { .. })
    ));
}

#[test]
fn settings_read_the_same_in_every_format() {
    let yaml = ("config.yml", "title: S\nbaseUrl: https://s.example\ncontent:\n  dir: words\n  systems: [api, cdn]\n");
    let toml = (
        "config.toml",
        "title = \"S\"\nbaseUrl = \"https://s.example\"\n[content]\ndir = \"words\"\nsystems = [\"api\", \"cdn\"]\n",
    );
    let script = (
        "config.js",
        "module.exports = { title: 'S', baseUrl: 'https://s.example', content: { dir: 'words', systems: ['api', 'cdn'] } }",
    );
    let entry = (
        "words/a.md",
        "---\ntitle: T\ndate: 2026-02-01T10:00:00.000Z\nseverity: major-outage\naffectedsystems: [cdn]\nresolved: false\n---\nDown.\n",
    );
    let [yaml, toml, script] = [yaml, toml, script].map(|config| import(statusfy, &[config, entry]).files);
    assert!(yaml.contains_key("content/incidents/2026/a.md"), "{:?}", yaml.keys());
    assert_eq!(yaml, toml);
    assert_eq!(yaml, script);
}

#[test]
fn settings_that_only_running_them_would_tell_are_noted() {
    let config = (
        "config.js",
        "const systems = require('./systems')\nmodule.exports = {\n  title: 'S',\n  content: { systems }\n}",
    );
    let entry = (
        "content/a.md",
        "---\ntitle: T\ndate: 2026-02-01T10:00:00.000Z\nseverity: major-outage\naffectedsystems: [cdn]\nresolved: false\n---\n",
    );
    let imported = import(statusfy, &[config, entry]);
    sound(&imported);
    assert!(noted(&imported, "a value that only running it would tell"));
    assert!(text(&imported, "content/site.yaml").contains("  - id: cdn\n    name: cdn\n    group: other\n"));
}

#[test]
fn an_entry_without_updates_lasts_from_its_date_until_it_was_modified() {
    let front = "severity: partial-outage\nresolved: true\nmodified: 2026-02-01T12:00:07.000Z\n";
    let expected = "updates:\n  - at: 2026-02-01T10:00Z\n    status: investigating\n    components:\n      api: partial_outage\n    body: It is down.\n  - at: 2026-02-01T12:00:07Z\n    status: resolved\n---\n";
    assert!(text(&one(front, "It is down.\n"), FILE).ends_with(expected));
    assert!(noted(&one(front, "It is down.\n"), "no update says when"));
}

#[test]
fn planned_work_has_its_window() {
    let front = "severity: under-maintenance\nresolved: false\nscheduled: 2026-02-03T01:00:00.000Z\nduration: 30.2\n";
    let imported = one(front, "We move.\n");
    let expected = "scheduled:\n  from: 2026-02-03T01:00Z\n  until: 2026-02-03T01:31Z\ncomponents:\n  - api\nupdates:\n  - at: 2026-02-01T10:00Z\n    status: scheduled\n    body: We move.\n---\n";
    assert!(text(&imported, "content/maintenance/2026/entry.md").ends_with(expected));
}

#[test]
fn planned_work_is_planned_work_also_where_nobody_wrote_when_it_was_to_end() {
    const WORK: &str = "content/maintenance/2026/entry.md";
    let done = "::: update Completed | 2026-02-01T11:00:00.000Z\nDone.\n:::\n";
    for (front, body, is_unknown) in [
        ("resolved: false\n", "We move.\n", false),
        ("resolved: true\n", "We move.\n", true),
        ("resolved: true\nmodified: 2026-02-05T12:00:00Z\n", "We move.\n", true),
        ("resolved: true\n", done, false),
        ("resolved: true\nduration: 0\n", "We move.\n", true),
    ] {
        let imported = one(&format!("severity: under-maintenance\n{front}"), body);
        let file = text(&imported, WORK);
        assert!(file.contains("scheduled:\n  from: 2026-02-01T10:00Z\ncomponents:\n"), "no end is invented: {file}");
        assert_eq!(file.contains("duration_known: false\n"), is_unknown, "{front}{file}");
        assert!(noted(&imported, "it does not say when it was planned to end"));
    }
}

#[test]
fn an_update_of_what_no_page_shows_says_its_status() {
    let front = "severity: partial-outage\nresolved: true\n";
    let imported = one(front, "Down.\n\n::: update Resolved | 2026-02-01T11:00:00.000Z\n\u{0}\u{b}\n:::\n");
    assert!(text(&imported, FILE).contains("    status: resolved\n"));
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn damaged_files_become_a_sound_site(cuts in prop::collection::vec((0..900usize, 0..40usize), 1..6), odd in 0..8usize) {
        let imported = statusfy(&damaged(&folder("statusfy"), &cuts, odd), None);
        if !imported.files.is_empty() {
            sound(&imported);
        }
    }
}

#[test]
fn names_and_descriptions_of_systems_stand_in_the_items_of_a_locale() {
    let imported = import(
        statusfy,
        &[
            ("config.yml", "title: S\nbaseUrl: https://s.example\ncontent:\n  systems: [mail, shop]\n"),
            (
                "locales/en.json",
                r#"{"systems":{"items":{"mail":{"title":"E-mail","description":"In and out"},"shop":{"title":"Our shop"}}}}"#,
            ),
        ],
    );
    let expected = "  - id: mail\n    name: E-mail\n    description: In and out\n  - id: shop\n    name: Our shop\n";
    assert!(text(&imported, "content/site.yaml").contains(expected));
}
