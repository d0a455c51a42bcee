//! One pass over the bytes of a file, which stops where a secret may stand and looks closer there.

use std::collections::{BTreeMap, BTreeSet};

use super::address;
use super::letters::Letters;
use super::needle::Needle;
use super::plain;
use super::reading::{Escapes, Reading};
use super::secret::{Addresses, Secret, Secrets, What, link_key};

/// Where a secret may stand: at these letters.
#[derive(Clone, Copy)]
enum Target {
    Text(usize),
    Address,
}

/// What was found in a file.
pub(super) struct Hit {
    pub(super) needle: Needle,
    /// Why, in the words of [`Secret::rule`].
    pub(super) rule: String,
}

/// All secrets, ready to be searched for.
pub(super) struct Search {
    secrets: Secrets,
    letters: Letters,
    /// For each of the letters.
    targets: Vec<Vec<Target>>,
    allowed: BTreeSet<String>,
    /// The site's own host, which is never a hit.
    own: String,
}

/// What is searched for in a file, by its kind.
struct FileKind {
    escapes: Escapes,
    is_binary: bool,
    /// In drawings, styles and scripts dotted numbers are no addresses.
    has_addresses: bool,
}

/// In a binary file shorter texts turn up by chance.
const LEAST_IN_BINARY: usize = 5;

/// How many secrets are told of one file: it is not published for one of them, and each is looked up in all of the source.
const MOST: usize = 50;

/// How far around its letters a host is read.
const LONGEST_NAME: usize = 300;

impl FileKind {
    fn of(path: &str, bytes: &[u8]) -> FileKind {
        // As git tells binary files from text.
        let is_binary = bytes[..bytes.len().min(8000)].contains(&0);
        let is_drawing = [".svg", ".css", ".js", ".mjs"].iter().any(|ending| path.ends_with(ending));
        let escapes = if path.ends_with(".json") { Escapes::Json } else { Escapes::Markup };
        FileKind { escapes, is_binary, has_addresses: !is_binary && !is_drawing }
    }
}

impl Search {
    pub(super) fn new(secrets: Secrets, allowed: &[String], own: String) -> Search {
        let mut beginnings: BTreeMap<String, Vec<Target>> = BTreeMap::new();
        for (index, secret) in secrets.texts.iter().enumerate() {
            for letters in letters_of(secret.key()) {
                beginnings.entry(letters).or_default().push(Target::Text(index));
            }
        }
        let ranges = secrets.addresses.iter().map(|addresses| &addresses.range);
        let beginning = |range| [address::beginnings(range), address::dashed_beginnings(range)].concat();
        for letters in ranges.flat_map(beginning) {
            let targets = beginnings.entry(letters).or_default();
            // Several ranges may begin alike, and an address that is read is held against all of them.
            if !targets.iter().any(|target| matches!(target, Target::Address)) {
                targets.push(Target::Address);
            }
        }
        let letters = Letters::new(beginnings.keys());
        let allowed = allowed.iter().map(|text| link_key(text)).collect();
        Search { secrets, letters, targets: beginnings.into_values().collect(), allowed, own }
    }

    /// The first secrets in a file, once each, sorted by its text.
    pub(super) fn hits(&self, path: &str, bytes: &[u8]) -> Vec<Hit> {
        let mut found = BTreeMap::new();
        let kind = FileKind::of(path, bytes);
        self.collect(&kind, bytes, &mut found);
        // The same text in other bytes, where there are any.
        if let Some(plain) = plain::of(bytes) {
            self.collect(&kind, &plain, &mut found);
        }
        found.into_values().collect()
    }

    fn collect(&self, kind: &FileKind, bytes: &[u8], found: &mut BTreeMap<String, Hit>) {
        self.letters.each(bytes, |number, near| {
            for target in &self.targets[number] {
                let hits = match target {
                    Target::Text(index) => self.text(&self.secrets.texts[*index], bytes, near.clone(), kind),
                    Target::Address => self.address(bytes, near.start, kind).into_iter().collect(),
                };
                for hit in hits.into_iter().filter(|hit| !self.allowed.contains(&hit.needle.folded)) {
                    found.entry(hit.needle.folded.clone()).or_insert(hit);
                }
            }
            found.len() < MOST
        });
    }

    fn address(&self, bytes: &[u8], at: usize, kind: &FileKind) -> Option<Hit> {
        let read = |at| {
            if bytes[at..].get(..3).is_some_and(|mark| mark.eq_ignore_ascii_case(b"ip-")) {
                address::read_dashed(bytes, at)
            } else {
                address::read(bytes, at)
            }
        };
        let (address, span) = kind.has_addresses.then(|| read(at))??;
        let contains = |addresses: &&Addresses| addresses.range.contains(address);
        let rule = self.secrets.addresses.iter().find(contains)?.rule.clone();
        let shown = String::from_utf8_lossy(&bytes[span]).into_owned();
        Some(Hit { needle: Needle::name(&shown), rule })
    }

