//! The rules: a pattern, what a match must meet besides, and the question that leads to a better sentence.

use std::sync::LazyLock;

use regex::Regex;

use super::Hit;
use super::part::Part;
use super::subject::{self, Subject, Who};
use super::words::{ends_near, folded, is_describing, pattern};
use crate::diagnostic::{Code, Severity};

/// What a rule makes of a match: how grave it is, and where the phrase begins if that is before the match.
type Verdict = Option<(Severity, Option<usize>)>;

pub(super) struct Rule {
    pub code: Code,
    pattern: &'static LazyLock<Regex>,
    /// Whether the match is meant.
    pub judge: fn(&Hit<'_>) -> Verdict,
}

impl Rule {
    pub fn pattern(&self) -> &'static Regex {
        self.pattern
    }
}

/// Rules that a site must switch on.
pub(super) const OFF_BY_DEFAULT: &[Code] = &[Code::OneRootCause];

/// What to ask instead.
pub fn question(code: Code) -> &'static str {
    match code {
        Code::HumanError => "what made this the sensible thing to do, and which check was missing?",
        Code::Judgement => "what did they see and know at that moment?",
        Code::ShouldHave => "what was done instead, and why did it make sense then?",
        Code::FailedTo => "what was done instead, and what would have prompted this step?",
        Code::DidNot => "what would have made this visible, or stopped it, without anybody's attention?",
        Code::IfOnly => "what did happen, and what led to it?",
        Code::BeMoreCareful => "which change of the system makes this safe for somebody who is tired?",
        Code::PersonNamed => "which role did they act in?",
        Code::Accidentally => "what made the two easy to confuse, and what let it through?",
        Code::Hindsight => "what did it look like to those who did not know the end?",
        Code::PoorWork => "what exactly was missing, and what would have asked for it?",
        Code::OneRootCause => "what else had to be so for this to happen?",
        Code::WouldHave => "what did happen, and does this belong under lessons?",
        _ => "how would you say this of the system?",
    }
}

/// How grave a rule's finding is when nothing speaks against it.
pub(super) fn severity(code: Code) -> Severity {
    match code {
        Code::HumanError
        | Code::Judgement
        | Code::ShouldHave
        | Code::FailedTo
        | Code::DidNot
        | Code::BeMoreCareful
        | Code::PersonNamed => Severity::Warning,
        _ => Severity::Note,
    }
}

macro_rules! rules {
    ($($code:ident $judge:ident $pattern:expr;)*) => {
        pub(super) static ALL: &[Rule] = &[$({
            static PATTERN: LazyLock<Regex> = LazyLock::new(|| pattern($pattern));
            Rule { code: Code::$code, pattern: &PATTERN, judge: $judge }
        },)*];
    };
}

