//! The field of a form for each shape of a value.

use crate::document::Node;
use crate::keys::{Key, Names, Shape, rules};
use crate::schema::pattern_of;

/// What a form offers of one site.
pub(super) struct Choices {
    /// Ids and names.
    pub components: Vec<(String, String)>,
    /// Worst first.
    pub severities: Vec<String>,
    /// The main one first.
    pub languages: Vec<String>,
}

type KeyAndNode = (String, Node);

/// A field for each key, in order.
pub(super) fn fields(keys: &[Key], choices: &Choices) -> Vec<Node> {
    let field = |key: &Key| {
        let mut field = named(key.name, &label(key.name), key.is_needed);
        field.push(text("hint", key.about));
        field.extend(widget(&key.shape, key.is_needed, choices));
        Node::Map(field)
    };
    // Decap opens no form with an object of no fields.
    let is_empty =
        |key: &&Key| matches!(key.shape, Shape::Named(names, each) if by_name(names, each, choices).is_empty());
    keys.iter().filter(|key| !is_empty(key)).map(field).collect()
}

fn named(name: &str, label: &str, is_needed: bool) -> Vec<KeyAndNode> {
    vec![text("name", name), text("label", label), ("required".to_owned(), Node::Bool(is_needed))]
}

/// `next_update` as people read it.
pub(super) fn label(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn widget(shape: &Shape, is_needed: bool, choices: &Choices) -> Vec<KeyAndNode> {
    match shape {
        // A site in one language writes plain texts.
        Shape::PerLanguage(each) if choices.languages.len() < 2 => widget(each, is_needed, choices),
        Shape::PerLanguage(each) => object(in_languages(&choices.languages, each, is_needed, choices), false),
        Shape::Markdown => vec![text("widget", "markdown"), list("editor_components", [])],
        Shape::Time => moment("YYYY-MM-DDTHH:mm[Z]", Node::Text("HH:mm".to_owned())),
        Shape::Date => moment("YYYY-MM-DD", Node::Bool(false)),
        Shape::Flag => vec![text("widget", "boolean")],
        Shape::Whole => number("int", None),
        Shape::Weight => number("int", Some((1.0, 1000.0))),
        Shape::Share => number("float", Some((0.0, 1.0))),
        Shape::Percent => number("float", Some((0.0, 100.0))),
        Shape::Word { words, meanings } => select(
            words
                .iter()
                .zip(*meanings)
                .map(|(word, meaning)| ((*word).to_owned(), format!("{word}: {}", meaning.trim()))),
        ),
        Shape::Rule => {
            select(rules().map(|rule| (rule.as_str().to_owned(), format!("{}: {}", rule.as_str(), rule.meaning()))))
        }
        Shape::Component => select(choices.components.iter().cloned()),
        Shape::Severity => select(choices.severities.iter().map(|name| (name.clone(), name.clone()))),
        Shape::List(items) | Shape::AtLeastOne(items) => {
            items_of(items, matches!(shape, Shape::AtLeastOne(_)), choices)
        }
        Shape::Map(keys) => object(fields(keys, choices), !is_needed),
        Shape::Named(names, values) => object(by_name(*names, values, choices), false),
        Shape::Text
        | Shape::Title
        | Shape::Id
        | Shape::Incident
        | Shape::PostmortemName
        | Shape::Url
        | Shape::BaseUrl
        | Shape::Colour
        | Shape::Duration => string(shape),
    }
}

fn string(shape: &Shape) -> Vec<KeyAndNode> {
    let mut string = vec![text("widget", "string")];
    if let Some((pattern, repair)) = pattern_of(shape) {
        string.push(list("pattern", [Node::Text(pattern.to_owned()), Node::Text(repair.to_owned())]));
    }
    string
}

/// A time in UTC or a day.
fn moment(format: &str, clock: Node) -> Vec<KeyAndNode> {
    vec![
        text("widget", "datetime"),
        text("format", format),
        text("date_format", "YYYY-MM-DD"),
        ("time_format".to_owned(), clock),
        ("picker_utc".to_owned(), Node::Bool(true)),
    ]
}

fn number(kind: &str, range: Option<(f64, f64)>) -> Vec<KeyAndNode> {
    let mut number = vec![text("widget", "number"), text("value_type", kind)];
    if let Some((least, most)) = range {
        let step = if most > 1.0 { 1.0 } else { 0.05 };
        let bounds = [("min", least), ("max", most), ("step", step)];
        number.extend(bounds.map(|(name, value)| (name.to_owned(), Node::Float(value))));
    }
    number
}

fn select(options: impl Iterator<Item = (String, String)>) -> Vec<KeyAndNode> {
    let options = options.map(|(value, label)| map([text("label", &label), text("value", &value)]));
    vec![text("widget", "select"), ("options".to_owned(), Node::List(options.collect()))]
}

fn items_of(items: &Shape, is_needed: bool, choices: &Choices) -> Vec<KeyAndNode> {
    match items {
        Shape::Component | Shape::Rule | Shape::Severity | Shape::Word { .. } => {
            let mut select = widget(items, false, choices);
            select.push(("multiple".to_owned(), Node::Bool(true)));
            select
        }
        Shape::Map(keys) => {
            let mut rows = vec![text("widget", "list"), text("summary", &summary(keys))];
            if is_needed {
                rows.push(("min".to_owned(), Node::Int(1)));
            }
            rows.push(("fields".to_owned(), Node::List(fields(keys, choices))));
            rows
        }
        other => {
            let mut field = named("value", "Value", true);
            field.extend(widget(other, true, choices));
            vec![text("widget", "list"), ("field".to_owned(), Node::Map(field))]
        }
    }
}

/// What a folded row shows: its first two keys.
fn summary(keys: &[Key]) -> String {
    let first = keys.iter().take(2).map(|key| format!("{{{{fields.{}}}}}", key.name));
    first.collect::<Vec<_>>().join(" ")
}

fn object(fields: Vec<Node>, is_folded: bool) -> Vec<KeyAndNode> {
    let folded = ("collapsed".to_owned(), Node::Bool(is_folded));
    vec![text("widget", "object"), folded, ("fields".to_owned(), Node::List(fields))]
}

/// A field for each of these languages.
fn in_languages(languages: &[String], each: &Shape, is_needed: bool, choices: &Choices) -> Vec<Node> {
    let field = |language: &String| {
        let mut field = named(language, language, is_needed && Some(language) == choices.languages.first());
        field.extend(widget(each, false, choices));
        Node::Map(field)
    };
    languages.iter().map(field).collect()
}

/// A field for each name that there is.
fn by_name(names: Names, values: &Shape, choices: &Choices) -> Vec<Node> {
    if names == Names::Languages {
        return in_languages(choices.languages.get(1..).unwrap_or_default(), values, false, choices);
    }
    let names: Vec<(String, String)> = match (names, names.closed()) {
        (_, Some(closed)) => closed.into_iter().map(|name| (name.to_owned(), label(name))).collect(),
        (Names::Components, None) => choices.components.clone(),
        (_, None) => choices.severities.iter().map(|name| (name.clone(), name.clone())).collect(),
    };
    let field = |(name, label): &(String, String)| {
        let mut field = named(name, label, false);
        field.extend(widget(values, false, choices));
        Node::Map(field)
    };
    names.iter().map(field).collect()
}

/// An entry whose value is text.
pub(super) fn text(key: &str, value: &str) -> KeyAndNode {
    (key.to_owned(), Node::Text(value.to_owned()))
}

pub(super) fn map<const N: usize>(entries: [KeyAndNode; N]) -> Node {
    Node::Map(entries.into())
}

fn list<const N: usize>(key: &str, items: [Node; N]) -> KeyAndNode {
    (key.to_owned(), Node::List(items.into()))
}
