//! The parts that several kinds of page are made of.

use std::sync::Arc;

use serde::Serialize;

use crate::markdown::{self, Links};
use crate::model::{ComponentStatus, Id, Impact};
use crate::render::facts::Facts;
use crate::render::feed::escape;
use crate::theme::Form;
use crate::time::Time;
use crate::view::{MaintenanceState, SeenIncident, SeenMaintenance};

/// A status: a class for its shape and colour, and its word.
#[derive(Clone, Serialize)]
pub(super) struct Status {
    pub(super) word: &'static str,
    pub(super) label: String,
}

pub(super) fn status(facts: &Facts, status: ComponentStatus) -> Status {
    Status { word: status.word(), label: facts.theme.messages.get(status.word()).to_owned() }
}

/// The impact of an incident, in the shape and colour of the component status it stands for.
pub(super) fn impact(facts: &Facts, impact: Impact) -> Status {
    let label = facts.theme.messages.get(&format!("impact_{}", impact.word())).to_owned();
    Status { word: impact_class(impact).word(), label }
}

fn impact_class(impact: Impact) -> ComponentStatus {
    match impact {
        Impact::None => ComponentStatus::Operational,
        Impact::Minor => ComponentStatus::DegradedPerformance,
        Impact::Major => ComponentStatus::PartialOutage,
        Impact::Critical => ComponentStatus::MajorOutage,
    }
}

/// A time as an element: for programs in UTC, for people in the site's zone. The script makes it local.
pub(super) fn clock(facts: &Facts, time: Time, form: Form) -> String {
    time_element(facts, time, form, None)
}

/// A time without its day if that is the day of `reference`.
pub(super) fn near(facts: &Facts, time: Time, reference: Time) -> String {
    let zone = facts.site.settings.zone;
    if zone.date(time) != zone.date(reference) {
        return clock(facts, time, Form::Full);
    }
    // Where the reader lives, the two may lie on different days; the script has to know the other one.
    let other = (reference != facts.now()).then_some(reference);
    time_element(facts, time, Form::Clock, other)
}

fn time_element(facts: &Facts, time: Time, form: Form, near: Option<Time>) -> String {
    let name = match form {
        Form::Clock => "clock",
        Form::Full => "full",
    };
    let near = near.map(|near| format!(" data-near=\"{}\"", near.rfc3339_minutes())).unwrap_or_default();
    let text = escape(&facts.format().time(time, form));
    format!("<time datetime=\"{}\" data-form=\"{name}\"{near}>{text}</time>", time.rfc3339_minutes())
}

/// A message whose `{time}` is an element.
pub(super) fn with_time(facts: &Facts, key: &str, time: Time, reference: Time) -> String {
    facts.theme.messages.fill(key, &[("time", &near(facts, time, reference))])
}

/// Two times, the second without its day if that is the day of the first.
pub(super) fn range(facts: &Facts, from: Time, until: Time) -> String {
    let from_html = clock(facts, from, Form::Full);
    facts.theme.messages.fill("range", &[("from", &from_html), ("until", &near(facts, until, from))])
}

/// A component that something touches.
#[derive(Clone, Serialize)]
pub(super) struct Affected {
    pub(super) name: String,
    pub(super) path: String,
    /// None where no status is meant, as for work that lies ahead.
    pub(super) status: Option<Status>,
}

fn affected(facts: &Facts, id: &Id, state: Option<ComponentStatus>) -> Affected {
    let status = state.map(|state| status(facts, state));
    Affected { name: component_name(facts, id), path: component_path(id), status }
}

pub(super) fn component_name(facts: &Facts, id: &Id) -> String {
    let found = facts.site.components.iter().find(|component| component.id == *id);
    found.map_or_else(|| id.to_string(), |component| component.name.clone())
}

pub(super) fn component_path(id: &Id) -> String {
    format!("components/{id}/index.html")
}

/// One word to customers.
#[derive(Serialize)]
pub(super) struct Update {
    /// For links to it: `update-1` is the oldest.
    pub(super) anchor: String,
    pub(super) label: String,
    pub(super) is_last: bool,
    /// An element.
    pub(super) time: String,
    pub(super) body: String,
    pub(super) changes: Vec<Affected>,
}

/// How an update is shown.
#[derive(Clone, Copy)]
pub(super) struct Style<'a> {
    /// The way from the page to the root.
    pub(super) root: &'a str,
    /// The level of the first heading in a body.
    pub(super) heading: u8,
}

pub(super) fn html(text: &str, style: Style<'_>) -> String {
    markdown::html(text, Links::FromPage(style.root), style.heading)
}

/// The updates of an incident, newest first.
pub(super) fn incident_updates(facts: &Facts, seen: &SeenIncident, style: Style<'_>) -> Vec<Update> {
    let all = seen.updates();
    let updates = all.iter().enumerate().rev().map(|(index, update)| Update {
        anchor: format!("update-{}", index + 1),
        label: facts.theme.messages.get(update.status.word()).to_owned(),
        is_last: index + 1 == all.len(),
        time: near(facts, update.at, reference(facts, seen)),
        body: html(&update.body, style),
        changes: update.components.iter().map(|(id, state)| affected(facts, id, Some(*state))).collect(),
    });
    updates.collect()
}

/// While an incident is open its times are read against the present, afterwards as dates.
fn reference(facts: &Facts, seen: &SeenIncident) -> Time {
    if seen.is_open() { facts.now() } else { Time::from_millis(0) }
}

