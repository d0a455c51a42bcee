//! The company's own on every page: logo, link home, lines at the foot, scripts.

use data_encoding::BASE64;
use serde::Serialize;
use tera::Context;

use super::parts::{Style, html};
use crate::model::origin;
use crate::render::facts::Facts;
use crate::render::text::host;

/// A logo up to this size, in bytes, stands in the page itself and costs no request.
const LARGEST_INLINE_LOGO: usize = 4096;

/// A picture in a page.
#[derive(Serialize)]
struct Picture {
    /// Its bytes as an address if it is small, else its path from the root.
    src: String,
    is_inline: bool,
    /// None if the file does not say.
    size: Option<Size>,
}

/// In pixels.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Size {
    width: u32,
    height: u32,
}

/// A script that the site adds.
#[derive(Serialize)]
struct Script<'a> {
    src: &'a str,
    is_foreign: bool,
    attributes: Vec<Attribute<'a>>,
}

#[derive(Serialize)]
struct Attribute<'a> {
    name: &'a str,
    value: &'a str,
}

/// What is the same on every page.
pub(super) fn globals(facts: &Facts, context: &mut Context) {
    let (brand, added) = (&facts.site.settings.brand, &facts.site.settings.additions);
    let scripts = added.scripts.iter().map(|script| Script {
        src: &script.src,
        is_foreign: origin(&script.src).is_some(),
        attributes: script.attributes.iter().map(|(name, value)| Attribute { name, value }).collect(),
    });
    context.insert("logo", &brand.logo.as_deref().map(|name| picture(facts, name)));
    context.insert("logo_dark", &brand.logo_dark.as_deref().map(|name| picture(facts, name)));
    context.insert("home_url", &brand.home);
    context.insert("home_host", &brand.home.as_deref().map(host));
    context.insert("scripts", &scripts.collect::<Vec<_>>());
    context.insert("is_hidden", &added.is_hidden);
}

fn picture(facts: &Facts, name: &str) -> Picture {
    let bytes = facts.look.build.brand_files.get(name).map(|bytes| &**bytes).unwrap_or_default();
    let kind = match name.rsplit_once('.') {
        Some((_, "svg")) => Some("image/svg+xml"),
        Some((_, "png")) => Some("image/png"),
        _ => None,
    };
    let inline = kind.filter(|_| bytes.len() <= LARGEST_INLINE_LOGO);
    Picture {
        src: inline.map_or_else(|| name.to_owned(), |kind| format!("data:{kind};base64,{}", BASE64.encode(bytes))),
        is_inline: inline.is_some(),
        size: size(bytes),
    }
}

/// Width and height of a PNG or an SVG, so that nothing moves when it is there.
fn size(bytes: &[u8]) -> Option<Size> {
    if let Some([a, b, c, d, e, f, g, h, ..]) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR") {
        let [width, height] = [[*a, *b, *c, *d], [*e, *f, *g, *h]].map(u32::from_be_bytes);
        return Some(Size { width, height });
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let (_, rest) = text.split_once("viewBox=")?;
    let values = rest.get(1..)?.split(['"', '\'']).next()?;
    let mut values = values.split([' ', ',']).filter_map(|value| value.parse::<f64>().ok()).skip(2);
    let (width, height) = (values.next()?, values.next()?);
    (width >= 1.0 && height >= 1.0).then_some(Size { width: width as u32, height: height as u32 })
}

/// The lines at the foot, as HTML whose links are read from the page.
pub(super) fn footer(facts: &Facts, root: &str) -> Vec<String> {
    let lines = facts.site.settings.brand.footer.iter();
    lines.map(|line| html(&facts.look, &line.text, Style { root, heading: 6 })).collect()
}

#[cfg(test)]
mod tests {
    use super::{Size, size};

    #[test]
    fn a_picture_says_its_size() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x02\0\0\0\x20\x08";
        assert_eq!(size(png), Some(Size { width: 258, height: 32 }));
        assert_eq!(size(b"<svg xmlns='x' viewBox='0 0 120.5 24'>"), Some(Size { width: 120, height: 24 }));
        assert_eq!(size(b"<svg viewBox=\"0,0,12,24\">"), Some(Size { width: 12, height: 24 }));
        for without in [&b""[..], b"\x89PNG", b"<svg>", b"<svg viewBox=", b"<svg viewBox=\"0 0 a b\">", b"\xff\xd8\xff"]
        {
            assert_eq!(size(without), None, "{without:?}");
        }
    }
}
