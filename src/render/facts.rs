//! What every public page draws on, worked out once per build.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::brand;
use super::look::{Asset, BuildInput, Look};
use crate::audience::PublicSite;
use crate::model::{Component, CountedMaintenance, Id};
use crate::theme::Theme;
use crate::time::Time;
use crate::view::{self, Concurrent, IncidentSnapshot, MaintenanceSnapshot, Month, MonthUptime, Overview, Record};

/// The public site, its views, and its look.
pub struct Facts {
    /// What may be told.
    pub site: PublicSite,
    /// What every page of either site needs.
    pub look: Look,
    /// The style of the page that others frame, which stands in that page.
    pub embed_style: Asset,
    /// The script of that page, which has neither bars nor long lists.
    pub embed_page_script: Asset,
    /// The script that others put into their own pages.
    pub embed_script: Asset,
    /// Oldest first.
    pub incidents: Vec<Arc<IncidentSnapshot>>,
    /// By start.
    pub maintenance: Vec<Arc<MaintenanceSnapshot>>,
    /// Times of recurring work that are not announced yet, by start.
    pub to_come: Vec<Arc<MaintenanceSnapshot>>,
    /// Planned work that waited for its time when its file was taken away.
    pub withdrawn: Vec<Arc<MaintenanceSnapshot>>,
    /// The present, of the components that are there.
    pub overview: Overview,
    /// One per component, also of those that are no longer there, in the order of the site.
    pub records: Vec<Record>,
    /// Newest first.
    pub months: Vec<Month>,
    /// When the content will change without an edit.
    pub next_change: Option<Time>,
    /// The maintenance as uptime counts it.
    counted: Vec<Arc<MaintenanceSnapshot>>,
    /// Where each incident is in its list.
    places: OnceLock<BTreeMap<Id, usize>>,
    concurrent: OnceLock<Concurrent>,
    monthly: OnceLock<Vec<Vec<MonthUptime>>>,
}

impl Facts {
    /// Works out the views of `site` at `build.now`.
    pub(super) fn new(mut site: PublicSite, theme: Theme, build: BuildInput) -> Facts {
        let now = build.now;
        let zone = site.settings.zone;
        let incidents = view::with_messages(view::incident_snapshots(&site.incidents, now), &site.messages, now);
        let incidents = view::with_ends(incidents, &site.components, zone, now);
        let maintenance = view::maintenance_snapshots(&site.maintenance, now);
        let to_come = view::maintenance_to_come(&site.maintenance, now);
        let withdrawn = site.withdrawn.iter().map(|work| Arc::new(MaintenanceSnapshot::at(work, now))).collect();
        let present = view::present(&site.components, zone, now);
        let overview = view::overview(&present, &site.groups, &incidents, &maintenance);
        let counted: Vec<Arc<MaintenanceSnapshot>> = match site.settings.counted_maintenance {
            CountedMaintenance::None => maintenance.iter().map(MaintenanceSnapshot::unfelt).collect(),
            CountedMaintenance::Impact => maintenance.clone(),
        };
        let (records, months) = rayon::join(
            || view::records(&site.components, &incidents, &counted, zone, now),
            || view::months(&incidents, &maintenance, zone, now),
        );
        let next_change =
            view::next_change(&site.incidents, &site.maintenance, &site.announcements, &site.messages, now);
        let ends = site.components.iter().filter_map(|component| component.retired_from(zone));
        let next_change = next_change.into_iter().chain(ends.filter(|end| *end > now)).min();
        // As an update of tomorrow is not known yet, so an announcement of tomorrow is not.
        site.announcements.retain(|announcement| announcement.from <= now);
        let own_style = brand::style(&site.settings.brand, &build);
        let scripts = ["page.js", "bars.js", "lists.js"];
        let mut look = Look::new(theme, build, &site.settings, &site.components, &["style.css"], &scripts, &own_style);
        look.untranslated.clone_from(&site.untranslated);
        let embed = ["embed.css", "page.js", "embed.js"].map(|name| Asset::join(&look.theme, &[name]));
        let [embed_style, embed_page_script, embed_script] = embed;
        Facts {
            site,
            look,
            embed_style,
            embed_page_script,
            embed_script,
            incidents,
            maintenance,
            to_come,
            withdrawn,
            overview,
            records,
            months,
            next_change,
            counted,
            places: OnceLock::new(),
            concurrent: OnceLock::new(),
            monthly: OnceLock::new(),
        }
    }

    /// What all entries together say of a component, worked out for who asks first.
    pub fn concurrent(&self) -> &Concurrent {
        self.concurrent.get_or_init(|| Concurrent::of(&self.incidents, &self.maintenance))
    }

    /// Uptime by month, one list per component, in the order of the site; worked out for who asks first.
    pub fn monthly(&self) -> &[Vec<MonthUptime>] {
        self.monthly.get_or_init(|| {
            let (zone, now) = (self.site.settings.zone, self.look.now());
            let since = self.months.last().map_or(zone.date(now), |month| month.first);
            view::monthly(&self.site.components, &self.incidents, &self.counted, since, zone, now)
        })
    }

    /// When the pages will change without an edit, at midnight at the latest.
    pub fn next_transition(&self) -> Time {
        view::next_transition(self.next_change, self.site.settings.zone, self.look.now())
    }

    /// The incident with an id.
    pub fn incident(&self, id: &str) -> Option<&Arc<IncidentSnapshot>> {
        let places = || self.incidents.iter().enumerate().map(|(place, it)| (it.incident.id.clone(), place)).collect();
        self.places.get_or_init(places).get(id).map(|place| &self.incidents[*place])
    }

    /// Whether a component is no longer there.
    pub fn is_retired(&self, component: &Component) -> bool {
        component.is_retired(self.site.settings.zone, self.look.now())
    }

    /// The components that are there, in the order of the site.
    pub fn present(&self) -> impl Iterator<Item = &Arc<Component>> {
        self.overview.components.iter().map(|state| &state.component)
    }

    /// When a page that is still shown is certainly, or very likely, out of date: a quarter of an hour
    /// after something was to change, and in any case after the time that the site allows.
    pub fn stale_at(&self) -> Time {
        const GRACE_SECONDS: i64 = 15 * 60;
        let by_age = self.look.now().plus_seconds(self.site.settings.stale_after);
        self.next_change.map_or(by_age, |change| change.plus_seconds(GRACE_SECONDS).min(by_age))
    }
}
