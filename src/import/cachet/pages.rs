//! Lists come in pages; one that was not saved must not go unnoticed.

use std::collections::{BTreeMap, BTreeSet};

use super::kind::ThingKind;
use crate::import::Notes;
use crate::import::object::Object;
use crate::import::things::Things;
use crate::model::is_site_address;

/// The pages of each kind that were seen.
#[derive(Default)]
pub(super) struct Pages(BTreeMap<ThingKind, Seen>);

#[derive(Default)]
struct Seen {
    path: String,
    /// How many there are of the kind, if an answer says so.
    total: i64,
    numbers: BTreeSet<i64>,
    /// The highest page that an answer speaks of.
    last: i64,
}

impl Pages {
    /// Takes note of a page, and of the address of the site.
    pub fn turn(
        &mut self,
        path: &str,
        kind: Option<ThingKind>,
        meta: Option<Object>,
        links: Option<Object>,
        address: &mut Option<String>,
    ) {
        let mut meta = meta.unwrap_or_default();
        let mut pagination = meta.object("pagination").unwrap_or(meta);
        let mut links = links.or_else(|| pagination.object("links")).unwrap_or_default();
        let next = ["next", "next_page"].into_iter().find_map(|key| links.text(key));
        let link = pagination.text("path").or_else(|| links.text("first")).or_else(|| next.clone());
        let base = link.as_deref().and_then(|link| link.split_once("/api/")).map(|(base, _)| format!("{base}/"));
        if address.is_none() {
            *address = base.filter(|base| is_site_address(base));
        }
        // The updates of each incident are a list of their own.
        let Some(kind) = kind.filter(|kind| *kind != ThingKind::Update) else { return };
        let Some(number) = pagination.number("current_page") else { return };
        let last = pagination.number("total_pages").or_else(|| pagination.number("last_page")).unwrap_or(number);
        let seen = self.0.entry(kind).or_default();
        path.clone_into(&mut seen.path);
        seen.numbers.insert(number);
        seen.last = seen.last.max(last).max(number + i64::from(next.is_some()));
        seen.total = seen.total.max(pagination.number("total").unwrap_or_default());
    }

    /// Notes what is missing.
    pub fn report(&self, things: &Things<ThingKind>, notes: &mut Notes) {
        for (kind, seen) in &self.0 {
            let have = things.count(*kind);
            let is_missing = i64::try_from(have).is_ok_and(|have| have < seen.total);
            let last = seen.last.min(9_999);
            let missing: Vec<String> =
                (1..=last).filter(|page| !seen.numbers.contains(page)).map(|page| page.to_string()).take(20).collect();
            if missing.is_empty() && !is_missing {
                continue;
            }
            let total = if seen.total > 0 { format!(" of {}", seen.total) } else { String::new() };
            let pages = if missing.is_empty() { String::new() } else { format!(" (page {})", missing.join(", ")) };
            let message = format!(
                "{have}{total} {} are in the files{pages}; save the others and import again into an empty folder",
                kind.plural()
            );
            notes.add(&seen.path, None, message);
        }
    }
}
