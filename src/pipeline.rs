//! The whole program in one function: from the source and the time to routes.
//!
//! Pure: no disk, no clock, no environment. `build`, `serve`, `check` and the tests are its callers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::audience;
use crate::diagnostic::{self, Code, Diagnostic, Place};
use crate::document::Document;
use crate::leak::Guard;
use crate::lint;
use crate::model::{EntryKind, Id, Site};
use crate::output::{self, Route};
use crate::render::{self, Difference, Facts};
use crate::source::Source;
use crate::theme::{Part, Theme};
use crate::time::Time;
use crate::validate::{self, Entries, Entry, Loaded};
use crate::view::Learning;

/// What a build depends on, beside the source.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The present moment of the pages.
    pub now: Time,
    /// When each file of the content was first committed, by its path relative to the site folder;
    /// empty where there is no repository.
    pub committed: BTreeMap<String, Time>,
    /// What is an error here although it usually is a warning or a note.
    pub deny: Vec<Code>,
    /// Whether drafts are shown as if they were finished.
    pub drafts: bool,
}

impl Options {
    /// Everything as by default, at `now`.
    pub fn at(now: Time) -> Options {
        Options { now, committed: BTreeMap::new(), deny: Vec::new(), drafts: false }
    }
}

/// A site, ready to be made file by file.
pub struct Build {
    /// Every file of the public site, sorted by path; empty if there are errors.
    pub routes: Vec<Route>,
    /// Every file of the wiki, sorted by path; empty if there are errors, or if the site has no wiki.
    pub wiki: Vec<Route>,
    /// Faults and advice, sorted by file and line.
    pub diagnostics: Vec<Diagnostic>,
    /// What the content means; none if `site.yaml` cannot be read.
    pub site: Option<Site>,
    /// The file of each entry, by kind and id.
    pub files: BTreeMap<(EntryKind, Id), String>,
    /// When each postmortem was first committed that does not say when it was published, by its id.
    pub committed: BTreeMap<Id, Time>,
    /// What its reports give together; none if there is no site.
    pub learning: Option<Arc<Learning>>,
    /// What the public pages draw on; none if there is no site.
    pub facts: Option<Arc<Facts>>,
    /// The files of the entries that are drafts.
    pub drafts: BTreeSet<String>,
    /// What the wiki's pages draw on; none if there is no wiki.
    pub internal: Option<Arc<render::Wiki>>,
}

const SITE_FILE: &str = "content/site.yaml";
const STATIC: &str = "content/static/";
/// Static files that only the wiki has, such as graphs for postmortems, under `internal/`.
const INTERNAL: &str = "content/internal/";

/// Turns the source into routes and diagnostics.
pub fn build(source: &Source, options: &Options) -> Build {
    let mut diagnostics = source.faults().to_vec();
    let (mut loaded, drafts) = load(source, options);
    diagnostics.append(&mut loaded.faults);
    diagnostics.extend(unexpected_files(source));
    let (mut routes, mut wiki, mut facts, mut internal) = (Vec::new(), Vec::new(), None, None);
    let committed = committed(&loaded, options);
    let learning = loaded.site.as_ref().map(|site| Arc::new(Learning::of(site, options.now)));
    if let (Some(site), Some(learning)) = (&loaded.site, &learning) {
        let open = |kind: EntryKind, id: &Id, check: &mut dyn FnMut(&Document)| {
            if let Some(document) = loaded.files.get(&(kind, id.clone())).and_then(|path| reopen(source, path)) {
                check(&document);
            }
        };
        let site_file = reopen(source, SITE_FILE);
        diagnostics.extend(lint::check(site, learning, site_file.as_ref(), &open, options.now));
        let public = public_facts(source, site, options, &mut diagnostics);
        routes = public_routes(source, site, &public);
        facts = Some(public);
        if has_wiki(site) {
            let (learning, paths) = (Arc::clone(learning), std::mem::take(&mut loaded.wiki_paths));
            let known = render::Known { learning, committed: committed.clone(), paths };
            let facts = wiki_facts(source, site, options, known, &mut diagnostics);
            wiki = wiki_routes(source, &facts);
            internal = Some(facts);
        }
    }
    diagnostics.extend(output::arrange(&mut routes));
    diagnostics.extend(output::arrange(&mut wiki));
    diagnostic::deny(&mut diagnostics, &options.deny);
    diagnostic::sort(&mut diagnostics);
    // What both sites share, such as a theme's fault, is found twice.
    diagnostics.dedup();
    if diagnostic::has_errors(&diagnostics) {
        routes.clear();
        wiki.clear();
    }
    let Loaded { site, files, .. } = loaded;
    Build { routes, wiki, diagnostics, site, files, committed, learning, facts, internal, drafts }
}

