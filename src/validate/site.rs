//! `site.yaml`: settings, groups, components.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::address::address;
use super::frame::Frame;
use super::languages::{self, Languages, descriptions, titles};
use super::{alert, brand, privacy, suggestion, title, word, written_id};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::document::{At, ComponentDoc, Document, GroupDoc, ProviderDoc, SiteDoc};
use crate::model::{
    ApiEntries, Capacity, Component, CountedMaintenance, Group, Id, Impact, InternalSettings, MaintenanceIndicator,
    Provider, ServiceCard, Settings, Severity, Translations, Vocabulary,
};
use crate::time::{Date, Zone};

const DAY: i64 = 86_400;

/// Worst first.
const USUAL_SEVERITIES: [&str; 4] = ["SEV1", "SEV2", "SEV3", "SEV4"];

/// Seconds from the resolution, by the rank of the severity (PagerDuty's incident response guide).
const USUAL_ACTIONS_DUE: [(usize, i64); 2] = [(0, 15 * DAY), (1, 30 * DAY)];

/// What reading `site.yaml` gave.
#[derive(Clone, Default)]
pub struct SiteFile {
    /// What it means; absent when something essential is missing.
    pub frame: Option<Frame>,
    /// What is wrong with it.
    pub faults: Vec<Diagnostic>,
    /// As it was written; absent when it could not be read.
    pub document: Option<Arc<Document>>,
}

/// Reads `site.yaml`. Components that are wrong themselves are left out of the frame, so that
/// entries which name them are not reported as well.
pub fn site(path: &str, bytes: &[u8]) -> SiteFile {
    match Document::read(path, bytes) {
        Ok(document) => {
            let frame = frame(&document, SiteDoc::read(&document));
            SiteFile { frame, faults: document.take_faults(), document: Some(Arc::new(document)) }
        }
        Err(faults) => SiteFile { faults, ..SiteFile::default() },
    }
}

fn frame(document: &Document, mut doc: SiteDoc) -> Option<Frame> {
    let written = doc.components.take();
    if let Some(At { value, path }) = &written
        && value.is_empty()
    {
        let fault = Diagnostic::error(Code::EmptyList, "a status page needs at least one component");
        document.report(fault.at(document.place(path)).help("add one: `- { id: website, name: Website }`"));
    }
    let languages = languages::languages(document, &doc);
    let spoken: Languages<'_> = Some(&languages);
    let mut groups = doc.groups.take().map(|groups| declared_groups(document, groups, spoken));
    let are_declared = groups.is_some();
    let groups = groups.get_or_insert_default();
    let mut components: Vec<Component> = Vec::new();
    let mut aliases: Vec<At<String>> = Vec::new();
    let mut services = BTreeMap::new();
    for doc in written.map(|written| written.value).unwrap_or_default() {
        let id = doc.id.clone();
        let former = doc.aliases.clone();
        let Some((component, card)) = component(document, doc, groups, are_declared, spoken) else { continue };
        if components.iter().any(|earlier| earlier.id == component.id) {
            id.iter().for_each(|id| report_repeated(document, "component", id));
            continue;
        }
        services.insert(component.id.clone(), card);
        aliases.extend(former);
        components.push(component);
    }
    check_aliases(document, &aliases, &mut components);
    let ids: Vec<Id> = components.iter().map(|component| component.id.clone()).collect();
    let alerts = alert::rules(document, std::mem::take(&mut doc.alerts), &ids);
    let internal = InternalSettings { alerts, ..internal(document, &doc) };
    let files = brand::files(document, &doc);
    let settings = settings(document, doc, languages)?;
    Some(Frame { settings, internal, groups: std::mem::take(groups), components, services, files })
}

