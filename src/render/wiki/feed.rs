//! `postmortems.atom`: an entry per postmortem that is no draft. Internal as the wiki, so it has the whole
//! text.

use std::sync::Arc;

use atom_syndication::{Content, Entry, Feed, Generator, Person, Text};

use super::{Wiki, frame, paths};
use crate::markdown::{self, Links};
use crate::model::{Postmortem, PostmortemStatus, SectionKind};
use crate::output::Route;
use crate::render::feed::{ENTRIES, atom_link as link};
use crate::render::text::{escape, host, xml_clean};
use crate::time::Time;

/// The feed, if it is known where the wiki is: without it there are no addresses and no lasting ids.
pub(super) fn routes(wiki: &Arc<Wiki>) -> Option<Route> {
    let url = wiki.site.internal.wiki_url.clone()?;
    let wiki = Arc::clone(wiki);
    Some(Route::new("postmortems.atom", "Candor itself", move || Ok(feed(&wiki, &url).into_bytes())))
}

fn feed(wiki: &Wiki, url: &str) -> String {
    let entries = newest(wiki);
    let updated = entries.first().map_or(Time::from_millis(0), |(time, _)| *time);
    let feed = Feed {
        id: format!("tag:{},2005:/postmortems", host(url)),
        title: Text::plain(xml_clean(&format!(
            "{}: {}",
            frame::brand(wiki),
            wiki.look.theme.messages.get("postmortems")
        ))),
        updated: updated.utc().fixed_offset(),
        lang: Some(wiki.site.settings.language.clone()),
        authors: vec![Person { name: xml_clean(frame::brand(wiki)), ..Person::default() }],
        generator: Some(Generator {
            value: "Candor".to_owned(),
            uri: None,
            version: Some(wiki.look.build.version.clone()),
        }),
        links: vec![
            link("alternate", "text/html", format!("{url}postmortems/")),
            link("self", "application/atom+xml", format!("{url}postmortems.atom")),
        ],
        entries: entries.into_iter().map(|(time, postmortem)| entry(wiki, url, time, postmortem)).collect(),
        ..Feed::default()
    };
    format!("{}\n", feed.to_string())
}

/// The latest postmortems with their times, the latest first.
fn newest(wiki: &Wiki) -> Vec<(Time, &Postmortem)> {
    let shown = wiki.site.postmortems.iter().filter(|postmortem| postmortem.status != PostmortemStatus::Draft);
    let dated = shown.filter_map(|postmortem| Some((updated(wiki, postmortem)?, &**postmortem)));
    let mut entries: Vec<_> = dated.filter(|(time, _)| *time <= wiki.look.now()).collect();
    entries.sort_by_key(|(time, postmortem)| std::cmp::Reverse((*time, postmortem.id.clone())));
    entries.truncate(ENTRIES);
    entries
}

/// When the postmortem went out: as it says, or else by its first commit, or else the last that it tells of.
pub(super) fn updated(wiki: &Wiki, postmortem: &Postmortem) -> Option<Time> {
    let committed = || wiki.known.committed.get(&postmortem.id).copied();
    let last = || postmortem.marks.times.values().map(|mark| mark.at).max();
    postmortem.published.or_else(committed).or_else(last)
}

fn entry(wiki: &Wiki, url: &str, updated: Time, postmortem: &Postmortem) -> Entry {
    let summary = postmortem.section(SectionKind::Summary).map_or(&postmortem.preface, |section| &section.body);
    Entry {
        id: format!("tag:{},2005:Postmortem/{}", host(url), postmortem.id),
        title: Text::plain(xml_clean(&format!("{}: {}", postmortem.label, postmortem.title))),
        updated: updated.utc().fixed_offset(),
        links: vec![link("alternate", "text/html", format!("{url}{}", paths::postmortem(&postmortem.id)))],
        summary: Some(Text::plain(xml_clean(&markdown::opening(summary)))).filter(|text| !text.value.is_empty()),
        content: Some(Content {
            content_type: Some("html".to_owned()),
            value: Some(xml_clean(&text(wiki, url, postmortem))),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

/// The whole postmortem as HTML.
fn text(wiki: &Wiki, url: &str, postmortem: &Postmortem) -> String {
    let html = |text: &str| {
        markdown::html(text, Links::Wiki { root: url, paths: &wiki.known.paths, public: &wiki.site.settings.url }, 3)
    };
    let sections = postmortem.sections.iter();
    let sections = sections.map(|section| format!("<h2>{}</h2>\n{}\n", escape(&section.heading), html(&section.body)));
    format!("{}\n{}", html(&postmortem.preface), sections.collect::<String>())
}
