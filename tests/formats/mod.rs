//! Feeds, calendars, badges, metrics and what other pages embed, read back by small readers of their formats: odd texts come
//! out as they went in, the clock moves what it should, and ids stay.

mod addresses;
mod badges;
mod calendar;
mod clock;
mod embed;
mod feeds;
mod metrics;
mod same;
mod subscribe;
mod xml;

use std::collections::BTreeMap;

use candor::diagnostic;
use candor::pipeline::{self, Options};
use candor::source::Source;
use candor::time::Time;

/// [`ODD`] as a YAML text in double quotes.
const WRITTEN: &str = r#""\"Pay\" <b>&amp; ]]> \v🚚 مرحبا \\ a;b, c""#;

/// Quotes, markup, an entity, the end of CDATA, a picture, right-to-left letters, and what iCalendar
/// and Prometheus escape. The U+000B of [`WRITTEN`] is in no format: XML and iCalendar forbid it.
const ODD: &str = "\"Pay\" <b>&amp; ]]> 🚚 مرحبا \\ a;b, c";

const NOW: &str = "2026-03-02T10:30Z";

/// A site with [`ODD`] for every name, an open incident, and planned work for 3 March, 10 to 12.
fn content() -> BTreeMap<String, String> {
    let site = format!(
        "name: {WRITTEN}\nurl: https://status.example.net/\ncomponents:\n\
         - {{ id: carts, name: {WRITTEN}, group: shop }}\n- {{ id: mail, name: Mail, start: 2026-03-02 }}\n\
         groups:\n- {{ id: shop, name: {WRITTEN} }}\n"
    );
    let incident = format!(
        "title: {WRITTEN}\nupdates:\n\
         - {{ at: 2026-03-02T10:00Z, status: investigating, components: {{ carts: partial_outage }}, body: {WRITTEN} }}\n\
         - {{ at: 2026-03-02T10:20Z, status: identified, body: We know why. }}\n"
    );
    let work = format!(
        "---\ntitle: {WRITTEN}\nscheduled: {{ from: 2026-03-03T10:00Z, until: 2026-03-03T12:00Z }}\n\
         components: [carts]\nupdates:\n- {{ at: 2026-03-01T08:00Z, status: scheduled, body: Bigger disks. }}\n---\n\
         Carts are **empty** for a minute.\n\nThen they are full.\n"
    );
    let files = [("site.yaml", site), ("incidents/payments.yaml", incident), ("maintenance/disks.md", work)];
    files.map(|(path, text)| (format!("content/{path}"), text)).into()
}

/// The files of a site at a time; every file must be sound.
fn built(content: &BTreeMap<String, String>, now: &str) -> BTreeMap<String, String> {
    let source = Source::from_files(content.iter().map(|(path, text)| (path.clone(), text.clone())));
    let build = pipeline::build(&source, &Options::at(Time::parse(now).unwrap()));
    assert!(!diagnostic::has_errors(&build.diagnostics), "{:#?}", build.diagnostics);
    let made = |route: &candor::output::Route| String::from_utf8(route.make().unwrap()).unwrap();
    build.routes.iter().map(|route| (route.path.clone(), made(route))).collect()
}

/// [`content`] at a time.
fn at(now: &str) -> BTreeMap<String, String> {
    built(&content(), now)
}