fn settings(document: &Document, mut doc: SiteDoc, languages: Vec<String>) -> Option<Settings> {
    let brand = brand::brand(document, &mut doc.brand, &languages);
    let additions = brand::additions(document, &doc);
    let zone = doc.timezone.as_ref().map_or(Some(Zone::UTC), |name| zone(document, name));
    let maintenance_indicator = word(document, doc.maintenance_indicator.as_ref(), Code::UnknownWord, "indicator");
    let api_entries = word(document, doc.api_entries.as_ref(), Code::UnknownWord, "value");
    let counted_maintenance = word(document, doc.counted_maintenance.as_ref(), Code::UnknownWord, "value");
    let hub = doc.hub.as_ref().and_then(|url| address(document, url));
    let email = doc.email.as_ref().and_then(|url| address(document, url));
    let (name, mut translations) = titles(document, doc.name, "name", Some(&languages));
    let closed = |url: String| if url.ends_with('/') { url } else { url + "/" };
    let url = doc.url.as_ref().and_then(|url| base(document, url)).map(closed);
    let id_base = doc.id_base.as_ref().and_then(|url| base(document, url)).map(closed);
    let description = descriptions(document, doc.description, Some(&languages), &mut translations);
    let name = name?;
    Some(Settings {
        description: description.unwrap_or_else(|| format!("Status and incident history of {name}")),
        translations,
        name,
        id_base: id_base.or_else(|| url.clone())?,
        url: url?,
        zone: zone?,
        language: languages[0].clone(),
        languages,
        folder: String::new(),
        theme: doc.theme.map_or_else(|| "default".to_owned(), |theme| theme.value),
        stale_after: doc.stale_after.unwrap_or(DAY),
        maintenance_indicator: maintenance_indicator.unwrap_or(MaintenanceIndicator::Maintenance),
        api_entries: api_entries.unwrap_or(ApiEntries::All),
        is_host_bounded: doc.host_bounds.unwrap_or(true),
        counted_maintenance: counted_maintenance.unwrap_or(CountedMaintenance::None),
        hub,
        email,
        brand,
        additions,
    })
}

fn zone(document: &Document, name: &At<String>) -> Option<Zone> {
    let zone = Zone::named(&name.value);
    if zone.is_none() {
        let fault = Diagnostic::error(Code::UnknownTimezone, format!("unknown time zone `{}`", name.value));
        let help = did_you_mean(&name.value, Zone::names())
            .unwrap_or_else(|| "write a name of the IANA database, such as `Europe/Copenhagen`".to_owned());
        document.report(fault.at(document.place(&name.path)).help(help));
    }
    zone
}

/// A URL below which every page has its own.
fn base(document: &Document, url: &At<String>) -> Option<String> {
    let address = address(document, url)?;
    if !address.contains(['?', '#']) {
        return Some(address);
    }
    let fault = Diagnostic::error(Code::InvalidUrl, format!("`{address}` has no pages below it"));
    document.report(fault.at(document.place(&url.path)).help("end it before the `?` or `#`"));
    None
}

fn internal(document: &Document, doc: &SiteDoc) -> InternalSettings {
    let texts = |list: &[At<String>]| list.iter().map(|text| text.value.clone()).collect();
    let target = doc.recovery_target.as_ref().filter(|target| in_range(document, target));
    let severities = severities(document, doc.severities.as_deref());
    InternalSettings {
        alerts: Vec::new(),
        product_domains: texts(&doc.product_domains),
        wiki_url: doc.wiki_url.as_ref().and_then(|url| address(document, url)),
        cadence: doc
            .cadence
            .iter()
            .filter_map(|(impact, seconds)| Some((Impact::from_word(impact)?, *seconds)))
            .collect(),
        postmortem_due: doc.postmortem_due,
        postmortem_required_from: word(document, doc.postmortem_required_from.as_ref(), Code::UnknownImpact, "impact"),
        actions_due: actions_due(document, &doc.actions_due, &severities),
        severities,
        cause_titles: cause_titles(document, &doc.cause_titles),
        wording: super::wording::wording(document, &doc.wording),
        recovery_target: target.map(|target| target.value),
        private_people: privacy::people(document, doc),
        private_patterns: privacy::patterns(document, doc),
        allowed: texts(&doc.allowed),
    }
}

