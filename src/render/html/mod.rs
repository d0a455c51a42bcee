//! The pages. Each file of this module prepares what one kind of page says, as plain data; the
//! theme's templates decide how it looks.

mod bars;
mod component;
mod entries;
mod frame;
mod history;
mod home;
mod lead;
pub(super) mod parts;
mod simple;
mod uptime;

use std::sync::Arc;

use serde::Serialize;

pub(super) use frame::globals;
pub(super) use lead::{colour, headline};

use super::facts::Facts;
use crate::output::{Made, Route};

pub(super) fn routes(facts: &Arc<Facts>) -> Vec<Route> {
    let mut routes = vec![
        page(facts, "index.html", "Candor itself", home::page),
        page(facts, "404.html", "Candor itself", simple::not_found),
    ];
    routes.push(page(facts, "history/index.html", "Candor itself", history::index));
    routes.push(page(facts, "maintenance/index.html", "Candor itself", entries::maintenance_list));
    routes.push(page(facts, "uptime/index.html", "Candor itself", uptime::page));
    routes.push(page(facts, "subscribe/index.html", "Candor itself", simple::subscribe));
    let own = &facts.site;
    each(
        facts,
        &mut routes,
        facts.months.iter().map(|month| history::month_path(month.first)),
        "history",
        history::month,
    );
    each(
        facts,
        &mut routes,
        own.components.iter().map(|component| format!("components/{}/", component.id)),
        "the component",
        component::page,
    );
    each(
        facts,
        &mut routes,
        facts.incidents.iter().map(|seen| format!("incidents/{}/", seen.incident.id)),
        "the incident",
        entries::incident,
    );
    each(
        facts,
        &mut routes,
        facts.maintenance.iter().map(|seen| format!("maintenance/{}/", seen.maintenance.id)),
        "the maintenance",
        entries::maintenance,
    );
    each(
        facts,
        &mut routes,
        own.announcements.iter().map(|announcement| format!("announcements/{}/", announcement.id)),
        "the announcement",
        simple::announcement,
    );
    each(facts, &mut routes, own.pages.iter().map(|page| format!("{}/", page.id)), "the page", simple::page);
    routes
}

fn page(facts: &Arc<Facts>, path: &str, origin: &str, make: fn(&Facts) -> Made) -> Route {
    let facts = Arc::clone(facts);
    Route::new(path, origin, move || make(&facts))
}

/// A route for each of a list of things; `make` gets the thing's number in the list.
fn each(
    facts: &Arc<Facts>,
    routes: &mut Vec<Route>,
    folders: impl Iterator<Item = String>,
    origin: &str,
    make: fn(&Facts, usize) -> Made,
) {
    routes.extend(folders.enumerate().map(|(index, folder)| {
        let facts = Arc::clone(facts);
        let origin = format!("{origin} `{}`", folder.trim_end_matches('/').rsplit('/').next().unwrap_or_default());
        Route::new(format!("{folder}index.html"), origin, move || make(&facts, index))
    }));
}

/// What every page says of itself.
struct Head<'a> {
    /// From the root, ending in `/`; empty for home.
    folder: &'a str,
    /// As in the browser's tab, without the site's name.
    title: String,
    /// One or two sentences for previews of links.
    description: String,
}

/// Renders a page: `content` is `page` in the template, next to what [`frame`] gives.
fn render(facts: &Facts, template: &str, head: &Head<'_>, content: &impl Serialize) -> Made {
    let mut context = tera::Context::new();
    context.insert("page", content);
    frame::insert(facts, &mut context, head);
    facts.theme.render(template, &context).map_err(|fault| vec![*fault])
}

/// The way from a folder back to the root.
pub(super) fn root_of(folder: &str) -> String {
    "../".repeat(folder.matches('/').count())
}
