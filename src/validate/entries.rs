//! Incidents and maintenance: each file by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::frame::Frame;
use super::languages::{self, bodies, texts, titles};
use super::recurrence;
use super::text::{Link, check};
use super::{Entry, entry, suggestion, word, written_id};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::document::{At, Document, IncidentDoc, MaintenanceDoc, UpdateDoc, WindowDoc};
use crate::markdown;
use crate::model::{
    Component, ComponentStatus, Edits, Id, Impact, Incident, IncidentRecord, IncidentStatus, Maintenance,
    MaintenanceStatus, MaintenanceUpdate, Translations, Update, Visibility, Window,
};
use crate::time::Time;

/// What lists the components; none while `site.yaml` cannot be read.
pub(super) type Components<'a> = Option<&'a Frame>;

/// The statuses after which nothing of planned work is left to be done.
const OVER: [MaintenanceStatus; 2] = [MaintenanceStatus::Completed, MaintenanceStatus::Cancelled];

/// Reads an incident.
pub fn incident(path: &str, bytes: impl Into<Arc<[u8]>>, components: Components<'_>) -> Entry<IncidentRecord> {
    entry(path, bytes, |document, links, id| {
        let doc = IncidentDoc::read(document);
        let impact = word(document, doc.impact.as_ref(), Code::UnknownImpact, "impact");
        let detected_by = word(document, doc.detected_by.as_ref(), Code::UnknownWord, "value");
        let visibility = visibility(document, doc.visibility.as_ref());
        check(document, document.body(), None, links);
        let spoken = languages::of(components);
        let (title, mut translations) = titles(document, doc.title, "title", spoken);
        bodies(document, doc.body_in, spoken, links, &mut translations);
        let written = doc.updates?;
        check_order(document, &written, doc.started.as_ref(), &[IncidentStatus::Resolved.word()]);
        check_names(document, &written.value);
        let count = written.value.len();
        let updates: Vec<Update> =
            written.value.iter().filter_map(|update| incident_update(document, update, components, links)).collect();
        let first = updates.first().filter(|_| updates.len() == count)?;
        let incident = Incident {
            aliases: aliases(document, &doc.aliases),
            edits: Edits::default(),
            id: id?,
            title: title?,
            impact: impact.unwrap_or_else(|| worst_impact(&updates, components)),
            started: doc.started.map_or(first.at, |started| started.value),
            is_duration_known: doc.is_duration_known,
            updates,
            summary: markdown::trimmed(document.body()).to_owned(),
            translations,
        };
        Some(IncidentRecord { incident: Arc::new(incident), visibility, detected_by })
    })
}

/// What customers do not see makes nothing worse for them.
fn worst_impact(updates: &[Update], components: Components<'_>) -> Impact {
    let is_hidden = |id: &Id| components.and_then(|frame| frame.component(id)).is_some_and(|found| found.is_hidden);
    let statuses = updates.iter().flat_map(|update| &update.components);
    let worst = statuses.filter(|(id, _)| !is_hidden(id)).map(|(_, status)| status).max();
    worst.map_or(Impact::None, |worst| Impact::of(*worst))
}

pub(super) fn visibility(document: &Document, text: Option<&At<String>>) -> Visibility {
    word(document, text, Code::UnknownWord, "audience").unwrap_or(Visibility::Public)
}

fn incident_update(
    document: &Document,
    doc: &UpdateDoc,
    components: Components<'_>,
    links: &mut Vec<Link>,
) -> Option<Update> {
    let status = word(document, doc.status.as_ref(), Code::UnknownStatus, "status");
    let statuses = component_statuses(document, doc, components);
    let (body, translations) = body(document, doc, components, links);
    check_promise(document, doc);
    let id = update_name(document, doc);
    Some(Update {
        at: doc.at.as_ref()?.value,
        id,
        status: status?,
        components: statuses,
        next_update: doc.next_update.as_ref().map(|next| next.value),
        body: body?,
        translations,
    })
}

fn component_statuses(
    document: &Document,
    doc: &UpdateDoc,
    components: Components<'_>,
) -> BTreeMap<Id, ComponentStatus> {
    let pairs = doc.components.iter().filter_map(|(name, status)| {
        let found = component(document, name, doc.at.as_ref().map(|at| at.value), components);
        if let (Some(found), Some(at)) = (found, &doc.at) {
            check_is_there(document, name, found, at.value, components);
        }
        let status = word(document, Some(status), Code::UnknownStatus, "component status");
        Some((found?.id.clone(), status?))
    });
    pairs.collect()
}

