//! For every key that is declared, every odd value: what the schema refuses `check` must report, and the
//! other way round where the fault lies in that one value.

use std::collections::BTreeSet;

use candor::keys::{Key, Kind, Names, Shape};
use candor::model::{self, Vocabulary};
use serde_json::{Map, Value, json};

use super::{OF_ONE_VALUE, faults, validator};

/// A step into a value.
#[derive(Clone, Debug)]
enum Step {
    Key(String),
    First,
}

#[test]
fn schema_and_check_agree_on_every_value_of_every_key() {
    let mut disagreements = Vec::new();
    let mut count = 0;
    for kind in Kind::ALL {
        let validator = validator(kind);
        let whole = Value::from(mapping(kind.keys()));
        let mut judge = |what: String, value: &Value| {
            count += 1;
            let path =
                kind.folder().map_or("content/site.yaml".to_owned(), |folder| format!("content/{folder}/x.yaml"));
            let found = faults(kind, &path, value.to_string().as_bytes());
            let is_refused = !validator.is_valid(value);
            let is_wrong = found.iter().any(|fault| OF_ONE_VALUE.contains(&fault.code));
            if (is_refused && found.is_empty()) || (is_wrong && !is_refused) {
                let said: Vec<&str> = found.iter().map(|fault| fault.message.as_str()).collect();
                disagreements.push(format!("{} {what}: refused: {is_refused}, {said:?}", kind.word()));
            }
        };
        judge("whole".to_owned(), &whole);
        assert!(validator.is_valid(&whole), "{whole:#}");
        for path in paths(&whole) {
            for odd in odd_values() {
                let mut changed = whole.clone();
                *at(&mut changed, &path) = odd.clone();
                judge(format!("{path:?} = {odd}"), &changed);
            }
            let mut less = whole.clone();
            if remove(&mut less, &path) {
                judge(format!("{path:?} left out"), &less);
            }
            let mut more = whole.clone();
            if let Value::Object(map) = at(&mut more, &path) {
                map.insert("unheard-of".to_owned(), json!("minute"));
                judge(format!("{path:?} with a key more"), &more);
            }
        }
    }
    assert!(disagreements.is_empty(), "{} of {count}: {disagreements:#?}", disagreements.len());
    assert!(count > 5_000, "{count}");
}

/// A key that `document` did not read would be reported for nothing, whatever stands there.
#[test]
fn every_declared_key_is_read() {
    for kind in Kind::ALL {
        let whole = Value::from(mapping(kind.keys()));
        let path = kind.folder().map_or("content/site.yaml".to_owned(), |folder| format!("content/{folder}/x.yaml"));
        let are_wrong = |value: &Value| {
            let found = faults(kind, &path, value.to_string().as_bytes());
            found.iter().any(|fault| OF_ONE_VALUE.contains(&fault.code))
        };
        assert!(!are_wrong(&whole), "{}", kind.word());
        for step in paths(&whole).into_iter().filter(|path| !path.is_empty()) {
            let mut changed = whole.clone();
            // No key takes a list of lists.
            *at(&mut changed, &step) = json!([[[]]]);
            assert!(are_wrong(&changed), "{}: {step:?} is declared and not read", kind.word());
        }
    }
}

/// A mapping with every key.
fn mapping(keys: &[Key]) -> Map<String, Value> {
    keys.iter().map(|key| (key.name.to_owned(), sound(&key.shape))).collect()
}

/// A value without a fault, in the site of [`super::faults`].
fn sound(shape: &Shape) -> Value {
    match shape {
        // A name, a time zone, a group and its name: one text for all, so that what refers to it is right.
        Shape::Text | Shape::Title | Shape::Markdown => json!("UTC"),
        Shape::PerLanguage(each) => sound(each),
        Shape::Id | Shape::Component => json!("checkout"),
        Shape::Incident => json!("payments-slow"),
        Shape::PostmortemName => json!("PM-2026-001"),
        Shape::Severity => json!("SEV1"),
        Shape::Url | Shape::BaseUrl => json!("https://status.example.org/"),
        Shape::Time => json!("2026-03-02T15:04Z"),
        Shape::Date => json!("2026-03-02"),
        Shape::Duration => json!("8h"),
        Shape::Flag => json!(true),
        Shape::Whole => json!(7),
        Shape::Weight => json!(700),
        Shape::Colour => json!("#0a5cff"),
        Shape::Share | Shape::Percent => json!(0.5),
        Shape::Word { words, .. } => json!(words[0]),
        Shape::Rule => json!("BL001"),
        Shape::List(items) | Shape::AtLeastOne(items) => json!([sound(items)]),
        Shape::Map(keys) => Value::from(mapping(keys)),
        Shape::Named(names, values) => json!({ name(*names): sound(values) }),
    }
}

