//! A text to find, and what counts as finding it.

use super::reading::{Escapes, Reading};

/// A text that must not become public.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Needle {
    /// As [`Reading`] folds it.
    pub(super) folded: String,
    /// As the message shows it.
    pub(super) shown: String,
    border: Border,
    /// Whether each letter must be as it is shown, upper or lower case.
    is_exact: bool,
}

/// What must not continue a text on either side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Border {
    /// Letters and digits: the text is whole words.
    Word,
    /// Hyphens, and dots inside a name, as well: the text is a whole id, address or host.
    Name,
}

impl Needle {
    /// Whole words, in upper or lower case.
    pub(super) fn words(text: &str) -> Needle {
        Needle { folded: Reading::key(text), shown: text.to_owned(), border: Border::Word, is_exact: false }
    }

    /// Whole words, letter by letter.
    pub(super) fn exact(text: &str) -> Needle {
        Needle { is_exact: true, ..Needle::words(text) }
    }

    /// An id, an address or a host: a hyphen makes it another one.
    pub(super) fn name(text: &str) -> Needle {
        Needle { folded: text.to_lowercase(), border: Border::Name, ..Needle::words(text) }
    }

    /// Where it stands in the folded text of `bytes`.
    pub(super) fn find<'t>(
        &'t self,
        reading: &'t Reading,
        bytes: &'t [u8],
        escapes: Escapes,
    ) -> impl Iterator<Item = usize> + 't {
        let is_as_shown = move |at: &usize| {
            let span = reading.origin(*at..at + self.folded.len());
            !self.is_exact || Reading::exact(&bytes[span], escapes) == self.shown
        };
        self.stands_in(&reading.folded).filter(is_as_shown)
    }

    /// Where it stands in a folded text.
    fn stands_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        text.match_indices(&*self.folded).map(|(at, _)| at).filter(move |at| {
            let (before, after) = (&text[..*at], &text[at + self.folded.len()..]);
            !self.border.goes_on(before.chars().rev()) && !self.border.goes_on(after.chars())
        })
    }

    /// Whether it stands in a text of the settings or in a path.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.stands_in(&Reading::key(text)).next().is_some()
    }
}

impl Border {
    /// Whether what comes next, going away from a text, is a part of the same word or name.
    fn goes_on(self, mut away: impl Iterator<Item = char>) -> bool {
        match (away.next(), self) {
            (Some(c), _) if c.is_alphanumeric() => true,
            (Some('-' | '_'), Border::Name) => true,
            // A dot may end the sentence instead.
            (Some('.'), Border::Name) => away.next().is_some_and(char::is_alphanumeric),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_longer_than_a_word() {
        for (text, as_words, as_name) in [
            ("see db.acme: x", true, true),
            ("see db.acme. Then", true, true),
            ("see db.acme.example", true, false),
            ("see my-db.acme", true, false),
            ("see DB.acme", true, true),
            ("see xdb.acme", false, false),
        ] {
            assert_eq!(Needle::words("db.acme").is_in(text), as_words, "{text}");
            assert_eq!(Needle::name("db.acme").is_in(text), as_name, "{text}");
        }
    }

    #[test]
    fn an_exact_text_has_its_own_letters() {
        let find = |text: &str| {
            let reading = Reading::of(text.as_bytes(), Escapes::Markup);
            Needle::exact("Keys & locks").find(&reading, text.as_bytes(), Escapes::Markup).count()
        };
        assert_eq!((find("a Keys &amp;\nlocks b"), find("keys &amp; locks")), (1, 0));
    }
}
