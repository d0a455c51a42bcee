//! The site's own pages, how to subscribe, and the page for what is not there.

use serde::Serialize;

use super::parts::{Style, excerpt, html};
use super::{PageHead, brand, frame, render};
use crate::model::Id;
use crate::output::Made;
use crate::paths;
use crate::render::facts::Facts;
use crate::render::feed::ENTRIES;
use crate::render::text::escape;

#[derive(Serialize)]
struct TextPage<'a> {
    title: &'a str,
    body: String,
}

pub(super) fn page(facts: &Facts, index: usize) -> Made {
    let page = &facts.site.pages[index];
    let text = TextPage { title: &page.title, body: html(&facts.look, &page.body, Style { root: "../", heading: 2 }) };
    let folder = paths::own_page(&page.id);
    render(
        facts,
        "page.html",
        &PageHead::new(&folder, page.title.clone(), excerpt(&page.body, 200)).settled(true),
        &text,
    )
}

#[derive(Serialize)]
struct Subscribe<'a> {
    /// That of the site, ending in `/`.
    url: &'a str,
    uses: Vec<Use<'a>>,
    /// Where to get the updates by e-mail.
    email: Option<&'a str>,
    note: String,
    feeds: Vec<Feed<'a>>,
    groups: Vec<FollowedPart>,
    components: Vec<FollowedPart>,
    snippets: Vec<Snippet<'a>>,
}

/// What a reader follows the page with.
#[derive(Serialize)]
struct Use<'a> {
    name: &'a str,
    /// What it wants the address of.
    file: &'static str,
    how: &'a str,
}

/// What others copy into their own pages.
#[derive(Serialize)]
struct Snippet<'a> {
    id: &'static str,
    name: &'a str,
    text: String,
    code: String,
    /// Where it can be seen.
    path: Option<&'static str>,
}

/// What can be followed by itself.
#[derive(Serialize)]
struct FollowedPart {
    name: String,
    /// The folder of its feeds.
    folder: String,
}

#[derive(Serialize)]
struct Feed<'a> {
    name: &'a str,
    path: &'static str,
    url: String,
    text: String,
}

pub(super) fn subscribe(facts: &Facts) -> Made {
    let messages = &facts.look.theme.messages;
    let feed = |name, path, key| Feed { name, path, url: facts.look.url(path), text: messages.get(key).to_owned() };
    let follow = |name, file, how| Use { name, file, how: messages.get(how) };
    let groups = facts.overview.groups.iter().filter_map(|state| state.group.as_ref());
    let page = Subscribe {
        url: &facts.site.settings.url,
        uses: vec![
            follow("Slack", paths::HISTORY_RSS, "subscribe_how_slack"),
            follow("Microsoft Teams", paths::HISTORY_RSS, "subscribe_how_teams"),
            follow(messages.get("subscribe_reader"), paths::HISTORY_ATOM, "subscribe_how_reader"),
            follow(messages.get("subscribe_calendars"), paths::CALENDAR, "subscribe_how_calendar"),
        ],
        email: facts.site.settings.email.as_deref(),
        note: messages.fill("subscribe_note", &[("n", &ENTRIES.to_string())]),
        feeds: vec![
            feed("RSS", paths::HISTORY_RSS, "subscribe_rss"),
            feed("Atom", paths::HISTORY_ATOM, "subscribe_atom"),
            feed(messages.get("updates"), paths::UPDATES_ATOM, "subscribe_updates"),
            feed("JSON Feed", paths::FEED_JSON, "subscribe_json"),
            feed("iCalendar", paths::CALENDAR, "subscribe_calendar"),
        ],
        groups: parts(paths::group, groups.map(|group| (&group.id, &group.name))),
        components: parts(paths::component, facts.present().map(|component| (&component.id, &component.name))),
        snippets: snippets(facts),
    };
    let (title, description) = (messages.get("subscribe").to_owned(), messages.get("subscribe_intro").to_owned());
    render(facts, "subscribe.html", &PageHead::new(paths::SUBSCRIBE, title, description), &page)
}

fn snippets(facts: &Facts) -> Vec<Snippet<'_>> {
    let messages = &facts.look.theme.messages;
    let (url, name) = (&facts.site.settings.url, escape(&facts.site.settings.name));
    let ids: Vec<&str> = facts.present().take(2).map(|component| &*component.id).collect();
    let script = format!("<script async src=\"{url}embed.js\" data-components=\"{}\"></script>", ids.join(","));
    let frame =
        format!("<iframe src=\"{url}embed/\" title=\"{name}\" width=\"320\" height=\"220\" loading=\"lazy\"></iframe>");
    let badge = format!("<a href=\"{url}\"><img src=\"{url}badge.svg\" alt=\"{name}\" height=\"20\"></a>");
    let snippet = |id, key: &'static str, text, code, path| Snippet { id, name: messages.get(key), text, code, path };
    let text = |key| messages.fill(key, &[("url", url)]);
    vec![
        snippet("banner", "embed_script", text("embed_script_text"), script, None),
        snippet("frame", "embed_frame", text("embed_frame_text"), frame, Some("embed/index.html")),
        snippet("badge", "embed_badge", text("embed_badge_text"), badge, Some("badge.svg")),
    ]
}

fn parts<'a>(folder: fn(&Id) -> String, things: impl Iterator<Item = (&'a Id, &'a String)>) -> Vec<FollowedPart> {
    things.map(|(id, name)| FollowedPart { name: name.clone(), folder: folder(id) }).collect()
}

/// A host shows this page under any address, so its links begin at the root of the host.
pub(super) fn not_found(facts: &Facts) -> Made {
    let mut context = tera::Context::new();
    let title = facts.look.theme.messages.get("not_found").to_owned();
    let description = facts.look.theme.messages.get("not_found_text").to_owned();
    frame::insert(facts, &mut context, &PageHead::new("", title, description).settled(true));
    let root = paths::from_host(&facts.site.settings.url);
    context.insert("footer", &brand::footer(facts, &root));
    context.insert("root", &root);
    context.insert("files", &root[..root.len() - facts.site.settings.folder.len()]);
    context.insert("languages", &[(); 0]);
    context.insert("section", "404");
    facts.look.theme.render("404.html", &context).map_err(|fault| vec![*fault])
}
