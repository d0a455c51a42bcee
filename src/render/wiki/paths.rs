//! Where the wiki's pages are: folders from its root, ending in `/`.

use crate::model::Id;

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
