//! The page of an incident, the page of maintenance, and the lists of both.

use std::sync::Arc;

use serde::Serialize;

use super::parts::{
    AffectedComponent, Excerpt, IncidentHead, MaintenanceHead, Status, Style, UpdateItem, clock, component_path,
    excerpt, html, incident_updates, maintenance_updates, near, opening, status,
};
use super::{PageHead, parts, render, settled};
use crate::model::{ComponentStatus, Id, MaintenanceStatus};
use crate::output::Made;
use crate::paths;
use crate::render::facts::Facts;
use crate::theme::Form;
use crate::time::Time;
use crate::view::{HistoryEntry, IncidentSnapshot, MaintenanceSnapshot, MaintenanceState, Span, UpdateText};

/// Past maintenance on the page of all maintenance; older work is in the history.
const PAST: usize = 30;

/// One line of a list: an incident or maintenance in a few words.
#[derive(Serialize)]
pub(super) struct EntryLine {
    pub(super) path: String,
    pub(super) title: String,
    pub(super) status: Status,
    /// Empty for work that was given up before it began.
    pub(super) duration: String,
    pub(super) began: String,
    pub(super) is_open: bool,
    pub(super) components: Vec<AffectedComponent>,
    pub(super) text: Excerpt,
    /// By which the history is filtered.
    marks: Marks,
}

/// What an entry is, in words that no translation changes.
#[derive(Serialize)]
struct Marks {
    kind: &'static str,
    /// Empty for maintenance.
    impact: &'static str,
    /// Ids, with blanks between them.
    components: String,
}

fn marks<'a>(kind: &'static str, impact: &'static str, components: impl Iterator<Item = &'a Id>) -> Marks {
    Marks { kind, impact, components: components.map(|id| &**id).collect::<Vec<_>>().join(" ") }
}

pub(super) fn line(facts: &Facts, entry: &HistoryEntry) -> EntryLine {
    match entry {
        HistoryEntry::Incident(snapshot) => incident_line(facts, snapshot),
        HistoryEntry::Maintenance(snapshot) => maintenance_line(facts, snapshot, entry.began()),
    }
}

fn incident_line(facts: &Facts, snapshot: &IncidentSnapshot) -> EntryLine {
    let impact = parts::impact(&facts.look, snapshot.incident.impact);
    EntryLine {
        path: parts::incident_path(snapshot),
        title: snapshot.incident.title.clone(),
        status: Status { word: parts::severity(snapshot).word(), label: impact.label },
        duration: parts::duration(&facts.look, snapshot),
        began: clock(&facts.look, snapshot.incident.started, Form::Full),
        is_open: snapshot.is_open(),
        components: parts::components_of(&facts.look, snapshot),
        text: opening(&facts.look, snapshot.last_words(), 180),
        marks: marks("incident", snapshot.incident.impact.word(), snapshot.components.keys()),
    }
}

fn maintenance_line(facts: &Facts, snapshot: &Arc<MaintenanceSnapshot>, began: Time) -> EntryLine {
    let shown = parts::maintenance(&facts.look, snapshot);
    let word = if snapshot.status == MaintenanceStatus::Cancelled { "cancelled" } else { "maintenance_word" };
    let label = facts.look.theme.messages.get(word).to_owned();
    let unknown = || facts.look.theme.messages.get("duration_unknown").to_owned();
    let seconds = snapshot.seconds_worked();
    let is_told = seconds.is_none_or(|_| !snapshot.worked.is_empty());
    let duration = is_told.then(|| seconds.map_or_else(unknown, |seconds| facts.look.format().duration(seconds)));
    EntryLine {
        path: shown.path,
        title: shown.title,
        status: Status { word: ComponentStatus::UnderMaintenance.word(), label },
        duration: duration.unwrap_or_default(),
        began: clock(&facts.look, began, Form::Full),
        is_open: shown.is_running,
        components: shown.components,
        text: opening(&facts.look, &snapshot.maintenance.description, 180),
        marks: marks("maintenance", "", snapshot.maintenance.components.iter()),
    }
}

