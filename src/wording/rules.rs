//! The rules: a pattern, what a match must meet besides (see `judge`), and the question that leads to a better sentence.

use std::sync::LazyLock;

use regex::Regex;

use super::PostmortemMatch;
use super::judge::{
    Verdict, accidentally, always, at_fault, did_not, failed_to, fault, forgot, had_they, hindsight, human_error,
    if_only, judgement, more_careful, nobody_did, poor_work, retrain, should_have, would_have,
};
use super::words::pattern;
use crate::diagnostic::{Code, Severity};

pub(super) struct PostmortemRule {
    pub code: Code,
    pattern: &'static LazyLock<Regex>,
    /// Whether the match is meant.
    pub judge: fn(&PostmortemMatch<'_>) -> Verdict,
}

impl PostmortemRule {
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

// Patterns and lists of words, no model of language: whoever is told has to see by what, the same text has to be told the
// same, and a rule that is wrong for a company has to have a name to switch it off by.
macro_rules! rules {
    ($($code:ident $judge:ident $pattern:expr;)*) => {
        pub(super) static ALL: &[PostmortemRule] = &[$({
            static PATTERN: LazyLock<Regex> = LazyLock::new(|| pattern($pattern));
            PostmortemRule { code: Code::$code, pattern: &PATTERN, judge: $judge }
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