/// Nothing more is said of a component after its end.
fn check_is_there(document: &Document, name: &At<String>, found: &Component, at: Time, components: Components<'_>) {
    let is_over = components.is_some_and(|frame| found.is_retired(frame.settings.zone, at));
    let Some(end) = found.end.filter(|_| is_over) else { return };
    let message = format!("the component `{}` ended on {}, before this", name.value, end.iso());
    let help = "take it out here; if it goes on, put off its `end` in `site.yaml`";
    document.report(Diagnostic::warning(Code::ComponentEnded, message).at(document.place(&name.path)).help(help));
}

/// The component that is meant, by its id or one that it had before; reports one that is not listed. `named` is when it
/// was last there, as far as that is known.
pub(super) fn component<'a>(
    document: &Document,
    name: &At<String>,
    named: Option<Time>,
    components: Components<'a>,
) -> Option<&'a Component> {
    let frame = components?;
    let found = frame.component(&name.value);
    if found.is_none() {
        let fault = Diagnostic::error(Code::UnknownComponent, format!("unknown component `{}`", name.value));
        let ids: Vec<&str> = frame.components.iter().map(|component| &*component.id).collect();
        // A name that nearly fits is a slip; one that does not may be what the site had once.
        let help = did_you_mean(&name.value, ids.iter().copied()).unwrap_or_else(|| {
            let end = named.map_or_else(|| "YYYY-MM-DD".to_owned(), |at| frame.settings.zone.date(at).iso());
            format!(
                "{}; one that is gone stays in `site.yaml` with its last day, such as `end: {end}`, and one that was \
                 renamed has its old id in `aliases`",
                suggestion(&name.value, &ids)
            )
        });
        document.report(fault.at(document.place(&name.path)).help(help));
    }
    found
}

/// What an update says, and the same in other languages.
fn body(
    document: &Document,
    doc: &UpdateDoc,
    components: Components<'_>,
    links: &mut Vec<Link>,
) -> (Option<String>, Translations) {
    let mut translations = Translations::default();
    if doc.body.is_none() {
        // A key of another shape has been reported already; here only its absence is judged.
        check_silence(document, doc);
        return (Some(String::new()), translations);
    }
    let texts = texts(document, doc.body.clone(), languages::of(components));
    translations.add_texts(languages::checked(document, texts.others, links));
    let Some(At { value, path }) = texts.main else { return (None, translations) };
    check(document, &value, Some(&path), links);
    if value.trim().is_empty() {
        let fault = Diagnostic::error(Code::EmptyBody, "the update says nothing").at(document.place(&path));
        document.report(fault.help("say what customers notice, what works, and when the next word comes"));
        return (None, translations);
    }
    (Some(markdown::trimmed(&value).to_owned()), translations)
}

/// Other systems mark an end without a word. Whoever writes here has something to say.
fn check_silence(document: &Document, doc: &UpdateDoc) {
    let ends = [IncidentStatus::Resolved.word(), MaintenanceStatus::Completed.word()];
    let is_end = doc.status.as_ref().is_none_or(|status| ends.contains(&&*status.value));
    if !is_end {
        let fault = Diagnostic::warning(Code::SilentUpdate, "the update has no text").at(document.place(&doc.path));
        document.report(fault.help("say in `body` what customers notice, and when the next word comes"));
    }
}

fn check_promise(document: &Document, doc: &UpdateDoc) {
    if let (Some(at), Some(next)) = (&doc.at, &doc.next_update)
        && next.value <= at.value
    {
        let fault = Diagnostic::error(Code::PromiseInPast, "the next update is due before this one was written");
        document.report(fault.at(document.place(&next.path)).help("check both times and their offsets"));
    }
}

