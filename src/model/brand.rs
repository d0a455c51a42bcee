//! How the pages look like those of the company, and what a site adds to them.

use super::Translations;
use super::colour::{Colour, DARK_GROUNDS, LIGHT_GROUNDS, TEXT_CONTRAST};

/// How the pages look like those of the company. Files are named by their paths in `content/static/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brand {
    /// Stands in the place of the name.
    pub logo: Option<String>,
    /// The same for the dark scheme.
    pub logo_dark: Option<String>,
    /// Of links and of the stripe above the pages.
    pub accent: Option<Colour>,
    /// The same for the dark scheme.
    pub accent_dark: Option<Colour>,
    /// The letters of all texts.
    pub fonts: Vec<Font>,
    /// The company's own site.
    pub home: Option<String>,
    /// Lines at the foot of every page.
    pub footer: Vec<FooterLine>,
    /// What other sites show beside a link to this one.
    pub picture: Option<String>,
    /// Whether such a picture is made for the site and for each incident.
    pub has_pictures: bool,
}

/// A line at the foot of every page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FooterLine {
    /// As Markdown.
    pub text: String,
    /// The same in other languages.
    pub translations: Translations,
}

/// A file of a font.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Font {
    /// Its path in `content/static/`.
    pub file: String,
    /// As in CSS, such as `700` or `100 900`.
    pub weight: String,
    /// Whether its letters lean.
    pub is_italic: bool,
}

impl Brand {
    /// The accent in the light and the dark scheme. One that is not given for the dark scheme is that of the light one,
    /// made as light as text must be there.
    pub fn accents(&self) -> Option<(Colour, Colour)> {
        let light = self.accent.or_else(|| Some(self.accent_dark?.nearest(&LIGHT_GROUNDS, TEXT_CONTRAST)))?;
        Some((light, self.accent_dark.unwrap_or_else(|| light.nearest(&DARK_GROUNDS, TEXT_CONTRAST))))
    }

    /// Every file that it names.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let pictures = [&self.logo, &self.logo_dark, &self.picture].into_iter().flatten().map(String::as_str);
        pictures.chain(self.fonts.iter().map(|font| &*font.file))
    }
}

/// What a site adds to its pages and to what is sent with them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Additions {
    /// Scripts of all pages.
    pub scripts: Vec<Script>,
    /// Further hosts that scripts may load from and talk to, such as `https://stats.example.net`.
    pub origins: Vec<String>,
    /// Whether search engines are asked to stay away.
    pub is_hidden: bool,
}

/// A script that a site adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// An absolute URL, or a path in `content/static/`.
    pub src: String,
    /// Attributes of its element, by name.
    pub attributes: Vec<(String, String)>,
}
