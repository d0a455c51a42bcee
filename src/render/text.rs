//! Texts as the formats want them, whichever of them is written.

/// The host in a site's URL, for tags and other ids.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or(rest)
}

/// Whether a language, by its BCP 47 tag, is written from right to left: by its script if the tag names one, else by that
/// which it is usually written in (Unicode CLDR, `scriptMetadata` and `likelySubtags`).
pub(super) fn is_right_to_left(language: &str) -> bool {
    const LANGUAGES: &[&str] = &[
        "ae", "ar", "arc", "azb", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "khw", "ks", "lrc", "mzn", "nqo", "pnb",
        "ps", "rhg", "sd", "syr", "ug", "ur", "yi",
    ];
    const SCRIPTS: &[&str] = &["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"];
    let mut parts = language.split(['-', '_']).map(str::to_ascii_lowercase);
    let language = parts.next().unwrap_or_default();
    match parts.find(|part| part.len() == 4 && part.chars().all(|letter| letter.is_ascii_alphabetic())) {
        Some(script) => SCRIPTS.contains(&&*script),
        None => LANGUAGES.contains(&&*language),
    }
}

/// Without the characters that XML 1.0 forbids (section 2.2 of the specification).
pub(super) fn xml_clean(text: &str) -> String {
    let is_allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(is_allowed).collect()
}

/// As the content of an XML element.
pub(super) fn xml_text(text: &str) -> String {
    escape(&xml_clean(text))
}

/// As HTML text or as an attribute's value in double quotes.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
