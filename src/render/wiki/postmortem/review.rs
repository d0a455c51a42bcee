//! A postmortem as one mail to the whole company: what happened, how it went against the last time, what will
//! change, and who does it until when. Sent once, when the postmortem has been reviewed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Wiki, actions, facts, paths};
use crate::markdown::{self, Links};
use crate::model::{Postmortem, SectionKind};
use crate::render::public_id::public_id;
use crate::render::wiki::comparison::{self, ComparisonText};
use crate::render::wiki::{feed, frame};
use crate::theme::Form;
use crate::time::Time;

/// In the place of a fingerprint.
pub const REVIEWED: &str = "reviewed";

/// A reviewed postmortem, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// By which it is known for ever: `postmortem/ID`.
    pub key: String,
    /// Made of the key, as the codes of updates are.
    pub code: String,
    /// When it went out.
    pub at: Time,
    /// What the wiki is called after.
    pub brand: String,
    /// BCP 47.
    pub language: String,
    /// `Postmortem PM-2026-003: Checkout failed`
    pub headline: String,
    /// The page of the postmortem.
    pub url: String,
    /// What leads to it.
    pub more: String,
    /// Name and value: severity, when it happened, components, cause, how long what took.
    pub facts: Vec<(String, String)>,
    /// Against the last one of the same cause.
    pub compared: Option<ComparisonText>,
    /// Summary and what went well: heading, plain text, HTML.
    pub parts: Vec<(String, String, String)>,
    /// What will be done.
    pub actions: Actions,
}

/// What will be done: a heading, and lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actions {
    /// `3 actions, 1 open`, or that there are none.
    pub heading: String,
    /// The names of the columns: what, who, until when.
    pub columns: [String; 3],
    /// The same of each action. Who is late or done is said with the day.
    pub rows: Vec<[String; 3]>,
}

/// Every postmortem that has been reviewed, in the order of the site; none if it is not known where the wiki is.
pub fn reviews(wiki: &Wiki) -> Vec<Review> {
    let Some(url) = wiki.site.internal.wiki_url.as_deref() else { return Vec::new() };
    reviewed(wiki).map(|postmortem| review(wiki, url, postmortem)).collect()
}

/// What `build.json` lists: reviewed postmortems by their places. How they read does not matter, since none is
/// sent twice.
pub(in crate::render::wiki) fn fingerprints(wiki: &Wiki) -> BTreeMap<String, String> {
    reviewed(wiki).map(|postmortem| (key(postmortem), REVIEWED.to_owned())).collect()
}

/// The postmortems that have been reviewed.
fn reviewed(wiki: &Wiki) -> impl Iterator<Item = &Arc<Postmortem>> {
    wiki.site.postmortems.iter().filter(|postmortem| postmortem.is_reviewed())
}

/// By which a postmortem is known for ever.
fn key(postmortem: &Postmortem) -> String {
    format!("postmortem/{}", postmortem.id)
}

fn review(wiki: &Wiki, url: &str, postmortem: &Arc<Postmortem>) -> Review {
    let messages = &wiki.look.theme.messages;
    let name = [("label", &*postmortem.label), ("title", &*postmortem.title)];
    Review {
        key: key(postmortem),
        code: public_id("postmortem", &postmortem.id),
        at: feed::updated(wiki, postmortem).unwrap_or(wiki.look.now()),
        brand: frame::brand(wiki).to_owned(),
        language: wiki.site.settings.language.clone(),
        headline: messages.fill("review_headline", &name),
        url: format!("{url}{}", paths::postmortem(&postmortem.id)),
        more: messages.get("review_more").to_owned(),
        facts: facts_of(wiki, postmortem),
        compared: comparison::text(wiki, postmortem),
        parts: parts(wiki, url, postmortem),
        actions: promised(wiki, postmortem),
    }
}

fn facts_of(wiki: &Wiki, postmortem: &Postmortem) -> Vec<(String, String)> {
    let messages = &wiki.look.theme.messages;
    let components: Vec<String> = postmortem.components.iter().map(|id| wiki.look.component_name(id)).collect();
    let known = [
        ("severity", postmortem.severity.as_ref().map(|severity| severity.name.to_string())),
        ("review_happened", postmortem.happened().map(|time| wiki.look.format().time(time, Form::Full))),
        ("components", Some(components.join(", ")).filter(|names| !names.is_empty())),
        ("review_cause", postmortem.cause.as_ref().map(|cause| wiki.cause_title(cause))),
    ];
    let known = known.into_iter().filter_map(|(key, value)| Some((messages.get(key).to_owned(), value?)));
    known.chain(facts::durations(wiki, postmortem)).collect()
}

/// Of the text what everybody should read.
fn parts(wiki: &Wiki, url: &str, postmortem: &Postmortem) -> Vec<(String, String, String)> {
    let links = || Links::Wiki { root: url, paths: &wiki.known.paths, public: &wiki.site.settings.url };
    let part = |heading: &str, body: &str| {
        (heading.to_owned(), markdown::text(body, links()), markdown::html(body, links(), 3))
    };
    let sections = [SectionKind::Summary, SectionKind::WentWell].map(|kind| postmortem.section(kind));
    let sections = sections.into_iter().flatten().map(|section| part(&section.heading, &section.body));
    sections.filter(|(_, text, _)| !text.is_empty()).collect()
}

fn promised(wiki: &Wiki, postmortem: &Arc<Postmortem>) -> Actions {
    let messages = &wiki.look.theme.messages;
    Actions {
        heading: actions::summary(wiki, std::slice::from_ref(postmortem)),
        columns: ["review_action", "owner", "due"].map(|key| messages.get(key).to_owned()),
        rows: actions::of(wiki, postmortem).iter().map(actions::ActionRow::promise).collect(),
    }
}
