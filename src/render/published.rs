//! Published updates in the words of the site: their text, where they stand, their public ids.

use super::look::Look;
use super::public_id::public_id;
use crate::model::Window;
use crate::view::{PublishedUpdate, UpdateKey, UpdateText};

/// What an update says, as Markdown.
pub(super) fn markdown(look: &Look, text: UpdateText<'_>) -> String {
    let messages = &look.theme.messages;
    let planned = |window: Window| look.planned(window);
    match text {
        UpdateText::Written(text) => text.to_owned(),
        UpdateText::Announced(text, description) => format!("{text}\n\n{description}"),
        UpdateText::Moved(text, window) => format!("{text}\n\n{}", planned(window)),
        UpdateText::Begun => messages.get("planned_time_begun").to_owned(),
        UpdateText::Over => messages.get("planned_time_over").to_owned(),
        UpdateText::OverUnknown => messages.get("duration_unknown_long").to_owned(),
        UpdateText::Planned(window) => planned(window),
    }
}

/// The same where the description of the work stands elsewhere.
pub(super) fn own_markdown(look: &Look, text: UpdateText<'_>) -> String {
    match text {
        UpdateText::Announced(text, _) => text.to_owned(),
        text => markdown(look, text),
    }
}

/// What marks an update on the page of its entry; the description of planned work stands at its top.
pub(super) fn anchor(key: &UpdateKey) -> Option<String> {
    match key {
        UpdateKey::Announcement => None,
        UpdateKey::Postmortem => Some(key.to_string()),
        UpdateKey::Named(_) | UpdateKey::Said(..) | UpdateKey::Clock(..) => Some(format!("update-{key}")),
    }
}

/// The same as the end of an address.
pub(super) fn fragment(key: &UpdateKey) -> String {
    anchor(key).map(|anchor| format!("#{anchor}")).unwrap_or_default()
}

/// By what the update is known among those of all entries. `kind` and `id` are those of its own.
pub(super) fn full_key(kind: &str, id: &str, update: &PublishedUpdate<'_>) -> String {
    format!("{kind}/{id}/{}", update.key)
}

/// The update's id in the API, in feeds and in messages.
pub(super) fn update_id(kind: &str, id: &str, update: &PublishedUpdate<'_>) -> String {
    public_id("update", &full_key(kind, id, update))
}
