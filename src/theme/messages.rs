//! The words of a language.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::yaml::{self, Node};

/// The words of a language, over the English ones.
#[derive(Clone, Debug, Default)]
pub struct Messages(BTreeMap<String, String>);

impl Messages {
    /// The messages of `language`, and of English where it has none.
    pub(super) fn load(
        files: &BTreeMap<String, Vec<u8>>,
        language: &str,
        folder: &str,
        faults: &mut Vec<Diagnostic>,
    ) -> Messages {
        let mut messages = Messages::default();
        let short = language.split('-').next().unwrap_or(language);
        let mut wanted = vec!["en", short, language];
        wanted.dedup();
        for language in &wanted {
            let name = format!("messages/{language}.yaml");
            if let Some(bytes) = files.get(&name) {
                messages.add(bytes, &format!("{folder}{name}"), faults);
            }
        }
        if !files.contains_key(&format!("messages/{short}.yaml"))
            && !files.contains_key(&format!("messages/{language}.yaml"))
        {
            let message = format!("there are no messages for the language `{language}`; English is used");
            let help = format!("write `{folder}messages/{language}.yaml`");
            faults.push(
                Diagnostic::warning(Code::UnknownLanguage, message).at(Place::file("content/site.yaml")).help(help),
            );
        }
        messages
    }

    fn add(&mut self, bytes: &[u8], path: &str, faults: &mut Vec<Diagnostic>) {
        let root = std::str::from_utf8(bytes).ok().and_then(|text| yaml::parse(text).ok()).map(|parsed| parsed.root);
        let Some(Node::Map(entries)) = root else {
            let fault = Diagnostic::error(Code::Theme, "the messages cannot be read");
            faults.push(fault.at(Place::file(path)).help("write one `key: text` a line, as UTF-8"));
            return;
        };
        for (key, node) in entries {
            match node {
                Node::Text(text) => _ = self.0.insert(key, text),
                _ => {
                    let fault = Diagnostic::error(Code::WrongType, format!("the message `{key}` is not text"));
                    faults.push(fault.at(Place::file(path)).help("put it in quotes"));
                }
            }
        }
    }

    /// A message without blanks to fill.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }

    /// A message with its `{names}` filled in.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let find = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| Cow::Borrowed(*value));
        self.fill_with(key, find)
    }

    /// As [`Messages::fill`], with values that are worked out when the message asks for them. A name
    /// without a value stays as it is.
    pub fn fill_with<'v>(&self, key: &str, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> String {
        let mut rest = self.get(key);
        let mut text = String::with_capacity(rest.len() + 32);
        while let Some((before, after)) = rest.split_once('{') {
            text += before;
            let known = after.split_once('}').and_then(|(name, after)| Some((value(name)?, after)));
            match known {
                Some((value, after)) => {
                    text += &value;
                    rest = after;
                }
                None => {
                    text.push('{');
                    rest = after;
                }
            }
        }
        text + rest
    }

    /// `KEY_one` for one, `KEY_many` for any other number, with `{n}` filled in.
    pub fn count(&self, key: &str, n: usize) -> String {
        let form = if n == 1 { "one" } else { "many" };
        self.fill(&format!("{key}_{form}"), &[("n", &n.to_string())])
    }

    /// Every message, for templates.
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.0
    }

    /// `a`, `a and b`, `a, b and c`; from the fourth on, `a, b and 2 more`.
    pub fn list(&self, items: &[&str]) -> String {
        let more = self.fill("list_more", &[("n", &items.len().saturating_sub(2).to_string())]);
        let (list, last) = match items {
            [] => return String::new(),
            [only] => return (*only).to_owned(),
            [list @ .., last] if items.len() <= 3 => (list.join(", "), *last),
            _ => (items[..2].join(", "), &*more),
        };
        self.fill("list_and", &[("list", &list), ("last", last)])
    }
}
