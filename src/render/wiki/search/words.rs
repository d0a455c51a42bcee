//! From text to the words by which it is found. `wiki.js` does the same with what a reader types; both are held to
//! `tests/search-words.json`, here and by `tests/outside/search.mjs`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::characters::is_cjk;

/// The longest word, in characters; of longer ones the beginning counts.
const LONGEST: usize = 24;

/// The words of a text, folded, in its order. Chinese, Japanese and Korean
/// ([`is_cjk`]) give each pair of neighbouring characters. Single letters, and numbers under three digits, stand
/// everywhere and find nothing.
pub(super) fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut found = Vec::new();
    for run in folded.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        let chars: Vec<char> = run.chars().collect();
        for piece in chars.chunk_by(|a, b| is_cjk(*a) == is_cjk(*b)) {
            match is_cjk(piece[0]) {
                true if piece.len() > 1 => found.extend(piece.windows(2).map(|pair| pair.iter().collect::<String>())),
                true => found.push(piece[0].to_string()),
                false if says_something(piece) => found.push(piece.iter().take(LONGEST).collect()),
                false => {}
            }
        }
    }
    found
}

/// Lower case, without diacritics, compatible characters unified.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let bare: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let mut folded = String::with_capacity(bare.len());
    for c in bare.to_lowercase().nfc() {
        match plain(c) {
            Some(letters) => folded += letters,
            None => folded.push(c),
        }
    }
    folded
}

/// What stands for a letter that Unicode does not take apart.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ı' => "i",
        'þ' => "th",
        'ς' => "σ",
        _ => return None,
    })
}

fn says_something(word: &[char]) -> bool {
    word.len() > 2 || (word.len() == 2 && !word.iter().all(char::is_ascii_digit))
}

/// Which part of the index holds a word: its first two letters, or the number of a first character
/// that is no ASCII, so that every name suits every file system.
pub(super) fn shard(word: &str) -> String {
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if first.is_ascii() => {
            format!("{first}{}", if second.is_ascii() { second } else { '_' })
        }
        (Some(first), _) => format!("u{:x}", u32::from(first)),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Vector {
        text: String,
        words: Vec<String>,
    }

    #[test]
    fn texts_become_the_words_that_the_script_makes_of_them() {
        let vectors: Vec<Vector> = serde_json::from_str(include_str!("../../../../tests/search-words.json")).unwrap();
        for vector in vectors {
            assert_eq!(words(&vector.text), vector.words, "{}", vector.text);
        }
    }

    #[test]
    fn names_of_shards_suit_every_file_system() {
        let shards = ["checkout", "503", "añejo", "ошибка", "障害"].map(shard);
        assert_eq!(shards, ["ch", "50", "a\u{5f}", "u43e", "u969c"].map(str::to_owned));
    }
}
