//! Whole sites at a fixed time, compared file by file with `tests/golden/NAME`.
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

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_sample_site_is_as_it_was() {
    hold("northwind", &root(), "2026-11-22T15:31Z");
}

#[test]
fn the_wiki_of_the_sample_site_is_as_it_was() {
    let build = build(&root(), "2026-11-22T15:31Z");
    assert!(!build.wiki.is_empty(), "{:#?}", build.diagnostics);
    let folder = twice("northwind-wiki", &build.wiki);
    compare(&one_of_each_kind(read(&folder)), &root().join("tests/golden/northwind-wiki"));
}

#[test]
fn a_site_with_one_component_and_nothing_else_is_as_it_was() {
    hold("minimal", &root().join("tests/sites/minimal"), "2026-11-22T15:31Z");
}

#[test]
fn a_site_with_its_own_zone_language_theme_and_odd_characters_is_as_it_was() {
    hold("copenhagen", &root().join("tests/sites/copenhagen"), "2026-03-29T04:30+02:00");
}

/// Builds the site twice into one folder and compares it with what is expected.
fn hold(name: &str, site: &Path, now: &str) {
    let build = build(site, now);
    // Advice to authors of reports, and what time alone brings, are no faults of the site.
    let is_advice = |d: &Diagnostic| {
        let in_report = d.place.as_ref().is_some_and(|place| place.path.starts_with("content/postmortems/"));
        d.severity != Severity::Error && (in_report || [Code::RawHtml, Code::PostmortemOverdue].contains(&d.code))
    };
    let faults: Vec<_> = build.diagnostics.iter().filter(|d| !is_advice(d)).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let folder = twice(name, &build.routes);
    compare(&read(&folder), &root().join("tests/golden").join(name));
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

/// Without all but the first of the pages below a folder: they have the same template.
fn one_of_each_kind(files: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut kinds = BTreeSet::new();
    let mut is_wanted = |path: &str| match path.strip_suffix("/index.html").and_then(|folder| folder.split_once('/')) {
        Some((kind, _)) => kinds.insert(kind.to_owned()),
        None => true,
    };
    files.into_iter().filter(|(path, _)| is_wanted(path)).collect()
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
    files.collect()
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
    // The theme's own files are not the site's: they stand in `themes/`.
    let actual: BTreeMap<_, _> =
        actual.iter().filter(|(path, _)| !path.starts_with("assets/") && *path != "embed.js").collect();
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        return overwrite(&actual, golden);
    }
    let expected = read(golden);
    let (made, wanted): (Vec<_>, Vec<_>) = (actual.keys().collect(), expected.keys().collect());
    assert_eq!(format!("{made:#?}"), format!("{wanted:#?}"), "other files than in {}", golden.display());
    let differences: Vec<String> = actual
        .iter()
        .filter_map(|(path, text)| {
            let wanted = Data::text(expected[*path].clone()).raw();
            Assert::new()
                .try_eq(Some(path), Data::text((*text).clone()).raw(), wanted)
                .err()
                .map(|error| error.to_string())
        })
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn overwrite(actual: &BTreeMap<&String, &String>, golden: &Path) {
    if golden.exists() {
        fs::remove_dir_all(golden).unwrap();
    }
    for (path, text) in actual {
        let target = golden.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::File::create(target).and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes())).unwrap();
    }
}
