//! From the model and the views to routes: one file a kind of output.
//!
//! Public renderers see a [`PublicSite`] and nothing else; the wiki sees the
//! [`Site`](crate::model::Site).

mod api;
mod badge;
mod brand;
mod calendar;
mod difference;
mod embed;
mod facts;
mod feed;
mod forward;
mod headers;
mod html;
mod input_digest;
mod look;
mod metrics;
mod notification;
mod public_id;
mod published;
mod routes;
mod scope;
mod site_files;
mod text;
mod wiki;

use std::sync::Arc;

use rayon::prelude::*;

use crate::audience::PublicSite;
use crate::output::Route;
use crate::theme::Theme;

pub(crate) use difference::{Difference, Sign, Subject, differences, files as changed_files};
pub(crate) use facts::Facts;
pub use input_digest::InputDigest;
pub(crate) use look::{BuildInput, PageLanguage};
pub use notification::NEWS;
pub(crate) use notification::{FORMAT, Notification, NotificationBody, Piece, Touched, notifications, record};
pub(crate) use text::{escape as escape_html, host};
pub(crate) use wiki::{Known, REVIEWED, Review, Wiki, reviews, routes as wiki};

/// What the public pages of `site` draw on at `build.now`, and in its theme what is the same on every page.
pub fn facts(site: PublicSite, theme: Theme, build: BuildInput) -> Facts {
    let mut facts = Facts::new(site, theme, build);
    // Here and not in `Facts::new`, so that facts know nothing of the pages that are made of them.
    let globals = html::globals(&facts);
    facts.look.theme.set_globals(globals);
    facts
}

/// What home and the badge say first.
pub fn headline(facts: &Facts) -> &str {
    html::headline(facts)
}

/// What has files of its own, each.
type Parts = [fn(&Arc<Facts>) -> Vec<Route>];

/// The pages and feeds of a further language, in its folder. What programs ask for is there once.
pub fn public_in_language(facts: &Arc<Facts>) -> Vec<Route> {
    const PARTS: &Parts = &[html::routes, feed::routes, calendar::routes, badge::routes, embed::routes, forward::pages];
    let mut routes = all(PARTS, facts);
    let folder = &facts.site.settings.folder;
    routes.iter_mut().for_each(|route| route.path.insert_str(0, folder));
    routes
}

/// Every file of the public site but its static files.
pub fn public(facts: &Arc<Facts>) -> Vec<Route> {
    const PARTS: &Parts = &[
        html::routes,
        feed::routes,
        site_files::routes,
        api::routes,
        calendar::routes,
        badge::routes,
        embed::routes,
        forward::routes,
    ];
    all(PARTS, facts)
}

/// The files of all parts, in their order. A site of years has tens of thousands.
fn all(parts: &Parts, facts: &Arc<Facts>) -> Vec<Route> {
    parts.par_iter().flat_map_iter(|routes| routes(facts)).collect()
}
