//! C108: how much more a service can carry was looked at once, and the figure is too old to plan by.

use super::days;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Node, Path, Step};
use crate::view::{CAPACITY_STALE_AFTER, Duty, DutyKind};

pub(super) fn check(duties: &[Duty], document: &Document) -> Vec<Diagnostic> {
    let stale = duties.iter().filter(|duty| duty.kind == DutyKind::CapacityStale);
    let found = stale.filter_map(|duty| {
        let (id, late_by) = duty.component.as_ref().zip(duty.late_by)?;
        // It was late from the end of its last day on.
        let age = days(late_by + (CAPACITY_STALE_AFTER + 1) * 86_400);
        let message = format!("nobody has looked for {age} how much more `{id}` can carry");
        let place = document.place(&place(document, id));
        let help = format!("measure it, and write it down with `candor capacity set {id} --headroom '40 %'`");
        Some(Diagnostic::note(Code::CapacityStale, message).at(place).help(help))
    });
    found.collect()
}

/// The way to the id of a component.
fn place(document: &Document, id: &str) -> Path {
    let Node::Map(keys) = document.root() else { return Path::new() };
    let components = keys.iter().find(|(key, _)| key == "components").map(|(_, node)| node);
    let Some(Node::List(items)) = components else { return Path::new() };
    let is_it =
        |item: &Node| matches!(item, Node::Map(keys) if keys.contains(&("id".to_owned(), Node::Text(id.to_owned()))));
    let index = items.iter().position(is_it).unwrap_or_default();
    vec![Step::Key("components".into()), Step::Index(index), Step::Key("id".into())]
}
