//! Where in the source a text stands that became public.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::needle::Needle;
use super::reading::{Escapes, Reading};
use crate::diagnostic::Place;
use crate::document::{Document, Node, Path, Step, stem_of};
use crate::model::{Site, Visibility};
use crate::source::Source;

const SETTINGS: &str = "content/site.yaml";

/// How many places of one text are told of a file.
const MOST: usize = 50;

/// The files from which public pages are made. They are read when the first leak is found.
pub(super) struct Origins {
    source: Source,
    /// Paths of internal entries without their endings.
    internal: BTreeSet<String>,
    read: OnceLock<Vec<File>>,
    found: Mutex<BTreeMap<Needle, Vec<Place>>>,
}

struct File {
    path: String,
    reading: Reading,
    escapes: Escapes,
    /// From here on a `#` begins no comment.
    body: usize,
    /// What of it is published.
    public: Range<usize>,
    /// Lines that places hold: one may be as long as the file, and have many of them.
    lines: Mutex<BTreeMap<usize, Arc<str>>>,
}

impl Origins {
    pub(super) fn new(site: &Site, source: &Source) -> Origins {
        let incidents = site.incidents.iter().filter(|record| record.visibility == Visibility::Internal);
        let pages = site.pages.iter().filter(|record| record.audience == Visibility::Internal);
        let incidents = incidents.map(|record| format!("incidents/{}", record.incident.id));
        let internal = incidents.chain(pages.map(|record| format!("pages/{}", record.page.id))).collect();
        Origins { source: source.clone(), internal, read: OnceLock::new(), found: Mutex::default() }
    }

    /// Every place of a text. Pages ask for the same text again and again.
    pub(super) fn places(&self, needle: &Needle) -> Vec<Place> {
        // Each entry is added whole, so that what is there is right after a panic too.
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.entry(needle.clone()).or_insert_with(|| self.find(needle)).clone()
    }

    fn find(&self, needle: &Needle) -> Vec<Place> {
        let (mut places, mut comments) = (Vec::new(), Vec::new());
        for file in self.files() {
            if needle.is_in(&file.path) {
                places.push(Place::file(&*file.path));
            }
            for span in self.spans(file, needle).take(MOST) {
                let place = self.place(file, span.clone());
                // Nobody publishes a comment: it is named only where nothing else explains the leak.
                let is_comment = span.start < file.body && place.text.trim_start().starts_with('#');
                if is_comment { comments.push(place) } else { places.push(place) }
            }
        }
        places.extend(self.settings(needle));
        if places.is_empty() { comments } else { places }
    }

    fn files(&self) -> &[File] {
        self.read.get_or_init(|| {
            let files = ["content/", "themes/"].into_iter().flat_map(|top| self.source.under(top));
            files.filter(|(path, _)| self.is_public(path)).map(|(path, bytes)| File::read(path, bytes)).collect()
        })
    }

    fn is_public(&self, path: &str) -> bool {
        let kind = path.split('/').nth(1).unwrap_or_default();
        let is_of_wiki =
            path.starts_with("content/internal/") || (path.starts_with("themes/") && path.contains("/wiki/"));
        path != SETTINGS && !is_of_wiki && !self.internal.contains(&format!("{kind}/{}", stem_of(path)))
    }

    fn bytes(&self, path: &str) -> &[u8] {
        self.source.get(path).map_or(&[], |bytes| bytes)
    }

