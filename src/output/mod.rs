//! Routes become files: the only writer of the published folder.
//!
//! A folder that does not exist yet is made under another name and renamed when it is whole. In a
//! folder of an earlier build, each changed file is first written beside its place; only when all of
//! them are there are they renamed, one by one. Files that are the same stay untouched. What the
//! earlier build made and this one does not is removed, by the manifest alone.

mod manifest;
mod obstacle;
mod publish;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Place};

pub use publish::{PublishError, Written, publish};

/// What a route's maker gives: the bytes, or what keeps them from being published, such as a fault of
/// the theme.
pub type Made = Result<Vec<u8>, Vec<Diagnostic>>;

/// One file of a site, made when it is asked for.
#[derive(Clone)]
pub struct Route {
    /// From the root of the output, with forward slashes.
    pub path: String,
    /// The file or part that it comes from, for the message when two routes collide.
    pub origin: String,
    make: Arc<dyn Fn() -> Made + Send + Sync>,
}

impl Route {
    /// A file that `make` makes.
    pub fn new(
        path: impl Into<String>,
        origin: impl Into<String>,
        make: impl Fn() -> Made + Send + Sync + 'static,
    ) -> Route {
        Route { path: path.into(), origin: origin.into(), make: Arc::new(make) }
    }

    /// A file whose bytes are there already.
    pub fn fixed(path: impl Into<String>, origin: impl Into<String>, bytes: Arc<[u8]>) -> Route {
        Route::new(path, origin, move || Ok(bytes.to_vec()))
    }

    /// The bytes.
    ///
    /// # Errors
    /// Everything that keeps the file from being published.
    pub fn make(&self) -> Made {
        (self.make)()
    }
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} from {}", self.path, self.origin)
    }
}

/// Sorts the routes by path and reports two at the same path, and a path that is also a folder.
pub fn arrange(routes: &mut [Route]) -> Vec<Diagnostic> {
    routes.sort_by(|a, b| a.path.cmp(&b.path));
    let twice = routes.windows(2).filter(|pair| pair[0].path == pair[1].path).map(|pair| {
        let message = format!("`{}` is made twice: by {} and by {}", pair[0].path, pair[0].origin, pair[1].origin);
        taken(message, &pair[0], &pair[1])
    });
    let by_path: BTreeMap<&str, &Route> = routes.iter().map(|route| (&*route.path, route)).collect();
    // Each file that is also a folder once, with the first file in it.
    let mut folders: BTreeMap<&str, &Route> = BTreeMap::new();
    for route in routes.iter() {
        for (end, _) in route.path.match_indices('/').filter(|(end, _)| by_path.contains_key(&route.path[..*end])) {
            folders.entry(&route.path[..end]).or_insert(route);
        }
    }
    let both = folders.iter().map(|(path, inside)| {
        let message = format!("`{path}` would be a file, and a folder for `{}`", inside.path);
        taken(message, by_path[path], inside)
    });
    twice.chain(both).collect()
}

fn taken(message: String, one: &Route, other: &Route) -> Diagnostic {
    let fault = Diagnostic::error(Code::PathTaken, message).help("rename one of them");
    match [one, other].into_iter().find(|route| route.origin.starts_with("content/")) {
        Some(route) => fault.at(Place::file(&*route.origin)),
        None => fault,
    }
}
