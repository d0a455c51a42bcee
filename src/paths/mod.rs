//! Where everything is on the public site, and in [`wiki`] on the other: what renderers make, templates link to and
//! `validate` lets authors link to. Paths begin at the root of their site, without a `/`; a page is the folder that
//! it is in, with a `/` at its end.

pub mod wiki;

use std::collections::BTreeSet;

use crate::model::{EntryKind, Id};
use crate::time::Date;

/// Home.
pub const HOME: &str = "";
/// The months, and what happened in the last of them.
pub const HISTORY: &str = "history/";
/// Planned work.
pub const MAINTENANCE: &str = "maintenance/";
/// What was announced, also after its end.
pub const ANNOUNCEMENTS: &str = "announcements/";
/// How uptime is counted.
pub const UPTIME: &str = "uptime/";
/// The feeds, and what can be put into other pages.
pub const SUBSCRIBE: &str = "subscribe/";
/// The page that others frame.
pub const EMBED: &str = "embed/";
/// The script that others put into their own pages.
pub const EMBED_SCRIPT: &str = "embed.js";
/// What that script asks for.
pub const EMBED_ANSWER: &str = "embed.json";
/// Figures for Prometheus.
pub const METRICS: &str = "metrics";
/// The intervals behind every percentage.
pub const API_UPTIME: &str = "api/uptime.json";

/// Incidents and maintenance as RSS, beside the page of their scope.
pub const HISTORY_RSS: &str = "history.rss";
/// The same as Atom.
pub const HISTORY_ATOM: &str = "history.atom";
/// The same as JSON Feed.
pub const FEED_JSON: &str = "feed.json";
/// Each update as an entry.
pub const UPDATES_ATOM: &str = "updates.atom";
/// Planned work for calendars.
pub const CALENDAR: &str = "maintenance.ics";
/// The present as a picture.
pub const BADGE_SVG: &str = "badge.svg";
/// The same as an answer for shields.io.
pub const BADGE_JSON: &str = "badge.json";

/// What other sites show beside a link to the site, or to an incident beside whose page it is; where it is wanted.
pub const PICTURE: &str = "picture.png";

/// What the site, each component and each group have. Of a group there is nothing else.
pub const OF_SCOPE: [&str; 7] = [HISTORY_RSS, HISTORY_ATOM, FEED_JSON, UPDATES_ATOM, CALENDAR, BADGE_SVG, BADGE_JSON];

/// Answers of the API about the whole site, by their names below `api/v2/`.
pub const API: [&str; 8] = [
    "summary",
    "status",
    "components",
    "incidents",
    "incidents/unresolved",
    "scheduled-maintenances",
    "scheduled-maintenances/upcoming",
    "scheduled-maintenances/active",
];

/// The page for what is not there.
pub const NOT_FOUND: &str = "404.html";
/// The rules for hosts.
pub const HEADERS: &str = "_headers";
/// The addresses that something had before, for hosts.
pub const REDIRECTS: &str = "_redirects";
/// The rules for search engines.
pub const ROBOTS: &str = "robots.txt";
/// Every page, for search engines.
pub const SITEMAP: &str = "sitemap.xml";
/// What made the build.
pub const BUILD_RECORD: &str = "build.json";

/// What every site has and no text has a reason to link to.
pub const UNLINKED: [&str; 5] = [NOT_FOUND, HEADERS, ROBOTS, SITEMAP, BUILD_RECORD];

/// The pages and files that every site has.
fn fixed() -> impl Iterator<Item = String> {
    let pages = [HOME, HISTORY, MAINTENANCE, ANNOUNCEMENTS, UPTIME, SUBSCRIBE, EMBED];
    let files = [EMBED_SCRIPT, EMBED_ANSWER, METRICS, API_UPTIME];
    let own = pages.into_iter().chain(files).chain(OF_SCOPE).map(str::to_owned);
    own.chain(API.map(api))
}

