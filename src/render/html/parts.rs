//! The parts that several kinds of page are made of.

use std::sync::Arc;

use serde::Serialize;

use crate::markdown::{self, Links};
use crate::model::{Component, ComponentStatus, Id, Impact, MaintenanceStatus, Provider, Window};
use crate::paths;
use crate::render::look::Look;
use crate::render::published::{self, anchor};
use crate::render::text::escape;
use crate::theme::Form;
use crate::time::Time;
use crate::view::{IncidentSnapshot, MaintenanceSnapshot, MaintenanceState, UpdateText};

/// A status: a class for its shape and colour, and its word.
#[derive(Clone, Serialize)]
pub(crate) struct Status {
    pub(crate) word: &'static str,
    pub(crate) label: String,
}

pub(crate) fn status(look: &Look, status: ComponentStatus) -> Status {
    Status { word: status.word(), label: look.theme.messages.get(status.word()).to_owned() }
}

/// The impact of an incident, in the shape and colour of the component status it stands for.
pub(crate) fn impact(look: &Look, impact: Impact) -> Status {
    let label = look.theme.messages.get(&format!("impact_{}", impact.word())).to_owned();
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
pub(crate) fn clock(look: &Look, time: Time, form: Form) -> String {
    time_element(look, time, form, None)
}

/// A time without its day if that is the day of `reference`.
pub(crate) fn near(look: &Look, time: Time, reference: Time) -> String {
    let zone = look.settings.zone;
    if zone.date(time) != zone.date(reference) {
        return clock(look, time, Form::Full);
    }
    // Where the reader lives, the two may lie on different days; the script has to know the other one.
    let other = (reference != look.now()).then_some(reference);
    time_element(look, time, Form::Clock, other)
}

fn time_element(look: &Look, time: Time, form: Form, near: Option<Time>) -> String {
    let name = match form {
        Form::Clock => "clock",
        Form::Full => "full",
    };
    let near = near.map(|near| format!(" data-near=\"{}\"", near.rfc3339_minutes())).unwrap_or_default();
    let text = escape(&look.format().time(time, form));
    format!("<time datetime=\"{}\" data-form=\"{name}\"{near}>{text}</time>", time.rfc3339_minutes())
}

/// A message whose `{time}` is an element.
pub(crate) fn with_time(look: &Look, key: &str, time: Time, reference: Time) -> String {
    look.html_words.fill(key, &[("time", &near(look, time, reference))])
}

/// Two times, the second without its day if that is the day of the first.
pub(crate) fn range(look: &Look, from: Time, until: Time) -> String {
    let from_html = clock(look, from, Form::Full);
    look.html_words.fill("range", &[("from", &from_html), ("until", &near(look, until, from))])
}

/// When work is planned for.
pub(crate) fn planned_range(look: &Look, window: Window) -> String {
    match window.until {
        Some(until) => range(look, window.from, until),
        None => look.html_words.fill("range_open", &[("from", &clock(look, window.from, Form::Full))]),
    }
}

/// A component that something touches.
#[derive(Clone, Serialize)]
pub(crate) struct AffectedComponent {
    pub(crate) name: String,
    pub(crate) path: String,
    /// None where no status is meant, as for work that lies ahead.
    pub(crate) status: Option<Status>,
}

fn affected(look: &Look, id: &Id, state: Option<ComponentStatus>) -> AffectedComponent {
    let status = state.map(|state| status(look, state));
    AffectedComponent { name: look.component_name(id), path: component_path(id), status }
}

pub(crate) fn component_path(id: &Id) -> String {
    paths::file(&paths::component(id))
}

/// One word to customers.
#[derive(Serialize)]
pub(crate) struct UpdateItem {
    /// For links to it.
    pub(crate) anchor: String,
    pub(crate) label: String,
    /// The word of its status, for a shape.
    pub(crate) status: &'static str,
    pub(crate) is_last: bool,
    /// An element.
    pub(crate) time: String,
    pub(crate) body: String,
    pub(crate) changes: Vec<AffectedComponent>,
}

/// How an update is shown.
#[derive(Clone, Copy)]
pub(crate) struct Style<'a> {
    /// The way from the page to the root.
    pub(crate) root: &'a str,
    /// The level of the first heading in a body.
    pub(crate) heading: u8,
}

