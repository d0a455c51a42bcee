//! Zones by the places that people name in words: `Pacific time`, `Berlin`, `New York`.

use crate::time::Zone;

/// Places that people name in words, with "time" behind them.
const NAMED: [(&str, &str); 9] = [
    ("pacific", "America/Los_Angeles"),
    ("mountain", "America/Denver"),
    ("central", "America/Chicago"),
    ("eastern", "America/New_York"),
    ("central european", "CET"),
    ("coordinated universal", "Etc/UTC"),
    ("greenwich mean", "Etc/UTC"),
    ("brasília", "America/Sao_Paulo"),
    ("brasilia", "America/Sao_Paulo"),
];

/// `Pacific time`, `Eastern Standard Time`.
pub(super) fn place_in_words(text: &str) -> Option<(Zone, &str)> {
    let lower = text.to_ascii_lowercase();
    NAMED.iter().find_map(|(name, zone)| {
        let rest = lower.strip_prefix(name)?.trim_start();
        let rest =
            ["standard ", "daylight ", "summer "].iter().find_map(|kind| rest.strip_prefix(kind)).unwrap_or(rest);
        let rest = rest.strip_prefix("time").filter(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))?;
        Some((Zone::named(zone)?, &text[text.len() - rest.len()..]))
    })
}

/// The zone that a place names: `Eastern`, `Berlin`, `New York`. None if there are several of that name.
pub(super) fn of_place(name: &str) -> Option<Zone> {
    let lower = name.to_lowercase();
    let named = NAMED.iter().find(|(words, _)| *words == lower).and_then(|(_, zone)| Zone::named(zone));
    let end = format!("/{}", name.replace(' ', "_"));
    let mut found = Zone::names().filter(|zone| zone.ends_with(&end));
    let only = found.next().filter(|_| found.next().is_none());
    named.or_else(|| only.and_then(Zone::named))
}

/// A place in words at the end of a sentence, such as `Berlin.` or `New York`; a month is none.
pub(super) fn place_behind(words: &[&str]) -> Option<String> {
    let is_end = |word: &str| word.ends_with(['.', ':', ')', ';', ',']);
    let length = words.iter().position(|word| is_end(word)).map_or(words.len(), |last| last + 1);
    let place = words[..length.min(words.len())].join(" ");
    let place = place.trim_matches(|c: char| !c.is_alphanumeric());
    let is_name = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.clone().next().is_some()
            && letters.all(char::is_lowercase)
    };
    let is_place = length <= 2 && place.split(' ').all(is_name) && !MONTHS.contains(&&place.to_lowercase()[..]);
    is_place.then(|| place.to_owned())
}

/// What follows `in` and is no place.
const MONTHS: [&str; 14] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "english",
    "summary",
];
