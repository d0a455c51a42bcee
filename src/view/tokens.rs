//! The words of a text, for finding texts that are alike.
//!
//! The input is Markdown as written. Addresses are dropped, markup falls away with everything else that
//! is no letter.

use crate::characters::is_cjk;

/// Words so common that they say nothing of a text, as they stand before their endings are cut off.
const STOP_WORDS: &[&str] = &[
    "about", "above", "after", "again", "against", "all", "also", "and", "any", "are", "because", "been", "before",
    "being", "below", "between", "both", "but", "can", "could", "did", "does", "down", "due", "during", "each", "few",
    "for", "from", "further", "had", "has", "have", "her", "here", "him", "his", "how", "into", "its", "just", "more",
    "most", "nor", "not", "off", "once", "only", "other", "our", "out", "over", "own", "same", "she", "should", "some",
    "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through",
    "too", "under", "until", "very", "was", "were", "what", "when", "where", "which", "while", "who", "why", "will",
    "with", "would", "you", "your",
];

/// The shortest word that counts, and the least that cutting off an ending leaves, in characters.
const SHORTEST: usize = 3;

/// The words of `text`, in order: `[a-z][a-z0-9_-]{2,}` in lower case without stop words and without the
/// endings `ing`, `ed`, `es` and `s`; other alphabets count as letters. Chinese, Japanese and Korean,
/// which have no blanks where words end, give their pairs of neighbouring characters.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let text = without_addresses(text).to_lowercase();
    let mut found = Vec::new();
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let belongs: fn(char) -> bool = match first {
            _ if is_cjk(first) => is_cjk,
            _ if first.is_alphabetic() => is_within_word,
            _ => {
                rest = &rest[first.len_utf8()..];
                continue;
            }
        };
        let (run, after) = rest.split_at(rest.find(|c| !belongs(c)).unwrap_or(rest.len()));
        if is_cjk(first) {
            found.extend(pairs(run));
        } else {
            found.extend(word(run));
        }
        rest = after;
    }
    found
}

fn is_within_word(c: char) -> bool {
    (c.is_alphanumeric() && !is_cjk(c)) || c == '_' || c == '-'
}

fn pairs(run: &str) -> Vec<String> {
    let characters: Vec<char> = run.chars().collect();
    match characters.as_slice() {
        [single] => vec![single.to_string()],
        several => several.windows(2).map(|pair| pair.iter().collect()).collect(),
    }
}

fn word(run: &str) -> Option<String> {
    (run.chars().count() >= SHORTEST && STOP_WORDS.binary_search(&run).is_err()).then(|| stem(run).to_owned())
}

fn stem(word: &str) -> &str {
    let cut = ["ing", "ed", "es", "s"].iter().find_map(|ending| word.strip_suffix(ending));
    cut.filter(|stem| stem.chars().count() >= SHORTEST).unwrap_or(word)
}

/// The text without the targets of its links and without addresses that stand in it.
fn without_addresses(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = next_address(rest) {
        let (before, address) = rest.split_at(start);
        kept.push_str(before);
        kept.push(' ');
        let length = match address.strip_prefix("](") {
            Some(target) => target.find([')', '\n']).map(|at| at + "](".len()),
            None => address.find(|c: char| c.is_whitespace() || ")>]|\"".contains(c)),
        };
        rest = &address[length.unwrap_or(address.len())..];
    }
    kept + rest
}

fn next_address(text: &str) -> Option<usize> {
    const STARTS: [&str; 4] = ["](", "http://", "https://", "www."];
    text.char_indices().map(|(at, _)| at).find(|at| STARTS.iter().any(|start| text[*at..].starts_with(start)))
}

/// The entries of the lists in a Markdown text, without their bullets; what stands before the first
/// bullet belongs to none. A line that is indented continues the entry above it.
pub(super) fn list_entries(text: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        match (bullet(line), entries.last_mut()) {
            (Some(entry), _) => entries.push(entry.to_owned()),
            (None, Some(entry)) if !line.is_empty() => {
                entry.push(' ');
                entry.push_str(line);
            }
            _ => {}
        }
    }
    entries.retain(|entry| !entry.is_empty());
    entries
}

fn bullet(line: &str) -> Option<&str> {
    // An entry without text; a number alone may be the end of a sentence.
    if matches!(line, "-" | "*" | "+") {
        return Some("");
    }
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let after = if numbered.len() < line.len() {
        numbered.strip_prefix(['.', ')'])
    } else {
        line.strip_prefix(['-', '*', '+'])
    };
    after?.strip_prefix([' ', '\t']).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stop_words_are_sorted_for_the_search() {
        assert!(STOP_WORDS.is_sorted());
    }

    #[test]
    fn words_lose_case_endings_and_addresses() {
        let text =
            "The **Pods** were restarting: see [the logs](https://logs.example/a?b=c) at https://x.example/pods, v1.";
        assert_eq!(tokens(text), ["pod", "restart", "see", "log"]);
        assert_eq!(tokens("no-ingress-test, t3, used, <https://a.example>"), ["no-ingress-test", "used"]);
        assert_eq!(tokens("[a link](/incidents/checkout/) and ![graph](/internal/cpu.png)"), ["link", "graph"]);
        assert_eq!(tokens("Überlastung"), ["überlastung"]);
        assert_eq!(tokens(""), [""; 0]);
    }

    #[test]
    fn chinese_and_japanese_give_pairs() {
        assert_eq!(tokens("障害対応 DNSの変更"), ["障害", "害対", "対応", "dns", "の変", "変更"]);
        assert_eq!(tokens("図"), ["図"]);
    }

    #[test]
    fn a_list_has_entries() {
        let text = "Three things:\n\n- No lock\n  on Flux\n* No test\n1. No alert\n\n-";
        assert_eq!(list_entries(text), ["No lock on Flux", "No test", "No alert"]);
        assert_eq!(list_entries("2021 was the year.\n**Bold** words."), [""; 0]);
    }
}
