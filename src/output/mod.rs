//! Routes become files: the only writer of the published folder.
//!
//! A new site is written beside the folder, with the files that stay as they are linked into it, and then changes places
//! with the old one in one step. Where the folder has to stay (a mount, a checkout, files of somebody else in it),
//! its files are replaced one by one after all of them are there, and a build that is cut short meanwhile is finished by
//! the next. What the earlier build made and this one does not is removed, by the manifest alone.
//!
//! # How a folder changes
//!
//! `output::lock` keeps other builds away from both folders before the content is read (a lock on the folder itself, or on
//! what it will be made in; it ends with the process). `output::prepare` makes a site beside its folder, `commit` shows it. Both
//! sites are prepared before either is shown.
//!
//! - **A folder that does not exist** is made beside its place as `.NAME.candor-new` and renamed when it is whole.
//! - **A folder of an earlier build**: every route is made and compared with the file there. Changed ones are written to
//!   `.NAME.candor-new`, the same ones are linked into it (so they keep their times), and the two folders change places in one
//!   step (`renameat2`, `RENAME_EXCHANGE`). Readers see one build, never two. Where nothing has changed, nothing is done.
//! - **A folder that must stay**: it is a mount, holds what Candor did not write (a checkout's `.git`, a `CNAME`), nothing can be
//!   written beside it, it would belong to another user, or `--in-place` asks for it. Then changed files wait in `.candor-new/files`; when
//!   the new manifest stands beside them as `.candor-new/manifest`, the new site is decided, and each file is renamed into
//!   place, assets before pages. Cut short, the next run finishes (`place::resume`), even if its content has faults.
//!   The build says so.
//! - **The manifest**, `.candor-manifest`, says what the folder is for (public site, wiki, messages) and lists the files that
//!   Candor made, each as a string of JSON. Lines that would lead out of the folder are ignored. A folder, one above it or one in
//!   it that is for something else is refused (`neighbours`).
//! - **Any other folder** is refused, unless it is empty but for `.git` or `.gitkeep`. A foreign file where one is to be
//!   written is refused before anything is changed.
//!
//! Before readers see it, what is new is written through to the disk (`syncfs`); `--no-sync` leaves that out.

mod error;
mod lock;
mod manifest;
mod neighbours;
mod obstacle;
mod place;
mod publish;
mod system;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Place};

pub use error::PublishError;
pub use lock::{FolderLock, LockEvent, lock};
pub use manifest::listed;
pub use place::WriteOptions;
pub use publish::{Prepared, Written, prepare, publish, repair};
pub use system::LockHolder;

/// What a published folder is for. One kind never takes the place of another, which other readers may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FolderKind {
    /// The public site.
    Public,
    /// The internal wiki.
    Wiki,
    /// Messages for other channels.
    Messages,
}

impl FolderKind {
    const ALL: [FolderKind; 3] = [FolderKind::Public, FolderKind::Wiki, FolderKind::Messages];

    fn of_word(word: &str) -> Option<FolderKind> {
        FolderKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// As manifests have it.
    fn word(self) -> &'static str {
        match self {
            FolderKind::Public => "public",
            FolderKind::Wiki => "wiki",
            FolderKind::Messages => "messages",
        }
    }

    /// In a sentence.
    fn described(self) -> &'static str {
        match self {
            FolderKind::Public => "the public site",
            FolderKind::Wiki => "the internal wiki",
            FolderKind::Messages => "messages of an outbox",
        }
    }
}

/// What a folder is to hold.
#[derive(Clone, Debug)]
pub struct FolderOwner {
    /// Which of the sites.
    pub kind: FolderKind,
    /// The address of the public site; empty for what knows none.
    pub site: String,
}

/// What a route's maker gives: the bytes, or what keeps them from being published, such as a fault of
/// the theme.
pub type Made = Result<Vec<u8>, Vec<Diagnostic>>;

/// One file of a site, made when it is asked for.
#[derive(Clone)]
pub struct Route {
    /// From the root of the output, with forward slashes.
    pub path: String,
    /// The file or part that it comes from, for the message when two routes collide.
    pub origin: Cow<'static, str>,
    make: Arc<dyn Fn() -> Made + Send + Sync>,
    guard: Option<Arc<RouteGuard>>,
}

