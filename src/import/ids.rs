//! Ids that are unique in their kind.

use std::collections::BTreeSet;

use crate::model::Id;
use crate::time::Time;

/// First parts of the addresses that the new site has itself; no page may have them.
pub(super) const TAKEN: [&str; 11] = [
    "assets",
    "announcements",
    "api",
    "components",
    "history",
    "incidents",
    "index",
    "maintenance",
    "subscribe",
    "uptime",
    "404",
];

/// The ids given out so far for one kind of thing.
#[derive(Default)]
pub(super) struct Ids(BTreeSet<String>);

impl Ids {
    /// Ids of which some are taken from the start.
    pub(super) fn reserving(taken: &[&str]) -> Ids {
        Ids(taken.iter().map(|id| (*id).to_owned()).collect())
    }

    /// The id nearest to `text`, or to `otherwise` if `text` has no letter or digit; with a number
    /// behind it if it is taken already.
    pub(super) fn give(&mut self, text: &str, otherwise: &str) -> String {
        let wanted = Id::slug(text).map_or_else(|| otherwise.to_owned(), |id| id.to_string());
        let mut id = wanted.clone();
        let mut number = 1;
        while !self.0.insert(id.clone()) {
            number += 1;
            let suffix = format!("-{number}");
            let room = wanted.len().min(Id::LONGEST - suffix.len());
            id = format!("{}{suffix}", wanted[..room].trim_end_matches('-'));
        }
        id
    }
}

/// What the id of an entry is made of: its day, in UTC, and the first words of its title.
pub(super) fn dated(at: Time, title: &str) -> String {
    const WORDS: usize = 8;
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(WORDS);
    format!("{} {}", &at.rfc3339()[..10], words.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_id_gets_a_number() {
        let mut ids = Ids::reserving(&["history"]);
        assert_eq!(ids.give("a.b", "x"), "a-b");
        assert_eq!(ids.give("A b", "x"), "a-b-2");
        assert_eq!(ids.give("a-b", "x"), "a-b-3");
        assert_eq!(ids.give("History", "x"), "history-2");
        assert_eq!(ids.give("—", "x"), "x");
        let long = "a".repeat(150);
        assert_eq!(ids.give(&long, "x").len(), Id::LONGEST);
        let second = ids.give(&long, "x");
        assert!(second.ends_with("-2") && second.len() <= Id::LONGEST, "{second}");
    }
}
