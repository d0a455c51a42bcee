//! Rules of wording, each a phrase in prose and what to write instead.
//!
//! Blameless wording, for postmortems: phrases that look for somebody at fault where a postmortem should look for what
//! made the mistake possible. Each finding comes with a question that leads to a better sentence. For words to
//! customers see [`UpdateRules`].
//!
//! The rules are patterns with guards, tuned on real postmortems: "failed to" is mostly said of services, and
//! only what is said of people is found. Code, quotations and addresses are nobody's wording.

mod judge;
mod part;
mod people;
mod rules;
mod subject;
mod update;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use regex::Regex;

use crate::diagnostic::{Code, Severity};
use crate::markdown::{Passage, Prose};

pub use part::PostmortemPart;
pub use people::is_person;
pub use rules::question;
pub(crate) use update::is_switched_off;
pub use update::{TextKind, UpdateContext, UpdateRules, proposal, says_what_is_left};

/// Which rules apply, and what a site adds to them.
#[derive(Clone, Debug, Default)]
pub struct WordingSettings {
    /// Rules that do not apply.
    pub off: BTreeSet<Code>,
    /// Rules that apply although they are off by default.
    pub on: BTreeSet<Code>,
    /// People who may be named by chance.
    pub people: Vec<String>,
    /// More phrases, by rule.
    pub words: BTreeMap<Code, Vec<String>>,
    /// How many contributing factors the postmortem lists.
    pub factors: usize,
}

/// A phrase that a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordingFinding {
    /// The rule.
    pub code: Code,
    /// A warning or a note.
    pub severity: Severity,
    /// On one line.
    pub phrase: String,
    /// The bytes of the phrase in the text that the prose was read from.
    pub at: Range<usize>,
    /// Where in the postmortem it stands.
    pub part: PostmortemPart,
}

/// A sentence with a match in it, as the rules see it.
struct PostmortemMatch<'t> {
    /// The byte of the passage at which the match begins.
    start: usize,
    /// What stands before the match in its sentence.
    before: &'t str,
    phrase: &'t str,
    /// What follows in its sentence.
    after: &'t str,
    part: PostmortemPart,
    people: &'t people::People,
}

/// The rules, ready to be applied to any number of texts.
pub struct Rules {
    settings: WordingSettings,
    people: people::People,
    words: Vec<(Code, Regex)>,
}

impl Rules {
    /// Prepares the rules.
    pub fn new(settings: WordingSettings) -> Rules {
        let people = people::People::new(&settings.people);
        let words = words::of_rules(&settings.words, |code| !code.is_about_updates());
        Rules { words, people, settings }
    }

    /// Every finding, in the order of the text. What stands under no known heading belongs to `part`.
    pub fn findings(&self, prose: &Prose, part: PostmortemPart) -> Vec<WordingFinding> {
        let mut found: Vec<WordingFinding> = Vec::new();
        let off = SwitchedOff::of(prose);
        for passage in &prose.passages {
            let part = PostmortemPart::under(&passage.headings).unwrap_or(part);
            found.extend(self.in_passage(passage, part).into_iter().filter(|finding| !off.has(finding)));
        }
        found.sort_by_key(|finding| (finding.at.start, finding.code));
        // It is said once or all along; the first place is enough to speak of it.
        let mut roots = 0;
        found.retain(|finding| {
            roots += usize::from(finding.code == Code::OneRootCause);
            finding.code != Code::OneRootCause || roots == 1
        });
        found
    }

    fn in_passage(&self, passage: &Passage, part: PostmortemPart) -> Vec<WordingFinding> {
        let mut found: Vec<WordingFinding> = Vec::new();
        let rules = rules::ALL.iter().filter(|rule| self.applies(rule.code));
        for rule in rules {
            for range in whole_matches(rule.pattern(), &passage.text) {
                let hit = hit(passage, &range, part, &self.people);
                if let Some((severity, start)) = (rule.judge)(&hit) {
                    found.push(finding(passage, rule.code, severity, start.unwrap_or(range.start)..range.end, part));
                }
            }
        }
        if self.applies(Code::PersonNamed)
            && let Some(severity) = part.severity_of_names()
        {
            let names = self.people.names_in(&passage.text);
            found.extend(names.map(|range| finding(passage, Code::PersonNamed, severity, range, part)));
        }
        for (code, pattern) in self.words.iter().filter(|(code, _)| self.applies(*code)) {
            let severity = rules::severity(*code);
            let matches = whole_matches(pattern, &passage.text);
            found.extend(matches.map(|range| finding(passage, *code, severity, range, part)));
        }
        without_overlaps(found)
    }

