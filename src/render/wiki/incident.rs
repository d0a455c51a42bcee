//! The page of an incident, public or internal, and the list of all of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use super::filter::{FilterMarks, ListFilter, filter};
use super::postmortem::{self, PostmortemRow, facts};
use super::{Wiki, WikiPageHead, paths, render};
use crate::markdown::{self, Links};
use crate::model::{Id, Visibility};
use crate::output::Made;
use crate::render::html::parts::{self, Status, Style, UpdateItem, clock, near};
use crate::theme::Form;
use crate::view::{Due, DutyKind, IncidentSnapshot, Span};

/// An incident in a list.
#[derive(Serialize)]
pub(super) struct IncidentRow {
    incident: parts::IncidentHead,
    /// The day it began.
    day: String,
    is_internal: bool,
    postmortems: Vec<PostmortemRow>,
    /// What is owed where there is no postmortem.
    owed: Owed,
    marks: FilterMarks,
}

/// Whether a postmortem is wanted.
#[derive(Serialize)]
struct Owed {
    text: String,
    is_late: bool,
}

/// The incidents of a year, newest first.
#[derive(Serialize)]
struct YearOfIncidents {
    year: i32,
    rows: Vec<IncidentRow>,
}

#[derive(Serialize)]
struct IncidentList {
    filter: Option<ListFilter>,
    years: Vec<YearOfIncidents>,
    count: String,
    internal: Option<String>,
}

pub(super) fn list(wiki: &Wiki) -> Made {
    let mut years: Vec<YearOfIncidents> = Vec::new();
    for snapshot in wiki.incidents.iter().rev() {
        let year = wiki.site.settings.zone.date(snapshot.incident.started).year();
        match years.last_mut().filter(|known| known.year == year) {
            Some(known) => known.rows.push(row(wiki, snapshot)),
            None => years.push(YearOfIncidents { year, rows: vec![row(wiki, snapshot)] }),
        }
    }
    let messages = &wiki.look.theme.messages;
    let internal = wiki.incidents.iter().filter(|snapshot| is_internal(wiki, &snapshot.incident.id)).count();
    let list = IncidentList {
        filter: filter(wiki, years.iter().flat_map(|year| &year.rows).map(|row| &row.marks)),
        years,
        count: messages.count("incidents", wiki.incidents.len()),
        internal: (internal > 0).then(|| messages.count("pm_internal_n", internal)),
    };
    render(wiki, "incidents.html", &WikiPageHead::new("incidents/", messages.get("incidents")), &list)
}

pub(super) fn row(wiki: &Wiki, snapshot: &IncidentSnapshot) -> IncidentRow {
    let id = &snapshot.incident.id;
    IncidentRow {
        incident: parts::incident(&wiki.look, snapshot),
        day: wiki.look.format().day_of(snapshot.incident.started),
        is_internal: is_internal(wiki, id),
        postmortems: postmortem::postmortem_rows(wiki, wiki.postmortems_about(id)),
        owed: owed(wiki, snapshot),
        marks: marks(wiki, snapshot),
    }
}

fn is_internal(wiki: &Wiki, id: &Id) -> bool {
    wiki.record(id).is_some_and(|record| record.visibility == Visibility::Internal)
}

/// Of the owners of its components, as nobody owns an incident.
fn marks(wiki: &Wiki, snapshot: &IncidentSnapshot) -> FilterMarks {
    let incident = &snapshot.incident;
    let owner = |id: &Id| wiki.site.services.get(id).and_then(|service| service.owner.clone());
    let owners: BTreeSet<String> = snapshot.components.keys().filter_map(owner).collect();
    let marks = FilterMarks::of_incident(wiki, incident.impact, snapshot.components.keys(), incident.started);
    owners.iter().fold(marks, |marks, owner| marks.owned_by(Some(owner)))
}

