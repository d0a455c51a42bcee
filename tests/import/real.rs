//! Real histories, where they are at hand: what an import of them loses, changes the order of, and asks.

use std::path::Path;

use candor::document::{Document, Node};
use candor::import::{Imported, Weight};

use super::{Scratch, choices};
use crate::support::importer;

/// Names of importers, and what they read.
const INPUTS: [(&str, &str); 3] = [
    ("cstate", "../shared/data/jenkins-status"),
    ("postmortems", "../shared/data/dfds-postmortems"),
    ("statuspage", "../shared/data/statuspage"),
];

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so, and the figures are to be read")]
fn real_histories_lose_no_word_and_keep_their_order() {
    eprintln!("source: entries, texts left over, updates in another order, times doubtful, notes");
    for (format, path) in INPUTS {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        if !root.is_dir() {
            eprintln!("skipped: {path} is not here");
            continue;
        }
        let target = Scratch::new(&format!("real-{format}"));
        let imported = importer(format).import_with(&root, &choices(format), target.path()).expect("an import");
        let left = imported.notes.iter().filter(|note| note.message.contains("are not where they were")).count();
        let doubtful = imported.notes.iter().filter(|note| note.weight == Weight::Time).count();
        let moved = moved(&root, &imported);
        let (entries, notes) = (imported.summary.entries, imported.notes.len());
        eprintln!("{path}: {entries}, {left}, {}, {doubtful}, {notes}", moved.len());
        assert!(imported.lost.is_empty() && left == 0, "{path}: {:#?}", imported.lost);
        assert!(moved.is_empty(), "{path}: {moved:#?}");
    }
}

/// The entries whose updates stand neither in the order of their source nor in the reverse of it.
fn moved(root: &Path, imported: &Imported) -> Vec<String> {
    let mut moved = Vec::new();
    for (path, bytes) in imported.files.iter().filter(|(path, _)| path.starts_with("content/incidents/")) {
        let id = path.rsplit('/').next().unwrap_or_default();
        let Some(source) = source(root, id) else { continue };
        let document = Document::read(path, bytes).expect("a file that was written");
        let Some(Node::List(updates)) = value(document.root(), "updates") else { continue };
        let texts = updates.iter().filter_map(|update| match value(update, "body") {
            Some(Node::Text(text)) => text.split("\n\n").next().map(words),
            _ => None,
        });
        let places: Vec<usize> = texts.filter(|text| text.len() > 20).filter_map(|text| source.find(&text)).collect();
        if !places.is_sorted() && !places.iter().rev().is_sorted() {
            moved.push(format!("{path}: {places:?}"));
        }
    }
    moved
}

fn value<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let Node::Map(entries) = node else { return None };
    entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
}

/// The words of the cState entry that became the file of this name.
fn source(root: &Path, name: &str) -> Option<String> {
    let folder = std::fs::read_dir(root.join("content/issues")).ok()?;
    let of = |path: &Path| Some(words(path.file_stem()?.to_str()?).replace(' ', "-"));
    let id = name.strip_suffix(".md");
    let path = folder.filter_map(|entry| Some(entry.ok()?.path())).find(|path| of(path).as_deref() == id)?;
    Some(words(&String::from_utf8_lossy(&std::fs::read(path).ok()?)))
}

/// Words alone, in small letters, with a blank between them.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}
