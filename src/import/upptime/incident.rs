//! An issue becomes an incident: from its opening, by its comments, to its closing.

use super::dump::LocatedIssue;
use super::issue::{IssueWriter, later};
use crate::import::history::entry::{IncidentDraft, Location, UpdateDraft};
use crate::import::marker::{Label, lead};
use crate::import::times::spoken;
use crate::model::{ComponentStatus, Impact, IncidentStatus};
use crate::time::Time;

/// A closing comment is written by the robot that closes the issue, within so many seconds.
const AT_ONCE: i64 = 600;

/// Files the issue.
pub(super) fn write(writer: &mut IssueWriter<'_>, located: &LocatedIssue, location: &Location) {
    let components = writer.components(located, location);
    let worst = worst(writer, located, location, !components.is_empty());
    let impact = components.is_empty().then(|| Impact::of(worst));
    let mut incident = begun(writer, located, location, components.into_iter().map(|id| (id, worst)).collect());
    incident.impact = impact;
    let end = end(writer, located, location);
    let last = comments(writer, located, location, &mut incident, end);
    match end {
        Some(end) => {
            incident.is_duration_unknown = located.closed().is_none_or(|closed| closed < located.created);
            close(&mut incident, end, last);
        }
        None if last.is_some() => {
            writer.note(location, "its last comment says that it is over, yet it is open; it was imported as open");
        }
        None => {}
    }
    incident.kept = writer.kept(located, &incident.kept);
    writer.draft.incident(location, None, incident);
}

/// The incident with its first update: the title and the text of the issue.
pub(in crate::import) fn begun(
    writer: &mut IssueWriter<'_>,
    located: &LocatedIssue,
    location: &Location,
    components: Vec<(String, ComponentStatus)>,
) -> IncidentDraft {
    let text = writer.text(location, located.issue.body.as_deref().unwrap_or_default());
    let mut incident = IncidentDraft { title: writer.title(located, location), ..IncidentDraft::default() };
    let status = IncidentStatus::Investigating;
    incident.updates.push(UpdateDraft { at: located.created, status, components, body: text.body });
    incident.kept = text.comments;
    incident
}

/// Adds the comments. When the last one before the end says that it is over, that time.
pub(in crate::import) fn comments(
    writer: &mut IssueWriter<'_>,
    located: &LocatedIssue,
    location: &Location,
    incident: &mut IncidentDraft,
    end: Option<Time>,
) -> Option<Time> {
    let mut last = None;
    for (at, raw) in &located.comments {
        let text = writer.text(location, raw);
        incident.kept.extend(text.comments);
        let (label, body) = lead(&text.body);
        if end.is_some_and(|end| *at > end) {
            writer.note(location, &after(*at));
        } else {
            last = (label == Some(Label::Final)).then_some(*at);
        }
        // A label that becomes no status stays in the text.
        let is_last = Some(*at) == located.comments.last().map(|(at, _)| *at);
        let closes = end.is_some_and(|end| *at <= end && end.seconds_since(*at) <= AT_ONCE) && is_last;
        let body = if label == Some(Label::Final) && !closes { text.body.clone() } else { body };
        let update = update(*at, label, body, incident, end);
        incident.updates.push(update);
    }
    last
}

fn after(at: Time) -> String {
    format!("the comment of {} was written after the issue was closed; it is told with the resolution", spoken(at))
}

/// What the title says. Upptime counts the time of every issue of a site as downtime, whatever its title.
fn worst(writer: &mut IssueWriter<'_>, located: &LocatedIssue, location: &Location, has_site: bool) -> ComponentStatus {
    let title = located.issue.title.as_deref().unwrap_or_default().to_lowercase();
    let says = |word: &str| title.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
    match (says("degraded"), says("down"), has_site) {
        (true, ..) => ComponentStatus::DegradedPerformance,
        (_, true, _) => ComponentStatus::MajorOutage,
        (_, _, true) => {
            let message = "its title says neither `down` nor `degraded`; Upptime counts it as downtime, so `major_outage` was taken";
            writer.note(location, message);
            ComponentStatus::MajorOutage
        }
        (_, _, false) => ComponentStatus::Operational,
    }
}

/// When it was closed; none while it is open.
pub(in crate::import) fn end(
    writer: &mut IssueWriter<'_>,
    located: &LocatedIssue,
    location: &Location,
) -> Option<Time> {
    if located.is_open() {
        return None;
    }
    if let Some(closed) = located.closed().filter(|closed| *closed >= located.created) {
        return Some(closed);
    }
    let last = located.comments.last().map(|(at, _)| *at);
    let end = last.or(located.updated()).unwrap_or(located.created).max(located.created);
    let why = match located.closed() {
        Some(closed) => {
            format!("it was closed ({}) before it was created ({})", spoken(closed), spoken(located.created))
        }
        None => "it is closed, but not when".to_owned(),
    };
    let message = format!("{why}; the last known time was taken ({}), and it counts as no downtime", spoken(end));
    location.doubt(&mut writer.draft.notes, &message);
    Some(end)
}

/// A comment; what it says is over is not until the issue is closed.
fn update(
    at: Time,
    label: Option<Label>,
    body: String,
    incident: &IncidentDraft,
    end: Option<Time>,
) -> UpdateDraft<IncidentStatus> {
    let before = incident.updates.last().map_or(IncidentStatus::Investigating, |update| update.status);
    let is_end = end.is_some_and(|end| at > end);
    let status = match label.and_then(Label::of_incident) {
        _ if is_end => IncidentStatus::Resolved,
        Some(IncidentStatus::Resolved) => IncidentStatus::Monitoring,
        Some(status) => status,
        None => before,
    };
    UpdateDraft { at, status, components: Vec::new(), body }
}

/// The resolution is of the closing. Its text is the last comment, if that says so and was written just
/// before, and whatever was written later.
pub(in crate::import) fn close(incident: &mut IncidentDraft, end: Time, last: Option<Time>) {
    let late: Vec<_> = incident.updates.extract_if(1.., |update| update.at > end).collect();
    let closing = last.filter(|last| end.seconds_since(*last) <= AT_ONCE).and_then(|_| incident.updates.pop());
    let mut body = closing.map_or_else(String::new, |update| update.body);
    late.iter().for_each(|update| body.push_str(&later(update.at, &update.body)));
    let (status, components) = (IncidentStatus::Resolved, Vec::new());
    incident.updates.push(UpdateDraft { at: end, status, components, body });
}
