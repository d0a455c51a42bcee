//! The page that a product shows in an `<iframe>`, as small as 200 by 80 pixels: the answer, what is open or under
//! way, and how old that is. Its links lead out of the frame.

use serde::Serialize;

use super::lead;
use super::parts::{Status, clock, incident, maintenance, status};
use super::{PageHead, render};
use crate::model::ComponentStatus;
use crate::output::Made;
use crate::paths;
use crate::render::facts::Facts;
use crate::theme::Form;

/// Entries shown; a frame is small.
const ENTRIES: usize = 3;

#[derive(Serialize)]
struct Embed<'a> {
    status: &'static str,
    headline: &'a str,
    home: &'a str,
    entries: Vec<EmbedEntry>,
    /// How many more there are, in words.
    more: Option<String>,
    as_of: String,
    style: &'a str,
    script: &'a str,
}

/// An open incident or maintenance under way.
#[derive(Serialize)]
struct EmbedEntry {
    path: String,
    title: String,
    status: Status,
    state: String,
}

pub(super) fn page(facts: &Facts) -> Made {
    let messages = &facts.look.theme.messages;
    let mut entries = entries(facts);
    let more = entries.len().saturating_sub(ENTRIES);
    entries.truncate(ENTRIES);
    let page = Embed {
        status: lead::colour(facts).word(),
        headline: lead::headline(facts),
        home: &facts.site.settings.url,
        entries,
        more: (more > 0).then(|| messages.fill("list_more", &[("n", &more.to_string())])),
        as_of: facts.look.html_words.fill("as_of", &[("time", &clock(&facts.look, facts.look.now(), Form::Full))]),
        style: &facts.embed_style.text,
        script: &facts.embed_page_script.text,
    };
    let head = PageHead::new(paths::EMBED, page.headline, "");
    render(facts, "embed.html", &head, &page)
}

/// As home has them: the open incidents, then the maintenance under way.
fn entries(facts: &Facts) -> Vec<EmbedEntry> {
    let open = facts.overview.open.iter().map(|snapshot| {
        let (status, label) = lead::incident_state(facts, snapshot);
        let own = incident(&facts.look, snapshot);
        let status = Status { word: status.word(), label: label.to_owned() };
        EmbedEntry { path: own.path, title: own.title, status, state: own.state }
    });
    let running = facts.overview.running.iter().map(|snapshot| {
        let own = maintenance(&facts.look, snapshot);
        let status = status(&facts.look, ComponentStatus::UnderMaintenance);
        EmbedEntry { path: own.path, title: own.title, status, state: own.state }
    });
    open.chain(running).collect()
}
