//! Sites of other systems become sites of Candor that pass its checks, and lose nothing.

mod again;
mod cachet;
mod cachet_answers;
mod collections;
mod cstate_history;
mod gatus;
mod hostile;
mod issues;
mod mutated;
mod openstatus;
mod postmortems;
mod real;
mod saved;
mod stactus;
mod statusfy;
mod times;
mod upptime;
mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use candor::diagnostic::{self, Severity};
use candor::import::{ImportChoices, ImportError, Imported, cstate};
use candor::pipeline::{self, Content, Options};
use candor::source::Source;
use candor::time::{Time, Zone};
use proptest::prelude::*;

use crate::support::{cases, importer};

/// A real site, where it is at hand.
const REAL: &str = "../shared/data/jenkins-status";

/// The errors that Candor's own reader finds in an imported site.
fn errors(imported: &Imported) -> Vec<String> {
    let content = Content::load(Source::from_files(imported.files.clone()), true);
    let errors = content.faults().iter().filter(|fault| fault.severity == Severity::Error);
    errors.map(|fault| format!("{:?}: {}", fault.place, fault.message)).collect()
}

/// Later than all that the fixtures tell.
const NOW: &str = "2026-11-22T15:31Z";

/// Holds an imported site to what `candor check` and `candor build` ask for.
fn sound(imported: &Imported) {
    let files = imported.files.iter().map(|(path, bytes)| (path.clone(), String::from_utf8(bytes.clone()).unwrap()));
    let build = pipeline::build(&Source::from_files(files), &Options::at(Time::parse(NOW).unwrap()));
    assert!(!diagnostic::has_errors(&build.diagnostics), "{:#?}", build.diagnostics);
}

/// What an import makes of some files, given as path and text.
fn import(how: fn(&BTreeMap<String, Vec<u8>>, Option<Zone>) -> Imported, files: &[(&str, &str)]) -> Imported {
    how(&files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect(), None)
}

/// Names of importers, and the folders that they read: those of `tests/import/`, or of `tests/`.
const INPUTS: [(&str, &str); 14] = [
    ("cstate", "cstate"),
    ("statusfy", "statusfy"),
    ("upptime", "upptime"),
    ("issues", "upptime"),
    ("gatus", "gatus"),
    ("openstatus", "openstatus/feed"),
    ("openstatus", "openstatus/tables"),
    ("cachet", "cachet/v2"),
    ("cachet", "cachet/v3"),
    ("stactus", "stactus"),
    ("statuspage", "../statuspage/old"),
    ("postmortems", "postmortems/sections"),
    ("postmortems", "postmortems/labels"),
    ("postmortems", "postmortems/template"),
];

/// What an importer is asked for beside a folder.
fn choices(format: &str) -> ImportChoices {
    ImportChoices { label: (format == "issues").then(|| "status".to_owned()), ..ImportChoices::default() }
}

/// A folder of `tests/import/`.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(name)
}

/// Compares all files and notes with `NAME-files.txt` and `NAME-notes.txt`.
fn snapshot_whole(name: &str, imported: &Imported) {
    let files = imported.files.iter();
    let files = files.map(|(path, bytes)| format!("==> {path}\n{}", String::from_utf8_lossy(bytes)));
    snapshot(&format!("{name}-files.txt"), files.collect());
    let notes = imported.notes.iter().map(|note| {
        let line = note.line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{}{line}: {}\n", note.path, note.message)
    });
    snapshot(&format!("{name}-notes.txt"), notes.collect());
}

/// The files of a folder with pieces cut out of each, and something odd put in their place.
fn damaged(folder: &Path, cuts: &[(usize, usize)], odd: usize) -> BTreeMap<String, Vec<u8>> {
    const ODD: [&[u8]; 8] = [b"", b"\xff\xfe", b"\"", b"\r\n", b"null", b"[", b"\0", b"<!--"];
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
        let mut bytes = fs::read(entry.path()).unwrap();
        for (from, length) in cuts {
            let from = (*from).min(bytes.len());
            let until = (from + length).min(bytes.len());
            bytes.splice(from..until, ODD[odd].iter().copied());
        }
        (path, bytes)
    });
    files.collect()
}

