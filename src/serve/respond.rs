//! From what is request for to what is answered: a pure function of the state on show.

use std::sync::Arc;

use super::moment;
use super::overlay::{self, ShownPage};
use super::pages::{BuildFailure, Pages};
use super::path;
use super::state::PreviewState;
use crate::content_type;
use crate::output::Route;
use crate::paths;
use crate::time::Time;

/// What goes back to the browser.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    /// Where else to look; made from a route's path, never from the request.
    pub(super) location: Option<String>,
    pub(super) body: Vec<u8>,
}

impl Response {
    pub(super) fn new(status: u16, content_type: &'static str, body: impl Into<Vec<u8>>) -> Response {
        Response { status, content_type, location: None, body: body.into() }
    }

    /// One line of plain text.
    pub(super) fn text(status: u16, text: &str) -> Response {
        Response::new(status, content_type::TEXT, format!("{text}\n"))
    }

    /// To the folder of a route at a moment.
    fn redirect(status: u16, route: &Route, moment: Option<Time>) -> Response {
        let folder = moment.map(moment::folder).unwrap_or_default();
        let location = folder + &path::encode(route.path.strip_suffix("index.html").unwrap_or(&route.path));
        Response { location: Some(location), ..Response::text(status, "The page is at another address.") }
    }
}

/// What a request asks for.
pub(super) struct PageRequest<'a> {
    /// As it stands in the request.
    pub(super) target: &'a str,
    /// Whether a frame of another page shows it.
    pub(super) is_framed: bool,
}

/// How a page is looked at.
#[derive(Clone, Copy)]
struct PageView {
    moment: Option<Time>,
    is_framed: bool,
}

/// Answers a GET.
///
/// While the newest content is broken, pages are answered with the faults and status 503: for the
/// moment there is no such page, and a checker of links or pages must not take the faults for one.
/// Everything that is no page (assets, feeds) is then given as it last was.
pub(super) fn respond(state: &PreviewState, request: &PageRequest<'_>) -> Response {
    let (path, query) = request.target.split_once('?').unwrap_or((request.target, ""));
    if let Some((content_type, text)) = overlay::file(path) {
        return Response::new(200, content_type, text);
    }
    if path == overlay::CLOCK {
        return at_another_moment(state, query);
    }
    if let Some(path) = path.strip_prefix(overlay::BESIDE) {
        return beside(state, path);
    }
    match moment::of(path) {
        Some((moment, path)) => {
            let view = PageView { moment: Some(moment), is_framed: request.is_framed };
            respond_at(&state_at(state, Some(moment)), view, path, query)
        }
        None => respond_at(state, PageView { moment: None, is_framed: request.is_framed }, path, query),
    }
}

/// The same content at another moment.
fn state_at(state: &PreviewState, moment: Option<Time>) -> PreviewState {
    match (moment, &state.moments) {
        (Some(moment), Some(moments)) => {
            let (latest, failure) = match moments.at(moment) {
                Ok(pages) => (Some(pages), None),
                Err(failure) => (None, Some(failure)),
            };
            // A look at another moment has no last good build: whoever asks for it wants that moment.
            PreviewState { number: state.number, failure, latest, before: None, moments: state.moments.clone() }
        }
        _ => state.clone(),
    }
}

/// Leads from the form of the panel to the page `to` at the moment `now`, or to home where the page is not
/// there then.
fn at_another_moment(state: &PreviewState, query: &str) -> Response {
    let value = |name: &str| {
        query.split('&').find_map(|pair| path::unescape_field(pair.strip_prefix(name)?.strip_prefix('=')?))
    };
    let moment = value("now").and_then(|text| Time::parse(&text).or_else(|_| Time::parse(&format!("{text}Z"))).ok());
    let Some(moment) = moment else { return Response::text(400, "This is no moment. Write it as 2026-03-02T15:04Z.") };
    let at = state_at(state, Some(moment));
    let page = value("to").and_then(|to| path::decode(&to)).map(|path| paths::file_at(&path)).unwrap_or_default();
    let found = at.latest.as_ref().and_then(|pages| pages.find(&page).or_else(|| pages.find("index.html")));
    match found {
        Some(route) => Response::redirect(302, &route, Some(moment)),
        None => not_found(&at),
    }
}

