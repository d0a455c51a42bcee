//! What must not become public, gathered from the site.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::needle::Needle;
use super::reading::Reading;
use crate::model::{Forbidden, Id, IncidentRecord, Range, Site, Visibility};

/// Texts shorter than this are too common to be a secret of their own: titles, and ids in words.
const TELLING: usize = 12;

/// One thing to search for, and the words for why.
pub(super) struct Secret {
    pub(super) what: What,
    /// Such as "`privacy.people` names it", for the message.
    pub(super) rule: String,
}

/// How a secret is recognised.
pub(super) enum What {
    /// By its text.
    Text(Needle),
    /// Whole names of hosts, and what else a pattern with `*` matches.
    Names(Forbidden),
}

/// A range of addresses, and the words for why.
pub(super) struct Addresses {
    pub(super) range: Range,
    pub(super) rule: String,
}

/// Everything to search for.
pub(super) struct Secrets {
    pub(super) texts: Vec<Secret>,
    /// Those of the settings first, so that they are the reason that is given.
    pub(super) addresses: Vec<Addresses>,
}

impl Secrets {
    pub(super) fn of(site: &Site) -> Secrets {
        let people = site.internal.private_people.iter();
        let mut texts: Vec<Secret> = people
            .map(|name| Secret { what: What::Text(Needle::words(name)), rule: "`privacy.people` names it".to_owned() })
            .collect();
        let mut addresses = Vec::new();
        for pattern in &site.internal.private_patterns {
            let rule = format!("`privacy.forbid` has `{}`", pattern.written);
            match &pattern.meaning {
                Forbidden::Range(range) => addresses.push(Addresses { range: *range, rule }),
                Forbidden::Text(text) => texts.push(Secret { what: What::Text(Needle::words(text)), rule }),
                names => texts.push(Secret { what: What::Names(names.clone()), rule }),
            }
        }
        texts.extend(links(site));
        texts.extend(incidents(site));
        addresses.extend(private_ranges());
        Secrets { texts, addresses }
    }
}

/// Where the company keeps what only it may know: the wiki, and what services link to.
fn links(site: &Site) -> Vec<Secret> {
    let mut links = Vec::new();
    let mut add = |url: &Option<String>, rule: String| {
        let key = url.as_deref().map(link_key).filter(|key| !link_key(&site.settings.url).starts_with(key));
        links.extend(key.map(|key| Secret { what: What::Text(Needle::name(&key)), rule }));
    };
    add(&site.internal.wiki_url, "the address of the wiki".to_owned());
    for (id, card) in &site.services {
        add(&card.runbook, format!("the runbook of `{id}`"));
        add(&card.dashboard, format!("the dashboard of `{id}`"));
        let source = card.capacity.as_ref().and_then(|capacity| capacity.source.clone());
        add(&source, format!("the source of the capacity of `{id}`"));
    }
    links
}

/// An address as it is searched for: without scheme, without a slash at its end.
pub(super) fn link_key(url: &str) -> String {
    let key = Reading::key(url);
    let rest = key.strip_prefix("https://").or_else(|| key.strip_prefix("http://")).unwrap_or(&key);
    rest.trim_end_matches('/').to_owned()
}

/// Titles and ids of internal incidents, if they are telling and nothing public has the same.
fn incidents(site: &Site) -> Vec<Secret> {
    let is_internal = |record: &&IncidentRecord| record.visibility == Visibility::Internal;
    let (titles, ids) = public_names(site);
    let mut secrets = Vec::new();
    for record in site.incidents.iter().filter(is_internal) {
        let incident = &record.incident;
        let folded = Reading::key(&incident.title);
        if folded.chars().count() >= TELLING && !titles.contains(&folded) {
            let what = What::Text(Needle::exact(&incident.title));
            secrets.push(Secret { what, rule: format!("the title of the internal incident `{}`", incident.id) });
        }
        if is_telling(&incident.id) && !ids.contains(&*incident.id) {
            secrets.push(Secret {
                what: What::Text(Needle::name(&incident.id)),
                rule: "the id of an internal incident".to_owned(),
            });
        }
    }
    secrets
}

/// Whether an id is more than an everyday word.
fn is_telling(id: &str) -> bool {
    id.contains('-') && (id.contains(|c: char| c.is_ascii_digit()) || id.len() >= TELLING)
}

/// Titles and ids that are public anyway.
fn public_names(site: &Site) -> (BTreeSet<String>, BTreeSet<&str>) {
    let incidents = site.incidents.iter().filter(|record| record.visibility == Visibility::Public);
    let incidents = incidents.map(|record| (&*record.incident.title, &record.incident.id));
    let pages = site.pages.iter().filter(|record| record.audience == Visibility::Public);
    let pages = pages.map(|record| (&*record.page.title, &record.page.id));
    let maintenance = site.maintenance.iter().map(|one| (&*one.title, &one.id));
    let announcements = site.announcements.iter().map(|one| (&*one.title, &one.id));
    let components = site.components.iter().map(|one| (&*one.name, &one.id));
    let groups = site.groups.iter().map(|one| (&*one.name, &one.id));
    let all: Vec<(&str, &Id)> =
        incidents.chain(pages).chain(maintenance).chain(announcements).chain(components).chain(groups).collect();
    (all.iter().map(|(title, _)| Reading::key(title)).collect(), all.into_iter().map(|(_, id)| &**id).collect())
}

/// Addresses that mean something inside a network only (RFC 1918, 3927, 6598, 4193, 4291). Loopback is the
/// same everywhere and tells nothing.
fn private_ranges() -> Vec<Addresses> {
    let four = [
        ([10, 0, 0, 0], 8),
        ([172, 16, 0, 0], 12),
        ([192, 168, 0, 0], 16),
        ([169, 254, 0, 0], 16),
        ([100, 64, 0, 0], 10),
    ];
    let six = [(0xfc00, 7), (0xfe80, 10)];
    let four = four.map(|(octets, bits)| (IpAddr::V4(Ipv4Addr::from(octets)), bits));
    let six = six.map(|(first, bits)| (IpAddr::V6(Ipv6Addr::new(first, 0, 0, 0, 0, 0, 0, 0)), bits));
    let ranges = four.into_iter().chain(six).map(|(address, bits)| Range { address, bits });
    ranges.map(|range| Addresses { range, rule: "a private address".to_owned() }).collect()
}
