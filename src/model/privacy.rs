//! What `privacy.forbid` may name: texts, hosts, patterns with `*`, and ranges of addresses.

use std::net::IpAddr;

/// One line of `privacy.forbid`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// As the author wrote it, for reports.
    pub written: String,
    /// What it means.
    pub meaning: Forbidden,
}

/// What a pattern forbids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Forbidden {
    /// This text, as whole words.
    Text(String),
    /// This host and every name below it; lower case.
    Host(String),
    /// Every name that this matches, `*` being any run of characters; lower case.
    Glob(String),
    /// Every address in this range.
    Range(Range),
}

impl Forbidden {
    /// Whether a name (a host, or what else [`Forbidden::Glob`] may match) in lower case is forbidden.
    pub fn covers_name(&self, name: &str) -> bool {
        match self {
            Forbidden::Host(host) => {
                name.strip_suffix(&**host).is_some_and(|above| above.is_empty() || above.ends_with('.'))
            }
            Forbidden::Glob(glob) => matches(glob, name),
            Forbidden::Text(_) | Forbidden::Range(_) => false,
        }
    }
}

/// Whether `glob` matches the whole of `name`.
fn matches(glob: &str, name: &str) -> bool {
    let mut parts = glob.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// Addresses that begin with the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Any address in it.
    pub address: IpAddr,
    /// How many bits are the same.
    pub bits: u32,
}

impl Range {
    /// `10.0.0.0/8`, `2001:db8::/32`, or one address.
    pub fn parse(text: &str) -> Option<Range> {
        let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().ok()?;
        let all = if address.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            Some(bits) => bits.parse().ok().filter(|bits| *bits <= all)?,
            None => all,
        };
        Some(Range { address, bits })
    }

    /// Whether `address` is in it.
    pub fn contains(&self, address: IpAddr) -> bool {
        let difference = match (self.address, address) {
            (IpAddr::V4(one), IpAddr::V4(other)) => u128::from(one.to_bits() ^ other.to_bits()) << 96,
            (IpAddr::V6(one), IpAddr::V6(other)) => one.to_bits() ^ other.to_bits(),
            _ => return false,
        };
        difference.leading_zeros() >= self.bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_what_begins_alike() {
        let holds = |range: &str, address: &str| Range::parse(range).unwrap().contains(address.parse().unwrap());
        assert!(holds("10.0.0.0/8", "10.255.0.1") && !holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("192.0.2.7", "192.0.2.7") && !holds("192.0.2.7", "192.0.2.6"));
        assert!(holds("fc00::/7", "fdff::1") && !holds("fc00::/7", "fe00::1"));
        assert!(!holds("10.0.0.0/8", "::ffff:a00:1") && holds("0.0.0.0/0", "8.8.8.8"));
        for wrong in ["10.0.0.0/99", "10.0.0/8", "10.0.0.0/", "fc00::/129", "300.0.0.0/8", "x"] {
            assert_eq!(Range::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_host_covers_what_is_below_it() {
        let host = Forbidden::Host("acme.internal".to_owned());
        assert!(host.covers_name("acme.internal") && host.covers_name("a.b.acme.internal"));
        assert!(!host.covers_name("notacme.internal") && !host.covers_name("acme.internal.example"));
    }

    #[test]
    fn a_glob_matches_the_whole_name() {
        let matches = |glob: &str, name: &str| Forbidden::Glob(glob.to_owned()).covers_name(name);
        assert!(matches("db-*.acme.net", "db-1.eu.acme.net") && matches("inc-*", "inc-7") && matches("*a*b", "xaab"));
        assert!(!matches("db-*.acme.net", "mydb-1.acme.net") && !matches("inc-*", "inc") && !matches("*ab*ab", "ab"));
    }
}
