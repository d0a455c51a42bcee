//! From what is asked for to what is answered: a pure function of the state on show.

use std::sync::Arc;

use super::kind;
use super::moment;
use super::overlay::{self, ShownPage};
use super::pages::{BuildFailure, Pages};
use super::path;
use super::state::PreviewState;
use crate::output::Route;
use crate::time::Time;

/// What goes back to the browser.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    /// Where else to look; made from a route's path, never from the request.
    pub(super) location: Option<String>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn new(status: u16, kind: &'static str, body: impl Into<Vec<u8>>) -> Answer {
        Answer { status, kind, location: None, body: body.into() }
    }

    /// One line of plain text.
    pub(super) fn text(status: u16, text: &str) -> Answer {
        Answer::new(status, kind::TEXT, format!("{text}\n"))
    }

    /// To the folder of a route at a moment.
    fn redirect(status: u16, route: &Route, moment: Option<Time>) -> Answer {
        let folder = moment.map(moment::folder).unwrap_or_default();
        let location = folder + &path::encode(route.path.strip_suffix("index.html").unwrap_or(&route.path));
        Answer { location: Some(location), ..Answer::text(status, "The page is at another address.") }
    }
}

/// What a request asks for.
pub(super) struct Asked<'a> {
    /// As it stands in the request.
    pub(super) target: &'a str,
    /// Whether a frame of another page shows it.
    pub(super) is_framed: bool,
}

/// How a page is looked at.
#[derive(Clone, Copy)]
struct Look {
    moment: Option<Time>,
    is_framed: bool,
}

/// Answers a GET.
///
/// While the newest content is broken, pages are answered with the faults and status 503: for the
/// moment there is no such page, and a checker of links or pages must not take the faults for one.
/// Everything that is no page (assets, feeds) is then given as it last was.
pub(super) fn answer(state: &PreviewState, asked: &Asked<'_>) -> Answer {
    let (path, query) = asked.target.split_once('?').unwrap_or((asked.target, ""));
    if let Some((kind, text)) = overlay::file(path) {
        return Answer::new(200, kind, text);
    }
    if path == overlay::CLOCK {
        return at_another_moment(state, query);
    }
    if let Some(path) = path.strip_prefix(overlay::BESIDE) {
        return beside(state, path);
    }
    match moment::of(path) {
        Some((moment, path)) => {
            let look = Look { moment: Some(moment), is_framed: asked.is_framed };
            answer_at(&state_at(state, Some(moment)), look, path, query)
        }
        None => answer_at(state, Look { moment: None, is_framed: asked.is_framed }, path, query),
    }
}

/// The same content at another moment.
fn state_at(state: &PreviewState, moment: Option<Time>) -> PreviewState {
    match (moment, &state.content) {
        (Some(moment), Some(content)) => {
            let (latest, failure) = match content.at(moment) {
                Ok(pages) => (Some(pages), None),
                Err(failure) => (None, Some(failure)),
            };
            PreviewState { number: state.number, failure, latest, before: None, content: state.content.clone() }
        }
        _ => state.clone(),
    }
}

/// Leads from the form of the panel to the page `to` at the moment `now`, or to home where the page is not
/// there then.
fn at_another_moment(state: &PreviewState, query: &str) -> Answer {
    let value = |name: &str| {
        query.split('&').find_map(|pair| path::unescape_field(pair.strip_prefix(name)?.strip_prefix('=')?))
    };
    let moment = value("now").and_then(|text| Time::parse(&text).or_else(|_| Time::parse(&format!("{text}Z"))).ok());
    let Some(moment) = moment else { return Answer::text(400, "This is no moment. Write it as 2026-03-02T15:04Z.") };
    let at = state_at(state, Some(moment));
    let page = value("to").and_then(|to| path::decode(&to)).map(|path| page_of(&path)).unwrap_or_default();
    let found = at.latest.as_ref().and_then(|pages| pages.find(&page).or_else(|| pages.find("index.html")));
    match found {
        Some(route) => Answer::redirect(302, route, Some(moment)),
        None => not_found(&at),
    }
}

