//! C039: the page must not go down with the product, so it must not lie under the product's domain:
//! an expired domain or a broken name server would take both.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::model::Site;
use crate::yaml::key;

pub(super) fn check(site: &Site, document: &Document) -> Option<Diagnostic> {
    let host = host(&site.settings.url);
    let domain = site.internal.product_domains.iter().find(|domain| lies_under(&host, domain))?;
    let message = format!("the status page at `{host}` depends on the product's domain `{domain}`");
    let place = document.place(&key("url"));
    let help = "publish it under a domain of its own, at another registrar and another host than the product";
    Some(Diagnostic::warning(Code::SharedFate, message).at(place).help(help))
}

fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default().trim_end_matches('.').to_lowercase()
}

fn lies_under(host: &str, domain: &str) -> bool {
    let domain = domain.trim_start_matches("*.").trim_matches('.').to_lowercase();
    host == domain || host.strip_suffix(&domain).is_some_and(|rest| rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_lies_under_its_domain_and_under_no_other() {
        assert!(lies_under(&host("https://status.acme.example/"), "acme.example"));
        assert!(lies_under(&host("https://ACME.example:8443/x"), "acme.example"));
        assert!(!lies_under(&host("https://status.notacme.example/"), "acme.example"));
        assert!(!lies_under(&host("https://acme.example.org/"), "acme.example"));
    }
}