/// Updates stand oldest first, none before the start, and after the last word nothing follows that
/// does not reopen the entry.
fn check_order(document: &Document, updates: &At<Vec<UpdateDoc>>, started: Option<&At<Time>>, last: &[&str]) {
    if updates.value.is_empty() {
        let fault = Diagnostic::error(Code::EmptyList, "an incident needs at least one update");
        document.report(fault.at(document.place(&updates.path)).help("add one with `at`, `status` and `body`"));
    }
    if let (Some(started), Some(at)) = (started, updates.value.first().and_then(|first| first.at.as_ref()))
        && at.value < started.value
    {
        let fault =
            Diagnostic::error(Code::UpdateBeforeStart, "the first update is older than the start of the incident");
        document.report(fault.at(document.place(&at.path)).help("set `started` to when the impact began"));
    }
    for pair in updates.value.windows(2) {
        check_pair(document, &pair[0], &pair[1], last);
    }
}

fn check_pair(document: &Document, earlier: &UpdateDoc, later: &UpdateDoc, last: &[&str]) {
    if let (Some(before), Some(after)) = (&earlier.at, &later.at)
        && after.value < before.value
    {
        let fault = Diagnostic::error(Code::UpdatesOutOfOrder, "this update is older than the one above it");
        document.report(
            fault.at(document.place(&after.path)).help("put the updates in order of time, the newest at the end"),
        );
    }
    let is_last = |update: &UpdateDoc| update.status.as_ref().is_some_and(|status| last.contains(&&*status.value));
    if is_last(earlier) && is_last(later) {
        let was = earlier.status.as_ref().map_or("over", |status| &status.value);
        let fault =
            Diagnostic::error(Code::UpdateAfterResolved, format!("this comes after the entry was already {was}"));
        let place = later.status.as_ref().map_or(&later.path, |status| &status.path);
        document.report(
            fault.at(document.place(place)).help("reopen it with another status, or add the text to the update above"),
        );
    }
}

/// Reads maintenance.
pub fn maintenance(path: &str, bytes: impl Into<Arc<[u8]>>, components: Components<'_>) -> Entry<Arc<Maintenance>> {
    entry(path, bytes, |document, links, id| {
        let doc = MaintenanceDoc::read(document);
        let scheduled = window(document, doc.scheduled.as_ref());
        check(document, document.body(), None, links);
        let recurrence = doc.scheduled.as_ref().zip(scheduled).and_then(|(plan, window)| {
            recurrence::rule(document, plan.repeat.as_ref()?, id.as_ref()?, window, components)
        });
        recurrence::check_updates(document, &doc.updates, doc.scheduled.as_ref(), recurrence.as_ref());
        for pair in doc.updates.windows(2) {
            // What is over is one time of the work, where it has several.
            let day = |update: &UpdateDoc| update.occurrence.as_ref().map(|day| day.value);
            let is_same = day(&pair[0]) == day(&pair[1]);
            let over = OVER.map(MaintenanceStatus::word);
            check_pair(document, &pair[0], &pair[1], if is_same { &over } else { &[] });
        }
        check_names(document, &doc.updates);
        let updates: Vec<MaintenanceUpdate> =
            doc.updates.iter().filter_map(|update| maintenance_update(document, update, components, links)).collect();
        let mut touched: Vec<Id> = Vec::new();
        for name in doc.components.iter().flatten() {
            let Some(found) = component(document, name, None, components) else { continue };
            if let Some(last) = last_window(scheduled, &updates) {
                check_is_there(document, name, found, last.from, components);
            }
            if touched.contains(&found.id) {
                report_twice(document, name);
            } else {
                touched.push(found.id.clone());
            }
        }
        let impact = maintenance_impact(document, &doc.impact, &touched, components);
        let spoken = languages::of(components);
        let (title, mut translations) = titles(document, doc.title, "title", spoken);
        bodies(document, doc.body_in, spoken, links, &mut translations);
        Some(Arc::new(Maintenance {
            translations,
            aliases: aliases(document, &doc.aliases),
            edits: Edits::default(),
            id: id?,
            title: title?,
            scheduled: scheduled?,
            is_duration_known: doc.is_duration_known,
            components: touched,
            impact,
            updates,
            description: markdown::trimmed(document.body()).to_owned(),
            recurrence,
            occurrence: None,
        }))
    })
}