/// A page of either site beside its page in the other.
fn beside(state: &PreviewState, path: &str) -> Answer {
    let (moment, path) = moment::of(path).map_or((None, path), |(moment, path)| (Some(moment), path));
    let state = state_at(state, moment);
    match (path::decode(path), &state.latest) {
        (Some(path), Some(pages)) => {
            let folder = moment.map(moment::folder).unwrap_or_default();
            Answer::new(200, kind::HTML, overlay::beside(pages, &page_of(&path), &folder, state.number))
        }
        _ => not_found(&state),
    }
}

fn answer_at(state: &PreviewState, look: Look, path: &str, query: &str) -> Answer {
    let Some(path) = path::decode(path) else { return not_found(state) };
    if let Some(route) = folder(state, &path) {
        return Answer::redirect(301, route, look.moment);
    }
    if let Some(file) = file(state, &path) {
        return file;
    }
    let page = page_of(&path);
    match &state.failure {
        Some(failure) if query == overlay::LAST_GOOD => last_good(state, &page, failure),
        Some(failure) => faults(state, &page, failure),
        None => newest(state, look, &page, query == overlay::LAST_GOOD),
    }
}

/// The page that lies in the folder `path`, for a path without the slash at its end.
fn folder<'a>(state: &'a PreviewState, path: &str) -> Option<&'a Route> {
    let is_folder = path.is_empty() || path.ends_with('/');
    let pages = state.latest.as_ref().filter(|_| !is_folder)?;
    pages.find(&format!("{path}/index.html"))
}

/// A file that is no page. One of the pages before is given too: the last good page may need it.
fn file(state: &PreviewState, path: &str) -> Option<Answer> {
    let builds = || [&state.latest, &state.before].into_iter().flatten();
    let (pages, route) = builds().find_map(|pages| Some((pages, pages.find(path)?)))?;
    let kind = kind::of(path);
    if kind == kind::HTML {
        return None;
    }
    Some(match pages.make(route) {
        Ok(bytes) => Answer::new(200, kind, bytes),
        Err(found) => {
            BuildFailure::of(&found).map_or_else(|| not_found(state), |failure| faults(state, path, &failure))
        }
    })
}

