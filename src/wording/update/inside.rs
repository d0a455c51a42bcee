//! Details of the inside that have a form of their own: names that machines are given, messages and calls of
//! the team, people's addresses. They are looked for in the whole text, code and addresses included.
//!
//! What a site names as private, and addresses of private networks, are found by `leak` in every file that is
//! about to be published. This looks for what nobody has named, in words to customers alone.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::detail;
use crate::diagnostic::Severity;
use crate::wording::WordingFinding;

/// Names below which nothing is public, by RFC 6762, 8375 and by habit.
const INSIDE: &str =
    "(?:[a-z0-9_-]+\\.)+(?:internal|local|lan|corp|intranet|localdomain|home\\.arpa|svc|consul|private)";

/// Names that only machines have: a role and a number, with the domain if it follows.
const MACHINES: &str = "(?:(?:[a-z][a-z0-9]*-)+(?:server|srv|host|node|worker|db|vm|web|app|cache|lb|proxy|master|replica|primary|broker\
    |shard|instance|machine|box|gw|bastion)-?\\d{1,4}\
    |(?:server|srv|host|db|vm|web|app|lb|proxy|worker|node|cache|broker)-?0\\d{1,2}\
    |(?:server|host|worker|replica|vm|lb|proxy)-\\d{1,4}|srv\\d{1,4}|db-?[13-9]\\d{0,2}\
    |[a-z][a-z0-9-]*-[0-9a-f]{8,10}-[a-z0-9]{5}|i-[0-9a-f]{17}|ip-\\d{1,3}-\\d{1,3}-\\d{1,3}-\\d{1,3})\
    (?:\\.[a-z0-9-]*[a-z][a-z0-9-]*)*";

/// Messages and calls that only the team can open.
const TALK: &str = "https?://(?:[a-z0-9-]+\\.slack\\.com/(?:archives|messages|client)/|app\\.slack\\.com/client/|teams\\.microsoft\\.com/l/\
    |discord(?:app)?\\.com/channels/|chat\\.google\\.com/|mail\\.google\\.com/chat/|[a-z0-9.-]+/[a-z0-9_-]+/pl/[a-z0-9]{26}\
    |(?:[a-z0-9-]+\\.)?zoom\\.us/[a-z]/|meet\\.google\\.com/)[^\\s)>\\]]*";

/// `first.last@…`, as people's addresses are made.
const PEOPLE: &str = "[a-z]+\\.(?:[a-z]+\\.)?[a-z-]+@[a-z0-9-]+(?:\\.[a-z0-9-]+)+";

/// Words of addresses that teams have.
const TEAMS: &[&str] = &[
    "abuse",
    "account",
    "accounts",
    "billing",
    "care",
    "contact",
    "customer",
    "customers",
    "desk",
    "feedback",
    "help",
    "hello",
    "incident",
    "incidents",
    "info",
    "mail",
    "no",
    "noreply",
    "office",
    "ops",
    "press",
    "privacy",
    "reply",
    "sales",
    "security",
    "service",
    "services",
    "status",
    "support",
    "team",
    "tech",
    "technical",
    "user",
    "users",
];

struct DetailPattern {
    pattern: &'static LazyLock<Regex>,
    is_meant: fn(&str) -> bool,
}

macro_rules! details {
    ($($pattern:ident $is_meant:expr;)*) => {
        static DETAILS: &[DetailPattern] = &[$({
            static PATTERN: LazyLock<Regex> = LazyLock::new(|| ignoring_case($pattern));
            DetailPattern { pattern: &PATTERN, is_meant: $is_meant }
        },)*];
    };
}

fn ignoring_case(pattern: &str) -> Regex {
    #[expect(clippy::expect_used, reason = "the patterns are constants, and the tests build all of them")]
    Regex::new(&format!("(?i:{pattern})")).expect("a pattern of ours")
}

details! {
    TALK |_| true;
    PEOPLE is_of_a_person;
    INSIDE |_| true;
    MACHINES |_| true;
}

/// Every detail of the inside, one for each place.
pub(super) fn details(text: &str) -> impl Iterator<Item = WordingFinding> {
    let found = DETAILS.iter().flat_map(|form| {
        let matches = form.pattern.find_iter(text).filter(|found| (form.is_meant)(found.as_str()));
        matches.map(|found| found.range()).filter(|range| is_name(text, range)).collect::<Vec<_>>()
    });
    // By their beginnings. Those that are kept lie apart, so only the last that begins before a range ends can reach into it.
    let mut kept: BTreeMap<usize, usize> = BTreeMap::new();
    for Range { start, end } in found {
        if kept.range(..end).next_back().is_none_or(|(_, other)| *other <= start) {
            kept.insert(start, end);
        }
    }
    kept.into_iter().map(|(start, end)| detail(text, start..end, Severity::Error))
}

/// Whether a match is a name of its own and not the middle of a longer one, such as a path or a version.
fn is_name(text: &str, range: &Range<usize>) -> bool {
    let joins = |c: char| c.is_alphanumeric() || "-_/@+%=".contains(c);
    let before = text[..range.start].chars().next_back();
    let mut after = text[range.end..].chars();
    let is_cut = match after.next() {
        Some('.') => after.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphanumeric() || "-_@".contains(c),
        None => false,
    };
    let is_scheme = text[..range.start].ends_with("://");
    !is_cut && (is_scheme || !before.is_some_and(|c| joins(c) || ".:".contains(c)))
}

fn is_of_a_person(address: &str) -> bool {
    let name = address.split('@').next().unwrap_or_default().to_lowercase();
    !name.split(['.', '-']).any(|word| TEAMS.contains(&word))
}
