//! Every page can be reached from home by following links.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::build;
use candor::output::Route;
use candor::source::Source;

#[test]
fn every_page_of_the_sample_site_and_of_its_wiki_is_reached_from_home() {
    let build = build(&Source::read(Path::new(".")).expect("the repository"));
    for routes in [&build.routes, &build.wiki] {
        let pages = pages(routes);
        assert!(pages.len() > 10, "{} pages", pages.len());
        let (mut reached, mut waiting) = (BTreeSet::new(), vec!["index.html".to_owned()]);
        while let Some(path) = waiting.pop() {
            if let Some(links) = pages.get(&path).filter(|_| reached.insert(path.clone())) {
                waiting.extend(links.iter().cloned());
            }
        }
        // A host shows the one where nothing is; the others stay when home no longer names them.
        let is_alone = |path: &String| path == "404.html" || path.starts_with("announcements/");
        let lost = pages.keys().filter(|path| !is_alone(path) && !reached.contains(*path));
        assert_eq!(lost.collect::<Vec<_>>(), Vec::<&String>::new());
    }
}

/// Each page with the paths that it links to.
fn pages(routes: &[Route]) -> BTreeMap<String, Vec<String>> {
    let pages = routes.iter().filter(|route| route.path.ends_with(".html"));
    let with_links = pages.map(|route| {
        let html = String::from_utf8(route.make().expect("a page")).expect("UTF-8");
        let links = html.split("href=\"").skip(1).filter_map(|rest| rest.split(['"', '#', '?']).next());
        (route.path.clone(), links.map(|link| from_root(&route.path, link)).collect())
    });
    with_links.collect()
}

/// Where a link of a page leads, from the root.
fn from_root(page: &str, link: &str) -> String {
    let mut folders: Vec<&str> = page.split('/').collect();
    folders.pop();
    for part in link.split('/') {
        match part {
            ".." => _ = folders.pop(),
            part => folders.push(part),
        }
    }
    folders.join("/")
}
