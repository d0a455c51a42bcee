//! One reader of times: the same words are the same instant in every importer, and what is no time is a question in all.

#![expect(clippy::disallowed_methods, reason = "the tests write files as whoever imports does")]

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use regex::Regex;

use super::Scratch;
use super::whole::ZONELESS;
use crate::support::importer;

/// How times stand in the files of [`ZONELESS`].
static STATED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#""?2024[-/]05[-/]06[ T]10:00(:00)?"?"#).expect("a fixed pattern"));

static WRITTEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z").expect("a fixed pattern"));

/// Files that name a time at another place than a key of an entry.
const OTHERS: [(&str, &str, &str); 3] = [
    ("postmortems", "2024-05-08-slow.md", "---\nstarted: 2024-05-06 10:00\n---\n# Slow\n\n## Summary\n\nSlow.\n"),
    (
        "cstate",
        "content/issues/a.md",
        "---\ntitle: Slow\ndate: 2024-05-06T07:00:00Z\nseverity: down\nresolved: false\n---\n*Investigating 2024-05-06 10:00* - Slow.\n\n*Monitoring 2024-05-09 10:00 UTC* - Better.\n",
    ),
    (
        "statusfy",
        "content/a.md",
        "---\ntitle: Slow\ndate: 2024-05-06T07:00:00Z\nseverity: major-outage\nresolved: false\n---\nSlow.\n\n::: update Update | 2024-05-06 10:00\nSlow.\n:::\n",
    ),
];

/// Times, and the instants that they are.
const TIMES: [(&str, &str); 11] = [
    ("2024-05-06 10:00", "2024-05-06T10:00Z"),
    ("2024-05-06T10:00:30+02:00", "2024-05-06T08:00:30Z"),
    ("2024-05-06T10:00-03:00", "2024-05-06T13:00Z"),
    ("2024-05-06 10:00:00 +0200 CEST", "2024-05-06T08:00Z"),
    ("2024-05-06 10:00 CEST", "2024-05-06T08:00Z"),
    ("2024-05-06 10:00 PST", "2024-05-06T17:00Z"),
    ("2024-05-06 3:30 PM", "2024-05-06T15:30Z"),
    ("2024-05-06 15:30 PM", "2024-05-06T15:30Z"),
    ("2024-05-06 24:00", "2024-05-07T00:00Z"),
    ("6 May 2024, 10.00 Uhr", "2024-05-06T10:00Z"),
    ("May 6, 2024 10:00 (GMT-3)", "2024-05-06T13:00Z"),
];

/// What looks like a time and says none.
const QUESTIONS: [&str; 7] = [
    "2024-05-06T015:00",
    "2024-05-06 15:00 AM",
    "2024-05-06 25:00",
    "2024-05-06 10:00:61",
    "2024-05-06 10:00 QQQ",
    "2024-05-06 10:00 IST",
    "2024-02-30 10:00",
];

/// The instants that an import writes of a file with such a time.
fn instants(format: &str, path: &str, text: &str, time: &str) -> BTreeSet<String> {
    let source = Scratch::new("times-source");
    let file = source.path().join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    // Planned work ends after each of the times.
    let text = text.replace("2024-05-06T13:00:00", "2024-05-09T13:00:00");
    let is_bare = format == "upptime" || text.contains("* - Slow") || text.contains(":::");
    let quoted = if is_bare { time.to_owned() } else { format!("\"{time}\"") };
    fs::write(file, STATED.replace(&text, quoted).as_bytes()).unwrap();
    let target = Scratch::new("times-target");
    let Ok(imported) = importer(format).import(source.path(), None, target.path()) else {
        return BTreeSet::new();
    };
    let texts = imported.files.iter().filter(|(path, _)| path.ends_with(".md"));
    let texts = texts.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect::<Vec<_>>();
    texts.iter().flat_map(|text| WRITTEN.find_iter(text)).map(|found| found.as_str().to_owned()).collect()
}

#[test]
fn the_same_words_are_the_same_instant_in_every_importer() {
    for (format, path, text) in ZONELESS.into_iter().chain(OTHERS) {
        let none = instants(format, path, text, "soon");
        for (time, expected) in TIMES {
            let found = instants(format, path, text, time);
            assert!(found.contains(expected), "{format}: `{time}` is {found:?}");
            assert!(!none.contains(expected), "{format}: {expected} is there without it");
        }
        for time in QUESTIONS {
            assert_eq!(instants(format, path, text, time), none, "{format}: `{time}` is no time");
        }
    }
}
