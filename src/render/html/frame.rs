//! What stands around every page: head, navigation, foot.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use data_encoding::BASE64;
use serde::Serialize;
use tera::Context;

use super::lead::colour;
use super::parts::clock;
use super::{PageHead, brand, picture};
use crate::model::ComponentStatus;
use crate::paths;
use crate::render::facts::Facts;
use crate::render::look::PageLanguage;
use crate::render::text::is_right_to_left;
use crate::theme::Form;

/// An icon up to this size, in bytes, stands in the page itself and costs no request.
const LARGEST_INLINE_ICON: usize = 2048;

/// The most that home and the foot of each page link to.
const MOST_PAGES: usize = 8;

#[derive(Serialize)]
struct PageLink<'a> {
    path: String,
    title: &'a str,
}

/// What is the same on every page; set once per build.
pub(crate) fn globals(facts: &Facts) -> Context {
    let settings = &facts.site.settings;
    let (brand, suffix) = match settings.name.rsplit_once(' ') {
        Some((brand, suffix @ ("Status" | "status"))) => (brand, suffix),
        _ => (&*settings.name, ""),
    };
    let pages = facts.site.pages.iter().take(MOST_PAGES);
    let pages: Vec<PageLink<'_>> =
        pages.map(|page| PageLink { path: paths::file(&paths::own_page(&page.id)), title: &page.title }).collect();
    let mut context = Context::new();
    // Texts that are in the main language, which the pages mark.
    let foreign: BTreeMap<&str, bool> = facts.look.untranslated.iter().map(|text| (&**text, true)).collect();
    context.insert("foreign", &foreign);
    context.insert("main_language", &settings.languages[0]);
    context.insert("t", facts.look.theme.messages.all());
    context.insert("words", &facts.look.theme.messages.for_script());
    context.insert("name", &settings.name);
    context.insert("brand", brand);
    context.insert("suffix", suffix);
    context.insert("language", &settings.language);
    context.insert("is_right_to_left", &is_right_to_left(&settings.language));
    context.insert("has_touch_icon", &facts.look.build.has_touch_icon);
    context.insert("pages", &pages);
    context.insert("icon", &icon(facts));
    context.insert("style", &facts.look.style.path);
    context.insert("script", &facts.look.script.path);
    context.insert("inline_style", &facts.look.style.inline_style(&facts.look.files("")));
    brand::globals(facts, &mut context);
    context.insert("inline_script", &facts.look.script.text);
    context.insert("version", &facts.look.build.version);
    context.insert(
        "built",
        &facts.look.html_words.fill("built", &[("time", &clock(&facts.look, facts.look.now(), Form::Full))]),
    );
    context.insert("stale_at", &facts.stale_at().rfc3339_minutes());
    // By these the script knows whether `build.json` speaks of a later page.
    context.insert("build_now", &facts.look.now().rfc3339());
    context.insert("build_next", &facts.next_transition().rfc3339());
    context.insert(
        "stale",
        &facts.look.html_words.fill("stale", &[("time", &clock(&facts.look, facts.look.now(), Form::Full))]),
    );
    context
}

/// The site's icon, or the theme's: in the page itself if it is small, else its path from the root.
fn icon(facts: &Facts) -> String {
    if has_state_icon(facts) {
        return inline_icon(&state_icon(colour(facts)));
    }
    let own = facts.look.build.icon.as_deref().map(|bytes| (bytes, "favicon.svg"));
    let theme = facts.look.theme.assets.get("favicon.svg").map(|bytes| (bytes.as_slice(), "assets/favicon.svg"));
    match own.or(theme) {
        Some((bytes, _)) if bytes.len() <= LARGEST_INLINE_ICON => inline_icon(bytes),
        Some((_, path)) => path.to_owned(),
        None => "data:,".to_owned(),
    }
}