    /// Where a text stands in a file.
    fn spans<'t>(&'t self, file: &'t File, needle: &'t Needle) -> impl Iterator<Item = Range<usize>> + 't {
        let found = needle.find(&file.reading, self.bytes(&file.path), file.escapes);
        let spans = found.map(|at| file.reading.origin(at..at + needle.folded.len()));
        spans.filter(|span| file.public.contains(&span.start))
    }

    /// A piece of a file as a place: its first line.
    fn place(&self, file: &File, span: Range<usize>) -> Place {
        let bytes = self.bytes(&file.path);
        let line = bytes[..span.start].iter().filter(|byte| **byte == b'\n').count() + 1;
        let begin = bytes[..span.start].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let end = bytes[begin..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| begin + end);
        let characters = |from: usize, until: usize| String::from_utf8_lossy(&bytes[from..until]).chars().count();
        let text = file.line(begin, &bytes[begin..end]);
        let length = characters(span.start, span.end.min(end).max(span.start)).max(1);
        Place { path: file.path.clone(), line, column: characters(begin, span.start) + 1, length, text }
    }

    /// Names and descriptions in the settings, which also hold what must not become public.
    fn settings(&self, needle: &Needle) -> Vec<Place> {
        let Some((path, bytes)) = self.source.entry(SETTINGS) else { return Vec::new() };
        let Ok(document) = Document::read(path, bytes) else { return Vec::new() };
        let mut values = Vec::new();
        public_texts(document.root(), &mut Path::new(), &mut values);
        let file = File::read(path, bytes);
        let all: Vec<Place> = self.spans(&file, needle).take(MOST).map(|span| self.place(&file, span)).collect();
        let values = values.into_iter().filter(|(_, text)| needle.is_in(text)).take(MOST);
        let places = values.map(|(path, _)| {
            let value = document.place(&path);
            let inside = all.iter().find(|place| (place.line, place.column) >= (value.line, value.column));
            inside.cloned().unwrap_or(value)
        });
        places.collect()
    }
}

impl File {
    fn read(path: &str, bytes: &[u8]) -> File {
        let escapes = if path.ends_with(".json") { Escapes::Json } else { Escapes::Markup };
        let document = is_entry(path).then(|| Document::read(path, bytes).ok()).flatten();
        let body = document.as_ref().map_or(0, |document| bytes.len() - document.body().len());
        let public = match document {
            Some(document) if path.starts_with("content/postmortems/") => external_message(&document, body),
            _ => 0..bytes.len(),
        };
        let reading = Reading::of(bytes, escapes);
        File { path: path.to_owned(), reading, escapes, body, public, lines: Mutex::default() }
    }

    /// The line that begins at this byte, as a place holds it.
    fn line(&self, begin: usize, bytes: &[u8]) -> Arc<str> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let line = lines.entry(begin).or_insert_with(|| String::from_utf8_lossy(bytes).trim_end().into());
        Arc::clone(line)
    }
}

fn is_entry(path: &str) -> bool {
    path.starts_with("content/") && !path.starts_with("content/static/")
}

/// The only section of a postmortem that may be published, if it is; `body` is where the sections begin.
fn external_message(document: &Document, body: usize) -> Range<usize> {
    let is_published = |(key, value): &(String, Node)| key == "publish" && *value == Node::Bool(true);
    let is_published = matches!(document.root(), Node::Map(entries) if entries.iter().any(is_published));
    let mut section = body..body;
    let (mut at, mut is_inside) = (body, false);
    for line in document.body().split_inclusive('\n') {
        if let Some(heading) = line.strip_prefix("## ") {
            is_inside = is_published && heading.trim().eq_ignore_ascii_case("external message");
        } else if is_inside {
            section = if section.is_empty() { at..at + line.len() } else { section.start..at + line.len() };
        }
        at += line.len();
    }
    section
}

/// The texts of the settings that public pages print, with their paths.
fn public_texts<'n>(node: &'n Node, path: &mut Path, texts: &mut Vec<(Path, &'n str)>) {
    const PRINTED: [&str; 6] = ["name", "description", "url", "groups", "components", "group"];
    match node {
        Node::Map(entries) => {
            for (key, value) in entries.iter().filter(|(key, _)| PRINTED.contains(&key.as_str())) {
                path.push(Step::Key(key.clone().into()));
                public_texts(value, path, texts);
                path.pop();
            }
        }
        Node::List(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(Step::Index(index));
                public_texts(item, path, texts);
                path.pop();
            }
        }
        Node::Text(text) => texts.push((path.clone(), text)),
        _ => {}
    }
}
