//! `.upptimerc.yml`: the sites, and what the page says of itself. The other settings are about checks and
//! messages, and may hold secrets: they are named, and never copied.

use super::history::History;
use super::{Files, Site};
use crate::document::{Document, Node, Step};
use crate::import::Notes;
use crate::import::front::{Front, child, open, scalar};
use crate::import::history::draft::SiteSettings;
use crate::import::markdown::plain_line;
use crate::import::page::Unused;
use crate::model::{Id, is_site_address};

/// Names that the settings may have, the best one first.
pub(super) const FILES: [&str; 2] = [".upptimerc.yml", ".upptimerc.yaml"];

/// Keys whose meaning is brought over.
const TAKEN: [&str; 4] = ["owner", "repo", "sites", "status-website"];

/// Keys of `status-website` whose meaning is brought over.
const TAKEN_OF_PAGE: [&str; 5] = ["cname", "name", "introTitle", "introMessage", "baseUrl"];

/// What the settings say.
#[derive(Default)]
pub(super) struct UpptimeConfig {
    /// The file, if there is one.
    pub path: Option<String>,
    pub sites: Vec<Site>,
    pub settings: SiteSettings,
}

impl UpptimeConfig {
    /// Reads the settings of a repository.
    pub(super) fn read(files: &Files, history: &History, notes: &mut Notes, unused: &mut Unused) -> UpptimeConfig {
        let mut config = UpptimeConfig::default();
        let Some((path, bytes)) = FILES.iter().find_map(|name| files.get_key_value(*name)) else { return config };
        config.path = Some(path.clone());
        config.settings.path.clone_from(path);
        let Some(document) = open(path, bytes, notes) else { return config };
        match Front::of(&document) {
            Some(front) => config.take(&document, &front, history, notes, unused),
            None => notes.add(path, None, "the settings are no mapping of keys to values; not imported"),
        }
        config
    }

    fn take(
        &mut self,
        document: &Document,
        front: &Front<'_>,
        history: &History,
        notes: &mut Notes,
        unused: &mut Unused,
    ) {
        let path = self.settings.path.clone();
        for twice in front.repeated() {
            // What the page tells is kept; settings of checks may hold secrets.
            match twice.within.as_deref().unwrap_or(&twice.key) {
                "status-website" => twice.keep(&path, 0, notes),
                _ => notes.add(&path, twice.line, twice.message()),
            }
        }
        for (key, _) in front.entries().iter().filter(|(key, _)| !TAKEN.contains(&key.as_str())) {
            notes.add(&path, front.line(key), format!("the setting `{key}` has no place here; not carried over"));
        }
        let nothing = Node::Null;
        let page = front.get("status-website").unwrap_or(&nothing);
        self.take_page(front, page, notes);
        if let Node::Map(entries) = page {
            for (key, _) in entries.iter().filter(|(key, _)| !TAKEN_OF_PAGE.contains(&key.as_str())) {
                let place = document.place(&vec![Step::Key("status-website".into()), Step::KeyItself(key.clone(), 0)]);
                let message = format!("the setting `status-website.{key}` has no place here; not carried over");
                notes.add(&path, place.line, message);
            }
        }
        if let Some(Node::List(sites)) = front.get("sites") {
            sites.iter().for_each(|site| self.take_site(site, history, notes, unused));
        }
    }

    /// Without a domain of its own, a page stands where GitHub publishes its repository.
    fn take_page(&mut self, front: &Front<'_>, page: &Node, notes: &mut Notes) {
        let text = |key: &str| child(page, key).and_then(scalar);
        let (owner, repo) = (front.text("owner"), front.text("repo"));
        self.settings.name = text("name").or_else(|| repo.clone());
        let intro = [text("introTitle"), text("introMessage")];
        let intro: Vec<String> = intro.into_iter().flatten().map(|text| plain_line(&text)).collect();
        self.settings.description = Some(intro.join(": ")).filter(|text| !text.is_empty());
        let own = text("cname").map(|domain| format!("https://{domain}/"));
        let github = owner.zip(repo).map(|(owner, repo)| {
            let host = format!("{}.github.io", owner.to_lowercase());
            if repo.eq_ignore_ascii_case(&host) {
                format!("https://{host}/")
            } else {
                format!("https://{host}/{repo}/")
            }
        });
        let is_own = own.is_some();
        self.settings.url = own.or(github).filter(|url| is_site_address(url));
        if let Some(url) = self.settings.url.as_ref().filter(|_| !is_own) {
            let message = format!("there is no `cname`; the page was taken to stand at `{url}`");
            notes.add(&self.settings.path, front.line("status-website"), message);
        }
    }

    fn take_site(&mut self, site: &Node, history: &History, notes: &mut Notes, unused: &mut Unused) {
        let text = |key: &str| child(site, key).and_then(scalar);
        let Some(name) = text("name").or_else(|| text("url")) else {
            return notes.add(&self.settings.path, None, "a site without name and address; not imported");
        };
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let slug = text("slug").or_else(|| history.slug_of(&name)).or_else(|| slug(&name));
        let slug = slug.unwrap_or_else(|| name.clone());
        if let Node::Map(entries) = site {
            let rest = entries.iter().filter(|(key, _)| !["name", "url", "slug"].contains(&key.as_str()));
            rest.for_each(|(key, _)| unused.one("sites", key));
        }
        if let Some(url) = text("url") {
            self.settings.kept.push(format!("Upptime: {slug} is the site {url}"));
        }
        self.sites.push(Site { slug, name, path: self.settings.path.clone() });
    }
}

/// What Upptime makes of a name: words apart where small letters meet capitals.
fn slug(name: &str) -> Option<String> {
    Id::slug(&decamelised(&name.replace('&', " and "))).map(|id| id.to_string())
}

/// `fooBar` as `foo Bar` and `IPv6` as `I Pv6`; capitals before an `s` are a plural.
pub(super) fn decamelised(name: &str) -> String {
    let mut out = String::new();
    let mut letters = name.chars().peekable();
    let mut before = ' ';
    while let Some(c) = letters.next() {
        let begins_word =
            letters.peek().is_some_and(|next| next.is_ascii_digit() || (next.is_lowercase() && *next != 's'));
        let follows_small = before.is_lowercase() || before.is_ascii_digit();
        if c.is_uppercase() && (follows_small || (before.is_uppercase() && begins_word)) {
            out.push(' ');
        }
        out.push(c);
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_slugs_as_upptime_makes_them() {
        for (name, expected) in [
            ("Hacker News", "hacker-news"),
            ("IPv6 test", "i-pv6-test"),
            ("fooBar", "foo-bar"),
            ("KiPanel 2", "ki-panel-2"),
            ("Track & Trace", "track-and-trace"),
        ] {
            assert_eq!(slug(name).as_deref(), Some(expected), "{name}");
        }
    }
}
