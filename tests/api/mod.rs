//! Statuspage's API as files: its keys and their order, its words, its rules, and what the clock moves.

mod clock;
mod ids;
mod incidents;
pub(crate) mod json;
mod rollup;
mod shape;
mod text;
mod uptime;

use std::collections::BTreeMap;

use candor::diagnostic;
use candor::pipeline::{self, Options};
use candor::source::Source;
use candor::time::Time;
use json::Json;

/// Two groups, a component without one, and one of each kind of entry, one of them internal.
const SITE: &str = "\
name: Example Status
url: https://status.example.net/
components:
  - { id: website, name: Website, description: What you see., start: 2026-02-01 }
  - { id: checkout, name: Checkout, group: Shop }
  - { id: carts, name: Carts, group: Shop }
  - { id: mail, name: Mail, group: Background }
";

const INCIDENT: &str = "\
title: Payments fail
impact: major
started: 2026-03-02T09:50Z
updates:
  - at: 2026-03-02T10:00Z
    status: investigating
    components: { checkout: major_outage }
    body: We are *looking*.
  - at: 2026-03-02T10:20Z
    status: monitoring
    components: { checkout: degraded_performance, mail: partial_outage }
    body: Better.
  - at: 2026-03-02T11:00Z
    status: resolved
    body: Over.
";

const INTERNAL: &str = "\
title: canary-title
visibility: internal
updates:
  - { at: 2026-03-02T10:00Z, status: investigating, components: { carts: major_outage }, body: canary-body }
";

const MAINTENANCE: &str = "\
---
title: Bigger disks
scheduled: { from: 2026-03-03T10:00Z, until: 2026-03-03T12:00Z }
components: [carts]
---
Carts are **empty** for a minute.
";

const NOW: &str = "2026-03-02T10:30Z";

/// The files of a site at a time; every file must be sound.
fn files<'a>(content: impl IntoIterator<Item = (&'a str, &'a str)>, now: &str) -> BTreeMap<String, String> {
    let content = content.into_iter().map(|(path, text)| (format!("content/{path}"), text));
    let build = pipeline::build(&Source::from_files(content), &Options::at(Time::parse(now).unwrap()));
    assert!(!diagnostic::has_errors(&build.diagnostics), "{:#?}", build.diagnostics);
    let made = |route: &candor::output::Route| String::from_utf8(route.make().unwrap()).unwrap();
    build.routes.iter().map(|route| (route.path.clone(), made(route))).collect()
}

/// The sample of these tests at a time.
fn sample(now: &str) -> BTreeMap<String, String> {
    let content = [
        ("site.yaml", SITE),
        ("incidents/payments.yaml", INCIDENT),
        ("incidents/secret.yaml", INTERNAL),
        ("maintenance/disks.md", MAINTENANCE),
    ];
    files(content, now)
}

/// One of the files as JSON; `summary` is `api/v2/summary.json`.
fn answer(files: &BTreeMap<String, String>, name: &str) -> Json {
    Json::read(&files[&format!("api/v2/{name}.json")])
}

/// Every file of the API.
fn api(files: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, Json)> {
    files.iter().filter(|(path, _)| path.starts_with("api/")).map(|(path, text)| (&**path, Json::read(text)))
}
