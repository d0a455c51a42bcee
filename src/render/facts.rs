//! What every public page draws on, worked out once per build.

use std::ops::Deref;
use std::sync::Arc;

use super::look::{Build, Look};
use crate::audience::PublicSite;
use crate::theme::{Form, Theme};
use crate::time::Time;
use crate::view::{self, Month, Overview, Record, SeenIncident, SeenMaintenance};

/// The public site, its views, and its look.
pub struct Facts {
    /// What may be told.
    pub site: PublicSite,
    /// What every page of either site needs.
    pub look: Look,
    /// Oldest first.
    pub incidents: Vec<Arc<SeenIncident>>,
    /// By start.
    pub maintenance: Vec<Arc<SeenMaintenance>>,
    /// The present.
    pub overview: Overview,
    /// One per component, in the order of the site.
    pub records: Vec<Record>,
    /// Newest first.
    pub months: Vec<Month>,
    /// When the content will change without an edit.
    pub next_change: Option<Time>,
}

impl Deref for Facts {
    type Target = Look;
    fn deref(&self) -> &Look {
        &self.look
    }
}

impl Facts {
    /// Works out the views of `site` at `build.now`.
    pub fn new(mut site: PublicSite, theme: Theme, build: Build) -> Facts {
        let now = build.now;
        let zone = site.settings.zone;
        let incidents = view::with_messages(view::seen_incidents(&site.incidents, now), &site.messages, now);
        let maintenance = view::seen_maintenance(&site.maintenance, now);
        let overview = view::overview(&site.components, &site.groups, &incidents, &maintenance);
        let records = view::records(&site.components, &incidents, &maintenance, zone, now);
        let months = view::months(&incidents, &maintenance, zone, now);
        let next_change =
            view::next_change(&site.incidents, &site.maintenance, &site.announcements, &site.messages, now);
        // As an update of tomorrow is not known yet, so an announcement of tomorrow is not.
        site.announcements.retain(|announcement| announcement.from <= now);
        let look = Look::new(theme, build, &site.settings, &site.components, &["style.css"], &["page.js"]);
        let mut facts = Facts { site, look, incidents, maintenance, overview, records, months, next_change };
        let globals = super::html::globals(&facts);
        facts.look.theme.set_globals(globals);
        facts
    }

    /// When maintenance is planned for, in words.
    pub fn planned(&self, from: Time, until: Time) -> String {
        let (messages, format) = (&self.theme.messages, self.format());
        let range = [("from", &*format.time(from, Form::Full)), ("until", &*format.near(until, from))];
        messages.fill("planned_for", &[("time", &messages.fill("range", &range))])
    }
}
