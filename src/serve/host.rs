//! Which `Host` a request may name.
//!
//! A web page elsewhere can point its own name at 127.0.0.1 and then read what this server gives
//! ("DNS rebinding"). Its requests still carry that name, so every foreign name is refused.

use std::net::IpAddr;

/// The hosts that are this server.
pub(super) struct Hosts {
    bound: String,
    /// Listens on every address of the machine; then an IP address, which nobody can rebind, is fine too.
    is_everywhere: bool,
}

impl Hosts {
    pub(super) fn new(bound: &str, address: IpAddr) -> Hosts {
        Hosts { bound: bound.trim_matches(['[', ']']).to_ascii_lowercase(), is_everywhere: address.is_unspecified() }
    }

    /// Whether the value of a `Host` header means this server. The port is left aside: it may be forwarded.
    pub(super) fn allow(&self, value: &str) -> bool {
        let Some(name) = name_of(value) else { return false };
        let name = name.to_ascii_lowercase();
        ["localhost", "127.0.0.1", "::1", &self.bound].contains(&&*name)
            // Which address a machine has behind a router it does not know itself.
            || (self.is_everywhere && name.parse::<IpAddr>().is_ok())
    }
}

/// `name` of `name`, `name:port`, `[v6]` and `[v6]:port`.
fn name_of(value: &str) -> Option<&str> {
    let (name, rest) = match value.strip_prefix('[') {
        Some(inside) => inside.split_once(']')?,
        None => value.split_at(value.find(':').unwrap_or(value.len())),
    };
    let port = rest.strip_prefix(':').unwrap_or(rest);
    // What is no number is no port either, but part of a name: `localhost:80@evil`.
    port.bytes().all(|byte| byte.is_ascii_digit()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_allowed_in_every_spelling() {
        let hosts = Hosts::new("127.0.0.1", [127, 0, 0, 1].into());
        for value in ["localhost", "LOCALHOST:4000", "127.0.0.1:4000", "127.0.0.1", "[::1]:4000", "[::1]"] {
            assert!(hosts.allow(value), "{value}");
        }
    }

    #[test]
    fn every_other_name_is_refused() {
        let hosts = Hosts::new("127.0.0.1", [127, 0, 0, 1].into());
        for value in ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:4000", "localhost:80@evil"]
        {
            assert!(!hosts.allow(value), "{value}");
        }
        assert!(!hosts.allow("192.0.2.7:4000"), "an address that is not listened on");
    }

    #[test]
    fn listening_everywhere_allows_addresses_but_no_names() {
        let hosts = Hosts::new("0.0.0.0", [0, 0, 0, 0].into());
        assert!(hosts.allow("192.0.2.7:4000") && hosts.allow("[2001:db8::7]:4000"));
        assert!(!hosts.allow("evil.example:4000"));
    }
}
