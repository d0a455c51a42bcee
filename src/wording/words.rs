//! Small matters of language: sentences, participles, lists of phrases.

use std::collections::BTreeMap;
use std::ops::Range;

use regex::Regex;

use crate::characters;
use crate::diagnostic::Code;

/// What stands before and after a match in its sentence; of one that does not end, as far as a reader keeps it in mind. Each
/// match is judged by that, and a text may be one sentence with thousands of them.
pub(super) fn around<'t>(text: &'t str, range: &Range<usize>) -> (&'t str, &'t str) {
    const REACH: usize = 500;
    let first = characters::cut_before(text, range.start.saturating_sub(REACH));
    let last = characters::cut_before(text, range.end + REACH).max(range.end);
    let start = first + sentence_start(&text[first..range.start]);
    let end = range.end + sentence_end(&text[range.end..last]);
    (&text[start..range.start], &text[range.end..end])
}

/// The byte after the last end of a sentence in `text`.
fn sentence_start(text: &str) -> usize {
    let ends = text.char_indices().rev().filter(|(_, c)| ".!?;".contains(*c));
    // A blank has to follow: versions, hosts and times have points inside.
    let mut starts = ends.map(|(at, _)| at + 1).filter(|at| text[*at..].starts_with(char::is_whitespace));
    starts.next().unwrap_or_default()
}

/// The byte after the first end of a sentence in `text`, or its length.
fn sentence_end(text: &str) -> usize {
    let ends = text.char_indices().filter(|(_, c)| ".!?;".contains(*c)).map(|(at, _)| at + 1);
    let mut ends = ends.filter(|at| text[*at..].is_empty() || text[*at..].starts_with(char::is_whitespace));
    ends.next().unwrap_or(text.len())
}

/// The words of `text` in lower case, without punctuation.
pub(super) fn folded(text: &str) -> Vec<String> {
    let words = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    words.filter(|word| !word.is_empty()).collect()
}

/// The phrases that a site adds to those rules that are meant.
pub(super) fn of_rules(words: &BTreeMap<Code, Vec<String>>, is_meant: fn(Code) -> bool) -> Vec<(Code, Regex)> {
    let words = words.iter().filter(|(code, _)| is_meant(**code));
    words.filter_map(|(code, words)| Some((*code, any_of(words)?))).collect()
}

/// Any of the phrases of a site, whatever their case and the blanks between their words.
fn any_of(phrases: &[String]) -> Option<Regex> {
    let phrases = phrases.iter().map(|phrase| phrase.split_whitespace().map(regex::escape).collect::<Vec<_>>());
    let phrases: Vec<String> = phrases.filter(|words| !words.is_empty()).map(|words| words.join(r"\s+")).collect();
    if phrases.is_empty() {
        return None;
    }
    Regex::new(&format!("(?i)(?:{})", phrases.join("|"))).ok()
}

/// A pattern of ours: a blank is any white space, and an apostrophe may be a curly one.
pub(super) fn pattern(text: &str) -> Regex {
    // By replacing, since the crate cannot name a part of a pattern and use it twice.
    let text = text.replace("PARTICIPLE", PARTICIPLE).replace("PERSON", super::subject::PERSON_PATTERN);
    let text = text.replace(' ', r"\s+").replace('\'', "['’]");
    #[expect(clippy::expect_used, reason = "the patterns are constants, and the tests build all of them")]
    Regex::new(&format!("(?i){text}")).expect("a pattern of ours")
}

/// Past participles: regular ones, and the irregular ones that postmortems use.
const PARTICIPLE: &str = "(?:[a-z-]{2,}ed|been|begun|broken|brought|built|bought|caught|chosen|come|cut|done|drawn|driven|\
    fallen|felt|forgotten|found|given|gone|gotten|grown|heard|held|hidden|hit|kept|known|led|left|let|lost|made|meant|met|\
    overridden|overseen|paid|put|read|rebuilt|rewritten|run|said|seen|sent|set|shown|shut|sold|spent|split|spoken|spread|\
    stood|stuck|sunk|taken|taught|thought|thrown|told|understood|undone|withdrawn|woken|won|worn|written)";

/// Participles that mostly describe a thing: "should have automated tests" is a present duty.
const DESCRIBING: &[&str] = &[
    "automated",
    "dedicated",
    "defined",
    "detailed",
    "documented",
    "improved",
    "increased",
    "isolated",
    "limited",
    "named",
    "restricted",
    "separated",
    "shared",
    "written",
    "centralised",
    "centralized",
    "reduced",
    "managed",
    "trained",
    "advanced",
    "updated",
    "proven",
    "agreed",
    "standardised",
    "standardized",
    "needed",
    "required",
];

/// Words that can follow a verb, not an adjective.
const AFTER_VERBS: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "it", "them", "him", "her", "us", "our", "their", "its", "his",
    "by", "in", "at", "to", "on", "with", "for", "from", "before", "after", "earlier", "sooner", "first", "when",
    "and", "or", "but", "so", "as", "more", "better", "because", "if", "while", "until", "since", "through", "into",
];

/// Whether a participle at the end of `phrase` describes what follows instead of telling what was done.
pub(super) fn is_describing(phrase: &str, after: &str) -> bool {
    let last = folded(phrase).pop().unwrap_or_default();
    if !DESCRIBING.contains(&last.as_str()) || !after.starts_with(char::is_whitespace) {
        return false;
    }
    let next = folded(after).into_iter().next();
    next.is_some_and(|next| !AFTER_VERBS.contains(&next.as_str()))
}

/// Whether one of the last `reach` words of `text` is one of `words`.
pub(super) fn ends_near(text: &str, words: &[&str], reach: usize) -> bool {
    folded(text).iter().rev().take(reach).any(|word| words.contains(&word.as_str()))
}
