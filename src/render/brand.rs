//! What a site's settings add to style, headers and files.

use std::fmt::Write;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::look::{BuildInput, rebase};
use crate::model::{Additions, Brand, origin};

/// The style that the brand and `content/static/custom.css` add to that of the theme, in this order.
pub(super) fn style(brand: &Brand, build: &BuildInput) -> String {
    let mut style = String::new();
    for (font, (path, _)) in brand.fonts.iter().zip(fonts(brand, build)) {
        let slant = if font.is_italic { "italic" } else { "normal" };
        let name = path.trim_start_matches("assets/");
        _ = writeln!(
            style,
            "@font-face{{font-family:Brand;src:url({name});font-weight:{};font-style:{slant};font-display:swap}}",
            font.weight
        );
    }
    if !brand.fonts.is_empty() {
        style += ":root{font-family:Brand,system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif}\n";
    }
    if let Some((light, dark)) = brand.accents() {
        _ = writeln!(style, ":root{{--link:{light}}}");
        _ = writeln!(style, "@media(prefers-color-scheme:dark){{:root{{--link:{dark}}}}}");
        style += "body{border-top:.25rem solid var(--link)}\n";
    }
    if let Some(bytes) = &build.custom_style {
        // It stands at the root among the static files, and ours in a folder.
        style += &rebase(&String::from_utf8_lossy(bytes), "../");
    }
    style
}

/// The files of the fonts, with names that change with their bytes.
pub(super) fn fonts(brand: &Brand, build: &BuildInput) -> Vec<(String, Arc<[u8]>)> {
    let font = |name: &str| {
        let bytes = build.brand_files.get(name)?;
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(bytes)[..4]);
        let file = name.rsplit('/').next().unwrap_or(name);
        let (stem, ending) = file.rsplit_once('.').unwrap_or((file, "woff2"));
        let stem: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        Some((format!("assets/{stem}.{hash}.{ending}"), Arc::clone(bytes)))
    };
    brand.fonts.iter().filter_map(|one| font(&one.file)).collect()
}

/// The hosts that a policy must let through, each with a blank before it.
pub(super) fn hosts(added: &Additions) -> String {
    let of_scripts = added.scripts.iter().filter_map(|script| origin(&script.src));
    let mut hosts: Vec<&str> = of_scripts.chain(added.origins.iter().map(String::as_str)).collect();
    hosts.sort();
    hosts.dedup();
    hosts.iter().map(|host| format!(" {host}")).collect()
}
