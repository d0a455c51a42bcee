//! A page, its components and its incidents as another system tells of them: the objects of Statuspage
//! (<https://metastatuspage.com/api>), whose words for statuses are Candor's. Its own answers are read
//! straight into them, and other importers fill them in. Anything may be missing or null, and what is not
//! used here is gathered in `rest`, to be reported.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::import::times;
use crate::time::{Date, Time};

type Rest = BTreeMap<String, Value>;

/// The site itself.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::import) struct Page {
    pub id: Option<String>,
    pub name: Option<String>,
    pub url: Option<String>,
    pub time_zone: Option<String>,
    #[serde(skip)]
    pub description: Option<String>,
    pub updated_at: Option<Readable<Time>>,
    #[serde(flatten)]
    pub rest: Rest,
}

/// A component, or a group of them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::import) struct Component {
    pub id: Option<String>,
    pub name: Option<String>,
    pub status: Option<String>,
    pub created_at: Option<Readable<Time>>,
    pub updated_at: Option<Readable<Time>>,
    pub position: Option<i64>,
    pub description: Option<String>,
    pub showcase: Option<bool>,
    pub start_date: Option<Readable<Date>>,
    pub group_id: Option<String>,
    pub page_id: Option<String>,
    pub group: Option<bool>,
    pub only_show_if_degraded: Option<bool>,
    /// The members of a group, who name their group themselves.
    pub components: Option<Value>,
    /// Why its readers did not see it; such a component is kept as a comment.
    #[serde(skip)]
    pub hidden: Option<&'static str>,
    #[serde(flatten)]
    pub rest: Rest,
}

/// An incident, or planned work.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::import) struct Incident {
    pub id: Option<String>,
    pub name: Option<String>,
    pub status: Option<String>,
    pub created_at: Option<Readable<Time>>,
    pub updated_at: Option<Readable<Time>>,
    pub monitoring_at: Option<Readable<Time>>,
    pub resolved_at: Option<Readable<Time>>,
    pub impact: Option<String>,
    pub started_at: Option<Readable<Time>>,
    pub page_id: Option<String>,
    /// Newest first.
    pub incident_updates: Option<Vec<Update>>,
    pub components: Option<Vec<Component>>,
    pub scheduled_for: Option<Readable<Time>>,
    pub scheduled_until: Option<Readable<Time>>,
    /// A postmortem in Markdown, if none of the updates is one; public once it was published.
    pub postmortem_body: Option<String>,
    pub postmortem_published_at: Option<Value>,
    /// A summary, below the updates; public.
    #[serde(skip)]
    pub text: Option<String>,
    /// Why its readers did not see it; such an incident becomes internal.
    #[serde(skip)]
    pub hidden: Option<&'static str>,
    #[serde(flatten)]
    pub rest: Rest,
}

/// One word to customers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::import) struct Update {
    pub id: Option<String>,
    pub status: Option<String>,
    pub body: Option<String>,
    pub incident_id: Option<String>,
    pub created_at: Option<Readable<Time>>,
    pub updated_at: Option<Readable<Time>>,
    pub display_at: Option<Readable<Time>>,
    pub affected_components: Option<Vec<Affected>>,
    #[serde(flatten)]
    pub rest: Rest,
}

/// What an update means for a component.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::import) struct Affected {
    pub code: Option<String>,
    /// `Group - Component`.
    pub name: Option<String>,
    /// What the update before it said.
    pub old_status: Option<String>,
    pub new_status: Option<String>,
    /// Whether it says how the component does while planned work goes on, not when the update was written.
    #[serde(skip)]
    pub is_meanwhile: bool,
    #[serde(flatten)]
    pub rest: Rest,
}

/// A moment or a day as a file states it.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "String", bound(deserialize = "Readable<T>: From<String>"))]
pub(in crate::import) enum Readable<T> {
    Known(T),
    /// A text that is none.
    Unreadable(String),
}

impl From<String> for Readable<Time> {
    fn from(text: String) -> Readable<Time> {
        times::exact(&text).map_or(Readable::Unreadable(text), Readable::Known)
    }
}

impl From<Time> for Readable<Time> {
    fn from(time: Time) -> Readable<Time> {
        if times::is_nameable(time) { Readable::Known(time) } else { Readable::Unreadable(time.rfc3339()) }
    }
}

impl From<String> for Readable<Date> {
    fn from(text: String) -> Readable<Date> {
        Date::parse(text.trim()).map_or(Readable::Unreadable(text), Readable::Known)
    }
}

impl<T: Copy> Readable<T> {
    /// Whether anything is stated, readable or not.
    fn says_something(&self) -> bool {
        self.known().is_some() || self.unreadable().is_some()
    }

    /// What is stated, if it can be read.
    pub fn known(&self) -> Option<T> {
        match self {
            Readable::Known(known) => Some(*known),
            Readable::Unreadable(_) => None,
        }
    }

    /// The text that cannot be read, if there is one.
    pub fn unreadable(&self) -> Option<&str> {
        match self {
            Readable::Unreadable(text) if !text.trim().is_empty() => Some(text),
            _ => None,
        }
    }
}

/// A moment, if it is stated and can be read.
pub(in crate::import) fn time(stated: Option<&Readable<Time>>) -> Option<Time> {
    stated.and_then(Readable::known)
}

/// A text of the wire with something in it.
pub(in crate::import) fn filled(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

impl Component {
    pub fn is_group(&self) -> bool {
        self.group == Some(true)
    }
}

impl Incident {
    /// When it was first spoken of or began, whichever is known.
    pub fn started(&self) -> Option<Time> {
        time(self.started_at.as_ref()).or_else(|| time(self.created_at.as_ref()))
    }

    /// Everything that it says to readers.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let bodies = self.incident_updates.iter().flatten().map(|update| &update.body);
        [&self.name, &self.text, &self.postmortem_body].into_iter().chain(bodies).flatten().map(String::as_str)
    }

    /// Its times that cannot be read, each with its key.
    pub fn unreadable_times(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let own = [
            ("created_at", &self.created_at),
            ("updated_at", &self.updated_at),
            ("resolved_at", &self.resolved_at),
            ("started_at", &self.started_at),
            ("scheduled_for", &self.scheduled_for),
            ("scheduled_until", &self.scheduled_until),
        ];
        let updates = self.incident_updates.iter().flatten();
        let said = updates.flat_map(|update| [("display_at", &update.display_at), ("created_at", &update.created_at)]);
        own.into_iter().chain(said).filter_map(|(key, stated)| Some((key, stated.as_ref()?.unreadable()?)))
    }

    /// When anything was last said of it or changed in it.
    pub fn newest(&self) -> Option<Time> {
        let own = [&self.created_at, &self.updated_at].into_iter().filter_map(|at| time(at.as_ref()));
        own.chain(self.incident_updates.iter().flatten().filter_map(Update::at)).max()
    }

    /// Statuspage keeps planned work among the incidents; the window or the word tells them apart.
    pub fn is_maintenance(&self) -> bool {
        const WORDS: [&str; 4] = ["scheduled", "in_progress", "verifying", "completed"];
        self.scheduled_for.as_ref().is_some_and(Readable::says_something)
            || self.impact.as_deref() == Some("maintenance")
            || self.status.as_deref().is_some_and(|status| WORDS.contains(&status))
    }
}

impl Update {
    /// The time that the page shows, or else when it was written.
    pub fn at(&self) -> Option<Time> {
        time(self.display_at.as_ref()).or_else(|| time(self.created_at.as_ref()))
    }
}
