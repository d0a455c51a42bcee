//! Where the wiki's pages are: folders from its root, ending in `/`.

use std::collections::BTreeSet;

use crate::model::{Id, Site, Visibility};

/// The pages that every wiki has.
const FIXED: [&str; 13] = [
    "",
    "postmortems/",
    "incidents/",
    "components/",
    "causes/",
    "actions/",
    "review/",
    "metrics/",
    "invest/",
    "tags/",
    "search/",
    "years-ago/",
    "postmortems.atom",
];

pub(super) fn postmortem(id: &Id) -> String {
    format!("postmortems/{id}/")
}

pub(super) fn incident(id: &Id) -> String {
    format!("incidents/{id}/")
}

pub(super) fn component(id: &Id) -> String {
    format!("components/{id}/")
}

pub(super) fn cause(id: &Id) -> String {
    format!("causes/{id}/")
}

pub(super) fn tag(id: &Id) -> String {
    format!("tags/{id}/")
}

/// The page in a folder, as templates link to it.
pub(super) fn page(folder: &str) -> String {
    format!("{folder}index.html")
}

/// Every path that a link may name. `files` are the paths of the wiki's static files.
pub(super) fn of(site: &Site, files: &[&str]) -> BTreeSet<String> {
    let reports = || site.postmortems.iter();
    let internal = site.pages.iter().filter(|record| record.audience == Visibility::Internal);
    let own = [
        reports().map(|report| postmortem(&report.id)).collect::<Vec<_>>(),
        site.incidents.iter().map(|record| incident(&record.incident.id)).collect(),
        site.components.iter().map(|known| component(&known.id)).collect(),
        reports().filter_map(|report| report.cause.as_ref()).map(cause).collect(),
        reports().flat_map(|report| &report.tags).map(tag).collect(),
        internal.map(|record| format!("{}/", record.page.id)).collect(),
    ];
    own.concat().into_iter().chain(FIXED.iter().chain(files).map(|path| (*path).to_owned())).collect()
}
