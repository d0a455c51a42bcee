//! What stands around every page of the wiki: head, navigation, foot.

use tera::Context;

use super::{Wiki, WikiPageHead, page};
use crate::render::html::parts::clock;
use crate::theme::Form;

/// What is the same on every page; set once per build.
pub(super) fn globals(wiki: &Wiki) -> Context {
    let settings = &wiki.site.settings;
    let built = clock(&wiki.look, wiki.look.now(), Form::Full);
    let mut context = Context::new();
    context.insert("t", wiki.look.theme.messages.all());
    context.insert("words", &wiki.look.theme.messages.for_script());
    context.insert("brand", brand(wiki));
    // The wiki shows what was written, in whichever language.
    context.insert("foreign", &[""; 0]);
    context.insert("main_language", &settings.language);
    context.insert("language", &settings.language);
    context.insert("style", &wiki.look.style.path);
    context.insert("script", &wiki.look.script.path);
    context.insert("public", &settings.url);
    context.insert("feed", &wiki.site.internal.wiki_url.is_some());
    context.insert("version", &wiki.look.build.version);
    context.insert("own_pages", &page::all(&wiki.site).map(page::link).collect::<Vec<_>>());
    context.insert("built", &wiki.look.html_words.fill("built", &[("time", &built)]));
    context
}

/// What the wiki is called after: the company or product.
pub(super) fn brand(wiki: &Wiki) -> &str {
    let name = &wiki.site.settings.name;
    name.strip_suffix(" Status").unwrap_or(name)
}

/// What differs from page to page.
pub(super) fn insert(context: &mut Context, head: &WikiPageHead) {
    context.insert("root", &head.root());
    context.insert("section", head.folder.split('/').next().unwrap_or_default());
    context.insert("title", &head.title);
}