/// A cState site of one entry.
fn one(entry: &str) -> Imported {
    site(&[("content/issues/2024-05-06-entry.md", entry)])
}

fn site(files: &[(&str, &str)]) -> Imported {
    let config = ("config.yml", "title: T\nbaseURL: https://s.example/\nparams:\n  systems:\n    - name: API\n");
    let files: BTreeMap<String, Vec<u8>> =
        [config].iter().chain(files).map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    let imported = cstate(&files, None);
    assert_eq!(errors(&imported), Vec::<String>::new());
    imported
}

fn text<'i>(imported: &'i Imported, path: &str) -> &'i str {
    let bytes = imported.files.get(path).unwrap_or_else(|| panic!("no {path} in {:?}", imported.files.keys()));
    std::str::from_utf8(bytes).unwrap()
}

fn noted(imported: &Imported, words: &str) -> bool {
    imported.notes.iter().any(|note| note.message.contains(words))
}

const FRONT: &str = "title: Slow\ndate: 2024-05-06 9:30:00\nresolved: true\nresolvedWhen: 2024-05-06T10:45:00-00:00\nseverity: disrupted\naffected:\n  - API\nsection: issue\n";

#[test]
fn tracked_updates_become_updates_oldest_first() {
    let imported = one(&format!(
        "---\n{FRONT}---\n*Resolved* - All is well. {{{{< track \"2024-05-06 10:45:00\" >}}}}\n\n*Odd* - We look. {{{{% track \"2024-05-06T10:00:00Z\" %}}}}\n\n*Investigating* - It is slow. {{{{< track \"2024-05-06 09:30\" >}}}}\n\n*Post-mortem* - A cable.\n"
    ));
    let expected = "---\ntitle: Slow\nupdates:\n  - at: 2024-05-06T09:30Z\n    status: investigating\n    components:\n      api: partial_outage\n    body: It is slow.\n  - at: 2024-05-06T10:00Z\n    status: investigating\n    body: \"*Odd* - We look.\"\n  - at: 2024-05-06T10:45Z\n    status: resolved\n    body: All is well.\n---\n\n*Post-mortem* - A cable.\n";
    assert_eq!(text(&imported, "content/incidents/2024/2024-05-06-entry.md"), expected);
    assert!(noted(&imported, "make a postmortem of it"));
}

#[test]
fn no_time_is_invented_for_an_update_between_the_first_and_the_last() {
    let imported = one(&format!(
        "---\n{FRONT}---\n[Final Message] -->\nFixed.\n\n[Update]\nFound it.\n\n[Initial message]\nSlow.\n"
    ));
    let expected = "  - at: 2024-05-06T10:45Z\n    status: resolved\n    body: |\n      [Update]\n      Found it.\n\n      [Final Message] -->\n      Fixed.\n---\n";
    assert!(text(&imported, "content/incidents/2024/2024-05-06-entry.md").ends_with(expected));
}

#[test]
fn an_entry_without_markers_is_told_when_it_began_and_resolved_when_it_ended() {
    let imported = one(&format!("---\n{FRONT}---\n\nSlow today.\n"));
    let expected = "    body: Slow today.\n  - at: 2024-05-06T10:45Z\n    status: resolved\n---\n";
    assert!(text(&imported, "content/incidents/2024/2024-05-06-entry.md").ends_with(expected));
}

#[test]
fn what_the_source_does_not_show_stays_internal() {
    for hidden in
        [FRONT.replace("section: issue", "draft: true\nsection: issue"), FRONT.replace("section: issue\n", "")]
    {
        let imported = one(&format!("---\n{hidden}---\nSecret.\n"));
        assert!(text(&imported, "content/incidents/2024/2024-05-06-entry.md").contains("\nvisibility: internal\n"));
        assert!(noted(&imported, "cState does not show this"));
    }
}

#[test]
fn hidden_comments_do_not_become_public() {
    let imported = one(&format!(
        "---\n{FRONT}who: me\n---\n<!-- [Closing message]\nThe vendor did it. -->\n[Initial message]\nSlow.\n"
    ));
    let file = text(&imported, "content/incidents/2024/2024-05-06-entry.md");
    assert!(file.contains("# A comment in the source: [Closing message]\n# The vendor did it.\n"), "{file}");
    assert!(file.contains("# cState: who: me\n"), "{file}");
    assert_eq!(file.matches("The vendor").count(), 1);
}

