//! From what a site is made of to routes, whichever of the two sites it is.

use std::sync::Arc;

use crate::output::{Made, Route};

/// Where a file comes from that no file of the content asks for.
const CANDOR: &str = "Candor itself";

/// A file that `make` makes.
pub(super) fn one<F: Send + Sync + 'static>(facts: &Arc<F>, path: &str, make: fn(&F) -> Made) -> Route {
    let facts = Arc::clone(facts);
    Route::new(path, CANDOR, move || make(&facts))
}

/// A file of text that `make` makes.
pub(super) fn text<F: Send + Sync + 'static>(facts: &Arc<F>, path: &str, make: fn(&F) -> String) -> Route {
    let facts = Arc::clone(facts);
    Route::new(path, CANDOR, move || Ok(make(&facts).into_bytes()))
}

/// A page for each of a list of things, which stand beside their folders.
pub(super) fn each<F: Send + Sync + 'static, T: Clone + Send + Sync + 'static>(
    facts: &Arc<F>,
    routes: &mut Vec<Route>,
    things: impl Iterator<Item = (String, T)>,
    origin: &str,
    make: fn(&F, T) -> Made,
) {
    routes.extend(things.map(|(folder, thing)| {
        let facts = Arc::clone(facts);
        let origin = format!("{origin} `{}`", folder.trim_end_matches('/').rsplit('/').next().unwrap_or_default());
        Route::new(format!("{folder}index.html"), origin, move || make(&facts, thing.clone()))
    }));
}

/// Folders beside their numbers, for things that are known by their place in a list.
pub(super) fn numbered(folders: impl Iterator<Item = String>) -> impl Iterator<Item = (String, usize)> {
    folders.enumerate().map(|(number, folder)| (folder, number))
}
