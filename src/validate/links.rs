//! Links between the pages: each must lead to a page of the same site.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use percent_encoding::percent_decode_str;

use super::gathered::{Entries, EntryFiles};
use super::{Entry, Frame, Link};
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};
use crate::markdown::canonical;
use crate::model::{EntryKind, Id, IncidentRecord, PageRecord, Postmortem, SectionKind, Visibility};
use crate::paths;

/// Every path from the root that a link may name, on each of the two sites.
pub(super) struct Targets {
    public: BTreeSet<String>,
    pub(super) wiki: BTreeSet<String>,
    /// What can be meant by a link for customers, and by one of the wiki, in one order, whichever site it is of: the
    /// first of those that are equally near is proposed.
    near: [OnceLock<BTreeSet<String>>; 2],
}

impl Targets {
    /// A file that has faults still counts. `statics` and `internal` are the paths of the static files
    /// of the public site and of the wiki.
    pub(super) fn new(
        frame: Option<&Frame>,
        entries: &Entries,
        files: &EntryFiles,
        statics: &[&str],
        internal: &[&str],
    ) -> Targets {
        let public = || public_paths(frame, entries, files, statics);
        let (public, wiki) = rayon::join(public, || wiki_paths(frame, entries, files, internal));
        Targets { public, wiki, near: Default::default() }
    }

    /// Links that lead nowhere.
    pub(super) fn broken(&self, entries: &Entries) -> Vec<Diagnostic> {
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

    fn near(&self, audience: Visibility) -> &BTreeSet<String> {
        self.near[usize::from(audience == Visibility::Internal)]
            .get_or_init(|| self.of(audience).flatten().map(|path| format!("/{path}")).collect())
    }

    fn collect<T>(&self, entries: &[Entry<T>], broken: &mut Vec<Diagnostic>, audience: fn(&T, &Link) -> Visibility) {
        for entry in entries {
            for link in &entry.links {
                let audience = entry.value.as_ref().map_or(Visibility::Public, |value| audience(value, link));
                if !self.leads_somewhere(link, audience) {
                    let is_told = broken.len() < MOST_SUGGESTED;
                    broken.push(self.fault(entry, link, audience, is_told));
                }
            }
        }
    }

    fn leads_somewhere(&self, link: &Link, audience: Visibility) -> bool {
        let path = canonical(&link.target);
        let is_known = |path: &str| self.of(audience).any(|known| known.contains(path));
        is_known(&path) || is_known(&percent_decode_str(&path).decode_utf8_lossy()) || paths::is_month(&path)
    }

    fn fault<T>(&self, entry: &Entry<T>, link: &Link, audience: Visibility, with_suggestion: bool) -> Diagnostic {
        let written = format!("/{}", link.target);
        let site = if audience == Visibility::Public { "public" } else { "wiki or public" };
        let message = format!("the link `{written}` leads to no {site} page or file");
        let path = canonical(&link.target);
        let near = || did_you_mean(&format!("/{path}"), self.near(audience).iter().map(String::as_str));
        let help = with_suggestion.then(near).flatten();
        let place = entry.document.as_ref().map_or_else(
            || Place::file(&*entry.path),
            |document| document.place_within(link.within.as_ref(), &written, link.nth),
        );
        let fault = Diagnostic::error(Code::BrokenLink, message).at(place);
        fault.help(help.unwrap_or_else(|| "correct the path, or take the link out".to_owned()))
    }
}

/// For so many broken links a similar page is looked for, among all of the site. Nobody reads of more.
const MOST_SUGGESTED: usize = 200;

/// Every path of the public site.
fn public_paths(frame: Option<&Frame>, entries: &Entries, files: &EntryFiles, statics: &[&str]) -> BTreeSet<String> {
    let components = frame.iter().flat_map(|frame| &frame.components).filter(|component| !component.is_hidden);
    let components = components.flat_map(|component| component.aliases.iter().chain([&component.id]));
    let groups = frame.iter().flat_map(|frame| &frame.groups).map(|group| &group.id);
    let mut paths = paths::all(components, groups, public_entries(entries, files));
    paths.extend(former(entries));
    paths.extend(statics.iter().map(|path| (*path).to_owned()));
    paths
}

/// Every path of the wiki.
fn wiki_paths(frame: Option<&Frame>, entries: &Entries, files: &EntryFiles, internal: &[&str]) -> BTreeSet<String> {
    let components = frame.iter().flat_map(|frame| &frame.components).map(|component| &component.id);
    let postmortems = || entries.postmortems.iter().filter_map(|entry| entry.value.as_ref());
    let causes = postmortems().filter_map(|postmortem| postmortem.cause.as_ref());
    let tags = postmortems().flat_map(|postmortem| &postmortem.tags);
    let mut paths = paths::wiki::all(components, wiki_entries(entries, files), causes, tags);
    paths.extend(internal.iter().map(|path| (*path).to_owned()));
    paths
}

/// What stands in an external message that is to be published leads to public pages only.
fn audience_of_link(postmortem: &Postmortem, link: &Link) -> Visibility {
    let message = postmortem.section(SectionKind::ExternalMessage).filter(|_| postmortem.publish);
    let is_told = message.is_some_and(|section| section.body.contains(&format!("/{}", link.target)));
    if is_told { Visibility::Public } else { Visibility::Internal }
}

/// The addresses that public entries had before.
fn former(entries: &Entries) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let incidents = entries.incidents.iter().filter_map(|entry| entry.value.as_ref());
    for record in incidents.filter(|record| record.visibility == Visibility::Public) {
        found.extend(record.incident.former_ids().map(paths::incident));
    }
    for work in entries.maintenance.iter().filter_map(|entry| entry.value.as_ref()) {
        found.extend(work.former_ids().map(paths::maintenance));
    }
    for said in entries.announcements.iter().filter_map(|entry| entry.value.as_ref()) {
        found.extend(said.former_ids().map(paths::announcement));
    }
    let pages = entries.pages.iter().filter_map(|entry| entry.value.as_ref());
    for record in pages.filter(|record| record.audience == Visibility::Public) {
        found.extend(record.page.former_ids().map(paths::own_page));
    }
    found
}

/// What the public site has pages of. Of what has faults it is not known whether it is internal, so it counts.
fn public_entries<'a>(entries: &Entries, files: &'a EntryFiles) -> impl Iterator<Item = (EntryKind, &'a Id)> {
    let incidents = entries
        .incidents
        .iter()
        .filter(|entry| entry.value.as_ref().is_some_and(|record| record.visibility == Visibility::Internal));
    let internal = incidents.map(|entry| &entry.path).chain(internal_pages(entries).map(|entry| &entry.path));
    let internal: BTreeSet<Arc<str>> = internal.cloned().collect();
    let own = files.iter().filter(move |(_, path)| !internal.contains(*path));
    own.map(|((kind, id), _)| (*kind, id))
}

/// What the wiki has pages of.
fn wiki_entries<'a>(entries: &'a Entries, files: &'a EntryFiles) -> impl Iterator<Item = (EntryKind, &'a Id)> {
    let pages = internal_pages(entries).filter_map(|entry| entry.id.as_ref());
    let others = files.keys().filter(|(kind, _)| *kind != EntryKind::Page).map(|(kind, id)| (*kind, id));
    pages.map(|id| (EntryKind::Page, id)).chain(others)
}

fn internal_pages(entries: &Entries) -> impl Iterator<Item = &Entry<PageRecord>> {
    let is_internal = |record: &PageRecord| record.audience == Visibility::Internal;
    entries.pages.iter().filter(move |entry| entry.value.as_ref().is_some_and(is_internal))
}
