//! "Did you mean": the closest word of a list.

use std::cmp::Reverse;

/// The help text for `word`, if one of `known` is close enough to be meant.
///
/// Close is at most a third of the word's length in edits (Damerau-Levenshtein with adjacent
/// transpositions), ignoring case, and treating `-`, `_` and blanks alike.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    closest(word, known).map(|found| format!("did you mean `{found}`?"))
}

fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    // At least one: short words are mistyped as well.
    let limit = (folded.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&folded, &fold(candidate)), common_prefix(word, candidate), candidate))
        .filter(|(distance, ..)| *distance <= limit)
        .min_by_key(|(distance, prefix, candidate)| (*distance, Reverse(*prefix), *candidate))
        .map(|(.., candidate)| candidate)
}

/// Tells candidates apart that only differ in what [`fold`] takes away.
fn common_prefix(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

/// Cut, since the distance costs the product of both lengths, and a whole text that stands where a word belongs is
/// no slip of the fingers.
fn fold(word: &str) -> String {
    word.chars().take(64).flat_map(char::to_lowercase).map(|c| if matches!(c, '-' | ' ') { '_' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_word_is_suggested() {
        let known = ["checkout", "checkin", "api"];
        assert_eq!(did_you_mean("chekout", known).as_deref(), Some("did you mean `checkout`?"));
        assert_eq!(did_you_mean("chekcout", known).as_deref(), Some("did you mean `checkout`?"));
        assert_eq!(did_you_mean("shops", ["Shop", "shop"]).as_deref(), Some("did you mean `shop`?"));
        assert_eq!(did_you_mean("Checkout", known).as_deref(), Some("did you mean `checkout`?"));
    }

    #[test]
    fn a_far_word_is_not_suggested() {
        assert_eq!(did_you_mean("billing", ["checkout", "api"]), None);
        assert_eq!(did_you_mean("", ["checkout"]), None);
    }
}