/// A page of either site beside its page in the other.
fn beside(state: &PreviewState, path: &str) -> Response {
    let (moment, path) = moment::of(path).map_or((None, path), |(moment, path)| (Some(moment), path));
    let state = state_at(state, moment);
    match (path::decode(path), &state.latest) {
        (Some(path), Some(pages)) => {
            let folder = moment.map(moment::folder).unwrap_or_default();
            Response::new(
                200,
                content_type::HTML,
                overlay::beside(pages, &paths::file_at(&path), &folder, state.number),
            )
        }
        _ => not_found(&state),
    }
}

fn respond_at(state: &PreviewState, view: PageView, path: &str, query: &str) -> Response {
    let Some(path) = path::decode(path) else { return not_found(state) };
    if let Some(route) = folder(state, &path) {
        return Response::redirect(301, &route, view.moment);
    }
    if let Some(file) = file(state, &path) {
        return file;
    }
    let page = paths::file_at(&path);
    match &state.failure {
        Some(failure) if query == overlay::LAST_GOOD => last_good(state, &page, failure),
        Some(failure) => faults(state, &page, failure),
        None => newest(state, view, &page, query == overlay::LAST_GOOD),
    }
}

/// The page that lies in the folder `path`, for a path without the slash at its end.
fn folder(state: &PreviewState, path: &str) -> Option<Route> {
    let is_folder = path.is_empty() || path.ends_with('/');
    let pages = state.latest.as_ref().filter(|_| !is_folder)?;
    pages.find(&format!("{path}/index.html"))
}

/// A file that is no page. One of the pages before is given too: the last good page may need it.
fn file(state: &PreviewState, path: &str) -> Option<Response> {
    let builds = || [&state.latest, &state.before].into_iter().flatten();
    let (pages, route) = builds().find_map(|pages| Some((pages, pages.find(path)?)))?;
    let content_type = content_type::of(path);
    if content_type == content_type::HTML {
        return None;
    }
    Some(match pages.make(&route) {
        Ok(bytes) => Response::new(200, content_type, bytes),
        Err(found) => {
            BuildFailure::of(&found).map_or_else(|| not_found(state), |failure| faults(state, path, &failure))
        }
    })
}

/// The page of a site without errors, unless it turns out that its template has one.
fn newest(state: &PreviewState, view: PageView, page: &str, wants_last_good: bool) -> Response {
    let Some((pages, route)) = state.latest.as_ref().and_then(|pages| Some((pages, pages.find(page)?))) else {
        return not_found(state);
    };
    match pages.make(&route) {
        Ok(html) => Response::new(200, content_type::HTML, dressed(state, view, pages, page, html)),
        Err(found) => match BuildFailure::of(&found) {
            Some(failure) if wants_last_good => last_good(state, page, &failure),
            Some(failure) => faults(state, page, &failure),
            None => not_found(state),
        },
    }
}

/// A page with what the preview adds to it.
fn dressed(state: &PreviewState, view: PageView, pages: &Arc<Pages>, page: &str, mut html: Vec<u8>) -> Vec<u8> {
    let moment = view.moment;
    if let Some(moment) = moment {
        html = overlay::with_clock(html, moment);
    }
    // The page for what is not there stands at every such address.
    if !view.is_framed && page != "404.html" {
        html = ShownPage { pages, page, moment }.with_panel(html);
    }
    overlay::with_reload(html, state.number)
}

/// The faults in place of a page.
fn faults(state: &PreviewState, page: &str, failure: &BuildFailure) -> Response {
    let has_last_good = last_good_html(state, page).is_some();
    Response::new(503, content_type::HTML, overlay::faults(failure, has_last_good, state.number))
}

/// The page as it last was, and a word that it is not what the content says now.
fn last_good(state: &PreviewState, page: &str, failure: &BuildFailure) -> Response {
    match last_good_html(state, page) {
        // 200, unlike the faults: whoever asks for the last good page gets one.
        Some(html) => Response::new(200, content_type::HTML, overlay::with_banner(html, failure, state.number)),
        None => faults(state, page, failure),
    }
}

