//! What links point to, and how those into the site are written.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Tag, TagEnd};

/// What a link points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// Another site, an address, a telephone number.
    Elsewhere,
    /// A path from the site's root, without its leading slash and fragment, and the fragment with its `#`.
    Inside(&'a str, &'a str),
    /// A heading of the same page.
    Fragment,
    /// A path that does not begin at the site's root.
    Relative,
    /// A scheme that is not allowed.
    Unsafe,
}

/// How links into the site are written.
#[derive(Clone, Copy, Debug)]
pub enum Links<'a> {
    /// For a page: the way from it to the root, such as `../../`; folders get their `index.html`, so
    /// that the page also works without a server.
    FromPage(&'a str),
    /// For feeds: the site's URL, ending in `/`.
    Absolute(&'a str),
    /// For a page of the wiki: as for any page where the wiki has the path, else on the public site.
    Wiki {
        /// The way from the page to the root.
        root: &'a str,
        /// Every path from the root that the wiki has, folders ending in `/`.
        paths: &'a BTreeSet<String>,
        /// The public site's URL, ending in `/`.
        public: &'a str,
    },
    /// For a site whose pages of a language are in a folder of their own, beside files that all languages share.
    Beside {
        /// How links to pages are written.
        pages: &'a Links<'a>,
        /// How links to shared files are.
        files: &'a Links<'a>,
        /// Whether a path from the root, without its leading slash, is that of a shared file.
        is_shared: fn(&str) -> bool,
    },
}

impl Links<'_> {
    /// The href of a path from the root.
    pub fn href(self, path: &str, fragment: &str) -> String {
        let is_folder = path.is_empty() || path.ends_with('/');
        match self {
            Links::FromPage(root) if is_folder => format!("{root}{path}index.html{fragment}"),
            Links::FromPage(root) => format!("{root}{path}{fragment}"),
            Links::Absolute(url) => format!("{url}{path}{fragment}"),
            Links::Wiki { root, paths, public } => match paths.contains(&canonical(path)) {
                true => Links::FromPage(root).href(path, fragment),
                false => Links::Absolute(public).href(path, fragment),
            },
            Links::Beside { files, is_shared, .. } if is_shared(path) => files.href(path, fragment),
            Links::Beside { pages, .. } => pages.href(path, fragment),
        }
    }
}

/// Says what `link` points to. Browsers ignore blanks and control characters in a scheme; so does this.
pub fn target(link: &str) -> Target<'_> {
    if link.starts_with('#') {
        return Target::Fragment;
    }
    if let Some(path) = link.strip_prefix('/') {
        // Browsers take `//host` and `/\host` for another host.
        if path.starts_with(['/', '\\']) || link.contains(|c: char| c.is_control()) {
            return Target::Unsafe;
        }
        let end = path.find('#').unwrap_or(path.len());
        return Target::Inside(&path[..end], &path[end..]);
    }
    let folded: String =
        link.chars().filter(|c| !c.is_control() && !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    match folded.split_once(':') {
        Some(("https" | "http" | "mailto" | "tel", _)) => Target::Elsewhere,
        // A colon behind one of these is no end of a scheme but a part of the path.
        Some((before, _)) if !before.contains(['/', '?', '#']) => Target::Unsafe,
        _ => Target::Relative,
    }
}

/// The path from the root as the output has it: folders end in a slash.
pub fn canonical(path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or_default();
    let path = path.strip_suffix("index.html").unwrap_or(path);
    if path.is_empty() || path.ends_with('/') || last.contains('.') { path.to_owned() } else { format!("{path}/") }
}

/// The events without links inside of links: in `[<https://a.example/> b](/c/)` the parser finds both, and neither a page
/// nor a message can show both. The outer one counts.
pub(super) fn outermost<'e>(events: impl Iterator<Item = Event<'e>>) -> impl Iterator<Item = Event<'e>> {
    let mut open = 0_usize;
    events.filter(move |event| match event {
        Event::Start(Tag::Link { .. }) => {
            open += 1;
            open == 1
        }
        Event::End(TagEnd::Link) => {
            open -= 1;
            open == 0
        }
        _ => true,
    })
}
