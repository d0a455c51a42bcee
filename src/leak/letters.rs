//! One pass over bytes that finds texts in them, whatever their number and where one begins inside of another.

use std::ops::Range;

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, dfa};

/// Texts, ready to be found.
pub(super) enum Letters {
    /// One step a byte. It needs the most memory, of which a site with its few secrets needs little.
    Table(dfa::DFA),
    /// For texts in the hundreds of thousands.
    Small(NFA),
    /// There are more than an automaton can number.
    None,
}

impl Letters {
    /// Found whatever the case of their letters of ASCII; none is empty.
    pub(super) fn new<'t>(texts: impl Iterator<Item = &'t String> + Clone) -> Letters {
        let table = dfa::DFA::builder().ascii_case_insensitive(true).prefilter(false).build(texts.clone());
        let small = |_| NFA::builder().ascii_case_insensitive(true).prefilter(false).build(texts).map(Letters::Small);
        table.map(Letters::Table).or_else(small).unwrap_or(Letters::None)
    }

    /// Gives each place of each text, by the number of the text, until `goes_on` says no; by their ends.
    pub(super) fn each(&self, bytes: &[u8], goes_on: impl FnMut(usize, Range<usize>) -> bool) {
        match self {
            Letters::Table(automaton) => each(automaton, bytes, goes_on),
            Letters::Small(automaton) => each(automaton, bytes, goes_on),
            Letters::None => {}
        }
    }
}

fn each(automaton: &impl Automaton, bytes: &[u8], mut goes_on: impl FnMut(usize, Range<usize>) -> bool) {
    let Ok(mut state) = automaton.start_state(Anchored::No) else { return };
    let mut end = 0;
    while let Some(passed) = pass(automaton, &mut state, &bytes[end..]) {
        end += passed;
        if !automaton.is_match(state) {
            continue;
        }
        for index in 0..automaton.match_len(state) {
            let text = automaton.match_pattern(state, index);
            if !goes_on(text.as_usize(), end - automaton.pattern_len(text)..end) {
                return;
            }
        }
    }
}

/// Passes bytes until something ends there; how many that took. By hand and by itself: every byte of a site comes through here,
/// and what the crate has for places that overlap takes twice the steps.
#[inline(never)]
fn pass(automaton: &impl Automaton, state: &mut StateID, bytes: &[u8]) -> Option<usize> {
    let mut at = *state;
    let end = bytes.iter().position(|byte| {
        at = automaton.next_state(Anchored::No, at, *byte);
        automaton.is_special(at)
    });
    *state = at;
    end.map(|before| before + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(texts: &[&str], bytes: &str) -> Vec<(usize, Range<usize>)> {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        let mut found = Vec::new();
        Letters::new(texts.iter()).each(bytes.as_bytes(), |text, place| {
            found.push((text, place));
            found.len() < 4
        });
        found
    }

    #[test]
    fn texts_are_found_inside_of_each_other_and_in_any_case() {
        assert_eq!(places(&["db-1", "b-", "1.x"], "a DB-1.x"), [(1, 3..5), (0, 2..6), (2, 5..8)]);
        assert_eq!(places(&[], "a DB-1.x"), []);
    }

    #[test]
    fn it_ends_when_nobody_wants_more() {
        assert_eq!(places(&["a"], "aaaaaaaa").len(), 4);
    }
}
