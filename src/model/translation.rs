//! Texts in further languages beside the main one.

use std::collections::BTreeMap;

/// What an author wrote of one thing in languages other than the main one, by language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Translations(pub BTreeMap<String, Translation>);

/// The words of one thing in one language; what is not written is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Translation {
    /// Its title, or its name.
    pub title: Option<String>,
    /// Its text: a body, a summary, a description.
    pub text: Option<String>,
}

impl Translations {
    /// Notes titles by language.
    pub fn add_titles(&mut self, titles: BTreeMap<String, String>) {
        titles.into_iter().for_each(|(language, title)| self.0.entry(language).or_default().title = Some(title));
    }

    /// Notes texts by language.
    pub fn add_texts(&mut self, texts: BTreeMap<String, String>) {
        texts.into_iter().for_each(|(language, text)| self.0.entry(language).or_default().text = Some(text));
    }

    /// The title in this language.
    pub fn title(&self, language: &str) -> Option<&str> {
        self.0.get(language)?.title.as_deref()
    }

    /// The text in this language.
    pub fn text(&self, language: &str) -> Option<&str> {
        self.0.get(language)?.text.as_deref()
    }

    /// Every title, whatever its language.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        self.0.values().filter_map(|words| words.title.as_deref())
    }

    /// Every text, whatever its language.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.values().flat_map(|words| words.title.iter().chain(&words.text)).map(String::as_str)
    }
}