/// What customers feel, of components that the work names.
fn maintenance_impact(
    document: &Document,
    written: &[(At<String>, At<String>)],
    touched: &[Id],
    components: Components<'_>,
) -> BTreeMap<Id, ComponentStatus> {
    let read = |(name, status): &(At<String>, At<String>)| {
        let status = word(document, Some(status), Code::UnknownStatus, "component status");
        let found = component(document, name, None, components)?;
        if !touched.contains(&found.id) {
            let message = format!("the work does not name `{}` among its components", name.value);
            let fault = Diagnostic::error(Code::UnknownComponent, message).at(document.place(&name.path));
            document.report(fault.help("add it to `components`, or take it out here"));
            return None;
        }
        Some((found.id.clone(), status?))
    };
    written.iter().filter_map(read).collect()
}

/// When the work is planned for in the end, unless it was given up.
fn last_window(scheduled: Option<Window>, updates: &[MaintenanceUpdate]) -> Option<Window> {
    let is_over = updates.last().is_some_and(|last| last.status == MaintenanceStatus::Cancelled);
    updates.iter().rev().find_map(|update| update.scheduled).or(scheduled).filter(|_| !is_over)
}

fn report_twice(document: &Document, name: &At<String>) {
    let fault = Diagnostic::error(Code::DuplicateId, format!("the component `{}` is named twice", name.value));
    document.report(fault.at(document.place(&name.path)).help("name it once"));
}

fn maintenance_update(
    document: &Document,
    doc: &UpdateDoc,
    components: Components<'_>,
    links: &mut Vec<Link>,
) -> Option<MaintenanceUpdate> {
    let status = word(document, doc.status.as_ref(), Code::UnknownStatus, "status");
    let (body, translations) = body(document, doc, components, links);
    let id = update_name(document, doc);
    let scheduled = window(document, doc.scheduled.as_ref());
    check_move(document, doc, status, scheduled);
    let occurrence = doc.occurrence.as_ref().map(|day| day.value);
    Some(MaintenanceUpdate {
        at: doc.at.as_ref()?.value,
        id,
        status: status?,
        scheduled,
        occurrence,
        body: body?,
        translations,
    })
}

fn window(document: &Document, doc: Option<&WindowDoc>) -> Option<Window> {
    let doc = doc?;
    check_window(document, doc.from.as_ref(), doc.until.as_ref());
    Some(Window { from: doc.from.as_ref()?.value, until: doc.until.as_ref().map(|until| until.value) })
}

/// An update moves the work to a time that can still come, and not once it is over.
fn check_move(document: &Document, doc: &UpdateDoc, status: Option<MaintenanceStatus>, window: Option<Window>) {
    let (Some(written), Some(status)) = (&doc.scheduled, status) else { return };
    let (message, help) = if OVER.contains(&status) {
        (
            format!("an update that says `{}` plans no other time", status.word()),
            "leave `scheduled` out; to put the work off, write `status: postponed`",
        )
    } else if let (Some(at), Some(window)) = (&doc.at, window)
        && window.until.is_some_and(|until| until <= at.value)
    {
        let message = "the new window is over before this update was written".to_owned();
        (message, "check the times and their offsets; an update cannot move work into the past")
    } else {
        return;
    };
    let fault = Diagnostic::error(Code::WindowCannotMove, message).at(document.place(&written.path));
    document.report(fault.help(help));
}

/// The ids that an entry had before.
pub(super) fn aliases(document: &Document, written: &[At<String>]) -> Vec<Id> {
    written.iter().filter_map(|alias| written_id(document, alias)).collect()
}

/// What the author calls an update.
fn update_name(document: &Document, doc: &UpdateDoc) -> Option<Id> {
    doc.id.as_ref().and_then(|id| written_id(document, id))
}

/// No two updates of an entry have one name.
fn check_names(document: &Document, updates: &[UpdateDoc]) {
    let names = updates.iter().filter_map(|update| update.id.as_ref());
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for name in names {
        if !seen.insert(&name.value) {
            let fault = Diagnostic::error(Code::DuplicateId, format!("two updates have the id `{}`", name.value));
            document.report(fault.at(document.place(&name.path)).help("give each an id of its own, or none"));
        }
    }
}

pub(super) fn check_window(document: &Document, from: Option<&At<Time>>, until: Option<&At<Time>>) {
    if let (Some(from), Some(until)) = (from, until)
        && until.value <= from.value
    {
        let fault = Diagnostic::error(Code::EndsBeforeStart, "this ends before it starts, or at once");
        document.report(fault.at(document.place(&until.path)).help("check both times and their offsets"));
    }
}
