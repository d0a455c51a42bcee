//! The first files of a new site.

use std::path::Path;

use super::{TEMPLATES, WriteError, write_new_folder};
use crate::document::Node;
use crate::model::Id;
use crate::schema;
use crate::yaml::write as yaml;

const FILES: &[(&str, &str)] = &[
    (".gitignore", include_str!("starter/gitignore")),
    ("content/incidents/2026/2026-01-05-website-slow.md", include_str!("starter/incident.md")),
    ("content/pages/about.md", include_str!("starter/about.md")),
    ("content/site.yaml", include_str!("starter/site.yaml")),
];

/// What is known of a site before its folder is made; what is empty stays as in the example.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beginning {
    /// What the page is called.
    pub name: Option<String>,
    /// Where it will be published: `http` or `https`, with a slash at its end.
    pub url: Option<String>,
    /// The names of its components, each with a letter or a digit.
    pub components: Vec<String>,
}

/// Makes the folder of a new site with an incident and a page as examples, the templates of updates, what helps an editor, and `more`
/// files; returns the files' paths.
///
/// # Errors
/// A folder that holds something, a failure of the disk.
pub fn new_site(
    folder: &Path,
    beginning: &Beginning,
    more: &[(&'static str, String)],
) -> Result<Vec<String>, WriteError> {
    let own = FILES.iter().map(|(path, text)| ((*path).to_owned(), beginning.applied(text)));
    let templates = TEMPLATES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let more = more.iter().map(|(path, text)| ((*path).to_owned(), text.clone()));
    let mut files: Vec<(String, String)> = own.chain(templates).chain(schema::for_editors()).chain(more).collect();
    files.sort();
    write_new_folder(folder, files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())))?;
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

impl Beginning {
    /// An example with what is known in its place.
    fn applied(&self, example: &str) -> String {
        let components = self.components();
        let list = || components.iter().map(|(id, name)| component(id, name)).collect::<String>();
        let line = |line: &str| match (line.split(':').next().unwrap_or_default(), &self.name, &self.url) {
            ("name", Some(name), _) => setting("name", name),
            ("url", _, Some(url)) => setting("url", url),
            // Whose domain the product has is not known.
            ("product_domains", _, Some(_)) => format!("# {line}\n"),
            ("components", ..) => format!("{line}\n{}", list()),
            _ if line.starts_with("  - { id: ") && !components.is_empty() => String::new(),
            _ => format!("{line}\n"),
        };
        let text: String = example.lines().map(line).collect();
        match components.first() {
            Some((id, _)) => {
                text.replace("{ website: degraded_performance }", &format!("{{ {id}: degraded_performance }}"))
            }
            None => text,
        }
    }

    /// The components and their ids, each once.
    fn components(&self) -> Vec<(String, &str)> {
        let mut found: Vec<(String, &str)> = Vec::new();
        for name in &self.components {
            let id = Id::slug(name).map(|id| id.to_string());
            found.extend(id.filter(|id| found.iter().all(|(known, _)| known != id)).map(|id| (id, name.trim())));
        }
        found
    }
}

fn setting(key: &str, value: &str) -> String {
    yaml::mapping(&[(key.to_owned(), Node::Text(value.to_owned()))])
}

fn component(id: &str, name: &str) -> String {
    format!("  - {{ id: {}, name: {} }}\n", yaml::inline(id), yaml::inline(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_stands_in_the_settings_and_the_rest_stays() {
        let beginning = Beginning {
            name: Some("Acme: Status".to_owned()),
            url: Some("https://status.acme.example/".to_owned()),
            components: ["Shop", "Search & find", "shop"].map(str::to_owned).to_vec(),
        };
        let settings = beginning.applied(FILES[3].1);
        assert!(settings.contains("name: \"Acme: Status\"\nurl: https://status.acme.example/\n"), "{settings}");
        assert!(
            settings.contains(
                "components:\n  - { id: shop, name: Shop }\n  - { id: search-find, name: \"Search & find\" }\n\n"
            ),
            "{settings}"
        );
        assert!(settings.contains("timezone: Etc/UTC ") && settings.contains("# product_domains"), "{settings}");
        assert!(beginning.applied(FILES[1].1).contains("components: { shop: degraded_performance }"));
        FILES.iter().for_each(|(path, text)| assert_eq!(Beginning::default().applied(text), **text, "{path}"));
    }
}
