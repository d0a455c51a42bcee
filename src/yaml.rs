//! The only file that names the YAML crate: a text becomes a tree of [`Node`]s, and a path through
//! the tree becomes a line and a column.
//!
//! # How faults get their places
//!
//! The YAML crate keeps no places. `yaml::parse` gives a tree of `Node`s and the paths of repeated keys. A `document` hands
//! out its values as `At<T>`: the value and its path, such as `updates[1].at`. Only when the first fault of a file is reported
//! does `yaml::Places` walk the text again, once, and note where every node and key stands: the parser's own errors carry
//! line and column. `document::place` adds the lines above the front matter and the length under the caret. A fault inside a
//! Markdown text (a link, HTML) is looked up in an index of the file's words (`document::lines`), made once as well. So any
//! number of faults costs one more pass over their file, and a site without faults pays nothing for places.
//!
//! `assemble` and `lint` see the model, which has no places. The document of each file is kept beside it, and where they have
//! something to say they ask it. The rules of wording look at one file at a time, side by side, and once: what they said is
//! kept with the document.
//!
//! The rules of wording need places in a body, not in the front matter. `markdown::prose` gives each paragraph, cell and item as a
//! passage that is as long as in the file, byte by byte, with markup made blank and code and quotations made `#`. So a match in
//! it is a match in the file, and phrases are found across line ends and emphasis.
//!
//! A message is a sentence in lower case with names in backticks; the help is the repair, in the imperative. Codes are
//! declared once, in `diagnostic/codes.rs`, and never used twice.

mod fault;
mod limits;
mod places;
pub mod write;

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_yaml::Deserializer as YamlDeserializer;

use crate::characters::carried;
pub use fault::{SyntaxFault, SyntaxKind};
use limits::Budget;
pub use places::Places;

/// A value as the author wrote it.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the file; of a key that comes twice, the first.
    Map(Vec<(String, Node)>),
}

/// One step from a node to one inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Key(Cow<'static, str>),
    /// The key itself, at its n-th occurrence, counted from 0.
    KeyItself(String, usize),
    /// The item of a list, counted from 0.
    Index(usize),
}

/// The way from the root of a document to a node.
pub type Path = Vec<Step>;

/// The way to the value of a key of the outermost mapping.
pub fn key(name: &'static str) -> Path {
    vec![Step::Key(name.into())]
}

/// A line and a column, both counted from 1; the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in characters.
    pub column: usize,
}

/// A tree, and the keys that came twice.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The whole document.
    pub root: Node,
    /// The path to each key that repeats an earlier one.
    pub duplicates: Vec<Path>,
}

/// Reads one YAML document.
///
/// # Errors
/// A text that is no YAML, with the place at which the parser gave up.
pub fn parse(text: &str) -> Result<Parsed, SyntaxFault> {
    if let Some(mark) = limits::too_deep(text) {
        return Err(SyntaxFault { kind: SyntaxKind::TooDeep, message: "recursion limit exceeded".to_owned(), mark });
    }
    let (duplicates, budget) = (Duplicates::default(), Budget::of(text));
    let root = Build { trail: &Trail::Root, duplicates: &duplicates, budget: &budget }
        .deserialize(YamlDeserializer::from_str(text))
        .map_err(|error| syntax_fault(text, &error))?;
    Ok(Parsed { root, duplicates: duplicates.0.take() })
}

fn syntax_fault(text: &str, error: &serde_yaml::Error) -> SyntaxFault {
    let mark = error.location().map_or(Mark { line: 1, column: 1 }, |at| Mark { line: at.line(), column: at.column() });
    SyntaxFault::new(text, &error.to_string(), mark)
}

/// Paths of the repeated keys, gathered while the tree is built.
#[derive(Default)]
struct Duplicates(Cell<Vec<Path>>);

impl Duplicates {
    fn push(&self, path: Path) {
        let mut paths = self.0.take();
        paths.push(path);
        self.0.set(paths);
    }
}

/// The way to a node, as a chain on the stack: it becomes a [`Path`] only when there is a fault.
enum Trail<'a> {
    Root,
    Key(&'a Trail<'a>, &'a str),
    Index(&'a Trail<'a>, usize),
}

impl Trail<'_> {
    fn path(&self) -> Path {
        let (parent, step) = match self {
            Trail::Root => return Path::new(),
            Trail::Key(parent, key) => (parent, Step::Key((*key).to_owned().into())),
            Trail::Index(parent, index) => (parent, Step::Index(*index)),
        };
        // Made from the end: most nodes have no fault, and never ask for their way.
        let mut path = parent.path();
        path.push(step);
        path
    }
}

/// Builds a [`Node`] and knows where in the tree it is.
struct Build<'a> {
    trail: &'a Trail<'a>,
    duplicates: &'a Duplicates,
    budget: &'a Budget,
}

impl<'a> Build<'a> {
    /// The same, for a node inside.
    fn inside<'b>(&self, trail: &'b Trail<'b>) -> Build<'b>
    where
        'a: 'b,
    {
        Build { trail, duplicates: self.duplicates, budget: self.budget }
    }
}

