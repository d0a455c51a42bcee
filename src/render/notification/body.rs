//! What is told, in all the forms that a message needs, and in the words of the site.

use super::{Notification, NotifiedEntry, is_ahead};
use crate::markdown::{self as texts, Links, Piece};
use crate::model::{ComponentStatus, Id, MaintenanceStatus, Window};
use crate::paths;
use crate::render::feed::{addresses, addresses_of_all};
use crate::render::public_id::public_id;
use crate::render::published::{fragment, markdown, update_id};
use crate::theme::Form;
use crate::time::Time;
use crate::view::{PublishedStatus, StatusChange, UpdateText};

/// Something that customers are told, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotificationBody {
    /// The site that tells it.
    pub sender: Sender,
    /// `incident`, `maintenance` or `announcement`.
    pub kind: &'static str,
    /// The id of the incident, the work or the announcement.
    pub entry: String,
    /// Its code in the API.
    pub entry_code: String,
    /// The update's code in the API.
    pub code: String,
    /// One line.
    pub title: String,
    /// How bad the incident is.
    pub impact: Option<&'static str>,
    /// The status that the update gives; `announcement` for an announcement.
    pub status: &'static str,
    /// The same in words.
    pub label: String,
    /// When it was said.
    pub at: Time,
    /// The same in words.
    pub said_at: String,
    /// Plain text, with the addresses of links, each a piece of its own.
    pub text: Vec<Piece>,
    /// HTML, with absolute addresses.
    pub html: String,
    /// What it is about, in the order of their ids.
    pub components: Vec<Touched>,
    /// When the work is planned for.
    pub planned: Option<Window>,
    /// The plan in words, or when the next update is promised.
    pub note: Option<String>,
    /// Where customers read it.
    pub url: String,
    /// The feeds that it stands in, if they name a hub.
    pub feeds: Vec<String>,
}

/// Who tells it, and the few words around what is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The name of the site.
    pub name: String,
    /// Its address.
    pub url: String,
    /// What its ids are made of, also after it moved.
    pub id_base: String,
    /// BCP 47.
    pub language: String,
    /// What stands before an update that was sent before and reads otherwise now.
    pub corrected: String,
    /// What leads to the page.
    pub more: String,
}

/// A component that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// Its id.
    pub id: String,
    /// As printed.
    pub name: String,
    /// Before and after, as the content writes it; none for work that lies ahead.
    pub statuses: Option<(&'static str, &'static str)>,
    /// The status after it in words; empty without one.
    pub label: String,
}

