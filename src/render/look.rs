//! What every page of either site needs to print: the theme, the words, the names, the time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::InputDigest;
use crate::model::{Component, Id, Settings, Window};
use crate::paths;
use crate::render::text::escape;
use crate::theme::{Formatter, Messages, Theme};
use crate::time::Time;

/// What a build is made from, beside the content.
#[derive(Clone, Debug)]
pub struct BuildInput {
    /// The present moment of the pages.
    pub now: Time,
    /// Candor's version.
    pub version: String,
    /// SHA-256 of the input.
    pub digest: InputDigest,
    /// The commit that is built, if it is one.
    pub commit: Option<String>,
    /// The site's own icon, `favicon.svg` among its static files.
    pub icon: Option<Arc<[u8]>>,
    /// The site's own style, `custom.css` among its static files, which is added to that of the theme.
    pub custom_style: Option<Arc<[u8]>>,
    /// The main one first; none for the wiki, which speaks one.
    pub languages: Vec<PageLanguage>,
    /// The static files that `brand` names, by their paths in `content/static/`.
    pub brand_files: BTreeMap<String, Arc<[u8]>>,
    /// The site's own rules, `_headers` among its static files, which are added to ours.
    pub custom_headers: Option<Arc<[u8]>>,
    /// Whether the site has a picture for the home screen of a phone, `apple-touch-icon.png` among its static files.
    pub has_touch_icon: bool,
    /// The site's own lines for hosts, `_redirects` among its static files.
    pub redirects: Option<Arc<[u8]>>,
}

/// A language of the pages.
#[derive(Clone, Debug)]
pub struct PageLanguage {
    /// BCP 47.
    pub code: String,
    /// As its readers call it.
    pub name: String,
    /// Where its pages are from the root of the site: empty for the main one, or ending in `/`.
    pub folder: String,
}

/// What every page of either site needs to print.
pub struct Look {
    /// What the build is made from.
    pub build: BuildInput,
    /// The look and the words.
    pub theme: Theme,
    /// The words as HTML, for sentences that hold elements.
    pub html_words: Messages,
    /// Names, zone, address.
    pub settings: Settings,
    /// In the order of the pages.
    pub components: Vec<Arc<Component>>,
    /// The style of all pages.
    pub style: Asset,
    /// The script of all pages.
    pub script: Asset,
    /// Texts that are not in the language of the pages but in the main one.
    pub untranslated: BTreeSet<String>,
}

/// A text file of the theme as it is published.
pub struct Asset {
    /// Changes with the text, so that the file may be kept for ever: `assets/style.1a2b3c4d.css`.
    pub path: String,
    /// Without comments and indentation.
    pub text: String,
}

impl Look {
    /// `styles` and `scripts` are the theme's files, which are joined in this order; `own_style` is what the site adds to
    /// its style.
    pub fn new(
        theme: Theme,
        build: BuildInput,
        settings: &Settings,
        components: &[Arc<Component>],
        styles: &[&str],
        scripts: &[&str],
        own_style: &str,
    ) -> Look {
        let style = Asset::join_with(&theme, styles, own_style);
        let script = Asset::join(&theme, scripts);
        let html_words = theme.messages.each(escape);
        let (settings, components) = (settings.clone(), components.to_vec());
        Look { build, theme, html_words, settings, components, style, script, untranslated: BTreeSet::new() }
    }

    /// The present moment of the pages.
    pub fn now(&self) -> Time {
        self.build.now
    }

    /// Prints times in the site's zone and language.
    pub fn format(&self) -> Formatter<'_> {
        Formatter { messages: &self.theme.messages, zone: self.settings.zone }
    }

    /// When maintenance is planned for, in words.
    pub fn planned(&self, window: Window) -> String {
        self.format().planned(window.from, window.until)
    }

    /// The absolute URL of a path from the root of the public site.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.settings.url)
    }

    /// The language that a text is in, if it is not that of the pages.
    pub fn foreign(&self, text: &str) -> Option<&str> {
        self.untranslated.contains(text).then_some(&*self.settings.languages[0])
    }

    /// The way from a folder of the pages of this language to the root of the site, where static files are.
    pub fn files(&self, folder: &str) -> String {
        paths::root_of(&self.settings.folder) + &paths::root_of(folder)
    }

    /// The absolute URL of a static file.
    pub fn file_url(&self, path: &str) -> String {
        let url = self.settings.url.strip_suffix(&*self.settings.folder).unwrap_or(&self.settings.url);
        format!("{url}{path}")
    }

    /// The name of a component, or its id if there is none.
    pub fn component_name(&self, id: &Id) -> String {
        let found = self.components.iter().find(|component| component.id == *id);
        found.map_or_else(|| id.to_string(), |component| component.name.clone())
    }
}

impl Asset {
    /// The theme's files of these names as one.
    pub(super) fn join(theme: &Theme, names: &[&str]) -> Asset {
        Asset::join_with(theme, names, "")
    }

    /// As [`Asset::join`], with what the site adds at the end.
    fn join_with(theme: &Theme, names: &[&str], own: &str) -> Asset {
        let files = names.iter().filter_map(|name| theme.assets.get(*name)).map(Vec::as_slice);
        let bytes: Vec<&[u8]> = files.chain((!own.is_empty()).then_some(own.as_bytes())).collect();
        let bytes = bytes.join(&b'\n');
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes)[..4]);
        let (stem, ending) = names.first().and_then(|name| name.rsplit_once('.')).unwrap_or_default();
        Asset { path: format!("assets/{stem}.{hash}.{ending}"), text: squeeze(&String::from_utf8_lossy(&bytes)) }
    }
}

impl Asset {
    /// A style as it stands in home itself, whose files are further away than from its own folder. `files` is the way from
    /// home to the root of the site.
    pub(super) fn inline_style(&self, files: &str) -> String {
        rebase(&self.text, &format!("{files}assets/"))
    }
}

/// The style with `way` before each relative address in it.
pub(super) fn rebase(style: &str, way: &str) -> String {
    let mut text = String::with_capacity(style.len());
    let mut rest = style;
    while let Some(at) = rest.find("url(") {
        let (before, after) = rest.split_at(at + "url(".len());
        text += before;
        let address = after.trim_start().trim_start_matches(['"', '\'']);
        text += &after[..after.len() - address.len()];
        let has_scheme = address.split([')', '/']).next().unwrap_or_default().contains(':');
        if !address.starts_with(['/', '#']) && !has_scheme {
            text += way;
        }
        rest = address;
    }
    text + rest
}

/// Takes whole-line comments, indentation and empty lines out of CSS or JavaScript.
fn squeeze(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| {
        let is_comment = line.starts_with("//") || (line.starts_with("/*") && line.ends_with("*/"));
        !line.is_empty() && !is_comment
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::rebase;

    #[test]
    fn relative_addresses_of_a_style_are_read_from_another_folder() {
        let style = "a{src:url(x.woff2) format('woff2'),url( 'y.woff2')}b{background:url(data:image/png;base64,/x==)}\
                     c{background:url(\"https://a.example/x.png\")}d{fill:url(#p)}e{background:url(/x.png)}f{src:url(../z.png)}";
        let rebased = "a{src:url(assets/x.woff2) format('woff2'),url( 'assets/y.woff2')}\
                       b{background:url(data:image/png;base64,/x==)}c{background:url(\"https://a.example/x.png\")}\
                       d{fill:url(#p)}e{background:url(/x.png)}f{src:url(assets/../z.png)}";
        assert_eq!(rebase(style, "assets/"), rebased);
        assert_eq!(rebase("a{color:red}", "assets/"), "a{color:red}");
    }
}