/// The names of the severities, worst first.
fn severities(document: &Document, written: Option<&[At<String>]>) -> Vec<Arc<str>> {
    let Some(written) = written else { return USUAL_SEVERITIES.map(Arc::from).to_vec() };
    let mut names: Vec<Arc<str>> = Vec::new();
    for name in written {
        if names.iter().any(|known| **known == *name.value) {
            report_repeated(document, "severity", name);
        } else {
            names.push(name.value.as_str().into());
        }
    }
    names
}

/// By the rank of the severity; the usual ones where nothing is written.
fn actions_due(document: &Document, written: &[(At<String>, i64)], names: &[Arc<str>]) -> BTreeMap<usize, i64> {
    let mut due = BTreeMap::from(USUAL_ACTIONS_DUE);
    for (name, seconds) in written {
        due.extend(severity(document, name, names).map(|severity| (severity.rank, *seconds)));
    }
    due
}

fn cause_titles(document: &Document, written: &[(At<String>, At<String>)]) -> BTreeMap<Id, String> {
    let titles = written.iter().filter_map(|(id, text)| {
        let (id, text) = (written_id(document, id), title(document, Some(text.clone()), "title"));
        Some((id?, text?))
    });
    titles.collect()
}

/// The severity of this name; one that is not listed is a fault.
pub(super) fn severity(document: &Document, name: &At<String>, names: &[Arc<str>]) -> Option<Severity> {
    let rank = names.iter().position(|known| **known == *name.value);
    if rank.is_none() {
        let fault = Diagnostic::error(Code::UnknownSeverity, format!("unknown severity `{}`", name.value));
        let known: Vec<&str> = names.iter().map(|name| &**name).collect();
        document.report(fault.at(document.place(&name.path)).help(suggestion(&name.value, &known)));
    }
    rank.map(|rank| Severity { rank, name: Arc::clone(&names[rank]) })
}

fn in_range(document: &Document, target: &At<f64>) -> bool {
    let fits = target.value > 0.0 && target.value <= 1.0;
    if !fits {
        let fault = Diagnostic::error(Code::OutOfRange, format!("`recovery_target` is a share, not {}", target.value));
        document.report(
            fault.at(document.place(&target.path)).help("write a number above 0 and at most 1: 0.5 for half the time"),
        );
    }
    fits
}

fn declared_groups(document: &Document, docs: Vec<GroupDoc>, languages: Languages<'_>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for doc in docs {
        let id = doc.id.as_ref().and_then(|id| written_id(document, id));
        let (name, mut translations) = titles(document, doc.name, "group's name", languages);
        let description = descriptions(document, doc.description, languages, &mut translations).unwrap_or_default();
        let (Some(id), Some(name), Some(written)) = (id, name, doc.id) else { continue };
        if groups.iter().any(|group| group.id == id) {
            report_repeated(document, "group", &written);
            continue;
        }
        groups.push(Group { id, name, description, translations });
    }
    groups
}

fn component(
    document: &Document,
    doc: ComponentDoc,
    groups: &mut Vec<Group>,
    are_declared: bool,
    languages: Languages<'_>,
) -> Option<(Component, ServiceCard)> {
    let id = doc.id.as_ref().and_then(|id| written_id(document, id));
    let (name, mut translations) = titles(document, doc.name, "component's name", languages);
    let group = doc.group.and_then(|group| match are_declared {
        true => declared_group(document, &group, groups),
        false => implied_group(document, &group, groups),
    });
    let link = |url: Option<At<String>>| url.as_ref().and_then(|url| address(document, url));
    let capacity = doc.capacity.map(|capacity| Capacity {
        headroom: capacity.headroom,
        checked: capacity.checked,
        source: link(capacity.source),
    });
    let card = ServiceCard {
        owner: doc.owner,
        runbook: link(doc.runbook),
        dashboard: link(doc.dashboard),
        capacity: capacity.into_iter().collect(),
    };
    let description = descriptions(document, doc.description, languages, &mut translations).unwrap_or_default();
    check_life(document, &doc.start, &doc.end);
    let component = Component {
        id: id?,
        name: name?,
        description,
        translations,
        group,
        core: doc.core,
        start: doc.start.map(|start| start.value),
        end: doc.end.map(|end| end.value),
        is_hidden: doc.hidden,
        aliases: doc.aliases.iter().filter_map(|alias| written_id(document, alias)).collect(),
        url: link(doc.url),
        providers: doc.depends_on.into_iter().filter_map(|provider| self::provider(document, provider)).collect(),
    };
    Some((component, card))
}

