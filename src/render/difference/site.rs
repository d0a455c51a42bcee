//! Settings, components and groups, and files that are published as they are.

use std::collections::{BTreeMap, BTreeSet};

use super::about::{Difference, Pair, SubjectDifferences, pairs};
use crate::model::{Component, Group};
use crate::paths;
use crate::render::facts::Facts;

pub(super) fn settings(old: &Facts, new: &Facts) -> Vec<Difference> {
    let (before, after) = (&old.site.settings, &new.site.settings);
    let mut about = SubjectDifferences::new("settings", "", "");
    about.compare("name of the page", &before.name, &after.name);
    about.compare("description of the page", &before.description, &after.description);
    about.compare("address of the page", &before.url, &after.url);
    about.compare("ids of feeds and calendars, by `id_base`", &before.id_base, &after.id_base);
    about.compare("time zone", before.zone.name(), after.zone.name());
    about.compare("language", &before.language, &after.language);
    about.compare("theme", &before.theme, &after.theme);
    about.done()
}

/// Groups, components, and in which order they stand.
pub(super) fn components(old: &Facts, new: &Facts) -> Vec<Difference> {
    let mut found = Vec::new();
    for pair in pairs(&old.site.groups, &new.site.groups, |group| group.id.clone()) {
        found.extend(group(&pair));
    }
    for pair in pairs(&old.site.components, &new.site.components, |component| component.first_id().clone()) {
        found.extend(component(old, new, &pair));
    }
    found.extend(order(old, new));
    found
}

fn group(pair: &Pair<'_, std::sync::Arc<Group>>) -> Vec<Difference> {
    let (Pair::Gone(any) | Pair::New(any) | Pair::Both(_, any)) = pair;
    let mut about = SubjectDifferences::new("group", &any.id, &any.name);
    match pair {
        Pair::New(_) => about.added("group", &*any.name),
        Pair::Gone(_) => about.removed("group", &*any.name),
        Pair::Both(before, after) => {
            about.compare("name", &before.name, &after.name);
            about.compare("description", &before.description, &after.description);
        }
    }
    about.done()
}

fn component(old: &Facts, new: &Facts, pair: &Pair<'_, std::sync::Arc<Component>>) -> Vec<Difference> {
    let (Pair::Gone(any) | Pair::New(any) | Pair::Both(_, any)) = pair;
    let mut about = SubjectDifferences::new("component", &any.id, &any.name);
    match pair {
        Pair::New(_) => about.added("component", &*any.name),
        Pair::Gone(_) => {
            about.removed(format!("component, with its page /{} and its feeds", paths::component(&any.id)), &*any.name)
        }
        Pair::Both(before, after) => {
            let start = |component: &Component| component.start.map(|date| date.iso()).unwrap_or_default();
            let end = |component: &Component| component.end.map(|date| date.iso()).unwrap_or_default();
            let url = |component: &Component| component.url.clone().unwrap_or_default();
            let providers = |component: &Component| {
                let named = component.providers.iter().map(|provider| format!("{} ({})", provider.name, provider.url));
                named.collect::<Vec<_>>().join(", ")
            };
            let core = |component: &Component| if component.core { "yes" } else { "no" };
            about.compare("name", &before.name, &after.name);
            about.compare("description", &before.description, &after.description);
            about.compare("group", &group_name(old, before), &group_name(new, after));
            about.compare("core, which the headline depends on", core(before), core(after));
            about.compare(
                "address",
                &format!("/{}", paths::component(&before.id)),
                &format!("/{}", paths::component(&after.id)),
            );
            about.compare("first day that counts for uptime", &start(before), &start(after));
            about.compare("last day", &end(before), &end(after));
            about.compare("link to where it is used", &url(before), &url(after));
            about.compare("services of others that it depends on", &providers(before), &providers(after));
        }
    }
    about.done()
}

fn group_name(facts: &Facts, component: &Component) -> String {
    let group = facts.site.groups.iter().find(|group| Some(&group.id) == component.group.as_ref());
    group.map(|group| group.name.clone()).unwrap_or_default()
}

/// In which order those stand that are in both.
fn order(old: &Facts, new: &Facts) -> Vec<Difference> {
    let names = |facts: &Facts, other: &Facts| {
        let is_in_both =
            |component: &&std::sync::Arc<Component>| other.site.components.iter().any(|c| c.id == component.id);
        facts.site.components.iter().filter(is_in_both).map(|component| component.id.to_string()).collect::<Vec<_>>()
    };
    let mut about = SubjectDifferences::new("settings", "", "");
    about.compare("order of the components", &names(old, new).join(", "), &names(new, old).join(", "));
    about.done()
}

/// Files that are published as they are, or that make the look, by the path that customers or authors know
/// them by.
pub fn files(old: &BTreeMap<&str, &[u8]>, new: &BTreeMap<&str, &[u8]>) -> Vec<Difference> {
    let paths: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let mut found = Vec::new();
    for path in paths {
        let mut about = SubjectDifferences::new("file", path, "");
        let size = |bytes: &[u8]| format!("{} bytes", bytes.len());
        match (old.get(path), new.get(path)) {
            (Some(before), None) => about.removed("file", size(before)),
            (None, Some(after)) => about.added("file", size(after)),
            (Some(before), Some(after)) if before != after => match (size(before), size(after)) {
                // Texts that are equal would be no change.
                (before, after) if before == after => about.compare("file", &before, &format!("other {after}")),
                (before, after) => about.compare("file", &before, &after),
            },
            _ => {}
        }
        found.extend(about.done());
    }
    found
}
