//! Words of the source stand in what is written, however the source was mutilated before: lines are gone, come twice or
//! in another order, zones have other names, and dates, emphasis and shortcodes stand in the middle of sentences.
//! This asks for words of its own, which it hides in the texts, and trusts no list of the importers.

#![expect(clippy::disallowed_methods, reason = "the tests edit files as whoever imports does")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::{LazyLock, OnceLock};

use candor::import::Imported;
use proptest::prelude::*;
use proptest::sample::Index;
use regex::Regex;

use super::{INPUTS, Scratch, choices, folder, sound};
use crate::support::{cases, importer};

/// The files of a folder as lines, and the places of words in them that an import brings over.
struct Input {
    files: BTreeMap<String, Vec<String>>,
    spots: Vec<Spot>,
    /// Notes of the files as they are.
    notes: BTreeSet<(String, String)>,
}

/// A place between two words of a text.
#[derive(Clone, Debug)]
struct Spot {
    path: String,
    line: usize,
    column: usize,
}

/// Text in JSON or YAML: the value of a key of texts, on one line and without an escape.
static VALUE: LazyLock<Regex> = LazyLock::new(|| {
    let keys = "message|body|description|title|name|postmortem_body";
    let value = r#"(?:"([^"\\]{8,})"|([A-Za-z][^"\\:#]{8,})$)"#;
    Regex::new(&format!(r#"(?:"(?:{keys})"\s*:\s*|^\s*(?:- )?(?:{keys}):\s+){value}"#)).expect("a fixed pattern")
});

static ZONES: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"UTC|CET|GMT|\+00:00|Z\b").expect("a fixed pattern"));

/// What zones are called instead.
const ZONE_WORDS: [&str; 6] = ["UTC", "CEST", "IST", "QQQ", "+05:30", ""];

/// What is put into sentences.
const PIECES: [&str; 12] = [
    "{{< track '2024-05-06 10:00' >}}",
    "*Resolved* -",
    "**10:05**",
    "2024-05-06",
    "[10:00]",
    "7:32 PM IST",
    "11.57 Uhr",
    "<b>",
    "</td>",
    "<!-- c -->",
    "| x |",
    "_",
];

/// Why an import may keep no word of a text: nobody can read the file, or the system itself showed nobody the text.
const EXCUSES: [&str; 9] = [
    "it is no JSON",
    "neither JSON",
    "it cannot be read",
    "the settings",
    "no configuration of Gatus",
    "no `version`",
    "pull requests among",
    "labelled neither",
    // The tables of a host hold the pages of other customers as well.
    "belongs to no report of this page",
];

/// What is done to a file.
#[derive(Clone, Debug)]
enum Blow {
    Delete(Index),
    Duplicate(Index),
    Swap(Index, Index),
    Zone(Index, usize),
    Piece(Index, usize),
    Windows,
    Mark,
}

fn blow() -> impl Strategy<Value = Blow> {
    let line = any::<Index>;
    prop_oneof![
        line().prop_map(Blow::Delete),
        line().prop_map(Blow::Duplicate),
        (line(), line()).prop_map(|(a, b)| Blow::Swap(a, b)),
        (line(), 0..ZONE_WORDS.len()).prop_map(|(at, word)| Blow::Zone(at, word)),
        (line(), 0..PIECES.len()).prop_map(|(at, piece)| Blow::Piece(at, piece)),
        (line(), 0..PIECES.len()).prop_map(|(at, piece)| Blow::Piece(at, piece)),
        Just(Blow::Windows),
        Just(Blow::Mark),
    ]
}

fn inputs() -> &'static [Input] {
    static ALL: OnceLock<Vec<Input>> = OnceLock::new();
    ALL.get_or_init(|| INPUTS.iter().map(|(format, name)| input(format, name)).collect())
}

fn input(format: &str, name: &str) -> Input {
    let files: BTreeMap<String, Vec<String>> = super::damaged(&folder(name), &[], 0)
        .into_iter()
        .filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes).ok()?)))
        .map(|(path, text)| (path, text.replace("\r\n", "\n").lines().map(str::to_owned).collect()))
        .collect();
    let imported = import(format, name, &files, &[]).expect("the files as they are");
    let written = said(&imported);
    let spots: Vec<Spot> = files.iter().flat_map(|(path, lines)| spots(path, lines, &written)).collect();
    assert!(!spots.is_empty(), "{name} has no text");
    Input { files, spots, notes: noted(&imported) }
}

/// Everything that was written, and listed.
fn said(imported: &Imported) -> String {
    let files = imported.files.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let listed = imported.notes.iter().chain(&imported.taken).map(|note| note.message.clone());
    files.chain(listed).collect::<Vec<_>>().join("\n")
}

fn noted(imported: &Imported) -> BTreeSet<(String, String)> {
    imported.notes.iter().map(|note| (note.path.clone(), note.message.clone())).collect()
}

/// The places between the words of those texts of a file that are written somewhere.
fn spots(path: &str, lines: &[String], written: &str) -> Vec<Spot> {
    let is_text = [".md", ".erb", ".txt"].iter().any(|ending| path.ends_with(ending)) || !path.contains('.');
    let fences: Vec<usize> = (0..lines.len()).filter(|line| lines[*line].starts_with("---")).collect();
    let body = if lines.first().is_some_and(|line| line.starts_with("---")) {
        fences.get(1).map_or(0, |end| end + 1)
    } else {
        0
    };
    let mut found = Vec::new();
    for (line, text) in lines.iter().enumerate() {
        let range = if is_text {
            (line >= body).then_some(0..text.len())
        } else {
            VALUE.captures(text).and_then(|found| found.get(1).or(found.get(2))).map(|value| value.range())
        };
        let Some(range) = range else { continue };
        let pairs = text[range.clone()].match_indices(' ').map(|(at, _)| range.start + at);
        found.extend(pairs.filter(|at| is_between_words(text, *at, written)).map(|column| Spot {
            path: path.to_owned(),
            line,
            column: column + 1,
        }));
    }
    found
}

