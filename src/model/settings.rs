//! What `site.yaml` says beside groups and components.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    Additions, AlertRule, ApiEntries, Brand, CountedMaintenance, Id, Impact, MaintenanceIndicator, Pattern,
    Translations,
};
use crate::time::Zone;

/// The settings that public pages are made with.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The site's name, such as `Acme Status`.
    pub name: String,
    /// Where it is published: absolute, ending in `/`.
    pub url: String,
    /// What the ids of feeds, calendars and messages are made of: where it was published first, ending in `/`.
    pub id_base: String,
    /// One sentence for search engines and feeds.
    pub description: String,
    /// Day borders and printed times.
    pub zone: Zone,
    /// BCP 47, such as `en`: the language of the pages.
    pub language: String,
    /// Every language that the site speaks, the main one first.
    pub languages: Vec<String>,
    /// Where the pages of this language are from the root of the site: empty for the main one, or `de/`.
    pub folder: String,
    /// The description in other languages.
    pub translations: Translations,
    /// The folder under `themes/` with the user's theme files.
    pub theme: String,
    /// After how many seconds without a build the pages say that they may be out of date.
    pub stale_after: i64,
    /// What the API says of planned work.
    pub maintenance_indicator: MaintenanceIndicator,
    /// Of which entries the API has files of their own.
    pub api_entries: ApiEntries,
    /// Whether the host takes only so many files and bytes.
    pub is_host_bounded: bool,
    /// Whether what customers feel of planned work counts against uptime.
    pub counted_maintenance: CountedMaintenance,
    /// The WebSub hub that feeds name.
    pub hub: Option<String>,
    /// Where customers get the updates by e-mail.
    pub email: Option<String>,
    /// How the pages look like those of the company.
    pub brand: Brand,
    /// What the site adds to its pages.
    pub additions: Additions,
}

/// The settings that only the company may know.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InternalSettings {
    /// Domains of the product, on which the page must not depend.
    pub product_domains: Vec<String>,
    /// Where the wiki is published.
    pub wiki_url: Option<String>,
    /// What alarms of monitors mean; the first that fits counts.
    pub alerts: Vec<AlertRule>,
    /// The longest silence in seconds while an incident of an impact is open.
    pub cadence: BTreeMap<Impact, i64>,
    /// When a postmortem is due, in seconds after the resolution.
    pub postmortem_due: Option<i64>,
    /// The least impact that demands a postmortem.
    pub postmortem_required_from: Option<Impact>,
    /// The names of the severities, worst first.
    pub severities: Vec<Arc<str>>,
    /// How long after the resolution an action is due that names no day, in seconds, by the rank of
    /// the severity.
    pub actions_due: BTreeMap<usize, i64>,
    /// What the wiki calls a cause, where the site says.
    pub cause_titles: BTreeMap<Id, String>,
    /// Which rules of blameless wording apply.
    pub wording: Wording,
    /// The next recovery of the same cause is to take this share of the last one's time.
    pub recovery_target: Option<f64>,
    /// Names of people that must not become public.
    pub private_people: Vec<String>,
    /// Hosts, addresses and patterns that must not become public.
    pub private_patterns: Vec<Pattern>,
    /// What may become public although a rule would forbid it.
    pub allowed: Vec<String>,
}

/// What a site says of the rules of blameless wording. Rules go by their codes, such as `BL001`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// Rules that do not apply.
    pub off: Vec<String>,
    /// Rules that apply although they usually do not.
    pub on: Vec<String>,
    /// Names of people that postmortems are to leave out.
    pub people: Vec<String>,
    /// More phrases, by rule.
    pub words: BTreeMap<String, Vec<String>>,
}
