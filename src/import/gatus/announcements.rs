//! Announcements. Gatus shows each by itself; what belongs together only their types and times tell:
//! - `outage` and `warning` begin an incident or go on in the one that is open.
//! - Words of planned work that name no trouble begin maintenance instead, which `operational` ends; without that
//!   nobody knows its end, and they are an announcement.
//! - `operational` ends the open incident; without one it is an announcement.
//! - `information` and `none` are announcements.
//! - Trouble that is spoken of more than a day after the word before it is another incident.

use super::config::{Item, written};
use crate::document::Node;
use crate::import::front::{child, flag, scalar, shown};
use crate::import::history::draft::Draft;
use crate::import::history::entry::{AnnouncementDraft, IncidentDraft, Location, MaintenanceDraft, UpdateDraft};
use crate::import::markdown::{plain_line, settle, stand_alone};
use crate::import::page::Unused;
use crate::import::times::{self, spoken};
use crate::import::words;
use crate::model::{Impact, IncidentStatus, MaintenanceStatus};
use crate::time::Time;

/// Seconds after which trouble is taken for new trouble, and for which an announcement that is in the
/// archive was taken to be up.
const DAY: i64 = 86_400;

/// The longest title, in characters.
const TITLE: usize = 80;

/// One announcement, read.
struct GatusAnnouncement {
    location: Location,
    at: Time,
    kind: AnnouncementKind,
    text: String,
    is_archived: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum AnnouncementKind {
    Outage,
    Warning,
    Operational,
    Other,
}

/// Files everything that was announced.
pub(super) fn write(items: Vec<Item>, draft: &mut Draft, unused: &mut Unused) {
    draft.summary.entries += items.len();
    let mut said: Vec<GatusAnnouncement> = items.into_iter().filter_map(|item| read(&item, draft, unused)).collect();
    said.sort_by_key(|said| said.at);
    let mut open: Vec<GatusAnnouncement> = Vec::new();
    for said in said {
        match said.kind {
            AnnouncementKind::Other => announce(said, draft),
            AnnouncementKind::Operational if open.is_empty() => {
                said.location.note(
                    &mut draft.notes,
                    "no trouble was announced before this `operational`; it is an announcement",
                );
                announce(said, draft);
            }
            AnnouncementKind::Operational => {
                open.push(said);
                incident(std::mem::take(&mut open), true, draft);
            }
            AnnouncementKind::Outage | AnnouncementKind::Warning => {
                if open.last().is_some_and(|last| said.at.seconds_since(last.at) > DAY) {
                    incident(std::mem::take(&mut open), true, draft);
                }
                open.push(said);
            }
        }
    }
    incident(open, false, draft);
}

fn read(item: &Item, draft: &mut Draft, unused: &mut Unused) -> Option<GatusAnnouncement> {
    let Item { location, node, .. } = item;
    let text = |key: &str| child(node, key).and_then(scalar);
    if let Node::Map(entries) = node {
        let known = ["timestamp", "type", "message", "archived"];
        entries
            .iter()
            .filter(|(key, _)| !known.contains(&key.as_str()))
            .for_each(|(key, _)| unused.one("announcements", key));
    }
    let at = text("timestamp")
        .and_then(|text| draft.notes.time_of(&location.path, location.line, &text).ok())
        .map(|(at, _)| at);
    let (Some(message), Some(at)) = (text("message"), at) else {
        let message =
            format!("an announcement without a message or a time that can be read; not imported: {}", shown(node));
        location.note(&mut draft.notes, &message);
        draft.notes.source(&location.path, location.line, &text("message").unwrap_or_default());
        return None;
    };
    let message = written(&message.replace("\r\n", "\n"), location, &mut draft.notes);
    draft.notes.source(&location.path, location.line, &message);
    let (text, findings) = settle(message.trim(), &stand_alone);
    findings.iter().for_each(|finding| location.note(&mut draft.notes, finding));
    let kind = kind(child(node, "type").and_then(scalar), location, draft);
    let is_archived = child(node, "archived").and_then(flag).unwrap_or(false);
    Some(GatusAnnouncement { location: location.clone(), at, kind, text, is_archived })
}

fn kind(word: Option<String>, location: &Location, draft: &mut Draft) -> AnnouncementKind {
    match word.as_deref().unwrap_or("none") {
        "outage" => AnnouncementKind::Outage,
        "warning" => AnnouncementKind::Warning,
        "operational" => AnnouncementKind::Operational,
        "information" | "none" => AnnouncementKind::Other,
        other => {
            location.note(&mut draft.notes, &format!("the type `{other}` is none of Gatus; it is an announcement"));
            AnnouncementKind::Other
        }
    }
}

/// In the archive means over, but not since when.
fn announce(said: GatusAnnouncement, draft: &mut Draft) {
    let GatusAnnouncement { location, at, text, is_archived, .. } = said;
    let until = is_archived.then(|| times::later(at, DAY)).filter(|until| *until > at);
    if let Some(until) = until {
        let message = format!("it is archived, but not since when; it was taken to be up until {}", spoken(until));
        location.note(&mut draft.notes, &message);
    }
    let announcement = AnnouncementDraft { until, ..AnnouncementDraft::new(title(&text), at, text) };
    draft.announcement(&location, None, announcement);
}

/// What was said about one trouble. `is_over`: it was ended, or another trouble came.
fn incident(said: Vec<GatusAnnouncement>, is_over: bool, draft: &mut Draft) {
    let (Some(first), Some(last)) = (said.first(), said.last()) else { return };
    if let Some(word) = planned(&said) {
        return work(said, word, draft);
    }
    let location = first.location.clone();
    let (title, end) = (title(&first.text), last.at);
    let is_ended = last.kind == AnnouncementKind::Operational;
    let is_archived = said.iter().all(|said| said.is_archived);
    let worst =
        if said.iter().any(|said| said.kind == AnnouncementKind::Outage) { Impact::Major } else { Impact::Minor };
    let mut updates: Vec<UpdateDraft<IncidentStatus>> = said.into_iter().map(update).collect();
    let is_duration_unknown = !is_ended && (is_over || is_archived);
    if is_duration_unknown {
        location.doubt(&mut draft.notes, "no `operational` says when it was over; it counts as no downtime");
        let (status, components) = (IncidentStatus::Resolved, Vec::new());
        updates.push(UpdateDraft { at: end, status, components, body: String::new() });
    } else if !is_ended {
        location.note(&mut draft.notes, "no `operational` says that it is over; it was imported as open");
    }
    location.note(
        &mut draft.notes,
        "an announcement names no endpoint, so the incident touches no component; please add them",
    );
    draft.incident(
        &location,
        None,
        IncidentDraft { title, impact: Some(worst), is_duration_unknown, updates, ..IncidentDraft::default() },
    );
}

/// The word by which all of it is about planned work: the first speaks of it, and none of trouble.
fn planned(said: &[GatusAnnouncement]) -> Option<&'static str> {
    let word = words::planned(&title(&said.first()?.text))?;
    let is_quiet =
        |said: &GatusAnnouncement| said.kind == AnnouncementKind::Operational || !words::fails(&title(&said.text));
    said.iter().all(is_quiet).then_some(word)
}