/// Whether words stand on both sides of a blank, and are written so with what is around them.
fn is_between_words(text: &str, at: usize, written: &str) -> bool {
    let before = text[..at].rsplit(' ').next().unwrap_or_default();
    let behind = text[at + 1..].split([' ', '"']).next().unwrap_or_default();
    let is_word = |word: &str| word.len() > 2 && word.chars().all(char::is_alphabetic);
    let around = |side: &[&str]| side.join(" ");
    let (left, right): (Vec<&str>, Vec<&str>) = (
        text[..at].split(['"', '\'']).next_back().unwrap_or_default().split(' ').collect(),
        text[at + 1..].split(['"', '\'']).next().unwrap_or_default().split(' ').take(4).collect(),
    );
    let left = &left[left.len().saturating_sub(4)..];
    let whole = format!("{} {}", around(left), around(&right));
    is_word(before) && is_word(behind) && written.contains(whole.trim())
}

/// What an import makes of the files; none if it refuses them.
fn import(format: &str, name: &str, files: &BTreeMap<String, Vec<String>>, ends: &[Blow]) -> Option<Imported> {
    let (from, to) =
        (Scratch::new(&format!("mutated-{format}-{}", name.replace(['/', '.'], "-"))), Scratch::new("mutated"));
    let end = if ends.iter().any(|blow| matches!(blow, Blow::Windows)) { "\r\n" } else { "\n" };
    let mark = if ends.iter().any(|blow| matches!(blow, Blow::Mark)) { "\u{feff}" } else { "" };
    for (path, lines) in files {
        let path = from.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("{mark}{}{end}", lines.join(end))).unwrap();
    }
    match importer(format).rehearse(from.path(), &choices(format), to.path()) {
        Ok((imported, _)) => Some(imported),
        Err(candor::import::ImportError::Lost { places }) => panic!("{places:#?}"),
        Err(_) => None,
    }
}

fn strike(lines: &mut Vec<String>, blow: &Blow) {
    if lines.is_empty() {
        return;
    }
    let at = |index: &Index| index.index(lines.len());
    match blow {
        Blow::Delete(index) => {
            let at = at(index);
            lines.remove(at);
        }
        Blow::Duplicate(index) => {
            let at = at(index);
            lines.insert(at, lines[at].clone());
        }
        Blow::Swap(one, other) => {
            let (one, other) = (at(one), at(other));
            lines.swap(one, other);
        }
        Blow::Zone(index, word) => {
            let at = at(index);
            lines[at] = ZONES.replace_all(&lines[at], ZONE_WORDS[*word]).into_owned();
        }
        Blow::Piece(index, piece) => {
            let at = at(index);
            let blank = lines[at].match_indices(' ').map(|(at, _)| at).nth(2);
            if let Some(blank) = blank {
                lines[at].insert_str(blank, &format!(" {}", PIECES[*piece]));
            }
        }
        Blow::Windows | Blow::Mark => {}
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn no_word_is_lost(
        which in 0..INPUTS.len(),
        words in prop::collection::vec(any::<Index>(), 1..6),
        blows in prop::collection::vec((any::<Index>(), blow()), 0..8),
    ) {
        let (format, name) = INPUTS[which];
        let Input { files, spots, notes } = &inputs()[which];
        let mut files = files.clone();
        let chosen: Vec<&Spot> = words.iter().map(|index| index.get(spots)).collect();
        let mut hidden: BTreeMap<(&str, usize, usize), String> = BTreeMap::new();
        for (number, spot) in chosen.into_iter().enumerate() {
            hidden.insert((&spot.path, spot.line, spot.column), format!("qzw{number}vk"));
        }
        // From behind, so that places before it stay where they are; several files may tell the same.
        for ((path, line, column), word) in hidden.iter().rev() {
            let old = files[*path][*line].clone();
            let (from, behind) = old.split_at(*column);
            let (from, until) = (from.rfind('"').map_or(0, |at| at + 1), behind.find('"').map_or(old.len(), |at| column + at));
            let new = format!("{}{word} {}", &old[from..*column], &old[*column..until]);
            for line in files.values_mut().flatten() {
                *line = line.replace(&old[from..until], &new);
            }
        }
        // Half of them strike a file with a word in it.
        let paths: Vec<String> = files.keys().cloned().collect();
        let marked: Vec<&str> = hidden.keys().map(|(path, ..)| *path).collect();
        for (number, (index, blow)) in blows.iter().enumerate() {
            let path = if number % 2 == 0 { *index.get(&marked) } else { index.get(&paths) };
            strike(files.get_mut(path).unwrap(), blow);
        }
        let ends: Vec<Blow> = blows.into_iter().map(|(_, blow)| blow).collect();
        let Some(imported) = import(format, name, &files, &ends) else { return Ok(()) };
        let written = said(&imported);
        let new = noted(&imported);
        for ((path, ..), word) in &hidden {
            let is_there = files[*path].iter().any(|line| line.contains(word));
            // A file that cannot be read any more is named, with its place, and so is what the system itself did not show.
            let is_named = new.difference(notes).any(|(of, note)| of == path && EXCUSES.iter().any(|why| note.contains(why)));
            let lines: Vec<&String> = files[*path].iter().filter(|line| line.contains(word)).collect();
            prop_assert!(!is_there || is_named || written.contains(word), "{word} of {path}: {lines:#?}");
        }
        if imported.files.values().all(|bytes| std::str::from_utf8(bytes).is_ok()) {
            sound(&imported);
        }
    }
}