/// The updates of maintenance, newest first.
pub(super) fn maintenance_updates(facts: &Facts, seen: &SeenMaintenance, style: Style<'_>) -> Vec<Update> {
    let all = seen.updates();
    let updates = all.iter().enumerate().rev().map(|(index, update)| Update {
        anchor: format!("update-{}", index + 1),
        label: facts.theme.messages.get(update.status.word()).to_owned(),
        is_last: index + 1 == all.len(),
        time: clock(facts, update.at, Form::Full),
        body: html(&update.body, style),
        changes: Vec::new(),
    });
    updates.collect()
}

/// An incident, without its updates.
#[derive(Serialize)]
pub(super) struct Incident {
    pub(super) path: String,
    pub(super) title: String,
    /// How bad it is now, or was at its worst if it is over: the colour of its card.
    pub(super) severity: Status,
    pub(super) impact: Status,
    pub(super) state: String,
    pub(super) is_open: bool,
    pub(super) began: String,
    /// For the script, which counts on while it is open.
    pub(super) since: String,
    pub(super) ended: Option<String>,
    pub(super) duration: String,
    /// `Next update by …`, or that one is overdue.
    pub(super) next_update: Option<String>,
    pub(super) is_overdue: bool,
    pub(super) components: Vec<Affected>,
}

pub(super) fn incident_path(seen: &SeenIncident) -> String {
    format!("incidents/{}/index.html", seen.incident.id)
}

pub(super) fn incident(facts: &Facts, seen: &SeenIncident) -> Incident {
    let messages = &facts.theme.messages;
    let reference = reference(facts, seen);
    let next = seen.next_update();
    let is_overdue = next.is_some_and(|next| next < facts.now());
    let key = if is_overdue { "next_update_overdue" } else { "next_update" };
    Incident {
        path: incident_path(seen),
        title: seen.incident.title.clone(),
        severity: status(facts, severity(seen)),
        impact: impact(facts, seen.incident.impact),
        state: messages.get(seen.status.word()).to_owned(),
        is_open: seen.is_open(),
        began: with_time(facts, "began", seen.incident.started, reference),
        since: seen.incident.started.rfc3339_minutes(),
        ended: seen.resolved.map(|time| with_time(facts, "resolved_at", time, seen.incident.started)),
        duration: facts.format().duration(seen.interval().seconds()),
        next_update: next.map(|next| with_time(facts, key, next, facts.now())),
        is_overdue,
        components: components_of(facts, seen),
    }
}

/// What an incident's colour says: the worst of its components, or its impact if that is worse.
pub(super) fn severity(seen: &SeenIncident) -> ComponentStatus {
    let components = if seen.is_open() { seen.worst_now() } else { seen.worst_ever() };
    components.max(impact_class(seen.incident.impact))
}

/// The components of an incident: as they are while it is open, at their worst afterwards.
pub(super) fn components_of(facts: &Facts, seen: &SeenIncident) -> Vec<Affected> {
    let worst = |id: &Id| {
        let statuses = seen.updates().iter().filter_map(|update| update.components.get(id));
        statuses.copied().max().unwrap_or(ComponentStatus::Operational)
    };
    let states = seen.components.iter().map(|(id, now)| (id, if seen.is_open() { *now } else { worst(id) }));
    let mut states: Vec<(&Id, ComponentStatus)> = states.collect();
    states.sort_by_key(|(_, state)| std::cmp::Reverse(*state));
    states.into_iter().map(|(id, state)| affected(facts, id, Some(state))).collect()
}

/// Maintenance, without its updates.
#[derive(Serialize)]
pub(super) struct Maintenance {
    pub(super) path: String,
    pub(super) title: String,
    pub(super) state: String,
    pub(super) is_running: bool,
    pub(super) is_upcoming: bool,
    pub(super) window: String,
    pub(super) begins: String,
    /// Set if it runs past its planned end.
    pub(super) over: Option<String>,
    pub(super) components: Vec<Affected>,
}

pub(super) fn maintenance(facts: &Facts, seen: &Arc<SeenMaintenance>) -> Maintenance {
    let work = &seen.maintenance;
    let state = seen.state();
    let is_running = state == MaintenanceState::Running;
    let shown = is_running.then_some(ComponentStatus::UnderMaintenance);
    Maintenance {
        path: format!("maintenance/{}/index.html", work.id),
        title: work.title.clone(),
        state: facts.theme.messages.get(seen.status.word()).to_owned(),
        is_running,
        is_upcoming: state == MaintenanceState::Upcoming,
        window: range(facts, work.from, work.until),
        begins: work.from.rfc3339_minutes(),
        over: (is_running && work.until < facts.now())
            .then(|| with_time(facts, "running_over", work.until, facts.now())),
        components: work.components.iter().map(|id| affected(facts, id, shown)).collect(),
    }
}

/// The opening of a text without markup, at most `most` characters, cut at a word.
pub(super) fn excerpt(text: &str, most: usize) -> String {
    let plain = markdown::opening(text);
    let Some((end, _)) = plain.char_indices().nth(most) else { return plain };
    let cut = plain[..end].rfind(' ').unwrap_or(end);
    format!("{}…", plain[..cut].trim_end_matches([',', '.', ';', ':', ' ']))
}

/// `Wed 25 Nov`
pub(super) fn day(facts: &Facts, date: crate::time::Date) -> String {
    facts.format().day(date)
}
