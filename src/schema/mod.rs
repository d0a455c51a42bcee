//! JSON Schemas of the content files, for editors: made from the keys that `document` reads by.
//!
//! They say what one file can be wrong in by itself: keys, types, words, patterns. What needs the
//! calendar, another file or the order of things is left to `check`.
//!
//! The draft is 07 (<https://json-schema.org/draft-07>), which editors' YAML support knows best.

mod pattern;

use serde_json::{Map, Value, json};

use crate::keys::{Key, Kind, Names, Shape, rules};
use crate::model::Id;
use pattern::{BASE_URL, COLOUR, DATE, DURATION, ID, INCIDENT, NOT_BLANK, POSTMORTEM_NAME, TIME, URL};

/// What stands in every schema, by which a file of ours is known.
pub const MARK: &str = "Made by `candor schema`; changes are overwritten.";

/// The schema of a kind of file, as it is written to the disk.
pub fn schema(kind: Kind) -> String {
    format!("{:#}\n", object_of(kind))
}

fn object_of(kind: Kind) -> Value {
    let mut schema = object(kind.keys());
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["$comment"] = json!(MARK);
    schema["title"] = json!(format!("Candor: {}", kind.word()));
    schema["description"] = json!(kind.about());
    schema
}

/// The schemas of these kinds, by file name.
pub fn files(kinds: &[Kind]) -> Vec<(String, String)> {
    kinds.iter().map(|kind| (format!("{}.json", kind.word()), schema(*kind))).collect()
}

/// All schemas in one object, by kind.
pub fn all() -> String {
    let schemas: Map<String, Value> = Kind::ALL.iter().map(|kind| (kind.word().to_owned(), object_of(*kind))).collect();
    format!("{:#}\n", Value::from(schemas))
}

/// What a site's folder has for editors, by path: the schemas, and the settings by which VS Code and the
/// editors built on it find them.
pub fn for_editors() -> Vec<(String, String)> {
    let schemas = files(&Kind::ALL).into_iter().map(|(name, text)| (format!("content/.schema/{name}"), text));
    let recommended = json!({ "recommendations": ["redhat.vscode-yaml"] });
    let settings = json!({ "yaml.schemas": globs() });
    let own = [("extensions", recommended), ("settings", settings)];
    schemas.chain(own.map(|(name, value)| (format!(".vscode/{name}.json"), format!("{value:#}\n")))).collect()
}

/// Which files each schema is for.
fn globs() -> Map<String, Value> {
    let globs = Kind::ALL.iter().map(|kind| {
        let files = match kind.folder() {
            Some(folder) => format!("content/{folder}/**/*.yaml"),
            None => format!("content/{}.yaml", kind.word()),
        };
        (format!("./content/.schema/{}.json", kind.word()), json!(files))
    });
    globs.collect()
}

fn object(keys: &[Key]) -> Value {
    let properties: Map<String, Value> = keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let needed: Vec<&str> = keys.iter().filter(|key| key.is_needed).map(|key| key.name).collect();
    let mut object = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !needed.is_empty() {
        object["required"] = json!(needed);
    }
    object
}

fn property(key: &Key) -> Value {
    let mut value = value(&key.shape);
    value["description"] = json!(key.about);
    // A key without a value counts as left out.
    if !key.is_needed { or_nothing(value) } else { value }
}

fn or_nothing(mut schema: Value) -> Value {
    if let Some(kind) = schema.get("type").cloned() {
        let kinds = kind.as_array().cloned().unwrap_or_else(|| vec![kind]);
        schema["type"] = json!([kinds, vec![json!("null")]].concat());
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.push(Value::Null);
    }
    if let Some(Value::Array(meanings)) = schema.get_mut("enumDescriptions") {
        meanings.push(json!("As if the key were left out."));
    }
    schema
}

