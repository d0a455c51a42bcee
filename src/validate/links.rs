//! Links between the pages: each must lead to a page of the same site.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use super::assemble::Entries;
use super::{Entry, Frame, Link};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::document::Document;
use crate::markdown::canonical;
use crate::model::{EntryKind, Id, IncidentRecord, PageRecord, Postmortem, SectionKind, Visibility};

/// A link to a page that does not exist.
pub struct Broken {
    /// The file it stands in.
    pub path: String,
    link: Link,
    audience: Visibility,
    help: Option<String>,
}

impl Broken {
    /// The fault, with its place in the file's document.
    pub fn fault(&self, document: &Document<'_>) -> Diagnostic {
        let written = format!("/{}", self.link.target);
        let place = document.place_within(self.link.within.as_ref(), &written, self.link.nth);
        let site = if self.audience == Visibility::Public { "public" } else { "wiki or public" };
        let message = format!("the link `{written}` leads to no {site} page or file");
        let fault = Diagnostic::error(Code::BrokenLink, message);
        fault.at(place).help(self.help.clone().unwrap_or_else(|| "correct the path, or take the link out".to_owned()))
    }
}

/// The pages, feeds and answers that every site has.
pub(super) const FIXED: [&str; 25] = [
    "",
    "history/",
    "maintenance/",
    "uptime/",
    "subscribe/",
    "embed/",
    "embed.js",
    "embed.json",
    "history.rss",
    "history.atom",
    "feed.json",
    "updates.atom",
    "metrics",
    "maintenance.ics",
    "badge.svg",
    "badge.json",
    "api/uptime.json",
    "api/v2/summary.json",
    "api/v2/status.json",
    "api/v2/components.json",
    "api/v2/incidents.json",
    "api/v2/incidents/unresolved.json",
    "api/v2/scheduled-maintenances.json",
    "api/v2/scheduled-maintenances/upcoming.json",
    "api/v2/scheduled-maintenances/active.json",
];

/// The pages that every wiki has.
const FIXED_WIKI: [&str; 13] = [
    "",
    "postmortems/",
    "incidents/",
    "components/",
    "causes/",
    "actions/",
    "review/",
    "metrics/",
    "invest/",
    "tags/",
    "search/",
    "years-ago/",
    "postmortems.atom",
];

/// The page of a component and the files beside it.
const OF_COMPONENT: [&str; 8] =
    ["", "maintenance.ics", "badge.svg", "badge.json", "history.rss", "history.atom", "feed.json", "updates.atom"];

/// What a group has; a page it has not.
const OF_GROUP: [&str; 7] =
    ["maintenance.ics", "badge.svg", "badge.json", "history.rss", "history.atom", "feed.json", "updates.atom"];

/// Every path from the root that a link may name, on each of the two sites.
pub(super) struct Targets {
    public: BTreeSet<String>,
    pub(super) wiki: BTreeSet<String>,
}

impl Targets {
    /// A file that has faults still counts. `statics` and `internal` are the paths of the static files
    /// of the public site and of the wiki.
    pub(super) fn new(
        frame: Option<&Frame>,
        entries: &Entries,
        files: &BTreeMap<(EntryKind, Id), String>,
        statics: &[&str],
        internal: &[&str],
    ) -> Targets {
        let public = public_targets(frame, entries, files, statics);
        let pages = entries.pages.iter().filter_map(|entry| entry.value.as_ref());
        let pages = pages.filter(|record| record.audience == Visibility::Internal);
        let pages = pages.map(|record| format!("{}/", record.page.id));
        let of_both = files.keys().filter(|(kind, _)| matches!(kind, EntryKind::Incident | EntryKind::Postmortem));
        let of_both = of_both.map(|(kind, id)| format!("{}/{id}/", kind.folder()));
        let components = frame.iter().flat_map(|frame| &frame.components);
        let components = components.map(|component| format!("components/{}/", component.id));
        let postmortems = || entries.postmortems.iter().filter_map(|entry| entry.value.as_ref());
        let causes = postmortems().filter_map(|report| report.cause.as_ref()).map(|cause| format!("causes/{cause}/"));
        let tags = postmortems().flat_map(|report| &report.tags).map(|tag| format!("tags/{tag}/"));
        let fixed = FIXED_WIKI.iter().chain(internal).map(|path| (*path).to_owned());
        let own = pages.chain(of_both).chain(components);
        Targets { public, wiki: own.chain(causes).chain(tags).chain(fixed).collect() }
    }

