//! What the settings of the source have since the last import, where somebody edited ours: a component or a group more
//! is added where that is certain, and otherwise told as lines to paste. Nothing of what somebody wrote changes.

use std::collections::{BTreeMap, BTreeSet};

use super::digest::digest;
use super::{Note, Weight};
use crate::author::append_items;
use crate::document::{Document, Node};
use crate::yaml::write;

/// The file of the settings.
pub(super) const SETTINGS: &str = "content/site.yaml";

/// Lists to which an item may be added; groups first, since components name them.
const LISTS: [&str; 2] = ["groups", "components"];

/// What the piece of all comments is called.
const COMMENTS: &str = "comments";

/// Settings, piece by piece.
pub(super) struct Settings {
    root: Vec<(String, Node)>,
    /// Comments at the margin: there an import keeps what has no key.
    comments: String,
}

/// What is otherwise than at the last import.
pub(super) struct Since<'s> {
    /// The digests of the pieces of then; none if the settings of the source are the same.
    pub known: Option<&'s BTreeMap<String, String>>,
    /// Components that entries name which are written now.
    pub named: BTreeSet<String>,
}

/// What somebody's settings became.
pub(super) struct Added {
    /// The file with what was added; none if nothing was.
    pub bytes: Option<Vec<u8>>,
    /// What was added, and what could not be.
    pub notes: Vec<Note>,
    /// Whether the source has changed what is otherwise here.
    pub is_disputed: bool,
}

impl Settings {
    /// Those of a file that an import made.
    pub(super) fn of(bytes: &[u8]) -> Settings {
        let text = String::from_utf8_lossy(bytes);
        let comments: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
        Settings { root: entries(bytes), comments: comments.join("\n") }
    }

    /// Its pieces by name, as text: each key, but of lists to which something may be added each item.
    fn pieces(&self) -> BTreeMap<String, String> {
        let of_list =
            |list: &'static str| items(&self.root, list).map(move |(id, item)| (format!("{list}/{id}"), item));
        let others = self.root.iter().filter(|(key, _)| !LISTS.contains(&&**key));
        let all = LISTS.into_iter().flat_map(of_list).chain(others.map(|(key, value)| (key.clone(), value)));
        let comments = (COMMENTS.to_owned(), self.comments.clone());
        all.map(|(name, value)| (name, write::flow(value))).chain([comments]).collect()
    }

    /// The same as digests, by what a record calls them.
    pub(super) fn digests(&self) -> BTreeMap<String, String> {
        let pieces = self.pieces().into_iter();
        pieces.map(|(name, piece)| (format!("{SETTINGS}#{name}"), digest(piece.as_bytes()))).collect()
    }

    /// Names of what the source has otherwise than at the last import, or no more, and than it is in `present`.
    /// `known`: the digests of the last import.
    pub(super) fn changes(&self, known: &BTreeMap<String, String>, present: &[u8]) -> Vec<String> {
        let (new, here, digests) = (self.pieces(), Settings::of(present).pieces(), self.digests());
        let changed = known.iter().filter(|(name, digest)| digests.get(*name) != Some(digest));
        let names = changed.filter_map(|(name, _)| name.strip_prefix(SETTINGS)?.strip_prefix('#'));
        let added = new.keys().filter(|name| !name.contains('/') && !known.contains_key(&format!("{SETTINGS}#{name}")));
        let is_here = |name: &&str| match (here.get(*name), new.get(*name)) {
            (Some(here), Some(new)) if *name == COMMENTS => new.lines().all(|line| here.lines().any(|own| own == line)),
            (here, new) => here == new,
        };
        names.chain(added.map(String::as_str)).filter(|name| !is_here(name)).map(str::to_owned).collect()
    }

    /// Adds to `present` what it lacks: what is new, and what else entries and components would name in vain.
    pub(super) fn add_to(&self, present: &[u8], since: &Since<'_>) -> Added {
        let mut added = Added { bytes: None, notes: Vec::new(), is_disputed: false };
        let here = entries(present);
        let lacks = |list: &str, id: &str| !items(&here, list).any(|(known, _)| known == id);
        let of = |list: &'static str, named: &BTreeSet<String>, by: &'static str| {
            let reason = |id: &str| match since.is_new(list, id) {
                true => Some("is new in the source"),
                false => named.contains(id).then_some(by),
            };
            let lacking = items(&self.root, list).filter(|(id, _)| lacks(list, id));
            lacking.filter_map(|(id, item)| Some((reason(id)?, item))).collect::<Vec<_>>()
        };
        let components = of("components", &since.named, "is not here, but an entry that was written now names it");
        let named = components.iter().filter_map(|(_, item)| text_of(item, "group")).map(str::to_owned).collect();
        let groups = of("groups", &named, "is not here, but a component that is added now is of it");
        if has_unlisted_groups(&here) {
            // With a list of some, the others would be unknown.
            added.tell_of_lines("groups", &groups, "groups are not listed here, but go by what components name");
        } else {
            added.put("groups", present, &groups);
        }
        added.put("components", present, &components);
        added
    }
}

