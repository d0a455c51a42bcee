//! What holds for every import: nothing is lost, importing again touches nobody's work, and a folder says what it is.

#![expect(clippy::disallowed_methods, reason = "the tests edit files as whoever imports does")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use candor::import::{ImportChoices, Imported, Note, SourceText, Weight, kinds, seems};
use candor::time::Zone;
use proptest::prelude::*;

use super::{INPUTS, Scratch, choices, folder};
use crate::support::{cases, importer};

/// Names of importers, and the folders of `tests/import/` that they read.
const FOLDERS: [(&str, &str); 8] = [
    ("cstate", "cstate"),
    ("statusfy", "statusfy"),
    ("upptime", "upptime"),
    ("gatus", "gatus"),
    ("openstatus", "openstatus/feed"),
    ("cachet", "cachet/v2"),
    ("cachet", "cachet/v3"),
    ("stactus", "stactus"),
];

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).unwrap();
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}

/// The texts that the import kept on the internal page, since it could not show that they are whole.
fn left_over(imported: &Imported) -> Vec<&str> {
    let is_lost = |message: &&str| message.contains("are not where they were");
    imported.notes.iter().map(|note| &*note.message).filter(is_lost).collect()
}

#[test]
fn every_word_of_every_text_is_there() {
    for (format, name) in FOLDERS {
        let target = Scratch::new(&format!("whole-{}", name.replace('/', "-")));
        let imported = importer(format).import(&folder(name), None, target.path()).unwrap();
        // What has no time at all has no place in a history, and neither have a metric, the second value of a key and a
        // comment on an entry that is not there: such texts are kept on a page of their own.
        let homeless = match name {
            "upptime" => 4,
            "stactus" => 3,
            "openstatus/feed" | "cachet/v2" => 2,
            "statusfy" | "gatus" | "cachet/v3" => 1,
            _ => 0,
        };
        assert_eq!(left_over(&imported).len(), homeless, "{name}: {:?}", left_over(&imported));
    }
}

/// A file of each system with one time, 10:00 without a zone, and another one that it gets.
pub const ZONELESS: [(&str, &str, &str); 8] = [
    (
        "cstate",
        "content/issues/a.md",
        "---\ntitle: Slow\ndate: 2024-05-06 10:00:00\nresolved: false\nseverity: down\nsection: issue\n---\nSlow.\n",
    ),
    (
        "statuspage",
        "incidents.json",
        r#"{"page": {"id": "p", "name": "P"}, "incidents": [{"id": "a", "name": "Slow", "status": "investigating", "incident_updates": [{"status": "investigating", "body": "Slow.", "display_at": "2024-05-06T10:00:00"}]}]}"#,
    ),
    (
        "cachet",
        "incidents.json",
        r#"{"data": [{"id": 1, "name": "Slow", "message": "Slow.", "status": 1, "human_status": "Investigating", "created_at": "2024-05-06 10:00:00"}]}"#,
    ),
    (
        "upptime",
        "issues.json",
        r#"[{"number": 1, "title": "Work", "state": "open", "labels": ["maintenance"], "created_at": "2024-05-01T00:00:00Z", "body": "<!--\nstart: 2024-05-06T10:00:00\nend: 2024-05-06T13:00:00\n-->\nWe work."}]"#,
    ),
    (
        "statusfy",
        "content/a.md",
        "---\ntitle: Slow\ndate: 2024-05-06 10:00:00\nseverity: major-outage\nresolved: false\n---\nSlow.\n",
    ),
    (
        "gatus",
        "config.yaml",
        "announcements:\n  - timestamp: 2024-05-06T10:00:00\n    type: outage\n    message: Slow.\n",
    ),
    (
        "openstatus",
        "dump.json",
        r#"{"status_report": [{"id": 1, "title": "Slow", "status": "investigating"}], "status_report_update": [{"id": 1, "status_report_id": 1, "status": "investigating", "date": "2024-05-06 10:00:00", "message": "Slow."}]}"#,
    ),
    (
        "stactus",
        "a.yaml",
        "version: incident/v1\nid: a\nname: Slow\nimpact: none\ntimeline:\n  - ts: 2024/05/06 10:00\n    investigating: true\n    description: Slow.\n",
    ),
];

#[test]
fn a_chosen_zone_is_that_of_times_that_name_none() {
    for (format, path, text) in ZONELESS {
        let source = Scratch::new(&format!("zoneless-{format}"));
        let file = source.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        let of = |zone: Option<&str>| {
            let target = Scratch::new(&format!("zoned-{format}"));
            let imported = importer(format).import(source.path(), zone.and_then(Zone::named), target.path()).unwrap();
            let is_there = |time: &str| {
                let texts = imported.files.iter().filter(|(path, _)| path.ends_with(".md"));
                texts.into_iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(time))
            };
            let site = String::from_utf8_lossy(&imported.files["content/site.yaml"]).into_owned();
            (
                is_there("2024-05-06T10:00Z"),
                is_there("2024-05-06T08:00Z"),
                site.contains("timezone:"),
                zoneless(&imported),
            )
        };
        assert_eq!(of(None), (true, false, false, 1), "{format}");
        assert_eq!(of(Some("Europe/Berlin")), (false, true, true, 0), "{format}");
    }
}