impl<'de> DeserializeSeed<'de> for Build<'_> {
    type Value = Node;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        self.budget.spend(1)?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Build<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    /// A text without any document.
    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(i64::try_from(value).map_or(Node::Float(value as f64), Node::Int))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Float(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Node, E> {
        self.budget.spend(value.len())?;
        Ok(Node::Text(carried(value).into_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        loop {
            let trail = Trail::Index(self.trail, list.len());
            match seq.next_element_seed(self.inside(&trail))? {
                Some(node) => list.push(node),
                None => {
                    // The trees of thousands of files are kept, and few grow to what they have room for.
                    list.shrink_to_fit();
                    return Ok(Node::List(list));
                }
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries: Vec<(String, Node)> = Vec::new();
        // How often each key came.
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        while let Some(key) = map.next_key_seed(KeySeed(|key: &str| Some(key.to_owned())))? {
            let trail = Trail::Key(self.trail, &key);
            let node = map.next_value_seed(self.inside(&trail))?;
            let times = seen.entry(key.clone()).or_default();
            if *times > 0 {
                let mut path = self.trail.path();
                path.push(Step::KeyItself(key, *times));
                self.duplicates.push(path);
            } else {
                entries.push((key, node));
            }
            *times += 1;
        }
        entries.shrink_to_fit();
        Ok(Node::Map(entries))
    }

    /// A value with a tag of its own, such as `!secret x`: the tag is dropped, the value kept.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Node, A::Error> {
        let (_tag, variant) = data.variant::<IgnoredAny>()?;
        variant.newtype_variant_seed(self)
    }
}

/// Hands a key, as text, to a function; where that returns nothing, the parser fails at the key.
/// YAML allows any value as a key; scalars are taken as their text.
struct KeySeed<F>(F);

impl<'de, T, F: FnOnce(&str) -> Option<T>> DeserializeSeed<'de> for KeySeed<F> {
    type Value = T;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<T, F: FnOnce(&str) -> Option<T>> Visitor<'_> for KeySeed<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word as the key")
    }

    fn visit_unit<E: de::Error>(self) -> Result<T, E> {
        self.visit_str("null")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<T, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<T, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<T, E> {
        (self.0)(value).map_or_else(here, Ok)
    }
}

fn here<T, E: de::Error>() -> Result<T, E> {
    Err(E::custom("here"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a: 1\nb:\n  - x: one\n    y: two\n  - x: three\n    x: four\nc: [1, 2]\nd:\n";

    fn mark(path: &[Step]) -> Option<(usize, usize)> {
        Places::of(TEXT).find(path).map(|mark| (mark.line, mark.column))
    }

    fn key(name: &str) -> Step {
        Step::Key(name.to_owned().into())
    }

    #[test]
    fn every_node_and_every_key_has_a_place() {
        assert_eq!(mark(&[key("a")]), Some((1, 4)));
        assert_eq!(mark(&[key("b"), Step::Index(0), key("y")]), Some((4, 8)));
        assert_eq!(mark(&[key("b"), Step::Index(1)]), Some((5, 5)));
        assert_eq!(mark(&[key("c"), Step::Index(1)]), Some((7, 8)));
        assert_eq!(mark(&[Step::KeyItself("b".to_owned(), 0)]), Some((2, 1)));
        assert_eq!(mark(&[key("b"), Step::Index(1), Step::KeyItself("x".to_owned(), 1)]), Some((6, 5)));
        assert_eq!(mark(&[key("nothing")]), None);
    }

    #[test]
    fn a_repeated_key_is_found_and_the_first_kept() {
        let parsed = parse(TEXT).unwrap();
        let expected = vec![key("b"), Step::Index(1), Step::KeyItself("x".to_owned(), 1)];
        assert_eq!(parsed.duplicates, vec![expected]);
        let Node::Map(root) = parsed.root else { panic!("a mapping") };
        assert_eq!(root.len(), 4);
    }

    #[test]
    fn nesting_and_aliases_without_end_are_refused_at_once() {
        let kind = |text: &str| parse(text).map_err(|fault| fault.kind).err();
        for open in ["[", "{", "[{", "!a [", "{a: [", "{\"a\":[", "&a [\n", "{? ["] {
            assert_eq!(kind(&format!("title: {}", open.repeat(100_000))), Some(SyntaxKind::TooDeep), "{open:?}");
        }
        for (open, expected) in [("- ", SyntaxKind::TooDeep), ("? ", SyntaxKind::Key)] {
            assert_eq!(kind(&open.repeat(100_000)), Some(expected), "{open:?}");
        }
        let texts = format!("a: &a {}\nb: [{}]\n", "x".repeat(300_000), "*a,".repeat(5_000));
        assert_eq!(kind(&texts), Some(SyntaxKind::TooManyAliases));
        let lists = format!("a: &a [{}]\nb: [{}]\n", "~,".repeat(50_000), "*a,".repeat(5_000));
        assert_eq!(kind(&lists), Some(SyntaxKind::TooManyAliases));
        let marks = format!("body: |\n  {}\n  {}\n", "\u{2190}[31m".repeat(2_000), "- [x](/a/) [".repeat(400));
        assert_eq!(kind(&marks), None, "marks in a text");
        assert_eq!(kind("a: &a [x, y]\nb: [*a, *a]\n"), None);
    }

    #[test]
    fn what_is_no_yaml_says_where() {
        let fault = parse("a: \"open\nb: 1\n").unwrap_err();
        assert!(fault.mark.line >= 1, "{fault:?}");
        let fault = parse("a:\n\tb: 1\n").unwrap_err();
        assert_eq!((fault.mark.line, fault.mark.column), (2, 1));
    }
}
