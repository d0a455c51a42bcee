//! Absolute URLs.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Document};
use crate::model::is_address;

/// An absolute http or https URL.
pub(super) fn address(document: &Document, url: &At<String>) -> Option<String> {
    if is_address(&url.value) {
        return Some(url.value.clone());
    }
    let fault = Diagnostic::error(Code::InvalidUrl, format!("`{}` is not an absolute URL", url.value));
    document.report(fault.at(document.place(&url.path)).help("write it as `https://status.example.com/`"));
    None
}
