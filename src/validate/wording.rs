//! `wording` of `site.yaml`.

use super::suggestion;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Document, WordingDoc};
use crate::model::Wording;

/// What the site says of the rules of blameless wording.
pub(super) fn wording(document: &Document, doc: &WordingDoc) -> Wording {
    let texts = |list: &[At<String>]| list.iter().map(|text| text.value.clone()).collect::<Vec<_>>();
    let rules = |list: &[At<String>]| list.iter().filter_map(|name| rule(document, name)).collect();
    Wording {
        off: rules(&doc.off),
        on: rules(&doc.on),
        people: texts(&doc.people),
        words: doc.words.iter().map(|(rule, phrases)| (rule.clone(), texts(phrases))).collect(),
    }
}

fn rule(document: &Document, name: &At<String>) -> Option<String> {
    let is_known = Code::from_word(&name.value).is_some_and(Code::is_wording);
    if !is_known {
        let known: Vec<&str> = Code::ALL.iter().filter(|code| code.is_wording()).map(|code| code.as_str()).collect();
        let fault = Diagnostic::error(Code::UnknownWord, format!("unknown rule `{}`", name.value));
        document.report(fault.at(document.place(&name.path)).help(suggestion(&name.value, &known)));
    }
    is_known.then(|| name.value.clone())
}
