//! Announcements and pages: each file by itself.

use std::sync::Arc;

use super::entries::{Components, aliases, check_window, visibility};
use super::languages::{self, Languages, bodies, titles};
use super::text::check;
use super::{Entry, entry};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::{AnnouncementDoc, Document, PageDoc};
use crate::markdown;
use crate::model::{Announcement, Id, Page, PageRecord};

/// Reads an announcement.
pub fn announcement(path: &str, bytes: impl Into<Arc<[u8]>>, frame: Components<'_>) -> Entry<Announcement> {
    entry(path, bytes, |document, links, id| {
        let doc = AnnouncementDoc::read(document);
        check_window(document, doc.from.as_ref(), doc.until.as_ref());
        check(document, document.body(), None, links);
        let spoken = languages::of(frame);
        let (title, mut translations) = titles(document, doc.title, "title", spoken);
        bodies(document, doc.body_in, spoken, links, &mut translations);
        Some(Announcement {
            translations,
            aliases: aliases(document, &doc.aliases),
            id: id?,
            title: title?,
            from: doc.from?.value,
            until: doc.until.map(|until| until.value),
            is_on_home: doc.is_on_home,
            pinned: doc.pinned,
            body: markdown::trimmed(document.body()).to_owned(),
            edited: None,
        })
    })
}

/// Whether the pages of a language are where this one would be, which is a fault. Some disks take `pt-br` for `pt-BR`.
fn is_language(document: &Document, id: &Id, spoken: Languages<'_>) -> bool {
    let mut others = spoken.unwrap_or_default().iter().skip(1);
    let Some(language) = others.find(|language| language.eq_ignore_ascii_case(id)) else { return false };
    let message = format!("the page would be at `/{id}/`, where the pages in `{language}` are");
    let help = format!("rename the file, such as to `about-{id}.md`");
    document.report(Diagnostic::error(Code::PathTaken, message).at(Place::file(document.path())).help(help));
    true
}

/// Reads a page.
pub fn page(path: &str, bytes: impl Into<Arc<[u8]>>, frame: Components<'_>) -> Entry<PageRecord> {
    /// Where a page without `order` stands, so that there is room on both sides.
    const MIDDLE: i64 = 100;
    entry(path, bytes, |document, links, id| {
        let doc = PageDoc::read(document);
        check(document, document.body(), None, links);
        let audience = visibility(document, doc.audience.as_ref());
        let spoken = languages::of(frame);
        let id = id.filter(|id| !is_language(document, id, spoken));
        let (title, mut translations) = titles(document, doc.title, "title", spoken);
        bodies(document, doc.body_in, spoken, links, &mut translations);
        let body = markdown::trimmed(document.body()).to_owned();
        let aliases = aliases(document, &doc.aliases);
        let page = Page { id: id?, aliases, title: title?, order: doc.order.unwrap_or(MIDDLE), body, translations };
        Some(PageRecord { page, audience })
    })
}
