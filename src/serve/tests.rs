//! The preview as a whole, without its sockets: moments, the panel, side by side.

use std::sync::Arc;

use super::moment::Moments;
use super::pages::Pages;
use super::respond::{PageRequest, Response, respond};
use super::state::PreviewState;
use crate::pipeline::{Content, Options};
use crate::source::Source;
use crate::time::Time;

fn framed(state: &PreviewState, target: &str) -> Response {
    respond(state, &PageRequest { target, is_framed: true })
}

fn body(response: &Response) -> &str {
    std::str::from_utf8(&response.body).unwrap()
}

/// A site with a wiki and with maintenance in March 2026, as it is before that.
fn site() -> PreviewState {
    let files = [
        (
            "content/site.yaml",
            "{ name: Example, url: https://status.example.org/, wiki: { url: https://wiki.example.org/ }, \
             components: [{ id: api, name: API }] }",
        ),
        (
            "content/maintenance/upgrade.yaml",
            "{ title: Upgrade, scheduled: { from: 2026-03-10T05:00Z, until: 2026-03-10T07:00Z }, components: [api], \
             draft: true }",
        ),
        (
            "content/incidents/slow.yaml",
            "{ title: Slow, updates: [{ at: 2026-03-01T05:00Z, status: investigating, \
             components: { api: degraded_performance }, next_update: 2026-03-20T00:00Z, body: <b>Slow.</b> }] }",
        ),
    ];
    let source = Source::from_files(files);
    let options = Options { drafts: true, ..Options::at(Time::parse("2026-03-02T15:04Z").unwrap()) };
    let mut state = PreviewState { number: 7, ..PreviewState::default() };
    let content = Arc::new(Content::load(source, true));
    let moment = content.at(&options);
    state.show(Pages::of(&content, &moment, moment.build()));
    state.moments = Some(Arc::new(Moments::new(Arc::clone(&content), options.clone())));
    state
}

/// A page as a window shows it.
fn page(state: &PreviewState, target: &str) -> String {
    let response = respond(state, &PageRequest { target, is_framed: false });
    assert_eq!(response.status, 200, "{target}");
    body(&response).to_owned()
}

#[test]
fn the_whole_site_can_be_seen_at_another_moment() {
    let state = site();
    assert!(page(&state, "/").contains("degraded") && !page(&state, "/").contains("clock.js"));
    let later = page(&state, "/@2026-03-10T06:00Z/maintenance/upgrade/");
    assert!(later.contains("In progress"), "{later}");
    assert!(later.contains("<head><script src=\"/.candor/clock.js\" data-now=\"2026-03-10T06:00:00Z\">"));
    let response = framed(&state, "/@2026-03-10T06:00Z/api/v2/scheduled-maintenances/active.json");
    assert!(body(&response).contains("\"name\":\"Upgrade\""));
    assert_eq!(framed(&state, "/@2026-03-32T06:00Z/").status, 404);
    let folder = framed(&state, "/@2026-03-10T06:00Z/history");
    assert_eq!(folder.location.as_deref(), Some("/@2026-03-10T06:00Z/history/"));
}

#[test]
fn the_form_of_the_panel_leads_to_a_moment_and_nothing_of_a_request_into_a_header() {
    let state = site();
    let location = |query: &str| framed(&state, &format!("/.candor/at?{query}")).location;
    let there = Some("/@2026-03-10T06:00Z/uptime/".to_owned());
    assert_eq!(location("to=%2Fuptime%2F&now=2026-03-10T06%3A00"), there);
    assert_eq!(location("now=2026-03-10T07:00%2B01:00&to=/uptime/"), there);
    let home = Some("/@2026-03-10T06:00Z/".to_owned());
    assert_eq!(location("now=2026-03-10T06:00Z&to=/no%0d%0aSuch:/"), home);
    assert_eq!(location("now=2026-03-10T06:00Z"), home);
    assert_eq!(framed(&state, "/.candor/at?now=then").status, 400);
}

#[test]
fn the_panel_tells_of_advice_drafts_and_the_next_change() {
    let state = site();
    let incident = page(&state, "/incidents/slow/");
    assert!(incident.contains("<h2>About this page</h2>") && incident.contains("[C041]"), "{incident}");
    assert!(incident.contains("body: &lt;b&gt;Slow.&lt;/b&gt;"));
    assert!(incident.contains("href=\"/@2026-03-10T05:00Z/incidents/slow/\">Next change: 2026-03-10T05:00Z<"));
    let draft = page(&state, "/maintenance/upgrade/");
    assert!(draft.contains("<summary>Preview · <strong>draft</strong></summary>"), "{draft}");
    assert!(draft.contains("<h2>No advice about this page</h2>") && draft.contains(" elsewhere</summary>"));
    assert!(draft.contains("<li><a href=\"/maintenance/upgrade/\">/maintenance/upgrade/</a></li>"));
    assert!(!body(&framed(&state, "/")).contains("candor-preview"), "a frame has no panel");
}

#[test]
fn both_sites_stand_side_by_side() {
    let state = site();
    let both = page(&state, "/.candor/beside/incidents/slow/");
    assert!(both.contains("src=\"/incidents/slow/\"") && both.contains("src=\"/wiki/incidents/slow/\""));
    assert_eq!(both, page(&state, "/.candor/beside/wiki/incidents/slow/"));
    let at = page(&state, "/.candor/beside/@2026-03-10T06:00Z/history/");
    assert!(at.contains("src=\"/@2026-03-10T06:00Z/history/\"") && at.contains("src=\"/@2026-03-10T06:00Z/wiki/\""));
}
