//! The words of a language.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::yaml::{self, Mark, Node};

/// From `mark` to the end of its line.
fn place(path: &str, text: &str, mark: Mark) -> Place {
    let line = text.lines().nth(mark.line - 1).unwrap_or_default();
    let length = line.chars().skip(mark.column - 1).count().max(1);
    Place { path: path.to_owned(), line: mark.line, column: mark.column, length, text: line.into() }
}

/// The words of a language, over the English ones.
#[derive(Clone, Debug, Default)]
pub struct Messages(BTreeMap<String, String>);

impl Messages {
    /// The messages of `language`, and of English where it has none.
    pub(super) fn load(
        files: &BTreeMap<&str, &[u8]>,
        language: &str,
        folder: &str,
        faults: &mut Vec<Diagnostic>,
    ) -> Messages {
        let mut messages = Messages::default();
        let short = language.split('-').next().unwrap_or(language);
        let mut wanted = vec!["en", short, language];
        wanted.dedup();
        for language in &wanted {
            for name in [format!("messages/{language}.yaml"), format!("messages/wiki/{language}.yaml")] {
                if let Some(bytes) = files.get(&*name) {
                    messages.add(bytes, &format!("{folder}{name}"), faults);
                }
            }
        }
        if !files.contains_key(&*format!("messages/{short}.yaml"))
            && !files.contains_key(&*format!("messages/{language}.yaml"))
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
        let unreadable = |why: &str, place| {
            let fault = Diagnostic::error(Code::Theme, format!("the messages cannot be read: {why}")).at(place);
            fault.help("write one `key: text` a line")
        };
        let text = String::from_utf8_lossy(bytes);
        let entries = match yaml::parse(&text) {
            Ok(yaml::Parsed { root: Node::Map(entries), .. }) if std::str::from_utf8(bytes).is_ok() => entries,
            Err(fault) => return faults.push(unreadable(&fault.message, place(path, &text, fault.mark))),
            Ok(_) => return faults.push(unreadable("this is no mapping in UTF-8", Place::file(path))),
        };
        let places = OnceCell::new();
        for (key, node) in entries {
            match node {
                Node::Text(message) => _ = self.0.insert(key, message),
                _ => {
                    let places = places.get_or_init(|| yaml::Places::of(&text));
                    let mark = places.find(&[yaml::Step::Key(key.clone().into())]);
                    let mark = mark.unwrap_or(Mark { line: 1, column: 1 });
                    let fault = Diagnostic::error(Code::WrongType, format!("the message `{key}` is not text"));
                    faults.push(fault.at(place(path, &text, mark)).help("put it in quotes"));
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
        self.fill_with(key, |name, text| {
            let found = values.iter().find(|(known, _)| *known == name);
            found.iter().for_each(|(_, value)| text.push_str(value));
            found.is_some()
        })
    }

    /// As [`Messages::fill`]; `write` writes the value of a name into the text and says whether there
    /// is one. A name without a value stays as it is.
    pub fn fill_with(&self, key: &str, write: impl Fn(&str, &mut String) -> bool) -> String {
        let mut rest = self.get(key);
        let mut text = String::with_capacity(rest.len() + 32);
        while let Some((before, after)) = rest.split_once('{') {
            text += before;
            rest = match after.split_once('}') {
                Some((name, after)) if write(name, &mut text) => after,
                _ => {
                    text.push('{');
                    after
                }
            };
        }
        text + rest
    }

    /// `KEY_one` for one, `KEY_many` for any other number, with `{n}` filled in.
    pub fn count(&self, key: &str, n: usize) -> String {
        let form = if n == 1 { "one" } else { "many" };
        self.fill(&format!("{key}_{form}"), &[("n", &n.to_string())])
    }

    /// The same messages, each as `change` makes it.
    #[must_use]
    pub fn each(&self, change: impl Fn(&str) -> String) -> Messages {
        Messages(self.0.iter().map(|(key, text)| (key.clone(), change(text))).collect())
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

/// The text with a capital first letter, for a word of a sentence that stands alone. Messages hold such words as they
/// stand within a sentence, since the way back is lost: a German noun keeps its capital there.
pub fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
