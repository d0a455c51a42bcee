//! `history.atom`: Atom (RFC 4287).

use atom_syndication::{Content, Entry, Feed, Generator, Link, Person, Text};

use super::{host, updated, xml_clean};
use crate::render::facts::Facts;

pub(super) fn feed(facts: &Facts, entries: &[super::Entry]) -> String {
    let settings = &facts.site.settings;
    let host = host(facts);
    let name = xml_clean(&settings.name);
    let feed = Feed {
        id: format!("tag:{host},2005:/history"),
        title: Text::plain(name.clone()),
        subtitle: Some(Text::plain(xml_clean(&settings.description))),
        updated: updated(entries).utc().fixed_offset(),
        lang: Some(settings.language.clone()),
        authors: vec![Person { name, ..Person::default() }],
        generator: Some(Generator {
            value: "Candor".to_owned(),
            uri: None,
            version: Some(facts.build.version.clone()),
        }),
        links: vec![
            link("alternate", "text/html", settings.url.clone()),
            link("self", "application/atom+xml", facts.url("history.atom")),
        ],
        entries: entries.iter().map(|item| entry(item, host)).collect(),
        ..Feed::default()
    };
    format!("{}\n", feed.to_string())
}

fn entry(item: &super::Entry, host: &str) -> Entry {
    Entry {
        id: item.tag(host),
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

fn link(rel: &str, mime: &str, href: String) -> Link {
    Link { rel: rel.to_owned(), mime_type: Some(mime.to_owned()), href, ..Link::default() }
}