/// Markdown as HTML. What nobody has put into the language of the page says so, and which language it is in.
pub(crate) fn html(look: &Look, text: &str, style: Style<'_>) -> String {
    let files = look.files("") + style.root;
    let (pages, files) = (Links::FromPage(style.root), Links::FromPage(&files));
    let links = Links::Beside { pages: &pages, files: &files, is_shared: paths::is_shared };
    marked(look, look.foreign(text), markdown::html(text, links, style.heading))
}

/// The HTML of a text in this language, if that is not the one of the page.
pub(super) fn marked(look: &Look, language: Option<&str>, html: String) -> String {
    let Some(language) = language else { return html };
    let (note, language) = (look.html_words.get("not_translated"), escape(language));
    format!("<p class=\"untranslated\">{note}</p>\n<div lang=\"{language}\" dir=\"auto\">{html}</div>")
}

/// The updates of an incident, newest first.
pub(crate) fn incident_updates(look: &Look, snapshot: &IncidentSnapshot, style: Style<'_>) -> Vec<UpdateItem> {
    let all = snapshot.updates();
    let keys = snapshot.keys();
    let updates = all.iter().zip(keys).enumerate().rev().map(|(index, (update, key))| UpdateItem {
        anchor: anchor(&key).unwrap_or_default(),
        label: look.theme.messages.get(update.status.word()).to_owned(),
        status: update.status.word(),
        is_last: index + 1 == all.len(),
        time: near(look, update.at, reference(look, snapshot)),
        body: html(look, &update.body, style),
        changes: update.components.iter().map(|(id, state)| affected(look, id, Some(*state))).collect(),
    });
    updates.collect()
}

/// While an incident is open its times are read against the present, afterwards as dates.
fn reference(look: &Look, snapshot: &IncidentSnapshot) -> Time {
    if snapshot.is_open() { look.now() } else { Time::from_millis(0) }
}

/// The updates of maintenance, newest first.
pub(crate) fn maintenance_updates(look: &Look, snapshot: &MaintenanceSnapshot, style: Style<'_>) -> Vec<UpdateItem> {
    let published = snapshot.listed();
    let updates = published.iter().enumerate().rev().map(|(index, update)| UpdateItem {
        anchor: anchor(&update.key).unwrap_or_default(),
        label: look.theme.messages.get(update.status.word()).to_owned(),
        status: update.status.word(),
        is_last: index + 1 == published.len(),
        time: clock(look, update.at, Form::Full),
        body: maintenance_html(look, update.text, style),
        changes: Vec::new(),
    });
    updates.collect()
}

/// What an update of maintenance says. Whether it is translated is asked of its own words, not of what we add.
fn maintenance_html(look: &Look, text: UpdateText<'_>, style: Style<'_>) -> String {
    let own = match text {
        UpdateText::Written(own) | UpdateText::Announced(own, _) | UpdateText::Moved(own, _) => look.foreign(own),
        UpdateText::Begun | UpdateText::Over | UpdateText::OverUnknown | UpdateText::Planned(_) => None,
    };
    let all = published::own_markdown(look, text);
    marked(look, own.filter(|_| look.foreign(&all).is_none()), html(look, &all, style))
}

/// An incident, without its updates.
#[derive(Serialize)]
pub(crate) struct IncidentHead {
    pub(crate) path: String,
    pub(crate) title: String,
    /// How bad it is now, or was at its worst if it is over: the colour of its card.
    pub(crate) severity: Status,
    pub(crate) impact: Status,
    pub(crate) state: String,
    pub(crate) is_open: bool,
    pub(crate) began: String,
    /// For the script, which counts on while it is open.
    pub(crate) since: String,
    pub(crate) ended: Option<String>,
    /// `Resolved after 28 min`; none while it is open.
    pub(crate) resolved_after: Option<String>,
    pub(crate) duration: String,
    /// `Next update by …`, or that one is overdue.
    pub(crate) next_update: Option<String>,
    pub(crate) is_overdue: bool,
    pub(crate) components: Vec<AffectedComponent>,
    /// Others' services behind what is in trouble now.
    pub(crate) providers: Vec<Provider>,
}

