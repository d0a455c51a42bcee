//! The last wall: what is about to be published is searched for what must not become public.
//!
//! [`crate::audience`] keeps internal entries and fields out by their type. It cannot know what an author
//! writes into a public text. So every file is searched when it is made, and a file that holds a secret is
//! not made: [`Guard`] guards the routes, and whoever makes them (`build`, `check`, `serve`) gets the faults
//! instead of the bytes.
//!
//! The search is one pass with one automaton for all secrets. It stops at letters that a secret has and that
//! no format escapes; only there are escapes resolved and the surroundings compared. What is not found: words
//! that markup splits (`<b>Al</b>ice`), and texts inside compressed data.
//!
//! # How it searches
//!
//! `leak::Guard` guards each public route. When the route is made, its bytes are searched, and with a hit `make` gives faults
//! instead of bytes. So nothing is rendered twice, `publish` writes nothing, and `check` and `serve` need no code of their own.
//! `output::publish` makes all pages even if some fail, and gives all faults together; `leak::keep_one_each` keeps one for each
//! text and place.
//!
//! - `secret` gathers what to search for from the model. `validate::privacy` has made patterns of what the settings say.
//! - `search` has one automaton (Aho-Corasick) for all secrets: of each text the longest run of letters that no format
//!   escapes, of each range the numbers that its addresses begin with. So the bytes are passed once, whatever the number of
//!   secrets.
//! - Only where the automaton stops are the surroundings looked at: `reading` resolves escapes, folds letters and blanks, and
//!   `needle` says what counts as a word or a name; `address` reads an address.
//! - `plain` gives the same text where other bytes hide it (UTF-16, soft hyphens, accents apart); it is searched as well.
//! - `origin` finds the line: it reads the public sources in the same way, and only when there is a leak. Of `site.yaml` it
//!   takes the printed values alone, of a postmortem the external message.
//!
//! A format that splits or escapes letters otherwise (folded lines of calendars, markup inside a word) hides a text from the
//! search; the same text stands in an HTML page as well.

mod address;
mod letters;
mod needle;
mod origin;
mod plain;
mod reading;
mod search;
mod secret;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::Site;
use crate::output::{Route, RouteGuard};
use crate::source::Source;

use origin::Origins;
use search::{Hit, Search};
use secret::Secrets;

/// Searches the files of the public site.
pub struct Guard(Arc<Watch>);

struct Watch {
    search: Search,
    origins: Origins,
}

/// Where in a message the page begins; what stands before is the same for every page.
const PAGE: &str = ", but stands in `";

/// How the message of an HTML page ends.
const HTML: &str = ".html`";

impl Guard {
    /// Gathers what must not become public; `source` is where the lines of faults come from.
    pub fn new(site: &Site, source: &Source) -> Guard {
        let own = secret::host_of(&site.settings.url);
        let search = Search::new(Secrets::of(site), &site.internal.allowed, own);
        Guard(Arc::new(Watch { search, origins: Origins::new(site, source) }))
    }

    /// The same routes; one whose path or bytes hold a secret gives the faults when it is made.
    pub fn watch(&self, routes: Vec<Route>) -> Vec<Route> {
        let watch = Arc::clone(&self.0);
        let guard: Arc<RouteGuard> = Arc::new(move |route, bytes| watch.faults(route, bytes));
        routes.into_iter().map(|route| route.guarded(Arc::clone(&guard))).collect()
    }

    /// What a text holds that must not become public, of those that will be told from `at` on.
    pub fn upcoming(&self, text: &str, at: &str) -> Vec<Diagnostic> {
        let hits = self.0.search.hits("", text.as_bytes()).into_iter();
        hits.flat_map(|hit| self.0.report(&hit, &format!(", but will be told from {at} on"), "")).collect()
    }
}

impl Watch {
    fn faults(&self, route: &Route, bytes: &[u8]) -> Vec<Diagnostic> {
        // Without a name of its own, so that the ending of a picture does not keep addresses in its path from being
        // found.
        let in_path = self.search.hits("", route.path.as_bytes());
        let hits = in_path.into_iter().chain(self.search.hits(&route.path, bytes));
        let stands = format!("{PAGE}{}`", route.path);
        hits.flat_map(|hit| self.report(&hit, &stands, &route.origin)).collect()
    }

    /// One fault for each place in the source. A text that stands nowhere there, because a theme puts it
    /// together, is reported at the file that the page comes from, if it comes from one.
    fn report(&self, hit: &Hit, stands: &str, origin: &str) -> Vec<Diagnostic> {
        let message = format!("`{}` is not for the public ({}){stands}", hit.needle.shown, hit.rule);
        let fault = Diagnostic::error(Code::Leak, message)
            .help("take it out, or add it to `privacy.allow` in `content/site.yaml` if everybody may know it");
        let places = self.origins.places(&hit.needle);
        match places.is_empty() {
            true if origin.starts_with("content/") => vec![fault.at(Place::file(origin))],
            true => vec![fault],
            false => places.into_iter().map(|place| fault.clone().at(place)).collect(),
        }
    }
}

/// Of the faults that several files have for the same text at the same place, keeps one: that of an HTML
/// page, if there is one, since people can look at it.
pub fn keep_one_each(diagnostics: &mut Vec<Diagnostic>) {
    let mut kept: Vec<Diagnostic> = Vec::new();
    let mut seen = BTreeMap::new();
    for fault in std::mem::take(diagnostics) {
        let Some((what, page)) = fault.message.split_once(PAGE).filter(|_| fault.code == Code::Leak) else {
            kept.push(fault);
            continue;
        };
        match seen.entry((fault.place.clone(), what.to_owned())) {
            Entry::Vacant(entry) => {
                entry.insert(kept.len());
                kept.push(fault);
            }
            Entry::Occupied(entry) => {
                let earlier = &mut kept[*entry.get()];
                if page.ends_with(HTML) && !earlier.message.ends_with(HTML) {
                    *earlier = fault;
                }
            }
        }
    }
    *diagnostics = kept;
}