fn name(names: Names) -> &'static str {
    match names {
        Names::Languages => "da",
        Names::Components => "checkout",
        Names::Severities => "UTC",
        Names::Causes => "pool-exhausted",
        Names::Labels => "service",
        Names::Marks => "started",
        Names::Rules => "BL001",
    }
}

/// The way to every value, the whole one first.
fn paths(value: &Value) -> Vec<Vec<Step>> {
    let below: Vec<(Step, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (Step::Key(key.clone()), value)).collect(),
        Value::Array(items) => items.first().map(|item| (Step::First, item)).into_iter().collect(),
        _ => Vec::new(),
    };
    let deeper = below.into_iter().flat_map(|(step, value)| {
        let with_step = move |path: Vec<Step>| [vec![step.clone()], path].concat();
        paths(value).into_iter().map(with_step).collect::<Vec<_>>()
    });
    std::iter::once(Vec::new()).chain(deeper).collect()
}

fn at<'v>(value: &'v mut Value, path: &[Step]) -> &'v mut Value {
    path.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[key.as_str()],
        Step::First => &mut value[0],
    })
}

fn remove(value: &mut Value, path: &[Step]) -> bool {
    let Some((last, before)) = path.split_last() else { return false };
    match (at(value, before), last) {
        (Value::Object(map), Step::Key(key)) => map.remove(key).is_some(),
        (Value::Array(items), Step::First) => !std::mem::take(items).is_empty(),
        _ => false,
    }
}

/// Every word of every list, and texts and values that are nearly right somewhere.
fn odd_values() -> Vec<Value> {
    let words = [
        model::ComponentStatus::WORDS,
        model::Impact::WORDS,
        model::IncidentStatus::WORDS,
        model::MaintenanceStatus::WORDS,
        model::Visibility::WORDS,
        model::MaintenanceIndicator::WORDS,
        model::Detection::WORDS,
        model::PostmortemStatus::WORDS,
        model::Mark::WORDS,
        model::Precision::WORDS,
        model::ActionType::WORDS,
        model::TemplateStatus::WORDS,
    ];
    let words: BTreeSet<&str> = words.concat().into_iter().collect();
    let words = words.into_iter().map(Value::from);
    words.chain(TEXTS.iter().map(|text| Value::from(*text))).chain(values()).collect()
}

fn values() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(-1),
        json!(0.5),
        json!(100.5),
        json!(12345),
        json!([]),
        json!([null]),
        json!(["words"]),
        json!(["BL001"]),
        json!([{}]),
        json!({}),
        json!({ "critical": "1h" }),
        json!({ "checkout": null }),
    ]
}

const TEXTS: &[&str] = &[
    "",
    " ",
    "unheard-of",
    "Unheard Of",
    "PM-2026-001",
    "-.-",
    "a--b",
    "-a",
    "Ünlaut",
    "checkout.md",
    "content/incidents/2026/checkout.yaml",
    "content/incidents/",
    "BL001",
    "C001",
    "SEV9",
    "8h",
    "0h",
    "-8h",
    "+8h",
    "08 d",
    "8",
    "8w",
    "h",
    "2026-03-02",
    "2026-13-02",
    "2026-3-2",
    "12026-03-02",
    "1969-03-02",
    "2026-03-02T15:04Z",
    "2026-03-02 15:04 +0100",
    "2026-03-02t15:04:05.123456z",
    "2026-03-02T15:04.5-01:00",
    "2026-03-02T15:04",
    "2026-03-02T15:04:05",
    "2026-03-02T24:04Z",
    "2026-03-02T15:60Z",
    "2026-03-02T15:04+24:00",
    "2026-03-02T15:04ZZ",
    "12026-03-02T15:04Z",
    "1969-03-02T15:04Z",
    "https://status.example.org",
    "http://localhost:4000/a?b#c",
    "https:///a",
    "https://a b/",
    "https://a/{b}",
    "ftp://status.example.org/",
    "status.example.org",
    "Etc/UTC",
    "#05f",
    "#0A5CFF",
    "#0a5cff00",
    "0a5cff",
];
