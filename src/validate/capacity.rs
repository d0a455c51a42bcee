//! What `capacity.yaml` says: how much more services could carry, as it was read over time.

use super::address::address;
use super::entries::component;
use super::{Frame, title};
use crate::diagnostic::Diagnostic;
use crate::document::{CapacityReadingDoc, Document};
use crate::model::{Capacity, Id};

/// What `capacity.yaml` gave.
#[derive(Default)]
pub struct CapacityFile {
    /// Each reading with its component, in the order of the file.
    pub readings: Vec<(Id, Capacity)>,
    /// What is wrong with it.
    pub faults: Vec<Diagnostic>,
}

/// Reads the file. Without a frame no component is looked for.
pub fn capacity(path: &str, bytes: &[u8], frame: Option<&Frame>) -> CapacityFile {
    match Document::read(path, bytes) {
        Ok(document) => {
            let docs = CapacityReadingDoc::all(&document);
            let readings = docs.into_iter().filter_map(|doc| reading(&document, doc, frame)).collect();
            CapacityFile { readings, faults: document.take_faults() }
        }
        Err(faults) => CapacityFile { faults, ..CapacityFile::default() },
    }
}

fn reading(document: &Document, doc: CapacityReadingDoc, frame: Option<&Frame>) -> Option<(Id, Capacity)> {
    let known = doc.component.as_ref().and_then(|name| component(document, name, None, frame));
    let headroom = title(document, doc.headroom, "headroom");
    let source = doc.source.as_ref().and_then(|url| address(document, url));
    let checked = doc.checked?.value;
    Some((known?.id.clone(), Capacity { headroom: Some(headroom?), checked: Some(checked), source }))
}

impl Frame {
    /// The same with readings added to the cards of their components.
    #[must_use]
    pub fn with_readings(mut self, readings: &[(Id, Capacity)]) -> Frame {
        for (id, reading) in readings {
            self.services.entry(id.clone()).or_default().add_capacity(reading.clone());
        }
        self
    }
}
