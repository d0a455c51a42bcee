//! Texts as the formats want them, whichever of them is written.

/// The host in a site's URL, for tags and other ids.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or(rest)
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