#[test]
fn planned_work_is_maintenance_whatever_its_severity() {
    let front = FRONT.replace("Slow", "Database upgrade").replace("disrupted", "down");
    let imported = one(&format!("---\n{front}---\n[Final]\nDone.\n[Initial]\nWe move.\n"));
    let expected = "---\ntitle: Database upgrade\nscheduled:\n  from: 2024-05-06T09:30Z\n  until: 2024-05-06T10:45Z\ncomponents:\n  - api\nupdates:\n  - at: 2024-05-06T10:45Z\n    status: completed\n    body: Done.\n---\n\nWe move.\n";
    assert_eq!(text(&imported, "content/maintenance/2024/2024-05-06-entry.md"), expected);
    assert!(noted(&imported, "`down`: ambiguous"));
    let outage = FRONT.replace("Slow", "Outage after the upgrade");
    assert_eq!(one(&format!("---\n{outage}---\nSlow.\n")).summary.incidents, 1);
}

#[test]
fn informational_entries_are_announcements() {
    let front = FRONT.replace("section", "informational: true\npin: true\nsection");
    let imported = one(&format!("---\n{front}---\nHello. {{{{< track \"2024-05-06 10:00:00\" >}}}}\n"));
    let expected = "---\ntitle: Slow\nfrom: 2024-05-06T09:30Z\nuntil: 2024-05-06T10:45Z\npinned: true\n# cState: affected: API\n---\n\nHello. (2024-05-06 10:00 UTC)\n";
    assert_eq!(text(&imported, "content/announcements/2024/2024-05-06-entry.md"), expected);
}

#[test]
fn odd_times_keep_the_updates_in_order() {
    let backwards = FRONT.replace("2024-05-06T10:45", "2024-05-01T10:45");
    let imported = one(&format!("---\n{backwards}---\n[Final]\nB.\n[Initial]\nA.\n"));
    assert!(noted(&imported, "lies before `date`"));
    let endless = FRONT.replace("resolvedWhen: 2024-05-06T10:45:00-00:00\n", "");
    assert!(noted(&one(&format!("---\n{endless}---\nA.\n")), "nothing says since when"));
    let open = FRONT.replace("resolved: true", "resolved: false");
    assert!(noted(&one(&format!("---\n{open}---\nA.\n")), "correct it if it goes on"));
    let late = format!(
        "---\n{FRONT}---\n**Update at 2024-05-06 11:00 UTC**\n\nOver since 10:45.\n\n**Initial message at 2024-05-06 09:45 UTC**\n\nA.\n"
    );
    let late = one(&late);
    let file = text(&late, "content/incidents/2024/2024-05-06-entry.md");
    assert!(
        file.contains("started: 2024-05-06T09:30Z\n") && file.contains("at: 2024-05-06T10:45Z\n    status: resolved\n"),
        "{file}"
    );
    let twice = "*Resolved* - A. {{< track \"2024-05-06 10:40\" >}}\n*Update* - B. {{< track \"2024-05-06 10:45\" >}}\n*Investigating* - C. {{< track \"2024-05-06 09:00\" >}}";
    let twice = one(&format!("---\n{FRONT}---\n{twice}\n"));
    assert_eq!(text(&twice, "content/incidents/2024/2024-05-06-entry.md").matches("status: resolved").count(), 1);
}

