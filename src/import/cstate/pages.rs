//! Pages: those of the author, and what could not be read as an entry.

use super::links::CstateLinks;
use super::write::{self, Keys};
use crate::document::{Document, Node};
use crate::import::Notes;
use crate::import::front::{Front, shown};
use crate::import::front_comments::{FrontComment, Holder};
use crate::model::Visibility;

/// A page as the source has it.
pub(super) struct CstatePage {
    /// Relative to the cState site.
    pub path: String,
    /// `title`
    pub title: String,
    order: Option<i64>,
    is_draft: bool,
    body: String,
    kept: Vec<String>,
    /// What stands between the keys as comments.
    comments: Vec<FrontComment>,
}

impl CstatePage {
    /// Reads a file; a page may be without front matter.
    pub(super) fn read(path: &str, bytes: &[u8], name: &str, notes: &mut Notes) -> CstatePage {
        let mut page = CstatePage::empty(path, name);
        let read = Document::read(path, bytes).map_err(|faults| {
            let words: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
            words.join("; ")
        });
        let taken = read.and_then(|document| {
            let front = Front::of(&document).ok_or("it is no mapping of keys to values")?;
            page.take(&front, document.body(), notes);
            Ok(())
        });
        if let Err(why) = taken {
            let message = format!("its front matter cannot be read ({why}); the whole file became the page's text");
            notes.add(path, None, message);
            page.body = String::from_utf8_lossy(bytes).into_owned();
            page.is_draft = true;
        }
        page
    }

    /// A file that is no entry, kept as it is for the company's eyes.
    pub(super) fn set_aside(path: &str, bytes: &[u8], name: &str) -> CstatePage {
        CstatePage { body: write::fenced(bytes), is_draft: true, ..CstatePage::empty(path, name) }
    }

    fn empty(path: &str, name: &str) -> CstatePage {
        CstatePage {
            path: path.to_owned(),
            title: name.to_owned(),
            order: None,
            is_draft: false,
            body: String::new(),
            kept: Vec::new(),
            comments: Vec::new(),
        }
    }

    fn take(&mut self, front: &Front<'_>, body: &str, notes: &mut Notes) {
        self.title = front.text("title").unwrap_or_else(|| std::mem::take(&mut self.title));
        self.is_draft = front.flag("draft") == Some(true);
        self.comments = front.comments();
        self.order = match front.get("weight") {
            Some(Node::Int(weight)) => Some(*weight),
            _ => None,
        };
        let (body, comments) = crate::import::markdown::prepare(body);
        self.body = body;
        for (key, node) in front.entries() {
            if !["title", "draft", "weight"].iter().any(|known| known.eq_ignore_ascii_case(key)) {
                let line = format!("{key}: {}", shown(node));
                notes.add(
                    &self.path,
                    front.line(key),
                    format!("the key `{line}` has no place here; it is kept as a comment"),
                );
                self.kept.push(format!("cState: {line}"));
            }
        }
        if self.is_draft {
            notes.add(&self.path, None, "a draft; it became an internal page");
        }
        self.kept.extend(comments.iter().map(|comment| write::source_comment(comment)));
    }

    /// Its comments, and where they are kept.
    pub(super) fn holder(&mut self) -> Holder<'_> {
        Holder { path: &self.path, comments: &self.comments, kept: &mut self.kept }
    }

    /// Whether anybody may read it.
    pub(super) fn is_public(&self) -> bool {
        !self.is_draft
    }

    /// Whether there is anything to read on it.
    pub(super) fn is_empty(&self) -> bool {
        self.body.trim().is_empty()
    }

    /// Its text, without markup of its own.
    pub(super) fn text(&self) -> &str {
        self.body.trim()
    }

    /// The file.
    pub(super) fn write(&self, links: &CstateLinks, notes: &mut Notes) -> Vec<u8> {
        let mut keys = Keys::default();
        keys.set("title", self.title.as_str());
        if self.is_draft {
            keys.set("audience", Visibility::Internal.word());
        }
        if let Some(order) = self.order {
            keys.node("order", Node::Int(order));
        }
        let body = links.convert(&self.body, &self.path, notes);
        write::entry(&keys, &self.kept, &body)
    }
}
