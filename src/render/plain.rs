//! Files without a look: headers, sitemap, robots, the build's own record, the theme's assets.

use std::sync::Arc;

use data_encoding::BASE64;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::facts::Facts;
use super::feed::xml_text;
use super::metrics;
use super::routes::text;
use super::telling;
use crate::output::Route;
use crate::view::next_transition;

pub(super) fn routes(facts: &Arc<Facts>) -> Vec<Route> {
    let mut routes = vec![
        text(facts, "_headers", headers),
        text(facts, "robots.txt", robots),
        text(facts, "sitemap.xml", sitemap),
        text(facts, "build.json", build_record),
        text(facts, "metrics", metrics::text),
    ];
    for (name, bytes) in &facts.theme.assets {
        let (path, bytes) = match name.as_str() {
            "style.css" => (facts.style.path.clone(), facts.style.text.clone().into_bytes()),
            "page.js" => (facts.script.path.clone(), facts.script.text.clone().into_bytes()),
            _ => (format!("assets/{name}"), bytes.clone()),
        };
        routes.push(Route::fixed(path, "the theme", bytes.into()));
    }
    routes
}

/// For Netlify and Cloudflare Pages, which read this file; other hosts are told in the README. Both
/// let a page be kept only while they confirm that it is unchanged, so no rule says it again; where
/// two rules match they would join their values.
fn headers(facts: &Facts) -> String {
    const POLLED: [&str; 15] = [
        "api/*",
        "build.json",
        "feed.json",
        "history.rss",
        "history.atom",
        "updates.atom",
        "components/:id/history.rss",
        "components/:id/history.atom",
        "groups/*",
        "maintenance.ics",
        "components/:id/maintenance.ics",
        "badge.svg",
        "badge.json",
        "components/:id/badge.svg",
        "components/:id/badge.json",
    ];
    let polled = |path: &str| {
        format!("/{path}\n  Access-Control-Allow-Origin: *\n  Cache-Control: public, max-age=60, must-revalidate\n")
    };
    // It has no ending by which a host could know what it is.
    let metrics = polled("metrics") + "  Content-Type: text/plain; version=0.0.4; charset=utf-8\n";
    // Their names change with their content.
    let for_ever = [&facts.style, &facts.script]
        .map(|asset| format!("/{}\n  Cache-Control: public, max-age=31536000, immutable\n", asset.path));
    format!(
        "/*\n  Content-Security-Policy: {}\n  X-Content-Type-Options: nosniff\n  X-Frame-Options: DENY\n  \
         Referrer-Policy: no-referrer\n  Permissions-Policy: camera=(), microphone=(), geolocation=()\n\
         {}{}{metrics}",
        policy(facts),
        for_ever.concat(),
        POLLED.map(polled).concat()
    )
}

/// Everything from this host, and the inline style and script of home by their hashes.
fn policy(facts: &Facts) -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64.encode(&Sha256::digest(text)));
    let style = hash(&facts.style.text);
    let script = hash(&facts.script.text);
    format!(
        "default-src 'none'; style-src 'self' {style}; script-src 'self' {script}; img-src 'self' data:; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

fn robots(facts: &Facts) -> String {
    format!("User-agent: *\nAllow: /\nSitemap: {}\n", facts.url("sitemap.xml"))
}

fn sitemap(facts: &Facts) -> String {
    let fixed = ["", "history/", "maintenance/", "uptime/", "subscribe/"].map(|path| (path.to_owned(), None));
    let components = facts.site.components.iter().map(|component| (format!("components/{}/", component.id), None));
    let incidents =
        facts.incidents.iter().map(|seen| (format!("incidents/{}/", seen.incident.id), Some(seen.changed())));
    let maintenance = facts.maintenance.iter().map(|seen| (format!("maintenance/{}/", seen.maintenance.id), None));
    let pages = facts.site.pages.iter().map(|page| (format!("{}/", page.id), None));
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (path, changed) in fixed.into_iter().chain(components).chain(incidents).chain(maintenance).chain(pages) {
        let changed = changed.map(|time| format!("<lastmod>{}</lastmod>", time.rfc3339())).unwrap_or_default();
        text += &format!("<url><loc>{}</loc>{changed}</url>\n", xml_text(&facts.url(&path)));
    }
    text + "</urlset>\n"
}

/// What made this build, for programs that compare builds or plan the next one.
fn build_record(facts: &Facts) -> String {
    let next = next_transition(facts.next_change, facts.site.settings.zone, facts.now());
    let record = json!({
        "candor": facts.build.version,
        "now": facts.now().rfc3339(),
        "input": facts.build.digest,
        "next_transition": next.rfc3339(),
        "outbox": telling::list(facts),
    });
    format!("{record:#}\n")
}