#[test]
fn front_matter_and_settings_in_each_form_of_hugo_say_the_same() {
    let keys = [("title", "Slow"), ("date", "2024-05-06T09:30:00Z"), ("severity", "disrupted"), ("section", "issue")];
    let all = |mark: &str| keys.map(|(key, value)| format!("{key}{mark}\"{value}\"\n")).concat();
    let yaml = format!("---\n{}resolved: false\naffected: [API]\n---\n*It* is slow.\n", all(": "));
    let json = keys.map(|(key, value)| format!("  \"{key}\": \"{value}\",\n")).concat();
    let forms = [
        format!("\u{feff}\n\n{yaml}"),
        format!("+++\n{}resolved = false\naffected = [\"API\"]\n+++\n*It* is slow.\n", all(" = ")),
        format!("{{\n{json}  \"resolved\": false,\n  \"affected\": [\"API\"]\n}}\n*It* is slow.\n"),
    ];
    let expected = one(&yaml);
    for form in forms {
        assert_eq!(one(&form).files, expected.files, "{form}");
    }
    let of = |path: &str, settings: &str| {
        let files = [(path, settings), ("content/issues/2024-05-06-entry.md", yaml.as_str())];
        let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into();
        let mut files = cstate(&files, None).files;
        // What has no place is kept as it stood, which is another text in each form.
        files.remove("content/site.yaml").map(|site| (String::from_utf8_lossy(&site).into_owned(), files))
    };
    let yaml = of(
        "config.yml",
        "title: T\ntimeZone: Europe/Berlin\nbaseURL: https://s.example/\nparams:\n  systems:\n    - name: API\n",
    );
    for (path, settings) in [
        (
            "hugo.toml",
            "title = \"T\"\ntimeZone = \"Europe/Berlin\"\nbaseURL = \"https://s.example/\"\n[params]\n[[params.systems]]\nname = \"API\"\n",
        ),
        (
            "config/_default/config.json",
            "{\"title\": \"T\", \"timeZone\": \"Europe/Berlin\", \"baseURL\": \"https://s.example/\", \"params\": {\"systems\": [{\"name\": \"API\"}]}}",
        ),
    ] {
        assert_eq!(of(path, settings), yaml, "{path}");
    }
}

#[test]
fn a_file_that_is_no_entry_is_kept_for_the_company() {
    let imported = site(&[
        ("content/issues/undated.md", "---\ntitle: When\nsection: issue\n---\nText.\n"),
        ("content/issues/toml.md", "+++\ntitle = \"x\"\n+++\n```\nText.\n"),
    ]);
    assert_eq!((imported.summary.entries, imported.summary.set_aside), (2, 2));
    for id in ["undated", "toml"] {
        let file = text(&imported, &format!("content/pages/{id}.md"));
        assert!(file.contains("audience: internal\n") && file.contains("Text."), "{file}");
    }
}

#[test]
fn settings_systems_pages_and_files_are_brought_over() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/cstate");
    let target = Scratch::new("whole");
    let imported = importer("cstate").import(&root, None, target.path()).unwrap();
    assert_eq!(errors(&imported), Vec::<String>::new());
    snapshot_whole("cstate", &imported);
    let again = importer("cstate").import(&root, None, target.path()).unwrap();
    assert_eq!(again, imported);
}

#[test]
fn nothing_of_anybody_is_written_over() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/cstate");
    let target = Scratch::new("occupied");
    let own = target.path().join("content/incidents/own.md");
    fs::create_dir_all(own.parent().unwrap()).unwrap();
    fs::File::create(&own).unwrap();
    assert!(
        matches!(importer("cstate").import(&root, None, target.path()), Err(ImportError::Occupied { path }) if path == own)
    );
    assert!(!target.path().join("content/site.yaml").exists());
    let empty = Scratch::new("empty");
    assert!(matches!(importer("cstate").import(empty.path(), None, target.path()), Err(ImportError::Nothing { .. })));
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn a_real_site_is_imported_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(REAL);
    if !root.is_dir() {
        eprintln!("skipped: {REAL} is not here");
        return;
    }
    let target = Scratch::new("real");
    let imported = importer("cstate").import(&root, None, target.path()).unwrap();
    assert_eq!(errors(&imported), Vec::<String>::new());
    let sources: Vec<PathBuf> = fs::read_dir(root.join("content/issues"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    let summary = imported.summary;
    assert_eq!(summary.entries, sources.len());
    assert_eq!(summary.incidents + summary.maintenance + summary.announcements + summary.set_aside, sources.len());
    assert_eq!(summary.set_aside, 0);
    for source in sources {
        assert_kept(&source, &imported);
    }
}

/// Every word of an entry's body stands in the file it became, or in the list of words that became keys.
fn assert_kept(source: &Path, imported: &Imported) {
    let stem = source.file_stem().unwrap().to_string_lossy().to_lowercase();
    let id: Vec<&str> = stem.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let ending = format!("/{}.md", id.join("-"));
    let (path, bytes) =
        imported.files.iter().find(|(path, _)| path.ends_with(&ending)).unwrap_or_else(|| panic!("{ending}"));
    let mut written = words(std::str::from_utf8(bytes).unwrap());
    let name = source.file_name().unwrap().to_string_lossy();
    let became_keys = imported.taken.iter().filter(|note| note.path.ends_with(&*name));
    written.extend(became_keys.flat_map(|note| words(&note.message)));
    let original = String::from_utf8(fs::read(source).unwrap()).unwrap();
    let body = original.splitn(3, "---\n").nth(2).unwrap();
    let lost: Vec<String> = words(body).into_iter().filter(|word| !written.contains(word)).collect();
    assert!(lost.is_empty(), "{path} lost {lost:?}");
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && *word != "strike")
        .map(str::to_owned)
        .collect()
}

