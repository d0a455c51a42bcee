//! The index of the search: for each word the postmortems in which it stands, and where in them.
//!
//! A reader loads only the parts ("shards") of what they type. A shard has a line for each word,
//! sorted: `checkout 3a12fb`. After the word come the postmortems by their place in the page's list, each
//! as the distance from the one before (left out if it is 1) and a letter for the field.

use std::collections::BTreeMap;
use std::fmt::Write;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::words::{shard, words};

/// The letters of the fields, in the order of their numbers.
const LETTERS: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";

/// A text in which words are looked for, and the number of its field. A word that stands in several
/// fields of a postmortem is found in the one with the least number.
pub(super) type Text = (usize, String);

/// A whole index.
pub(super) struct Index {
    /// Changes with the index, so that shards may be kept for ever.
    pub(super) fingerprint: String,
    /// By name.
    pub(super) shards: BTreeMap<String, String>,
}

impl Index {
    /// Reads the postmortems, in the order of the list.
    pub(super) fn new<T: Sync>(postmortems: &[T], texts: impl Fn(&T) -> Vec<Text> + Sync) -> Index {
        let found: Vec<BTreeMap<String, usize>> =
            postmortems.par_iter().map(|postmortem| words_of(texts(postmortem))).collect();
        let mut words: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for (place, own) in found.into_iter().enumerate() {
            for (word, field) in own {
                words.entry(word).or_default().push((place, field));
            }
        }
        let mut shards: BTreeMap<String, String> = BTreeMap::new();
        for (word, places) in words {
            let text = shards.entry(shard(&word)).or_default();
            *text += &word;
            text.push(' ');
            write_places(text, &places);
            text.push('\n');
        }
        Index { fingerprint: fingerprint(&shards), shards }
    }
}

/// Each word of a postmortem with the least field in which it stands.
fn words_of(texts: Vec<Text>) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for (field, text) in texts {
        for word in words(&text) {
            let least = found.entry(word).or_insert(field);
            *least = field.min(*least);
        }
    }
    found
}

fn write_places(text: &mut String, places: &[(usize, usize)]) {
    let mut next = 0;
    for (place, field) in places {
        if *place > next {
            // Writing to a text cannot fail.
            let _ = write!(text, "{}", place - next + 1);
        }
        text.push(LETTERS[*field % LETTERS.len()].into());
        next = place + 1;
    }
}

fn fingerprint(shards: &BTreeMap<String, String>) -> String {
    let mut hash = Sha256::new();
    for (name, text) in shards {
        hash.update(name);
        hash.update([0]);
        hash.update(text);
    }
    data_encoding::HEXLOWER.encode(&hash.finalize()[..4])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(postmortems: &[&[(usize, &str)]]) -> Index {
        Index::new(postmortems, |texts| texts.iter().map(|(field, text)| (*field, (*text).to_owned())).collect())
    }

    #[test]
    fn a_word_names_its_postmortems_by_distance_and_field() {
        let index = index(&[
            &[(0, "Checkout down")],
            &[(1, "Chess")],
            &[],
            &[(2, "the checkout"), (0, "Labels")],
            &[(2, "checkout"), (1, "a checkout")],
        ]);
        assert_eq!(index.shards["ch"], "checkout a3cb\nchess 2b\n");
        assert_eq!(index.shards["th"], "the 4c\n");
        assert_eq!(index.shards.keys().collect::<Vec<_>>(), ["ch", "do", "la", "th"]);
    }

    #[test]
    fn the_fingerprint_follows_the_words_and_nothing_else() {
        let one = index(&[&[(0, "Checkout down")]]);
        assert_eq!(one.fingerprint, index(&[&[(0, "down, CHECKOUT!")]]).fingerprint);
        assert_ne!(one.fingerprint, index(&[&[(1, "Checkout down")]]).fingerprint);
    }
}
