//! An update as customers will read it, in plain text.

use super::Desk;
use super::change::Changed;
use super::target::{Entry, Target};
use crate::author::NewUpdate;
use crate::markdown::{self, Links};
use crate::model::{ComponentStatus, Id, Impact, Visibility};
use crate::theme::Form;
use crate::view;

/// The update with its words, times and components, as the pages print them.
pub(super) fn of_update(desk: &Desk, target: &Target<'_>, update: &NewUpdate, changed: &Changed) -> String {
    let (format, messages) = (desk.format(), &desk.messages);
    let mut lines = vec![
        target.title().to_owned(),
        format!("{} · {}", messages.get(update.status), format.time(update.at, Form::Full)),
        String::new(),
    ];
    let body = markdown::text(&update.body, Links::Absolute(&desk.site.settings.url));
    lines.extend(body.trim().lines().map(str::to_owned));
    lines.push(String::new());
    let mut facts: Vec<String> = match &target.entry {
        Entry::Incident(_) => components(desk, target, changed),
        Entry::Maintenance(_) => Vec::new(),
    };
    facts.extend(impact(desk, target, changed));
    let next = update.next_update.map(|next| format.near(next, update.at));
    facts.extend(next.map(|next| messages.fill("next_update", &[("time", &next)])));
    facts.extend(headline(changed).map(|headline| format!("Home says: {headline}")));
    lines.extend(facts);
    let indented = lines.iter().map(|line| format!("  {line}").trim_end().to_owned());
    format!("{}:\n\n{}\n", readers(target), indented.collect::<Vec<_>>().join("\n"))
}

fn readers(target: &Target<'_>) -> &'static str {
    match &target.entry {
        Entry::Incident(record) if record.visibility == Visibility::Internal => "What the wiki will say",
        _ => "What customers will read",
    }
}

/// The components whose status the update changes, from what to what.
fn components(desk: &Desk, target: &Target<'_>, changed: &Changed) -> Vec<String> {
    let Entry::Incident(record) = &target.entry else { return Vec::new() };
    let id = &record.incident.id;
    let (before, after) = (statuses(&desk.site, id), statuses(&changed.site, id));
    let word = |status: ComponentStatus| desk.messages.get(status.word());
    let moved = after.iter().filter_map(|(id, status)| {
        let old = before.iter().find(|(known, _)| known == id).map(|(_, old)| *old);
        match old.unwrap_or(ComponentStatus::Operational) {
            old if old == *status => None,
            old => Some(format!("{}: {} (was {})", desk.name(id), word(*status), word(old))),
        }
    });
    let moved: Vec<String> = moved.collect();
    if moved.is_empty() { vec!["No component changes its status.".to_owned()] } else { moved }
}

/// What the last update leaves each component with.
fn statuses(site: &crate::model::Site, id: &Id) -> Vec<(Id, ComponentStatus)> {
    let record = site.incidents.iter().find(|record| record.incident.id == *id);
    let last = |record: &crate::model::IncidentRecord| record.incident.updates.last().map(|update| update.at);
    let seen =
        record.and_then(|record| view::seen_incidents(std::slice::from_ref(&record.incident), last(record)?).pop());
    seen.map(|seen| seen.components.clone().into_iter().collect()).unwrap_or_default()
}

/// The impact, if the update moves it: where a file names none it comes from the worst status.
fn impact(desk: &Desk, target: &Target<'_>, changed: &Changed) -> Option<String> {
    let Entry::Incident(record) = &target.entry else { return None };
    let new = changed.site.incidents.iter().find(|other| other.incident.id == record.incident.id)?.incident.impact;
    let words = |impact: Impact| {
        desk.messages
            .get(match impact {
                Impact::None => "impact_none",
                Impact::Minor => "impact_minor",
                Impact::Major => "impact_major",
                Impact::Critical => "impact_critical",
            })
            .to_owned()
    };
    let old = record.incident.impact;
    (old != new).then(|| format!("{} (was {})", words(new), words(old)))
}

/// What home and the badge say first.
fn headline(changed: &Changed) -> Option<String> {
    let badge = changed.build.routes.iter().find(|route| route.path == "badge.json")?.make().ok()?;
    let badge: serde_json::Value = serde_json::from_slice(&badge).ok()?;
    badge.get("message")?.as_str().map(str::to_owned)
}
