//! Sites at a fixed time, compared file by file with `tests/golden/NAME`: of small ones all files, of the sample one of
//! each kind.
//!
//! `SNAPSHOTS=overwrite cargo test --test candor golden::` takes what is made now; look at the difference
//! before you commit it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use candor::diagnostic::{Code, Diagnostic, Severity};
use candor::output::{Route, publish};
use candor::pipeline::{self, Build, Options};
use candor::source::Source;
use candor::time::Time;
use snapbox::Assert;
use snapbox::Data;

mod frame;

/// The pages that goldens hold with their frame, where a site has them: home, whose style and script stand in the page,
/// the one that is shown anywhere, and those below the root whose frame all others have.
const WITH_FRAME: [&str; 5] = ["index.html", "404.html", REFERENCE, SETTLED, "postmortems/index.html"];

/// The page of a public site to whose frame the others are held.
const REFERENCE: &str = "history/index.html";

/// The same for pages that do not say when they were built, since nothing but a new word can change them; where a site has it.
const SETTLED: &str = "how-we-report/index.html";

/// What is held of the sample: of each kind a file or a few that differ in kind, such as an incident that is open.
const SAMPLE: &str = "
    index.html  404.html  history/index.html  history/2026-11/index.html  maintenance/index.html  uptime/index.html
    subscribe/index.html  how-we-report/index.html  embed/index.html  embed.json  favicon.svg
    incidents/2026-11-22-checkout-payments/index.html
    incidents/2026-04-11-checkout-unavailable/index.html
    incidents/2026-07-02-duplicate-invoice-email/index.html
    maintenance/2026-11-22-sandbox-refresh/index.html
    maintenance/2026-11-25-archive-database-upgrade/index.html
    announcements/index.html  announcements/2026-holiday-shipping-dates/index.html
    components/checkout/index.html  components/checkout/badge.json  components/checkout/badge.svg
    components/checkout/feed.json  components/checkout/history.atom  components/checkout/history.rss
    components/checkout/maintenance.ics  components/checkout/updates.atom  components/sandbox/index.html
    api/v2/status.json  api/v2/summary.json  api/v2/components.json  api/v2/incidents.json
    api/v2/incidents/unresolved.json  api/v2/incidents/6gmwgqtorvei.json  api/v2/scheduled-maintenances.json
    api/v2/scheduled-maintenances/active.json  api/v2/scheduled-maintenances/upcoming.json
    api/v2/scheduled-maintenances/w7b1e1qappmg.json  api/uptime.json
    badge.json  badge.svg  feed.json  history.atom  history.rss  updates.atom  maintenance.ics  metrics
    build.json  sitemap.xml  robots.txt  _headers  .candor-manifest
";

/// What is held of the wiki of the sample.
const SAMPLE_WIKI: &str = "
    index.html  404.html  postmortems/index.html  postmortems/pm-2025-001/index.html  incidents/index.html
    incidents/2025-11-27-carrier-feed-holiday/index.html  components/index.html  components/api/index.html
    causes/index.html  causes/batch-crowds-out-live/index.html  actions/index.html  review/index.html
    metrics/index.html  invest/index.html  years-ago/index.html  tags/index.html  tags/address-check/index.html
    search/index.html  postmortems.atom  build.json  robots.txt  _headers  .candor-manifest
";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_sample_site_is_as_it_was() {
    let build = build(&root(), "2026-11-22T15:31Z");
    let files = framed(read(&without_fault("northwind", &build)), REFERENCE);
    compare(&listed(files, SAMPLE), &root().join("tests/golden/northwind"));
}

#[test]
fn the_wiki_of_the_sample_site_is_as_it_was() {
    let build = build(&root(), "2026-11-22T15:31Z");
    assert!(!build.wiki.is_empty(), "{:#?}", build.diagnostics);
    let files = framed(read(&twice("northwind-wiki", &build.wiki)), "postmortems/index.html");
    compare(&listed(files, SAMPLE_WIKI), &root().join("tests/golden/northwind-wiki"));
}

#[test]
fn a_site_with_one_component_and_nothing_else_is_as_it_was() {
    hold("minimal", "2026-11-22T15:31Z");
}

#[test]
fn a_site_with_its_own_zone_language_theme_and_odd_characters_is_as_it_was() {
    hold("copenhagen", "2026-03-29T04:30+02:00");
}

/// Holds every file of a site of `tests/sites`.
fn hold(name: &str, now: &str) {
    let build = build(&root().join("tests/sites").join(name), now);
    let files = framed(read(&without_fault(name, &build)), REFERENCE);
    compare(&files, &root().join("tests/golden").join(name));
}

/// Publishes a site that has no fault.
fn without_fault(name: &str, build: &Build) -> PathBuf {
    // Advice to authors of reports, and what time alone brings, are no faults of the site.
    let is_advice = |d: &Diagnostic| {
        let in_report = d.place.as_ref().is_some_and(|place| place.path.starts_with("content/postmortems/"));
        d.severity != Severity::Error
            && (in_report
                || [
                    Code::RawHtml,
                    Code::PostmortemOverdue,
                    Code::CapacityStale,
                    Code::MessagesDiffer,
                    Code::WordingOff,
                ]
                .contains(&d.code))
    };
    let faults: Vec<_> = build.diagnostics.iter().filter(|d| !is_advice(d)).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    twice(name, &build.routes)
}

fn build(site: &Path, now: &str) -> Build {
    pipeline::build(&Source::read(site).unwrap(), &Options::at(Time::parse(now).unwrap()))
}