/// Planned work from its first word until the `operational` that ends it.
fn work(said: Vec<GatusAnnouncement>, word: &str, draft: &mut Draft) {
    let (from, until) = (said[0].at, said[said.len() - 1].at);
    if said[said.len() - 1].kind != AnnouncementKind::Operational || until <= from {
        for said in said {
            let message =
                format!("it speaks of planned work (`{word}`), and no `operational` ends it; it is an announcement");
            said.location.note(&mut draft.notes, &message);
            announce(said, draft);
        }
        return;
    }
    let location = said[0].location.clone();
    let message = format!(
        "it speaks of planned work (`{word}`): imported as maintenance, {} to {}; it names no endpoint, please add them",
        spoken(from),
        spoken(until)
    );
    location.note(&mut draft.notes, &message);
    let (title, body) = (title(&said[0].text), said[0].text.clone());
    let updates = said.into_iter().skip(1).map(|said| UpdateDraft {
        at: said.at,
        status: if said.kind == AnnouncementKind::Operational {
            MaintenanceStatus::Completed
        } else {
            MaintenanceStatus::InProgress
        },
        components: Vec::new(),
        body: said.text,
    });
    let updates = updates.collect();
    let work = MaintenanceDraft {
        title,
        from,
        until: Some(until),
        is_duration_unknown: false,
        components: Vec::new(),
        impact: Vec::new(),
        updates,
        kept: Vec::new(),
        body,
    };
    draft.maintenance(&location, None, work);
}

fn update(said: GatusAnnouncement) -> UpdateDraft<IncidentStatus> {
    let status = match said.kind {
        AnnouncementKind::Operational => IncidentStatus::Resolved,
        AnnouncementKind::Outage | AnnouncementKind::Warning | AnnouncementKind::Other => IncidentStatus::Investigating,
    };
    UpdateDraft { at: said.at, status, components: Vec::new(), body: said.text }
}

/// An announcement has no title: its first sentence, or as many words as fit.
fn title(text: &str) -> String {
    let line = text.lines().map(plain_line).map(|line| line.trim_start_matches(['#', ' ']).to_owned());
    let line = line.into_iter().find(|line| line.chars().any(char::is_alphanumeric));
    let line = line.unwrap_or_else(|| "Announcement".to_owned());
    let sentence = line.find(". ").map_or(line.as_str(), |end| &line[..end]).trim_end_matches('.');
    if sentence.chars().count() <= TITLE {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(TITLE).collect();
    let words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{words}\u{2026}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_first_sentence() {
        assert_eq!(title("\n## **Slow**. We look.\nMore."), "Slow");
        assert_eq!(title("All good."), "All good");
        assert_eq!(title("word ".repeat(40).as_str()).chars().last(), Some('\u{2026}'));
        assert_eq!(title("See [it](https://x.example)"), "See it (https://x.example)");
        assert_eq!(title("."), "Announcement");
    }
}