/// Whether the icon tells how the site is: where neither the site nor its theme has one.
fn has_state_icon(facts: &Facts) -> bool {
    facts.look.build.icon.is_none() && facts.look.theme.is_default("favicon.svg")
}

fn inline_icon(svg: &[u8]) -> String {
    format!("data:image/svg+xml;base64,{}", BASE64.encode(svg))
}

/// The icon of pages that tell no state. Made once: most pages of years have it.
static STATELESS_ICON: LazyLock<String> = LazyLock::new(|| inline_icon(&icon_of("#59616a", PULSE)));

/// Its mark, as in the theme's `favicon.svg`.
const PULSE: &str = "<path d='M4.5 17h5.2l3.1-8.2 5.6 15 3.4-9.3 1.3 2.5h4.4' fill='none' stroke='#fff' stroke-width='2.6' \
                     stroke-linecap='round' stroke-linejoin='round'/>";

/// The status of the whole in colour and shape, as everywhere on the pages: white on it reaches 4.5:1.
fn state_icon(status: ComponentStatus) -> Vec<u8> {
    let (colour, shape) = match status {
        ComponentStatus::Operational => ("#17744a", "<circle cx='16' cy='16' r='8'/>"),
        ComponentStatus::DegradedPerformance => {
            ("#8a5a00", "<path d='M16 8a8 8 0 0 1 0 16zM16 6a10 10 0 0 0 0 20v-2.5a7.5 7.5 0 0 1 0-15z'/>")
        }
        ComponentStatus::PartialOutage => ("#b3440a", "<path d='M16 6l11 19H5z'/>"),
        ComponentStatus::MajorOutage => ("#b3201a", "<path d='M8 8h16v16H8z'/>"),
        ComponentStatus::UnderMaintenance => ("#2f55b8", "<path d='M16 5l11 11-11 11L5 16z'/>"),
    };
    icon_of(colour, shape)
}

fn icon_of(colour: &str, shape: &str) -> Vec<u8> {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='7' fill='{colour}'/>\
         <g fill='#fff'>{shape}</g></svg>"
    )
    .into_bytes()
}

/// The same page in one of the languages.
#[derive(Serialize)]
struct LanguageLink<'a> {
    code: &'a str,
    name: &'a str,
    /// From the page.
    href: String,
    url: String,
    is_current: bool,
}

/// The page in each language, the main one first; nothing where there is one alone.
fn language_links<'a>(facts: &'a Facts, folder: &str) -> Vec<LanguageLink<'a>> {
    let languages = facts.look.build.languages.iter().filter(|_| facts.look.build.languages.len() > 1);
    let link = |language: &'a PageLanguage| LanguageLink {
        code: &language.code,
        name: &language.name,
        href: format!("{}{}{}", facts.look.files(folder), language.folder, paths::file(folder)),
        url: facts.look.file_url(&format!("{}{folder}", language.folder)),
        is_current: language.code == facts.site.settings.language,
    };
    languages.map(link).collect()
}

/// What stands in the place of all that tells when and in which state a page was built.
fn insert_settled(facts: &Facts, context: &mut Context) {
    for name in ["built", "build_now", "build_next", "stale", "stale_at"] {
        context.insert(name, "");
    }
    if has_state_icon(facts) {
        context.insert("icon", &*STATELESS_ICON);
    }
}

/// What differs from page to page.
pub(super) fn insert(facts: &Facts, context: &mut Context, head: &PageHead<'_>) {
    let root = paths::root_of(head.folder);
    context.insert("footer", &brand::footer(facts, &root));
    context.insert("root", &root);
    context.insert("files", &facts.look.files(head.folder));
    context.insert("languages", &language_links(facts, head.folder));
    context.insert("canonical", &facts.look.url(head.folder));
    context.insert("section", head.folder.split('/').next().unwrap_or_default());
    context.insert("picture", &picture::url(facts, head.folder));
    context.insert("title", &head.title);
    context.insert("description", &head.description);
    if head.is_settled {
        insert_settled(facts, context);
    }
}
