//! Which earlier postmortems an incident looks like, before its own is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Id, IncidentRecord, Mark, Marked, Marks, Postmortem, Precision, Section, SectionKind, Site};
use crate::view;

/// The earlier postmortems that the incident's title and summary look like, nearest first.
pub(super) fn alike<'a>(site: &'a Site, record: &IncidentRecord, summary: &str) -> Vec<&'a Arc<Postmortem>> {
    let Some(probe) = site.postmortems.first().and_then(|any| probe(any, record, summary)) else { return Vec::new() };
    let mut postmortems = site.postmortems.clone();
    postmortems.push(Arc::new(probe));
    let near = view::candidates(&postmortems).pop().unwrap_or_default();
    near.iter().filter_map(|candidate| site.postmortems.get(candidate.postmortem)).collect()
}

/// A postmortem that says what its draft will say and nothing else; `any` lends it the fields that do not
/// matter here.
fn probe(any: &Postmortem, record: &IncidentRecord, summary: &str) -> Option<Postmortem> {
    let incident = &record.incident;
    let started = Marked { at: incident.started, precision: Precision::Minute, from_incident: true };
    Some(Postmortem {
        // The last of all that happened at the same time.
        id: Id::new("zzz")?,
        title: incident.title.clone(),
        marks: Marks { times: BTreeMap::from([(Mark::Started, started)]) },
        sections: vec![Section { kind: SectionKind::Summary, heading: String::new(), body: summary.to_owned() }],
        cause: None,
        factors: Vec::new(),
        recurrence_of: Vec::new(),
        not_recurrence_of: Vec::new(),
        ..any.clone()
    })
}
