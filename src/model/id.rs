//! The names of entries.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The name of an entry in URLs and references: a slug, unique in its kind.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

impl Id {
    /// The longest id, in bytes.
    pub const LONGEST: usize = 100;

    /// `text` as an id, if it is a slug: lower-case letters and digits, in words joined by single
    /// hyphens, at most [`Id::LONGEST`] bytes.
    pub fn new(text: &str) -> Option<Id> {
        let fits = text.len() <= Id::LONGEST && text.split('-').all(is_slug_word);
        fits.then(|| Id(text.into()))
    }

    /// The nearest id to any text: `Check-out & pay` becomes `check-out-pay`, `Störung` becomes `storung`. None if it has
    /// no letter and no digit.
    pub fn slug(text: &str) -> Option<Id> {
        let lower = latin(text).to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let mut joined = words.join("-");
        joined.truncate(Id::LONGEST);
        Id::new(joined.trim_end_matches('-'))
    }
}

/// `text` in ASCII: letters of any script as Latin ones, all else outside of ASCII as blanks. Accents are dropped and not
/// spelled out, since which of `o` and `oe` an `ö` is depends on the language, and titles may be in any.
fn latin(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            c if c.is_ascii() => out.push(c),
            // Vowels of many scripts are marks on the letter before them.
            c if c.is_alphanumeric() || is_combining_mark(c) => {
                let letters = deunicode::deunicode_char(c).unwrap_or_default();
                // The reading of an ideograph is a word, also where it follows another script.
                if letters.ends_with(' ') {
                    out.push(' ');
                }
                // A letter that no Latin one stands for becomes a sign, which would cut the word in two.
                let is_sign = |c: char| !c.is_ascii_alphanumeric();
                let letters = if letters.chars().all(is_sign) { "" } else { letters };
                out.extend(letters.chars().filter(|c| *c != '\''));
            }
            _ => out.push(' '),
        }
    }
    out
}

fn is_slug_word(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

impl Deref for Id {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_slug() {
        for good in ["a", "2026-03-02-checkout-503", "a1"] {
            assert!(Id::new(good).is_some(), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "A", "a_b", "a/b", "é", ".", "a b", &"a".repeat(101)] {
            assert!(Id::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn any_text_has_a_slug_or_none() {
        assert_eq!(&*Id::slug("Check-out & pay").unwrap(), "check-out-pay");
        assert_eq!(&*Id::slug("[ a -> f ]").unwrap(), "a-f");
        assert_eq!(Id::slug("—"), None);
        assert_eq!(Id::slug("🔥"), None);
    }

    #[test]
    fn letters_of_any_script_become_latin_ones() {
        for (text, slug) in [
            ("Größere Störung für Kunden", "grossere-storung-fur-kunden"),
            // Decomposed, as macOS writes it.
            ("Sto\u{308}rung", "storung"),
            ("Оплата только картой", "oplata-tolko-kartoi"),
            ("Διακοπή πληρωμών", "diakope-pleromon"),
            ("支付故障", "zhi-fu-gu-zhang"),
            ("결제 장애", "gyeolje-jangae"),
            ("決済の障害", "jue-ji-no-zhang-hai"),
            ("تعطل الدفع", "ttl-ldf"),
            ("भुगतान विफल", "bhugtaan-viphl"),
            ("Paiements — l’étape d’après", "paiements-l-etape-d-apres"),
        ] {
            assert_eq!(&*Id::slug(text).unwrap(), slug, "{text}");
        }
    }

    #[test]
    fn the_slug_of_a_long_title_is_an_id() {
        let long = Id::slug(&"支付故障 Zahlungsstörung ".repeat(30)).unwrap();
        assert!(long.len() <= Id::LONGEST && Id::new(&long).is_some(), "{long}");
    }
}
