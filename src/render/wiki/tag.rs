//! The postmortems that share a word to find them by.

use std::collections::BTreeMap;

use serde::Serialize;

use super::postmortem::{Named, PostmortemRow, postmortem_rows};
use super::{Wiki, WikiPageHead, paths, render};
use crate::model::{Id, Site};
use crate::output::Made;

/// Every tag and how many postmortems have it, by name.
pub(super) fn all(site: &Site) -> BTreeMap<&Id, usize> {
    let mut counts = BTreeMap::new();
    for tag in site.postmortems.iter().flat_map(|postmortem| &postmortem.tags) {
        *counts.entry(tag).or_default() += 1;
    }
    counts
}

#[derive(Serialize)]
struct TagList {
    tags: Vec<Count>,
}

#[derive(Serialize)]
struct Count {
    tag: Named,
    postmortems: String,
}

pub(super) fn list(wiki: &Wiki) -> Made {
    let tags = all(&wiki.site).into_iter().map(|(tag, count)| Count {
        tag: Named::new(&paths::tag(tag), &**tag),
        postmortems: wiki.look.theme.messages.count("pm_postmortems", count),
    });
    let list = TagList { tags: tags.collect() };
    render(wiki, "tags.html", &WikiPageHead::new("tags/", wiki.look.theme.messages.get("pm_tags")), &list)
}

#[derive(Serialize)]
struct TagPage {
    postmortems: Vec<PostmortemRow>,
}

pub(super) fn page(wiki: &Wiki, tag: Id) -> Made {
    let tagged = wiki.site.postmortems.iter().rev().filter(|postmortem| postmortem.tags.contains(&tag));
    let page = TagPage { postmortems: postmortem_rows(wiki, tagged) };
    render(wiki, "tag.html", &WikiPageHead::new(paths::tag(&tag), &*tag), &page)
}
