//! `brand`, and what a site adds to its pages: scripts and hosts.

use super::address::address;
use super::languages::descriptions;
use super::word;
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};
use crate::document::{At, BrandDoc, Document, FontDoc, PerLanguage, ScriptDoc, SiteDoc};
use crate::model::{
    self, Additions, Brand, Colour, DARK_GROUNDS, Font, FooterLine, LIGHT_GROUNDS, Robots, SHAPE_CONTRAST, Script,
    TEXT_CONTRAST, Translations,
};

/// Fonts of one file have all weights in it.
const EVERY_WEIGHT: &str = "100 900";

pub(super) fn brand(document: &Document, doc: &mut BrandDoc, languages: &[String]) -> Brand {
    let footer = std::mem::take(&mut doc.footer).into_iter();
    let footer = footer.filter_map(|line| footer_line(document, line, languages)).collect();
    let file = |name: &Option<At<String>>| name.as_ref().map(|name| file_name(&name.value));
    let accent = |name: &Option<At<String>>, scheme: &str, grounds: &[Colour]| {
        colour(document, name.as_ref()?).inspect(|colour| {
            name.iter().for_each(|name| judge(document, name, *colour, scheme, grounds));
        })
    };
    Brand {
        logo: file(&doc.logo),
        logo_dark: file(&doc.logo_dark),
        accent: accent(&doc.accent, "light", &LIGHT_GROUNDS),
        accent_dark: accent(&doc.accent_dark, "dark", &DARK_GROUNDS),
        fonts: doc.fonts.iter().filter_map(|font| self::font(document, font)).collect(),
        home: doc.home.as_ref().and_then(|url| address(document, url)),
        footer,
        picture: file(&doc.picture),
        has_pictures: doc.pictures,
    }
}

fn footer_line(document: &Document, line: PerLanguage, languages: &[String]) -> Option<FooterLine> {
    let mut translations = Translations::default();
    let text = descriptions(document, Some(line), Some(languages), &mut translations)?;
    Some(FooterLine { text, translations })
}

/// The path in `content/static/`, whether it was written from there or from the root of the site.
fn file_name(text: &str) -> String {
    text.trim().trim_start_matches('/').to_owned()
}

fn colour(document: &Document, text: &At<String>) -> Option<Colour> {
    let colour = Colour::parse(text.value.trim());
    if colour.is_none() {
        let fault = Diagnostic::error(Code::InvalidColour, format!("`{}` is not a colour", text.value));
        let help = "write it as `\"#0a5cff\"`, in quotes, since `#` begins a comment";
        document.report(fault.at(document.place(&text.path)).help(help));
    }
    colour
}

/// Links are text, and the stripe above the pages is a shape.
fn judge(document: &Document, text: &At<String>, colour: Colour, scheme: &str, grounds: &[Colour]) {
    let contrast = colour.least_contrast(grounds);
    if contrast >= TEXT_CONTRAST {
        return;
    }
    let near = colour.nearest(grounds, TEXT_CONTRAST);
    let what = if contrast < SHAPE_CONTRAST { "text needs 4.5:1, and shapes 3:1" } else { "text needs 4.5:1" };
    // Rounded down, so that 4.499 is not called 4.5.
    let shown = (contrast * 100.0).floor() / 100.0;
    let fault = Diagnostic::warning(
        Code::LowContrast,
        format!("`{colour}` has a contrast of {shown:.2}:1 in the {scheme} scheme, where {what}"),
    );
    document
        .report(fault.at(document.place(&text.path)).help(format!("the nearest colour that passes is `\"{near}\"`")));
}

fn font(document: &Document, doc: &FontDoc) -> Option<Font> {
    let weight = match &doc.weight {
        None => EVERY_WEIGHT.to_owned(),
        Some(At { value: weight @ 1..=1000, .. }) => weight.to_string(),
        Some(At { value, path }) => {
            let fault = Diagnostic::error(Code::OutOfRange, format!("{value} is not the weight of a font"));
            document.report(fault.at(document.place(path)).help("write a number from 1 to 1000: 400 for plain text"));
            return None;
        }
    };
    Some(Font { file: file_name(&doc.file.as_ref()?.value), weight, is_italic: doc.italic })
}

