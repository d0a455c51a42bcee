//! The search: a list of every postmortem, which a script narrows down to what is looked for.
//!
//! # How page and index belong together
//!
//! In `render/wiki/search/`, `mod.rs` says what of a postmortem is searched, `words.rs` how text becomes words, `index.rs` how
//! the index is written. The theme's `wiki.js` reads it, and must cut words as `words.rs` does: both are held to `tests/search-words.json`. The index names postmortems
//! by their place in the page's list, so page and index belong together: the folder of the index has a fingerprint, and a
//! page that was opened before a deployment finds its index gone and says so. Shards are scripts that call one function,
//! since a page from a disk may load scripts and nothing else.

mod index;
mod words;

use std::sync::Arc;

use serde::Serialize;
use serde_json::json;

use super::{Wiki, WikiPageHead, paths, render};
use crate::markdown;
use crate::model::{Postmortem, SectionKind};
use crate::output::{Made, Route};
use index::{Index, Text};

/// What is searched: the key of the field's name, and how much a word in it weighs. The index names a
/// field by its place here.
const FIELDS: [(&str, u32); 23] = [
    ("in_title", 8),
    ("in_label", 8),
    ("in_cause", 5),
    ("in_tags", 5),
    ("in_components", 3),
    ("in_summary", 3),
    ("in_factors", 2),
    ("in_impact", 1),
    ("in_timeline", 1),
    ("in_detection", 1),
    ("in_response", 1),
    ("in_resolution", 1),
    ("in_went_well", 1),
    ("in_went_poorly", 1),
    ("in_lucky", 1),
    ("in_surprised", 1),
    ("in_lessons", 1),
    ("in_actions", 1),
    ("in_message", 1),
    ("in_data", 1),
    ("in_trigger", 1),
    ("in_process", 1),
    ("in_other", 1),
];

/// The page, and the parts of its index.
pub(super) fn routes(wiki: &Arc<Wiki>) -> Vec<Route> {
    let postmortems: Vec<&Postmortem> = newest_first(wiki).collect();
    let index = Arc::new(Index::new(&postmortems, |postmortem| texts(wiki, postmortem)));
    let (own, shards) = (Arc::clone(wiki), Arc::clone(&index));
    let mut routes = vec![Route::new("search/index.html", "Candor itself", move || page(&own, &shards))];
    for name in index.shards.keys() {
        let (name, index) = (name.clone(), Arc::clone(&index));
        let path = format!("{}{name}.js", folder(&index));
        routes.push(Route::new(path, "the index of the search", move || Ok(script(&name, &index.shards[&name]))));
    }
    routes
}

/// The order of the list, by whose places the index names postmortems.
fn newest_first(wiki: &Wiki) -> impl Iterator<Item = &Postmortem> {
    wiki.site.postmortems.iter().rev().map(|postmortem| &**postmortem)
}

/// Where the index is, from the root.
fn folder(index: &Index) -> String {
    format!("assets/search.{}/", index.fingerprint)
}

/// A shard as a script that calls one function, since a page from a disk may load scripts and no data.
fn script(name: &str, lines: &str) -> Vec<u8> {
    format!("candorShard({},{})\n", json!(name), json!(lines.trim_end())).into_bytes()
}

#[derive(Serialize)]
struct SearchPage {
    rows: Vec<SearchRow>,
    /// JSON: what the script must know.
    told: String,
}

/// A postmortem in the list. It is no `PostmortemRow`, since all of them stand on one
/// page: with a thousand every byte and every lookup counts.
#[derive(Serialize)]
struct SearchRow {
    path: String,
    title: String,
    /// Label, date, cause, tags.
    facts: String,
}

fn page(wiki: &Wiki, index: &Index) -> Made {
    let head = WikiPageHead::new("search/", wiki.look.theme.messages.get("search"));
    let rows = newest_first(wiki).map(|postmortem| row(wiki, postmortem)).collect();
    render(wiki, "search.html", &head, &SearchPage { rows, told: told(wiki, index, &head.root()) })
}

