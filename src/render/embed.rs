//! What a product shows on its own pages: `embed.json`, the present in a few lines, and `embed.js`, the
//! script that reads it. The page for an `<iframe>` is in [`html`](super::html).
//!
//! # What runs on pages of others
//!
//! The theme's `embed.js` runs on pages of others, and cannot be taken back there: it reads `embed.json`, whose `version` must
//! rise when an older script would misread it, knows no address but that of the status page, and leaves the page alone on any
//! fault. Its words come with the answer. It has to stay below 2 KB compressed.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::facts::Facts;
use super::html::{colour, headline, incident_state};
use super::published::update_id;
use super::routes::text;
use crate::model::{ComponentStatus, Id};
use crate::output::Route;
use crate::paths;
use crate::time::Time;
use crate::view::{IncidentSnapshot, MaintenanceSnapshot, PublishedUpdate};

/// Entries told; who has more open than that is no longer helped by a list.
const MOST: usize = 50;

pub(super) fn routes(facts: &Arc<Facts>) -> Vec<Route> {
    vec![
        text(facts, paths::EMBED_ANSWER, present),
        text(facts, paths::EMBED_SCRIPT, |facts| format!("{}\n", facts.embed_script.text)),
    ]
}

/// What the script reads. Its `version` rises when an older script would misread it.
#[derive(Serialize)]
struct Present<'a> {
    version: u8,
    name: &'a str,
    url: &'a str,
    language: &'a str,
    built: String,
    /// From when on it may be out of date.
    stale_at: String,
    status: &'static str,
    headline: &'a str,
    /// The status of each component by its id.
    components: BTreeMap<&'a str, &'static str>,
    /// The open incidents, then the maintenance under way, each in the order of home.
    notices: Vec<Notice<'a>>,
    words: BTreeMap<&'static str, &'a str>,
}

/// An open incident or maintenance under way.
#[derive(Serialize)]
struct Notice<'a> {
    kind: &'static str,
    id: &'a str,
    title: &'a str,
    url: String,
    status: &'static str,
    /// What that means, as it is printed.
    label: &'a str,
    /// The word of its newest update, as it is printed.
    state: &'a str,
    /// The code of its newest update, as in the API.
    update: String,
    updated: String,
    components: Vec<&'a str>,
}

fn present(facts: &Facts) -> String {
    let settings = &facts.site.settings;
    let states = facts.overview.components.iter();
    let open = facts.overview.open.iter().map(|snapshot| of_incident(facts, snapshot));
    let running = facts.overview.running.iter().map(|snapshot| of_maintenance(facts, snapshot));
    let present = Present {
        version: 1,
        name: &settings.name,
        url: &settings.url,
        language: &settings.language,
        built: facts.look.now().rfc3339(),
        stale_at: facts.stale_at().rfc3339(),
        status: colour(facts).word(),
        headline: headline(facts),
        components: states.map(|state| (&*state.component.id, state.status.word())).collect(),
        notices: open.chain(running).take(MOST).collect(),
        words: words(facts),
    };
    format!("{}\n", serde_json::to_string(&present).expect("texts have a JSON form"))
}

/// What the script prints, in the language of the site.
fn words(facts: &Facts) -> BTreeMap<&'static str, &str> {
    let messages = &facts.look.theme.messages;
    let statuses = ComponentStatus::ALL.iter().map(|status| (status.word(), messages.get(status.word())));
    let own = [("dismiss", "embed_dismiss"), ("more", "list_more"), ("stale", "embed_stale")];
    statuses.chain(own.map(|(word, key)| (word, messages.get(key)))).collect()
}

fn of_incident<'a>(facts: &'a Facts, snapshot: &'a IncidentSnapshot) -> Notice<'a> {
    let id = &snapshot.incident.id;
    let (status, label) = incident_state(facts, snapshot);
    Notice {
        kind: "incident",
        id,
        title: &snapshot.incident.title,
        url: facts.look.url(&paths::incident(id)),
        status: status.word(),
        label,
        state: facts.look.theme.messages.get(snapshot.status.word()),
        update: newest(&snapshot.published(), "incident", snapshot.incident.first_id(), facts.look.now()),
        updated: snapshot.changed().rfc3339(),
        components: snapshot.components.keys().filter(|id| !snapshot.ended.contains_key(*id)).map(|id| &**id).collect(),
    }
}

fn of_maintenance<'a>(facts: &'a Facts, snapshot: &'a MaintenanceSnapshot) -> Notice<'a> {
    let id = &snapshot.maintenance.id;
    let (messages, status) = (&facts.look.theme.messages, snapshot.worst_felt());
    Notice {
        kind: "maintenance",
        id,
        title: &snapshot.maintenance.title,
        url: facts.look.url(&paths::maintenance(id)),
        status: status.word(),
        label: messages.get(status.word()),
        state: messages.get(snapshot.status.word()),
        update: newest(&snapshot.published(), "maintenance", snapshot.maintenance.first_id(), facts.look.now()),
        updated: snapshot.changed().rfc3339(),
        components: snapshot.maintenance.components.iter().map(|id| &**id).collect(),
    }
}

/// The code of the newest of these updates that is no longer to come.
fn newest(updates: &[PublishedUpdate<'_>], kind: &str, id: &Id, now: Time) -> String {
    let newest = updates.iter().rfind(|update| update.at <= now);
    newest.map(|update| update_id(kind, id, update)).unwrap_or_default()
}
