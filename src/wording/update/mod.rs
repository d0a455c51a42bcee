//! Words to customers while something is wrong: true at three in the morning and still true the next day.
//!
//! A rule finds what customers cannot rely on (a time of repair, a promise, a guess), what is no concern of
//! theirs (whose fault it is, what machines are called), and what makes light of their trouble. Next to each
//! finding stands what to write instead.

mod inside;
mod judge;
mod proposal;
mod rules;
mod vendors;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::words::{self, pattern};
use super::{PostmortemPart, SwitchedOff, WordingFinding, WordingSettings, finding, whole_matches, without_overlaps};
use crate::diagnostic::{Code, Severity};
use crate::markdown::{Passage, prose};

pub use proposal::proposal;

/// Which text it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// The title of an incident or of maintenance.
    Title,
    /// An update while the cause is not known.
    Investigating,
    /// An update while the repair is under way.
    Identified,
    /// An update after the repair.
    Monitoring,
    /// The last update.
    Resolved,
    /// A word about planned work, where times and what will be done are what customers want to know.
    Maintenance,
}

/// What is known of the moment at which something is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UpdateContext {
    /// Which text it is.
    pub kind: TextKind,
    /// Whether something is down altogether.
    pub is_down: bool,
    /// Whether the incident is called minor, or less.
    pub is_minor: bool,
}

/// A sentence with a match in it.
struct UpdateMatch<'t> {
    /// What stands before the match in its sentence.
    before: &'t str,
    phrase: &'t str,
    /// What follows in its sentence.
    after: &'t str,
    context: &'t UpdateContext,
    /// Names of components, lower case: what customers know.
    known: &'t [String],
}

/// The rules, ready to be applied to any number of texts.
pub struct UpdateRules {
    settings: WordingSettings,
    words: Vec<(Code, Regex)>,
    known: Vec<String>,
    allowed: Vec<String>,
}

impl UpdateRules {
    /// Prepares the rules. `known` are the names and ids of the site's components, which customers may read;
    /// `allowed` is what may become public although a rule would forbid it.
    pub fn new<'n>(
        settings: WordingSettings,
        known: impl IntoIterator<Item = &'n str>,
        allowed: &[String],
    ) -> UpdateRules {
        let words = words::of_rules(&settings.words, Code::is_about_updates);
        let known = known.into_iter().map(str::to_lowercase).collect();
        let allowed = allowed.iter().map(|text| text.to_lowercase()).collect();
        UpdateRules { settings, words, known, allowed }
    }

    /// Every finding in a Markdown text, in its order.
    pub fn findings(&self, text: &str, context: &UpdateContext) -> Vec<WordingFinding> {
        let prose = prose(text);
        let mut found: Vec<WordingFinding> =
            prose.passages.iter().flat_map(|passage| without_overlaps(self.in_passage(passage, context))).collect();
        if self.applies(Code::InternalDetail) {
            found.extend(inside::details(text));
        }
        let off = SwitchedOff::of(&prose);
        found.retain(|finding| !off.has(finding) && !self.may_be_known(finding));
        found.sort_by_key(|finding| (finding.at.start, finding.code));
        found
    }

    fn in_passage(&self, passage: &Passage, context: &UpdateContext) -> Vec<WordingFinding> {
        let mut found = Vec::new();
        for rule in rules::ALL.iter().filter(|rule| self.applies(rule.code)) {
            for range in whole_matches(rule.pattern(), &passage.text) {
                if (rule.is_meant)(&self.found_at(passage, &range, context)) {
                    found.push(finding(passage, rule.code, rules::severity(rule.code), range, PostmortemPart::Other));
                }
            }
        }
        for (code, pattern) in self.words.iter().filter(|(code, _)| self.applies(*code)) {
            let matches = whole_matches(pattern, &passage.text);
            found.extend(
                matches.map(|range| finding(passage, *code, rules::severity(*code), range, PostmortemPart::Other)),
            );
        }
        found
    }

    fn found_at<'t>(
        &'t self,
        passage: &'t Passage,
        range: &Range<usize>,
        context: &'t UpdateContext,
    ) -> UpdateMatch<'t> {
        let (before, after) = words::around(&passage.text, range);
        UpdateMatch { before, phrase: &passage.text[range.clone()], after, context, known: &self.known }
    }

    /// Whether a rule applies. Rules that look at more than a text ask this as well.
    pub fn applies(&self, code: Code) -> bool {
        let is_usual = !rules::OFF_BY_DEFAULT.contains(&code) || self.settings.on.contains(&code);
        is_usual && !self.settings.off.contains(&code)
    }

    /// Whether a detail of the inside is the name of a component, or the site lets it through.
    fn may_be_known(&self, finding: &WordingFinding) -> bool {
        let detail = finding.phrase.to_lowercase();
        let is_known =
            || self.known.contains(&detail) || self.allowed.iter().any(|text| detail.contains(text.as_str()));
        finding.code == Code::InternalDetail && is_known()
    }
}

/// Whether a comment in a text names this rule, which is about the whole of it.
pub fn is_switched_off(code: Code, text: &str) -> bool {
    prose(text).switches.iter().any(|switch| switch.rules.iter().any(|rule| rule == code.as_str()))
}

/// Whether the last word on an incident says what became of data, or what is left to do or to come.
pub fn says_what_is_left(text: &str) -> bool {
    static LEFT: LazyLock<Regex> = LazyLock::new(|| pattern(rules::LEFT));
    prose(text).passages.iter().any(|passage| whole_matches(&LEFT, &passage.text).next().is_some())
}

/// A detail that stands at these bytes of the whole text.
fn detail(text: &str, at: Range<usize>, severity: Severity) -> WordingFinding {
    WordingFinding {
        code: Code::InternalDetail,
        severity,
        phrase: text[at.clone()].to_owned(),
        at,
        part: PostmortemPart::Other,
    }
}
