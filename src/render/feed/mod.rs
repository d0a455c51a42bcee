//! The feeds. In `history`, one entry an incident or maintenance, whose date rises with each update;
//! of everything, of a component, of a group. In `updates`, one entry an update.

mod atom;
mod json;
mod rss;
mod scope;
mod updates;

use std::sync::Arc;

use super::facts::Facts;
use crate::markdown::{self, Links};
use crate::model::Id;
use crate::output::Route;
use crate::theme::Form;
use crate::time::Time;
use scope::Scope;

/// How many entries a feed has; readers fetch all of it each time.
pub(super) const ENTRIES: usize = 50;

pub(super) fn routes(facts: &Arc<Facts>) -> Vec<Route> {
    let mut routes: Vec<Route> = Scope::every(facts).into_iter().flat_map(|scope| history(facts, scope)).collect();
    let whole = |path: &str, make: fn(&Facts) -> String| {
        let facts = Arc::clone(facts);
        Route::new(path, "Candor itself", move || Ok(make(&facts).into_bytes()))
    };
    routes.push(whole("feed.json", |facts| json::feed(facts, &entries(facts, &Scope::All))));
    routes.push(whole("updates.atom", |facts| atom::feed(facts, &Scope::All, "updates", &updates::entries(facts))));
    routes
}

type Format = fn(&Facts, &Scope) -> String;

/// The two feeds of the history that every scope has.
fn history(facts: &Arc<Facts>, scope: Scope) -> [Route; 2] {
    let atom: Format = |facts, scope| atom::feed(facts, scope, "history", &entries(facts, scope));
    let rss: Format = |facts, scope| rss::feed(facts, scope, &entries(facts, scope));
    [("history.atom", atom), ("history.rss", rss)].map(|(name, make)| {
        let (facts, scope) = (Arc::clone(facts), scope.clone());
        let (path, origin) = (format!("{}{name}", scope.folder()), scope.origin());
        Route::new(path, origin, move || Ok(make(&facts, &scope).into_bytes()))
    })
}

/// What a feed says of one thing.
struct Entry {
    /// For ever the same, wherever the site moves (RFC 4151).
    tag: String,
    title: String,
    url: String,
    published: Time,
    updated: Time,
    /// HTML; in the history the newest update first.
    content: String,
    /// Plain text of the newest update.
    summary: String,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Incident,
    Maintenance,
}

fn tag(facts: &Facts, kind: &str, id: &str) -> String {
    format!("tag:{},2005:{kind}/{id}", host(facts))
}

/// The latest [`ENTRIES`] of the scope, the latest update first.
fn entries(facts: &Facts, scope: &Scope) -> Vec<Entry> {
    let mut order: Vec<(Time, &Id, Kind, usize)> = Vec::new();
    for (index, seen) in facts.incidents.iter().enumerate() {
        order.push((seen.newest().at, &seen.incident.id, Kind::Incident, index));
    }
    for (index, seen) in facts.maintenance.iter().enumerate() {
        order.push((maintenance_changed(facts, index), &seen.maintenance.id, Kind::Maintenance, index));
    }
    order.retain(|(_, _, kind, index)| scope.has(facts, *kind, *index));
    order.sort_by_key(|(changed, id, ..)| std::cmp::Reverse((*changed, *id)));
    order.truncate(ENTRIES);
    let make = |(updated, _, kind, index): (Time, &Id, Kind, usize)| match kind {
        Kind::Incident => incident(facts, index),
        Kind::Maintenance => maintenance(facts, index, updated),
    };
    order.into_iter().map(make).collect()
}

fn incident(facts: &Facts, index: usize) -> Entry {
    let seen = &facts.incidents[index];
    let messages = &facts.theme.messages;
    let updates = seen
        .updates()
        .iter()
        .rev()
        .map(|update| said(facts, update.at, messages.get(update.status.word()), &update.body));
    Entry {
        tag: tag(facts, "Incident", &seen.incident.id),
        title: xml_clean(&seen.incident.title),
        url: facts.url(&format!("incidents/{}/", seen.incident.id)),
        published: seen.updates()[0].at,
        updated: seen.newest().at,
        content: xml_clean(&updates.collect::<String>()),
        summary: xml_clean(&markdown::plain(&seen.newest().body)),
    }
}

fn maintenance(facts: &Facts, index: usize, updated: Time) -> Entry {
    let seen = &facts.maintenance[index];
    let work = &seen.maintenance;
    let messages = &facts.theme.messages;
    let planned = planned(facts, work.from, work.until);
    let updates = seen.updates().iter().rev();
    let updates: String =
        updates.map(|update| said(facts, update.at, messages.get(update.status.word()), &update.body)).collect();
    let description = body(facts, &work.description);
    let summary = seen.updates().last().map_or(&work.description, |update| &update.body);
    Entry {
        tag: tag(facts, "Maintenance", &work.id),
        title: xml_clean(&work.title),
        url: facts.url(&format!("maintenance/{}/", work.id)),
        published: seen.updates().first().map_or(updated, |first| first.at.min(updated)),
        updated,
        content: xml_clean(&format!("<p><strong>{}</strong></p>\n{updates}{description}", escape(&planned))),
        summary: xml_clean(&format!("{planned}. {}", markdown::plain(summary))),
    }
}

/// When maintenance is planned for, in words.
fn planned(facts: &Facts, from: Time, until: Time) -> String {
    let (messages, format) = (&facts.theme.messages, facts.format());
    let range = [("from", &*format.time(from, Form::Full)), ("until", &*format.near(until, from))];
    messages.fill("planned_for", &[("time", &messages.fill("range", &range))])
}

/// When the maintenance last changed, but never a time to come.
fn maintenance_changed(facts: &Facts, index: usize) -> Time {
    facts.maintenance[index].changed().min(facts.now())
}

/// One update, in the form that readers of Statuspage's feeds know: time, status in bold, a hyphen,
/// the text.
fn said(facts: &Facts, at: Time, label: &str, text: &str) -> String {
    let time = escape(&facts.format().time(at, Form::Full));
    let head = format!("<p><small>{time}</small><br><strong>{}</strong> - ", escape(label));
    let html = body(facts, text);
    match html.strip_prefix("<p>") {
        Some(rest) => format!("{head}{rest}\n"),
        None => format!("{head}</p>\n{html}\n"),
    }
}

fn body(facts: &Facts, text: &str) -> String {
    markdown::html(text, Links::Absolute(&facts.site.settings.url), 3)
}

/// The host in the site's URL, for tags and other ids.
pub(super) fn host(facts: &Facts) -> &str {
    let url = &facts.site.settings.url;
    let rest = url.split_once("://").map_or(&**url, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or(rest)
}

/// When the feed last changed; the beginning of Unix time if it is empty.
fn updated(entries: &[Entry]) -> Time {
    entries.iter().map(|entry| entry.updated).max().unwrap_or(Time::from_millis(0))
}

/// Without the characters that XML 1.0 forbids (section 2.2 of the specification).
pub(super) fn xml_clean(text: &str) -> String {
    let is_allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(is_allowed).collect()
}

/// As the content of an XML element.
pub(super) fn xml_text(text: &str) -> String {
    escape(&xml_clean(text))
}

/// As HTML text or as an attribute's value in double quotes.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