fn provider(document: &Document, doc: ProviderDoc) -> Option<Provider> {
    let name = title(document, doc.name, "provider's name");
    let url = doc.url.as_ref().and_then(|url| address(document, url));
    Some(Provider { name: name?, url: url? })
}

/// A component's last day is not before its first.
fn check_life(document: &Document, start: &Option<At<Date>>, end: &Option<At<Date>>) {
    if let (Some(start), Some(end)) = (start, end)
        && end.value < start.value
    {
        let fault = Diagnostic::error(Code::EndsBeforeStart, "the last day of this component is before its first");
        document.report(fault.at(document.place(&end.path)).help("check both days"));
    }
}

/// An id that a component had before is that of no other, now or before; one that is stays with the other alone.
fn check_aliases(document: &Document, aliases: &[At<String>], components: &mut [Component]) {
    let ids: BTreeSet<Id> = components.iter().map(|component| component.id.clone()).collect();
    let mut seen = ids.clone();
    components.iter_mut().for_each(|component| component.aliases.retain(|alias| seen.insert(alias.clone())));
    for (index, alias) in aliases.iter().enumerate() {
        if ids.contains(&*alias.value) || aliases[..index].iter().any(|earlier| earlier.value == alias.value) {
            let fault = Diagnostic::error(Code::DuplicateId, format!("the alias `{}` is taken", alias.value));
            let help = "an alias is an id that nothing has any more: take it out here, or give the other a new id";
            document.report(fault.at(document.place(&alias.path)).help(help));
        }
    }
}

/// The group that is declared with this id or this name.
fn declared_group(document: &Document, written: &At<String>, groups: &[Group]) -> Option<Id> {
    let found = groups.iter().find(|group| *group.id == *written.value || group.name == written.value);
    if found.is_none() {
        let known = groups.iter().flat_map(|group| [&*group.id, &*group.name]);
        let help = did_you_mean(&written.value, known).unwrap_or_else(|| "add it to `groups`".to_owned());
        let fault = Diagnostic::error(Code::UnknownGroup, format!("unknown group `{}`", written.value));
        document.report(fault.at(document.place(&written.path)).help(help));
    }
    found.map(|group| group.id.clone())
}

/// Without `groups`, a group exists because a component names it.
fn implied_group(document: &Document, written: &At<String>, groups: &mut Vec<Group>) -> Option<Id> {
    if let Some(group) = groups.iter().find(|group| group.name == written.value) {
        return Some(group.id.clone());
    }
    let id = Id::slug(&written.value).filter(|id| groups.iter().all(|group| group.id != *id));
    if id.is_none() {
        let message = format!("the group `{}` has no id of its own", written.value);
        let fault = Diagnostic::error(Code::InvalidId, message).at(document.place(&written.path));
        document.report(fault.help("list the groups under `groups`, each with `id` and `name`"));
    }
    let id = id?;
    let (name, description) = (written.value.clone(), String::new());
    groups.push(Group { id: id.clone(), name, description, translations: Translations::default() });
    Some(id)
}

fn report_repeated(document: &Document, what: &str, id: &At<String>) {
    let fault = Diagnostic::error(Code::DuplicateId, format!("the {what} `{}` is listed twice", id.value));
    document.report(fault.at(document.place(&id.path)).help("give each an id of its own"));
}
