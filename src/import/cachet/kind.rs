//! What Cachet has: by the type that a resource states, or else by the keys that an object has.

use crate::import::object::Object;

/// What a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Group,
    Component,
    Incident,
    Update,
    Schedule,
}

impl Kind {
    /// As the API calls them.
    pub fn plural(self) -> &'static str {
        match self {
            Kind::Group => "component groups",
            Kind::Component => "components",
            Kind::Incident => "incidents",
            Kind::Update => "updates",
            Kind::Schedule => "schedules",
        }
    }

    /// The kind of a resource of Cachet 3; its types are the names of its classes, in one case or another.
    pub fn of_type(name: &str) -> Option<Kind> {
        let letters: String = name.chars().filter(|c| c.is_ascii_alphabetic()).collect();
        Some(match &*letters.to_ascii_lowercase() {
            "componentgroups" | "componentgroup" => Kind::Group,
            "components" | "component" => Kind::Component,
            "incidents" | "incident" => Kind::Incident,
            "updates" | "update" | "incidentupdates" | "incidentupdate" => Kind::Update,
            "schedules" | "schedule" => Kind::Schedule,
            _ => return None,
        })
    }

    /// The kind of an object of Cachet 2, or what it is otherwise.
    pub fn of_keys(fields: &Object) -> Result<Kind, &'static str> {
        let has = |key| fields.has(key);
        if has("calc_type") || has("metric_id") || has("suffix") {
            Err("metrics")
        } else if has("email") || has("verify_code") {
            Err("subscribers")
        } else if has("incident_id") && has("message") {
            Ok(Kind::Update)
        } else if has("collapsed") || has("enabled_components") {
            Ok(Kind::Group)
        } else if has("group_id") || has("status_name") {
            Ok(Kind::Component)
        } else if has("scheduled_at") && !has("visible") && !has("is_resolved") {
            Ok(Kind::Schedule)
        } else if has("message") && has("status") {
            Ok(Kind::Incident)
        } else {
            Err("objects of an unknown kind")
        }
    }
}