/// Whether every site has this page, so that no page of its own may be there.
pub fn is_fixed(path: &str) -> bool {
    fixed().any(|fixed| fixed == path)
}

/// The file in which a page is. Links inside pages name it, so that a built site works from a disk.
pub fn file(page: &str) -> String {
    format!("{page}index.html")
}

/// What lies at an address from the root: of a folder its page.
pub fn file_at(address: &str) -> String {
    if address.is_empty() || address.ends_with('/') { file(address) } else { address.to_owned() }
}

/// Whether a file is there once for all languages of a site: a static one, or what programs ask for.
pub fn is_shared(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_own = OF_SCOPE.contains(&name) || name == "index.html" || [EMBED_SCRIPT, EMBED_ANSWER].contains(&path);
    name.contains('.') && !is_own || path == METRICS
}

/// The way to the root of the site at `url` from the root of its host: for a page that a host shows under
/// any address.
pub fn from_host(url: &str) -> String {
    format!("/{}", url.splitn(4, '/').nth(3).unwrap_or_default())
}

/// The way from a folder back to the root.
pub fn root_of(folder: &str) -> String {
    "../".repeat(folder.matches('/').count())
}

/// The page of a component.
pub fn component(id: &Id) -> String {
    format!("components/{id}/")
}

/// The folder of a group's feeds and badges. A group has no page.
pub fn group(id: &Id) -> String {
    format!("groups/{id}/")
}

/// The page of an incident.
pub fn incident(id: &Id) -> String {
    format!("incidents/{id}/")
}

/// The page of planned work.
pub fn maintenance(id: &Id) -> String {
    format!("{MAINTENANCE}{id}/")
}

/// The page of an announcement.
pub fn announcement(id: &Id) -> String {
    format!("{ANNOUNCEMENTS}{id}/")
}

/// A page of the site's own. It is at the root, so that its address is as short as its author wants it.
pub fn own_page(id: &Id) -> String {
    format!("{id}/")
}

/// The public page of an entry, if its kind has one.
pub fn entry(kind: EntryKind, id: &Id) -> Option<String> {
    match kind {
        EntryKind::Announcement => Some(announcement(id)),
        EntryKind::Incident => Some(incident(id)),
        EntryKind::Maintenance => Some(maintenance(id)),
        EntryKind::Page => Some(own_page(id)),
        EntryKind::Postmortem | EntryKind::Template => None,
    }
}

/// The page of the month that begins on this day.
pub fn month(first: Date) -> String {
    format!("{HISTORY}{:04}-{:02}/", first.year(), first.month())
}

/// Whether a path looks like that of a month: which months there are depends on the time of the build.
pub fn is_month(path: &str) -> bool {
    let Some(month) = path.strip_prefix(HISTORY).and_then(|rest| rest.strip_suffix('/')) else { return false };
    let bytes = month.as_bytes();
    bytes.len() == 7 && bytes[4] == b'-' && bytes.iter().enumerate().all(|(i, byte)| i == 4 || byte.is_ascii_digit())
}

/// An answer of the API by its name, such as `status` or `incidents/CODE`.
pub fn api(name: &str) -> String {
    format!("api/v2/{name}.json")
}

/// Everything on the public site that a text may link to, but for months and static files.
pub fn all<'a>(
    components: impl Iterator<Item = &'a Id>,
    groups: impl Iterator<Item = &'a Id>,
    entries: impl Iterator<Item = (EntryKind, &'a Id)>,
) -> BTreeSet<String> {
    let beside = |folder: String| OF_SCOPE.map(|name| format!("{folder}{name}"));
    let components = components.map(component).flat_map(|folder| beside(folder.clone()).into_iter().chain([folder]));
    let groups = groups.map(group).flat_map(beside);
    let entries = entries.filter_map(|(kind, id)| entry(kind, id));
    components.chain(groups).chain(entries).chain(fixed()).collect()
}
