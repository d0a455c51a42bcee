//! Every key that an author may write, kind by kind.

use candor::keys::{Key, Kind, Names, Shape, rules};
use candor::schema::pattern_of;

use super::{MARK, cell};

/// The chapter on the keys of all files, in Markdown.
pub fn chapter() -> String {
    let mut text = format!(
        "{MARK}# Every key\n\nWhat each file may hold. A list has `[]` after its name, and a mapping whose names you choose \
         `.NAME`. A key in **bold** must be there. Other keys are errors.\n"
    );
    for kind in Kind::ALL {
        let file = kind.folder().map_or("content/site.yaml".to_owned(), |folder| format!("content/{folder}/"));
        text += &format!("\n## {file}\n\n{}\n\n| key | value | meaning |\n| --- | --- | --- |\n", kind.about());
        rows(kind.keys(), "", &mut text);
    }
    text
}

fn rows(keys: &[Key], above: &str, text: &mut String) {
    for key in keys {
        let name = format!("{above}{}", key.name);
        let shown = if key.is_needed { format!("**`{name}`**") } else { format!("`{name}`") };
        *text += &format!("| {shown} | {} | {} |\n", cell(&value(&key.shape)), cell(key.about));
        below(&key.shape, &name, text);
    }
}

/// The keys of mappings inside of a value.
fn below(shape: &Shape, name: &str, text: &mut String) {
    match shape {
        Shape::Map(keys) => rows(keys, &format!("{name}."), text),
        Shape::List(items) | Shape::AtLeastOne(items) => below(items, &format!("{name}[]"), text),
        Shape::Named(_, values) => below(values, &format!("{name}.NAME"), text),
        _ => {}
    }
}

/// What may be written there, in a few words.
fn value(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Title => "text that is not blank".to_owned(),
        Shape::Markdown => "Markdown that is not blank".to_owned(),
        Shape::PerLanguage(each) => format!("{}, or a mapping from languages to such texts", value(each)),
        Shape::Id => "an id".to_owned(),
        Shape::Component => "the id of a component".to_owned(),
        Shape::Incident => "the id of an incident".to_owned(),
        Shape::PostmortemName => "the name of a postmortem".to_owned(),
        Shape::Severity => "a severity of `site.yaml`".to_owned(),
        Shape::Url | Shape::BaseUrl => "an address".to_owned(),
        Shape::Time => format!("a time{}", written(shape)),
        Shape::Date => format!("a day{}", written(shape)),
        Shape::Duration => "a duration, such as `30m`, `8h` or `2d`".to_owned(),
        Shape::Flag => "`true` or `false`".to_owned(),
        Shape::Whole => "a whole number".to_owned(),
        Shape::Weight => "a whole number from 1 to 1000".to_owned(),
        Shape::Colour => "a colour, such as `\"#0a5cff\"`".to_owned(),
        Shape::Share => "a number above 0, at most 1".to_owned(),
        Shape::Percent => "a number from 0 to 100".to_owned(),
        Shape::Word { words, meanings } => choice(words, meanings),
        Shape::Rule => format!("a rule of wording: {}", one_of(rules().map(|rule| rule.as_str()))),
        Shape::List(items) => format!("a list: {}", value(items)),
        Shape::AtLeastOne(items) => format!("a list, not empty: {}", value(items)),
        Shape::Map(_) => "a mapping".to_owned(),
        Shape::Named(names, values) => format!("a mapping from {} to: {}", named(*names), value(values)),
    }
}

/// The example that the repair of a wrong value gives, such as ", such as `2026-03-02`".
fn written(shape: &Shape) -> String {
    let example = pattern_of(shape).and_then(|(_, repair)| repair.split('`').nth(1));
    example.map_or_else(String::new, |example| format!(", such as `{example}`"))
}

fn choice(words: &[&str], meanings: &[&str]) -> String {
    let pairs = words.iter().zip(meanings);
    let shown: Vec<String> = pairs.map(|(word, meaning)| format!("`{word}`: {}", meaning.trim())).collect();
    shown.join("<br>")
}

fn one_of(words: impl Iterator<Item = &'static str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn named(names: Names) -> &'static str {
    match names {
        Names::Languages => "languages",
        Names::Components => "ids of components",
        Names::Severities => "severities of `site.yaml`",
        Names::Causes => "causes that postmortems name",
        Names::Labels => "labels of an alarm",
        Names::Marks => "marks",
        Names::Rules => "rules of wording",
    }
}
