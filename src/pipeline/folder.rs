//! What lies in the folder of a site, and where.

use crate::diagnostic::{self, Code, Diagnostic, Place};
use crate::document::CAPACITY_FILE;
use crate::model::EntryKind;
use crate::source::Source;

/// Settings and components.
pub(super) const SITE_FILE: &str = "content/site.yaml";
/// Files that are published as they are.
pub(super) const STATIC: &str = "content/static/";
/// Static files that only the wiki has, such as graphs for postmortems, under `internal/`.
pub(super) const INTERNAL: &str = "content/internal/";

/// The files of a folder, by their paths from `root` on.
pub(super) fn names<'a>(source: &'a Source, folder: &'static str, root: &str) -> Vec<&'a str> {
    source.under(folder).map(|(path, _)| &path[root.len()..]).collect()
}

/// Whether a file in a folder of entries is one.
pub(super) fn is_entry(path: &str) -> bool {
    [".md", ".yaml"].iter().any(|ending| path.ends_with(ending))
}

pub(super) fn no_site_file(source: &Source) -> Diagnostic {
    let fault = Diagnostic::error(Code::NoSiteFile, "there is no `content/site.yaml`");
    let is_empty = source.under("content/").next().is_none();
    fault.at(Place::file(SITE_FILE)).help(if is_empty {
        "give the folder of a site with `--site DIR`, or make one with `candor new site DIR`"
    } else {
        "write one with at least `name`, `url` and `components`"
    })
}

/// Files of the content that nobody reads.
pub(super) fn unexpected_files(source: &Source) -> Vec<Diagnostic> {
    let is_expected = |path: &str| {
        let inside = &path["content/".len()..];
        let folder = inside.split('/').next().unwrap_or_default();
        [SITE_FILE, CAPACITY_FILE].contains(&path)
            || path.starts_with(STATIC)
            || path.starts_with(INTERNAL)
            || (EntryKind::of_folder(folder).is_some() && inside != folder && is_entry(path))
    };
    let files = source.under("content/").filter(|(path, _)| !is_expected(path));
    files.map(|(path, _)| unexpected_file(path)).collect()
}

fn unexpected_file(path: &str) -> Diagnostic {
    let fault = Diagnostic::warning(Code::UnexpectedFile, "Candor does not read this file").at(Place::file(path));
    let folder = path.split('/').nth(1).unwrap_or_default();
    let is_known = EntryKind::of_folder(folder).is_some();
    fault.help(match diagnostic::did_you_mean(folder, EntryKind::ALL.iter().map(|kind| kind.folder())) {
        _ if is_known => "an entry is a `.md` or a `.yaml` file".to_owned(),
        Some(help) => format!("{help} (the folder)"),
        None => "entries are in `incidents`, `maintenance`, `announcements`, `pages`, `postmortems`, `templates`; other files in `static` \
              or, for the wiki alone, in `internal`"
            .to_owned(),
    })
}
