//! `history.rss`: RSS 2.0 (<https://www.rssboard.org/rss-specification>).

use std::sync::Arc;

use rss::extension::atom::{AtomExtension, Link};
use rss::{Channel, Guid, Item};

use super::{FeedEntry, updated};
use crate::paths;
use crate::render::facts::Facts;
use crate::render::scope::Scope;
use crate::render::text::xml_clean;

pub(super) fn feed(facts: &Facts, scope: &Scope, entries: &[Arc<FeedEntry>]) -> String {
    let settings = &facts.site.settings;
    let own = Link {
        rel: "self".to_owned(),
        href: facts.look.url(&(scope.folder() + paths::HISTORY_RSS)),
        mime_type: Some("application/rss+xml".to_owned()),
        ..Link::default()
    };
    let hub = facts.site.settings.hub.iter();
    let hub = hub.map(|hub| Link { rel: "hub".to_owned(), href: hub.clone(), ..Link::default() });
    let channel = Channel {
        title: xml_clean(&scope.title(facts)),
        link: scope.page(facts),
        // It is required, so that what has none says its title.
        description: xml_clean(scope.description(facts).unwrap_or(&scope.title(facts))),
        language: Some(settings.language.clone()),
        last_build_date: Some(updated(entries).rfc2822()),
        generator: Some(format!("Candor {}", facts.look.build.version)),
        namespaces: [("atom".to_owned(), "http://www.w3.org/2005/Atom".to_owned())].into(),
        atom_ext: Some(AtomExtension { links: std::iter::once(own).chain(hub).collect() }),
        items: entries.iter().map(|entry| item(entry)).collect(),
        ..Channel::default()
    };
    format!("{channel}\n")
}

fn item(entry: &FeedEntry) -> Item {
    Item {
        title: Some(entry.title.clone()),
        link: Some(entry.url.clone()),
        guid: Some(Guid { value: entry.guid.clone(), permalink: entry.guid == entry.url }),
        pub_date: Some(entry.updated.rfc2822()),
        description: Some(entry.content.clone()),
        ..Item::default()
    }
}
