//! What is checked becomes components, in the order of the configuration.

use super::config::{Item, written};
use crate::document::Node;
use crate::import::front::{child, flag, scalar};
use crate::import::history::draft::Draft;
use crate::import::page::Unused;

/// Keys whose meaning is brought over, or that are listed elsewhere.
const TAKEN: [&str; 5] = ["name", "group", "url", "enabled", "maintenance-windows"];

/// Adds the components.
pub(super) fn list(items: &[Item], draft: &mut Draft, unused: &mut Unused) {
    let mut is_grouped = false;
    let mut alone = 0;
    for item in items {
        let Some((name, group)) = named(item, draft) else { continue };
        if let Node::Map(entries) = &item.node {
            let rest = entries.iter().filter(|(key, _)| !TAKEN.contains(&key.as_str()));
            rest.for_each(|(key, _)| unused.one(item.list, key));
        }
        if child(&item.node, "enabled").and_then(flag) == Some(false) {
            item.location.note(&mut draft.notes, &format!("`{name}` is switched off; not imported"));
            continue;
        }
        is_grouped |= group.is_some();
        alone += usize::from(group.is_none() && is_grouped);
        add(item, &name, group.as_deref(), draft);
    }
    if alone > 0 {
        let message = format!("{alone} endpoints without a group stood below a group; they stand above the groups now");
        items.iter().take(1).for_each(|item| draft.notes.add(&item.location.path, None, message.clone()));
    }
}

fn named(item: &Item, draft: &mut Draft) -> Option<(String, Option<String>)> {
    let mut text = |key: &str| {
        let text = child(&item.node, key).and_then(scalar)?;
        let text = written(&text, &item.location, &mut draft.notes);
        Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
    };
    let (name, group) = (text("name"), text("group"));
    if name.is_none() {
        item.location.note(&mut draft.notes, &format!("an item of `{}` without a name; not imported", item.list));
    }
    name.map(|name| (name, group))
}

fn add(item: &Item, name: &str, group: Option<&str>, draft: &mut Draft) {
    let key = format!("{}_{name}", group.unwrap_or_default());
    if draft.components.find(&key).is_some() {
        let message = format!("`{name}` stands here a second time in its group; the first one was taken");
        return item.location.note(&mut draft.notes, &message);
    }
    let is_namesake = draft.components.all().iter().any(|known| known.name == name);
    let wanted = match group.filter(|_| is_namesake) {
        Some(group) => format!("{group} {name}"),
        None => name.to_owned(),
    };
    let id = draft.components.add(&key, &wanted, name, group).id.clone();
    if let Some(url) = child(&item.node, "url").and_then(scalar) {
        draft.kept.push(format!("Gatus: {id} was checked at {}", without_secrets(&url)));
    }
}

/// An address without who logs in and without its query, where tokens stand.
fn without_secrets(url: &str) -> String {
    let url = &url[..url.find(['?', '#']).unwrap_or(url.len())];
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    format!("{scheme}://{host}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lose_what_may_be_secret() {
        assert_eq!(without_secrets("https://me:hunter2@x.example/a@b?token=1"), "https://x.example/a@b");
        assert_eq!(without_secrets("icmp://x.example"), "icmp://x.example");
        assert_eq!(without_secrets("8.8.8.8"), "8.8.8.8");
    }
}
