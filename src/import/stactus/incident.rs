//! One incident.

use super::moment::{self, ClockTime};
use super::piece::Piece;
use crate::document::{Document, Node, Path, Step};
use crate::import::Notes;
use crate::import::front::{child, flag, scalar};
use crate::import::history::entry::Location;
use crate::import::page::Event;
use crate::import::page::objects::{Affected, Component, Incident, Readable, Update};
use crate::model::{ComponentStatus, IncidentStatus};
use crate::time::Time;

/// Something that happened, before its status is decided.
struct StactusUpdate {
    at: Option<ClockTime>,
    status: Option<IncidentStatus>,
    text: Option<String>,
}

/// Reads a document `incident/v1`.
pub(super) fn read(piece: &Piece<'_>, document: &Document, notes: &mut Notes) -> Event {
    let root = document.root();
    let known = ["version", "id", "name", "impact", "systems", "timeline"];
    piece.note_others(document, &Vec::new(), root, &known, notes);
    let impact = child(root, "impact").and_then(scalar).map_or_else(|| "none".to_owned(), |word| word.to_lowercase());
    let systems = systems(piece, document, notes);
    let timeline = timeline(piece, document, notes);
    let told = Incident {
        id: Some(child(root, "id").and_then(scalar).unwrap_or_else(|| stem(piece.path))),
        name: child(root, "name").and_then(scalar),
        incident_updates: Some(updates(timeline, &affected(&systems, &impact))),
        components: Some(
            systems.into_iter().map(|code| Component { id: Some(code), ..Component::default() }).collect(),
        ),
        impact: Some(impact),
        ..Incident::default()
    };
    Event { path: piece.path.to_owned(), line: Some(piece.line()), told }
}

/// The name of a file without its folder and its ending.
fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

fn systems(piece: &Piece<'_>, document: &Document, notes: &mut Notes) -> Vec<String> {
    let listed = match child(document.root(), "systems") {
        Some(Node::List(items)) => items.iter().collect(),
        Some(Node::Null) | None => Vec::new(),
        Some(one) => vec![one],
    };
    let mut found: Vec<String> = Vec::new();
    for item in listed {
        match scalar(item) {
            Some(code) if !found.contains(&code) => found.push(code),
            Some(_) => {}
            None => {
                piece.note(notes, document.place(&way("systems", None)).line, "a system that is no id; not imported")
            }
        }
    }
    found
}

/// What the impact says of each system: the status from which the same impact follows here.
fn affected(systems: &[String], impact: &str) -> Vec<Affected> {
    let status = match impact {
        "minor" => ComponentStatus::DegradedPerformance,
        "major" => ComponentStatus::PartialOutage,
        "critical" => ComponentStatus::MajorOutage,
        _ => return Vec::new(),
    };
    let each = |code: &String| Affected {
        code: Some(code.clone()),
        new_status: Some(status.word().to_owned()),
        ..Affected::default()
    };
    systems.iter().map(each).collect()
}

fn timeline(piece: &Piece<'_>, document: &Document, notes: &mut Notes) -> Vec<StactusUpdate> {
    let Some(Node::List(events)) = child(document.root(), "timeline") else { return Vec::new() };
    let mut said: Vec<StactusUpdate> = Vec::new();
    for (index, event) in events.iter().enumerate() {
        let here = || way("timeline", Some(index));
        let known = ["ts", "description", "investigating", "resolved"];
        piece.note_others(document, &here(), event, &known, notes);
        let before = said.iter().rev().find_map(|said| said.at);
        let text = child(event, "ts").and_then(scalar);
        let line = document.place(&here()).line;
        let at = text.as_ref().and_then(|text| moment::read(text, before, notes.zone));
        if at.is_some_and(|at| at.is_zoneless) {
            notes.zoneless(piece.path, piece.line_of(line));
        }
        let doubt = match (&at, &text) {
            (None, Some(text)) => Some(format!("the time `{text}` cannot be read; it is told at the time before it")),
            (Some(at), Some(text)) if at.is_next_day => {
                Some(format!("`{text}` was taken to be of the day after the time before it"))
            }
            _ => None,
        };
        if let Some(doubt) = doubt {
            piece.note(notes, line, &doubt);
        }
        let is = |key| child(event, key).and_then(flag) == Some(true);
        let status = match (is("investigating"), is("resolved")) {
            (true, _) => Some(IncidentStatus::Investigating),
            (false, true) => Some(IncidentStatus::Resolved),
            (false, false) => None,
        };
        said.push(StactusUpdate { at: at.or(before), status, text: child(event, "description").and_then(scalar) });
    }
    let times: Vec<Time> = said.iter().filter_map(|said| said.at).map(|at| at.time).collect();
    notes.reordered(&Location::of(piece.path), &times);
    said
}

/// The updates, the newest first, as they are told.
fn updates(mut timeline: Vec<StactusUpdate>, affected: &[Affected]) -> Vec<Update> {
    timeline.sort_by_key(|said| said.at.map(|at| at.time));
    let mut updates: Vec<Update> = Vec::new();
    let mut status = IncidentStatus::Investigating;
    for (index, said) in timeline.into_iter().enumerate() {
        status = said.status.unwrap_or(status);
        updates.push(Update {
            status: Some(status.word().to_owned()),
            body: said.text,
            display_at: said.at.map(|at| Readable::from(at.time)),
            affected_components: Some(if index == 0 { affected.to_vec() } else { Vec::new() }),
            ..Update::default()
        });
    }
    updates.reverse();
    updates
}

fn way(key: &'static str, index: Option<usize>) -> Path {
    std::iter::once(Step::Key(key.into())).chain(index.map(Step::Index)).collect()
}
