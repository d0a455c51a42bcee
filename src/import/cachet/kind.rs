//! What Cachet has: by the type that a resource states, or else by the keys that an object has.

use crate::import::object::Object;

/// What the whole page says, and what an answer says that is none.
const WHOLE_PAGE: &str = "words on the whole page";
const REFUSALS: &str = "refusals";

/// What holds no words but Cachet's own, which nobody need look for.
pub(super) const MADE_UP: [&str; 2] = [WHOLE_PAGE, REFUSALS];

/// What a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ThingKind {
    Group,
    Component,
    Incident,
    Update,
    Schedule,
}

impl ThingKind {
    /// As the API calls them.
    pub fn plural(self) -> &'static str {
        match self {
            ThingKind::Group => "component groups",
            ThingKind::Component => "components",
            ThingKind::Incident => "incidents",
            ThingKind::Update => "updates",
            ThingKind::Schedule => "schedules",
        }
    }

    /// The kind of a resource of Cachet 3; its types are the names of its classes, in one case or another.
    pub fn of_type(name: &str) -> Option<ThingKind> {
        let letters: String = name.chars().filter(|c| c.is_ascii_alphabetic()).collect();
        Some(match &*letters.to_ascii_lowercase() {
            "componentgroups" | "componentgroup" => ThingKind::Group,
            "components" | "component" => ThingKind::Component,
            "incidents" | "incident" => ThingKind::Incident,
            "updates" | "update" | "incidentupdates" | "incidentupdate" => ThingKind::Update,
            "schedules" | "schedule" => ThingKind::Schedule,
            _ => return None,
        })
    }

    /// The kind of an object of Cachet 2, or what it is otherwise.
    pub fn of_keys(fields: &Object) -> Result<ThingKind, &'static str> {
        let has = |key| fields.has(key);
        let is_named = has("id") || has("name");
        if has("metric_id") {
            Err("metric points")
        } else if has("calc_type") || has("suffix") {
            Err("metrics")
        } else if has("template") {
            Err("incident templates")
        } else if has("version") {
            Err("versions")
        } else if has("errors") || (has("message") && !has("status") && !is_named) {
            Err(REFUSALS)
        } else if has("message") && has("status") && !is_named && !has("incident_id") {
            Err(WHOLE_PAGE)
        } else if has("email") || has("verify_code") {
            Err("subscribers")
        } else if has("incident_id") && has("message") {
            Ok(ThingKind::Update)
        } else if has("collapsed") || has("enabled_components") {
            Ok(ThingKind::Group)
        } else if has("group_id") || has("status_name") {
            Ok(ThingKind::Component)
        } else if has("scheduled_at") && !has("visible") && !has("is_resolved") {
            Ok(ThingKind::Schedule)
        } else if has("message") && has("status") {
            Ok(ThingKind::Incident)
        } else {
            Err("objects of an unknown kind")
        }
    }
}
