//! Holds the schemas to the program: a validator that others wrote reads every file by them and must agree
//! with `check`, file by file and, for every key, value by value.

mod agreement;
mod files;

use std::sync::LazyLock;

use candor::diagnostic::{Code, Diagnostic};
use candor::document::{Document, Node};
use candor::keys::{EntryKind, Kind};
use candor::validate::{self, Frame};
use jsonschema::Validator;
use serde_json::Value;

use crate::support;

/// Faults that lie in one value and need nothing else to be seen. Where one is reported the schema must refuse.
const OF_ONE_VALUE: [Code; 17] = [
    Code::UnknownKey,
    Code::MissingKey,
    Code::WrongType,
    Code::UnknownStatus,
    Code::UnknownImpact,
    Code::UnknownWord,
    Code::TimeWithoutOffset,
    Code::MalformedTime,
    Code::YearOutOfRange,
    Code::EmptyTitle,
    Code::EmptyBody,
    Code::EmptyList,
    Code::InvalidDuration,
    Code::InvalidUrl,
    Code::OutOfRange,
    Code::InvalidColour,
    Code::InvalidId,
];

fn validator(kind: Kind) -> Validator {
    let schema: Value = serde_json::from_str(&candor::schema::schema(kind)).expect("JSON");
    assert!(jsonschema::meta::is_valid(&schema), "{schema:#}");
    jsonschema::draft7::new(&schema).expect("a schema")
}

/// What `candor check` says of one file by itself.
fn faults(kind: Kind, path: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    static SITE: LazyLock<Frame> =
        LazyLock::new(|| validate::site("content/site.yaml", support::SITE.as_bytes()).frame.expect("a sound site"));
    match kind {
        Kind::Site => validate::site(path, bytes).faults,
        Kind::Capacity => validate::capacity(path, bytes, Some(&SITE)).faults,
        Kind::Entry(EntryKind::Incident) => validate::incident(path, bytes, Some(&SITE)).faults,
        Kind::Entry(EntryKind::Maintenance) => validate::maintenance(path, bytes, Some(&SITE)).faults,
        Kind::Entry(EntryKind::Announcement) => validate::announcement(path, bytes, Some(&SITE)).faults,
        Kind::Entry(EntryKind::Page) => validate::page(path, bytes, Some(&SITE)).faults,
        Kind::Entry(EntryKind::Template) => template_faults(path, bytes),
        Kind::Entry(EntryKind::Postmortem) => validate::postmortem(path, bytes, Some(&SITE)).faults,
    }
}

/// A template has its text below its keys, which are all that a schema sees.
fn template_faults(path: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    match path.strip_suffix(".yaml") {
        None => validate::template(path, bytes).faults,
        Some(stem) => {
            let text = [b"---\n", bytes, b"\n---\nText.\n"].concat();
            validate::template(&format!("{stem}.md"), &text[..]).faults
        }
    }
}

/// The kind of the file at this path of a site.
fn kind_of(path: &str) -> Option<Kind> {
    let path = path.strip_prefix("content/")?;
    let is_read = path.ends_with(".md") || path.ends_with(".yaml");
    Kind::ALL.into_iter().filter(|_| is_read).find(|kind| match kind.folder() {
        None => path == format!("{}.yaml", kind.word()),
        Some(folder) => path.starts_with(&format!("{folder}/")),
    })
}

/// The front matter, if it can be read at all.
fn front(path: &str, bytes: &[u8]) -> Option<Value> {
    Document::read(path, bytes).ok().map(|document| json(document.root()))
}

fn json(node: &Node) -> Value {
    match node {
        Node::Null => Value::Null,
        Node::Bool(value) => (*value).into(),
        Node::Int(value) => (*value).into(),
        Node::Float(value) => (*value).into(),
        Node::Text(value) => value.as_str().into(),
        Node::List(items) => items.iter().map(json).collect(),
        Node::Map(entries) => entries.iter().map(|(key, value)| (key.clone(), json(value))).collect(),
    }
}
