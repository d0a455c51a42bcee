//! What the words of a language lack, and what they have that nothing prints.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};

/// How many keys a warning names.
const NAMED: usize = 8;

/// Endings by which a message has the forms of a number (Unicode CLDR).
const FORMS: [&str; 6] = ["_zero", "_one", "_two", "_few", "_many", "_other"];

/// Holds the words of a language to the English ones.
pub(super) fn check(
    language: &str,
    english: &BTreeMap<String, String>,
    own: &BTreeMap<String, String>,
    folder: &str,
) -> Vec<Diagnostic> {
    let warn = |message: String, help: String| {
        let place = Place::file(format!("{folder}messages/{language}.yaml"));
        Diagnostic::warning(Code::MessagesDiffer, message).at(place).help(help)
    };
    let missing: Vec<&str> = english.keys().filter(|key| !own.contains_key(*key)).map(String::as_str).collect();
    let absent = (!missing.is_empty()).then(|| {
        let message =
            format!("{} of {} messages are missing, and are printed in English", missing.len(), english.len());
        warn(message, format!("write {}", listed(&missing)))
    });
    let path = format!("{folder}messages/{language}.yaml");
    let known: BTreeSet<String> = english.keys().cloned().collect();
    let unknown = unknown(&known, own.keys(), &path);
    let blanks = own.iter().filter_map(|(key, text)| {
        let known = blanks(english.get(key).or_else(|| english.get(family(key)?))?);
        let strange = blanks(text)
            .into_iter()
            .find(|name| !known.contains(name) && *name != "n" && !key.starts_with("format_"))?;
        Some(warn(format!("nothing fills in `{{{strange}}}` in the message `{key}`"), fills(&known)))
    });
    absent.into_iter().chain(unknown).chain(blanks).collect()
}

/// Messages that are not among those known, and so are printed by nothing.
pub(super) fn unknown<'a>(
    known: &BTreeSet<String>,
    own: impl Iterator<Item = &'a String>,
    path: &str,
) -> Vec<Diagnostic> {
    let unknown = own.filter(|key| !is_known(known, key)).map(|key| {
        let help = did_you_mean(key, known.iter().map(String::as_str));
        Diagnostic::warning(Code::MessagesDiffer, format!("nothing prints the message `{key}`"))
            .at(Place::file(path))
            .help(help.unwrap_or_else(|| "take it out".to_owned()))
    });
    unknown.collect()
}

fn listed(keys: &[&str]) -> String {
    let named: Vec<String> = keys.iter().take(NAMED).map(|key| format!("`{key}`")).collect();
    let more = keys.len().saturating_sub(NAMED);
    named.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
}

fn fills(known: &BTreeSet<&str>) -> String {
    match known.len() {
        0 => "it has no blanks".to_owned(),
        _ => format!("it has {}", known.iter().map(|name| format!("`{{{name}}}`")).collect::<Vec<_>>().join(", ")),
    }
}

/// A form that English does not have belongs to a message that it has.
fn is_known(english: &BTreeSet<String>, key: &str) -> bool {
    let base = family(key);
    let has = |base: &str| english.contains(base) || english.contains(&format!("{base}_many"));
    english.contains(key) || base.is_some_and(has)
}

fn family(key: &str) -> Option<&str> {
    FORMS.iter().find_map(|form| key.strip_suffix(form))
}

/// The names in braces.
fn blanks(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}
