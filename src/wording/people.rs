//! Names of people.

use std::ops::Range;

use regex::Regex;

/// The people whose names are known.
pub(super) struct People {
    /// Any of the names as a whole.
    names: Option<Regex>,
    /// The words that names consist of.
    words: Vec<String>,
}

impl People {
    pub(super) fn new(names: &[String]) -> People {
        let known = names.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
        let mut known: Vec<String> =
            known.map(|name| name.split_whitespace().map(regex::escape).collect::<Vec<_>>().join(r"\s+")).collect();
        // A longer name is to be found before one that it begins with.
        known.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let pattern = (!known.is_empty()).then(|| Regex::new(&format!("(?:{})", known.join("|"))));
        let words = names.iter().flat_map(|name| name.split_whitespace());
        let words = words.filter(|word| word.chars().count() > 1).map(str::to_owned).collect();
        People { names: pattern.and_then(Result::ok), words }
    }

    /// Where the names stand, each as a word of its own.
    pub(super) fn names_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        self.names.iter().flat_map(move |names| super::whole_matches(names, text))
    }

    /// Whether `word` is part of somebody's name.
    pub(super) fn has(&self, word: &str) -> bool {
        self.words.iter().any(|known| known == word)
    }
}

/// Words of names that teams and roles have.
const ROLES: &[&str] = &[
    "team",
    "teams",
    "on-call",
    "oncall",
    "support",
    "platform",
    "ops",
    "operations",
    "engineering",
    "engineer",
    "rota",
    "squad",
    "group",
    "department",
    "desk",
    "service",
    "services",
    "security",
    "infrastructure",
    "network",
    "product",
    "customer",
    "payments",
    "data",
    "sre",
    "manager",
    "commander",
    "lead",
    "duty",
    "site",
    "reliability",
    "cloud",
];

/// Whether what a postmortem gives as its owner or a responder is a person, not a team or a role: a handle,
/// an address, or some words with capitals none of which a team would have.
pub fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_name = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word.chars().any(char::is_lowercase)
            && !ROLES.contains(&word.to_lowercase().as_str())
    };
    match words.as_slice() {
        [single] => single.contains('@'),
        words => (2..=4).contains(&words.len()) && words.iter().all(is_name),
    }
}
