//! Addresses that something had before: a page that leads on, for every host, and lines in `_redirects`, for those that
//! read this file (Netlify, Cloudflare Pages).
//!
//! Where both are, Cloudflare takes the line and Netlify the page; either leads on.

use std::sync::Arc;

use serde::Serialize;

use super::facts::Facts;
use super::html;
use crate::model::Id;
use crate::output::Route;
use crate::paths;

/// A folder that something had before, and the one that it has.
#[derive(Clone)]
pub(super) struct Forward {
    from: String,
    to: String,
    title: String,
}

/// What the page says.
#[derive(Serialize)]
struct Moved<'a> {
    title: &'a str,
    /// From the root.
    path: String,
}

/// The pages that lead on, without the lines.
pub(super) fn pages(facts: &Arc<Facts>) -> Vec<Route> {
    forwards(facts).into_iter().map(|forward| page(facts, forward)).collect()
}

pub(super) fn routes(facts: &Arc<Facts>) -> Vec<Route> {
    let forwards = forwards(facts);
    let text = redirects(facts, &forwards);
    let lines = (!text.is_empty()).then(|| Route::fixed(paths::REDIRECTS, "the aliases", text.into_bytes().into()));
    forwards.into_iter().map(|forward| page(facts, forward)).chain(lines).collect()
}

fn forwards(facts: &Facts) -> Vec<Forward> {
    let components = facts.site.components.iter().flat_map(|component| {
        let (to, title) = (paths::component(&component.id), &component.name);
        component.aliases.iter().map(move |alias| forward(paths::component(alias), &to, title)).collect::<Vec<_>>()
    });
    components.chain(entries(facts)).collect()
}

fn entries(facts: &Facts) -> Vec<Forward> {
    let site = &facts.site;
    let mut found = Vec::new();
    let mut add = |own: &Id, former: &mut dyn Iterator<Item = &Id>, path: fn(&Id) -> String, title: &str| {
        found.extend(former.map(|id| forward(path(id), &path(own), title)));
    };
    for snapshot in &facts.incidents {
        let incident = &snapshot.incident;
        add(&incident.id, &mut incident.former_ids(), paths::incident, &incident.title);
    }
    for snapshot in &facts.maintenance {
        let work = &snapshot.maintenance;
        add(&work.id, &mut work.former_ids(), paths::maintenance, &work.title);
    }
    for announcement in &site.announcements {
        add(&announcement.id, &mut announcement.former_ids(), paths::announcement, &announcement.title);
    }
    for page in &site.pages {
        add(&page.id, &mut page.former_ids(), paths::own_page, &page.title);
    }
    found
}

fn forward(from: String, to: &str, title: &str) -> Forward {
    Forward { from, to: to.to_owned(), title: title.to_owned() }
}

fn page(facts: &Arc<Facts>, forward: Forward) -> Route {
    let facts = Arc::clone(facts);
    let origin = format!("the alias `{}`", forward.from.trim_end_matches('/'));
    Route::new(paths::file(&forward.from), origin, move || {
        let page = Moved { title: &forward.title, path: paths::file(&forward.to) };
        html::moved(&facts, &forward.from, &forward.to, &forward.title, &page)
    })
}

/// The site's own lines come first: where two match, the first counts.
fn redirects(facts: &Facts, forwards: &[Forward]) -> String {
    let own = facts.look.build.redirects.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
    let break_after_own = if own.is_empty() || own.ends_with('\n') { "" } else { "\n" };
    // The further languages have the same pages in their folders; one language alone has none to list.
    let folders: Vec<&str> = match &facts.look.build.languages[..] {
        [] => vec![""],
        languages => languages.iter().map(|language| &*language.folder).collect(),
    };
    let lines = folders.iter().flat_map(|folder| {
        forwards.iter().map(move |forward| format!("/{folder}{}* /{folder}{}:splat 301\n", forward.from, forward.to))
    });
    format!("{own}{break_after_own}{}", lines.collect::<String>())
}
