//! A component that the old page shows in trouble although no incident says so. Here a status follows
//! from incidents alone, so an incident must say it, or the new page would claim that all is well.

use std::collections::BTreeMap;

use super::System;
use super::event::node;
use super::roster::Item;
use crate::document::Node;
use crate::import::Notes;
use crate::import::history::write::{self, Keys};
use crate::model::{ComponentStatus, IncidentStatus};
use crate::time::Time;

/// An incident that takes over what the page shows.
pub(super) struct Leftover {
    pub name: String,
    pub at: Time,
    pub bytes: Vec<u8>,
}

/// Compares what the page shows of each component with what the entries say.
pub(super) fn all(
    system: System,
    path: &str,
    items: &[Item],
    said: &BTreeMap<String, ComponentStatus>,
    as_of: Option<Time>,
    notes: &mut Notes,
) -> Vec<Leftover> {
    let mut found = Vec::new();
    for item in items {
        let said = said.get(&item.id).copied().unwrap_or(ComponentStatus::Operational);
        let shown = item.status.word();
        if said > item.status {
            let said = said.word();
            notes.add(
                path,
                None,
                format!(
                    "an open incident says `{said}` of `{}`, the page `{shown}`; the incident was followed",
                    item.id
                ),
            );
        } else if item.status == ComponentStatus::UnderMaintenance && said < item.status {
            // Work that nobody announced has no window, and trouble it is not.
            let message =
                format!("the page shows `{}` under maintenance and no planned work says so; please write it", item.id);
            notes.add(path, None, message);
        } else if said < item.status {
            match item.updated.or(as_of) {
                Some(at) => {
                    let message = format!(
                        "the page shows `{}` as `{shown}` and no open incident says why; an incident was written that says so, from {}: please look at it",
                        item.id,
                        write::time(at)
                    );
                    notes.add(path, None, message);
                    found.push(leftover(system, item, at));
                }
                None => notes.add(
                    path,
                    None,
                    format!("the page shows `{}` as `{shown}`, but not since when; not imported", item.id),
                ),
            }
        }
    }
    found
}

fn leftover(system: System, item: &Item, at: Time) -> Leftover {
    let words = item.status.word().replace('_', " ");
    let title = format!("{}: {words} (taken over from the old page)", item.name);
    let mut keys = Keys::default();
    keys.set("title", title.as_str());
    let status = vec![(item.id.clone(), Node::Text(item.status.word().to_owned()))];
    keys.node("updates", Node::List(vec![node(at, IncidentStatus::Investigating.word(), status, "")]));
    let kept = [format!("{}: no incident; written by the import", system.name)];
    Leftover {
        name: format!("{} {} {words}", &at.rfc3339()[..10], item.name),
        at,
        bytes: write::entry(&keys, &kept, ""),
    }
}
