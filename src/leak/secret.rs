//! What must not become public, gathered from the site.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::needle::Needle;
use super::reading::Reading;
use crate::model::{Forbidden, Range, Site, Visibility};

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
        let people = people.flat_map(|name| spellings(name));
        let mut texts: Vec<Secret> = people
            .map(|name| Secret { what: What::Text(Needle::words(&name)), rule: "`privacy.people` names it".to_owned() })
            .collect();
        texts.extend(keys());
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
        texts.extend(entries(site));
        addresses.extend(private_ranges());
        Secrets { texts, addresses }
    }
}

/// A name as it is written, and as addresses, accounts and files have it.
fn spellings(name: &str) -> impl Iterator<Item = String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let joined = [".", "_", "-"].map(|between| words.join(between));
    let is_joined = words.len() > 1;
    std::iter::once(name.to_owned()).chain(joined.into_iter().filter(move |_| is_joined))
}

/// The heads of private keys (RFC 7468, sections 10 and 11, and what OpenSSL, OpenSSH and OpenPGP write).
fn keys() -> impl Iterator<Item = Secret> {
    let kinds =
        ["", "ENCRYPTED ", "RSA ", "EC ", "DSA ", "OPENSSH "].map(|kind| format!("BEGIN {kind}PRIVATE KEY-----"));
    let all = kinds.into_iter().chain(["BEGIN PGP PRIVATE KEY BLOCK-----".to_owned()]);
    all.map(|head| Secret { what: What::Text(Needle::exact(&head)), rule: "a private key".to_owned() })
}

/// Where the company keeps what only it may know: the wiki, and what services link to.
fn links(site: &Site) -> Vec<Secret> {
    let own = link_key(&site.settings.url);
    let mut links = BTreeMap::new();
    let mut add = |url: &Option<String>, rule: String| {
        // What lies above the page itself stands in every link to the page.
        let key = url.as_deref().map(link_key).filter(|key| !own.starts_with(key));
        key.map(|key| links.entry(key).or_insert(rule));
    };
    add(&site.internal.wiki_url, "the address of the wiki".to_owned());
    for (id, card) in &site.services {
        add(&card.runbook, format!("the runbook of `{id}`"));
        add(&card.dashboard, format!("the dashboard of `{id}`"));
        for reading in &card.capacity {
            add(&reading.source, format!("the source of the capacity of `{id}`"));
        }
    }
    for postmortem in &site.postmortems {
        for action in &postmortem.actions {
            add(&action.link, format!("the link of `{}` in `{}`", action.id, postmortem.label));
        }
    }
    links.into_iter().map(|(key, rule)| Secret { what: What::Text(Needle::name(&key)), rule }).collect()
}

/// The host of an address, without a port.
pub(super) fn host_of(url: &str) -> String {
    link_key(url).split(['/', '?', '#', ':']).next().unwrap_or_default().to_owned()
}

/// An address as it is searched for: without scheme, without a slash at its end.
pub(super) fn link_key(url: &str) -> String {
    let key = Reading::key(url);
    let rest = key.strip_prefix("https://").or_else(|| key.strip_prefix("http://")).unwrap_or(&key);
    rest.trim_end_matches('/').to_owned()
}

/// Titles and ids of internal incidents and of postmortems, if they are telling and nothing public has them.
fn entries(site: &Site) -> Vec<Secret> {
    let public = PublicNames::of(site);
    let mut secrets = Vec::new();
    for record in site.incidents.iter().filter(|record| record.visibility == Visibility::Internal) {
        let incident = &record.incident;
        let titles = std::iter::once(&*incident.title).chain(incident.translations.titles());
        let rule = || format!("the title of the internal incident `{}`", incident.id);
        secrets.extend(titles.filter_map(|title| public.title(title, rule())));
        secrets.extend(public.id(&incident.id, &incident.id, "the id of an internal incident"));
    }
    for postmortem in &site.postmortems {
        let rule = format!("the title of the postmortem `{}`", postmortem.label);
        secrets.extend(public.title(&postmortem.title, rule).filter(|_| !postmortem.publish));
        secrets.extend(public.id(&postmortem.id, &postmortem.label, "the id of a postmortem"));
    }
    secrets
}

/// Whether an id is more than an everyday word.
fn is_telling(id: &str) -> bool {
    id.contains('-') && (id.contains(|c: char| c.is_ascii_digit()) || id.len() >= TELLING)
}

/// Titles and ids that are public anyway.
struct PublicNames<'s> {
    written: Vec<(&'s str, &'s str)>,
    /// The titles folded, once there is one to compare with them: most sites have tens of public titles for an internal one.
    titles: OnceCell<BTreeSet<String>>,
    ids: OnceCell<BTreeSet<&'s str>>,
}

impl<'s> PublicNames<'s> {
    fn of(site: &'s Site) -> PublicNames<'s> {
        let incidents = site.incidents.iter().filter(|record| record.visibility == Visibility::Public);
        let incidents = incidents.map(|record| (&*record.incident.title, &*record.incident.id));
        let pages = site.pages.iter().filter(|record| record.audience == Visibility::Public);
        let pages = pages.map(|record| (&*record.page.title, &*record.page.id));
        let maintenance = site.maintenance.iter().map(|one| (&*one.title, &*one.id));
        let announcements = site.announcements.iter().map(|one| (&*one.title, &*one.id));
        let components = site.components.iter().filter(|one| !one.is_hidden).map(|one| (&*one.name, &*one.id));
        let groups = site.groups.iter().map(|one| (&*one.name, &*one.id));
        let entries = incidents.chain(pages).chain(maintenance).chain(announcements);
        let written = entries.chain(components).chain(groups).collect();
        PublicNames { written, titles: OnceCell::new(), ids: OnceCell::new() }
    }

    /// A title to search for, unless a public title is the same or longer.
    fn title(&self, title: &str, rule: String) -> Option<Secret> {
        let folded = Reading::key(title);
        // A public title that contains it tells it already.
        let is_public = || self.titles().iter().any(|public| public.contains(&folded));
        let is_secret = folded.chars().count() >= TELLING && !is_public();
        is_secret.then(|| Secret { what: What::Text(Needle::exact(title)), rule })
    }

    fn titles(&self) -> &BTreeSet<String> {
        self.titles.get_or_init(|| self.written.iter().map(|(title, _)| Reading::key(title)).collect())
    }

    /// An id to search for as it is written, unless something public has it.
    fn id(&self, id: &str, written: &str, rule: &str) -> Option<Secret> {
        let ids = || self.ids.get_or_init(|| self.written.iter().map(|(_, id)| *id).collect());
        let is_secret = is_telling(id) && !ids().contains(id);
        is_secret.then(|| Secret { what: What::Text(Needle::name(written)), rule: rule.to_owned() })
    }
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
