//! Which earlier postmortems an incident looks like, before its own is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{
    Id, IncidentRecord, Mark, Marked, Marks, Postmortem, Precision, Section, SectionKind, Site, Update,
};
use crate::view;

/// The earlier reports that the incident's title and texts look like, nearest first.
pub(super) fn alike<'a>(site: &'a Site, record: &IncidentRecord, known: &[Update]) -> Vec<&'a Arc<Postmortem>> {
    let Some(probe) = site.postmortems.first().and_then(|any| probe(any, record, known)) else { return Vec::new() };
    let mut reports = site.postmortems.clone();
    reports.push(Arc::new(probe));
    let near = view::candidates(&reports).pop().unwrap_or_default();
    near.iter().filter_map(|candidate| site.postmortems.get(candidate.report)).collect()
}

/// A report that says what the incident says and nothing else; `any` lends it the fields that do not
/// matter here.
fn probe(any: &Postmortem, record: &IncidentRecord, known: &[Update]) -> Option<Postmortem> {
    let incident = &record.incident;
    let told = known.iter().map(|update| update.body.as_str()).chain([incident.summary.as_str()]);
    let body = told.collect::<Vec<_>>().join("\n\n");
    let started = Marked { at: incident.started, precision: Precision::Minute, from_incident: true };
    Some(Postmortem {
        // The last of all that happened at the same time.
        id: Id::new("zzz")?,
        title: incident.title.clone(),
        marks: Marks { times: BTreeMap::from([(Mark::Started, started)]) },
        sections: vec![Section { kind: SectionKind::Summary, heading: String::new(), body }],
        cause: None,
        factors: Vec::new(),
        recurrence_of: Vec::new(),
        not_recurrence_of: Vec::new(),
        ..any.clone()
    })
}
