//! The first files of a new site.

use std::path::Path;

use super::{TEMPLATES, WriteError, write_new_folder};
use crate::schema;

const FILES: &[(&str, &str)] = &[
    (".gitignore", include_str!("starter/gitignore")),
    ("content/incidents/2026/2026-01-05-website-slow.md", include_str!("starter/incident.md")),
    ("content/pages/about.md", include_str!("starter/about.md")),
    ("content/site.yaml", include_str!("starter/site.yaml")),
];

/// Makes the folder of a new site with an incident and a page as examples, the templates of updates, what helps an editor, and `more`
/// files; returns the files' paths.
///
/// # Errors
/// A folder that holds something, a failure of the disk.
pub fn new_site(folder: &Path, more: &[(&'static str, String)]) -> Result<Vec<String>, WriteError> {
    let written = FILES.iter().chain(TEMPLATES).map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let more = more.iter().map(|(path, text)| ((*path).to_owned(), text.clone()));
    let mut files: Vec<(String, String)> = written.chain(schema::for_editors()).chain(more).collect();
    files.sort();
    write_new_folder(folder, files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())))?;
    Ok(files.into_iter().map(|(path, _)| path).collect())
}