/// What is asked for where an incident has no postmortem.
fn owed(wiki: &Wiki, snapshot: &IncidentSnapshot) -> Owed {
    let messages = &wiki.look.html_words;
    let wanted = [DutyKind::PostmortemOverdue, DutyKind::PostmortemDue];
    let is_this = |duty: &&crate::view::Duty| {
        wanted.contains(&duty.kind)
            && duty.postmortem.is_none()
            && duty.incident.as_ref() == Some(&snapshot.incident.id)
    };
    let Some(duty) = wiki.known.learning.duties.iter().find(is_this) else {
        let key = if snapshot.is_open() { "pm_owed_open" } else { "pm_owed_none" };
        return Owed { text: messages.get(key).to_owned(), is_late: false };
    };
    let due = match duty.due {
        Some(Due::By(time)) => clock(&wiki.look, time, Form::Full),
        Some(Due::On(date)) => wiki.look.format().date(date),
        None => String::new(),
    };
    let key = if duty.is_late() { "pm_owed_late" } else { "pm_owed_by" };
    Owed { text: messages.fill(key, &[("time", &due)]), is_late: duty.is_late() }
}

#[derive(Serialize)]
struct IncidentPage {
    row: IncidentRow,
    noticed: Option<String>,
    /// Its page for everybody, if it has one.
    public: Option<String>,
    summary: String,
    updates: Vec<UpdateItem>,
    affected: Vec<AffectedTime>,
}

/// A component in trouble for a while.
#[derive(Serialize)]
struct AffectedTime {
    name: String,
    path: String,
    status: Status,
    from: String,
    /// None while it goes on.
    until: Option<String>,
    duration: String,
}

pub(super) fn page(wiki: &Wiki, index: usize) -> Made {
    let snapshot = &wiki.incidents[index];
    let id = &snapshot.incident.id;
    let head = WikiPageHead::new(paths::incident(id), &*snapshot.incident.title);
    let root = head.root();
    let is_internal = is_internal(wiki, id);
    let noticed = wiki.record(id).and_then(|record| record.detected_by);
    let noticed = noticed.map(|who| facts::noticed_by(wiki, who));
    let page = IncidentPage {
        row: row(wiki, snapshot),
        noticed,
        public: (!is_internal).then(|| wiki.look.url(&paths::incident(id))),
        summary: customer_text(wiki, &snapshot.incident.summary, is_internal, &root, 2),
        updates: updates(wiki, snapshot, is_internal, &root),
        affected: snapshot.spans().iter().map(|span| affected(wiki, span)).collect(),
    };
    render(wiki, "incident.html", &head, &page)
}

/// A text of an incident: one for customers leads them to the public site, as it was written; an
/// internal one leads through the wiki.
fn customer_text(wiki: &Wiki, text: &str, is_internal: bool, root: &str, heading: u8) -> String {
    match is_internal {
        true => wiki.html(text, root, heading),
        false => markdown::html(text, Links::Absolute(&wiki.site.settings.url), heading),
    }
}

fn updates(wiki: &Wiki, snapshot: &Arc<IncidentSnapshot>, is_internal: bool, root: &str) -> Vec<UpdateItem> {
    let mut updates = parts::incident_updates(&wiki.look, snapshot, Style { root, heading: 3 });
    for (shown, update) in updates.iter_mut().zip(snapshot.updates().iter().rev()) {
        shown.body = customer_text(wiki, &update.body, is_internal, root, 3);
    }
    updates
}

fn affected(wiki: &Wiki, span: &Span) -> AffectedTime {
    AffectedTime {
        name: wiki.look.component_name(&span.component),
        path: parts::component_path(&span.component),
        status: parts::status(&wiki.look, span.status),
        from: clock(&wiki.look, span.interval.from, Form::Full),
        until: (!span.is_open).then(|| near(&wiki.look, span.interval.until, span.interval.from)),
        duration: wiki.look.format().duration(span.interval.seconds()),
    }
}
