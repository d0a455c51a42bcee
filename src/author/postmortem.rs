//! The draft of a postmortem: everything that the incident knows, and questions for the rest.

use super::alike::alike;
use super::files::NewFile;
use super::fill::fill;
use super::new_update::written;
use super::postmortem_id::next_label;
use crate::markdown;
use crate::model::{Id, IncidentRecord, IncidentStatus, Mark, Site, Update};
use crate::time::{Time, Zone};
use crate::yaml::write::inline;

const TEMPLATE: &str = include_str!("starter/postmortem.md");

/// The draft of the postmortem of `record`, as the incident is known at `now`. It is valid as it stands,
/// and nothing has to be deleted from it for it to stay so.
pub fn postmortem(site: &Site, record: &IncidentRecord, now: Time) -> NewFile {
    let incident = &record.incident;
    let year = site.settings.zone.date(incident.started).year();
    let text = fill(TEMPLATE, |name| {
        Some(match name {
            "id" => next_label(&site.postmortems, year),
            "title" => inline(&incident.title),
            "incident" => incident.id.to_string(),
            "owner" => owner(site, record, now),
            "severity" => severity(site),
            "marks" => marks(record, now),
            "detected" => detected(record),
            "now" => now.rfc3339_minutes(),
            "alike" => relations(site, record, now),
            "summary" => summary(record, now),
            "due" => site.settings.zone.date(now).plus_days(14).iso(),
            "timeline" => timeline(record, now),
            _ => return None,
        })
    });
    NewFile { path: format!("content/postmortems/{year}/{}.md", incident.id), text }
}

/// The updates up to `now`.
fn known(record: &IncidentRecord, now: Time) -> &[Update] {
    let updates = &record.incident.updates;
    &updates[..updates.partition_point(|update| update.at <= now)]
}

fn severity(site: &Site) -> String {
    let names = &site.internal.severities;
    let worst = names.first().map_or("SEV1", |name| name);
    aligned(
        &format!("# severity: {worst}"),
        &format!("{}, worst first; needed once this is reviewed", names.join(", ")),
    )
}

/// What customers were told first, to begin with. Summary and contributing factors hold no question of
/// ours: by these sections postmortems are compared, and a question in each would make them alike.
fn summary(record: &IncidentRecord, now: Time) -> String {
    let told = match known(record, now).first() {
        _ if !record.incident.summary.trim().is_empty() => &record.incident.summary,
        Some(first) => &first.body,
        None => return String::new(),
    };
    markdown::escape(&markdown::opening(told))
}

/// Whether it came back: the postmortems that it looks like, and the two keys that answer.
fn relations(site: &Site, record: &IncidentRecord, now: Time) -> String {
    let alike = alike(site, record, &summary(record, now));
    let mut lines = match alike.as_slice() {
        [] => vec!["# No earlier postmortem looks like this one. If one does all the same:".to_owned()],
        _ => vec![
            "# It looks like these earlier postmortems. Name those of the same cause, and those of another:".to_owned(),
        ],
    };
    for postmortem in &alike {
        let cause = postmortem.cause.as_ref().map_or_else(String::new, |cause| format!(" (cause: {cause})"));
        lines.push(format!("#   {}  {}{cause}", postmortem.label, postmortem.title));
    }
    let label = alike.first().map_or("PM-2025-001", |postmortem| postmortem.label.as_str());
    lines.push(format!("# recurrence_of: [{label}]"));
    lines.push(format!("# not_recurrence_of: [{{ id: {label}, why: \"the same symptom, but another cause: …\" }}]"));
    lines.join("\n")
}

/// The first team of the touched components, to begin with.
fn owner(site: &Site, record: &IncidentRecord, now: Time) -> String {
    let touched: Vec<&Id> = known(record, now).iter().flat_map(|update| update.components.keys()).collect();
    let components = site.components.iter().filter(|component| touched.contains(&&component.id));
    let mut teams = components.filter_map(|component| site.services.get(&component.id)?.owner.as_deref());
    match teams.next() {
        Some(team) => aligned(&format!("owner: {}", inline(team)), "who answers for this postmortem"),
        None => aligned("# owner: team-name", "who answers for this postmortem"),
    }
}

fn aligned(line: &str, comment: &str) -> String {
    format!("{line:<30} # {comment}")
}

/// A line for each mark: the start as it is, what else the incident knows as comments, since it is taken
/// from there, and a question for what nobody has said yet.
fn marks(record: &IncidentRecord, now: Time) -> String {
    let known = record.marks();
    let time = |mark: Mark| known.iter().find(|(known, at)| *known == mark && *at <= now).map(|(_, at)| written(*at));
    let line = |mark: &Mark| match (mark, time(*mark)) {
        (Mark::Started, Some(time)) => format!("  started: {time}"),
        (mark, Some(time)) => format!("  {:<38} # from the incident", format!("# {}: {time}", mark.word())),
        (mark, None) => format!("  {:<38} # {}", format!("# {}: TIME", mark.word()), meaning(*mark)),
    };
    Mark::ALL.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn meaning(mark: Mark) -> &'static str {
    match mark {
        Mark::Started => "when the impact began",
        Mark::Detected => "when somebody or something noticed",
        Mark::Acknowledged => "when somebody took it on",
        Mark::Declared => "when it was called an incident",
        Mark::StatusPosted => "when customers were told",
        Mark::Identified => "when the cause was understood",
        Mark::Mitigated => "when customers stopped noticing",
        Mark::Resolved => "when all was as before",
    }
}

fn detected(record: &IncidentRecord) -> String {
    let words = "monitor, employee, customer, third-party, security";
    match record.detected_by {
        Some(who) => aligned(&format!("detected_by: {}", who.word()), words),
        None => aligned("# detected_by: customer", words),
    }
}

/// A table with the start and every update.
fn timeline(record: &IncidentRecord, now: Time) -> String {
    let mut rows = vec![row(record.incident.started, "mark", "The impact begins.")];
    let updates = known(record, now);
    for (index, update) in updates.iter().enumerate() {
        let is_new = index == 0 || updates[index - 1].status != update.status;
        let is_mark = is_new && update.status != IncidentStatus::Investigating;
        let event = format!("Status page, {}: {}", update.status.word(), first_sentence(&update.body));
        rows.push(row(update.at, if is_mark { "mark" } else { "action" }, &event));
    }
    format!("| Time | Kind | Event |\n| --- | --- | --- |\n{}", rows.join("\n"))
}

fn row(at: Time, kind: &str, event: &str) -> String {
    let local = Zone::UTC.local(at);
    format!("| {} {:02}:{:02} | {kind} | {} |", local.date.iso(), local.hour, local.minute, markdown::escape(event))
}

/// Up to the first end of a sentence that a blank follows, without markup.
fn first_sentence(body: &str) -> String {
    let text = markdown::opening(body);
    let end = [". ", "! ", "? "].iter().filter_map(|end| text.find(end)).min();
    end.map_or(text.as_str(), |end| &text[..=end]).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_body_the_first_sentence_is_quoted() {
        assert_eq!(first_sentence("We [know](/x/) v1.2 **fails**. More follows."), "We know v1.2 fails.");
        assert_eq!(first_sentence("No end"), "No end");
    }
}