impl Notification<'_> {
    /// All that a message says.
    pub fn body(&self) -> NotificationBody {
        let facts = self.facts;
        let markdown = self.markdown();
        let entry_code = public_id(self.kind(), self.first_id());
        let code = self.update.as_ref().map(|update| update_id(self.kind(), self.first_id(), update));
        // Work that nobody announced is dated by its plan, which may lie ahead.
        let at = self.at.min(facts.look.now());
        NotificationBody {
            sender: self.sender(),
            kind: self.kind(),
            entry: self.id().to_string(),
            code: code.unwrap_or_else(|| entry_code.clone()),
            entry_code,
            title: self.title().to_owned(),
            impact: self.impact(),
            status: self.status(),
            label: facts.look.theme.messages.get(self.label_key()).to_owned(),
            at,
            said_at: facts.look.format().time(at, Form::Full),
            text: texts::pieces(&markdown, Links::Absolute(&facts.site.settings.url)),
            html: texts::html(&markdown, Links::Absolute(&facts.site.settings.url), 3),
            components: self.changes().iter().filter_map(|change| self.touched(change)).collect(),
            planned: self.planned(),
            note: self.note(),
            url: self.url(),
            feeds: self.feeds(),
        }
    }

    fn sender(&self) -> Sender {
        let (settings, messages) = (&self.facts.site.settings, &self.facts.look.theme.messages);
        Sender {
            name: settings.name.clone(),
            url: settings.url.clone(),
            id_base: settings.id_base.clone(),
            language: settings.language.clone(),
            corrected: messages.get("outbox_corrected").to_owned(),
            more: messages.get("outbox_more").to_owned(),
        }
    }

    fn title(&self) -> &str {
        match self.about {
            NotifiedEntry::Incident(snapshot) => &snapshot.incident.title,
            NotifiedEntry::Maintenance(snapshot) => &snapshot.maintenance.title,
            NotifiedEntry::Announcement(announcement) => &announcement.title,
        }
    }

    fn status(&self) -> &'static str {
        self.update.as_ref().map_or("announcement", |update| update.status.word())
    }

    fn label_key(&self) -> &'static str {
        self.update.as_ref().map_or("announcement_word", |update| update.status.word())
    }

    fn markdown(&self) -> String {
        match (&self.update, self.about) {
            (Some(update), _) => markdown(&self.facts.look, update.text),
            (None, NotifiedEntry::Announcement(announcement)) => announcement.body.clone(),
            (None, _) => String::new(),
        }
    }

    fn impact(&self) -> Option<&'static str> {
        match self.about {
            NotifiedEntry::Incident(snapshot) => Some(snapshot.incident.impact.word()),
            NotifiedEntry::Maintenance(_) | NotifiedEntry::Announcement(_) => None,
        }
    }

    fn url(&self) -> String {
        let page = match self.about {
            NotifiedEntry::Incident(_) => paths::incident(self.id()),
            NotifiedEntry::Maintenance(_) => paths::maintenance(self.id()),
            NotifiedEntry::Announcement(_) => paths::announcement(self.id()),
        };
        let anchor = self.update.as_ref().map(|update| fragment(&update.key)).unwrap_or_default();
        self.facts.look.url(&(page + &anchor))
    }

    fn feeds(&self) -> Vec<String> {
        if self.facts.site.settings.hub.is_none() {
            return Vec::new();
        }
        let components: Vec<&Id> = match self.about {
            NotifiedEntry::Incident(snapshot) => snapshot.components.keys().collect(),
            NotifiedEntry::Maintenance(snapshot) => snapshot.maintenance.components.iter().collect(),
            NotifiedEntry::Announcement(_) => return addresses_of_all(self.facts),
        };
        addresses(self.facts, &components)
    }

    /// What works as before is not what it is about. Planned work names what it will touch. Whatever else goes on, a
    /// component is said to be as customers meet it.
    fn touched(&self, change: &StatusChange<'_>) -> Option<Touched> {
        let is_ahead = self.update.as_ref().is_some_and(|update| is_ahead(update.status));
        let works = [change.old, change.new] == [ComponentStatus::Operational; 2];
        let met = self.facts.concurrent().met(*change, self.at, (self.entry_kind(), self.id()));
        let statuses = (!is_ahead).then(|| (met.old.word(), met.new.word()));
        let label = statuses.map(|(_, new)| self.facts.look.theme.messages.get(new).to_owned()).unwrap_or_default();
        let (id, name) = (change.component.to_string(), self.facts.look.component_name(change.component));
        (is_ahead || !works).then_some(Touched { id, name, statuses, label })
    }

    fn planned(&self) -> Option<Window> {
        match self.about {
            NotifiedEntry::Maintenance(_) => self.update.as_ref()?.window,
            NotifiedEntry::Incident(_) | NotifiedEntry::Announcement(_) => None,
        }
    }

    /// The plan while the work lies ahead, and of what does not take place; the promise that the update makes.
    fn note(&self) -> Option<String> {
        match self.about {
            NotifiedEntry::Maintenance(snapshot) => {
                let cancelled = PublishedStatus::Maintenance(MaintenanceStatus::Cancelled);
                let is_called_off = |status| status == cancelled && snapshot.worked.is_empty();
                let is_told = |status| is_ahead(status) || is_called_off(status);
                let update = self.update.as_ref().filter(|update| is_told(update.status))?;
                let is_said = matches!(update.text, UpdateText::Planned(_) | UpdateText::Moved(..));
                update.window.filter(|_| !is_said).map(|window| self.facts.look.planned(window))
            }
            NotifiedEntry::Incident(snapshot) => {
                let promise = snapshot.updates().get(self.update.as_ref()?.index?)?.next_update?;
                let time = self.facts.look.format().near(promise, self.at);
                Some(self.facts.look.theme.messages.fill("next_update", &[("time", &time)]))
            }
            NotifiedEntry::Announcement(_) => None,
        }
    }
}
