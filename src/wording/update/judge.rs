//! The guards: whether a match is meant.

use std::sync::LazyLock;

use regex::Regex;

use super::{TextKind, UpdateMatch, vendors};
use crate::wording::words::{ends_near, folded, pattern};

const DENIALS: &[&str] = &[
    "no", "not", "never", "cannot", "can't", "don't", "doesn't", "won't", "without", "unable", "nor", "neither",
    "isn't", "aren't", "couldn't", "whether", "if",
];

pub(super) fn always(hit: &UpdateMatch<'_>) -> bool {
    hit.context.kind != TextKind::Maintenance && !ends_near(hit.before, DENIALS, 1)
}

/// What machines call their troubles is no more a concern of customers in planned work.
pub(super) fn jargon(hit: &UpdateMatch<'_>) -> bool {
    hit.context.kind != TextKind::Title
}

/// The time of the next word is what customers should get, and that there is no time is honest. Of planned work
/// they want to know how long it takes.
pub(super) fn time_of_repair(hit: &UpdateMatch<'_>) -> bool {
    static NEXT_WORD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "\\b(?:(?:next|another|further|an|more|status|new|regular|hourly|provide|post|share|give|send|with)(?: [a-z]+)? updates?\
             |updates? (?:will|every|in|by|within|at|on|you|this|the page)|(?:will|shall|'ll) update\
             |(?:write|post|report|speak|publish|communicate|announce)(?: [a-z]+)? (?:again|back|more)|get back to you|follow[- ]up\
             |back with (?:you|more|news|details|an?)|(?:more|further|additional|new) (?:information|details|news)|(?:say|tell|share|know|have) (?:you )?more\
             |let you know|inform you|be in touch|keep you|check (?:back|again)|come back (?:to|here)|postmortem|post-mortem|root cause analysis)\\b",
        )
    });
    const UNKNOWN: &[&str] = &["unknown", "unclear", "tbd", "tba", "not", "none", "no", "unavailable", "cannot"];
    let whole = [hit.before, hit.phrase, hit.after].concat();
    let is_denied = ends_near(hit.before, DENIALS, 4) || folded(hit.phrase).iter().any(|word| word == "not");
    let is_unknown = folded(hit.after).iter().take(3).any(|word| UNKNOWN.contains(&word.as_str()));
    let is_of_work = matches!(hit.context.kind, TextKind::Maintenance | TextKind::Title);
    !is_of_work && !is_denied && !is_unknown && !is_past(hit) && !NEXT_WORD.is_match(&whole)
}

/// "Should have been restored by ten" tells what happened.
fn is_past(hit: &UpdateMatch<'_>) -> bool {
    let words = folded(hit.phrase);
    let is_perfect =
        words.get(1).is_some_and(|word| word == "have") && ["should", "would"].contains(&words[0].as_str());
    let is_told = words.iter().any(|word| ["was", "were", "had"].contains(&word.as_str()));
    is_perfect || is_told
}

/// "As soon as" promises nothing, and "shortly after ten" is a time. "Was shortly unavailable" tells how long.
pub(super) fn soon(hit: &UpdateMatch<'_>) -> bool {
    let next = folded(hit.after).into_iter().next().unwrap_or_default();
    let is_relative = ["after", "before", "afterwards", "thereafter", "as"].contains(&next.as_str());
    let is_other = ends_near(hit.before, &["as", "too", "how", "was", "were", "been", "had", "expire", "expires"], 1);
    let is_of_work = matches!(hit.context.kind, TextKind::Maintenance | TextKind::Title);
    !is_relative && !is_other && !is_of_work
}

/// What readers are to do, and what waits for them, is no promise of ours.
pub(super) fn repair(hit: &UpdateMatch<'_>) -> bool {
    const READERS: &[&str] = &["you", "users", "customers", "who", "clients", "that", "which", "if"];
    hit.context.kind == TextKind::Investigating && !ends_near(hit.before, READERS, 1)
}

pub(super) fn guarantee(hit: &UpdateMatch<'_>) -> bool {
    !ends_near(hit.before, DENIALS, 3) && !hit.before.trim_end().to_lowercase().ends_with("as")
}

/// That nothing is lost can be known at the end.
pub(super) fn early(hit: &UpdateMatch<'_>) -> bool {
    let is_early = matches!(hit.context.kind, TextKind::Investigating | TextKind::Identified | TextKind::Monitoring);
    is_early && guarantee(hit)
}

/// What the page lists as a component is part of what customers get from us, and an issue on GitHub is where
/// they can follow the work.
pub(super) fn blame(hit: &UpdateMatch<'_>) -> bool {
    let is_component = |name: &str| hit.known.iter().any(|known| known.strip_prefix(name).is_some_and(ends_or_goes_on));
    let mut names = vendors::names_in(hit.phrase).map(str::to_lowercase).peekable();
    let is_named = names.peek().is_some();
    let is_tracker = names.peek().is_some_and(|name| ["github", "gitlab", "bitbucket"].contains(&name.as_str()));
    let is_ticket = is_tracker && hit.phrase.to_lowercase().contains("issue") && !hit.phrase.contains(" with ");
    let is_denied = ends_near(hit.before, &["not", "isn't", "no", "wasn't"], 2);
    let is_own = is_named && names.all(|name| is_component(&name));
    !is_denied && !is_ticket && !is_own
}

/// Whether a name ends here, or another word follows.
fn ends_or_goes_on(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '-'])
}

/// A service may seem slow to those who use it; a cause that only seems so is a guess.
pub(super) fn likely(hit: &UpdateMatch<'_>) -> bool {
    static CAUSE: LazyLock<Regex> = LazyLock::new(|| {
        pattern("\\b(?:because|due to|caused?|related|cause|reason|culprit|result of|linked|broken by)\\b")
    });
    hit.context.kind != TextKind::Maintenance && [hit.before, hit.after].into_iter().any(|text| CAUSE.is_match(text))
}

/// A power outage is one, and "no outage" says that there is none.
pub(super) fn outage(hit: &UpdateMatch<'_>) -> bool {
    const OTHERS: &[&str] = &["no", "power", "partial", "planned", "without", "scheduled"];
    !hit.context.is_down && hit.context.kind != TextKind::Maintenance && !ends_near(hit.before, OTHERS, 1)
}

/// What is called minor may be called so in words. A small share is a measure.
pub(super) fn belittling(hit: &UpdateMatch<'_>) -> bool {
    const MEASURES: &[&str] = &["number", "share", "percentage", "portion", "fraction", "subset", "proportion", "part"];
    const TIMES: &[&str] = &["after", "before", "minute", "minutes", "second", "seconds", "hour", "hours"];
    let words = folded(hit.phrase);
    let next = folded(hit.after);
    let is_minor = hit.context.is_minor && words.iter().any(|word| word == "minor");
    let is_measure = next.first().is_some_and(|next| MEASURES.contains(&next.as_str()));
    let is_measure = is_measure || words.last().is_some_and(|last| MEASURES.contains(&last.as_str()));
    let is_time = next.iter().take(2).any(|next| TIMES.contains(&next.as_str()));
    hit.context.kind != TextKind::Maintenance && !is_minor && !is_measure && !is_time
}
