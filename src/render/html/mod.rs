//! The pages. Each file of this module prepares what one kind of page says, as plain data; the
//! theme's templates decide how it looks.

mod announcements;
mod bars;
mod brand;
mod component;
mod embed;
mod entries;
mod frame;
mod history;
mod home;
mod lead;
mod months;
pub(super) mod parts;
mod picture;
mod settled;
mod simple;
mod uptime;

use std::sync::Arc;

use serde::Serialize;

pub(super) use frame::globals;
pub(super) use lead::{colour, headline, incident_state};

use super::facts::Facts;
use super::routes::{each, numbered, one};
use crate::output::{Made, Route};
use crate::paths;

pub(super) fn routes(facts: &Arc<Facts>) -> Vec<Route> {
    let own = &facts.site;
    let mut routes = vec![
        one(facts, &paths::file(paths::HOME), home::page),
        one(facts, paths::NOT_FOUND, simple::not_found),
        one(facts, &paths::file(paths::HISTORY), history::index),
        one(facts, &paths::file(paths::MAINTENANCE), entries::maintenance_list),
        one(facts, &paths::file(paths::ANNOUNCEMENTS), announcements::list),
        one(facts, &paths::file(paths::UPTIME), uptime::page),
        one(facts, &paths::file(paths::SUBSCRIBE), simple::subscribe),
        one(facts, &paths::file(paths::EMBED), embed::page),
    ];
    let months = facts.months.iter().map(|month| paths::month(month.first));
    each(facts, &mut routes, numbered(months), "history", history::month);
    let components = own.components.iter().map(|component| paths::component(&component.id));
    each(facts, &mut routes, numbered(components), "the component", component::page);
    let incidents = facts.incidents.iter().map(|snapshot| paths::incident(&snapshot.incident.id));
    each(facts, &mut routes, numbered(incidents), "the incident", entries::incident);
    let work = facts.maintenance.iter().map(|snapshot| paths::maintenance(&snapshot.maintenance.id));
    each(facts, &mut routes, numbered(work), "the maintenance", entries::maintenance);
    let to_come = facts.to_come.iter().map(|snapshot| paths::maintenance(&snapshot.maintenance.id));
    each(facts, &mut routes, numbered(to_come), "the maintenance to come", entries::maintenance_to_come);
    let announcements = own.announcements.iter().map(|announcement| paths::announcement(&announcement.id));
    each(facts, &mut routes, numbered(announcements), "the announcement", announcements::page);
    let pages = own.pages.iter().map(|page| paths::own_page(&page.id));
    each(facts, &mut routes, numbered(pages), "the page", simple::page);
    routes.extend(picture::routes(facts));
    routes
}

/// What every page says of itself.
struct PageHead<'a> {
    /// From the root, ending in `/`; empty for home.
    folder: &'a str,
    /// As in the browser's tab, without the site's name.
    title: String,
    /// One or two sentences for previews of links.
    description: String,
    /// Whether nothing but a new word can change the page, which then does not say when it was built.
    is_settled: bool,
}

impl<'a> PageHead<'a> {
    fn new(folder: &'a str, title: impl Into<String>, description: impl Into<String>) -> PageHead<'a> {
        PageHead { folder, title: title.into(), description: description.into(), is_settled: false }
    }

    fn settled(self, is_settled: bool) -> PageHead<'a> {
        PageHead { is_settled, ..self }
    }
}

/// The page at an address that something had before; it names the one it has as its own.
pub(super) fn moved(facts: &Facts, from: &str, to: &str, title: &str, content: &impl Serialize) -> Made {
    let mut context = tera::Context::new();
    context.insert("page", content);
    let description = format!("{} {title}", facts.look.theme.messages.get("moved_here"));
    frame::insert(facts, &mut context, &PageHead::new(from, title, description).settled(true));
    context.insert("canonical", &facts.look.url(to));
    facts.look.theme.render("moved.html", &context).map_err(|fault| vec![*fault])
}

/// Renders a page: `content` is `page` in the template, next to what [`frame`] gives.
fn render(facts: &Facts, template: &str, head: &PageHead<'_>, content: &impl Serialize) -> Made {
    let mut context = tera::Context::new();
    context.insert("page", content);
    frame::insert(facts, &mut context, head);
    facts.look.theme.render(template, &context).map_err(|fault| vec![*fault])
}