impl Since<'_> {
    fn is_new(&self, list: &str, id: &str) -> bool {
        self.known.is_some_and(|known| !known.contains_key(&format!("{SETTINGS}#{list}/{id}")))
    }
}

impl Added {
    /// Adds items to the end of a list, each for a reason, or says what to paste there.
    fn put(&mut self, list: &str, present: &[u8], new: &[(&str, &Node)]) {
        if new.is_empty() {
            return;
        }
        let items: Vec<Node> = new.iter().map(|(_, item)| (*item).clone()).collect();
        let written = append_items(list, SETTINGS, self.bytes.as_deref().unwrap_or(present), &items);
        match written {
            Ok(text) => {
                self.bytes = Some(text.into_bytes());
                for (reason, item) in new {
                    let id = text_of(item, "id").unwrap_or_default();
                    let message =
                        format!("`{id}` {reason}; it was added to the end of `{list}`, and all else stayed as it was");
                    self.note(Weight::Decision, message);
                }
            }
            Err(refused) => self.tell_of_lines(list, new, &refused.reason),
        }
    }

    fn tell_of_lines(&mut self, list: &str, new: &[(&str, &Node)], reason: &str) {
        if new.is_empty() {
            return;
        }
        let items = new.iter().map(|(_, item)| (*item).clone()).collect();
        let lines = write::mapping(&[(list.to_owned(), Node::List(items))]);
        let message = format!(
            "new in the source, but nothing can be added to `{list}` with certainty ({reason}); add this:\n{}",
            lines.trim_end()
        );
        self.note(Weight::Text, message);
    }

    /// Says something of the settings.
    pub(super) fn note(&mut self, weight: Weight, message: String) {
        self.notes.push(Note { path: SETTINGS.to_owned(), line: None, weight, message });
    }
}

/// The ids of components that an entry names, wherever in it.
pub(super) fn named_components(path: &str, bytes: &[u8]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    if let Ok(document) = Document::read(path, bytes) {
        gather(document.root(), false, &mut found);
    }
    found
}

fn gather(node: &Node, is_of_components: bool, found: &mut BTreeSet<String>) {
    match node {
        Node::Text(text) if is_of_components => _ = found.insert(text.clone()),
        Node::List(items) => items.iter().for_each(|item| gather(item, is_of_components, found)),
        Node::Map(entries) => {
            for (key, value) in entries {
                if is_of_components {
                    found.insert(key.clone());
                }
                gather(value, key == "components", found);
            }
        }
        _ => {}
    }
}

/// Whether components name groups of which there is no list.
fn has_unlisted_groups(here: &[(String, Node)]) -> bool {
    let has_list = here.iter().any(|(key, value)| key == "groups" && *value != Node::Null);
    !has_list && items(here, "components").any(|(_, item)| text_of(item, "group").is_some())
}

/// The keys of a file; none if it cannot be read.
fn entries(bytes: &[u8]) -> Vec<(String, Node)> {
    match Document::read(SETTINGS, bytes).ok().map(|document| document.root().clone()) {
        Some(Node::Map(entries)) => entries,
        _ => Vec::new(),
    }
}

/// The items of a list that have an id, with it.
fn items<'n>(root: &'n [(String, Node)], list: &str) -> impl Iterator<Item = (&'n str, &'n Node)> {
    let list = root.iter().find(|(key, _)| key == list);
    let items: &[Node] = match list {
        Some((_, Node::List(items))) => items,
        _ => &[],
    };
    items.iter().filter_map(|item| Some((text_of(item, "id")?, item)))
}

fn text_of<'n>(item: &'n Node, key: &str) -> Option<&'n str> {
    let Node::Map(entries) = item else { return None };
    entries.iter().find_map(|(name, value)| match value {
        Node::Text(text) if name == key => Some(text.as_str()),
        _ => None,
    })
}