rules! {
    HumanError human_error
        "(?:human|pilot|operator|engineer(?:'s|ing)?|developer(?:'s)?|administrator(?:'s)?|admin|manual)(?: |-)(?:error|mistake)s?\
         |human failures?|(?:error|mistake)s?(?: was| were)? (?:by|of|made by|on the part of) (?:the|an|a|our|one of (?:the|our))(?: [a-z-]+)? PERSON";
    Judgement judgement
        "careless(?:ly|ness)?|negligen(?:t|tly|ce)|incompeten(?:t|tly|ce)|slopp(?:y|ily|iness)|reckless(?:ly|ness)?\
         |stupid(?:ly|ity)?|foolish(?:ly|ness)?|irresponsib(?:le|ly|ility)|complacen(?:t|tly|cy)|inexcusabl[ey]|ridiculous(?:ly)?\
         |unprofessional(?:ly)?|thoughtless(?:ly|ness)?|lazily|laziness";
    Judgement at_fault "to blame|at fault";
    Judgement fault "(?:my|his|her|our|their|your|PERSON'?s?'?) (?:own )?fault";
    ShouldHave should_have
        "(?:should(?:n't)?|ought to)(?: not| never| also| really| probably| at least| certainly| have)*(?: have|'ve)\
         (?: never| also| at least| already| immediately| first| then| simply)*(?: been)?(?: [a-z]+ly)? PARTICIPLE";
    FailedTo failed_to "(?:failed|forgot|forgotten|neglected|omitted|managed not) to [a-z-]+";
    FailedTo forgot "(?:forgot|overlooked|ignored|disregarded)(?: about)?(?: the| a| an| this| that| it| our)";
    DidNot did_not
        "(?:did(?: not|n't)|never|failed in|had(?: not|n't)|has(?: not|n't)|have(?: not|n't))(?: even| actually| properly| ever\
         | fully| sufficiently| first| bother to| think to| care to| take the time to)*\
         (?: notic(?:e|ed)| check(?:ed)?| double-check(?:ed)?| verif(?:y|ied)| validat(?:e|ed)| follow(?:ed)?| test(?:ed)?\
         | communicat(?:e|ed)| pa(?:y|id) (?:enough )?attention| realis(?:e|ed)| realiz(?:e|ed)| consider(?:ed)?| think| thought\
         | review(?:ed)?| read| escalat(?:e|ed)| inform(?:ed)?| notif(?:y|ied)| ask(?:ed)?| confirm(?:ed)?| look(?:ed)?\
         | document(?:ed)?| listen(?:ed)?| care(?:d)?| bother(?:ed)?| take care| taken care| tell| told| coordinat(?:e|ed)\
         | understand| understood| do (?:the|their|his|her|our) (?:job|work|homework|due diligence))";
    DidNot nobody_did
        "(?:nobody|no one|no-one|none of (?:us|them|the PERSON))(?: (?:on|in|at|from) (?:the|our)(?: [a-z-]+)? PERSON)?(?: had| has| ever| actually| even| really)*\
         (?: noticed| checked| verified| tested| followed| paid attention| bothered| cared| realised| realized| thought| asked\
         | read| reviewed| escalated)";
    IfOnly if_only
        "if only (?:we|they|he|she|i|it|there|someone|somebody|this|that|(?:the |our |an )?PERSON)|if only [^.;:#]{1,60}? had\
         |if (?:we|they|he|she|i|someone|somebody|anyone|(?:the |our |an )(?:[a-z-]+ )?PERSON) had(?:n't| not)?(?: only)? [a-z]+";
    IfOnly had_they
        "had (?:we|they|he|she|i|someone|somebody|anyone|(?:the |our |an )(?:[a-z-]+ )?PERSON)(?: not)?(?: only)?(?: [a-z]+ly)?\
         (?: been)? PARTICIPLE";
    BeMoreCareful more_careful
        "(?:be|being|become|remain|stay)(?: [a-z]+){0,3}? (?:more|extra|very|especially|particularly|super|extremely) (?:careful|aware|\
         vigilant|attentive|cautious|diligent|mindful|thorough|alert|conscientious|disciplined)|(?:be|being) (?:careful|vigilant|diligent)\
         |(?:take|use|exercise|apply)(?: [a-z]+)? (?:more|greater|extra|better|special) (?:care|caution|diligence)\
         |(?:pay|paying)(?: [a-z]+)? (?:more|better|closer|extra|special|careful) attention|try harder|think twice\
         |do better next time|(?:raise|raising|increase|improve|create) (?:the )?awareness|more carefully(?: next time| in (?:the )?future)?";
    BeMoreCareful retrain
        "PERSON (?:will|to|should|must|need|needs|shall)(?: to)? (?:receive|undergo|get|attend|complete|be given|have) (?:re-?training|(?:more|additional|further|refresher) training)|re-?train(?:ing)?(?: of)?(?: all| the| our| every| its)*(?: [a-z-]+)? PERSON|(?:remind|reminding|reminder (?:to|for))(?: to)?\
         (?: all| the| our| every| each)*(?: [a-z-]+)? (?:PERSON|ourselves|each other|one another|all)";
    Accidentally accidentally "accidentally|inadvertently|mistakenly|unintentionally|erroneously|by mistake|by accident|wrongly (?:assumed|believed|thought)";
    Hindsight hindsight
        "(?:in|with)(?: the benefit of)? hindsight|in retrospect|obviously|common sense|every(?:one|body) knows|as we all know\
         |(?:(?:could|should) (?:have been )?)?easily(?: have)?(?: been)? (?:prevented|avoided|avoidable|preventable|caught|spotted)\
         |(?:it|this|that|which) (?:was|is|should have been) (?:obvious|plain to see)|any (?:competent|reasonable|decent) PERSON";
    PoorWork poor_work
        "(?:poor|inadequate|insufficient|improper)(?: [a-z-]+)? (?:judge?ments?|decisions?|decision-making|discipline|reviews?|\
         communications?|planning|trainings?|testing|tests|documentation|oversight|supervision|coordination|preparation|handovers?|\
         diligence|attention|care|workmanship|leadership|strateg(?:y|ies)|choices?)|(?:poorly|badly) (?:communicated|planned|tested|reviewed|documented|executed|prepared|\
         managed)|lack of (?:[a-z]+ )?(?:care|attention|discipline|diligence|judge?ment|competence|professionalism|rigou?r)";
    OneRootCause always "the(?: actual| true| real| underlying| main)? root cause";
    WouldHave would_have
        "(?:would|could)(?:n't| not)?(?: also| easily| probably| likely| never)*(?: have|'ve)(?: also| easily| already| never)*(?: been)?\
         (?: [a-z]+ly)? PARTICIPLE";
}

fn always(_: &Hit<'_>) -> Verdict {
    Some((Severity::Note, None))
}

