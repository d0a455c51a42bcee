//! Cachet's numbers as words. Cachet 2: `app/Models`, Cachet 3: `src/Enums` of its core; the numbers of
//! both agree but for components, where 0 is unknown in the one and 5 in the other.

use serde_json::Value;

use crate::import::object::as_text;

/// The status of a component; nothing if Cachet does not know it, and the text itself if it is none.
pub(super) fn component(value: &Value) -> Option<String> {
    let word = plain(value)?;
    Some(match &*word {
        "1" | "operational" => "operational".to_owned(),
        "2" | "performance issues" => "degraded_performance".to_owned(),
        "3" | "partial outage" => "partial_outage".to_owned(),
        "4" | "major outage" => "major_outage".to_owned(),
        "6" | "under maintenance" => "under_maintenance".to_owned(),
        "0" | "5" | "unknown" => return None,
        _ => word,
    })
}

/// The status of an incident.
pub(super) fn incident(value: &Value) -> Option<String> {
    let word = plain(value)?;
    Some(match &*word {
        "1" | "investigating" => "investigating".to_owned(),
        "2" | "identified" => "identified".to_owned(),
        "3" | "watching" => "monitoring".to_owned(),
        "4" | "fixed" => "resolved".to_owned(),
        "0" | "scheduled" => "scheduled".to_owned(),
        _ => word,
    })
}

/// The status of planned work.
pub(super) fn schedule(value: &Value) -> Option<String> {
    let word = plain(value)?;
    Some(match &*word {
        "0" | "upcoming" => "scheduled".to_owned(),
        "1" | "in progress" => "in_progress".to_owned(),
        "2" | "complete" => "completed".to_owned(),
        _ => word,
    })
}

/// Why readers did not see an entry; nothing if they did.
pub(super) fn hidden(visible: Option<&Value>, deleted: bool) -> Option<&'static str> {
    if deleted {
        return Some("it was deleted");
    }
    match &*visible.and_then(plain)? {
        "0" | "false" | "authenticated" => Some("only people who were logged in saw it"),
        "2" | "hidden" => Some("it was hidden"),
        _ => None,
    }
}

fn plain(value: &Value) -> Option<String> {
    let text = as_text(value)?.trim().to_lowercase().replace('_', " ");
    (!text.is_empty()).then_some(text)
}
