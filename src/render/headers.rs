//! `_headers`, for Netlify and Cloudflare Pages, which read this file; other hosts are told in the book.
//!
//! Both hosts let a page be kept only while they confirm that it is unchanged, so no rule says that again.
//!
//! # Why every rule is right alone and joined
//!
//! Where two rules match an address, Cloudflare Pages joins the values of a header, and
//! Netlify may send those of the more specific rule alone; Cloudflare's line that takes a header away (`! Name`) is an error at
//! Netlify. So every rule must be right in both ways. `/embed/` is the one page that others may frame: `/*` closes all pages with
//! `X-Frame-Options: DENY` and names no `frame-ancestors`; `/embed/*` has the same policy and `frame-ancestors *`. Joined, both
//! policies hold, and only one speaks of frames; alone, it is whole. A policy that names `frame-ancestors` makes browsers ignore
//! `X-Frame-Options` (HTML Standard, "The `X-Frame-Options` header"). So what no rule names stays closed, pages that do not exist
//! yet among them. `tests/outside/embed.mjs` frames pages in a browser in both ways.

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use super::brand;
use super::facts::Facts;
use crate::content_type;
use crate::paths;

pub(super) fn text(facts: &Facts) -> String {
    // It has no ending by which a host could know what it is.
    let metrics = polled(paths::METRICS) + &format!("  Content-Type: {}\n", content_type::METRICS);
    // Their names change with their content.
    let fonts = brand::fonts(&facts.site.settings.brand, &facts.look.build).into_iter().map(|(path, _)| path);
    let for_ever = [&facts.look.style, &facts.look.script].map(|asset| asset.path.clone()).into_iter().chain(fonts);
    let for_ever = for_ever.map(|path| format!("/{path}\n  Cache-Control: public, max-age=31536000, immutable\n"));
    let rules = format!(
        "/*\n  Content-Security-Policy: {}\n  X-Content-Type-Options: nosniff\n  X-Frame-Options: DENY\n  \
         Referrer-Policy: no-referrer\n  Permissions-Policy: camera=(), microphone=(), geolocation=()\n\
         {}{}{}{}{metrics}{}",
        policy(facts),
        if facts.site.settings.additions.is_hidden { "  X-Robots-Tag: noindex\n" } else { "" },
        embed(facts),
        for_ever.collect::<String>(),
        ["api/*", paths::BUILD_RECORD].map(polled).concat(),
        facts.look.build.languages.iter().map(|language| of_scopes(&language.folder)).collect::<String>()
    );
    rules + &custom(facts)
}

/// The rules of `content/static/_headers`, after our own.
fn custom(facts: &Facts) -> String {
    let bytes = facts.look.build.custom_headers.as_deref();
    bytes.map(|bytes| String::from_utf8_lossy(bytes).trim_end().to_owned() + "\n").unwrap_or_default()
}

/// What programs ask for again and again, from any page.
fn polled(path: &str) -> String {
    format!("/{path}\n  Access-Control-Allow-Origin: *\n  Cache-Control: public, max-age=60, must-revalidate\n")
}

/// Feeds, calendars and badges of everything, of groups and of components, in a language.
fn of_scopes(folder: &str) -> String {
    let each = |name: &str| polled(&format!("{folder}{name}")) + &polled(&format!("{folder}components/:id/{name}"));
    polled(&format!("{folder}groups/*")) + &paths::OF_SCOPE.map(each).concat()
}

/// The one folder that others may frame, and what their pages load. `X-Frame-Options: DENY` holds here too, but
/// browsers must ignore it where a policy names `frame-ancestors`
/// (<https://html.spec.whatwg.org/multipage/document-lifecycle.html#the-x-frame-options-header>). So everything else
/// is closed by default, and this rule opens this folder whether a host joins the two rules or takes one of them.
/// The script keeps its name when it changes, so it is kept for an hour.
fn embed(facts: &Facts) -> String {
    let policy = policy(facts);
    let of_language = |folder: &str| {
        format!(
            "/{folder}embed/*\n  Content-Security-Policy: {policy}; frame-ancestors *\n  X-Robots-Tag: noindex\n{}\
             /{folder}embed.js\n  Access-Control-Allow-Origin: *\n  Cache-Control: public, max-age=3600\n",
            polled(&format!("{folder}{}", paths::EMBED_ANSWER))
        )
    };
    facts.look.build.languages.iter().map(|language| of_language(&language.folder)).collect()
}

/// Everything from this host, which the script asks for `build.json` as well, and what is written into pages by hash: the styles and the scripts of home
/// and of the page that others frame. It must not name `frame-ancestors`: see [`embed`].
fn policy(facts: &Facts) -> String {
    // Home of another language has other ways to the same files.
    let folders = facts.look.build.languages.iter().map(|language| paths::root_of(&language.folder));
    let mut styles: Vec<String> = folders.map(|files| inline_hash(&facts.look.style.inline_style(&files))).collect();
    styles.sort();
    styles.dedup();
    let style = styles.join(" ");
    let scripts = [&*facts.look.script.text, &facts.embed_page_script.text].map(inline_hash).join(" ");
    let embed = inline_hash(&facts.embed_style.text);
    let own: String = facts.look.theme.inline_scripts().map(|text| format!(" {}", inline_hash(text))).collect();
    let font = if facts.look.style.text.contains("@font-face") { "font-src 'self'; " } else { "" };
    let hosts = brand::hosts(&facts.site.settings.additions);
    format!(
        "default-src 'none'; style-src 'self' {style} {embed}; script-src 'self' {scripts}{own}{hosts}; \
         {font}img-src 'self' data:{hosts}; connect-src 'self'{hosts}; base-uri 'none'; form-action 'none'"
    )
}

/// What names an inline style or script in a policy.
pub(super) fn inline_hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(&Sha256::digest(text)))
}