fn row(wiki: &Wiki, postmortem: &Postmortem) -> SearchRow {
    let tags: Vec<&str> = postmortem.tags.iter().map(|tag| &**tag).collect();
    let date = postmortem.happened().map(|time| wiki.look.format().day_of(time));
    let cause = postmortem.cause.as_ref().map(|cause| wiki.cause_title(cause));
    let facts = [Some(postmortem.label.clone()), date, cause, (!tags.is_empty()).then(|| tags.join(", "))];
    SearchRow {
        path: paths::page(&paths::postmortem(&postmortem.id)),
        title: postmortem.title.clone(),
        facts: facts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
    }
}

fn told(wiki: &Wiki, index: &Index, root: &str) -> String {
    let word = |key| wiki.look.theme.messages.get(key);
    let shards: Vec<&str> = index.shards.keys().map(String::as_str).collect();
    let told = json!({
        "folder": format!("{root}{}", folder(index)),
        "shards": shards.join(" "),
        "fields": FIELDS.map(|(key, _)| word(key)),
        "weights": FIELDS.map(|(_, weight)| weight),
        "none": word("search_none"),
        "one": word("search_one"),
        "many": word("search_many"),
        "where": word("search_where"),
        "gone": word("search_gone"),
    });
    told.to_string()
}

/// Everything of a postmortem that can be found.
fn texts(wiki: &Wiki, postmortem: &Postmortem) -> Vec<Text> {
    let components = postmortem.components.iter().map(|id| format!("{id} {}", wiki.look.component_name(id)));
    let tags = postmortem.tags.iter().map(ToString::to_string);
    let actions = postmortem.actions.iter().map(|action| format!("{} {}", action.text, action.owner));
    let cause = postmortem.cause.as_ref().map(|id| format!("{id} {}", wiki.cause_title(id)));
    let id = |id: &Option<_>| id.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut texts = vec![
        (field("in_title"), postmortem.title.clone()),
        (field("in_label"), format!("{} {}", postmortem.label, postmortem.id)),
        (field("in_cause"), cause.unwrap_or_default()),
        (field("in_tags"), tags.collect::<Vec<_>>().join(" ")),
        (field("in_components"), components.collect::<Vec<_>>().join(" ")),
        (field("in_summary"), markdown::plain(&postmortem.preface)),
        (field("in_factors"), postmortem.factors.join(" ")),
        (field("in_trigger"), id(&postmortem.trigger)),
        (field("in_process"), postmortem.process_change.clone().unwrap_or_default()),
        (field("in_actions"), actions.collect::<Vec<_>>().join(" ")),
    ];
    for section in &postmortem.sections {
        let heading = if section.kind == SectionKind::Other { &section.heading } else { "" };
        texts.push((field(section_field(section.kind)), format!("{heading} {}", markdown::plain(&section.body))));
    }
    texts
}

/// The place of a field in [`FIELDS`].
fn field(key: &str) -> usize {
    FIELDS.iter().position(|(known, _)| *known == key).unwrap_or(FIELDS.len() - 1)
}

fn section_field(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Summary => "in_summary",
        SectionKind::Impact => "in_impact",
        SectionKind::Timeline => "in_timeline",
        SectionKind::Factors => "in_factors",
        SectionKind::Detection => "in_detection",
        SectionKind::Response => "in_response",
        SectionKind::Resolution => "in_resolution",
        SectionKind::WentWell => "in_went_well",
        SectionKind::WentPoorly => "in_went_poorly",
        SectionKind::Lucky => "in_lucky",
        SectionKind::Surprised => "in_surprised",
        SectionKind::Lessons => "in_lessons",
        SectionKind::Actions => "in_actions",
        SectionKind::ExternalMessage => "in_message",
        SectionKind::SupportingData => "in_data",
        SectionKind::Other => "in_other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_named_once_and_has_a_letter() {
        let keys: std::collections::BTreeSet<_> = FIELDS.iter().map(|(key, _)| key).collect();
        assert!(keys.len() == FIELDS.len() && FIELDS.len() <= 26);
        for kind in SectionKind::ALL {
            assert!(keys.contains(&section_field(*kind)), "{}", kind.word());
        }
    }

    #[test]
    fn a_shard_is_a_call_with_two_texts() {
        assert_eq!(script("ch", "checkout a\nchess b\n"), b"candorShard(\"ch\",\"checkout a\\nchess b\")\n");
    }
}