    fn applies(&self, code: Code) -> bool {
        let is_usual = !rules::OFF_BY_DEFAULT.contains(&code) || self.settings.on.contains(&code);
        let is_met = code != Code::OneRootCause || self.settings.factors < 2;
        is_usual && is_met && !self.settings.off.contains(&code)
    }
}

/// The rules that comments switch off, by the lines that they are for, in the order of the text. Merged by lines: one may have
/// thousands of comments and of findings.
struct SwitchedOff<'p>(Vec<LineSwitches<'p>>);

/// What the comments for one line switch off.
struct LineSwitches<'p> {
    line: &'p Range<usize>,
    is_all: bool,
    rules: BTreeSet<&'p str>,
}

impl<'p> SwitchedOff<'p> {
    fn of(prose: &'p Prose) -> SwitchedOff<'p> {
        let lines = prose.switches.chunk_by(|one, next| one.line == next.line);
        let merged = lines.map(|switches| LineSwitches {
            line: &switches[0].line,
            is_all: switches.iter().any(|switch| switch.rules.is_empty()),
            rules: switches.iter().flat_map(|switch| &switch.rules).map(String::as_str).collect(),
        });
        SwitchedOff(merged.collect())
    }

    /// Whether the rule is off in the line where the phrase begins.
    fn has(&self, finding: &WordingFinding) -> bool {
        let at = finding.at.start;
        let first = self.0.partition_point(|off| off.line.end <= at);
        let mut lines = self.0[first..].iter().take_while(|off| off.line.start <= at);
        lines.any(|off| off.is_all || off.rules.contains(finding.code.as_str()))
    }
}

/// One rule says one thing once, however many of its phrases overlap.
fn without_overlaps(mut found: Vec<WordingFinding>) -> Vec<WordingFinding> {
    found.sort_by_key(|finding| (finding.code, finding.at.start, finding.at.end));
    let mut kept: Vec<WordingFinding> = Vec::new();
    for finding in found {
        let overlaps = |earlier: &WordingFinding| earlier.code == finding.code && earlier.at.end > finding.at.start;
        if !kept.last().is_some_and(overlaps) {
            kept.push(finding);
        }
    }
    kept
}

/// The matches that are words of their own: `lazy` is none in `lazy-loaded`.
fn whole_matches<'t>(pattern: &'t Regex, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    // Not `\b`, for which `lazy-loaded` has two words and `@lazy` is one.
    let joins = |c: char| c.is_alphanumeric() || "-_@".contains(c);
    pattern.find_iter(text).map(|found| found.range()).filter(move |range| {
        let mut after = text[range.end..].chars();
        let is_cut = match after.next() {
            Some('-') => after.next().is_some_and(char::is_alphanumeric),
            next => next.is_some_and(joins),
        };
        !is_cut && !text[..range.start].chars().next_back().is_some_and(joins)
    })
}

fn hit<'t>(
    passage: &'t Passage,
    range: &Range<usize>,
    part: PostmortemPart,
    people: &'t people::People,
) -> PostmortemMatch<'t> {
    let (before, after) = words::around(&passage.text, range);
    PostmortemMatch { start: range.start, before, phrase: &passage.text[range.clone()], after, part, people }
}

fn finding(
    passage: &Passage,
    code: Code,
    severity: Severity,
    range: Range<usize>,
    part: PostmortemPart,
) -> WordingFinding {
    let phrase = passage.text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    let at = passage.start + range.start..passage.start + range.end;
    WordingFinding { code, severity, phrase, at, part }
}
