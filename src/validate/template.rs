//! Templates: texts to begin an update with.

use std::ops::Range;
use std::sync::Arc;

use super::text::check;
use super::{Entry, entry, suggestion, title, word};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::{Document, TemplateDoc};
use crate::markdown;
use crate::model::{Blank, Template, Vocabulary};

/// Reads a template.
pub fn template(path: &str, bytes: impl Into<Arc<[u8]>>) -> Entry<Template> {
    entry(path, bytes, |document, links, id| {
        let doc = TemplateDoc::read(document);
        check(document, document.body(), None, links);
        let status = word(document, doc.status.as_ref(), Code::UnknownStatus, "status");
        let title = title(document, doc.title, "title");
        let text = document.body();
        for at in braces(text) {
            let name = &text[at.start + 1..at.end - 1];
            if Blank::from_word(name).is_none() {
                let fault = Diagnostic::error(Code::UnknownBlank, format!("nothing fills in `{{{name}}}`"));
                document.report(fault.at(document.place_in_body(at)).help(suggestion(name, Blank::WORDS)));
            }
        }
        let body = said(document)?;
        Some(Template { id: id?, title: title?, status: status?, body })
    })
}

/// Words in braces: what looks like a blank.
fn braces(body: &str) -> Vec<Range<usize>> {
    let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
    let opened = body.match_indices('{').filter_map(|(at, _)| {
        let rest = &body[at + 1..];
        let length = rest.find(|c| !is_name(c)).filter(|length| *length > 0)?;
        rest[length..].starts_with('}').then_some(at..at + length + 2)
    });
    opened.collect()
}

/// The text, which must be there.
fn said(document: &Document) -> Option<String> {
    if document.body().trim().is_empty() {
        let fault = Diagnostic::error(Code::EmptyBody, "the template says nothing").at(Place::file(document.path()));
        document.report(fault.help("write the text below the front matter, in a `.md` file"));
        return None;
    }
    Some(markdown::trimmed(document.body()).to_owned())
}
