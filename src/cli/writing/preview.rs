//! An update as customers will read it, in plain text.

use super::Workspace;
use super::change::ChangedSite;
use super::templates::ComponentStatuses;
use crate::author::NewUpdate;
use crate::markdown::{self, Links};
use crate::model::{ComponentStatus, EntryKind, Id, Impact, IncidentRecord, Site};
use crate::theme::Form;
use crate::time::Time;
use crate::view;

/// What is told, and of what.
pub(super) struct PreviewedUpdate<'a> {
    /// An incident or maintenance.
    pub kind: EntryKind,
    pub id: &'a Id,
    pub title: &'a str,
    pub is_internal: bool,
    pub update: &'a NewUpdate,
}

/// The update with its words, times and components, as the pages print them; `more` stands below its text.
pub(super) fn of(
    workspace: &Workspace,
    previewed: &PreviewedUpdate<'_>,
    changed: &ChangedSite,
    more: &[String],
) -> String {
    let (format, messages, update) = (workspace.format(), workspace.messages(), previewed.update);
    let status = format!("{} · {}", messages.get(update.status), format.time(update.at, Form::Full));
    let mut lines = vec![previewed.title.to_owned(), status, String::new()];
    let body = markdown::text(&update.body, Links::Absolute(&workspace.site.settings.url));
    lines.extend(body.trim().lines().map(str::to_owned));
    lines.push(String::new());
    lines.extend(more.iter().cloned());
    if previewed.kind == EntryKind::Incident {
        lines.extend(components(workspace, previewed, changed));
        lines.extend(impact(workspace, previewed.id, &changed.site));
    }
    let next = update.next_update.map(|next| format.near(next, update.at));
    lines.extend(next.map(|next| messages.fill("next_update", &[("time", &next)])));
    lines.push(format!("Home says: {}", changed.headline));
    let indented = lines.iter().map(|line| format!("  {line}").trim_end().to_owned());
    let readers = if previewed.is_internal { "What the wiki will say" } else { "What customers will read" };
    format!("{readers}:\n\n{}\n", indented.collect::<Vec<_>>().join("\n"))
}

/// What whoever writes the text of an update needs to know; `last` is what was said before.
pub(super) fn help(workspace: &Workspace, title: &str, update: &NewUpdate, last: Option<(Time, &str)>) -> Vec<String> {
    let format = workspace.format();
    let mut lines = vec![
        format!("{title}: {}", workspace.messages().get(update.status)),
        "Say what customers notice, what works, and what they can do. Promise no repair and no time.".to_owned(),
        "Markdown. An empty text writes nothing.".to_owned(),
    ];
    let next = update.next_update.map(|next| format.near(next, update.at));
    lines.extend(next.map(|next| workspace.messages().fill("next_update", &[("time", &next)])));
    if let Some((at, body)) = last {
        lines.push(format!("\nThe last update, {}:", format.time(at, Form::Full)));
        lines.extend(body.lines().map(|line| format!("  {line}")));
    }
    lines
}

/// The components whose status the update changes, from what to what, and what customers meet all the same while
/// another entry says worse of them.
fn components(workspace: &Workspace, previewed: &PreviewedUpdate<'_>, changed: &ChangedSite) -> Vec<String> {
    let (id, at) = (previewed.id, previewed.update.at);
    let (before, after) = (statuses(&workspace.site, id), statuses(&changed.site, id));
    let word = |status: ComponentStatus| workspace.messages().get(status.word());
    let moved =
        after.iter().filter_map(|(id, status)| match before.get(id).copied().unwrap_or(ComponentStatus::Operational) {
            old if old == *status => None,
            old => {
                let worse = changed.concurrent.worst_other(id, at, (previewed.kind, previewed.id));
                let own = format!("{} (was {})", word(*status), word(old));
                let said = match worse.filter(|(worse, _)| worse > status) {
                    Some((worse, by)) => format!("{} by `{by}`; by this alone {own}", word(worse)),
                    None => own,
                };
                Some(format!("{}: {said}", workspace.name(id)))
            }
        });
    let moved: Vec<String> = moved.collect();
    if moved.is_empty() { vec!["No component changes its status.".to_owned()] } else { moved }
}

/// What the last update leaves each component with; nothing if there is no such incident.
pub(super) fn statuses(site: &Site, id: &Id) -> ComponentStatuses {
    let snapshot = record(site, id).and_then(|record| {
        let last = record.incident.updates.last()?;
        view::incident_snapshots(std::slice::from_ref(&record.incident), last.at).pop()
    });
    snapshot.map(|snapshot| snapshot.components.clone()).unwrap_or_default()
}

/// The impact, if the update moves it: where a file names none it comes from the worst status.
fn impact(workspace: &Workspace, id: &Id, site: &Site) -> Option<String> {
    let new = words(workspace, record(site, id)?.incident.impact);
    match record(&workspace.site, id).map(|record| words(workspace, record.incident.impact)) {
        None => Some(new.to_owned()),
        Some(old) => (old != new).then(|| format!("{new} (was {old})")),
    }
}

/// An impact as the pages print it.
pub(super) fn words(workspace: &Workspace, impact: Impact) -> &str {
    workspace.messages().get(match impact {
        Impact::None => "impact_none",
        Impact::Minor => "impact_minor",
        Impact::Major => "impact_major",
        Impact::Critical => "impact_critical",
    })
}

fn record<'a>(site: &'a Site, id: &Id) -> Option<&'a IncidentRecord> {
    site.incidents.iter().find(|record| record.incident.id == *id)
}
