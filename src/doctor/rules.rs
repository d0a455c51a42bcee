//! What hosts are asked to send: the rules of `_headers`, the types of files; and what pages load.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::content_type;

/// The rules of `_headers` (<https://developers.cloudflare.com/pages/configuration/headers/>), as this program writes them.
#[derive(Default)]
pub(super) struct HeaderRules(Vec<Rule>);

struct Rule {
    /// Without the slash at its beginning.
    pattern: String,
    headers: Vec<(String, String)>,
}

impl HeaderRules {
    pub(super) fn read(text: &str) -> HeaderRules {
        let mut rules: Vec<Rule> = Vec::new();
        for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            if let Some(pattern) = line.strip_prefix('/') {
                rules.push(Rule { pattern: pattern.trim_end().to_owned(), headers: Vec::new() });
            } else if let (Some(rule), Some((name, value))) = (rules.last_mut(), line.trim().split_once(':')) {
                rule.headers.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        HeaderRules(rules)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The headers of an address below that of the site. Of two rules with one header the more special, which stands
    /// later, must do by itself.
    pub(super) fn of(&self, path: &str) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for (name, value) in self.0.iter().filter(|rule| fits(&rule.pattern, path)).flat_map(|rule| &rule.headers) {
            found.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            found.push((name.clone(), value.clone()));
        }
        found
    }
}

/// `*` stands for anything, `:name` for one part of a path.
fn fits(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        Some((before, behind)) if before.contains(':') => {
            let parts = before.matches('/').count();
            let end = path.match_indices('/').nth(parts.saturating_sub(1)).map_or(path.len(), |(at, _)| at + 1);
            fits(before, &path[..end]) && path[end..].ends_with(behind)
        }
        Some((before, behind)) => {
            path.len() >= before.len() + behind.len() && path.starts_with(before) && path.ends_with(behind)
        }
        None => {
            let (patterns, parts): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
            let is_same =
                |(pattern, part): (&&str, &&str)| pattern == part || (pattern.starts_with(':') && !part.is_empty());
            patterns.len() == parts.len() && patterns.iter().zip(&parts).all(is_same)
        }
    }
}

/// The types that a file may be sent as, the right one first; none where any will do.
pub(super) fn types(path: &str) -> Vec<&'static str> {
    let own = content_type::of(path);
    let bare = own.split(';').next().unwrap_or(own);
    let others: &[&str] = match bare {
        "text/html" | "text/css" | "text/calendar" | "image/svg+xml" => &[],
        "text/plain" if own == content_type::METRICS => &[],
        "text/javascript" => &["application/javascript"],
        "application/json" => &["application/feed+json"],
        "application/rss+xml" | "application/atom+xml" => &["application/xml", "text/xml"],
        "application/xml" => &["text/xml"],
        _ => return Vec::new(),
    };
    [&[bare], others].concat()
}

static LOADED: LazyLock<Regex> = LazyLock::new(|| {
    let tags = r#"(?is)<(?:script|img|iframe|source|video|audio|embed)\b[^>]*?\bsrc\s*=\s*["']?(?:https?:)?//(?P<a>[^/"'\s>]+)|<link\b(?P<link>[^>]*)>"#;
    Regex::new(tags).expect("a fixed pattern")
});

static STYLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(?i)\bhref\s*=\s*["']?(?:https?:)?//(?P<b>[^/"'\s>]+)"#).expect("a fixed pattern"));

/// The hosts from which a page loads something by itself, without anybody following a link.
pub(super) fn foreign(html: &str) -> BTreeSet<String> {
    let mut hosts = BTreeSet::new();
    for found in LOADED.captures_iter(html) {
        hosts.extend(found.name("a").map(|host| host.as_str().to_lowercase()));
        let link = found.name("link").map_or("", |link| link.as_str());
        let is_loaded =
            ["stylesheet", "preload", "icon", "preconnect", "modulepreload"].iter().any(|rel| link.contains(rel));
        hosts.extend(STYLE.captures(link).filter(|_| is_loaded).map(|found| found["b"].to_lowercase()));
    }
    hosts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_as_hosts_read_them() {
        for (pattern, path, is) in [
            ("*", "a/b", true),
            ("api/*", "api/v2/x.json", true),
            ("api/*", "apis/x", false),
            ("components/:id/feed.rss", "components/shop/feed.rss", true),
            ("components/:id/feed.rss", "components/a/b/feed.rss", false),
            ("components/:id/*", "components/shop/x/y", true),
            ("build.json", "build.json", true),
        ] {
            assert_eq!(fits(pattern, path), is, "{pattern} {path}");
        }
        let rules = HeaderRules::read("/*\n  A: 1\n  B: 2\n# x\n/embed/*\n  A: 3\n");
        let of = |path: &str| rules.of(path).into_iter().map(|(name, value)| name + &value).collect::<Vec<_>>();
        assert_eq!(
            (rules.len(), of("x"), of("embed/")),
            (2, vec!["A1".into(), "B2".into()], vec!["B2".into(), "A3".into()])
        );
    }

    #[test]
    fn what_a_page_loads_by_itself_is_found_and_links_are_not() {
        let page = "<a href='https://x.example/'>x</a><script async src=\"https://cdn.example/a.js\"></script>\
                    <link rel=stylesheet href=//fonts.example/a.css><link rel=\"alternate\" href=\"https://s.example/feed\">\
                    <img src='assets/a.png'>";
        assert_eq!(foreign(page).into_iter().collect::<Vec<_>>(), ["cdn.example", "fonts.example"]);
    }
}