#[derive(Serialize)]
struct IncidentPage {
    incident: IncidentHead,
    postmortem: Option<PublishedPostmortem>,
    summary: String,
    updates: Vec<UpdateItem>,
    is_duration_known: bool,
    /// Whether any component was ever in trouble because of it.
    is_felt: bool,
    affected: Vec<AffectedTime>,
    /// The one that began before it, and the one after it.
    earlier: Option<Neighbour>,
    later: Option<Neighbour>,
}

#[derive(Serialize)]
struct Neighbour {
    path: String,
    title: String,
}

fn neighbour(snapshot: &Arc<IncidentSnapshot>) -> Neighbour {
    Neighbour { path: parts::incident_path(snapshot), title: snapshot.incident.title.clone() }
}

/// The postmortem, as everybody may read it.
#[derive(Serialize)]
struct PublishedPostmortem {
    /// An element.
    published: String,
    body: String,
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
    /// For the script, which counts on while it goes on.
    since: String,
    duration: String,
}

pub(super) fn incident(facts: &Facts, index: usize) -> Made {
    let snapshot = &facts.incidents[index];
    let folder = paths::incident(&snapshot.incident.id);
    let style = Style { root: "../../", heading: 3 };
    let spans = snapshot.spans();
    let postmortem = snapshot.postmortem.as_ref().map(|message| PublishedPostmortem {
        published: parts::with_time(&facts.look, "published", message.published, Time::from_millis(0)),
        body: html(&facts.look, &message.body, style),
    });
    let page = IncidentPage {
        incident: parts::incident(&facts.look, snapshot),
        postmortem,
        summary: html(&facts.look, &snapshot.incident.summary, Style { heading: 2, ..style }),
        updates: incident_updates(&facts.look, snapshot, style),
        is_duration_known: snapshot.seconds().is_some(),
        is_felt: snapshot.worst_ever() != ComponentStatus::Operational,
        affected: spans.iter().map(|span| affected_time(facts, span)).collect(),
        earlier: index.checked_sub(1).and_then(|index| facts.incidents.get(index)).map(neighbour),
        later: facts.incidents.get(index + 1).map(neighbour),
    };
    let label = facts.look.theme.messages.get(snapshot.status.word());
    let description = format!("{label}: {}", excerpt(snapshot.last_words(), 200));
    render(
        facts,
        "incident.html",
        &PageHead::new(&folder, snapshot.incident.title.clone(), description).settled(snapshot.is_settled()),
        &page,
    )
}

fn affected_time(facts: &Facts, span: &Span) -> AffectedTime {
    AffectedTime {
        name: facts.look.component_name(&span.component),
        path: component_path(&span.component),
        status: status(&facts.look, span.status),
        from: clock(&facts.look, span.interval.from, Form::Full),
        since: span.interval.from.rfc3339_minutes(),
        until: (!span.is_open).then(|| near(&facts.look, span.interval.until, span.interval.from)),
        duration: facts.look.format().duration(span.interval.seconds()),
    }
}

#[derive(Serialize)]
struct MaintenancePage {
    work: MaintenanceHead,
    description: String,
    /// Whether nobody knows how long it took, and no update says so.
    is_duration_unsaid: bool,
    updates: Vec<UpdateItem>,
    /// When it was worked on, where its head does not say all of that.
    affected: Vec<AffectedTime>,
    /// When it takes place again.
    other_times: Vec<PlannedTime>,
}

/// Another time of recurring work.
#[derive(Serialize)]
struct PlannedTime {
    /// Elements.
    window: String,
    path: String,
}

/// Times to come on the page of recurring work; the calendar has all of them.
const AGAIN: usize = 5;

/// The next times of the same recurring work, but for this one.
fn other_times(facts: &Facts, snapshot: &MaintenanceSnapshot) -> Vec<PlannedTime> {
    let Some(own) = &snapshot.maintenance.occurrence else { return Vec::new() };
    let is_other = |other: &&Arc<MaintenanceSnapshot>| {
        let series = other.maintenance.occurrence.as_ref().map(|occurrence| &occurrence.series);
        let is_to_come = other.state() == MaintenanceState::Upcoming && !other.is_undated;
        series == Some(&own.series) && is_to_come && other.maintenance.id != snapshot.maintenance.id
    };
    let time = |other: &Arc<MaintenanceSnapshot>| PlannedTime {
        window: parts::planned_range(&facts.look, other.window),
        path: paths::file(&paths::maintenance(&other.maintenance.id)),
    };
    facts.maintenance.iter().chain(&facts.to_come).filter(is_other).take(AGAIN).map(time).collect()
}

