//! Files without a look: sitemap, robots, the build's own record, the theme's assets.

use std::sync::Arc;

use serde_json::json;

use super::facts::Facts;
use super::routes::text;
use super::text::xml_text;
use super::{brand, headers, metrics, notification};
use crate::output::Route;
use crate::paths;

pub(super) fn routes(facts: &Arc<Facts>) -> Vec<Route> {
    let mut routes = vec![
        text(facts, paths::HEADERS, headers::text),
        text(facts, paths::ROBOTS, robots),
        text(facts, paths::SITEMAP, sitemap),
        text(facts, paths::BUILD_RECORD, build_record),
        text(facts, paths::METRICS, metrics::text),
    ];
    for (name, bytes) in &facts.look.theme.assets {
        let (path, bytes) = match name.as_str() {
            "style.css" => (facts.look.style.path.clone(), facts.look.style.text.clone().into_bytes()),
            "page.js" => (facts.look.script.path.clone(), facts.look.script.text.clone().into_bytes()),
            // These are in `page.js`; the other two are published by `embed`.
            "bars.js" | "lists.js" | "embed.css" | "embed.js" => continue,
            _ => (format!("assets/{name}"), bytes.clone()),
        };
        routes.push(Route::fixed(path, "the theme", bytes.into()));
    }
    for (path, bytes) in brand::fonts(&facts.site.settings.brand, &facts.look.build) {
        routes.push(Route::fixed(path, "`brand.fonts`", bytes));
    }
    routes
}

fn robots(facts: &Facts) -> String {
    format!("User-agent: *\nAllow: /\nSitemap: {}\n", facts.look.url(paths::SITEMAP))
}

fn sitemap(facts: &Facts) -> String {
    let fixed = [paths::HOME, paths::HISTORY, paths::MAINTENANCE, paths::UPTIME, paths::SUBSCRIBE];
    let announcements = facts
        .site
        .announcements
        .iter()
        .map(|announcement| (paths::announcement(&announcement.id), Some(announcement.from)));
    let archive = (!facts.site.announcements.is_empty()).then(|| (paths::ANNOUNCEMENTS.to_owned(), None));
    let fixed = fixed.map(|path| (path.to_owned(), None)).into_iter().chain(archive);
    let components = facts.site.components.iter().map(|component| (paths::component(&component.id), None));
    let incidents =
        facts.incidents.iter().map(|snapshot| (paths::incident(&snapshot.incident.id), Some(snapshot.changed())));
    let maintenance = facts.maintenance.iter().map(|snapshot| (paths::maintenance(&snapshot.maintenance.id), None));
    let pages = facts.site.pages.iter().map(|page| (paths::own_page(&page.id), None));
    let paths = fixed.chain(components).chain(incidents).chain(maintenance).chain(announcements).chain(pages);
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (path, changed) in paths {
        let changed = changed.map(|time| format!("<lastmod>{}</lastmod>", time.rfc3339())).unwrap_or_default();
        for language in &facts.look.build.languages {
            let url = facts.look.url(&format!("{}{path}", language.folder));
            text += &format!("<url><loc>{}</loc>{changed}</url>\n", xml_text(&url));
        }
    }
    text + "</urlset>\n"
}

/// What made this build, for programs that compare builds or plan the next one.
fn build_record(facts: &Facts) -> String {
    let mut record = json!({
        "candor": facts.look.build.version,
        "now": facts.look.now().rfc3339(),
        "input": facts.look.build.digest.hex(),
        "next_transition": facts.next_transition().rfc3339(),
        "outbox": notification::list(facts),
    });
    // Only where a commit was asked for: what is built of a folder may be anything.
    if let Some(commit) = &facts.look.build.commit {
        record["commit"] = json!(commit);
    }
    format!("{record:#}\n")
}
