//! Absolute http and https URLs.

/// Whether a text is an absolute http or https URL.
pub fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let is_clean = !text.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c));
    is_clean && host.is_some_and(|host| !host.is_empty())
}

/// Whether a text can be the `url` of a site: a host with a name, and pages below it, so no query and no fragment.
pub fn is_site_address(text: &str) -> bool {
    let host = text.split_once("://").map(|(_, host)| host);
    is_address(text) && !text.contains(['?', '#']) && host.is_some_and(|host| host.starts_with(char::is_alphanumeric))
}

/// Scheme and host: `https://stats.example.net` of `https://stats.example.net/js/script.js`. None of a path alone.
pub fn origin(address: &str) -> Option<&str> {
    let host = address.find("://")? + 3;
    Some(address[host..].find(['/', '?', '#']).map_or(address, |end| &address[..host + end]))
}

/// The host of an address, in lower case, without user and port.
pub fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default().trim_end_matches('.').to_lowercase()
}

/// Whether a host is of a domain, which may be written with `*.` before it.
pub fn lies_under(host: &str, domain: &str) -> bool {
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

    #[test]
    fn a_site_needs_a_host_and_pages_below_it() {
        for (text, is, can_be_site) in [
            ("https://a.example/b", true, true),
            ("http://127.0.0.1:8080", true, true),
            ("https://a.example/?b#c", true, false),
            ("https://-a.example/", true, false),
            ("https://[::1]/", true, false),
            ("https:///b", false, false),
            ("https://a b/", false, false),
            ("a.example", false, false),
            ("ftp://a.example/", false, false),
        ] {
            assert_eq!((is_address(text), is_site_address(text)), (is, can_be_site), "{text}");
        }
    }

    #[test]
    fn an_origin_is_scheme_and_host() {
        for address in
            ["https://a.example", "https://a.example/", "https://a.example/js/x.js?y#z", "https://a.example?x"]
        {
            assert_eq!(origin(address), Some("https://a.example"), "{address}");
        }
        assert_eq!(origin("js/a.js"), None);
    }
}
