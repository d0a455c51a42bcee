//! What is shown at the moment: the last good site and, if the newest is broken, why.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::WIKI;
use super::moment::Content;
use super::notes::Notes;
use crate::diagnostic::{self, Diagnostic, Format, Severity};
use crate::output::{Made, Route};
use crate::pipeline::Build;

/// The files of a build without errors, made when they are asked for.
#[derive(Default)]
pub(super) struct Pages {
    routes: Vec<Route>,
    has_failed: AtomicBool,
    /// What the preview says beside the pages.
    pub(super) notes: Notes,
}

impl Pages {
    /// The site, its wiki and what is to be said of both.
    pub(super) fn of(build: Build) -> Pages {
        let notes = Notes::of(&build);
        Pages { notes, ..Pages::beside(build.routes, build.wiki) }
    }

    /// `routes` as `pipeline::build` gives them: sorted by path.
    pub(super) fn new(routes: Vec<Route>) -> Pages {
        Pages { routes, has_failed: AtomicBool::new(false), notes: Notes::default() }
    }

    /// A site's routes and those of its wiki, which is shown under [`WIKI`]. Where the site itself has
    /// something there, the site goes first.
    pub(super) fn beside(site: Vec<Route>, wiki: Vec<Route>) -> Pages {
        let mut pages = Pages::new(site);
        let moved = wiki.into_iter().map(|mut route| {
            route.path.insert_str(0, WIKI);
            route
        });
        let free: Vec<Route> = moved.filter(|route| pages.find(&route.path).is_none()).collect();
        pages.routes.extend(free);
        pages.routes.sort_by(|a, b| a.path.cmp(&b.path));
        pages
    }

    pub(super) fn find(&self, path: &str) -> Option<&Route> {
        let index = self.routes.binary_search_by(|route| (*route.path).cmp(path)).ok()?;
        self.routes.get(index)
    }

    /// The bytes of a file. A fault is remembered: such a build is not the last good one.
    pub(super) fn make(&self, route: &Route) -> Made {
        route.make().inspect_err(|_| self.has_failed.store(true, Ordering::Relaxed))
    }
}

/// Why there are no new pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Report {
    /// How many faults there are.
    pub(super) errors: usize,
    /// As `candor check` prints it.
    pub(super) text: String,
}

impl Report {
    /// None if nothing among `diagnostics` is an error.
    pub(super) fn of(diagnostics: &[Diagnostic]) -> Option<Report> {
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
        (errors > 0).then(|| Report { errors, text: diagnostic::print(diagnostics, Format::Text { colour: false }) })
    }
}

/// One moment of the preview.
#[derive(Clone, Default)]
pub(super) struct State {
    /// Rises with each change that an open page must show.
    pub(super) number: u64,
    /// What is wrong with the newest content, if anything is.
    pub(super) report: Option<Report>,
    /// The newest pages that could be built; none before the first.
    pub(super) latest: Option<Arc<Pages>>,
    /// The good ones before `latest`, for a template that fails only when its page is made.
    pub(super) before: Option<Arc<Pages>>,
    /// The newest content, for a look at another moment; none before the first.
    pub(super) content: Option<Arc<Content>>,
}

impl State {
    /// Puts new pages on show.
    pub(super) fn show(&mut self, pages: Pages) {
        self.report = None;
        if let Some(old) = self.latest.replace(Arc::new(pages)).filter(|old| !old.has_failed.load(Ordering::Relaxed)) {
            self.before = Some(old);
        }
    }

    /// Puts the same content at a later moment on show.
    pub(super) fn move_on(&mut self, pages: Pages) {
        self.latest = Some(Arc::new(pages));
    }
}

/// Hands the newest [`State`] to whom wants it.
pub(super) struct Stage {
    state: Mutex<Arc<State>>,
    changed: Condvar,
}

impl Default for Stage {
    /// The number starts where that of another run does not, or a page which an earlier run left open
    /// in the browser could take the new run's number for its own.
    fn default() -> Stage {
        let number = u64::from(std::process::id()) * 1_000_000;
        Stage { state: Mutex::new(Arc::new(State { number, ..State::default() })), changed: Condvar::new() }
    }
}

impl Stage {
    pub(super) fn now(&self) -> Arc<State> {
        Arc::clone(&self.lock())
    }

    pub(super) fn put(&self, state: State) {
        *self.lock() = Arc::new(state);
        self.changed.notify_all();
    }

    /// The number on show, as soon as it is not `number`, or after `patience`.
    pub(super) fn wait_beyond(&self, number: u64, patience: Duration) -> u64 {
        let wait = self.changed.wait_timeout_while(self.lock(), patience, |state| state.number == number);
        wait.unwrap_or_else(PoisonError::into_inner).0.number
    }

    /// A state is replaced as a whole, so that one from before a panic is as good as any.
    fn lock(&self) -> MutexGuard<'_, Arc<State>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn pages(text: Option<&'static str>) -> Pages {
        let fault = || vec![Diagnostic::error(Code::Theme, "broken")];
        Pages::new(vec![Route::new("index.html", "a test", move || {
            text.map(|text| text.as_bytes().to_vec()).ok_or_else(fault)
        })])
    }

    #[test]
    fn a_build_whose_page_failed_is_never_the_good_one_before() {
        let mut state = State::default();
        state.show(pages(Some("good")));
        for _ in 0..2 {
            state.show(pages(None));
            let latest = state.latest.clone().unwrap();
            assert!(latest.make(latest.find("index.html").unwrap()).is_err());
        }
        let before = state.before.unwrap();
        assert_eq!(before.make(before.find("index.html").unwrap()).unwrap(), b"good");
    }

    #[test]
    fn the_wiki_stands_beside_the_site_which_goes_first() {
        let fixed = |path: &str, text: &'static str| Route::fixed(path, "a test", text.as_bytes().into());
        let site = vec![fixed("index.html", "site"), fixed("wiki/a.html", "site"), fixed("x.css", "site")];
        let pages = Pages::beside(site, vec![fixed("a.html", "wiki"), fixed("index.html", "wiki")]);
        let text = |path: &str| String::from_utf8(pages.make(pages.find(path).unwrap()).unwrap()).unwrap();
        assert_eq!(
            ["index.html", "wiki/index.html", "wiki/a.html", "x.css"].map(text),
            ["site", "wiki", "site", "site"]
        );
        assert!(pages.find("a.html").is_none());
    }

    #[test]
    fn waiting_ends_with_the_change() {
        let stage = Arc::new(Stage::default());
        let number = stage.now().number;
        assert_eq!(stage.wait_beyond(number, Duration::from_millis(1)), number);
        let other = Arc::clone(&stage);
        let put = std::thread::spawn(move || other.put(State { number: number + 1, ..State::default() }));
        assert_eq!(stage.wait_beyond(number, Duration::from_secs(30)), number + 1);
        put.join().unwrap();
    }
}
