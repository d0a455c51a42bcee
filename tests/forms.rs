//! The forms of `candor cms`: a field for each declared key, the words and components as choices.

use crate::support::{SITE, Site, files};
use candor::document::{Document, Node};
use candor::keys::{Key, Kind, Shape};

#[test]
fn every_key_of_every_kind_has_a_field_with_its_words() {
    // A site in one language has no texts in others.
    let document = forms(&Site::sound().file("content/site.yaml", format!("{SITE}languages: [en, de]\n")));
    let collections = list(get(document.root(), "collections"));
    for kind in Kind::ALL.into_iter().filter(|kind| kind.folder().is_some()) {
        let folder = kind.folder().expect("a folder");
        let collection = named(collections, folder);
        assert_eq!(get(collection, "folder"), &Node::Text(format!("content/{folder}")));
        assert_eq!(fields_like(list(get(collection, "fields")), kind.keys()), kind.keys().len());
        named(list(get(collection, "fields")), "body");
    }
    let updates = named(list(get(named(collections, "incidents"), "fields")), "updates");
    let components = named(list(get(updates, "fields")), "components");
    let names: Vec<&Node> = list(get(components, "fields")).iter().map(|field| get(field, "name")).collect();
    assert_eq!(names, [&Node::Text("checkout".to_owned()), &Node::Text("api".to_owned())]);
}

/// Decap opens no form that has one.
#[test]
fn no_object_is_without_fields() {
    for site in [SITE, &format!("{SITE}languages: [en, de]\n"), "name: A\nurl: https://status.example.org/\n"] {
        let site = Site::new().file("content/site.yaml", site);
        let document = forms(&site);
        let objects = every_map(document.root()).into_iter().filter(|node| has(node, "widget", "object"));
        assert_eq!(objects.filter(|object| list(get(object, "fields")).is_empty()).count(), 0, "{:?}", document.root());
    }
}

#[test]
fn an_entry_is_named_by_its_title_in_the_main_language() {
    for (languages, identifier) in [("", "title"), ("languages: [en, de]\n", "title.en")] {
        let document = forms(&Site::sound().file("content/site.yaml", format!("{SITE}{languages}")));
        for collection in list(get(document.root(), "collections")) {
            assert_eq!(get(collection, "identifier_field"), &Node::Text(identifier.to_owned()));
        }
    }
}

/// The configuration that is written for a site.
fn forms(site: &Site) -> Document {
    site.run(["cms", "--out", "admin"]).stderr("admin/config.yml\nadmin/index.html\n");
    let bytes = files(&site.path().join("admin"))["config.yml"].clone();
    Document::read("admin/config.yml", &bytes).expect("YAML")
}

fn has(node: &Node, key: &str, value: &str) -> bool {
    let Node::Map(entries) = node else { return false };
    entries.contains(&(key.to_owned(), Node::Text(value.to_owned())))
}

/// Every mapping in a tree.
fn every_map(node: &Node) -> Vec<&Node> {
    match node {
        Node::List(items) => items.iter().flat_map(every_map).collect(),
        Node::Map(entries) => {
            std::iter::once(node).chain(entries.iter().flat_map(|(_, node)| every_map(node))).collect()
        }
        _ => Vec::new(),
    }
}

/// Counts the fields that stand for these keys, and looks below them.
fn fields_like(fields: &[Node], keys: &[Key]) -> usize {
    let found = keys.iter().map(|key| (key, named(fields, key.name)));
    let found = found.inspect(|(key, field)| {
        assert_eq!(get(field, "required"), &Node::Bool(key.is_needed), "{}", key.name);
        match key.shape.items().unwrap_or(&key.shape) {
            Shape::Map(below) => assert_eq!(fields_like(list(get(field, "fields")), below), below.len()),
            Shape::Word { words, .. } => {
                let options: Vec<&Node> =
                    list(get(field, "options")).iter().map(|option| get(option, "value")).collect();
                let words: Vec<Node> = words.iter().map(|word| Node::Text((*word).to_owned())).collect();
                assert_eq!(options, words.iter().collect::<Vec<_>>(), "{}", key.name);
            }
            _ => _ = get(field, "widget"),
        }
    });
    found.count()
}

#[test]
fn forms_save_to_this_machine_or_to_a_repository() {
    let site = Site::sound();
    let config = |args: [&str; 5]| {
        site.run(args).says("admin/config.yml\n");
        String::from_utf8(files(&site.path().join("admin"))["config.yml"].clone()).expect("UTF-8")
    };
    let local = config(["cms", "--site", ".", "--out", "admin"]);
    assert!(local.contains("backend:\n  name: proxy\n  proxy_url: http://localhost:8081/api/v1\n"), "{local}");
    let github = config(["cms", "--out", "admin", "--github", "acme/status"]);
    assert!(github.contains("backend:\n  name: github\n  repo: acme/status\n  branch: main\n"), "{github}");
    let page = String::from_utf8(files(&site.path().join("admin"))["index.html"].clone()).expect("UTF-8");
    assert!(page.contains("src=\"decap-cms.js\"") && !page.contains("//"), "{page}");
}

#[test]
fn forms_replace_their_own_files_alone_and_need_a_sound_site() {
    let site = Site::sound().file("mine/config.yml", "backend: mine\n");
    site.run(["cms", "--out", "mine"]).code(2).says("`mine/config.yml` was not made by this command");
    site.write("content/site.yaml", "name: Example\n");
    site.run(["cms", "--out", "admin"]).code(1).says("`url` is missing").says("nothing was written\n");
    assert!(!site.path().join("admin").exists());
}

fn get<'n>(node: &'n Node, key: &str) -> &'n Node {
    let Node::Map(entries) = node else { panic!("no mapping with `{key}`: {node:?}") };
    let found = entries.iter().find(|(name, _)| name == key);
    found.map_or_else(|| panic!("no `{key}` in {entries:?}"), |(_, value)| value)
}

fn list(node: &Node) -> &[Node] {
    let Node::List(items) = node else { panic!("no list: {node:?}") };
    items
}

/// The item that is called `name`.
fn named<'n>(items: &'n [Node], name: &str) -> &'n Node {
    let found = items.iter().find(|item| *get(item, "name") == Node::Text(name.to_owned()));
    found.unwrap_or_else(|| panic!("no `{name}`"))
}