    /// Links that lead nowhere.
    pub(super) fn broken(&self, entries: &Entries) -> Vec<Broken> {
        let mut broken = Vec::new();
        self.collect(&entries.incidents, &mut broken, |record: &IncidentRecord, _| record.visibility);
        self.collect(&entries.maintenance, &mut broken, |_, _| Visibility::Public);
        self.collect(&entries.announcements, &mut broken, |_, _| Visibility::Public);
        self.collect(&entries.pages, &mut broken, |record: &PageRecord, _| record.audience);
        self.collect(&entries.postmortems, &mut broken, audience_of_link);
        broken
    }

    /// What a link may lead to. The wiki shows what is not its own on the public site.
    fn of(&self, audience: Visibility) -> impl Iterator<Item = &BTreeSet<String>> {
        let is_internal = audience == Visibility::Internal;
        std::iter::once(&self.public).chain(is_internal.then_some(&self.wiki))
    }

    fn collect<T>(&self, entries: &[Entry<T>], broken: &mut Vec<Broken>, audience: fn(&T, &Link) -> Visibility) {
        for entry in entries {
            for link in &entry.links {
                let audience = entry.value.as_ref().map_or(Visibility::Public, |value| audience(value, link));
                let path = canonical(&link.target);
                let is_known = |path: &str| self.of(audience).any(|known| known.contains(path));
                if !is_known(&path) && !is_known(&percent_decode_str(&path).decode_utf8_lossy()) && !is_month(&path) {
                    let help = meant(&path, self.of(audience).flatten());
                    broken.push(Broken { path: entry.path.clone(), link: link.clone(), audience, help });
                }
            }
        }
    }
}

/// What stands in an external message that is to be published leads to public pages only.
fn audience_of_link(report: &Postmortem, link: &Link) -> Visibility {
    let message = report.section(SectionKind::ExternalMessage).filter(|_| report.publish);
    let is_told = message.is_some_and(|section| section.body.contains(&format!("/{}", link.target)));
    if is_told { Visibility::Public } else { Visibility::Internal }
}

fn public_targets(
    frame: Option<&Frame>,
    entries: &Entries,
    files: &BTreeMap<(EntryKind, Id), String>,
    statics: &[&str],
) -> BTreeSet<String> {
    let components = frame.iter().flat_map(|frame| &frame.components);
    let components = components
        .flat_map(|component| OF_COMPONENT.iter().map(move |file| format!("components/{}/{file}", component.id)));
    let groups = frame.iter().flat_map(|frame| &frame.groups);
    let groups = groups.flat_map(|group| OF_GROUP.iter().map(move |file| format!("groups/{}/{file}", group.id)));
    let internal_incidents = entries.incidents.iter().filter_map(|entry| {
        entry.value.as_ref().filter(|record| record.visibility == Visibility::Internal).map(|_| &*entry.path)
    });
    let internal_pages = entries.pages.iter().filter_map(|entry| {
        entry.value.as_ref().filter(|record| record.audience == Visibility::Internal).map(|_| &*entry.path)
    });
    let internal: BTreeSet<&str> = internal_incidents.chain(internal_pages).collect();
    let own =
        files.iter().filter(|((kind, _), path)| *kind != EntryKind::Postmortem && !internal.contains(path.as_str()));
    let own = own.map(|((kind, id), _)| match kind {
        EntryKind::Page => format!("{id}/"),
        kind => format!("{}/{id}/", kind.folder()),
    });
    let fixed = FIXED.iter().chain(statics).map(|path| (*path).to_owned());
    components.chain(groups).chain(own).chain(fixed).collect()
}

fn meant<'a>(path: &str, known: impl Iterator<Item = &'a String>) -> Option<String> {
    // In one order, whichever site they are of: the first of those that are equally near is meant.
    let known: BTreeSet<String> = known.map(|path| format!("/{path}")).collect();
    did_you_mean(&format!("/{path}"), known.iter().map(String::as_str))
}

/// `history/2026-03/`: which months exist depends on the time of the build.
fn is_month(path: &str) -> bool {
    let Some(month) = path.strip_prefix("history/").and_then(|rest| rest.strip_suffix('/')) else { return false };
    let bytes = month.as_bytes();
    bytes.len() == 7 && bytes[4] == b'-' && bytes.iter().enumerate().all(|(i, byte)| i == 4 || byte.is_ascii_digit())
}
