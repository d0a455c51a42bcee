//! The pages of a build, or why there are none.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::WIKI;
use super::notes::Notes;
use crate::diagnostic::{self, Diagnostic, Format, Severity};
use crate::output::{Made, Route};
use crate::pipeline::{Build, Content, Moment};

/// The files of a build without errors, made when they are asked for.
#[derive(Default)]
pub(super) struct Pages {
    /// Each sorted by path.
    site: Arc<[Route]>,
    wiki: Arc<[Route]>,
    has_failed: AtomicBool,
    /// What the preview says beside the pages.
    pub(super) notes: Notes,
}

impl Pages {
    /// The site, its wiki and what is to be said of both.
    pub(super) fn of(content: &Arc<Content>, moment: &Moment<'_>, build: Build) -> Pages {
        let notes = Notes::of(content, moment, &build.diagnostics);
        Pages { notes, ..Pages::beside(build.routes, build.wiki) }
    }

    /// A site's routes and those of its wiki, as `pipeline::build` gives them: sorted by path.
    pub(super) fn beside(site: Arc<[Route]>, wiki: Arc<[Route]>) -> Pages {
        Pages { site, wiki, has_failed: AtomicBool::new(false), notes: Notes::default() }
    }

    /// What is shown at a path. The wiki lies under [`WIKI`]; where the site itself has something there, the site goes
    /// first.
    pub(super) fn find(&self, path: &str) -> Option<Route> {
        let of_wiki = || {
            let route = find(&self.wiki, path.strip_prefix(WIKI)?)?;
            Some(route.at(path))
        };
        find(&self.site, path).or_else(of_wiki)
    }

    /// Whether a page could not be made.
    pub(super) fn has_failed(&self) -> bool {
        self.has_failed.load(Ordering::Relaxed)
    }

    /// The bytes of a file. A fault is remembered: such a build is not the last good one.
    pub(super) fn make(&self, route: &Route) -> Made {
        route.make().inspect_err(|_| self.has_failed.store(true, Ordering::Relaxed))
    }
}

fn find(routes: &[Route], path: &str) -> Option<Route> {
    let index = routes.binary_search_by(|route| (*route.path).cmp(path)).ok()?;
    routes.get(index).cloned()
}

/// Why there are no new pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BuildFailure {
    /// How many faults there are.
    pub(super) errors: usize,
    /// As `candor check` prints it.
    pub(super) text: String,
}

impl BuildFailure {
    /// None if nothing among `diagnostics` is an error.
    pub(super) fn of(diagnostics: &[Diagnostic]) -> Option<BuildFailure> {
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
        (errors > 0)
            .then(|| BuildFailure { errors, text: diagnostic::print(diagnostics, Format::Text { colour: false }) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wiki_stands_beside_the_site_which_goes_first() {
        let fixed = |path: &str, text: &'static str| Route::fixed(path, "a test", text.as_bytes().into());
        let site = vec![fixed("index.html", "site"), fixed("wiki/a.html", "site"), fixed("x.css", "site")];
        let pages = Pages::beside(site.into(), [fixed("a.html", "wiki"), fixed("index.html", "wiki")].into());
        let text = |path: &str| String::from_utf8(pages.make(&pages.find(path).unwrap()).unwrap()).unwrap();
        assert_eq!(
            ["index.html", "wiki/index.html", "wiki/a.html", "x.css"].map(text),
            ["site", "wiki", "site", "site"]
        );
        assert!(pages.find("a.html").is_none());
    }
}