fn last_good_html(state: &PreviewState, page: &str) -> Option<Vec<u8>> {
    let make = |pages: &Pages| pages.make(&pages.find(page)?).ok();
    [&state.latest, &state.before].into_iter().flatten().find_map(|pages| make(pages))
}

/// The site's own page for what is not there, or the faults that keep it from being made.
fn not_found(state: &PreviewState) -> Response {
    let made = |pages: &Pages| pages.make(&pages.find("404.html")?).ok();
    match (&state.failure, state.latest.as_deref().and_then(made)) {
        (Some(failure), _) => faults(state, "404.html", failure),
        (None, Some(html)) => Response::new(404, content_type::HTML, overlay::with_reload(html, state.number)),
        (None, None) => Response::text(404, "There is no such page."),
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
        state.show(Pages::beside(routes.into(), [].into()));
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

    fn respond(state: &PreviewState, target: &str) -> Response {
        super::respond(state, &PageRequest { target, is_framed: true })
    }

    fn body(response: &Response) -> &str {
        std::str::from_utf8(&response.body).unwrap()
    }

    #[test]
    fn pages_files_and_what_is_absent() {
        let state = sample();
        for target in ["/", "/?x=1", "/index.html", "/gr%C3%B6%C3%9Fe/", "/?last-good"] {
            let response = respond(&state, target);
            assert_eq!((response.status, response.content_type), (200, content_type::HTML), "{target}");
            assert!(body(&response).contains("<p>here</p><script src=\"/.candor/reload.js\" data-build=\"7\""));
        }
        assert_eq!(respond(&state, "/style.css"), Response::new(200, "text/css; charset=utf-8", "p {}"));
        for target in ["/nothing", "/style.css/", "/../index.html", "//index.html", "/%00", "*", ""] {
            let response = respond(&state, target);
            assert_eq!((response.status, body(&response).contains("absent")), (404, true), "{target}");
        }
    }

    #[test]
    fn a_folder_without_its_slash_is_sent_to_the_routes_own_path() {
        let response = respond(&sample(), "/gr%c3%b6%C3%9fe?x=%0d%0a");
        assert_eq!((response.status, response.location.as_deref()), (301, Some("/gr%C3%B6%C3%9Fe/")));
    }

    #[test]
    fn faults_stand_in_place_of_pages_alone() {
        let mut state = sample();
        state.failure = Some(BuildFailure { errors: 2, text: "error: a <b>".to_owned() });
        let page = respond(&state, "/");
        assert_eq!(page.status, 503);
        assert!(body(&page).contains("a &lt;b&gt;") && body(&page).contains("href=\"?last-good\""));
        assert!(!body(&respond(&state, "/new/")).contains("last-good"), "a page that never was");
        assert_eq!(respond(&state, "/style.css").status, 200);
        let last = respond(&state, "/?last-good");
        assert_eq!(last.status, 200);
        assert!(body(&last).contains("<p>here</p>") && body(&last).contains("2 errors keep"));
    }

    #[test]
    fn without_a_good_build_everything_is_the_faults() {
        let failure = Some(BuildFailure { errors: 1, text: "error: no site".to_owned() });
        let state = PreviewState { failure, ..PreviewState::default() };
        for target in ["/", "/style.css", "/?last-good", "/../x"] {
            assert_eq!(respond(&state, target).status, 503, "{target}");
        }
    }

    #[test]
    fn a_template_that_fails_late_keeps_the_page_before() {
        let mut state = sample();
        state.show(Pages::beside([fixed("404.html", ""), broken("index.html")].into(), [].into()));
        let page = respond(&state, "/");
        assert_eq!(page.status, 503);
        assert!(body(&page).contains("a &lt;b&gt; is broken") && body(&page).contains("?last-good"));
        let last = respond(&state, "/?last-good");
        assert!(last.status == 200 && body(&last).contains("<p>here</p>"));
        assert_eq!(respond(&state, "/style.css").status, 200, "an asset that only the page before has");
    }
}