/// Publishes the same routes twice: the second time nothing is written.
fn twice(name: &str, routes: &[Route]) -> PathBuf {
    let folder = tempfolder(name);
    let first = publish(routes, &folder).unwrap();
    assert_eq!(first.written, first.files);
    let second = publish(routes, &folder).unwrap();
    assert_eq!((second.written, second.removed), (0, 0), "a second build rewrites nothing");
    folder
}

/// Marks instead of the frame on all pages but a few. Before, each page is held to have the frame of `reference`.
fn framed(mut files: BTreeMap<String, String>, reference: &str) -> BTreeMap<String, String> {
    let of_site = |path: &str| frame::part(path, &files[path]).expect("a page with a frame").frame;
    let is_settled = |text: &str| text.contains("data-built=\"\"");
    let any_settled = files.iter().find(|(_, text)| is_settled(text)).map(|(path, _)| &**path);
    let settled = Some(SETTLED).filter(|path| files.contains_key(*path)).or(any_settled).map(of_site);
    let lively = of_site(reference);
    for (path, text) in files.iter_mut().filter(|(path, _)| path.ends_with(".html")) {
        if let Some(page) = frame::part(path, text).filter(|_| !WITH_FRAME.contains(&&**path)) {
            let of_site = settled.as_ref().filter(|_| is_settled(text)).unwrap_or(&lively);
            Assert::new().eq(Data::text(page.frame).raw(), Data::text(of_site.clone()).raw());
            *text = page.own;
        }
    }
    files
}

/// The files of a list. Each is there, and no kind of file is missing in the list.
fn listed(files: BTreeMap<String, String>, list: &str) -> BTreeMap<String, String> {
    let list: BTreeSet<&str> = list.split_whitespace().collect();
    let lost: Vec<_> = list.iter().filter(|path| !files.contains_key(**path)).collect();
    assert!(lost.is_empty(), "listed, but not made: {lost:#?}");
    let kinds: BTreeSet<String> = list.iter().map(|path| kind(path)).collect();
    let unheld: Vec<_> = files.keys().filter(|path| !kinds.contains(&kind(path))).collect();
    assert!(unheld.is_empty(), "no file of this kind is listed: {unheld:#?}");
    files.into_iter().filter(|(path, _)| list.contains(&**path)).collect()
}

/// What a file has in common with others that are made in the same way: its path without the id of what it is about.
fn kind(path: &str) -> String {
    // A group has the files of a component, and the pages that a site writes itself are like each other.
    let path = path.replace("groups/", "components/").replace("how-we-report/", "support/");
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
    let is_code = |name: &str| name.len() == 12 && name.chars().all(|c| c.is_ascii_alphanumeric());
    match (folder.split_once('/'), file.split_once('.')) {
        (Some(("api", _)), Some((name, _))) if is_code(name) => format!("{folder}/CODE.json"),
        (Some(("api", _)), _) | (None, _) => path,
        (Some((kind, _)), _) => format!("{kind}/ID/{file}"),
    }
}

fn tempfolder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("golden-{name}"));
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    folder
}

/// Every file of a folder, by path, with what changes from release to release taken out.
fn read(folder: &Path) -> BTreeMap<String, String> {
    let files =
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let files = files.map(|entry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        (neutral(&path), neutral(&String::from_utf8(fs::read(entry.path()).unwrap()).unwrap()))
    });
    // The theme's own files are not the site's: they stand in `themes/`.
    files.filter(|(path, _)| !path.starts_with("assets/") && path != "embed.js").collect()
}

/// Without version, fingerprints, hashes, and the style and script themselves.
fn neutral(text: &str) -> String {
    let text = text.replace(&format!("Candor {}", env!("CARGO_PKG_VERSION")), "Candor [VERSION]");
    let text = text.replace(&format!("\"{}\"", env!("CARGO_PKG_VERSION")), "\"[VERSION]\"");
    let text = between(&text, "<style>", "</style>", "[STYLE]");
    let text = between(&text, "\n<script>", "</script>", "[SCRIPT]");
    let text = between(&text, "'sha256-", "'", "[HASH]");
    let text = between(&text, "\"input\": \"", "\"", "[DIGEST]");
    let text = between(&text, "assets/style.", ".css", "[HASH]");
    let text = between(&text, "assets/page.", ".js", "[HASH]");
    // The words of the sample site change with every report.
    let text = between(&text, "assets/search.", "/&quot;", "[HASH]");
    between(&text, "&quot;shards&quot;:&quot;", "&quot;", "[SHARDS]")
}

/// Replaces whatever stands between two marks.
fn between(text: &str, before: &str, after: &str, with: &str) -> String {
    let mut parts = text.split(before);
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        out += before;
        match part.split_once(after) {
            Some((_, rest)) => out += &format!("{with}{after}{rest}"),
            None => out += part,
        }
    }
    out
}

fn compare(actual: &BTreeMap<String, String>, golden: &Path) {
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        return overwrite(actual, golden);
    }
    let expected = read(golden);
    let (made, wanted): (Vec<_>, Vec<_>) = (actual.keys().collect(), expected.keys().collect());
    assert_eq!(format!("{made:#?}"), format!("{wanted:#?}"), "other files than in {}", golden.display());
    let differences: Vec<String> = actual
        .iter()
        .filter_map(|(path, text)| {
            let wanted = Data::text(expected[path].clone()).raw();
            Assert::new()
                .try_eq(Some(path), Data::text((*text).clone()).raw(), wanted)
                .err()
                .map(|error| error.to_string())
        })
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn overwrite(actual: &BTreeMap<String, String>, golden: &Path) {
    if golden.exists() {
        fs::remove_dir_all(golden).unwrap();
    }
    for (path, text) in actual {
        let target = golden.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::File::create(target).and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes())).unwrap();
    }
}
