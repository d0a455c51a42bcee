//! `wording` of `site.yaml` as written: which rules of blameless wording apply.

use super::{At, Fields};

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
    pub words: Vec<(String, Vec<At<String>>)>,
}

impl WordingDoc {
    pub(super) fn read(fields: &Fields<'_>) -> WordingDoc {
        let texts = |key| fields.texts(key).unwrap_or_default();
        let words = fields.named_texts("words");
        WordingDoc { off: texts("off"), on: texts("on"), people: texts("people"), words }
    }
}