/// What keeps the bytes of a route from being published, if anything does.
pub type RouteGuard = dyn Fn(&Route, &[u8]) -> Vec<Diagnostic> + Send + Sync;

impl Route {
    /// A file that `make` makes.
    pub fn new(
        path: impl Into<String>,
        origin: impl Into<Cow<'static, str>>,
        make: impl Fn() -> Made + Send + Sync + 'static,
    ) -> Route {
        Route { path: path.into(), origin: origin.into(), make: Arc::new(make), guard: None }
    }

    /// A file whose bytes are there already.
    pub fn fixed(path: impl Into<String>, origin: impl Into<Cow<'static, str>>, bytes: Arc<[u8]>) -> Route {
        Route::new(path, origin, move || Ok(bytes.to_vec()))
    }

    /// The same file, which is made only if `guard` lets its bytes pass.
    #[must_use]
    pub fn guarded(self, guard: Arc<RouteGuard>) -> Route {
        Route { guard: Some(guard), ..self }
    }

    /// The same file at another path.
    #[must_use]
    pub fn at(self, path: &str) -> Route {
        Route { path: path.to_owned(), ..self }
    }

    /// The bytes.
    ///
    /// # Errors
    /// Everything that keeps the file from being published.
    pub fn make(&self) -> Made {
        let bytes = (self.make)()?;
        let faults = self.guard.as_ref().map_or_else(Vec::new, |guard| guard(self, &bytes));
        if faults.is_empty() { Ok(bytes) } else { Err(faults) }
    }
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} from {}", self.path, self.origin)
    }
}

/// Sorts the routes by path and reports two at the same path, and a path that is also a folder.
pub fn arrange(routes: &mut [Route]) -> Vec<Diagnostic> {
    routes.par_sort_by(|a, b| a.path.cmp(&b.path));
    let twice = routes.windows(2).filter(|pair| pair[0].path == pair[1].path).map(|pair| {
        let message = format!("`{}` is made twice: by {} and by {}", pair[0].path, pair[0].origin, pair[1].origin);
        taken(message, &pair[0], &pair[1])
    });
    // Each file that is also a folder once, with the first file in it.
    let mut both: BTreeMap<&str, (&Route, &Route)> = BTreeMap::new();
    let mut earlier = "";
    for (index, route) in routes.iter().enumerate() {
        for folder in new_folders(&route.path, earlier) {
            if let Some(file) = find_before(&routes[..index], folder) {
                both.entry(folder).or_insert((file, route));
            }
        }
        earlier = &route.path;
    }
    let both = both.iter().map(|(path, (file, inside))| {
        let message = format!("`{path}` would be a file, and a folder for `{}`", inside.path);
        taken(message, file, inside)
    });
    twice.chain(both).collect()
}

/// The route at `path`, which sorts before what follows them. It is looked for from the end, in steps that double: of almost
/// every folder the first file follows right on where a file of its name would be.
fn find_before<'a>(routes: &'a [Route], path: &str) -> Option<&'a Route> {
    let steps = std::iter::successors(Some(1), |step| Some(step * 2)).take_while(|step| *step < routes.len());
    let from = steps.map(|step| routes.len() - step).find(|from| *routes[*from].path <= *path).unwrap_or(0);
    let near = &routes[from..];
    near.binary_search_by(|route| (*route.path).cmp(path)).ok().map(|index| &near[index])
}

/// The folders that a path lies in, without those of the path before it, which were looked at already.
fn new_folders<'a>(path: &'a str, earlier: &str) -> impl Iterator<Item = &'a str> {
    let shared = path.bytes().zip(earlier.bytes()).take_while(|(own, its)| own == its).count();
    path.match_indices('/').map(|(end, _)| end).filter(move |end| *end >= shared).map(|end| &path[..end])
}

fn taken(message: String, one: &Route, other: &Route) -> Diagnostic {
    let fault = Diagnostic::error(Code::PathTaken, message).help("rename one of them");
    match [one, other].into_iter().find(|route| route.origin.starts_with("content/")) {
        Some(route) => fault.at(Place::file(&*route.origin)),
        None => fault,
    }
}
