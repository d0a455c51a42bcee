//! An issue labelled `maintenance` becomes planned work. Its body holds an HTML comment with the window
//! (<https://upptime.js.org/docs/scheduled-maintenance>).

use super::dump::LocatedIssue;
use super::issue::IssueWriter;
use crate::import::Notes;
use crate::import::history::entry::{Location, MaintenanceDraft, UpdateDraft, endless};
use crate::import::markdown::prepare;
use crate::import::marker::{Label, lead};
use crate::import::times::spoken;
use crate::model::{ComponentStatus, MaintenanceStatus};
use crate::time::Time;

/// The planned time, and the sites that are expected to be down or slow.
pub(super) struct PlannedDowntime {
    from: Time,
    /// None where no `end` stands there.
    until: Option<Time>,
    down: Vec<String>,
    degraded: Vec<String>,
    /// Lines that mean nothing to Upptime.
    others: Vec<String>,
}

/// Reads the window.
///
/// # Errors
/// Says why there is none.
pub(super) fn window(located: &LocatedIssue, notes: &mut Notes) -> Result<PlannedDowntime, String> {
    let body = located.issue.body.as_deref().unwrap_or_default().replace("\r\n", "\n");
    let (_, comments) = prepare(&body);
    let (mut from, mut until) = (None, None);
    let (mut down, mut degraded, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for line in comments.iter().flat_map(|comment| comment.lines()).filter(|line| !line.trim().is_empty()) {
        let (key, value) = line.split_once(':').map_or((line, ""), |(key, value)| (key.trim(), value.trim()));
        match key.to_ascii_lowercase().as_str() {
            "start" => from = Some(value),
            "end" => until = Some(value),
            "expecteddown" => down.extend(slugs(value)),
            "expecteddegraded" => degraded.extend(slugs(value)),
            _ => others.push(line.trim().to_owned()),
        }
    }
    let mut time = |key: &str, value: &str| {
        let time = notes.time_of(&located.path, None, value).map(|(time, _)| time);
        time.map_err(|_| format!("its `{key}: {value}` is no time that can be read"))
    };
    let from = time("start", from.ok_or("no HTML comment in it has `start`")?)?;
    let until = until.map(|until| time("end", until)).transpose()?;
    if let Some(until) = until.filter(|until| *until <= from) {
        return Err(format!("its `end` ({}) is not after its `start` ({})", spoken(until), spoken(from)));
    }
    Ok(PlannedDowntime { from, until, down, degraded, others })
}

fn slugs(value: &str) -> impl Iterator<Item = String> {
    value.split(',').map(|slug| slug.trim().to_owned()).filter(|slug| !slug.is_empty())
}

/// Files the issue.
pub(super) fn write(
    writer: &mut IssueWriter<'_>,
    located: &LocatedIssue,
    location: &Location,
    window: &PlannedDowntime,
) {
    let text = writer.text(location, located.issue.body.as_deref().unwrap_or_default());
    let components = components(writer, located, location, window);
    let impact = impact(writer, location, window);
    let mut kept = window.others.clone();
    let mut updates = Vec::new();
    for (at, raw) in &located.comments {
        let text = writer.text(location, raw);
        kept.extend(text.comments);
        let (label, body) = lead(&text.body);
        updates.push(update(*at, label, body, window));
    }
    finish(writer, located, location, window, &mut updates);
    let is_told = updates.iter().any(|update| update.at > window.from && update.status != MaintenanceStatus::Scheduled);
    let is_duration_unknown = window.until.is_none() && located.closed().is_some() && !is_told;
    if window.until.is_none() {
        location.doubt(&mut writer.draft.notes, endless(is_duration_unknown));
    }
    let work = MaintenanceDraft {
        title: writer.title(located, location),
        from: window.from,
        until: window.until,
        is_duration_unknown,
        components,
        impact,
        updates,
        kept: writer.kept(located, &kept),
        body: text.body,
    };
    writer.draft.maintenance(location, None, work);
}

/// Those that are expected to be down or slow, and those that labels name.
fn components(
    writer: &mut IssueWriter<'_>,
    located: &LocatedIssue,
    location: &Location,
    window: &PlannedDowntime,
) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    let labels = located.labels().filter(|label| writer.draft.components.find(label).is_some()).map(str::to_owned);
    let slugs: Vec<String> = window.down.iter().chain(&window.degraded).cloned().chain(labels).collect();
    for slug in slugs {
        let id = writer.draft.unlisted(location, &slug, &slug);
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// What is expected of components, by their ids; of one that is named twice the worse.
fn impact(
    writer: &mut IssueWriter<'_>,
    location: &Location,
    window: &PlannedDowntime,
) -> Vec<(String, ComponentStatus)> {
    let down = window.down.iter().map(|slug| (slug, ComponentStatus::MajorOutage));
    let degraded = window.degraded.iter().map(|slug| (slug, ComponentStatus::DegradedPerformance));
    let mut found: Vec<(String, ComponentStatus)> = Vec::new();
    for (slug, status) in down.chain(degraded) {
        let id = writer.draft.unlisted(location, slug, slug);
        if found.iter().all(|(known, _)| *known != id) {
            found.push((id, status));
        }
    }
    found
}

fn update(at: Time, label: Option<Label>, body: String, window: &PlannedDowntime) -> UpdateDraft<MaintenanceStatus> {
    let by_clock = match at {
        at if at < window.from => MaintenanceStatus::Scheduled,
        at if window.until.is_none_or(|until| at < until) => MaintenanceStatus::InProgress,
        _ => MaintenanceStatus::Completed,
    };
    let status = label.and_then(Label::of_maintenance).unwrap_or(by_clock);
    UpdateDraft { at, status, components: Vec::new(), body }
}

/// Work that was closed before its time is over; so is work that began, once the issue is closed.
fn finish(
    writer: &mut IssueWriter<'_>,
    located: &LocatedIssue,
    location: &Location,
    window: &PlannedDowntime,
    updates: &mut Vec<UpdateDraft<MaintenanceStatus>>,
) {
    use MaintenanceStatus::{Completed, InProgress, Verifying};
    let Some(closed) = located.closed() else { return };
    let last = updates.last().map(|update| (update.at, update.status));
    let is_running = last.is_some_and(|(_, status)| matches!(status, InProgress | Verifying));
    let is_early = closed > window.from && window.until.is_none_or(|until| closed < until);
    if last.is_some_and(|(_, status)| status == Completed) || !(is_running || is_early) {
        if closed <= window.from {
            writer
                .note(location, "it was closed before it began; Candor knows no cancelled work, so please look at it");
        }
        return;
    }
    let at = window.until.map_or(closed, |until| closed.min(until)).max(last.map_or(closed, |(at, _)| at).min(closed));
    updates.push(UpdateDraft { at, status: Completed, components: Vec::new(), body: String::new() });
}
