//! Absolute URLs.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Document};

/// Whether a text is an absolute http or https URL.
pub(super) fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let is_clean = !text.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c));
    is_clean && host.is_some_and(|host| !host.is_empty())
}

/// An absolute http or https URL.
pub(super) fn address(document: &Document, url: &At<String>) -> Option<String> {
    if is_address(&url.value) {
        return Some(url.value.clone());
    }
    let fault = Diagnostic::error(Code::InvalidUrl, format!("`{}` is not an absolute URL", url.value));
    document.report(fault.at(document.place(&url.path)).help("write it as `https://status.example.com/`"));
    None
}