pub(super) fn maintenance(facts: &Facts, index: usize) -> Made {
    work_page(facts, &facts.maintenance[index])
}

/// Of a time of recurring work that only calendars have as yet: its event leads here.
pub(super) fn maintenance_to_come(facts: &Facts, index: usize) -> Made {
    work_page(facts, &facts.to_come[index])
}

fn work_page(facts: &Facts, snapshot: &Arc<MaintenanceSnapshot>) -> Made {
    let work = &snapshot.maintenance;
    let folder = paths::maintenance(&work.id);
    let style = Style { root: "../../", heading: 3 };
    let page = MaintenancePage {
        work: parts::maintenance(&facts.look, snapshot),
        description: html(&facts.look, &work.description, style),
        is_duration_unsaid: is_duration_unsaid(snapshot),
        updates: maintenance_updates(&facts.look, snapshot, style),
        affected: worked(facts, snapshot),
        other_times: other_times(facts, snapshot),
    };
    let description = excerpt(&work.description, 200);
    let is_settled = settled::maintenance(snapshot);
    let head = PageHead::new(&folder, work.title.clone(), description).settled(is_settled);
    render(facts, "maintenance.html", &head, &page)
}

fn is_duration_unsaid(snapshot: &MaintenanceSnapshot) -> bool {
    let is_unknown = !snapshot.maintenance.is_duration_known && snapshot.state() == MaintenanceState::Past;
    is_unknown && snapshot.published().iter().all(|update| update.text != UpdateText::OverUnknown)
}

/// Each time that it was worked on, by component; nothing where that is the one time that the head of the page gives.
fn worked(facts: &Facts, snapshot: &MaintenanceSnapshot) -> Vec<AffectedTime> {
    let work = &snapshot.maintenance;
    let is_told = match &*snapshot.worked {
        [] => true,
        [only] => only.from == snapshot.takes_place().from && snapshot.status != MaintenanceStatus::Cancelled,
        _ => false,
    };
    let times = snapshot.worked.iter().filter(|_| !is_told).flat_map(|interval| {
        let is_open = snapshot.since == Some(interval.from);
        work.components.iter().map(move |component| Span {
            component: component.clone(),
            status: work.felt(component),
            interval: *interval,
            is_open,
        })
    });
    times.map(|span| affected_time(facts, &span)).collect()
}

#[derive(Serialize)]
struct MaintenanceList {
    running: Vec<Work>,
    upcoming: Vec<Work>,
    past: Vec<EntryLine>,
    older: usize,
}

#[derive(Serialize)]
struct Work {
    work: MaintenanceHead,
    text: Excerpt,
}

pub(super) fn maintenance_list(facts: &Facts) -> Made {
    let work = |snapshot: &Arc<MaintenanceSnapshot>| Work {
        work: parts::maintenance(&facts.look, snapshot),
        text: opening(&facts.look, &snapshot.maintenance.description, 240),
    };
    let past = facts.maintenance.iter().rev().filter(|snapshot| snapshot.state() == MaintenanceState::Past);
    let mut past: Vec<HistoryEntry> = past.cloned().map(HistoryEntry::Maintenance).collect();
    // The latest to begin first, as it is shown: the plan may have been another.
    past.sort_by_key(|entry| std::cmp::Reverse(entry.began()));
    let page = MaintenanceList {
        running: facts.overview.running.iter().map(work).collect(),
        upcoming: facts.overview.upcoming.iter().map(work).collect(),
        past: past.iter().take(PAST).map(|entry| line(facts, entry)).collect(),
        older: past.len().saturating_sub(PAST),
    };
    let title = facts.look.theme.messages.get("maintenance").to_owned();
    let description = facts.site.settings.description.clone();
    render(facts, "maintenance-list.html", &PageHead::new(paths::MAINTENANCE, title, description), &page)
}
