//! The wiki: what the company learns from, page by page. It sees the whole [`Site`], which no public
//! renderer does, and is published elsewhere.

mod cause;
mod cause_step;
mod component;
mod duties;
mod feed;
mod frame;
mod home;
mod incident;
mod invest;
mod metrics;
mod metrics_counts;
mod metrics_figure;
mod metrics_values;
mod page;
mod paths;
mod plain;
mod plot;
mod plot_scale;
mod postmortem;
mod search;
mod search_index;
mod search_words;
mod tag;
mod years;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

use serde::Serialize;

use super::html::root_of;
use super::look::{Build, Look};
use crate::markdown::{self, Links};
use crate::model::{Id, Site};
use crate::output::{Made, Route};
use crate::theme::Theme;
use crate::time::Time;
use crate::view::{self, Chain, Learning, SeenIncident};

/// The site, its internal views, and the look of the wiki.
pub struct Wiki {
    /// Everything the content says.
    pub site: Site,
    /// What every page of either site needs.
    pub look: Look,
    /// Public and internal ones, oldest first.
    pub incidents: Vec<Arc<SeenIncident>>,
    /// When the file of a report was first committed, by the report's id; of those that do not say when
    /// they were published.
    pub committed: BTreeMap<Id, Time>,
    /// What the reports give together.
    pub learning: Arc<Learning>,
    /// Every path from the root that a link may name, folders ending in `/`.
    pub paths: BTreeSet<String>,
    /// Report and action: what was to be done, and was open when the cause came back.
    pub came_back: BTreeSet<(Id, String)>,
}

impl Deref for Wiki {
    type Target = Look;
    fn deref(&self) -> &Look {
        &self.look
    }
}

impl Wiki {
    /// Works out the views of `site` at `build.now`. `files` are the paths of the wiki's static files.
    pub fn new(
        site: Site,
        theme: Theme,
        build: Build,
        files: &[&str],
        learning: Arc<Learning>,
        committed: BTreeMap<Id, Time>,
    ) -> Wiki {
        const STYLES: [&str; 2] = ["style.css", "wiki/wiki.css"];
        const SCRIPTS: [&str; 2] = ["page.js", "wiki/wiki.js"];
        let look = Look::new(theme, build, &site.settings, &site.components, &STYLES, &SCRIPTS);
        let all: Vec<_> = site.incidents.iter().map(|record| Arc::clone(&record.incident)).collect();
        let incidents = view::seen_incidents(&all, look.now());
        let paths = paths::of(&site, files);
        let came_back = came_back(&site, &learning.chains);
        let mut wiki = Wiki { site, look, incidents, committed, learning, came_back, paths };
        let globals = frame::globals(&wiki);
        wiki.look.theme.set_globals(globals);
        wiki
    }

    /// Markdown of an internal text as HTML: links lead to the wiki's own pages where there are such,
    /// else to the public site. `heading` is the level of its first heading.
    fn html(&self, text: &str, root: &str, heading: u8) -> String {
        let links = Links::Wiki { root, paths: &self.paths, public: &self.settings.url };
        within_reach(&markdown::html(text, links, heading))
    }
}

/// Text that scrolls in its own box is within reach of the keyboard, and the empty corner of a table is no
/// heading.
fn within_reach(html: &str) -> String {
    html.replace("<pre>", "<pre tabindex=\"0\">").replace("<th></th>", "<td></td>")
}

/// The actions that were open when their cause came back.
fn came_back(site: &Site, chains: &[Chain]) -> BTreeSet<(Id, String)> {
    let carried = chains.iter().flat_map(|chain| &chain.steps).flat_map(|step| &step.carried_over);
    let named = carried.map(|carried| {
        let report = &site.postmortems[carried.report];
        (report.id.clone(), report.actions[carried.action].id.clone())
    });
    named.collect()
}

/// Every file of the wiki but its static files.
pub fn routes(wiki: &Arc<Wiki>) -> Vec<Route> {
    let mut routes = vec![
        fixed(wiki, "index.html", home::page),
        fixed(wiki, "postmortems/index.html", postmortem::list),
        fixed(wiki, "incidents/index.html", incident::list),
        fixed(wiki, "components/index.html", component::list),
        fixed(wiki, "tags/index.html", tag::list),
        fixed(wiki, "years-ago/index.html", years::page),
        fixed(wiki, "actions/index.html", duties::actions),
        fixed(wiki, "review/index.html", duties::review),
    ];
    let reports = wiki.site.postmortems.iter();
    each(wiki, &mut routes, reports.map(|report| paths::postmortem(&report.id)), "the postmortem", postmortem::page);
    routes.extend(search::routes(wiki));
    routes.extend(feed::routes(wiki));
    routes.extend(plain::routes(wiki));
    let incidents = wiki.incidents.iter();
    each(wiki, &mut routes, incidents.map(|seen| paths::incident(&seen.incident.id)), "the incident", incident::page);
    let components = wiki.site.components.iter();
    each(wiki, &mut routes, components.map(|known| paths::component(&known.id)), "the component", component::page);
    each(wiki, &mut routes, tag::all(&wiki.site).into_keys().map(paths::tag), "the tag", tag::page);
    each(wiki, &mut routes, page::all(&wiki.site).map(|page| format!("{}/", page.id)), "the page", page::page);
    numbers(wiki, &mut routes);
    for asset in [&wiki.style, &wiki.script] {
        routes.push(Route::fixed(&*asset.path, "the theme", asset.text.as_bytes().into()));
    }
    routes
}

/// What can be counted and compared.
fn numbers(wiki: &Arc<Wiki>, routes: &mut Vec<Route>) {
    routes.push(fixed(wiki, "metrics/index.html", metrics::page));
    routes.push(fixed(wiki, "invest/index.html", invest::page));
    routes.push(fixed(wiki, "causes/index.html", cause::list));
    each(wiki, routes, cause::ids(wiki).iter().map(paths::cause), "the cause", cause::page);
}

fn fixed(wiki: &Arc<Wiki>, path: &str, make: fn(&Wiki) -> Made) -> Route {
    let wiki = Arc::clone(wiki);
    Route::new(path, "Candor itself", move || make(&wiki))
}

/// A route for each of a list of folders; `make` gets the folder's number in the list.
fn each(
    wiki: &Arc<Wiki>,
    routes: &mut Vec<Route>,
    folders: impl Iterator<Item = String>,
    origin: &str,
    make: fn(&Wiki, usize) -> Made,
) {
    routes.extend(folders.enumerate().map(|(index, folder)| {
        let wiki = Arc::clone(wiki);
        let origin = format!("{origin} `{}`", folder.trim_end_matches('/').rsplit('/').next().unwrap_or_default());
        Route::new(format!("{folder}index.html"), origin, move || make(&wiki, index))
    }));
}

/// What every page says of itself.
struct Head {
    /// From the root, ending in `/`; empty for home.
    folder: String,
    /// As in the browser's tab, without the wiki's name.
    title: String,
}

impl Head {
    fn new(folder: impl Into<String>, title: impl Into<String>) -> Head {
        Head { folder: folder.into(), title: title.into() }
    }

    /// The way from the page to the root.
    fn root(&self) -> String {
        root_of(&self.folder)
    }
}

/// Renders a page: `content` is `page` in the template, next to what [`frame`] gives.
fn render(wiki: &Wiki, template: &str, head: &Head, content: &impl Serialize) -> Made {
    let mut context = tera::Context::new();
    context.insert("page", content);
    frame::insert(&mut context, head);
    wiki.theme.render(&format!("wiki/{template}"), &context).map_err(|fault| vec![*fault])
}
