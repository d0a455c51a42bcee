//! All places at once are those that a walk to one node at a time finds.

use super::super::{Node, Path, here, parse};
use super::*;
use proptest::prelude::*;
use serde::de;

/// One place, by a walk that fails on purpose at the wanted node: slow, and simple enough to be believed.
fn locate(text: &str, path: &[Step]) -> Option<Mark> {
    let error = Probe(path).deserialize(YamlDeserializer::from_str(text)).err()?;
    let at = error.location()?;
    Some(Mark { line: at.line(), column: at.column() })
}

/// Walks to a node and fails there.
struct Probe<'a>(&'a [Step]);

impl<'de> DeserializeSeed<'de> for Probe<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Probe<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        here()
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<(), E> {
        here()
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<(), E> {
        here()
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<(), E> {
        here()
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<(), E> {
        here()
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<(), E> {
        here()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let [Step::Index(index), rest @ ..] = self.0 else { return here() };
        for _ in 0..*index {
            seq.next_element::<IgnoredAny>()?;
        }
        seq.next_element_seed(Probe(rest))?;
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (wanted, occurrence, rest) = match self.0 {
            [Step::Key(wanted), rest @ ..] => (&**wanted, None, rest),
            [Step::KeyItself(wanted, nth), ..] => (&**wanted, Some(*nth), &[][..]),
            _ => return here(),
        };
        let mut seen = 0;
        while let Some(found) = map.next_key_seed(KeySeed(|key: &str| {
            let matches = key == wanted;
            let nth = seen;
            seen += usize::from(matches);
            (!matches || occurrence != Some(nth)).then_some(matches)
        }))? {
            if found && occurrence.is_none() {
                map.next_value_seed(Probe(rest))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<(), A::Error> {
        let (_tag, variant) = data.variant::<IgnoredAny>()?;
        variant.newtype_variant_seed(self)
    }
}

/// A node as an author may write it.
#[derive(Clone, Debug)]
enum Written {
    Scalar(usize),
    List { items: Vec<Written>, is_flow: bool },
    Map { entries: Vec<(usize, Written)>, is_flow: bool },
    Anchored(Box<Written>),
    Alias(usize),
    Tagged(Box<Written>),
}

const KEYS: [&str; 5] = ["a", "b", "'c d'", "12", "at line 9 column 9"];
const SCALARS: [&str; 8] = ["one", "12", "-1.5", "true", "~", "\"q: r\"", "'s'", "two words # and more"];

fn written() -> impl Strategy<Value = Written> {
    let leaf = prop_oneof![
        3 => (0..SCALARS.len() + 2).prop_map(Written::Scalar),
        1 => (0..9_usize).prop_map(Written::Alias),
    ];
    leaf.prop_recursive(5, 60, 5, |inner| {
        let entry = (0..KEYS.len(), inner.clone());
        prop_oneof![
            3 => (prop::collection::vec(inner.clone(), 0..5), any::<bool>())
                .prop_map(|(items, is_flow)| Written::List { items, is_flow }),
            4 => (prop::collection::vec(entry, 0..5), any::<bool>())
                .prop_map(|(entries, is_flow)| Written::Map { entries, is_flow }),
            1 => inner.clone().prop_map(|node| Written::Anchored(Box::new(node))),
            1 => inner.prop_map(|node| Written::Tagged(Box::new(node))),
        ]
    })
}

/// Writes nodes, and remembers which anchors an alias may name.
#[derive(Default)]
struct Writer {
    text: String,
    /// How many anchors were begun.
    begun: usize,
    whole: Vec<usize>,
}

impl Writer {
    /// What stands behind `key:` or `-`, with its line's end.
    fn block(&mut self, node: &Written, indent: usize) {
        match node {
            Written::Scalar(n) if *n == SCALARS.len() => self.text += &format!(" |\n{:indent$} x: y\n", ""),
            Written::List { items, is_flow: false } if !items.is_empty() => {
                self.text += "\n";
                for item in items {
                    self.text += &format!("{:indent$}-", "");
                    self.block(item, indent + 2);
                }
            }
            Written::Map { entries, is_flow: false } if !entries.is_empty() => {
                self.begin_map(indent);
                for (index, (key, value)) in entries.iter().enumerate() {
                    let indent_of_key = if index == 0 { 0 } else { indent };
                    self.text += &format!("{:indent_of_key$}{}:", "", KEYS[*key]);
                    self.block(value, indent + 2);
                }
            }
            Written::Anchored(node) => self.anchored(node, |writer, node| writer.block(node, indent)),
            Written::Tagged(node) if !matches!(**node, Written::Alias(_) | Written::Tagged(_)) => {
                self.text += " !tag";
                self.block(node, indent);
            }
            node => {
                self.text += " ";
                self.flow(node, false);
                self.text += "\n";
            }
        }
    }

    /// A mapping may begin on the line of its `-`.
    fn begin_map(&mut self, indent: usize) {
        if self.text.ends_with('-') && self.text.rsplit('\n').next().is_some_and(|line| line.len() == indent - 1) {
            self.text += " ";
        } else {
            self.text += &format!("\n{:indent$}", "");
        }
    }

    fn flow(&mut self, node: &Written, is_inside: bool) {
        match node {
            Written::Scalar(n) => match SCALARS.get(*n).copied().unwrap_or_default() {
                "" if is_inside => self.text += "''",
                text if is_inside => self.text += text.split('#').next().unwrap_or_default(),
                text => self.text += text,
            },
            Written::List { items, .. } => {
                self.text += "[";
                for item in items {
                    self.flow(item, true);
                    self.text += ", ";
                }
                self.text += "]";
            }
            Written::Map { entries, .. } => {
                self.text += "{ ";
                for (key, value) in entries {
                    self.text += &format!("{}: ", KEYS[*key]);
                    self.flow(value, true);
                    self.text += ",\n         ";
                }
                self.text += "}";
            }
            Written::Anchored(node) => self.anchored(node, |writer, node| {
                writer.text += " ";
                writer.flow(node, is_inside);
            }),
            Written::Alias(n) => match self.whole.get(n % self.whole.len().max(1)) {
                Some(anchor) => self.text += &format!("*x{anchor} "),
                None => self.text += "none",
            },
            Written::Tagged(node) => self.flow(node, is_inside),
        }
    }

    fn anchored(&mut self, node: &Written, write: impl FnOnce(&mut Writer, &Written)) {
        if matches!(node, Written::Alias(_) | Written::Anchored(_)) {
            return write(self, node);
        }
        let own = self.begun;
        self.begun += 1;
        self.text += &format!(" &x{own}");
        write(self, node);
        self.whole.push(own);
    }
}

/// Every way through a tree, and some that lead nowhere.
fn paths(node: &Node, path: &mut Path, found: &mut Vec<Path>) {
    let steps: Vec<(Step, Option<&Node>)> = match node {
        Node::List(items) => {
            let steps = items.iter().enumerate().map(|(index, item)| (Step::Index(index), Some(item)));
            steps.chain([(Step::Index(items.len()), None), (Step::Key("a".into()), None)]).collect()
        }
        Node::Map(entries) => {
            let values = entries.iter().map(|(key, value)| (Step::Key(key.clone().into()), Some(value)));
            let keys = entries.iter().flat_map(|(key, _)| (0..3).map(|nth| Step::KeyItself(key.clone(), nth)));
            let keys = keys.chain([Step::Key("nothing".into()), Step::Index(0)]).map(|step| (step, None));
            values.chain(keys).collect()
        }
        _ => vec![(Step::Index(0), None), (Step::Key("a".into()), None)],
    };
    for (step, inside) in steps {
        path.push(step);
        found.push(path.clone());
        inside.into_iter().for_each(|node| paths(node, path, found));
        path.pop();
    }
}

fn agree(text: &str) {
    let parsed = parse(text).unwrap();
    let mut asked = Vec::new();
    match &parsed.root {
        Node::Map(entries) => paths(&Node::Map(entries.clone()), &mut Path::new(), &mut asked),
        Node::List(items) => paths(&Node::List(items.clone()), &mut Path::new(), &mut asked),
        _ => {}
    }
    // The root itself has no place.
    asked.retain(|path| {
        path.len() > 1
            || matches!(
                (&parsed.root, &path[0]),
                (Node::List(_), Step::Index(_)) | (Node::Map(_), Step::Key(_) | Step::KeyItself(..))
            )
    });
    let places = Places::of(text);
    for path in asked {
        assert_eq!(places.find(&path), locate(text, &path), "{path:?} of\n{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn all_places_at_once_are_those_of_one_at_a_time(entries in prop::collection::vec((0..KEYS.len(), written()), 1..6)) {
        let mut writer = Writer::default();
        for (key, value) in &entries {
            writer.text += &format!("{}:", KEYS[*key]);
            writer.block(value, 2);
        }
        prop_assume!(parse(&writer.text).is_ok());
        agree(&writer.text);
    }
}

#[test]
fn nodes_behind_aliases_and_tags_have_the_places_of_what_is_meant() {
    agree("a: &x { b: [1, &y { c: 2 }] }\nd:\n  - *x\n  - !t\n    e: *y\n  - !t\n  - !t ''\n  - f: *x\n");
    agree("- - &x\n    - 1\n    - - 2\n  - *x\n- [[a: b], *x]\n");
    let inside = Places::of("a: &x [1, 2]\nb: *x\n").find(&[Step::Key("b".into()), Step::Index(1)]);
    assert_eq!(inside, Some(Mark { line: 1, column: 11 }));
}