/// Reads and validates every content file; with the files that are drafts.
fn load(source: &Source, options: &Options) -> (Loaded, BTreeSet<String>) {
    let (statics, internal) = (&names(source, STATIC, STATIC), &names(source, INTERNAL, "content/"));
    let (frame, mut faults) = match source.get(SITE_FILE) {
        Some(bytes) => validate::site(SITE_FILE, bytes),
        None => (None, vec![no_site_file(source)]),
    };
    let ids: Option<Vec<Id>> =
        frame.as_ref().map(|frame| frame.components.iter().map(|component| component.id.clone()).collect());
    let components = ids.as_deref();
    let mut entries = Entries {
        incidents: each(source, EntryKind::Incident, |path, bytes| validate::incident(path, bytes, components)),
        maintenance: each(source, EntryKind::Maintenance, |path, bytes| validate::maintenance(path, bytes, components)),
        announcements: each(source, EntryKind::Announcement, validate::announcement),
        pages: each(source, EntryKind::Page, validate::page),
        postmortems: each(source, EntryKind::Postmortem, |path, bytes| {
            validate::postmortem(path, bytes, frame.as_ref(), components)
        }),
        templates: each(source, EntryKind::Template, validate::template),
    };
    let (drafts, found) = entries.sort_out_drafts(options.drafts);
    faults.extend(found);
    let mut loaded = validate::assemble(frame, entries, statics, internal);
    // A document finds the places of all its faults in one pass: so each is opened once, not once a fault.
    let mut opened: BTreeMap<&str, Option<Document>> = BTreeMap::new();
    for broken in &loaded.broken {
        let document = opened.entry(&broken.path).or_insert_with(|| reopen(source, &broken.path));
        faults.extend(document.as_ref().map(|document| broken.fault(document)));
    }
    for unplaced in &loaded.unplaced {
        let document = opened.entry(&unplaced.path).or_insert_with(|| reopen(source, &unplaced.path));
        faults.extend(document.as_ref().map(|document| unplaced.fault(document)));
    }
    drop(opened);
    loaded.faults.append(&mut faults);
    (loaded, drafts)
}

/// The files of a folder, by their paths from `root` on.
fn names<'a>(source: &'a Source, folder: &'static str, root: &str) -> Vec<&'a str> {
    source.under(folder).map(|(path, _)| &path[root.len()..]).collect()
}

/// Reads every entry of one kind, side by side.
fn each<T: Send>(source: &Source, kind: EntryKind, read: impl Fn(&str, &[u8]) -> Entry<T> + Sync) -> Vec<Entry<T>> {
    let prefix = format!("content/{}/", kind.folder());
    let files: Vec<_> = source.under(&prefix).filter(|(path, _)| is_entry(path)).collect();
    files.into_par_iter().map(|(path, bytes)| read(path, bytes)).collect()
}

fn is_entry(path: &str) -> bool {
    [".md", ".yaml"].iter().any(|ending| path.ends_with(ending))
}

/// A file that could be read once can be read again; used where a fault wants its place.
fn reopen(source: &Source, path: &str) -> Option<Document> {
    let (path, bytes) = source.entry(path)?;
    Document::read(path, bytes).ok()
}

fn no_site_file(source: &Source) -> Diagnostic {
    let fault = Diagnostic::error(Code::NoSiteFile, "there is no `content/site.yaml`");
    let is_empty = source.under("content/").next().is_none();
    fault.at(Place::file(SITE_FILE)).help(if is_empty {
        "give the folder of a site with `--site DIR`, or make one with `candor new site DIR`"
    } else {
        "write one with at least `name`, `url` and `components`"
    })
}

fn unexpected_files(source: &Source) -> Vec<Diagnostic> {
    let is_expected = |path: &str| {
        let inside = &path["content/".len()..];
        let folder = inside.split('/').next().unwrap_or_default();
        path == SITE_FILE
            || path.starts_with(STATIC)
            || path.starts_with(INTERNAL)
            || (EntryKind::of_folder(folder).is_some() && inside != folder && is_entry(path))
    };
    let files = source.under("content/").filter(|(path, _)| !is_expected(path));
    files.map(|(path, _)| unexpected_file(path)).collect()
}

