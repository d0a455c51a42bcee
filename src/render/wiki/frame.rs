//! What stands around every page of the wiki: head, navigation, foot.

use tera::Context;

use super::{Head, Wiki, page};
use crate::render::html::parts::clock;
use crate::theme::Form;

/// What is the same on every page; set once per build.
pub(super) fn globals(wiki: &Wiki) -> Context {
    let settings = &wiki.settings;
    let brand = settings.name.strip_suffix(" Status").unwrap_or(&settings.name);
    let built = clock(wiki, wiki.now(), Form::Full);
    let mut context = Context::new();
    context.insert("t", wiki.theme.messages.all());
    context.insert("brand", brand);
    context.insert("language", &settings.language);
    context.insert("style", &wiki.style.path);
    context.insert("script", &wiki.script.path);
    context.insert("public", &settings.url);
    context.insert("feed", &wiki.site.internal.wiki_url.is_some());
    context.insert("version", &wiki.build.version);
    context.insert("own_pages", &page::all(&wiki.site).map(page::link).collect::<Vec<_>>());
    context.insert("built", &wiki.theme.messages.fill("built", &[("time", &built)]));
    context
}

/// What differs from page to page.
pub(super) fn insert(context: &mut Context, head: &Head) {
    context.insert("root", &head.root());
    context.insert("section", head.folder.split('/').next().unwrap_or_default());
    context.insert("title", &head.title);
}