    /// Looks closer at the surroundings of letters that a secret has.
    fn text(&self, secret: &Secret, bytes: &[u8], near: std::ops::Range<usize>, kind: &FileKind) -> Vec<Hit> {
        let key = secret.key();
        let is_name = matches!(secret.what, What::Names(_));
        if kind.is_binary && key.len() < LEAST_IN_BINARY || !is_name && is_within_word(key, bytes, &near) {
            return Vec::new();
        }
        // A letter may be written as `&#x2019;`, which takes eight bytes; what is beyond shows whether its word goes
        // on.
        let slack = 8 * key.len() + if is_name { LONGEST_NAME } else { 64 };
        let window = &bytes[near.start.saturating_sub(slack)..bytes.len().min(near.end + slack)];
        let reading = Reading::of(window, kind.escapes);
        let hit = |needle: Needle| Hit { needle, rule: secret.rule.clone() };
        match &secret.what {
            What::Text(needle) => {
                let mut found = needle.find(&reading, window, kind.escapes);
                let is_found = found.any(|at| !self.is_own(&reading.folded, at));
                is_found.then(|| hit(needle.clone())).into_iter().collect()
            }
            What::Names(names) => {
                let names = tokens(&reading.folded, key).filter(|name| *name != self.own && names.covers_name(name));
                names.map(|name| hit(Needle::name(name))).collect()
            }
        }
    }

    /// Whether what stands at `at` is a part of the site's own host.
    fn is_own(&self, text: &str, at: usize) -> bool {
        let begin = text[..at]
            .rfind(|c| !is_of_host(c))
            .map_or(0, |before| before + text[before..].chars().next().map_or(1, char::len_utf8));
        let end = text[at..].find(|c| !is_of_host(c)).map_or(text.len(), |after| at + after);
        text[begin..end].trim_matches('.') == self.own
    }
}

impl Secret {
    /// The folded text, or the pattern.
    fn key(&self) -> &str {
        use crate::model::Forbidden;
        match &self.what {
            What::Text(needle) => &needle.folded,
            What::Names(Forbidden::Host(text) | Forbidden::Glob(text) | Forbidden::Text(text)) => text,
            What::Names(Forbidden::Range(_)) => "",
        }
    }
}

/// The letters by which a text is found: the longest run of those that no format escapes. A text without
/// such letters is found by its longest word, as it may be written.
fn letters_of(key: &str) -> Vec<String> {
    let longest = |run: &&str| run.len();
    let plain = key.split(|c: char| !is_of_host(c)).max_by_key(longest).unwrap_or_default();
    if plain.chars().any(|c| c.is_ascii_alphanumeric()) && (plain.len() > 1 || key.is_ascii()) {
        return vec![plain.to_owned()];
    }
    let word = key.split([' ', '*']).max_by_key(longest).unwrap_or_default();
    let mut capital = word.chars();
    let first = capital.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    // The automaton folds letters of ASCII alone.
    let forms = [word.to_owned(), word.to_uppercase(), first + capital.as_str()];
    let mut all: Vec<String> = forms.iter().flat_map(|form| [form.clone(), percent_encoded(form)]).collect();
    all.sort();
    all.dedup();
    all.retain(|letters| !letters.is_empty());
    all
}

fn percent_encoded(text: &str) -> String {
    let encode =
        |byte: u8| if byte.is_ascii_alphanumeric() { (byte as char).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(encode).collect()
}

/// What a host is made of.
fn is_of_host(c: char) -> bool {
    c.is_ascii_alphanumeric() || ".-_".contains(c)
}

/// Whether the letters at `near` are only a part of a longer word, seen without resolving escapes. That is
/// decided only where the text has nothing or a character of ASCII beside them.
fn is_within_word(key: &str, bytes: &[u8], near: &std::ops::Range<usize>) -> bool {
    let letters = String::from_utf8_lossy(&bytes[near.clone()]).to_ascii_lowercase();
    let Some(at) = key.find(&letters) else { return false };
    let has_end = |c: Option<char>| c.is_none_or(|c| c.is_ascii());
    let (before, after) = (&bytes[..near.start], bytes.get(near.end));
    let is_escape =
        before.len() > 2 && before[before.len() - 3] == b'%' || before.len() > 1 && before[before.len() - 2] == b'\\';
    let continues = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let goes_on_left = has_end(key[..at].chars().next_back()) && continues(before.last()) && !is_escape;
    goes_on_left || has_end(key[at + letters.len()..].chars().next()) && continues(after)
}

/// The names in `text`: hosts, with what else the pattern `key` has in it.
fn tokens<'t>(text: &'t str, key: &'t str) -> impl Iterator<Item = &'t str> {
    let belongs = move |c: char| is_of_host(c) || (c != '*' && key.contains(c));
    text.split(move |c| !belongs(c)).map(|name| name.trim_matches(['.', '-'])).filter(|name| !name.is_empty())
}