/// How many notes say that times named no zone.
fn zoneless(imported: &Imported) -> usize {
    imported.notes.iter().filter(|note| note.message.starts_with("times without a zone: ")).count()
}

#[test]
fn a_zone_that_would_change_nothing_is_refused() {
    let target = Scratch::new("refused");
    let refused = importer("issues").import(&folder("upptime"), Zone::named("Europe/Berlin"), target.path());
    let message = refused.unwrap_err().to_string();
    assert!(message.contains("`--timezone` would change nothing"), "{message}");
    assert!(!target.path().join("content").exists());
}

/// A listed system, and an entry of May that is over and names another one.
const RETIRED: [(&str, &[(&str, &str)]); 3] = [
    (
        "cstate",
        &[
            ("config.yml", "title: T\nparams:\n  systems:\n    - name: api\n"),
            (
                "content/issues/a.md",
                "---\ntitle: Slow\ndate: 2024-05-06T10:00:00Z\nresolved: true\nresolvedWhen: 2024-05-07T10:00:00Z\nseverity: down\naffected: [api, old]\nsection: issue\n---\nSlow.\n",
            ),
        ],
    ),
    (
        "statusfy",
        &[
            ("config.yml", "content:\n  systems: [api]\n"),
            (
                "content/a.md",
                "---\ntitle: Slow\ndate: 2024-05-06T10:00:00Z\nseverity: major-outage\naffectedsystems: [api, old]\nresolved: true\n---\nSlow.\n\n::: update Resolved | 2024-05-07T10:00:00Z\nOver.\n:::\n",
            ),
        ],
    ),
    (
        "upptime",
        &[
            (".upptimerc.yml", "owner: o\nrepo: r\nsites:\n  - name: api\n    url: https://api.example\n"),
            (
                "issues.json",
                r#"[{"number": 1, "title": "old is down", "state": "closed", "labels": ["status", "old"], "created_at": "2024-05-06T10:00:00Z", "closed_at": "2024-05-07T10:00:00Z", "body": "Slow."}]"#,
            ),
        ],
    ),
];

#[test]
fn a_system_that_only_old_entries_name_is_retired() {
    for (format, files) in RETIRED {
        let site = |change: fn(&str) -> String| {
            let source = Scratch::new(&format!("retired-source-{format}"));
            for (path, text) in files {
                let file = source.path().join(path);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, change(text)).unwrap();
            }
            let target = Scratch::new(&format!("retired-{format}"));
            let imported = importer(format).import(source.path(), None, target.path()).unwrap();
            super::sound(&imported);
            String::from_utf8_lossy(&imported.files["content/site.yaml"]).into_owned()
        };
        let over = site(str::to_owned);
        assert!(
            over.contains("  - id: old\n    name: old\n    end: \"2024-05-07\"\n") && !over.contains("Other"),
            "{format}: {over}"
        );
        // An open entry keeps it, and so does a list that is not there.
        let open = site(|text| {
            let text = text
                .replace("resolved: true", "resolved: false")
                .replace("resolvedWhen: 2024-05-07T10:00:00Z\n", "")
                .replace("update Resolved", "update Monitoring");
            text.replace("\"closed\"", "\"open\"").replace("\"closed_at\": \"2024-05-07T10:00:00Z\", ", "")
        });
        assert!(!open.contains("end:") && open.contains("group: other"), "{format}: {open}");
    }
}

#[test]
fn the_report_names_every_place_and_kind() {
    let target = Scratch::new("report");
    let imported = importer("cstate").import(&folder("cstate"), None, target.path()).unwrap();
    let report = fs::read_to_string(target.path().join("IMPORT.md")).unwrap();
    for note in &imported.notes {
        assert!(report.contains(&note.message.replace('\n', " ")), "{}", note.message);
    }
    for heading in ["## What was taken", "## What to do next", "## Words that became keys"] {
        assert!(report.contains(heading), "{heading}");
    }
    let kinds = kinds(&imported.notes);
    assert!(kinds.len() < imported.notes.len());
    assert!(kinds.windows(2).all(|pair| pair[0].weight <= pair[1].weight));
}

