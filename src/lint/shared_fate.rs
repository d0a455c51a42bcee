//! C039: the page must not go down with the product, so it must not lie under the product's domain:
//! an expired domain or a broken name server would take both.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::model::{Site, host, lies_under};
use crate::yaml::key;

pub(super) fn check(site: &Site, document: &Document) -> Option<Diagnostic> {
    let host = host(&site.settings.url);
    let domain = site.internal.product_domains.iter().find(|domain| lies_under(&host, domain))?;
    let message = format!("the status page at `{host}` depends on the product's domain `{domain}`");
    let place = document.place(&key("url"));
    let help = "publish it under a domain of its own, at another registrar and another host than the product";
    Some(Diagnostic::warning(Code::SharedFate, message).at(place).help(help))
}
