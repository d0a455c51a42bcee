//! The chapter on the files of a build is written by hand; here it is held to the files of the sample site.

use candor::output::Route;
use candor::source::Source;

use crate::support;

#[test]
fn every_file_of_the_sample_is_in_the_book_and_every_row_is_a_file() {
    let chapter = support::read("docs/src/reference/outputs.md");
    let (public, wiki) = chapter.split_once("\n## The wiki\n").expect("two tables");
    let source = Source::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the sample");
    let build = support::build(&source);
    let is_static = |route: &&Route| support::files(std::path::Path::new("content/static")).contains_key(&route.path);
    assert_described("public site", &paths(build.routes.iter().filter(|route| !is_static(route))), public);
    assert_described("wiki", &paths(build.wiki.iter()), wiki);
}

fn paths<'a>(routes: impl Iterator<Item = &'a Route>) -> Vec<String> {
    routes.map(|route| route.path.clone()).collect()
}

fn assert_described(site: &str, paths: &[String], table: &str) {
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
    let patterns: Vec<&str> = rows.flat_map(|cell| cell.trim_end_matches('`').split("`, `")).collect();
    let described = |path: &String| patterns.iter().any(|pattern| is_such(path, pattern));
    let absent: Vec<&String> = paths.iter().filter(|path| !described(path)).collect();
    let idle: Vec<&&str> = patterns.iter().filter(|pattern| !paths.iter().any(|path| is_such(path, pattern))).collect();
    assert!(absent.is_empty() && idle.is_empty(), "{site}: no row for {absent:#?}, no file such as {idle:#?}");
}

/// Whether a path is as a pattern says, part by part.
fn is_such(path: &str, pattern: &str) -> bool {
    let (path, pattern): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), pattern.split('/').collect());
    path.len() == pattern.len() && path.iter().zip(&pattern).all(|(part, shape)| part_is_such(part, shape))
}

fn part_is_such(part: &str, shape: &str) -> bool {
    let Some((before, after)) = ["YYYY-MM", "HASH", "CODE", "ID"].iter().find_map(|word| shape.split_once(word)) else {
        return part == shape;
    };
    part.len() > before.len() + after.len() && part.starts_with(before) && part.ends_with(after)
}