#[test]
fn importing_again_touches_nobodys_work() {
    let (source, target) = (Scratch::new("again-source"), Scratch::new("again"));
    copy(&folder("cstate"), source.path());
    let import = || importer("cstate").import(source.path(), None, target.path()).unwrap();
    import();
    let content = target.path().join("content");
    let page = content.join("pages/help.md");
    fs::remove_file(content.join("incidents/2025/2025-03-01-checkout-down.md")).unwrap();
    fs::write(&page, "---\ntitle: Mine\n---\n").unwrap();
    let own = content.join("incidents/own.md");
    fs::write(&own, "mine").unwrap();
    let new =
        "---\ntitle: New\ndate: 2026-01-01T10:00:00Z\nresolved: false\nseverity: down\nsection: issue\n---\nNew.\n";
    fs::write(source.path().join("content/issues/2026-new.md"), new).unwrap();
    fs::write(source.path().join("content/pages/help.md"), "---\ntitle: Other\n---\nOther.\n").unwrap();
    let again = import();
    let noted = |path: &str, words: &str| {
        again.notes.iter().any(|note| note.path.ends_with(path) && note.message.contains(words))
    };
    assert!(noted("2026-new.md", "new since the last import") && noted("pages/help.md", "yours was kept"));
    assert!(noted("2025-03-01-checkout-down.md", "deleted here"));
    assert_eq!(fs::read_to_string(&page).unwrap(), "---\ntitle: Mine\n---\n");
    assert_eq!(fs::read_to_string(&own).unwrap(), "mine");
    assert!(content.join("incidents/2026/2026-new.md").exists());
    assert!(!content.join("incidents/2025/2025-03-01-checkout-down.md").exists());
    let third = import();
    assert!(
        !third.notes.iter().any(|note| note.message.contains("new since") || note.message.contains("yours was kept"))
    );
}

