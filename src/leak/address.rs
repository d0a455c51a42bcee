//! Addresses: what they begin with, and reading one where it may begin.

use std::net::IpAddr;
use std::ops::Range as Span;

use crate::model::Range;

/// The longest address in text: `ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255`.
const LONGEST: usize = 45;

/// What the addresses of a range begin with: `10.`, `fd00:`.
pub(super) fn beginnings(range: &Range) -> Vec<String> {
    match range.address {
        IpAddr::V4(address) => {
            numbers(u32::from(address.octets()[0]), 8, range.bits).map(|first| format!("{first}.")).collect()
        }
        IpAddr::V6(address) => {
            numbers(u32::from(address.segments()[0]), 16, range.bits).map(|first| format!("{first:x}:")).collect()
        }
    }
}

/// How the name of a machine begins that is made of an address of the range: `ip-10-0-0-1`.
pub(super) fn dashed_beginnings(range: &Range) -> Vec<String> {
    match range.address {
        IpAddr::V4(_) => beginnings(range).iter().map(|first| format!("ip-{}-", first.trim_end_matches('.'))).collect(),
        IpAddr::V6(_) => Vec::new(),
    }
}

/// The address in the name of a machine that begins at `at`, and its bytes.
pub(super) fn read_dashed(bytes: &[u8], at: usize) -> Option<(IpAddr, Span<usize>)> {
    /// `ip-`
    const MARK: usize = 3;
    if at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric()) {
        return None;
    }
    let digits = &bytes[at + MARK..];
    let length = digits.iter().take(LONGEST).take_while(|byte| byte.is_ascii_digit() || **byte == b'-').count();
    let text = std::str::from_utf8(&digits[..length]).ok()?;
    let numbers: Vec<&str> = text.split('-').take(4).collect();
    let written = numbers.join("-").len();
    Some((numbers.join(".").parse().ok()?, at..at + MARK + written))
}

/// The numbers of `width` bits that have the first `bits` in common with `first`.
fn numbers(first: u32, width: u32, bits: u32) -> impl Iterator<Item = u32> {
    let free = (1 << width.saturating_sub(bits)) - 1;
    (first & !free)..=(first | free)
}

/// The address that begins at `at`, and its bytes; none if it is a part of something longer.
pub(super) fn read(bytes: &[u8], at: usize) -> Option<(IpAddr, Span<usize>)> {
    let is_four = bytes[at..].iter().find(|byte| !byte.is_ascii_hexdigit()) == Some(&b'.');
    let belongs = |byte: u8| {
        if is_four { byte.is_ascii_digit() || byte == b'.' } else { byte.is_ascii_hexdigit() || b":.".contains(&byte) }
    };
    let before = at.checked_sub(1).map(|before| bytes[before]);
    if before.is_some_and(|before| belongs(before) || (before.is_ascii_alphanumeric() && !is_escape(bytes, at))) {
        return None;
    }
    let length = bytes[at..].iter().take(LONGEST + 1).take_while(|byte| belongs(**byte)).count();
    let text = std::str::from_utf8(&bytes[at..at + length]).ok()?;
    // Letters right behind it make it a part of something else: a version, a hash.
    if bytes.get(at + length).is_some_and(|after| after.is_ascii_alphanumeric()) {
        return None;
    }
    // The end of a sentence, not of the address.
    let text = text.trim_end_matches('.');
    let text = if text.ends_with("::") { text } else { text.trim_end_matches(':') };
    Some((text.parse().ok()?, at..at + text.len()))
}

/// Whether the letter before `at` is that of `\n` in JSON.
fn is_escape(bytes: &[u8], at: usize) -> bool {
    at > 1 && bytes[at - 2] == b'\\'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, beginning: &str) -> Option<String> {
        let at = text.find(beginning).unwrap();
        read(text.as_bytes(), at).map(|(address, span)| {
            assert_eq!(text[span.clone()].parse(), Ok(address));
            text[span].to_owned()
        })
    }

    #[test]
    fn an_address_ends_where_the_sentence_does() {
        for (text, address) in [
            ("at 10.1.2.3.", "10.1.2.3"),
            ("10.1.2.3:8080", "10.1.2.3"),
            ("(10.1.2.3/24)", "10.1.2.3"),
            (r"a\n10.1.2.3", "10.1.2.3"),
        ] {
            assert_eq!(found(text, "10.").as_deref(), Some(address), "{text}");
        }
        for text in
            ["10.1.2", "110.1.2.3", "v10.1.2.3", "1.10.1.2.3", "10.1.2.3.4", "10.1.2.345", "10.1.2.3b", "10.5 %"]
        {
            assert_eq!(found(text, "10."), None, "{text}");
        }
    }

    #[test]
    fn the_longer_addresses_too() {
        for (text, address) in
            [("[fd12:3::7]:80", "fd12:3::7"), ("fd12::, and", "fd12::"), ("from fd12:3::7: no", "fd12:3::7")]
        {
            assert_eq!(found(text, "fd12:").as_deref(), Some(address), "{text}");
        }
        for text in ["fd12: a word", "0:fd12:3::7", "fd12:3::7g"] {
            assert_eq!(found(text, "fd12:"), None, "{text}");
        }
    }

    #[test]
    fn a_range_begins_with_its_numbers() {
        let of = |text: &str| beginnings(&Range::parse(text).unwrap());
        assert_eq!(of("10.0.0.0/8"), ["10."]);
        assert_eq!(of("172.16.0.0/12"), ["172."]);
        assert_eq!(of("8.0.0.0/6"), ["8.", "9.", "10.", "11."]);
        assert_eq!(of("fe80::/10").len(), 64);
        assert_eq!(of("2001:db8::/32"), ["2001:"]);
    }
}
