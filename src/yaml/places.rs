//! Where every node and key of a text stands, worked out in one walk.
//!
//! The YAML crate tells a place only with an error. So each node is asked for something that it is not, before it is
//! read: the parser refuses, with the place in its words, and stays in front of a list or a mapping, which is then
//! walked. A scalar is behind it by then, and so is an alias. An alias leads back to a node that was walked before, so
//! its place lies before what was seen last; nothing else does, and so the two are told apart.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde_yaml::Deserializer as YamlDeserializer;

use super::{KeySeed, Mark, Step};

/// The places of all nodes of a text.
#[derive(Debug)]
pub struct Places {
    root: usize,
    nodes: Vec<PlacedNode>,
}

/// What stands inside a node. Nodes are named by their index, since several aliases may lead to one of them.
#[derive(Debug)]
enum PlacedNode {
    Scalar,
    List(Vec<Child>),
    /// Each key with its place and its value, as often as it comes.
    Map(BTreeMap<String, Vec<(Mark, Child)>>),
}

#[derive(Clone, Copy, Debug)]
struct Child {
    mark: Mark,
    node: usize,
}

/// All scalars are one node.
const SCALAR: usize = 0;

impl Places {
    /// Walks a text that [`parse`](super::parse) can read; any other has no places.
    pub fn of(text: &str) -> Places {
        // Cells inside, since the visitors of a node and of what is in it are there at once and share the walk.
        let walk = Walk { nodes: RefCell::new(vec![PlacedNode::Scalar]), ..Walk::default() };
        let root = Inside(&walk).deserialize(YamlDeserializer::from_str(text));
        Places { root: root.unwrap_or(SCALAR), nodes: walk.nodes.into_inner() }
    }

    /// Where the node or the key at `path` stands. A path that leads into a scalar, or into a list by a key, means
    /// the last node on its way. The root has no place of its own.
    pub fn find(&self, path: &[Step]) -> Option<Mark> {
        self.inside(self.root, None, path)
    }

    fn inside(&self, node: usize, own: Option<Mark>, path: &[Step]) -> Option<Mark> {
        let of_child = |child: &Child, rest| self.inside(child.node, Some(child.mark), rest);
        match (&self.nodes[node], path) {
            (PlacedNode::List(items), [Step::Index(index), rest @ ..]) => of_child(items.get(*index)?, rest),
            // Of a key that comes twice, the first value that has the rest of the way in it.
            (PlacedNode::Map(entries), [Step::Key(wanted), rest @ ..]) => {
                entries.get(&**wanted)?.iter().find_map(|(_, child)| of_child(child, rest))
            }
            (PlacedNode::Map(entries), [Step::KeyItself(wanted, nth), ..]) => {
                entries.get(wanted)?.get(*nth).map(|(mark, _)| *mark)
            }
            _ => own,
        }
    }
}

/// What a walk has seen so far.
#[derive(Default)]
struct Walk {
    nodes: RefCell<Vec<PlacedNode>>,
    /// Lists and mappings by where they stand, for the aliases that lead there.
    known: RefCell<BTreeMap<(usize, usize), usize>>,
    furthest: Cell<(usize, usize)>,
}

impl Walk {
    fn push(&self, node: PlacedNode) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(node);
        nodes.len() - 1
    }

    /// Notes a place; whether it lies behind all others.
    fn is_new(&self, mark: Mark) -> bool {
        let (at, furthest) = ((mark.line, mark.column), self.furthest.get());
        self.furthest.set(at.max(furthest));
        at > furthest
    }

    /// The next node, which `ask` hands to the parser's next one; none where that has no more.
    fn child<E: fmt::Display>(
        &self,
        mut ask: impl FnMut(PlaceRequest<'_>) -> Result<Option<usize>, E>,
    ) -> Result<Option<Child>, E> {
        let is_passed = Cell::new(false);
        let mark = match ask(PlaceRequest::Place(Refuse(&is_passed))) {
            Err(refusal) => mark_in(&refusal.to_string()),
            Ok(_) => return Ok(None),
        };
        let at = (mark.line, mark.column);
        let node = match self.is_new(mark) {
            _ if is_passed.get() => SCALAR,
            true => {
                let node = ask(PlaceRequest::Inside(Inside(self)))?.unwrap_or(SCALAR);
                // After the walk inside: a text that can be read has no alias to what is around it.
                self.known.borrow_mut().insert(at, node);
                node
            }
            false => self.known.borrow().get(&at).copied().unwrap_or(SCALAR),
        };
        Ok(Some(Child { mark, node }))
    }
}