/// Every file of a folder.
fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files =
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let path = |entry: &walkdir::DirEntry| entry.path().strip_prefix(folder).unwrap().display().to_string();
    files.map(|entry| (path(&entry), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn importing_again_adds_what_is_new_and_leaves_the_rest_in_every_format() {
    let mut with_new = 0;
    for (format, name) in INPUTS {
        let target = Scratch::new(&format!("again-{format}-{}", name.replace(['/', '.'], "-")));
        let import = || importer(format).import_with(&folder(name), &choices(format), target.path()).unwrap();
        let told = |imported: &Imported| {
            let is_of_now = |message: &&str| message.contains("since the last import");
            imported.notes.iter().map(|note| &*note.message).filter(is_of_now).map(str::to_owned).collect::<Vec<_>>()
        };
        import();
        let first = files_of(target.path());
        assert_eq!(told(&import()), [""; 0], "{format}");
        assert_eq!(files_of(target.path()), first, "{format}");
        let mut entries: Vec<&String> =
            first.keys().filter(|path| path.ends_with(".md") && path.matches('/').count() > 2).collect();
        let touched = entries.remove(0);
        // Of a folder with one entry none could be new.
        let Some(new) = entries.pop() else { continue };
        with_new += 1;
        let mine = [&first[touched][..], b"\nMine.\n"].concat();
        fs::write(target.path().join(touched), &mine).unwrap();
        // As it was before the old system had that entry.
        fs::remove_file(target.path().join(new)).unwrap();
        let record = target.path().join(".candor-import.json");
        let mut known: BTreeMap<String, String> = serde_json::from_slice(&fs::read(&record).unwrap()).unwrap();
        known.remove(new).expect("it was recorded");
        fs::write(&record, serde_json::to_vec(&known).unwrap()).unwrap();
        let again = import();
        let notes = told(&again);
        assert!(notes.len() == 1 && notes[0].starts_with("new since the last import"), "{format}: {notes:?}");
        let mut expected = first.clone();
        expected.insert(touched.clone(), mine);
        let mut now = files_of(target.path());
        // The report tells of this import.
        assert!(String::from_utf8_lossy(&now["IMPORT.md"]).contains(&notes[0]), "{format}");
        now.remove("IMPORT.md");
        expected.remove("IMPORT.md");
        // Besides the report's own digest, the record is that of the first import.
        let digests = |bytes: &[u8]| {
            let mut record: BTreeMap<String, String> = serde_json::from_slice(bytes).unwrap();
            record.remove("IMPORT.md");
            record
        };
        let records = [now.remove(".candor-import.json"), expected.remove(".candor-import.json")].map(Option::unwrap);
        assert_eq!(digests(&records[0]), digests(&records[1]), "{format}");
        assert_eq!(now, expected, "{format}");
    }
    assert_eq!(with_new, INPUTS.len() - 1, "one folder has one entry");
}

#[test]
fn of_what_both_sides_changed_ours_stays_and_the_sources_lies_beside_it_in_every_format() {
    for (format, name) in INPUTS {
        let target = Scratch::new(&format!("both-{format}-{}", name.replace(['/', '.'], "-")));
        let import = || importer(format).import_with(&folder(name), &choices(format), target.path()).unwrap();
        import();
        let first = files_of(target.path());
        let entry = first.keys().find(|path| path.ends_with(".md") && path.matches('/').count() > 2).unwrap();
        let path = target.path().join(entry);
        fs::write(&path, "mine").unwrap();
        // As if the old system had said something else at the last import.
        let record = target.path().join(".candor-import.json");
        let mut known: BTreeMap<String, String> = serde_json::from_slice(&fs::read(&record).unwrap()).unwrap();
        known.insert(entry.clone(), "other".to_owned());
        fs::write(&record, serde_json::to_vec(&known).unwrap()).unwrap();
        let copy = target.path().join("IMPORT").join(entry);
        let told = |imported: &Imported| {
            let is_told = |note: &&Note| note.path == *entry && note.message.contains("yours was kept");
            imported.notes.iter().filter(is_told).map(|note| note.message.clone()).collect::<Vec<_>>()
        };
        let notes = told(&import());
        assert!(notes.len() == 1 && notes[0].contains(&format!("`IMPORT/{entry}`")), "{format}: {notes:?}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine", "{format}");
        assert_eq!(fs::read(&copy).unwrap(), first[entry], "{format}");
        // It is told once, and what was put beside stays until somebody has compared the two.
        assert_eq!(told(&import()), [""; 0], "{format}");
        assert!(copy.exists(), "{format}");
    }
}

#[test]
fn what_is_gone_from_the_source_stays_and_is_named_as_long_as_it_is_there() {
    let (source, target) = (Scratch::new("gone-source"), Scratch::new("gone"));
    copy(&folder("cstate"), source.path());
    let issue = source.path().join("content/issues/2026-old.md");
    let text =
        "---\ntitle: Old\ndate: 2026-01-01T10:00:00Z\nresolved: false\nseverity: down\nsection: issue\n---\nOld.\n";
    fs::write(&issue, text).unwrap();
    let import = || {
        let imported = importer("cstate").import(source.path(), None, target.path()).unwrap();
        let gone = imported.notes.into_iter().filter(|note| note.message.starts_with("gone from the source"));
        gone.map(|note| note.path).collect::<Vec<_>>()
    };
    let entry = target.path().join("content/incidents/2026/2026-old.md");
    assert_eq!(import(), [""; 0]);
    fs::remove_file(&issue).unwrap();
    for _ in 0..2 {
        assert_eq!(import(), ["content/incidents/2026/2026-old.md"]);
        assert!(fs::read_to_string(&entry).unwrap().contains("Old."));
    }
    fs::remove_file(&entry).unwrap();
    assert_eq!(import(), [""; 0], "whoever deleted it knows");
}

#[test]
fn a_rehearsal_writes_nothing() {
    let target = Scratch::new("rehearsal");
    let (imported, plan) =
        importer("cstate").rehearse(&folder("cstate"), &ImportChoices::default(), target.path()).unwrap();
    assert_eq!(plan.paths.len(), imported.files.len());
    assert_eq!(fs::read_dir(target.path()).unwrap().count(), 0);
}

#[test]
fn a_folder_says_what_it_is() {
    for (format, name) in FOLDERS {
        let names: Vec<&str> = seems(&folder(name)).unwrap().iter().map(|format| format.name).collect();
        assert_eq!(names, [format], "{name}");
    }
    let names: Vec<&str> = seems(&folder("postmortems")).unwrap().iter().map(|format| format.name).collect();
    assert_eq!(names, ["postmortems"]);
    let empty = Scratch::new("nothing");
    assert!(seems(empty.path()).unwrap().is_empty());
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn whatever_is_cut_out_of_the_files_no_word_that_is_left_is_lost(
        which in 0..FOLDERS.len(),
        cuts in prop::collection::vec((0usize..3000, 0usize..40), 0..4),
        odd in 0usize..8,
    ) {
        let (format, name) = FOLDERS[which];
        let source = Scratch::new(&format!("cut-source-{which}"));
        let target = Scratch::new(&format!("cut-{which}"));
        let files: BTreeMap<String, Vec<u8>> = super::damaged(&folder(name), &cuts, odd);
        for (path, bytes) in files {
            let path = source.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        if let Ok(imported) = importer(format).import(source.path(), None, target.path()) {
            // What could not be placed is there whole.
            let page = target.path().join("content/pages/left-over-texts.md");
            let kept = imported.notes.iter().filter(|note| note.message.contains("are not where they were"));
            prop_assert_eq!(page.exists(), kept.count() > 0);
            prop_assert!(imported.notes.iter().all(|note| note.weight <= Weight::Kept));
            let none: Vec<SourceText> = Vec::new();
            prop_assert_eq!(imported.sources, none);
        }
    }
}
