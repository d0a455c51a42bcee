//! Codes: the short ids by which programs know things, in Statuspage's form `[a-z0-9]{12}`.
//!
//! A code is the SHA-256 of `KIND/SLUG`, its first 16 bytes read as a number (big-endian) modulo
//! 36¹², written in base 36 with twelve digits, `0` to `9` before `a` to `z`. It depends on nothing
//! else, so it stays the same whatever is added, in every build and on every machine.
//!
//! | kind | slug |
//! |---|---|
//! | `page` | the site's `id_base`, or its URL, without scheme and closing slash |
//! | `group`, `component`, `incident`, `maintenance` | the id in the content; with `aliases` the first of them |
//! | `update` | `incident/ID/KEY` or `maintenance/ID/KEY`, where the key is `id-` and the update's `id`, or its instant in UTC, such as `20260302T150400Z`, `-2` behind it for the second of the same instant; for what the clock did the status before the instant; `scheduled` for a description, `postmortem` for that |
//!
//! The instant, not the place in the file, makes an update's code: one that is put between two others
//! leaves them alone. For a time that may have to be put right there is the `id`.

use sha2::{Digest, Sha256};

const LENGTH: u32 = 12;

/// The code of the thing of this kind and slug.
pub(super) fn public_id(kind: &str, slug: &str) -> String {
    let hash = Sha256::digest(format!("{kind}/{slug}"));
    let number = hash.iter().take(16).fold(0u128, |number, byte| (number << 8) | u128::from(*byte));
    let number = (number % u128::from(36u64.pow(LENGTH))) as u64;
    let digits = (0..LENGTH).rev().map(|place| number / 36u64.pow(place) % 36);
    digits.filter_map(|digit| char::from_digit(digit as u32, 36)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked out by other means, so that a change of the scheme cannot go unnoticed.
    #[test]
    fn a_code_is_for_ever() {
        assert_eq!(public_id("component", "checkout"), "xnesmfkujxwt");
        assert_eq!(public_id("update", "incident/2026-03-02-checkout-503/1"), "ovs19m18ddut");
    }
}
