//! What every page draws on, worked out once per build.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::audience::PublicSite;
use crate::theme::{Form, Formatter, Theme};
use crate::time::Time;
use crate::view::{self, Month, Overview, Record, SeenIncident, SeenMaintenance};

/// What a build is made from, beside the content.
#[derive(Clone, Debug)]
pub struct Build {
    /// The present moment of the pages.
    pub now: Time,
    /// Candor's version.
    pub version: String,
    /// SHA-256 of the input, in hexadecimal.
    pub digest: String,
    /// The site's own icon, `favicon.svg` among its static files.
    pub icon: Option<Arc<[u8]>>,
}

/// The public site, its views, and its theme.
pub struct Facts {
    /// What may be told.
    pub site: PublicSite,
    /// What the build is made from.
    pub build: Build,
    /// The look and the words.
    pub theme: Theme,
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
    /// The published name of `style.css`.
    pub style: String,
    /// The published name of `page.js`.
    pub script: String,
}

impl Facts {
    /// Works out the views of `site` at `build.now`.
    pub fn new(mut site: PublicSite, theme: Theme, build: Build) -> Facts {
        let now = build.now;
        let zone = site.settings.zone;
        let incidents = view::seen_incidents(&site.incidents, now);
        let maintenance = view::seen_maintenance(&site.maintenance, now);
        let overview = view::overview(&site.components, &site.groups, &incidents, &maintenance);
        let records = view::records(&site.components, &incidents, &maintenance, zone, now);
        let months = view::months(&incidents, &maintenance, zone, now);
        let next_change = view::next_change(&site.incidents, &site.maintenance, &site.announcements, now);
        // As an update of tomorrow is not known yet, so an announcement of tomorrow is not.
        site.announcements.retain(|announcement| announcement.from <= now);
        let (style, script) = (fingerprint(&theme, "style", "css"), fingerprint(&theme, "page", "js"));
        let mut facts =
            Facts { site, build, theme, incidents, maintenance, overview, records, months, next_change, style, script };
        let globals = super::html::globals(&facts);
        facts.theme.set_globals(globals);
        facts
    }

    /// The present moment of the pages.
    pub fn now(&self) -> Time {
        self.build.now
    }

    /// Prints times in the site's zone and language.
    pub fn format(&self) -> Formatter<'_> {
        Formatter { messages: &self.theme.messages, zone: self.site.settings.zone }
    }

    /// When maintenance is planned for, in words.
    pub fn planned(&self, from: Time, until: Time) -> String {
        let (messages, format) = (&self.theme.messages, self.format());
        let range = [("from", &*format.time(from, Form::Full)), ("until", &*format.near(until, from))];
        messages.fill("planned_for", &[("time", &messages.fill("range", &range))])
    }

    /// The absolute URL of a path from the root.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.site.settings.url)
    }

    /// A text file of the theme, without comments and indentation.
    pub fn asset(&self, name: &str) -> String {
        let bytes = self.theme.assets.get(name).map(Vec::as_slice).unwrap_or_default();
        squeeze(&String::from_utf8_lossy(bytes))
    }
}

/// `assets/style.1a2b3c4d.css`: a name that changes with the content, so that it may be kept for ever.
fn fingerprint(theme: &Theme, stem: &str, ending: &str) -> String {
    let bytes = theme.assets.get(&format!("{stem}.{ending}")).map(Vec::as_slice).unwrap_or_default();
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(bytes)[..4]);
    format!("assets/{stem}.{hash}.{ending}")
}

/// Takes whole-line comments, indentation and empty lines out of CSS or JavaScript.
fn squeeze(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| {
        let is_comment = line.starts_with("//") || (line.starts_with("/*") && line.ends_with("*/"));
        !line.is_empty() && !is_comment
    });
    lines.collect::<Vec<_>>().join("\n")
}
