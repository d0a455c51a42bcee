//! The words of a language.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

use super::{Part, embedded, missing};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::yaml::{self, Mark, Node};

/// From `mark` to the end of its line.
fn place(path: &str, text: &str, mark: Mark) -> Place {
    let line = text.lines().nth(mark.line - 1).unwrap_or_default();
    let length = line.chars().skip(mark.column - 1).count().max(1);
    Place { path: path.to_owned(), line: mark.line, column: mark.column, length, text: line.into() }
}

/// The names that the messages of a language may have, the more special ones last.
fn candidates(language: &str) -> Vec<String> {
    let short = language.split('-').next().unwrap_or(language);
    let is_traditional = language.split('-').skip(1).any(|part| ["Hant", "TW", "HK", "MO"].contains(&part));
    let script = (short == "zh" && !is_traditional).then(|| "zh-Hans".to_owned());
    let mut names: Vec<String> = std::iter::once(short.to_owned()).chain(script).collect();
    if !names.iter().any(|name| name == language) {
        names.push(language.to_owned());
    }
    names
}

fn no_messages(language: &str, folder: &str) -> Diagnostic {
    let message = format!("there are no messages for the language `{language}`; English is used");
    let help = format!("write `{folder}messages/{language}.yaml`");
    Diagnostic::warning(Code::UnknownLanguage, message).at(Place::file("content/site.yaml")).help(help)
}

fn rules(language: &str) -> Option<PluralRules> {
    let short = language.split('-').next().unwrap_or(language);
    let language: LanguageIdentifier = short.parse().ok()?;
    PluralRules::create(language, PluralRuleType::CARDINAL).ok()
}

/// The words of a language, over the English ones.
#[derive(Clone, Default)]
pub struct Messages {
    words: BTreeMap<String, String>,
    /// By the rules of the language (Unicode CLDR); none for English, and for a language that the rules do not know.
    plurals: Option<PluralRules>,
}

impl Messages {
    /// The messages of `language`, and of English where it has none; those of the folder over the default ones. The wiki
    /// speaks a language that has the words of the wiki, or English.
    pub(super) fn load(
        files: &BTreeMap<&str, &[u8]>,
        language: &str,
        part: Part,
        folder: &str,
        faults: &mut Vec<Diagnostic>,
    ) -> Messages {
        let mut messages = Messages::default();
        // English first, so that what a language lacks is a sentence and not a key.
        messages.read("en", files, part, folder, faults);
        let candidates = candidates(language);
        let has = |folder: &str, name: &String| files.contains_key(&*format!("messages/{folder}{name}.yaml"));
        if candidates.iter().all(|name| name != "en" && !has("", name)) {
            faults.push(no_messages(language, folder));
        }
        if part == Part::Wiki && !candidates.iter().any(|name| has("wiki/", name)) {
            return messages;
        }
        let mut own = Messages::default();
        candidates.iter().filter(|name| *name != "en").for_each(|name| own.read(name, files, part, folder, faults));
        if !own.words.is_empty() && part == Part::Public {
            faults.extend(missing::check(language, &messages.words, &own.words, folder));
        }
        messages.words.append(&mut own.words);
        messages.plurals = rules(language);
        messages
    }

    /// Adds the default words of a language, then those of the folder.
    fn read(
        &mut self,
        language: &str,
        files: &BTreeMap<&str, &[u8]>,
        part: Part,
        folder: &str,
        faults: &mut Vec<Diagnostic>,
    ) {
        for name in [format!("messages/{language}.yaml"), format!("messages/wiki/{language}.yaml")] {
            // A theme is loaded for one part, and its files are those of that part.
            let Some(bytes) = files.get(&*name) else { continue };
            let default = embedded::FILES.iter().find(|(path, _)| *path == name).map(|(_, text)| text.as_bytes());
            default.iter().for_each(|default| self.add(default, &name, faults));
            if default != Some(*bytes) {
                let known: BTreeSet<String> = self.words.keys().cloned().collect();
                self.add(bytes, &format!("{folder}{name}"), faults);
                // The words of other languages are held to the English ones as a whole.
                let is_of_part = name.contains("/wiki/") == (part == Part::Wiki);
                if language == "en" && is_of_part {
                    faults.extend(missing::unknown(&known, self.words.keys(), &format!("{folder}{name}")));
                }
            }
        }
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
        // Only where something is wrong: places cost another pass over the text.
        let places = OnceCell::new();
        for (key, node) in entries {
            match node {
                Node::Text(message) => _ = self.words.insert(key, message),
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
        self.words.get(key).map_or(key, String::as_str)
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

    /// The message for a number, with `{n}` filled in: `KEY_one`, `KEY_few` and so on, as the rules of the language name the
    /// form; `KEY_many`, or `KEY` alone, where there is none.
    pub fn count(&self, key: &str, n: usize) -> String {
        let form = self.form(n);
        let fits = |key: &String| {
            let text = self.words.get(key);
            // A language may say "1" and "21" in one form, and a message of that form the number in a word.
            text.is_some_and(|text| n == 1 || form != "one" || text.contains("{n}"))
        };
        let keys = [format!("{key}_{form}"), format!("{key}_many")];
        let key = keys.iter().find(|key| fits(key)).map_or(key, String::as_str);
        self.fill(key, &[("n", &n.to_string())])
    }

    fn form(&self, n: usize) -> &'static str {
        match self.plurals.as_ref().and_then(|rules| rules.select(n).ok()) {
            Some(PluralCategory::ZERO) => "zero",
            Some(PluralCategory::ONE) => "one",
            Some(PluralCategory::TWO) => "two",
            Some(PluralCategory::FEW) => "few",
            Some(PluralCategory::MANY) => "many",
            Some(PluralCategory::OTHER) => "other",
            None if n == 1 => "one",
            None => "other",
        }
    }

    /// What a script needs to print times and durations as the program does, as JSON.
    pub fn for_script(&self) -> String {
        let forms = ["zero", "one", "two", "few", "many", "other"];
        let days = forms.iter().filter_map(|form| Some((form, self.words.get(&format!("days_{form}"))?)));
        serde_json::json!({
            "minutes": self.get("minutes"),
            "hours": self.get("hours"),
            "pair": self.get("duration_pair"),
            "days": days.collect::<BTreeMap<_, _>>(),
            "clock": self.get("format_clock"),
            "full": self.get("format_full"),
            "months": self.get("months"),
        })
        .to_string()
    }

    /// The same messages, each as `change` makes it.
    #[must_use]
    pub fn each(&self, change: impl Fn(&str) -> String) -> Messages {
        let words = self.words.iter().map(|(key, text)| (key.clone(), change(text))).collect();
        Messages { words, plurals: self.plurals.clone() }
    }

    /// Every message, for templates.
    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.words
    }

    /// `a`, `a and b`, `a, b and c`; from the fourth on, `a, b and 2 more`.
    pub fn list(&self, items: &[&str]) -> String {
        let more = self.count("list_more", items.len().saturating_sub(2));
        let comma = self.get("list_comma");
        let (list, last) = match items {
            [] => return String::new(),
            [only] => return (*only).to_owned(),
            [list @ .., last] if items.len() <= 3 => (list.join(comma), *last),
            _ => (items[..2].join(comma), &*more),
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
