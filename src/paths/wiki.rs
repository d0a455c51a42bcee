//! Where everything is in the wiki.

use std::collections::BTreeSet;

use super::{file, own_page};
pub use super::{from_host, root_of};
use crate::model::{EntryKind, Id};

/// Home.
pub const HOME: &str = "";
/// All postmortems.
pub const POSTMORTEMS: &str = "postmortems/";
/// All incidents.
pub const INCIDENTS: &str = "incidents/";
/// All components.
pub const COMPONENTS: &str = "components/";
/// All causes.
pub const CAUSES: &str = "causes/";
/// What was promised.
pub const ACTIONS: &str = "actions/";
/// What waits for its review.
pub const REVIEW: &str = "review/";
/// Figures.
pub const METRICS: &str = "metrics/";
/// Where work would prevent most.
pub const INVEST: &str = "invest/";
/// All tags.
pub const TAGS: &str = "tags/";
/// The search.
pub const SEARCH: &str = "search/";
/// What happened on this day of earlier years.
pub const YEARS_AGO: &str = "years-ago/";
/// The postmortems as a feed.
pub const POSTMORTEMS_ATOM: &str = "postmortems.atom";

/// The pages and files that every wiki has.
pub const FIXED: [&str; 13] = [
    HOME,
    POSTMORTEMS,
    INCIDENTS,
    COMPONENTS,
    CAUSES,
    ACTIONS,
    REVIEW,
    METRICS,
    INVEST,
    TAGS,
    SEARCH,
    YEARS_AGO,
    POSTMORTEMS_ATOM,
];

/// What every wiki has and no text has a reason to link to.
pub const UNLINKED: [&str; 4] = [super::NOT_FOUND, super::HEADERS, super::ROBOTS, super::BUILD_RECORD];

/// The page of a postmortem.
pub fn postmortem(id: &Id) -> String {
    format!("{POSTMORTEMS}{id}/")
}

/// The page of an incident.
pub fn incident(id: &Id) -> String {
    format!("{INCIDENTS}{id}/")
}

/// The page of a component.
pub fn component(id: &Id) -> String {
    format!("{COMPONENTS}{id}/")
}

/// The page of a cause.
pub fn cause(id: &Id) -> String {
    format!("{CAUSES}{id}/")
}

/// The page of a tag.
pub fn tag(id: &Id) -> String {
    format!("{TAGS}{id}/")
}

/// The file in which a page is, as templates link to it.
pub fn page(folder: &str) -> String {
    file(folder)
}

/// The wiki's page of an entry, if its kind has one. Of pages only those that are for the wiki alone.
pub fn entry(kind: EntryKind, id: &Id) -> Option<String> {
    match kind {
        EntryKind::Incident => Some(incident(id)),
        EntryKind::Postmortem => Some(postmortem(id)),
        EntryKind::Page => Some(own_page(id)),
        EntryKind::Announcement | EntryKind::Maintenance | EntryKind::Template => None,
    }
}

/// Everything in the wiki that a text may link to, but for static files. `entries` has of the pages those of the wiki.
pub fn all<'a>(
    components: impl Iterator<Item = &'a Id>,
    entries: impl Iterator<Item = (EntryKind, &'a Id)>,
    causes: impl Iterator<Item = &'a Id>,
    tags: impl Iterator<Item = &'a Id>,
) -> BTreeSet<String> {
    let own = components.map(component).chain(entries.filter_map(|(kind, id)| entry(kind, id)));
    own.chain(causes.map(cause)).chain(tags.map(tag)).chain(FIXED.map(str::to_owned)).collect()
}
