//! Incidents.

use super::super::kind::ThingKind;
use super::super::words;
use super::{Converter, affected, says_more};
use crate::import::page::Event;
use crate::import::page::objects::{Incident, Readable, Update};
use crate::import::things::Thing;

impl Converter<'_> {
    pub(super) fn incident(&mut self, mut thing: Thing<ThingKind>) -> Event {
        let planned = self.time("incident", &mut thing, "scheduled_at");
        let status = thing.fields.take("status").as_ref().and_then(words::incident);
        if planned.is_some() && status.as_deref() == Some("scheduled") {
            return self.planned(thing, planned, status);
        }
        let status = status.filter(|word| says_more(word));
        let latest = thing.fields.take("latest_status").as_ref().and_then(words::incident);
        let hidden = self.hidden(&mut thing);
        forget_publication(&mut thing);
        let occurred = self.time("incident", &mut thing, "occurred_at");
        let created = self.time("incident", &mut thing, "created_at");
        let changed = self.time("incident", &mut thing, "updated_at");
        let began = occurred.or(created);
        let later = self.updates_of(ThingKind::Incident, &thing.code);
        let is_over = [&status, &latest].iter().any(|word| word.as_deref() == Some("resolved"));
        let components = self.linked(&mut thing, began);
        let newest = later.iter().max_by_key(|update| update.at()).and_then(|update| update.status.clone());
        let first = Update {
            status: Some(self.began_as(&thing, status, newest, is_over && changed > began)),
            body: thing.fields.text("message"),
            display_at: began.map(Readable::from),
            affected_components: Some(affected(&thing)),
            ..Update::default()
        };
        let told = Incident {
            id: Some(thing.code.clone()),
            name: thing.fields.text("name"),
            status: is_over.then(|| "resolved".to_owned()),
            started_at: began.map(Readable::from),
            updated_at: changed.map(Readable::from),
            incident_updates: Some(newest_first(first, later)),
            components: Some(components),
            hidden,
            ..Incident::default()
        };
        self.event(thing, told)
    }

    /// The status of the first message. Cachet keeps one status of an incident, the latest.
    fn began_as(
        &mut self,
        thing: &Thing<ThingKind>,
        own: Option<String>,
        newest: Option<String>,
        was_changed: bool,
    ) -> String {
        const UNKNOWN: &str = "investigating";
        let is_latest = newest.is_some() && (newest == own || own.as_deref() == Some("resolved"));
        let was_fixed_later = newest.is_none() && own.as_deref() == Some("resolved") && was_changed;
        if is_latest || was_fixed_later {
            self.guessed += 1;
            return UNKNOWN.to_owned();
        }
        own.unwrap_or_else(|| {
            let message = format!("incident {} was merely reported; `{UNKNOWN}` was taken", thing.code);
            self.notes.add(&thing.path, None, message);
            UNKNOWN.to_owned()
        })
    }
}

/// When it was published says nothing if that was when it was added.
fn forget_publication(thing: &mut Thing<ThingKind>) {
    let mut fields = thing.fields.clone();
    if fields.text("published_at") <= fields.text("created_at") {
        thing.fields.forget(&["published_at"]);
    }
}

/// As they are told: the newest first.
fn newest_first(first: Update, mut later: Vec<Update>) -> Vec<Update> {
    later.sort_by_key(Update::at);
    later.reverse();
    later.push(first);
    later
}
