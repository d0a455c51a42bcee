//! The parts of the product, and how long each is there.

use super::{Id, Translations};
use crate::time::{Date, Time, Zone};

/// A part of the product as customers know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// Unique among components.
    pub id: Id,
    /// As printed.
    pub name: String,
    /// Plain text; may be empty.
    pub description: String,
    /// The group it belongs to, if any.
    pub group: Option<Id>,
    /// Whether the product is down when this is.
    pub core: bool,
    /// The first day that counts for uptime.
    pub start: Option<Date>,
    /// The last day on which it is there.
    pub end: Option<Date>,
    /// Whether only the wiki shows it.
    pub is_hidden: bool,
    /// The ids that it had before, oldest first.
    pub aliases: Vec<Id>,
    /// Where customers use it.
    pub url: Option<String>,
    /// What others run, without which it fails.
    pub providers: Vec<Provider>,
    /// Name and description in other languages.
    pub translations: Translations,
}

/// A service of others, and where they say how it does.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Provider {
    /// As printed.
    pub name: String,
    /// Its status page.
    pub url: String,
}

impl Component {
    /// A component of which nothing else is known.
    pub fn new(id: Id, name: String) -> Component {
        Component {
            id,
            name,
            description: String::new(),
            group: None,
            core: false,
            start: None,
            end: None,
            is_hidden: false,
            aliases: Vec::new(),
            url: None,
            providers: Vec::new(),
            translations: Translations::default(),
        }
    }

    /// The id under which it was first published, of which its ids in the API are made.
    pub fn first_id(&self) -> &Id {
        self.aliases.first().unwrap_or(&self.id)
    }

    /// The first instant at which it is no longer there, in the site's zone.
    pub fn retired_from(&self, zone: Zone) -> Option<Time> {
        self.end.map(|end| zone.day_start(end.plus_days(1)))
    }

    /// Whether it is no longer there.
    pub fn is_retired(&self, zone: Zone, now: Time) -> bool {
        self.retired_from(zone).is_some_and(|end| end <= now)
    }
}
