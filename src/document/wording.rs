//! `wording` of `site.yaml` as written: which rules of blameless wording apply.

use super::{At, Fields};
use crate::diagnostic::Code;

/// `wording` as written.
#[derive(Default)]
pub struct WordingDoc {
    /// `off`: rules
    pub off: Vec<At<String>>,
    /// `on`: rules
    pub on: Vec<At<String>>,
    /// `people`
    pub people: Vec<At<String>>,
    /// `words`: rule and phrases
    pub words: Vec<(&'static str, Vec<At<String>>)>,
}

impl WordingDoc {
    pub(super) fn read(fields: &Fields<'_>) -> WordingDoc {
        let texts = |key| fields.texts(key).unwrap_or_default();
        let rules: Vec<&'static str> =
            Code::ALL.iter().filter(|code| code.has_phrases()).map(|code| code.as_str()).collect();
        let words = fields.map("words", &rules);
        let words = words.iter().flat_map(|words| rules.iter().filter_map(|rule| Some((*rule, words.texts(rule)?))));
        WordingDoc { off: texts("off"), on: texts("on"), people: texts("people"), words: words.collect() }
    }
}
