//! Nothing is lost: each text of the source must stand in what was written, word for word and in its order; that of a file
//! which became entries in those, since a short text may stand in others too. A text of which that cannot be shown is kept whole on an internal page, and a note says so.

use std::collections::BTreeSet;

use super::history::write;
use super::proof::{lost, visible};
use super::{Imported, Note, Weight};
use crate::document::{Document, Node};

/// A text of the source as it was read: a title, a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// The file that was read.
    pub path: String,
    /// What the entry that says it is called there, as of one in a list; empty if the file is the entry.
    pub entry: String,
    /// The line on which the text begins.
    pub line: Option<usize>,
    /// The text, without the words of it that became keys.
    pub text: String,
}

/// What is left over.
const PAGE: &str = "content/pages/left-over-texts.md";

/// Keeps every text of which a word is missing in the files, or stands in another order; says how many there were. What
/// cannot even be kept so is told as lost, with its place.
pub(super) fn keep_lost(imported: &mut Imported) -> usize {
    let written: Vec<WrittenFile> =
        imported.files.iter().filter_map(|(path, bytes)| WrittenFile::of(path, bytes)).collect();
    let (mut near, mut known) = (0, BTreeSet::new());
    let entries: BTreeSet<&str> = imported.made.values().flatten().map(String::as_str).collect();
    let none = BTreeSet::new();
    let missing: Vec<(SourceText, String)> = std::mem::take(&mut imported.sources)
        .into_iter()
        .filter(|source| known.insert((source.path.clone(), source.entry.clone(), source.text.clone())))
        .filter_map(|source| {
            // No entry that was made of others speaks for it, and none for an entry that was not made.
            let own = imported.made.get(&(source.path.clone(), source.entry.clone()));
            let own = own.or((!source.entry.is_empty()).then_some(&none));
            let may_hold =
                |file: &WrittenFile| own.is_none_or(|own| own.contains(&file.path) || !entries.contains(&*file.path));
            missing(&source.text, &written, &may_hold, &mut near).map(|words| (source, words))
        })
        .collect();
    let mut body = Vec::new();
    for (source, words) in &missing {
        let message =
            format!("its words from `{words}` on are not where they were; the text is kept whole in `{PAGE}`");
        let (path, line) = (source.path.clone(), source.line);
        imported.notes.push(Note { path, line, weight: Weight::Text, message });
        body.push(format!("`{}`\n\n{}", source.path.replace('`', "'"), write::fenced(source.text.as_bytes())));
    }
    let whole = body.join("\n\n");
    for (source, _) in &missing {
        if let Some(gone) = lost(&source.text, &whole) {
            let line = source.line.map_or(gone.line, |line| line + gone.line - 1);
            let message = format!("`{}` would be lost", gone.words);
            imported.lost.push(Note { path: source.path.clone(), line: Some(line), weight: Weight::Text, message });
        }
    }
    if whole.len() > write::LARGEST_TEXT {
        let (path, line) =
            missing.first().map_or_else(Default::default, |(source, _)| (source.path.clone(), source.line));
        // The page would be too large to be read again by Candor itself.
        let message = "more texts than a page can hold have no place".to_owned();
        imported.lost.push(Note { path, line, weight: Weight::Text, message });
    }
    if !body.is_empty() {
        let page = write::internal_page("Texts that the import could not place", &[], &whole);
        imported.files.insert(PAGE.to_owned(), page);
    }
    missing.len()
}

/// The first words of a text from which on it stands nowhere where it may.
fn missing(
    text: &str,
    written: &[WrittenFile],
    may_hold: &dyn Fn(&WrittenFile) -> bool,
    near: &mut usize,
) -> Option<String> {
    let seen = visible(text);
    paragraphs(&seen).into_iter().find_map(|paragraph| {
        let words = words(paragraph);
        // Texts and files come in much the same order, so the file of the last text is asked first.
        let (before, behind) = written.split_at((*near).min(written.len()));
        let is_there = |file: &WrittenFile| {
            // A cheap question first: of thousands of files few have the first words of a text at all.
            let is_near = words.iter().take(12).all(|word| file.words.contains(*word));
            is_near && may_hold(file) && lost(paragraph, &file.text).is_none()
        };
        let place = behind.iter().chain(before).position(is_there);
        let found = place.is_some();
        *near = place.map_or(*near, |place| (place + *near) % written.len().max(1));
        let first = || paragraph.split_whitespace().take(6).collect::<Vec<_>>().join(" ").replace('`', "'");
        (!found && paragraph.contains(char::is_alphanumeric)).then(first)
    })
}

/// The paragraphs of a text: updates may change their order, and what a paragraph says may not.
fn paragraphs(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut at) = (Vec::new(), 0, 0);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            found.push(&text[start..at]);
            start = at + line.len();
        }
        at += line.len();
    }
    found.push(&text[start..]);
    found.retain(|paragraph| !paragraph.trim().is_empty());
    found
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).collect()
}