pub(crate) fn incident_path(snapshot: &IncidentSnapshot) -> String {
    paths::file(&paths::incident(&snapshot.incident.id))
}

pub(crate) fn incident(look: &Look, snapshot: &IncidentSnapshot) -> IncidentHead {
    let messages = &look.theme.messages;
    let reference = reference(look, snapshot);
    let next = snapshot.next_update();
    let is_overdue = next.is_some_and(|next| next < look.now());
    let duration = duration(look, snapshot);
    let key = if is_overdue { "next_update_overdue" } else { "next_update" };
    IncidentHead {
        path: incident_path(snapshot),
        title: snapshot.incident.title.clone(),
        severity: status(look, severity(snapshot)),
        impact: impact(look, snapshot.incident.impact),
        state: messages.get(snapshot.status.word()).to_owned(),
        is_open: snapshot.is_open(),
        began: began(look, snapshot, reference),
        since: snapshot.begun_again().unwrap_or(snapshot.incident.started).rfc3339_minutes(),
        ended: snapshot
            .resolved
            .filter(|_| snapshot.seconds().is_some())
            .map(|time| with_time(look, "resolved_at", time, snapshot.incident.started)),
        resolved_after: (!snapshot.is_open()).then(|| match snapshot.seconds() {
            Some(_) => messages.fill("resolved_after", &[("duration", &duration)]),
            None => format!("{}: {duration}", messages.get(snapshot.status.word())),
        }),
        duration,
        next_update: next.map(|next| with_time(look, key, next, look.now())),
        is_overdue,
        components: components_of(look, snapshot),
        providers: providers(look, snapshot),
    }
}

/// When it began, and when it was last taken up again.
fn began(look: &Look, snapshot: &IncidentSnapshot, reference: Time) -> String {
    let started = snapshot.incident.started;
    let Some(again) = snapshot.begun_again() else { return with_time(look, "began", started, reference) };
    let (time, again) = (near(look, started, reference), near(look, again, started));
    look.html_words.fill("began_again", &[("again", &again), ("time", &time)])
}

/// How long an incident went on, or that nobody knows.
pub(crate) fn duration(look: &Look, snapshot: &IncidentSnapshot) -> String {
    let unknown = || look.theme.messages.get("duration_unknown").to_owned();
    snapshot.seconds().map_or_else(unknown, |seconds| look.format().duration(seconds))
}

/// What those components depend on that are in trouble because of an open incident, each once.
fn providers(look: &Look, snapshot: &IncidentSnapshot) -> Vec<Provider> {
    let is_hurt = |component: &Component| {
        let status = snapshot.components.get(&component.id);
        snapshot.is_open() && status.is_some_and(|status| *status != ComponentStatus::Operational)
    };
    let mut found: Vec<Provider> = Vec::new();
    let hurt = look.components.iter().filter(|component| is_hurt(component));
    for provider in hurt.flat_map(|component| &component.providers) {
        if !found.contains(provider) {
            found.push(provider.clone());
        }
    }
    found
}

/// What an incident's colour says: the worst of its components, or its impact if that is worse.
pub(crate) fn severity(snapshot: &IncidentSnapshot) -> ComponentStatus {
    let components = if snapshot.is_open() { snapshot.worst_now() } else { snapshot.worst_ever() };
    components.max(impact_class(snapshot.incident.impact))
}

/// The components of an incident: as they are while it is open, at their worst afterwards.
pub(crate) fn components_of(look: &Look, snapshot: &IncidentSnapshot) -> Vec<AffectedComponent> {
    let worst = |id: &Id| {
        let statuses = snapshot.updates().iter().filter_map(|update| update.components.get(id));
        statuses.copied().max().unwrap_or(ComponentStatus::Operational)
    };
    let states = snapshot.components.iter().map(|(id, now)| (id, if snapshot.is_open() { *now } else { worst(id) }));
    let mut states: Vec<(&Id, ComponentStatus)> = states.collect();
    // The worst first; among these, in the order of the site, as the sentence of home has them.
    let place = |id: &Id| look.components.iter().position(|component| component.id == *id);
    states.sort_by_key(|(id, state)| (std::cmp::Reverse(*state), place(id)));
    // Of what is no longer there, nothing is said of the present.
    let shown = |id: &Id, state| (!snapshot.is_open() || !snapshot.ended.contains_key(id)).then_some(state);
    states.into_iter().map(|(id, state)| affected(look, id, shown(id, state))).collect()
}

