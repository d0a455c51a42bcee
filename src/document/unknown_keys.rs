//! Keys that a file does not have, and what looks like one: between braces a comma ends a text, so that the rest of it reads
//! as keys without a value.

use super::Document;
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};
use crate::yaml::{Node, Path, Step};

/// Reports every key of a mapping that is not `known`; a text that was cut once.
pub(super) fn report(document: &Document, path: &Path, entries: &[(String, Node)], known: &[&str]) {
    let mapping = Mapping { document, path, entries };
    for (index, (key, _)) in entries.iter().enumerate().filter(|(_, (key, _))| !known.contains(&key.as_str())) {
        match mapping.rest_before(index) {
            0 => mapping.report_unknown(key, known),
            1 => mapping.report_cut(index),
            _ => {}
        }
    }
}

struct Mapping<'a> {
    document: &'a Document,
    path: &'a Path,
    entries: &'a [(String, Node)],
}

impl Mapping<'_> {
    fn place(&self, key: &str) -> Place {
        let mut path = self.path.clone();
        path.push(Step::KeyItself(key.to_owned(), 0));
        self.document.place(&path)
    }

    /// Whether it is no key but the rest of a text: it has no value, and no colon.
    fn is_rest(&self, index: usize) -> bool {
        let (key, value) = &self.entries[index];
        let place = self.place(key);
        let after = place.text.chars().skip(place.column + place.length - 1).find(|c| !c.is_whitespace());
        matches!(value, Node::Null) && after != Some(':')
    }

    /// How many rests follow the text that this belongs to, this included; 0 if it belongs to none.
    fn rest_before(&self, index: usize) -> usize {
        let rest = (1..=index).rev().take_while(|index| self.is_rest(*index)).count();
        if matches!(self.entries[index - rest].1, Node::Text(_)) { rest } else { 0 }
    }

    fn report_cut(&self, index: usize) {
        let (key, Node::Text(begun)) = &self.entries[index - 1] else { return };
        let more = (index..self.entries.len()).take_while(|index| self.is_rest(*index));
        let more = more.map(|index| self.entries[index].0.as_str());
        let whole: Vec<&str> = std::iter::once(begun.as_str()).chain(more).collect();
        let comma = if begun.contains(char::is_whitespace) { ", " } else { "," };
        let fault = Diagnostic::error(Code::UnknownKey, format!("a comma ends the text of `{key}` here"));
        let help = format!("put it in quotes: `{key}: \"{}\"`", whole.join(comma));
        self.document.report(fault.at(self.place(&self.entries[index].0)).help(help));
    }

    fn report_unknown(&self, key: &str, known: &[&str]) {
        let help = match key {
            "<<" => "write the keys out; mappings are not merged".to_owned(),
            key => did_you_mean(key, known.iter().copied()).unwrap_or_else(|| {
                format!("known here: {}", known.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "))
            }),
        };
        let fault = Diagnostic::error(Code::UnknownKey, format!("unknown key `{key}`"));
        self.document.report(fault.at(self.place(key)).help(help));
    }
}
