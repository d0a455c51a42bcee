//! `capacity.yaml` as written.

use super::{At, Document, Fields};
use crate::keys::Kind;
use crate::time::Date;

/// Where readings are kept, relative to the site folder.
pub const CAPACITY_FILE: &str = "content/capacity.yaml";

/// One of the `readings` as written.
pub struct CapacityReadingDoc {
    /// `component`
    pub component: Option<At<String>>,
    /// `checked`
    pub checked: Option<At<Date>>,
    /// `headroom`
    pub headroom: Option<At<String>>,
    /// `source`
    pub source: Option<At<String>>,
}

impl CapacityReadingDoc {
    /// Reads `capacity.yaml`.
    pub fn all(document: &Document) -> Vec<CapacityReadingDoc> {
        let fields = document.fields(Kind::Capacity);
        fields.list("readings").unwrap_or_default().iter().map(CapacityReadingDoc::read).collect()
    }

    fn read(fields: &Fields<'_>) -> CapacityReadingDoc {
        CapacityReadingDoc {
            component: fields.text("component"),
            checked: fields.dated("checked"),
            headroom: fields.text("headroom"),
            source: fields.text("source"),
        }
    }
}
