//! The generic webhook: all that is known, for programs that somebody writes.

use serde_json::{Value, json};

use super::Message;
use super::text::printable;
use crate::render::Touched;
use crate::time::Time;

/// The body of a `POST` with the type `application/json`.
pub(super) fn payload(message: &Message) -> String {
    let told = &message.told;
    let range = |(from, until): (Time, Time)| json!({ "from": from.rfc3339(), "until": until.rfc3339() });
    let value = json!({
        "key": message.key,
        "change": if message.is_correction { "changed" } else { "new" },
        "headline": message.headline(),
        "site": { "name": told.sender.name, "url": told.sender.url },
        "entry": {
            "kind": told.kind,
            "id": told.entry,
            "code": told.entry_code,
            "title": told.title,
            "impact": told.impact,
            "planned": told.planned.map(range),
        },
        "update": {
            "code": told.code,
            "status": told.status,
            "at": told.at.rfc3339(),
            "note": told.note,
            "text": printable(&told.text),
            "html": printable(&told.html),
            "url": told.url,
        },
        "components": told.components.iter().map(component).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn component(touched: &Touched) -> Value {
    let (old, new) = touched.statuses.unzip();
    json!({ "id": touched.id, "name": touched.name, "old_status": old, "status": new })
}