pub(super) fn additions(document: &Document, doc: &SiteDoc) -> Additions {
    let robots = word(document, doc.robots.as_ref(), Code::UnknownWord, "word to search engines");
    Additions {
        scripts: doc.scripts.iter().filter_map(|script| self::script(document, script)).collect(),
        origins: doc.origins.iter().filter_map(|url| origin(document, url)).collect(),
        is_hidden: robots == Some(Robots::NoIndex),
    }
}

/// Scheme and host of a URL: in a policy, a path would let through less than it seems to.
fn origin(document: &Document, url: &At<String>) -> Option<String> {
    let address = address(document, url)?;
    model::origin(&address).filter(|_| fits_policy(document, url)).map(str::to_owned)
}

/// Whether nothing in a URL is a sign that parts the sources and the rules of a policy.
fn fits_policy(document: &Document, url: &At<String>) -> bool {
    let fits = model::is_address(&url.value) && !url.value.contains([';', ',', '\'']);
    if !fits {
        let fault = Diagnostic::error(Code::InvalidAddition, format!("`{}` cannot stand in a policy", url.value));
        let help = "write an absolute URL without `;`, `,` and `'`, such as `https://stats.example.net/script.js`";
        document.report(fault.at(document.place(&url.path)).help(help));
    }
    fits
}

fn script(document: &Document, doc: &ScriptDoc) -> Option<Script> {
    let src = doc.src.as_ref()?;
    let is_foreign = model::origin(&src.value).is_some();
    if is_foreign && !fits_policy(document, src) {
        return None;
    }
    let attributes = doc.attributes.iter().filter_map(|text| attribute(document, text)).collect();
    Some(Script { src: if is_foreign { src.value.clone() } else { file_name(&src.value) }, attributes })
}

/// `name=value`, or `name` alone.
fn attribute(document: &Document, text: &At<String>) -> Option<(String, String)> {
    let (name, value) = text.value.split_once('=').unwrap_or((&text.value, ""));
    let name = name.trim().to_ascii_lowercase();
    let is_name = name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    let is_free = !name.starts_with("on") && !["src", "defer"].contains(&&*name);
    if is_name && is_free {
        return Some((name, value.trim().trim_matches('"').to_owned()));
    }
    let fault = Diagnostic::error(Code::InvalidAddition, format!("`{}` is no attribute of a script", text.value));
    document.report(fault.at(document.place(&text.path)).help("write it as `data-domain=status.example.com`"));
    None
}

/// The files that the settings name, as far as a name is written, each with the place of its name.
pub(super) fn files(document: &Document, doc: &SiteDoc) -> Vec<(String, Place)> {
    let BrandDoc { logo, logo_dark, picture, fonts, .. } = &doc.brand;
    let fonts = fonts.iter().filter_map(|font| font.file.as_ref());
    let scripts = doc.scripts.iter().filter_map(|script| script.src.as_ref());
    let scripts = scripts.filter(|src| model::origin(&src.value).is_none());
    let files = [logo, logo_dark, picture].into_iter().flatten().chain(fonts).chain(scripts);
    files.map(|file| (file_name(&file.value), document.place(&file.path))).collect()
}

/// Files that the settings name and that are not among the static ones, which are paths from the root of the site.
pub(super) fn missing_files(files: &[(String, Place)], statics: &[&str]) -> Vec<Diagnostic> {
    let missing = files.iter().filter(|(file, _)| !statics.contains(&&**file));
    let fault = missing.map(|(file, place)| {
        let fault = Diagnostic::error(Code::MissingFile, format!("there is no `content/static/{file}`"));
        let help = did_you_mean(file, statics.iter().copied());
        let help = help.unwrap_or_else(|| "put the file there, or take the key out".to_owned());
        fault.at(place.clone()).help(help)
    });
    fault.collect()
}
