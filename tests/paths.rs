//! Holds `paths` to what is made: a path that it names is a route, and a route is a path that it names.

use std::collections::BTreeSet;
use std::path::Path;

use candor::diagnostic::Code;
use candor::model::{EntryKind, Site, Visibility};
use candor::output::Route;
use candor::paths::{self, wiki};
use candor::pipeline::{Content, Options};
use candor::source::Source;
use candor::time::Time;

use crate::support;

fn sample() -> Content {
    Content::load(Source::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the sample site"), false)
}

fn options() -> Options {
    Options::at(Time::parse("2026-11-22T15:31Z").expect("a time"))
}

/// What links name, for each route that `is_left_out` does not leave out.
fn linked(routes: &[Route], is_left_out: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let files = routes.iter().map(|route| &*route.path).filter(|path| !is_left_out(path));
    files.map(|path| path.strip_suffix("index.html").unwrap_or(path).to_owned()).collect()
}

fn is_static(path: &str) -> bool {
    Path::new("content/static").join(path).is_file() || Path::new("content").join(path).is_file()
}

#[test]
fn every_public_route_is_a_known_path_and_every_known_path_a_route() {
    let (content, options) = (sample(), options());
    let moment = content.at(&options);
    let (site, public) = (content.site().expect("a site"), moment.public().expect("a site"));
    let is_one_entry = |path: &str| {
        ["api/v2/incidents/", "api/v2/scheduled-maintenances/"].iter().any(|folder| path.starts_with(folder))
            && !paths::API.iter().any(|name| paths::api(name) == path)
    };
    let is_left_out = |path: &str| {
        let is_unlinked = paths::UNLINKED.contains(&path) || path.starts_with("assets/") || is_static(path);
        is_unlinked || is_one_entry(path) || path.strip_suffix("index.html").is_some_and(paths::is_month)
    };
    let made = linked(&public.routes, is_left_out);
    let components = site.components.iter().map(|component| &component.id);
    let groups = site.groups.iter().map(|group| &group.id);
    assert_eq!(made, paths::all(components, groups, public_entries(site)));
    let months = &public.facts.months;
    assert!(!months.is_empty());
    assert!(months.iter().all(|month| paths::is_month(&paths::month(month.first))));
    assert!(paths::UNLINKED.iter().all(|path| public.routes.iter().any(|route| route.path == *path)));
}

/// What the public site tells of.
fn public_entries(site: &Site) -> impl Iterator<Item = (EntryKind, &candor::model::Id)> {
    let incidents = site.incidents.iter().filter(|record| record.visibility == Visibility::Public);
    let pages = site.pages.iter().filter(|record| record.audience == Visibility::Public);
    let incidents = incidents.map(|record| (EntryKind::Incident, &record.incident.id));
    let maintenance = site.maintenance.iter().map(|work| (EntryKind::Maintenance, &work.id));
    let announcements = site.announcements.iter().map(|notice| (EntryKind::Announcement, &notice.id));
    let pages = pages.map(|record| (EntryKind::Page, &record.page.id));
    incidents.chain(maintenance).chain(announcements).chain(pages)
}

#[test]
fn every_route_of_the_wiki_is_a_known_path_and_every_known_path_a_route() {
    let (content, options) = (sample(), options());
    let moment = content.at(&options);
    let (site, pages) = (content.site().expect("a site"), moment.wiki().expect("a wiki"));
    let is_left_out = |path: &str| wiki::UNLINKED.contains(&path) || path.starts_with("assets/") || is_static(path);
    let made = linked(&pages.routes, is_left_out);
    let components = site.components.iter().map(|component| &component.id);
    let incidents = site.incidents.iter().map(|record| (EntryKind::Incident, &record.incident.id));
    let reports = site.postmortems.iter().map(|report| (EntryKind::Postmortem, &report.id));
    let own = site.pages.iter().filter(|record| record.audience == Visibility::Internal);
    let own = own.map(|record| (EntryKind::Page, &record.page.id));
    let causes = site.postmortems.iter().filter_map(|report| report.cause.as_ref());
    let tags = site.postmortems.iter().flat_map(|report| &report.tags);
    assert_eq!(made, wiki::all(components, incidents.chain(reports).chain(own), causes, tags));
    assert!(wiki::UNLINKED.iter().all(|path| pages.routes.iter().any(|route| route.path == *path)));
}

#[test]
fn a_link_to_a_template_leads_nowhere() {
    let source = Source::from_files([
        ("content/site.yaml", support::SITE),
        ("content/templates/slow.md", "---\ntitle: Slow\nstatus: investigating\n---\nWe look.\n"),
        ("content/pages/help.md", "---\ntitle: Help\n---\nSee [this](/templates/slow/).\n"),
    ]);
    let found = support::diagnostics(&source);
    assert_eq!(found.iter().map(|fault| fault.code).collect::<Vec<_>>(), [Code::BrokenLink], "{found:#?}");
}
