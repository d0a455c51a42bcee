//! The wiki's files without a look: headers, robots, the build's own record; and the page for what is
//! not there.

use std::sync::Arc;

use serde_json::json;

use super::postmortem::review;
use super::{Wiki, WikiPageHead, frame, paths};
use crate::output::{Made, Route};
use crate::render::headers::inline_hash;
use crate::render::notification;
use crate::render::routes::{one, text};

pub(super) fn routes(wiki: &Arc<Wiki>) -> Vec<Route> {
    vec![
        text(wiki, "_headers", headers),
        text(wiki, "robots.txt", |_| "User-agent: *\nDisallow: /\n".to_owned()),
        text(wiki, "build.json", build_record),
        one(wiki, "404.html", not_found),
    ]
}

/// For Netlify and Cloudflare Pages, which read this file; other hosts are told in the book. The style of the page for
/// what is not there is inline, and named by its hash.
fn headers(wiki: &Wiki) -> String {
    const KEPT: &str = "  Cache-Control: private, max-age=31536000, immutable\n";
    // Their names change with their content.
    let for_ever =
        [&*wiki.look.style.path, &*wiki.look.script.path, "assets/search.*"].map(|path| format!("/{path}\n{KEPT}"));
    let hash = inline_hash(&wiki.look.style.text);
    format!(
        "/*\n  Content-Security-Policy: default-src 'none'; style-src 'self' {hash}; script-src 'self'; img-src 'self' data:; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  \
         X-Frame-Options: DENY\n  Referrer-Policy: no-referrer\n  X-Robots-Tag: noindex, nofollow\n  \
         Permissions-Policy: camera=(), microphone=(), geolocation=()\n{}",
        for_ever.concat()
    )
}

/// What made this build, for programs that compare builds.
fn build_record(wiki: &Wiki) -> String {
    let record = json!({
        "candor": wiki.look.build.version,
        "now": wiki.look.now().rfc3339(),
        "input": wiki.look.build.digest.hex(),
        "wiki": wiki.site.internal.wiki_url,
        "outbox": notification::record("wiki", &wiki.site.settings.id_base, wiki.look.now(), 0, &review::fingerprints(wiki)),
    });
    format!("{record:#}\n")
}

/// A host shows this page under any address, so its links begin at the root of the host.
fn not_found(wiki: &Wiki) -> Made {
    let url = wiki.site.internal.wiki_url.as_deref().unwrap_or_default();
    let mut context = tera::Context::new();
    frame::insert(&mut context, &WikiPageHead::new("", wiki.look.theme.messages.get("not_found")));
    context.insert("root", &paths::from_host(url));
    context.insert("section", "404");
    // What it loaded would not be found where the wiki stands elsewhere, or on a disk.
    context.insert("inline_style", &wiki.look.style.text);
    wiki.look.theme.render("wiki/404.html", &context).map_err(|fault| vec![*fault])
}