fn value(shape: &Shape) -> Value {
    match shape {
        Shape::Text | Shape::Severity => json!({ "type": "string" }),
        Shape::Id | Shape::Component | Shape::PostmortemName => slug(shape),
        Shape::Title
        | Shape::Markdown
        | Shape::Incident
        | Shape::Url
        | Shape::BaseUrl
        | Shape::Colour
        | Shape::Time
        | Shape::Date
        | Shape::Duration => text(shape),
        Shape::PerLanguage(each) => per_language(each),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Whole => json!({ "type": "integer", "minimum": i64::MIN, "maximum": i64::MAX }),
        Shape::Weight => json!({ "type": "integer", "minimum": 1, "maximum": 1000 }),
        Shape::Share => json!({ "type": "number", "exclusiveMinimum": 0, "maximum": 1 }),
        Shape::Percent => json!({ "type": "number", "minimum": 0, "maximum": 100 }),
        Shape::Word { words, meanings } => choice(words, meanings.iter().map(|meaning| meaning.trim())),
        Shape::Rule => choice(&rule_names(), rules().map(|rule| rule.meaning())),
        Shape::List(items) => json!({ "type": "array", "items": value(items) }),
        Shape::AtLeastOne(items) => json!({ "type": "array", "items": value(items), "minItems": 1 }),
        Shape::Map(keys) => object(keys),
        Shape::Named(names, values) => named(*names, values),
    }
}

/// What texts of this shape look like, as a pattern of ECMA 262, and how to repair one that does not.
pub fn pattern_of(shape: &Shape) -> Option<(&'static str, &'static str)> {
    match shape {
        Shape::Title | Shape::Markdown => Some((NOT_BLANK, "say something here")),
        Shape::Id | Shape::Component => {
            Some((ID, "use lower-case letters and digits, in words joined by single hyphens"))
        }
        Shape::PostmortemName => Some((POSTMORTEM_NAME, "use letters, digits, hyphens, dots and underscores")),
        Shape::Incident => Some((INCIDENT, "write the incident's file name without its ending")),
        Shape::Url => Some((URL, "write an absolute address, such as `https://status.example.com/`")),
        Shape::BaseUrl => Some((BASE_URL, "write an absolute address without `?` and `#`")),
        Shape::Colour => Some((COLOUR, "write it as `\"#0a5cff\"`, in quotes, since `#` begins a comment")),
        Shape::Time => Some((TIME, "write it as `2026-03-02T15:04Z` or `2026-03-02T16:04+01:00`")),
        Shape::Date => Some((DATE, "write it as `2026-03-02`")),
        Shape::Duration => Some((DURATION, "write a whole number and a unit, such as `30m`, `8h` or `2d`")),
        _ => None,
    }
}

/// Text of a pattern, and what to do where it is none: editors show it, validators ignore it.
fn text(shape: &Shape) -> Value {
    let mut text = json!({ "type": "string" });
    if let Some((pattern, repair)) = pattern_of(shape) {
        text["pattern"] = json!(pattern);
        text["patternErrorMessage"] = json!(repair);
    }
    text
}

/// A text, or one for each of several languages.
fn per_language(each: &Shape) -> Value {
    let mut either = value(each);
    either["type"] = json!(["string", "object"]);
    either["additionalProperties"] = value(each);
    either["minProperties"] = json!(1);
    either
}

fn slug(shape: &Shape) -> Value {
    let mut slug = text(shape);
    slug["maxLength"] = json!(Id::LONGEST);
    slug
}

/// One of these words, and what editors show beside each.
fn choice<'a>(words: &[&str], meanings: impl Iterator<Item = &'a str>) -> Value {
    json!({ "type": "string", "enum": words, "enumDescriptions": meanings.collect::<Vec<_>>() })
}

fn rule_names() -> Vec<&'static str> {
    rules().map(|rule| rule.as_str()).collect()
}

fn named(names: Names, values: &Shape) -> Value {
    let each = value(values);
    let Some(closed) = names.closed() else {
        let names = if names == Names::Components { value(&Shape::Id) } else { json!({}) };
        return json!({ "type": "object", "additionalProperties": each, "propertyNames": names });
    };
    // A list without a value counts as left out; a text without one is a fault.
    let each = if values.items().is_some() { or_nothing(each) } else { each };
    let properties: Map<String, Value> = closed.iter().map(|name| ((*name).to_owned(), each.clone())).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}
