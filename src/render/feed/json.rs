//! `feed.json`: JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).

use std::sync::Arc;

use serde_json::json;

use super::FeedEntry;
use crate::paths;
use crate::render::facts::Facts;
use crate::render::scope::Scope;

pub(super) fn feed(facts: &Facts, scope: &Scope, entries: &[Arc<FeedEntry>]) -> String {
    let settings = &facts.site.settings;
    let items: Vec<_> = entries
        .iter()
        .map(|entry| {
            json!({
                "id": entry.tag,
                "url": entry.url,
                "title": entry.title,
                "content_html": entry.content,
                "summary": entry.summary,
                "date_published": entry.published.rfc3339(),
                "date_modified": entry.updated.rfc3339(),
            })
        })
        .collect();
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": scope.title(facts),
        "home_page_url": scope.page(facts),
        "feed_url": facts.look.url(&(scope.folder() + paths::FEED_JSON)),
        "language": settings.language,
        "authors": [{ "name": settings.name }],
        "items": items,
    });
    if let Some(description) = scope.description(facts) {
        feed["description"] = description.into();
    }
    if let Some(hub) = &settings.hub {
        feed["hubs"] = json!([{ "type": "WebSub", "url": hub }]);
    }
    format!("{feed:#}\n")
}