/// Maintenance, without its updates.
#[derive(Serialize)]
pub(crate) struct MaintenanceHead {
    pub(crate) path: String,
    pub(crate) title: String,
    pub(crate) state: String,
    pub(crate) is_running: bool,
    /// Done, or given up.
    pub(crate) is_over: bool,
    /// Done as it was meant to be.
    pub(crate) is_done: bool,
    pub(crate) window: String,
    /// For the script, which counts down to it; none unless it lies ahead.
    pub(crate) begins: Option<String>,
    /// Set if it runs past its planned end.
    pub(crate) over: Option<String>,
    pub(crate) components: Vec<AffectedComponent>,
}

pub(crate) fn maintenance(look: &Look, snapshot: &Arc<MaintenanceSnapshot>) -> MaintenanceHead {
    let (work, window, worked) = (&snapshot.maintenance, snapshot.window, snapshot.takes_place());
    let state = snapshot.state();
    let is_running = state == MaintenanceState::Running;
    let shown = |id: &Id| is_running.then(|| work.felt(id));
    MaintenanceHead {
        path: paths::file(&paths::maintenance(&work.id)),
        title: work.title.clone(),
        state: look.theme.messages.get(snapshot.status.word()).to_owned(),
        is_running,
        is_over: state == MaintenanceState::Past,
        is_done: snapshot.status == MaintenanceStatus::Completed,
        window: match (snapshot.is_undated, snapshot.status) {
            (true, _) if is_running => with_time(look, "began", worked.from, look.now()),
            (true, _) => look.theme.messages.get("not_planned").to_owned(),
            // What is done is told as it was, not as it was planned.
            (false, MaintenanceStatus::Completed) if !worked.is_empty() => range(look, worked.from, worked.until),
            (false, _) if is_running && window.until.is_none() => with_time(look, "began", worked.from, look.now()),
            (false, _) => planned_range(look, window),
        },
        begins: (state == MaintenanceState::Upcoming && !snapshot.is_undated).then(|| window.from.rfc3339_minutes()),
        over: snapshot
            .planned_end()
            .filter(|_| snapshot.runs_over())
            .map(|end| with_time(look, "running_over", end, look.now())),
        components: work.components.iter().map(|id| affected(look, id, shown(id))).collect(),
    }
}

/// The opening of a text without markup, at most `most` characters, cut at a word.
pub(crate) fn excerpt(text: &str, most: usize) -> String {
    let plain = markdown::opening(text);
    let Some((end, _)) = plain.char_indices().nth(most) else { return plain };
    let cut = plain[..end].rfind(' ').unwrap_or(end);
    format!("{}…", plain[..cut].trim_end_matches([',', '.', ';', ':', ' ']))
}

/// The opening of a text, for a list.
#[derive(Serialize)]
pub(crate) struct Excerpt {
    pub(crate) text: String,
    /// The language that it is in, if it is not that of the page.
    language: Option<String>,
}

/// The opening of a text as [`excerpt`] has it, for a list.
pub(crate) fn opening(look: &Look, text: &str, most: usize) -> Excerpt {
    Excerpt { text: excerpt(text, most), language: look.foreign(text).map(str::to_owned) }
}

/// `Wed 25 Nov`
pub(crate) fn day(look: &Look, date: crate::time::Date) -> String {
    look.format().day(date)
}

/// A name as HTML within a sentence, whose order its letters do not touch, should they run from right to left.
pub(super) fn isolated(look: &Look, name: &str) -> String {
    let language = look.foreign(name).map(|language| format!(" lang=\"{}\"", escape(language)));
    format!("<bdi{}>{}</bdi>", language.unwrap_or_default(), escape(name))
}