/// The words of a file that was written.
struct WrittenFile {
    path: String,
    text: String,
    words: BTreeSet<String>,
}

impl WrittenFile {
    fn of(path: &str, bytes: &[u8]) -> Option<WrittenFile> {
        let is_content = path.starts_with("content/") && !path.starts_with("content/static/");
        let document = is_content.then(|| Document::read(path, bytes).ok())??;
        let mut text = String::new();
        gather(document.root(), &mut text);
        text.push_str(document.body());
        // What has no key is written as a comment, and is kept there as much as elsewhere.
        let front = String::from_utf8_lossy(bytes);
        for comment in front.lines().filter_map(|line| line.strip_prefix('#')) {
            text.push('\n');
            text.push_str(comment);
        }
        let words = words(&text).into_iter().map(str::to_owned).collect();
        Some(WrittenFile { path: path.to_owned(), text, words })
    }
}

fn gather(node: &Node, text: &mut String) {
    match node {
        Node::Text(value) => {
            text.push_str(value);
            text.push('\n');
        }
        Node::Int(value) => text.push_str(&format!("{value}\n")),
        Node::Float(value) => text.push_str(&format!("{value}\n")),
        Node::Bool(value) => text.push_str(&format!("{value}\n")),
        Node::Null => {}
        Node::List(items) => items.iter().for_each(|item| gather(item, text)),
        Node::Map(entries) => entries.iter().for_each(|(_, value)| gather(value, text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imported(file: &str, text: &str) -> Imported {
        let files = [("content/incidents/a.md".to_owned(), file.as_bytes().to_vec())].into();
        let source =
            SourceText { path: "old.md".to_owned(), entry: String::new(), line: Some(3), text: text.to_owned() };
        Imported { files, sources: vec![source], ..Imported::default() }
    }

    #[test]
    fn a_text_that_is_there_in_its_order_is_left_alone() {
        for text in [
            "It **broke** at 08:30.\n\nThen it worked.",
            "Then it worked.\n\nIt broke at 8:30.",
            "Then it worked.\n \nIt broke at 8:30.",
            "a hidden word",
        ] {
            let file = "---\ntitle: \"It \\\"broke\\\"\\nat 8:30.\"\n# a hidden\n# word\n---\nThen it [worked](/x).\n";
            let mut imported = imported(file, text);
            assert_eq!((keep_lost(&mut imported), imported.files.len()), (0, 1), "{text}");
        }
    }

    #[test]
    fn a_short_text_that_another_entry_has_too_is_missed_in_its_own() {
        let both = |made: &[(&str, &str)]| {
            let mut imported = imported("---\ntitle: Fixed.\n---\n", "Fixed.");
            imported.files.insert("content/incidents/b.md".to_owned(), b"---\ntitle: Slow\n---\n".to_vec());
            let path = |name: &str| format!("content/incidents/{name}.md");
            imported.made =
                made.iter().map(|(of, name)| (((*of).to_owned(), String::new()), [path(name)].into())).collect();
            keep_lost(&mut imported)
        };
        assert_eq!(both(&[]), 0, "where nobody knows what became of a file");
        assert_eq!(both(&[("old.md", "a"), ("other.md", "b")]), 0);
        assert_eq!(both(&[("old.md", "b"), ("other.md", "a")]), 1, "`a` speaks for `other.md` alone");
        assert_eq!(both(&[("old.md", "b")]), 0, "`a` is no entry of another file");
    }

    #[test]
    fn a_short_text_that_another_entry_of_its_file_has_too_is_missed_in_its_own() {
        let missed = |made: &[(&str, &str)]| {
            let mut imported = imported("---\ntitle: Fixed.\n---\n", "Fixed.");
            "#1".clone_into(&mut imported.sources[0].entry);
            imported.files.insert("content/incidents/b.md".to_owned(), b"---\ntitle: Slow\n---\n".to_vec());
            let key = |entry: &str| ("old.md".to_owned(), entry.to_owned());
            let path = |name: &str| format!("content/incidents/{name}.md");
            imported.made = made.iter().map(|(entry, name)| (key(entry), [path(name)].into())).collect();
            keep_lost(&mut imported)
        };
        assert_eq!(missed(&[("#1", "a"), ("#2", "b")]), 0);
        assert_eq!(missed(&[("#1", "b"), ("#2", "a")]), 1, "`a` speaks for `#2` alone");
        assert_eq!(missed(&[("#2", "a")]), 1, "nothing was made of `#1`");
    }

    #[test]
    fn a_text_of_which_a_word_is_gone_is_kept_whole() {
        for text in ["It broke twice.", "broke It", "OK"] {
            let mut imported = imported("---\ntitle: It broke\n---\n", text);
            assert_eq!(keep_lost(&mut imported), 1, "{text}");
            let page = String::from_utf8(imported.files[PAGE].clone()).unwrap();
            assert!(page.contains("audience: internal\n") && page.contains(text), "{page}");
            assert_eq!((imported.notes[0].line, imported.notes[0].weight), (Some(3), Weight::Text));
        }
    }
}
