//! Forms in a browser: a configuration of Decap CMS (<https://decapcms.org>), made of the keys that
//! `document` reads by and of one site's components and severities.
//!
//! Its fields are described at <https://decapcms.org/docs/widgets/>.

mod widget;

use crate::document::Node;
use crate::keys::{EntryKind, Kind};
use crate::model::Site;
use crate::yaml::write as yaml;
use widget::{Choices, fields, map, text};

/// What stands in every file of ours, by which a command knows it.
pub const MARK: &str = "Made by `candor cms`; changes are overwritten.";

/// Where entries that are saved go.
pub enum Backend<'a> {
    /// To files of this machine, through `decap-server`.
    Local,
    /// To a repository of GitHub, such as `owner/name`, as commits to a branch.
    Github {
        /// The repository.
        repository: &'a str,
        /// The branch.
        branch: &'a str,
    },
}

/// The folder of the forms, file by file: the configuration, and the page that loads Decap CMS from a file
/// beside it.
pub fn files(site: &Site, backend: &Backend<'_>) -> Vec<(String, String)> {
    let page = include_str!("index.html").replacen("{mark}", MARK, 1);
    vec![("config.yml".to_owned(), configuration(site, backend)), ("index.html".to_owned(), page)]
}

fn configuration(site: &Site, backend: &Backend<'_>) -> String {
    let choices = Choices {
        components: site
            .components
            .iter()
            .map(|component| (component.id.to_string(), component.name.clone()))
            .collect(),
        severities: site.internal.severities.iter().map(ToString::to_string).collect(),
        languages: site.settings.languages.clone(),
    };
    // `site.yaml` has no folder and no form: its comments would be lost.
    let collections = Kind::ALL.iter().filter_map(|kind| Some(Node::Map(collection(*kind, kind.folder()?, &choices))));
    let whole = vec![
        ("backend".to_owned(), self::backend(backend)),
        text("site_url", &site.settings.url),
        text("media_folder", "content/static"),
        text("public_folder", "/"),
        (
            "slug".to_owned(),
            map([text("encoding", "ascii"), flag("clean_accents", true), text("sanitize_replacement", "-")]),
        ),
        flag("show_preview_links", false),
        ("collections".to_owned(), Node::List(collections.collect())),
    ];
    format!("# {MARK}\n{}", yaml::mapping(&whole))
}

fn backend(backend: &Backend<'_>) -> Node {
    match backend {
        Backend::Local => map([text("name", "proxy"), text("proxy_url", "http://localhost:8081/api/v1")]),
        Backend::Github { repository, branch } => {
            map([text("name", "github"), text("repo", repository), text("branch", branch)])
        }
    }
}

fn collection(kind: Kind, folder: &str, choices: &Choices) -> Vec<(String, Node)> {
    let mut fields = fields(kind.keys(), choices);
    let body = [text("name", "body"), text("label", "Text"), text("widget", "markdown"), flag("required", false)];
    fields.push(map(body));
    let mut collection = vec![
        text("name", folder),
        text("label", &widget::label(folder)),
        text("label_singular", &widget::label(kind.word())),
        text("description", kind.about()),
        text("folder", &format!("content/{folder}")),
        flag("create", true),
        text("identifier_field", &identifier(choices)),
        text("extension", "md"),
        text("format", "yaml-frontmatter"),
    ];
    collection.extend(slug(kind));
    collection.push(("editor".to_owned(), map([flag("preview", false)])));
    collection.push(("fields".to_owned(), Node::List(fields)));
    collection
}

/// What names an entry in lists, and its new file: in the main language where titles have several.
fn identifier(choices: &Choices) -> String {
    match &*choices.languages {
        [main, _, ..] => format!("title.{main}"),
        _ => "title".to_owned(),
    }
}

/// The names of new files. With the sub-folders that most sites have, so that files in them are listed.
fn slug(kind: Kind) -> [(String, Node); 2] {
    let day = "{{year}}-{{month}}-{{day}}-{{slug}}";
    let (slug, path) = match kind {
        Kind::Entry(EntryKind::Incident | EntryKind::Postmortem) => (day, "{{year}}/{{slug}}"),
        Kind::Entry(EntryKind::Maintenance | EntryKind::Announcement) => (day, "{{slug}}"),
        Kind::Entry(EntryKind::Page | EntryKind::Template) | Kind::Site | Kind::Capacity => ("{{slug}}", "{{slug}}"),
    };
    [text("slug", slug), text("path", path)]
}

fn flag(key: &str, value: bool) -> (String, Node) {
    (key.to_owned(), Node::Bool(value))
}
