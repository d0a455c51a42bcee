//! One difference, and how several of one thing are gathered.

use std::collections::{BTreeMap, BTreeSet};

/// What is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It was not there.
    Added,
    /// It is there no more.
    Removed,
    /// It is another.
    Changed,
}

impl Sign {
    /// `added`, `removed` or `changed`.
    pub fn word(self) -> &'static str {
        match self {
            Sign::Added => "added",
            Sign::Removed => "removed",
            Sign::Changed => "changed",
        }
    }
}

/// Where customers meet the difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// `present`, `settings`, `component`, `group`, `incident`, `maintenance`, `announcement`, `page` or `file`.
    pub kind: &'static str,
    /// Unique in its kind; empty where there is only one.
    pub id: String,
    /// Its title or name; empty where there is only one.
    pub title: String,
}

/// One thing that customers would see change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Of what.
    pub subject: Subject,
    /// How.
    pub sign: Sign,
    /// What about the subject: `title`, `update of 2 Mar 2026, 15:41 UTC`.
    pub what: String,
    /// What customers read until now, if anything; plain text.
    pub before: Option<String>,
    /// What they would read; plain text.
    pub after: Option<String>,
}

/// The differences of one subject.
pub(super) struct SubjectDifferences {
    subject: Subject,
    found: Vec<Difference>,
}

impl SubjectDifferences {
    pub(super) fn new(kind: &'static str, id: &str, title: &str) -> SubjectDifferences {
        SubjectDifferences { subject: Subject { kind, id: id.to_owned(), title: title.to_owned() }, found: Vec::new() }
    }

    pub(super) fn added(&mut self, what: impl Into<String>, after: impl Into<String>) {
        self.push(Sign::Added, what, None, Some(after.into()));
    }

    pub(super) fn removed(&mut self, what: impl Into<String>, before: impl Into<String>) {
        self.push(Sign::Removed, what, Some(before.into()), None);
    }

    /// Notes a change, if there is one. An empty text is one that is not there.
    pub(super) fn compare(&mut self, what: impl Into<String>, before: &str, after: &str) {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let sign = match (before.is_empty(), after.is_empty()) {
            _ if before == after => return,
            (true, _) => Sign::Added,
            (_, true) => Sign::Removed,
            _ => Sign::Changed,
        };
        self.push(sign, what, some(before), some(after));
    }

    pub(super) fn done(self) -> Vec<Difference> {
        self.found
    }

    fn push(&mut self, sign: Sign, what: impl Into<String>, before: Option<String>, after: Option<String>) {
        self.found.push(Difference { subject: self.subject.clone(), sign, what: what.into(), before, after });
    }
}

/// A thing in one state, in the other, or in both.
pub(super) enum Pair<'a, T> {
    Gone(&'a T),
    New(&'a T),
    Both(&'a T, &'a T),
}

/// Things with the same key, in the order of `new`; then those that are gone.
pub(super) fn pairs<'a, T, K: Ord>(old: &'a [T], new: &'a [T], key: impl Fn(&T) -> K) -> Vec<Pair<'a, T>> {
    let by_key: BTreeMap<K, &T> = old.iter().map(|thing| (key(thing), thing)).collect();
    let kept: BTreeSet<K> = new.iter().map(&key).collect();
    let there = new.iter().map(|thing| match by_key.get(&key(thing)) {
        Some(before) => Pair::Both(*before, thing),
        None => Pair::New(thing),
    });
    let gone = old.iter().filter(|thing| !kept.contains(&key(thing))).map(Pair::Gone);
    there.chain(gone).collect()
}
