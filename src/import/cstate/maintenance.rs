//! An entry as maintenance.

use super::split::Part;
use super::story::{Said, dated};
use super::telling::{Telling, implied, merge};
use super::write::{self, Keys};
use crate::document::Node;
use crate::import::history::settle::spelled;
use crate::import::marker::Label;
use crate::import::times;
use crate::model::MaintenanceStatus;
use crate::time::Time;

/// The file of maintenance from `from` until `until` that touches `components`, by their ids.
pub(super) fn file(telling: &mut Telling<'_>, (from, until): (Time, Time), components: &[String]) -> Vec<u8> {
    let mut story = telling.story();
    let mut parts = std::mem::take(&mut story.said);
    let description = take_description(telling, &mut parts);
    if let Some(last) = parts.last_mut().filter(|last| last.label == Label::Final) {
        last.at.get_or_insert(until);
    }
    let untimed = parts.clone();
    let (said, waiting) = dated(parts);
    if waiting.is_empty() {
        telling.note_untimed(&untimed);
    }
    let updates = statuses(telling, said, (from, until));
    let body = telling.body(description, &story, &waiting);
    let mut keys = Keys::default();
    keys.set("title", telling.entry.title.as_str());
    let mut window = Keys::default();
    window.set("from", times::written(from));
    window.set("until", times::written(until));
    keys.node("scheduled", window.map());
    keys.node("components", Node::List(components.iter().cloned().map(Node::Text).collect()));
    if !updates.is_empty() {
        keys.node("updates", Node::List(updates.iter().map(|(status, said)| update(telling, *status, said)).collect()));
    }
    write::entry(&keys, &telling.entry.kept, &body)
}

/// The announcement of the work is its description: when it was announced, the source does not say.
fn take_description(telling: &mut Telling<'_>, parts: &mut Vec<Part>) -> String {
    let is_first = |part: &&Part| part.at.is_none() && part.label != Label::Final;
    if parts.first().filter(is_first).is_none() {
        return String::new();
    }
    let mut first = parts.remove(0);
    if first.label == Label::Update {
        telling.note(first.line, "marked as an update, but there is no first message: it became the description");
        first.words = if first.words.is_empty() { "Update".to_owned() } else { first.words };
    }
    if first.words.is_empty() { first.text } else { format!("**{}**\n\n{}", first.words, first.text) }
}

fn statuses(telling: &mut Telling<'_>, said: Vec<Said>, (from, until): (Time, Time)) -> Vec<(MaintenanceStatus, Said)> {
    use MaintenanceStatus::{Completed, InProgress, Verifying};
    let mut updates: Vec<(MaintenanceStatus, Said)> = Vec::new();
    for mut said in said {
        let status = status(&said, from);
        telling.note_unknown(&said, status.word());
        if said.text.trim().is_empty() {
            telling.note(said.line, "an update without text; its status was written out");
            said.text = spelled(status.word());
        }
        match updates.last_mut() {
            Some((Completed, last)) => {
                telling.note(said.line, "said after the work was completed; it is told with the completion");
                merge(&mut last.text, &said);
            }
            _ => updates.push((status, said)),
        }
    }
    if let Some((InProgress | Verifying, last)) = updates.last()
        && telling.entry.resolved
    {
        let at = until.max(last.at);
        telling.note_whole("it has no message of its completion; `Completed.` was written");
        updates.push((Completed, implied(at, Label::Final, &spelled(Completed.word()))));
    }
    updates
}

fn status(said: &Said, from: Time) -> MaintenanceStatus {
    match said.label {
        Label::Final => MaintenanceStatus::Completed,
        Label::Verifying | Label::Monitoring => MaintenanceStatus::Verifying,
        Label::InProgress => MaintenanceStatus::InProgress,
        Label::Scheduled => MaintenanceStatus::Scheduled,
        _ if said.at < from => MaintenanceStatus::Scheduled,
        _ => MaintenanceStatus::InProgress,
    }
}

fn update(telling: &mut Telling<'_>, status: MaintenanceStatus, said: &Said) -> Node {
    let mut keys = Keys::default();
    keys.set("at", times::written(said.at));
    keys.set("status", status.word());
    keys.node("body", write::body(&telling.convert(&said.text)));
    keys.map()
}
