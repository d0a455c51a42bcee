//! The guards: whether a match is meant, and how grave it is.

use super::PostmortemMatch;
use super::part::PostmortemPart;
use super::subject::{self, Subject, Who};
use super::words::{ends_near, folded, is_describing};
use crate::diagnostic::Severity;

/// What a rule makes of a match: how grave it is, and where the phrase begins if that is before the match.
pub(super) type Verdict = Option<(Severity, Option<usize>)>;

pub(super) fn always(_: &PostmortemMatch<'_>) -> Verdict {
    Some((Severity::Note, None))
}

/// A remedy against errors is none of blame, and an error rate is a figure.
pub(super) fn human_error(hit: &PostmortemMatch<'_>) -> Verdict {
    const REMEDIES: &[&str] = &[
        "prevent",
        "prevents",
        "preventing",
        "prevented",
        "reduce",
        "reduces",
        "reducing",
        "reduced",
        "avoid",
        "avoids",
        "avoiding",
        "risk",
        "risks",
        "chance",
        "chances",
        "eliminate",
        "eliminates",
        "eliminating",
        "minimise",
        "minimize",
        "against",
        "room",
        "fewer",
        "less",
        "likelihood",
        "prone",
        "not",
        "mitigate",
        "possibility",
        "potential",
        "user",
        "users",
    ];
    const FIGURES: &[&str] = &[
        "rate", "rates", "budget", "message", "messages", "log", "logs", "code", "codes", "page", "pages", "handling",
    ];
    // Operators, engines and admins that are programs print errors.
    let is_printed = hit.phrase.ends_with("errors") && !hit.phrase.to_lowercase().starts_with("human");
    let is_figure = folded(hit.after).first().is_some_and(|next| FIGURES.contains(&next.as_str()));
    let is_prone = hit.after.starts_with("-prone") || ends_near(hit.before, REMEDIES, 4);
    (!is_printed && !is_figure && !is_prone).then_some((Severity::Warning, None))
}

const DENIALS: &[&str] = &["not", "nobody", "never", "no", "isn't", "wasn't", "without", "neither", "nor", "aren't"];

pub(super) fn judgement(hit: &PostmortemMatch<'_>) -> Verdict {
    (!ends_near(hit.before, DENIALS, 2)).then_some((Severity::Warning, None))
}

/// A disk may be at fault; of people it is blame.
pub(super) fn at_fault(hit: &PostmortemMatch<'_>) -> Verdict {
    let is_denied = ends_near(hit.before, DENIALS, 6) || folded(hit.before).iter().any(|word| word == "nobody");
    (!is_denied && subject::any(hit.before, hit.people)).then_some((Severity::Warning, None))
}

pub(super) fn fault(hit: &PostmortemMatch<'_>) -> Verdict {
    let is_tolerance =
        folded(hit.after).first().is_some_and(|next| next.starts_with("toler") || next.starts_with("inject"));
    (!is_tolerance && !ends_near(hit.before, DENIALS, 2)).then_some((Severity::Warning, None))
}

/// What a system should have done is how it was meant to work, and "services should have owners" is a
/// duty of today. Blame is said of people, or of nobody in the passive.
pub(super) fn should_have(hit: &PostmortemMatch<'_>) -> Verdict {
    const QUESTIONS: &[&str] = &["what", "how", "where", "when", "whether", "if"];
    const CHECKS: &[&str] = &["review", "reviews", "reviewer", "reviewers", "qa", "testing", "tests"];
    if is_describing(hit.phrase, hit.after) || ends_near(hit.before, QUESTIONS, 2) {
        return None;
    }
    let subject = subject::before(hit.before, hit.people);
    let is_passive = folded(hit.phrase).iter().any(|word| word == "been") && !is_own_work(hit.after);
    let is_check = ends_near(hit.before, CHECKS, 1);
    let is_blame = subject.is_some() || (hit.part != PostmortemPart::Actions && (is_passive || is_check));
    is_blame.then(|| (Severity::Warning, subject.map(|subject| at(hit, subject))))
}

/// Whether a machine was to do it.
fn is_own_work(after: &str) -> bool {
    folded(after).iter().take(6).any(|word| word.starts_with("automatic"))
}

/// Where a subject begins in the passage, counted from the match.
fn at(hit: &PostmortemMatch<'_>, subject: Subject) -> usize {
    hit.start - (hit.before.len() - subject.start)
}

/// What users could not do is the impact.
pub(super) fn failed_to(hit: &PostmortemMatch<'_>) -> Verdict {
    const IMPACT: &[&str] = &[
        "log",
        "login",
        "sign",
        "connect",
        "access",
        "load",
        "reach",
        "authenticate",
        "receive",
        "download",
        "upload",
        "see",
    ];
    const HUMAN: &[&str] = &[
        "notice",
        "check",
        "verify",
        "validate",
        "follow",
        "test",
        "communicate",
        "inform",
        "notify",
        "escalate",
        "tell",
        "ask",
        "read",
        "review",
        "realise",
        "realize",
        "consider",
        "document",
        "understand",
        "plan",
        "mention",
        "coordinate",
        "renew",
        "remove",
        "take",
        "pay",
        "do",
        "revert",
        "announce",
        "hand",
        "warn",
        "provide",
        "include",
        "set",
        "recognise",
        "recognize",
        "anticipate",
    ];
    let subject = subject::before(hit.before, hit.people)?;
    let verb = folded(hit.phrase).pop().unwrap_or_default();
    let is_said_of_a_program = subject.who == Who::Ambiguous && !HUMAN.contains(&verb.as_str());
    let is_blame = !IMPACT.contains(&verb.as_str()) && !is_said_of_a_program;
    is_blame.then(|| (gravity(subject), Some(at(hit, subject))))
}

