//! The wiki: what the company learns from, page by page. It sees the whole [`Site`], which no public
//! renderer does, and is published elsewhere.

mod actions;
mod anniversaries;
mod cause;
mod comparison;
mod component;
mod duties;
mod feed;
mod filter;
mod frame;
mod home;
mod incident;
mod judgement;
mod metrics;
mod page;
mod places;
mod plot;
mod postmortem;
mod priorities;
mod search;
mod site_files;
mod tag;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::look::{BuildInput, Look};
use super::routes::{each, numbered, one};
use crate::markdown::{self, Links};
use crate::model::{Id, Postmortem, Site};
use crate::output::{Made, Route};
use crate::paths::wiki as paths;
use crate::theme::{Theme, sentence_case};
use crate::time::Time;
use crate::view::{self, Chain, IncidentSnapshot, Learning, Measurement, Metric};
use places::Places;

pub use postmortem::review::{REVIEWED, Review, reviews};

/// What a build knows of the postmortems beside what each says.
#[derive(Clone, Debug)]
pub struct Known {
    /// What they give together.
    pub learning: Arc<Learning>,
    /// When the file of a postmortem was first committed, by the postmortem's id; of those that do not say when
    /// they were published.
    pub committed: BTreeMap<Id, Time>,
    /// Every path from the root of the wiki that a link may name, folders ending in `/`.
    pub paths: Arc<BTreeSet<String>>,
}

/// The site, its internal views, and the look of the wiki.
pub struct Wiki {
    /// Everything the content says.
    pub site: Arc<Site>,
    /// What every page of either site needs.
    pub look: Look,
    /// Public and internal ones, oldest first.
    pub incidents: Vec<Arc<IncidentSnapshot>>,
    /// What the build knows beside the content.
    known: Known,
    /// Report and action: what was to be done, and was open when the cause came back.
    pub came_back: BTreeSet<(Id, String)>,
    /// Where postmortems, incidents and chains are.
    places: Places,
}

impl Wiki {
    /// Works out the views of `site` at `build.now`.
    pub fn new(site: Arc<Site>, theme: Theme, build: BuildInput, known: Known) -> Wiki {
        const STYLES: [&str; 2] = ["style.css", "wiki/wiki.css"];
        const SCRIPTS: [&str; 2] = ["page.js", "wiki/wiki.js"];
        let look = Look::new(theme, build, &site.settings, &site.components, &STYLES, &SCRIPTS, "");
        let all: Vec<_> = site.incidents.iter().map(|record| Arc::clone(&record.incident)).collect();
        let incidents = view::incident_snapshots(&all, look.now());
        let incidents = view::with_ends(incidents, &site.components, site.settings.zone, look.now());
        let came_back = came_back(&site, &known.learning.chains);
        let places = Places::of(&site, &known.learning.chains);
        let mut wiki = Wiki { site, look, incidents, known, came_back, places };
        let globals = frame::globals(&wiki);
        wiki.look.theme.set_globals(globals);
        wiki
    }

    /// How long a part of an incident took, if that is known.
    fn measure(&self, metric: Metric, postmortem: &Postmortem) -> Option<Measurement> {
        metric.of(postmortem, self.known.committed.get(&postmortem.id).copied())
    }

    /// What a cause is called: as the site says, or the words of its id.
    fn cause_title(&self, id: &Id) -> String {
        let written = self.site.internal.cause_titles.get(id).cloned();
        written.unwrap_or_else(|| sentence_case(&id.replace('-', " ")))
    }

    /// Markdown of an internal text as HTML: links lead to the wiki's own pages where there are such,
    /// else to the public site. `heading` is the level of its first heading.
    fn html(&self, text: &str, root: &str, heading: u8) -> String {
        let links = Links::Wiki { root, paths: &self.known.paths, public: &self.site.settings.url };
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
        let postmortem = &site.postmortems[carried.postmortem];
        (postmortem.id.clone(), postmortem.actions[carried.action].id.clone())
    });
    named.collect()
}

/// Every file of the wiki but its static files.
pub fn routes(wiki: &Arc<Wiki>) -> Vec<Route> {
    let site = &wiki.site;
    let mut routes = vec![
        one(wiki, &paths::page(paths::HOME), home::page),
        one(wiki, &paths::page(paths::POSTMORTEMS), postmortem::list),
        one(wiki, &paths::page(paths::INCIDENTS), incident::list),
        one(wiki, &paths::page(paths::COMPONENTS), component::list),
        one(wiki, &paths::page(paths::CAUSES), cause::list),
        one(wiki, &paths::page(paths::TAGS), tag::list),
        one(wiki, &paths::page(paths::YEARS_AGO), anniversaries::page),
        one(wiki, &paths::page(paths::ACTIONS), actions::page),
        one(wiki, &paths::page(paths::REVIEW), duties::review),
        one(wiki, &paths::page(paths::METRICS), metrics::page),
        one(wiki, &paths::page(paths::INVEST), priorities::page),
    ];
    let postmortems = site.postmortems.iter().map(|postmortem| paths::postmortem(&postmortem.id));
    each(wiki, &mut routes, numbered(postmortems), "the postmortem", postmortem::page);
    let incidents = wiki.incidents.iter().map(|snapshot| paths::incident(&snapshot.incident.id));
    each(wiki, &mut routes, numbered(incidents), "the incident", incident::page);
    let components = site.components.iter().map(|known| paths::component(&known.id));
    each(wiki, &mut routes, numbered(components), "the component", component::page);
    let causes = cause::ids(wiki).into_iter().map(|id| (paths::cause(&id), id));
    each(wiki, &mut routes, causes, "the cause", cause::page);
    let tags = tag::all(site).into_keys().map(|id| (paths::tag(id), id.clone()));
    each(wiki, &mut routes, tags, "the tag", tag::page);
    let pages = page::all(site).map(|page| (format!("{}/", page.id), page.clone()));
    each(wiki, &mut routes, pages, "the page", page::page);
    routes.extend(search::routes(wiki));
    routes.extend(feed::routes(wiki));
    routes.extend(site_files::routes(wiki));
    for asset in [&wiki.look.style, &wiki.look.script] {
        routes.push(Route::fixed(&*asset.path, "the theme", asset.text.as_bytes().into()));
    }
    routes
}

/// What every page says of itself.
struct WikiPageHead {
    /// From the root, ending in `/`; empty for home.
    folder: String,
    /// As in the browser's tab, without the wiki's name.
    title: String,
}

impl WikiPageHead {
    fn new(folder: impl Into<String>, title: impl Into<String>) -> WikiPageHead {
        WikiPageHead { folder: folder.into(), title: title.into() }
    }

    /// The way from the page to the root.
    fn root(&self) -> String {
        paths::root_of(&self.folder)
    }
}

/// Renders a page: `content` is `page` in the template, next to what [`frame`] gives.
fn render(wiki: &Wiki, template: &str, head: &WikiPageHead, content: &impl Serialize) -> Made {
    let mut context = tera::Context::new();
    context.insert("page", content);
    frame::insert(&mut context, head);
    wiki.look.theme.render(&format!("wiki/{template}"), &context).map_err(|fault| vec![*fault])
}
