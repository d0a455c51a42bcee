//! Where the addresses of a cState site lead in the new one.

use std::collections::{BTreeMap, BTreeSet};

use super::shortcode;
use crate::import::Notes;
use crate::import::markdown::{Rewrite, settle};
use crate::time::Zone;

/// Old addresses and what stands there now.
pub(super) struct CstateLinks {
    /// Where the old site was published, ending in `/`, if it says so.
    base: Option<String>,
    /// From the old path, without slashes at its ends, to the new one.
    targets: BTreeMap<String, String>,
    /// Paths of static files.
    statics: BTreeSet<String>,
    /// The zone of times that name none.
    zone: Zone,
}

impl Default for CstateLinks {
    fn default() -> CstateLinks {
        CstateLinks::new(None, Zone::UTC)
    }
}

impl CstateLinks {
    /// For a site that was published at `base`.
    pub(super) fn new(base: Option<&str>, zone: Zone) -> CstateLinks {
        let base = base.map(|base| format!("{}/", base.trim_end_matches('/')));
        let targets = [("", "/"), ("index.xml", "/history.rss"), ("issues", "/history/")];
        let targets = targets.into_iter().map(|(old, new)| (old.to_owned(), new.to_owned())).collect();
        CstateLinks { base, targets, statics: BTreeSet::new(), zone }
    }

    /// Notes that `old` now stands at `new`. Of two that claim the same address, the first has it.
    pub(super) fn add(&mut self, old: &str, new: &str) {
        self.targets.entry(normal(old)).or_insert_with(|| new.to_owned());
    }

    /// Notes a static file.
    pub(super) fn add_static(&mut self, path: &str) {
        self.statics.insert(path.to_owned());
    }

    /// Markdown of the file at `path` with Hugo's shortcodes, in Candor's dialect. Blanks at both ends go first: Candor
    /// takes them off as well, and what they made code would then be none.
    pub(super) fn convert(&self, text: &str, path: &str, notes: &mut Notes) -> String {
        let (expanded, unknown) = shortcode::expand(text.trim(), self.zone, &|name| self.find(name));
        let (converted, findings) = settle(&expanded, &|target| self.rewrite(target));
        findings.into_iter().for_each(|finding| notes.add(path, None, finding));
        unknown.iter().for_each(|(name, code)| notes.shortcode(path, name, code));
        converted
    }

    fn rewrite(&self, target: &str) -> Rewrite {
        if target.starts_with('#') {
            return Rewrite::Keep;
        }
        if let Some(path) = self.base.as_deref().and_then(|base| target.strip_prefix(base)) {
            return self.find(path).map_or(Rewrite::Keep, Rewrite::To);
        }
        if is_elsewhere(target) {
            return Rewrite::Keep;
        }
        let has_scheme = target.split_once(':').is_some_and(|(before, _)| !before.contains(['/', '?', '#']));
        if has_scheme || target.starts_with("//") {
            return Rewrite::Words;
        }
        self.find(target).or_else(|| self.is_new(target).then(|| target.to_owned())).map_or(Rewrite::Words, Rewrite::To)
    }

    /// Whether a shortcode has been replaced by this path already.
    fn is_new(&self, path: &str) -> bool {
        let end = path.find('#').unwrap_or(path.len());
        self.targets.values().any(|new| *new == path[..end])
    }

    /// The new address of an old path, or of a page that is only named.
    fn find(&self, path: &str) -> Option<String> {
        let (path, fragment) = path.split_at(path.find('#').unwrap_or(path.len()));
        let file = path.trim_start_matches(['.', '/']);
        if self.statics.contains(file) {
            return Some(format!("/{file}"));
        }
        self.targets.get(&normal(path)).map(|new| format!("{new}{fragment}"))
    }
}

/// What a browser may follow out of the site.
fn is_elsewhere(target: &str) -> bool {
    let lower = target.to_ascii_lowercase();
    ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme))
}

/// Hugo's addresses know no case, and may or may not name the index.
fn normal(path: &str) -> String {
    let path = path.trim_start_matches(['.', '/']).trim_end_matches('/');
    let path = path.strip_suffix("index.html").or_else(|| path.strip_suffix(".md")).unwrap_or(path);
    let path = path.trim_end_matches('/');
    path.strip_prefix("content/").unwrap_or(path).to_lowercase().replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_addresses_lead_to_new_ones() {
        let mut links = CstateLinks::new(Some("https://s.example"), Zone::UTC);
        links.add("issues/A b", "/incidents/a-b/");
        links.add_static("img/x.png");
        for (old, new) in [
            ("[x](/issues/a-b/)", "[x](/incidents/a-b/)"),
            ("[x](https://s.example/issues/A-b#why)", "[x](/incidents/a-b/#why)"),
            ("[x]({{< ref \"issues/a b.md\" >}})", "[x](/incidents/a-b/)"),
            ("![x](../img/x.png)", "![x](/img/x.png)"),
            ("[x](https://s.example/gone/)", "[x](https://s.example/gone/)"),
            ("[x](/gone/)", "x (`/gone/`)"),
            ("[x](javascript:y)", "x (`javascript:y`)"),
            ("[x](//evil.example/)", "x (`//evil.example/`)"),
            ("[x](#below)", "[x](#below)"),
        ] {
            assert_eq!(links.convert(old, "a.md", &mut Notes::default()), new, "{old}");
        }
    }
}