/// Compares with a file of `tests/import/`, or writes it with `SNAPSHOTS=overwrite`.
fn snapshot(name: &str, actual: String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(name);
    let expected = snapbox::Data::read_from(&path, Some(snapbox::data::DataFormat::Text));
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(snapbox::Data::text(actual), expected.raw());
}

/// A folder of its own for a test, removed when the test is over.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        let path = std::env::temp_dir().join(format!("candor-import-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Scratch(path)
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Pieces that entries are made of, put together at random.
fn bodies() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "*Resolved* - over ",
        "*Odd words* - what ",
        "*Monitoring* - we look ",
        "*Update* - more ",
        "*Post-mortem* - why ",
        "*In progress* - now ",
        "[Final message] --> ",
        "[Initial message]",
        "[Update - 2024-05-06 11h00 UTC]",
        "**[edit]** x",
        "\n",
        "\n\n",
        "---",
        "```",
        "    ",
        "- ",
        "> ",
        "{{< track \"2024-05-06 10:00\" >}}",
        "{{% track \"2024-05-07T10:00:00Z\" %}}",
        "{{< track \"never\" >}}",
        "{{< ref \"x.md\" >}}",
        "[a](/b) ",
        "[a](b.md) ",
        "![p](https://x.example/p.png) ",
        "[a][r] ",
        "\n[r]: /gone\n",
        "<!-- c",
        "-->",
        "<br>",
        "<a href=\"/q\">",
        "</a>",
        "<div>",
        "https://x.example/y_z. ",
        "[j](javascript:k) ",
        "[e](/issues/2024-05-06-entry/) ",
        "words ",
        "\u{85}",
        "\t",
        "| a | b |\n|---|---|\n",
        "é",
        "\\",
        "`",
        "*",
        "_",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn whatever_an_entry_says_it_becomes_a_site_without_errors(
        body in bodies(),
        title in prop::sample::select(vec!["Slow", "Upgrade", "404", "\"a: b\"", ""]),
        severity in prop::sample::select(vec!["down", "notice", "odd", ""]),
        resolved in prop::sample::select(vec!["true", "false", "maybe"]),
        end in prop::sample::select(vec!["2024-05-06 12:00:00", "2024-05-01", "never", ""]),
        informational in any::<bool>(),
    ) {
        let keys = format!("title: {title}\nresolved: {resolved}\nresolvedWhen: {end}\nseverity: {severity}\ninformational: {informational}");
        let imported = one(&issue(&keys, &body));
        prop_assert_eq!(imported.summary.entries, 1);
        prop_assert_eq!(imported.summary.set_aside, 0);
    }
}

/// An issue of 6 May 2024 with these keys besides its date.
fn issue(keys: &str, body: &str) -> String {
    format!("---\ndate: 2024-05-06 9:30:00\n{keys}\naffected: [API, Other]\nsection: issue\n---\n{body}\n")
}

#[test]
fn a_link_in_a_line_that_begins_with_a_tab_or_is_defined_in_an_update_makes_no_error() {
    for body in ["\t[a](/b) ", "*Resolved* - over <br>\n[r]: /gone\n[a][r] "] {
        let imported =
            one(&issue("title: Slow\nresolved: true\nresolvedWhen: 2024-05-06 12:00:00\nseverity: down", body));
        assert_eq!((imported.summary.entries, imported.summary.set_aside), (1, 0), "{body}");
    }
}