fn page_of(path: &str) -> String {
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

/// The page of a site without errors, unless it turns out that its template has one.
fn newest(state: &PreviewState, look: Look, page: &str, wants_last_good: bool) -> Answer {
    let Some((pages, route)) = state.latest.as_ref().and_then(|pages| Some((pages, pages.find(page)?))) else {
        return not_found(state);
    };
    match pages.make(route) {
        Ok(html) => Answer::new(200, kind::HTML, dressed(state, look, pages, page, html)),
        Err(found) => match BuildFailure::of(&found) {
            Some(failure) if wants_last_good => last_good(state, page, &failure),
            Some(failure) => faults(state, page, &failure),
            None => not_found(state),
        },
    }
}

/// A page with what the preview adds to it.
fn dressed(state: &PreviewState, look: Look, pages: &Arc<Pages>, page: &str, mut html: Vec<u8>) -> Vec<u8> {
    let moment = look.moment;
    if let Some(moment) = moment {
        html = overlay::with_clock(html, moment);
    }
    // The page for what is not there stands at every such address.
    if !look.is_framed && page != "404.html" {
        html = ShownPage { pages, page, moment }.with_panel(html);
    }
    overlay::with_reload(html, state.number)
}

/// The faults in place of a page.
fn faults(state: &PreviewState, page: &str, failure: &BuildFailure) -> Answer {
    let has_last_good = last_good_html(state, page).is_some();
    Answer::new(503, kind::HTML, overlay::faults(failure, has_last_good, state.number))
}

/// The page as it last was, and a word that it is not what the content says now.
fn last_good(state: &PreviewState, page: &str, failure: &BuildFailure) -> Answer {
    match last_good_html(state, page) {
        Some(html) => Answer::new(200, kind::HTML, overlay::with_banner(html, failure, state.number)),
        None => faults(state, page, failure),
    }
}

fn last_good_html(state: &PreviewState, page: &str) -> Option<Vec<u8>> {
    let make = |pages: &Pages| pages.make(pages.find(page)?).ok();
    [&state.latest, &state.before].into_iter().flatten().find_map(|pages| make(pages))
}

/// The site's own page for what is not there, or the faults that keep it from being made.
fn not_found(state: &PreviewState) -> Answer {
    let made = |pages: &Pages| pages.make(pages.find("404.html")?).ok();
    match (&state.failure, state.latest.as_deref().and_then(made)) {
        (Some(failure), _) => faults(state, "404.html", failure),
        (None, Some(html)) => Answer::new(404, kind::HTML, overlay::with_reload(html, state.number)),
        (None, None) => Answer::text(404, "There is no such page."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic};

    fn fixed(path: &str, text: &'static str) -> Route {
        Route::fixed(path, "a test", text.as_bytes().into())
    }

    fn broken(path: &str) -> Route {
        Route::new(path, "a test", || Err(vec![Diagnostic::error(Code::Theme, "a <b> is broken")]))
    }

    fn showing(routes: Vec<Route>) -> PreviewState {
        let mut state = PreviewState { number: 7, ..PreviewState::default() };
        state.show(Pages::new(routes));
        state
    }

    fn sample() -> PreviewState {
        let page = "<body><p>here</p></body>";
        showing(vec![
            fixed("404.html", "<body>absent</body>"),
            fixed("größe/index.html", page),
            fixed("index.html", page),
            fixed("style.css", "p {}"),
        ])
    }

    fn answer(state: &PreviewState, target: &str) -> Answer {
        super::answer(state, &Asked { target, is_framed: true })
    }

    fn body(answer: &Answer) -> &str {
        std::str::from_utf8(&answer.body).unwrap()
    }

    #[test]
    fn pages_files_and_what_is_absent() {
        let state = sample();
        for target in ["/", "/?x=1", "/index.html", "/gr%C3%B6%C3%9Fe/", "/?last-good"] {
            let answer = answer(&state, target);
            assert_eq!((answer.status, answer.kind), (200, kind::HTML), "{target}");
            assert!(body(&answer).contains("<p>here</p><script src=\"/.candor/reload.js\" data-build=\"7\""));
        }
        assert_eq!(answer(&state, "/style.css"), Answer::new(200, "text/css; charset=utf-8", "p {}"));
        for target in ["/nothing", "/style.css/", "/../index.html", "//index.html", "/%00", "*", ""] {
            let answer = answer(&state, target);
            assert_eq!((answer.status, body(&answer).contains("absent")), (404, true), "{target}");
        }
    }

    #[test]
    fn a_folder_without_its_slash_is_sent_to_the_routes_own_path() {
        let answer = answer(&sample(), "/gr%c3%b6%C3%9fe?x=%0d%0a");
        assert_eq!((answer.status, answer.location.as_deref()), (301, Some("/gr%C3%B6%C3%9Fe/")));
    }

    #[test]
    fn faults_stand_in_place_of_pages_alone() {
        let mut state = sample();
        state.failure = Some(BuildFailure { errors: 2, text: "error: a <b>".to_owned() });
        let page = answer(&state, "/");
        assert_eq!(page.status, 503);
        assert!(body(&page).contains("a &lt;b&gt;") && body(&page).contains("href=\"?last-good\""));
        assert!(!body(&answer(&state, "/new/")).contains("last-good"), "a page that never was");
        assert_eq!(answer(&state, "/style.css").status, 200);
        let last = answer(&state, "/?last-good");
        assert_eq!(last.status, 200);
        assert!(body(&last).contains("<p>here</p>") && body(&last).contains("2 errors keep"));
    }

    #[test]
    fn without_a_good_build_everything_is_the_faults() {
        let failure = Some(BuildFailure { errors: 1, text: "error: no site".to_owned() });
        let state = PreviewState { failure, ..PreviewState::default() };
        for target in ["/", "/style.css", "/?last-good", "/../x"] {
            assert_eq!(answer(&state, target).status, 503, "{target}");
        }
    }

    #[test]
    fn a_template_that_fails_late_keeps_the_page_before() {
        let mut state = sample();
        state.show(Pages::new(vec![fixed("404.html", ""), broken("index.html")]));
        let page = answer(&state, "/");
        assert_eq!(page.status, 503);
        assert!(body(&page).contains("a &lt;b&gt; is broken") && body(&page).contains("?last-good"));
        let last = answer(&state, "/?last-good");
        assert!(last.status == 200 && body(&last).contains("<p>here</p>"));
        assert_eq!(answer(&state, "/style.css").status, 200, "an asset that only the page before has");
    }
}
