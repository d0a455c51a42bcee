//! `history.atom` and `updates.atom`: Atom (RFC 4287).

use std::sync::Arc;

use atom_syndication::{Content, Entry, Feed, Generator, Link, Person, Text};

use super::updated;
use crate::render::facts::Facts;
use crate::render::scope::Scope;
use crate::render::text::{host, xml_clean};

/// The feed `NAME.atom` of a scope.
pub(super) fn feed(facts: &Facts, scope: &Scope, name: &str, entries: &[Arc<super::FeedEntry>]) -> String {
    let settings = &facts.site.settings;
    let folder = scope.folder();
    let feed = Feed {
        id: format!("tag:{},2005:/{}{name}", host(&settings.id_base), scope.first_folder()),
        title: Text::plain(xml_clean(&scope.title(facts))),
        subtitle: scope.description(facts).map(|text| Text::plain(xml_clean(text))),
        updated: updated(entries).utc().fixed_offset(),
        lang: Some(settings.language.clone()),
        authors: vec![Person { name: xml_clean(&settings.name), ..Person::default() }],
        generator: Some(Generator {
            value: "Candor".to_owned(),
            uri: None,
            version: Some(facts.look.build.version.clone()),
        }),
        links: links(facts, scope, &format!("{folder}{name}.atom")),
        entries: entries.iter().map(|item| entry(item)).collect(),
        ..Feed::default()
    };
    format!("{}\n", feed.to_string())
}

fn links(facts: &Facts, scope: &Scope, path: &str) -> Vec<Link> {
    let own =
        [link("alternate", "text/html", scope.page(facts)), link("self", "application/atom+xml", facts.look.url(path))];
    let hub = facts.site.settings.hub.iter();
    let hub = hub.map(|hub| Link { rel: "hub".to_owned(), href: hub.clone(), ..Link::default() });
    own.into_iter().chain(hub).collect()
}

fn entry(item: &super::FeedEntry) -> Entry {
    Entry {
        id: item.tag.clone(),
        title: Text::plain(item.title.clone()),
        published: Some(item.published.utc().fixed_offset()),
        updated: item.updated.utc().fixed_offset(),
        links: vec![link("alternate", "text/html", item.url.clone())],
        content: Some(Content {
            content_type: Some("html".to_owned()),
            value: Some(item.content.clone()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

/// A link of a feed or of an entry.
pub(in crate::render) fn link(rel: &str, mime: &str, href: String) -> Link {
    Link { rel: rel.to_owned(), mime_type: Some(mime.to_owned()), href, ..Link::default() }
}
