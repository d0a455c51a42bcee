//! `api/v2`: Statuspage's public API as files, so that whatever reads a Statuspage site reads this one;
//! and `api/uptime.json`, our own: the intervals behind every percentage.
//!
//! The addresses are those of <https://metastatuspage.com/api>, and one file an incident and one a
//! maintenance as Statuspage has them as well (`incidents/CODE.json`,
//! `scheduled-maintenances/CODE.json`).
//!
//! # Where the format lives
//!
//! `render/api` answers as Statuspage does. `wire` holds its objects, key by key in its order, and nothing else knows the
//! format; the updates come from `view::updates`; `context` works out the page and its components once for all answers. Public ids are made in `render/public_id`, whose documentation is their contract.

mod answers;
mod context;
mod entries;
mod rollup;
mod uptime;
mod wire;

use std::sync::{Arc, OnceLock};

use serde::Serialize;

use super::facts::Facts;
use super::public_id::public_id;
use crate::model::ApiEntries;
use crate::output::Route;
use crate::paths;
use answers::Answers;
use context::ApiContext;

pub(super) fn routes(facts: &Arc<Facts>) -> Vec<Route> {
    let api = Arc::new(Api { facts: Arc::clone(facts), context: OnceLock::new() });
    let mut routes = vec![
        api.route("summary", |answers| json(&answers.summary())),
        api.route("status", |answers| json(&answers.status())),
        api.route("components", |answers| json(&answers.components())),
        api.route("incidents", |answers| json(&answers.incidents())),
        api.route("incidents/unresolved", |answers| json(&answers.unresolved())),
        api.route("scheduled-maintenances", |answers| json(&answers.maintenances())),
        api.route("scheduled-maintenances/upcoming", |answers| json(&answers.upcoming())),
        api.route("scheduled-maintenances/active", |answers| json(&answers.active())),
    ];
    let is_recent_only = facts.site.settings.api_entries == ApiEntries::Recent;
    let has_file = |is_settled: bool| !(is_recent_only && is_settled);
    let incidents = facts.incidents.iter().enumerate();
    for (index, snapshot) in incidents.filter(|(_, snapshot)| has_file(snapshot.is_settled())) {
        let path = format!("incidents/{}", public_id("incident", snapshot.incident.first_id()));
        routes.push(api.route(&path, move |answers| json(&answers.one_incident(index))));
    }
    let maintenance = facts.maintenance.iter().enumerate();
    for (index, snapshot) in maintenance.filter(|(_, snapshot)| has_file(snapshot.is_settled())) {
        let path = format!("scheduled-maintenances/{}", public_id("maintenance", snapshot.maintenance.first_id()));
        routes.push(api.route(&path, move |answers| json(&answers.one_maintenance(index))));
    }
    let facts = Arc::clone(facts);
    routes.push(Route::new(paths::API_UPTIME, "the API", move || Ok(json(&uptime::answer(&facts)))));
    routes
}

/// The facts, and what all answers share, worked out when the first of them is asked for.
struct Api {
    facts: Arc<Facts>,
    context: OnceLock<ApiContext>,
}

impl Api {
    fn route(self: &Arc<Api>, name: &str, make: impl Fn(Answers<'_>) -> Vec<u8> + Send + Sync + 'static) -> Route {
        let api = Arc::clone(self);
        Route::new(paths::api(name), "the API", move || {
            let context = api.context.get_or_init(|| ApiContext::new(&api.facts));
            Ok(make(Answers { facts: &api.facts, context }))
        })
    }
}

/// On one line, as Statuspage answers: there is one such file an entry.
fn json(answer: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(answer).expect("structures of text and numbers have a JSON form");
    bytes.push(b'\n');
    bytes
}
