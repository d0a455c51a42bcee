//! The generic webhook: all that is known, for programs that somebody writes.

use serde_json::{Value, json};

use super::Message;
use super::text::{printable, whole};
use crate::render::Touched;
use crate::time::Time;

/// The body of a `POST` with the type `application/json`.
pub(super) fn payload(message: &Message) -> String {
    let notification = &message.notification;
    let value = json!({
        "key": message.key,
        "change": if message.is_correction { "changed" } else { "new" },
        "headline": message.headline(),
        "site": { "name": notification.sender.name, "url": notification.sender.url },
        "entry": {
            "kind": notification.kind,
            "id": notification.entry,
            "code": notification.entry_code,
            "title": notification.title,
            "impact": notification.impact,
            "planned": notification.planned.map(|window| {
                json!({ "from": window.from.rfc3339(), "until": window.until.map(Time::rfc3339) })
            }),
        },
        "update": {
            "code": notification.code,
            "status": notification.status,
            "at": notification.at.rfc3339(),
            "note": notification.note,
            "text": whole(&notification.text),
            "html": printable(&notification.html),
            "url": notification.url,
        },
        "components": notification.components.iter().map(component).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn component(touched: &Touched) -> Value {
    let (old, new) = touched.statuses.unzip();
    json!({ "id": touched.id, "name": touched.name, "old_status": old, "status": new })
}
