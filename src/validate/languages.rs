//! Texts that are written in several languages of a site, and which languages those are.

use std::collections::BTreeMap;

use super::frame::Frame;
use super::text::{Link, check};
use super::title;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::document::{At, Document, PerLanguage, SiteDoc};
use crate::markdown;
use crate::model::Translations;

/// The languages of a site, the main one first; none while `site.yaml` cannot be read.
pub(super) type Languages<'a> = Option<&'a [String]>;

pub(super) fn of(frame: Option<&Frame>) -> Languages<'_> {
    frame.map(|frame| &*frame.settings.languages)
}

/// What `language` and `languages` say, the main one first.
pub(super) fn languages(document: &Document, doc: &SiteDoc) -> Vec<String> {
    let main = doc.language.as_ref().map(|language| language.value.clone());
    let Some(written) = doc.languages.as_ref().filter(|written| !written.value.is_empty()) else {
        return vec![main.unwrap_or_else(|| "en".to_owned())];
    };
    let mut languages: Vec<String> = Vec::new();
    for language in &written.value {
        let report = |message: String, help: &str| {
            let fault = Diagnostic::error(Code::LanguageNotSpoken, message).at(document.place(&language.path));
            document.report(fault.help(help));
        };
        if !is_tag(&language.value) {
            report(format!("`{}` is not a language", language.value), "write a tag of BCP 47, such as `de` or `pt-BR`");
        } else if languages.contains(&language.value) {
            report(format!("the language `{}` is listed twice", language.value), "list it once");
        } else {
            languages.push(language.value.clone());
        }
    }
    if let (Some(main), Some(first)) = (&doc.language, languages.first())
        && main.value != *first
    {
        let message = format!("`language` is `{}`, and the first of `languages` is `{first}`", main.value);
        let fault = Diagnostic::error(Code::LanguageNotSpoken, message).at(document.place(&main.path));
        document.report(fault.help("take `language` out: the first of `languages` is the main one"));
    }
    if languages.is_empty() { vec!["en".to_owned()] } else { languages }
}

/// Whether a text can be a language, and the name of a folder.
fn is_tag(text: &str) -> bool {
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.split('-').all(is_part) && text.split('-').next().is_some_and(|first| first.len() >= 2)
}

/// The text in the main language, and those in the others.
pub(super) struct Texts {
    pub(super) main: Option<At<String>>,
    pub(super) others: Vec<(String, At<String>)>,
}

/// What a text is in each language of the site; reports a language that the site does not speak, and the main one where it
/// is missing.
pub(super) fn texts(document: &Document, written: Option<PerLanguage>, languages: Languages<'_>) -> Texts {
    let Some(PerLanguage { path, plain, texts }) = written else { return Texts { main: None, others: Vec::new() } };
    if let Some(value) = plain {
        return Texts { main: Some(At { value, path }), others: Vec::new() };
    }
    let mut others = spoken(document, texts, languages);
    // While nobody knows the languages, any of them does.
    let main = languages.and_then(<[String]>::first).or(others.first().map(|(language, _)| language)).cloned();
    let place = others.iter().position(|(language, _)| Some(language) == main.as_ref());
    let found = place.map(|place| others.remove(place).1);
    if found.is_none() {
        let main = main.unwrap_or_else(|| "en".to_owned());
        let fault =
            Diagnostic::error(Code::LanguageNotSpoken, format!("the text in the main language, `{main}`, is missing"));
        document.report(fault.at(document.place(&path)).help(format!("add `{main}: …`")));
    }
    Texts { main: found, others }
}

/// The texts in languages of the site; reports the others.
fn spoken(
    document: &Document,
    texts: Vec<(At<String>, At<String>)>,
    languages: Languages<'_>,
) -> Vec<(String, At<String>)> {
    let is_spoken = |language: &At<String>| {
        let Some(known) = languages else { return true };
        let is = known.contains(&language.value);
        if !is {
            let message = format!("the site does not speak `{}`", language.value);
            let fault = Diagnostic::error(Code::LanguageNotSpoken, message).at(document.place(&language.path));
            let near = did_you_mean(&language.value, known.iter().map(String::as_str));
            let help = near.unwrap_or_else(|| "add it to `languages` in `site.yaml`, or take it out here".to_owned());
            document.report(fault.help(help));
        }
        is
    };
    texts
        .into_iter()
        .filter(|(language, _)| is_spoken(language))
        .map(|(language, text)| (language.value, text))
        .collect()
}

/// A title or name, and the same in other languages.
pub(super) fn titles(
    document: &Document,
    written: Option<PerLanguage>,
    what: &str,
    languages: Languages<'_>,
) -> (Option<String>, Translations) {
    let texts = texts(document, written, languages);
    let main = title(document, texts.main, what);
    let others = texts.others.into_iter();
    let others = others.filter_map(|(language, text)| Some((language, title(document, Some(text), what)?)));
    let mut translations = Translations::default();
    translations.add_titles(others.collect());
    (main, translations)
}

/// A text without markup, and the same in other languages.
pub(super) fn descriptions(
    document: &Document,
    written: Option<PerLanguage>,
    languages: Languages<'_>,
    translations: &mut Translations,
) -> Option<String> {
    let texts = texts(document, written, languages);
    let trimmed = |text: At<String>| text.value.trim().to_owned();
    translations.add_texts(texts.others.into_iter().map(|(language, text)| (language, trimmed(text))).collect());
    texts.main.map(trimmed)
}

/// What stands below the front matter, in other languages: `body_in`.
pub(super) fn bodies(
    document: &Document,
    written: Vec<(At<String>, At<String>)>,
    languages: Languages<'_>,
    links: &mut Vec<Link>,
    translations: &mut Translations,
) {
    let main = languages.and_then(<[String]>::first);
    let mut texts = spoken(document, written, languages);
    if let Some(place) = texts.iter().position(|(language, _)| Some(language) == main) {
        let (language, text) = texts.remove(place);
        let message = format!("the text in the main language, `{language}`, stands below the front matter");
        let fault = Diagnostic::error(Code::LanguageNotSpoken, message).at(document.place(&text.path));
        document.report(fault.help("move it there"));
    }
    translations.add_texts(checked(document, texts, links));
}

/// Markdown in other languages, each checked as the main one is.
pub(super) fn checked(
    document: &Document,
    texts: Vec<(String, At<String>)>,
    links: &mut Vec<Link>,
) -> BTreeMap<String, String> {
    let mut checked = |(language, text): (String, At<String>)| {
        check(document, &text.value, Some(&text.path), links);
        if text.value.trim().is_empty() {
            let fault = Diagnostic::error(Code::EmptyBody, format!("the text in `{language}` says nothing"));
            document.report(fault.at(document.place(&text.path)).help("say it, or take the language out here"));
            return None;
        }
        Some((language, markdown::trimmed(&text.value).to_owned()))
    };
    texts.into_iter().filter_map(&mut checked).collect()
}