/// Line and column at the end of the parser's words, which say nothing of the very first character.
fn mark_in(words: &str) -> Mark {
    let place = words.rsplit_once(" at line ").and_then(|(_, place)| place.split_once(" column "));
    let mark = place.and_then(|(line, column)| Some(Mark { line: line.parse().ok()?, column: column.parse().ok()? }));
    mark.unwrap_or(Mark { line: 1, column: 1 })
}

/// What is asked of the next node.
enum PlaceRequest<'a> {
    Place(Refuse<'a>),
    Inside(Inside<'a>),
}

impl<'de> DeserializeSeed<'de> for PlaceRequest<'_> {
    type Value = usize;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        match self {
            PlaceRequest::Place(refuse) => refuse.deserialize(deserializer).map(|never| match never {}),
            PlaceRequest::Inside(inside) => inside.deserialize(deserializer),
        }
    }
}

/// Asks for a variant of an enumeration that nothing is, and notes whether the parser is behind the node then.
struct Refuse<'a>(&'a Cell<bool>);

impl<'de> DeserializeSeed<'de> for Refuse<'_> {
    type Value = Infallible;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Infallible, D::Error> {
        self.0.set(false);
        deserializer.deserialize_enum("", &[], self)
    }
}

impl<'de> Visitor<'de> for Refuse<'_> {
    type Value = Infallible;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing")
    }

    /// A scalar is taken for the name of a variant, and has nothing inside. A tag is one too; behind it is the node.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Infallible, A::Error> {
        self.0.set(true);
        let (_name, variant) = data.variant::<IgnoredAny>()?;
        variant.newtype_variant_seed(self)
    }
}

/// Walks a node and gives its index.
struct Inside<'a>(&'a Walk);

impl<'de> DeserializeSeed<'de> for Inside<'_> {
    type Value = usize;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Inside<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or a mapping")
    }

    /// An empty text behind a tag.
    fn visit_unit<E>(self) -> Result<usize, E> {
        Ok(SCALAR)
    }

    /// An empty text in quotes behind a tag.
    fn visit_str<E>(self, _: &str) -> Result<usize, E> {
        Ok(SCALAR)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<usize, A::Error> {
        let mut items = Vec::new();
        while let Some(child) = self.0.child(|wish| seq.next_element_seed(wish))? {
            items.push(child);
        }
        Ok(self.0.push(PlacedNode::List(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<usize, A::Error> {
        let mut entries: BTreeMap<String, Vec<(Mark, Child)>> = BTreeMap::new();
        loop {
            let mut name = String::new();
            let refuse = KeySeed(|key: &str| {
                key.clone_into(&mut name);
                None::<()>
            });
            let mark = match map.next_key_seed(refuse) {
                Err(refusal) => mark_in(&refusal.to_string()),
                Ok(_) => return Ok(self.0.push(PlacedNode::Map(entries))),
            };
            self.0.is_new(mark);
            // Unlike a list, a mapping that gave a key has a value.
            let value = self.0.child(|wish| map.next_value_seed(wish).map(Some))?;
            if let Some(value) = value {
                entries.entry(name).or_default().push((mark, value));
            }
        }
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<usize, A::Error> {
        let (_tag, variant) = data.variant::<IgnoredAny>()?;
        variant.newtype_variant_seed(self)
    }
}

#[cfg(test)]
mod tests;