fn unexpected_file(path: &str) -> Diagnostic {
    let fault = Diagnostic::warning(Code::UnexpectedFile, "Candor does not read this file").at(Place::file(path));
    let folder = path.split('/').nth(1).unwrap_or_default();
    let is_known = EntryKind::of_folder(folder).is_some();
    fault.help(match diagnostic::did_you_mean(folder, EntryKind::ALL.iter().map(|kind| kind.folder())) {
        _ if is_known => "an entry is a `.md` or a `.yaml` file".to_owned(),
        Some(help) => format!("{help} (the folder)"),
        None => "entries are in `incidents`, `maintenance`, `announcements`, `pages`, `postmortems`, `templates`; other files in `static` \
              or, for the wiki alone, in `internal`"
            .to_owned(),
    })
}

/// What the public pages draw on. The wall stands between `site` and that.
fn public_facts(source: &Source, site: &Site, options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Arc<Facts> {
    let settings = &site.settings;
    let (theme, faults) = Theme::load(source, &settings.theme, &settings.language, Part::Public);
    diagnostics.extend(faults);
    Arc::new(render::facts(audience::public(site), theme, about(source, options)))
}

/// The public site's routes. The guard stands between what is rendered and what is published.
fn public_routes(source: &Source, site: &Site, facts: &Arc<Facts>) -> Vec<Route> {
    let mut routes = render::public(facts);
    for (path, bytes) in source.under(STATIC) {
        routes.push(Route::fixed(&path[STATIC.len()..], path, Arc::clone(bytes)));
    }
    Guard::new(site, source).watch(routes)
}

/// What customers would see change from one state of the content to another, each built at the same `now`.
/// Nothing where one of them could not be read.
pub fn differences(old: (&Source, &Build), new: (&Source, &Build)) -> Vec<Difference> {
    let (Some(before), Some(after)) = (&old.1.facts, &new.1.facts) else { return Vec::new() };
    let mut found = render::differences(before, after);
    found.extend(render::changed_files(&published_files(old.0), &published_files(new.0)));
    found
}

/// Static files by their addresses, and the files of themes by their paths, but for those of the wiki.
fn published_files(source: &Source) -> BTreeMap<&str, &[u8]> {
    let statics = source.under(STATIC).map(|(path, bytes)| (&path[STATIC.len() - 1..], &**bytes));
    let themes = source.under("themes/").filter(|(path, _)| !path.split('/').any(|folder| folder == "wiki"));
    statics.chain(themes.map(|(path, bytes)| (path, &**bytes))).collect()
}

/// Whether there is anything that a wiki would be for.
fn has_wiki(site: &Site) -> bool {
    site.internal.wiki_url.is_some() || !site.postmortems.is_empty()
}

/// When each postmortem was first committed that does not say when it was published, by its id.
fn committed(loaded: &Loaded, options: &Options) -> BTreeMap<Id, Time> {
    let reports = loaded.site.iter().flat_map(|site| &site.postmortems);
    let silent = reports.filter(|report| report.published.is_none());
    let time = |id: &Id| options.committed.get(loaded.files.get(&(EntryKind::Postmortem, id.clone()))?).copied();
    silent.filter_map(|report| Some((report.id.clone(), time(&report.id)?))).collect()
}

/// What the wiki's pages draw on.
fn wiki_facts(
    source: &Source,
    site: &Site,
    options: &Options,
    known: render::Known,
    diagnostics: &mut Vec<Diagnostic>,
) -> Arc<render::Wiki> {
    let settings = &site.settings;
    let (theme, faults) = Theme::load(source, &settings.theme, &settings.language, Part::Wiki);
    diagnostics.extend(faults);
    Arc::new(render::Wiki::new(site.clone(), theme, about(source, options), known))
}

/// The wiki's routes. It is a site of its own, published elsewhere.
fn wiki_routes(source: &Source, wiki: &Arc<render::Wiki>) -> Vec<Route> {
    let mut routes = render::wiki(wiki);
    for (path, bytes) in source.under(INTERNAL) {
        routes.push(Route::fixed(&path["content/".len()..], path, Arc::clone(bytes)));
    }
    routes
}

fn about(source: &Source, options: &Options) -> render::Build {
    render::Build {
        now: options.now,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        digest: source.digest(),
        icon: source.get("content/static/favicon.svg").cloned(),
    }
}
