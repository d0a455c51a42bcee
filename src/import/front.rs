//! Front matter with somebody else's keys, values and habits.

use super::Notes;
use super::front_comments::{FrontComment, comments};
use crate::document::{Document, Node, Step};
use crate::yaml;

/// The largest file in YAML that is read, in bytes: as large as content may be.
pub(super) const LARGEST: usize = 1024 * 1024;

/// Finding the place of a key reads the file again, so a mapping of more keys than this goes without.
const PLACED: usize = 1000;

/// Of so many repeated keys the lines are told.
const REPEATED: usize = 20;

/// Reads a file of YAML; says why if it cannot be read.
pub(super) fn open(path: &str, bytes: &[u8], notes: &mut Notes) -> Option<Document> {
    if bytes.len() > LARGEST {
        notes.add(path, None, "it is larger than 1 MiB, the most that Candor reads; not imported");
        return None;
    }
    let faults = match Document::read(path, bytes) {
        Ok(document) => return Some(document),
        Err(faults) => faults,
    };
    for fault in faults {
        let line = fault.place.map(|place| place.line);
        notes.add(path, line, format!("it cannot be read: {}; not imported", fault.message));
    }
    None
}

/// One mapping of a document, read leniently: Hugo does not mind the case of keys, nor quotes around
/// `true`.
pub(super) struct Front<'d> {
    document: &'d Document,
    entries: &'d [(String, Node)],
}

impl<'d> Front<'d> {
    /// The whole front matter; none if it is not a mapping.
    pub(super) fn of(document: &'d Document) -> Option<Front<'d>> {
        match document.root() {
            Node::Map(entries) => Some(Front { document, entries }),
            Node::Null => Some(Front { document, entries: &[] }),
            _ => None,
        }
    }

    /// Every key and value, in the order of the file.
    pub(super) fn entries(&self) -> &'d [(String, Node)] {
        self.entries
    }

    /// The value of `key`, unless it is empty.
    pub(super) fn get(&self, key: &str) -> Option<&'d Node> {
        let (_, node) = self.entries.iter().find(|(name, _)| name.eq_ignore_ascii_case(key))?;
        (*node != Node::Null).then_some(node)
    }

    /// The value of `key` as text, if it is no list and no mapping.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.get(key).and_then(scalar)
    }

    /// Whether `key` is true.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        flag(self.get(key)?)
    }

    /// The line on which `key` stands.
    pub(super) fn line(&self, key: &str) -> Option<usize> {
        if self.entries.len() > PLACED {
            return None;
        }
        let (name, _) = self.entries.iter().find(|(name, _)| name.eq_ignore_ascii_case(key))?;
        Some(self.document.place(&vec![Step::KeyItself(name.clone(), 0)]).line)
    }

    /// The comments between the keys, each with its line in the file.
    pub(super) fn comments(&self) -> Vec<FrontComment> {
        let parse = |text: &str| yaml::parse(text).ok().map(|parsed| parsed.root);
        let found = comments(self.document.front(), parse).into_iter();
        found.map(|found| FrontComment { line: self.document.line_of_front(found.line), ..found }).collect()
    }

    /// The keys that come twice, of which Candor's parser keeps the first.
    pub(super) fn repeated(&self) -> Vec<Repeated> {
        repeated(self.document)
    }
}

/// A key that stands a second time.
pub(super) struct Repeated {
    pub key: String,
    /// The key of the whole file in which it stands, if it is no such key itself.
    pub within: Option<String>,
    /// The line of the file.
    pub line: Option<usize>,
    /// The key and its value, as they stand there.
    pub text: String,
}

impl Repeated {
    /// What is said of it.
    pub(super) fn message(&self) -> String {
        format!("the key `{}` stands here a second time; the first one was taken", self.key)
    }

    /// Notes it in an entry, whose texts must not get lost: what stands there is a text of the source.
    pub(super) fn keep(&self, path: &str, above: usize, notes: &mut Notes) {
        let line = self.line.map(|line| line + above);
        notes.add(path, line, self.message());
        notes.source(path, line, self.text.split_once(':').map_or("", |(_, value)| value));
    }
}

/// The keys of a document that come twice, and the lines of the first of them: finding each reads the
/// file again.
pub(super) fn repeated(document: &Document) -> Vec<Repeated> {
    let named = document.repeated_keys().iter().enumerate().filter_map(|(index, path)| match path.last() {
        Some(Step::KeyItself(key, _)) => {
            let (line, text) = match index < REPEATED {
                true => (Some(document.place(path).line), document.block(path)),
                false => (None, String::new()),
            };
            let within = match path.first() {
                Some(Step::Key(first)) => Some(first.to_string()),
                _ => None,
            };
            Some(Repeated { key: key.clone(), within, line, text })
        }
        _ => None,
    });
    named.collect()
}

/// A value that is a word, a number or a text, as text; none if there is nothing in it.
pub(super) fn scalar(node: &Node) -> Option<String> {
    let text = match node {
        Node::Text(text) => text.trim().to_owned(),
        Node::Bool(value) => value.to_string(),
        Node::Int(value) => value.to_string(),
        Node::Float(value) => value.to_string(),
        Node::Null | Node::List(_) | Node::Map(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// A value that says yes or no.
pub(super) fn flag(node: &Node) -> Option<bool> {
    match node {
        Node::Bool(value) => Some(*value),
        Node::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" => Some(true),
            "false" | "no" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// The value of `key` in a mapping.
pub(super) fn child<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let Node::Map(entries) = node else { return None };
    entries.iter().find_map(|(name, node)| name.eq_ignore_ascii_case(key).then_some(node))
}

/// Any value on one line, for notes and comments.
pub(super) fn shown(node: &Node) -> String {
    match node {
        Node::Null => "(empty)".to_owned(),
        Node::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Node::Map(entries) => {
            let entries = entries.iter().map(|(key, node)| format!("{key}: {}", shown(node)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Node::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        other => scalar(other).unwrap_or_default(),
    }
}
