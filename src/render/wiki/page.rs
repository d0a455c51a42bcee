//! The company's own pages: those whose audience is internal.

use serde::Serialize;

use super::postmortem::Named;
use super::{Wiki, WikiPageHead, render};
use crate::model::{Page, Site, Visibility};
use crate::output::Made;

/// The internal pages, in their order.
pub(super) fn all(site: &Site) -> impl Iterator<Item = &Page> {
    let internal = site.pages.iter().filter(|record| record.audience == Visibility::Internal);
    internal.map(|record| &record.page)
}

/// A link to an internal page, from the root.
pub(super) fn link(page: &Page) -> Named {
    Named::new(&format!("{}/", page.id), &*page.title)
}

#[derive(Serialize)]
struct TextPage {
    body: String,
}

pub(super) fn page(wiki: &Wiki, page: Page) -> Made {
    let head = WikiPageHead::new(format!("{}/", page.id), &*page.title);
    let body = wiki.html(&page.body, &head.root(), 2);
    render(wiki, "page.html", &head, &TextPage { body })
}