/// A remedy against errors is none of blame, and an error rate is a figure.
fn human_error(hit: &Hit<'_>) -> Verdict {
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

fn judgement(hit: &Hit<'_>) -> Verdict {
    (!ends_near(hit.before, DENIALS, 2)).then_some((Severity::Warning, None))
}

/// A disk may be at fault; of people it is blame.
fn at_fault(hit: &Hit<'_>) -> Verdict {
    let is_denied = ends_near(hit.before, DENIALS, 6) || folded(hit.before).iter().any(|word| word == "nobody");
    (!is_denied && subject::any(hit.before, hit.people)).then_some((Severity::Warning, None))
}

fn fault(hit: &Hit<'_>) -> Verdict {
    let is_tolerance =
        folded(hit.after).first().is_some_and(|next| next.starts_with("toler") || next.starts_with("inject"));
    (!is_tolerance && !ends_near(hit.before, DENIALS, 2)).then_some((Severity::Warning, None))
}

/// What a system should have done is how it was meant to work, and "services should have owners" is a
/// duty of today. Blame is said of people, or of nobody in the passive.
fn should_have(hit: &Hit<'_>) -> Verdict {
    const QUESTIONS: &[&str] = &["what", "how", "where", "when", "whether", "if"];
    const CHECKS: &[&str] = &["review", "reviews", "reviewer", "reviewers", "qa", "testing", "tests"];
    if is_describing(hit.phrase, hit.after) || ends_near(hit.before, QUESTIONS, 2) {
        return None;
    }
    let subject = subject::before(hit.before, hit.people);
    let is_passive = folded(hit.phrase).iter().any(|word| word == "been") && !is_own_work(hit.after);
    let is_check = ends_near(hit.before, CHECKS, 1);
    let is_blame = subject.is_some() || (hit.part != Part::Actions && (is_passive || is_check));
    is_blame.then(|| (Severity::Warning, subject.map(|subject| at(hit, subject))))
}

/// Whether a machine was to do it.
fn is_own_work(after: &str) -> bool {
    folded(after).iter().take(6).any(|word| word.starts_with("automatic"))
}

/// Where a subject begins in the passage, counted from the match.
fn at(hit: &Hit<'_>, subject: Subject) -> usize {
    hit.start - (hit.before.len() - subject.start)
}

/// What users could not do is the impact.
fn failed_to(hit: &Hit<'_>) -> Verdict {
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

fn forgot(hit: &Hit<'_>) -> Verdict {
    let subject = subject::before(hit.before, hit.people)?;
    let is_said_of_a_program = subject.who == Who::Ambiguous && !hit.phrase.to_lowercase().starts_with("forgot");
    (!is_said_of_a_program).then(|| (gravity(subject), Some(at(hit, subject))))
}

fn did_not(hit: &Hit<'_>) -> Verdict {
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
fn nobody_did(_: &Hit<'_>) -> Verdict {
    Some((Severity::Note, None))
}

/// An indirect question is none of regret, and lessons may ask what would have been.
fn if_only(hit: &Hit<'_>) -> Verdict {
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
    let is_meant = hit.part != Part::Lessons && !is_duty && !is_comparison && !ends_near(hit.before, ASKING, 4);
    is_meant.then_some((Severity::Note, None))
}

/// "Had we known, …" opens its sentence; "what had we changed?" does not, and a question asks.
fn had_they(hit: &Hit<'_>) -> Verdict {
    let opens = hit.before.trim().is_empty() || hit.before.trim_end().ends_with([',', ':', '–', '—']);
    (opens && hit.part != Part::Lessons && !hit.after.ends_with('?')).then_some((Severity::Note, None))
}

fn more_careful(hit: &Hit<'_>) -> Verdict {
    let phrase = hit.phrase.to_lowercase();
    let is_bare = ["be careful", "being careful", "be vigilant", "be diligent"].contains(&phrase.as_str());
    let is_manner = phrase.starts_with("more carefully");
    let is_resolve = matches!(hit.part, Part::Actions | Part::Lessons);
    ((!is_bare && !is_manner) || is_resolve).then_some((Severity::Warning, None))
}

/// A reminder that a machine sends is a change of the system.
fn retrain(hit: &Hit<'_>) -> Verdict {
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

fn accidentally(hit: &Hit<'_>) -> Verdict {
    let is_adverb_before = subject::before(hit.before, hit.people);
    let is_at_end = hit.phrase.to_lowercase().starts_with("by ");
    let subject = is_adverb_before.or_else(|| if is_at_end { subject::opening(hit.before, hit.people) } else { None });
    match subject {
        Some(subject) => Some((Severity::Note, Some(at(hit, subject)))),
        None => subject::is_agent(hit.after, hit.people).then_some((Severity::Note, None)),
    }
}

fn hindsight(hit: &Hit<'_>) -> Verdict {
    (!ends_near(hit.before, DENIALS, 1)).then_some((Severity::Note, None))
}

/// "Improper handling of load" is said of a program.
fn poor_work(hit: &Hit<'_>) -> Verdict {
    (!ends_near(hit.before, &["not", "no"], 1)).then_some((Severity::Note, None))
}

/// What might have been affected is an honest doubt. Only facts belong into these parts.
fn would_have(hit: &Hit<'_>) -> Verdict {
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
    let is_facts = matches!(hit.part, Part::Facts | Part::Timeline);
    let last = folded(hit.phrase).pop().unwrap_or_default();
    let asks =
        hit.after.ends_with('?') || ends_near(hit.before, &["what", "how", "whether", "that", "which", "who"], 1);
    (is_facts && !asks && !DOUBTS.contains(&last.as_str())).then_some((Severity::Note, None))
}