pub(super) fn forgot(hit: &PostmortemMatch<'_>) -> Verdict {
    let subject = subject::before(hit.before, hit.people)?;
    let is_said_of_a_program = subject.who == Who::Ambiguous && !hit.phrase.to_lowercase().starts_with("forgot");
    (!is_said_of_a_program).then(|| (gravity(subject), Some(at(hit, subject))))
}

pub(super) fn did_not(hit: &PostmortemMatch<'_>) -> Verdict {
    let subject = subject::before(hit.before, hit.people)?;
    Some((gravity(subject), Some(at(hit, subject))))
}

/// Those who write "we" speak of themselves, and "they" may be servers.
fn gravity(subject: Subject) -> Severity {
    match subject.who {
        Who::Person => Severity::Warning,
        Who::Ambiguous | Who::Ourselves => Severity::Note,
    }
}

/// That nobody noticed may be said as a fact.
pub(super) fn nobody_did(_: &PostmortemMatch<'_>) -> Verdict {
    Some((Severity::Note, None))
}

/// An indirect question is none of regret, and lessons may ask what would have been.
pub(super) fn if_only(hit: &PostmortemMatch<'_>) -> Verdict {
    const ASKING: &[&str] = &[
        "ask",
        "asked",
        "asking",
        "check",
        "checked",
        "checking",
        "see",
        "know",
        "knew",
        "unclear",
        "unsure",
        "wonder",
        "wondered",
        "determine",
        "confirm",
        "verify",
        "test",
        "out",
        "sure",
        "investigate",
        "investigated",
        "known",
    ];
    let is_duty = folded(hit.phrase).last().is_some_and(|word| word == "to");
    let is_comparison = ends_near(hit.before, &["as", "even"], 1);
    let is_meant =
        hit.part != PostmortemPart::Lessons && !is_duty && !is_comparison && !ends_near(hit.before, ASKING, 4);
    is_meant.then_some((Severity::Note, None))
}

/// "Had we known, …" opens its sentence; "what had we changed?" does not, and a question asks.
pub(super) fn had_they(hit: &PostmortemMatch<'_>) -> Verdict {
    let opens = hit.before.trim().is_empty() || hit.before.trim_end().ends_with([',', ':', '–', '—']);
    (opens && hit.part != PostmortemPart::Lessons && !hit.after.ends_with('?')).then_some((Severity::Note, None))
}

pub(super) fn more_careful(hit: &PostmortemMatch<'_>) -> Verdict {
    let phrase = hit.phrase.to_lowercase();
    let is_bare = ["be careful", "being careful", "be vigilant", "be diligent"].contains(&phrase.as_str());
    let is_manner = phrase.starts_with("more carefully");
    let is_resolve = matches!(hit.part, PostmortemPart::Actions | PostmortemPart::Lessons);
    ((!is_bare && !is_manner) || is_resolve).then_some((Severity::Warning, None))
}

/// A reminder that a machine sends is a change of the system.
pub(super) fn retrain(hit: &PostmortemMatch<'_>) -> Verdict {
    const MACHINES: &[&str] = &[
        "bot",
        "automatic",
        "automated",
        "automatically",
        "alert",
        "alerts",
        "cron",
        "scheduled",
        "script",
        "calendar",
    ];
    let of_machine = [hit.before, hit.after].into_iter().any(|text| ends_near(text, MACHINES, usize::MAX));
    let is_done_by = ends_near(hit.before, &["that", "which", "who"], 1);
    (!of_machine && !is_done_by).then_some((Severity::Warning, None))
}

pub(super) fn accidentally(hit: &PostmortemMatch<'_>) -> Verdict {
    let is_adverb_before = subject::before(hit.before, hit.people);
    let is_at_end = hit.phrase.to_lowercase().starts_with("by ");
    let subject = is_adverb_before.or_else(|| if is_at_end { subject::opening(hit.before, hit.people) } else { None });
    match subject {
        Some(subject) => Some((Severity::Note, Some(at(hit, subject)))),
        None => subject::is_agent(hit.after, hit.people).then_some((Severity::Note, None)),
    }
}

pub(super) fn hindsight(hit: &PostmortemMatch<'_>) -> Verdict {
    (!ends_near(hit.before, DENIALS, 1)).then_some((Severity::Note, None))
}

/// "Improper handling of load" is said of a program.
pub(super) fn poor_work(hit: &PostmortemMatch<'_>) -> Verdict {
    (!ends_near(hit.before, &["not", "no"], 1)).then_some((Severity::Note, None))
}

/// What might have been affected is an honest doubt. Only facts belong into these parts.
pub(super) fn would_have(hit: &PostmortemMatch<'_>) -> Verdict {
    const DOUBTS: &[&str] = &[
        "affected",
        "impacted",
        "seen",
        "experienced",
        "noticed",
        "received",
        "encountered",
        "observed",
        "exposed",
        "expected",
        "caused",
        "resulted",
        "led",
        "lost",
        "accessed",
        "compromised",
        "changed",
        "meant",
        "felt",
        "faced",
    ];
    let is_facts = matches!(hit.part, PostmortemPart::Facts | PostmortemPart::Timeline);
    let last = folded(hit.phrase).pop().unwrap_or_default();
    let asks =
        hit.after.ends_with('?') || ends_near(hit.before, &["what", "how", "whether", "that", "which", "who"], 1);
    (is_facts && !asks && !DOUBTS.contains(&last.as_str())).then_some((Severity::Note, None))
}
