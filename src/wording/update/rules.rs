//! The rules: a pattern each, and what a match must meet besides (see `judge`).

use std::sync::LazyLock;

use regex::Regex;

use super::UpdateMatch;
use super::judge::{always, belittling, blame, early, guarantee, jargon, likely, outage, repair, soon, time_of_repair};
use super::vendors;
use crate::diagnostic::{Code, Severity};
use crate::wording::words::pattern;

pub(super) struct UpdateRule {
    pub code: Code,
    pattern: &'static LazyLock<Regex>,
    /// Whether the match is meant.
    pub is_meant: fn(&UpdateMatch<'_>) -> bool,
}

impl UpdateRule {
    pub fn pattern(&self) -> &'static Regex {
        self.pattern
    }
}

/// Rules that a site must switch on.
pub(super) const OFF_BY_DEFAULT: &[Code] = &[Code::NoOutage];

/// How grave a rule's finding is. A detail of the inside is worse where it helps an attacker: see `inside`.
pub(super) fn severity(code: Code) -> Severity {
    match code {
        Code::TimeOfRepair | Code::PromisedRepair | Code::Guarantee => Severity::Warning,
        _ => Severity::Note,
    }
}

/// A length of time.
const AMOUNT: &str = "(?:(?:the|next|about|around|approximately|roughly|up to|another|further|less than|under|at most|maximum|max)\\.? )*\
    (?:\\d+(?:[.,]\\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|sixty|ninety|a few|few|several\
    |half an?|a couple(?: of)?|couple(?: of)?)?(?: ?(?:-|–|to|or|and) ?(?:\\d+(?:[.,]\\d+)?|two|three|four|five|six|eight|ten))?(?: |-)?\
    (?:more |business |working )?(?:min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|h)";

/// A time of day, or a day.
const CLOCK: &str = "(?:\\d{1,2}(?:[:.]\\d\\d)?(?: ?(?:[ap]\\.?m\\.?|utc|gmt|z|ce?s?t|[ecmp][sd]?t|o'clock|h))?|noon|midnight|midday\
    |(?:the )?end of (?:the |this |next )?(?:day|week|month|business)|eod|cob|(?:next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\
    |today|tonight|tomorrow(?: morning| noon| afternoon| evening| night)?|(?:this|the|next) (?:morning|afternoon|evening|night|week))";

/// By when.
fn when() -> String {
    format!(
        "(?:(?:by|before|within|in|until|till|around|about|at|on|no later than) (?:{AMOUNT}|{CLOCK})|later today|today|tonight\
         |tomorrow|this (?:morning|afternoon|evening|week)|next week)"
    )
}

const FUTURE: &str = "(?:will|shall|should|would|[a-z]+'ll|going to|expect(?:s|ed|ing)?|anticipat(?:e|es|ed|ing)|hop(?:e|es|ing) to\
    |aim(?:s|ing)? to|plan(?:s|ned|ning)? to|intend(?:s|ed)? to|scheduled to|estimated?)";

const REPAIRED: &str = "(?:fix(?:ed)?|resol(?:ve|ved|ution)|restor(?:e|ed|ation)|repair(?:ed|s)?|recover(?:ed|y)?|back|available|working\
    |operational|complet(?:e|ed|ion)|live|online|up and running|up again|solved?|solution|clear(?:ed)?|done|finish(?:ed)?|normal|again|over|ready|reachable|deliver(?:ed)?)";

fn promised_time() -> String {
    format!("{FUTURE}(?: [^.,;!?]{{0,80}}?)? {REPAIRED}(?: [^.,;!?]{{0,40}}?)? {}", when())
}

fn lasting() -> String {
    format!(
        "(?:should|will|would|[a-z]+'ll|going to|expected to|estimated to|can|could|may|might)(?: only| also| still| probably| likely)? (?:take|last)(?: us)? {AMOUNT}"
    )
}

fn estimate() -> String {
    format!(
        "(?:expected|estimated|anticipated|projected|our estimates?|an estimate|estimates?)(?: time)?(?: (?:to|of|for|until|is))?\
         (?: the| a| full| complete| final| service){{0,3}} (?:resolution|recovery|repairs?|fix|restoration|restore|resolve|completion)(?: time)?\
         (?: is| of|:)?(?: {AMOUNT}| {CLOCK})?"
    )
}

const SOON: &str = "soon|shortly|any (?:minute|moment)(?: now)?|momentarily|in a (?:moment|minute|bit|little while)|before long\
    |imminently|in the near future";

const DOING: &str = "(?:will|[a-z]+'ll|shall|(?:am|are|is|[a-z]+'re|i'm) (?:going|about|planning|preparing) to|plans? to|intends? to)\
    (?: also| then| now| first| soon| shortly| try to| have to| need to)* (?:roll (?:[a-z]+ ){0,4}?back|rollback|restart|reboot\
    |re-?deploy|deploy|revert|undo|fail (?:[a-z]+ )?over|switch (?:[a-z]+ ){0,3}?(?:over|back|to)|replace|patch|upgrade|scale|rebuild|restore|fix|hotfix\
    |reinstall|migrate|repair|rotate|increase|redirect|roll out|ship|apply|downgrade|resize|move)";

const BEING_DONE: &str = "(?:will|shall|(?:is|are) going to)(?: also| then| now| first| soon| shortly)* be (?:rolled (?:back|out)|restarted|rebooted\
    |re-?deployed|deployed|reverted|undone|failed over|switched (?:over|back|to)|replaced|patched|upgraded|scaled(?: up)?|rebuilt|reinstalled|migrated\
    |rotated|redirected|shipped|applied|downgraded|resized)";

const GUARANTEE: &str = "guarantee[ds]?|(?:we|i) promise(?: you| that)?|(?:will|would|can|should)(?: not|n't|never| never) (?:ever )?(?:happen|occur|recur)(?: again)?\
    |won't (?:ever )?(?:happen|occur|recur)(?: again)?|(?:does|do)(?: not|n't) (?:happen|occur|recur) again|(?:never|not) happen again|happen again never\
    |permanently (?:fixed|resolved|solved|repaired)|(?:fixed|resolved|solved) (?:for good|once and for all|permanently)|rest assured|once and for all\
    |(?:your|all|all your) (?:data|orders?|money|files?|accounts?) (?:is|are)(?: completely| perfectly| all| absolutely)? (?:safe|secure)";

const NOTHING_LOST: &str = "no (?:[a-z-]+ ){1,3}?(?:was|were|is|are|has been|have been|will be|got)(?: ever| permanently)? (?:lost|deleted|corrupted|compromised)\
    |no (?:data )?loss(?: of [a-z]+)?|without (?:any )?(?:data )?loss|nothing (?:was|is|has been|will be|got) lost|no lost [a-z]+";

fn caused_by() -> String {
    format!(
        "(?:caused by|due to|because of|owing to|result of|consequence of|resulting from|originat(?:es|ed|ing) (?:from|at|in|with))\
         (?: [a-z-]+){{0,6}}? {}",
        vendors::any()
    )
}

const TROUBLE: &str = "(?:issues?|problems?|outages?|incidents?|failures?|disruptions?|degradation|trouble|difficulties|interruptions?|bugs?)";

fn trouble_with() -> String {
    format!(
        "{TROUBLE}(?: [a-z-]+){{0,2}}? (?:with|at|on|by|from|in|of|within)(?: [a-z]+){{0,2}}? {any}|(?:on|at) the (?:side|end) of (?:the )?{any}|fault of {any}",
        any = vendors::any()
    )
}

fn trouble_of() -> String {
    format!(
        "{any}(?: [a-z-]+){{0,2}}? (?:side|end|fault|{TROUBLE})|{any}(?: [a-z]+){{0,2}}? (?:is|are|was|were|has|have|had|experienc(?:es|ed|ing)|fac(?:es|ed|ing)\
         |report(?:s|ed|ing)?|caus(?:es|ed)|broke)(?: [a-z-]+){{0,4}}? (?:down|unavailable|failing|degraded|delays?|responsible|{TROUBLE})",
        any = vendors::any()
    )
}

const GUESS: &str = "(?:we|i)(?: also| still| currently| now| strongly| do)*(?:'re| are| am)?(?: [a-z]+ly)? (?:think|believe|suspect|assume|guess|suppose|reckon)(?:ing)?\
    |probably|presumably|supposedly|(?:most|very|quite) likely|(?:is|are|was|were) likely|likely (?:caus(?:e[ds]?|ing)|due|related|because|culprit|reason)\
    |(?:we are|we're|i am|i'm) (?:fairly|quite|pretty|almost|reasonably) (?:sure|certain|confident)";

const SEEMS: &str = "(?:seems?|appears?|looks?) (?:to (?:be|have)|like|as (?:if|though)|that)";

/// That it is over is what customers most want to be certain of.
const SEEMS_OVER: &str = "(?:seems?|appears?|looks?)(?: like)?(?: to)?(?: be| have been| has been)? (?:resolved|fixed|solved|over|back to normal\
    |restored|repaired)";

const BELITTLED: &str = "(?:small|minor|little|tiny|slight|trivial)(?: [a-z-]+)? (?:outages?|issues?|problems?|disruptions?|interruptions?|incidents?\
    |inconveniences?|delays?|bugs?|errors?|failures?)|(?:(?:small|minor|little|tiny|slight) )?(?:hiccups?|glitch(?:es)?|blips?)|just an? [a-z]+\
    |(?:only|just|merely) (?:an? )?(?:handful|few|small|minor|tiny|couple)|nothing (?:serious|dramatic)|no big deal|not a big (?:deal|problem|issue)";

/// What machines call their troubles. Customers of any product can do without it.
const JARGON: &str = "oom(?:[- ]?kill(?:ed|er|s)?)?|out[- ]of[- ]memory kill(?:ed|er|s)?|kubelets?|crash ?loop(?:ing|backoff|s)?|segfault(?:s|ed)?|segmentation faults?\
    |null ?pointer(?: exceptions?)?|nullpointerexception|stack ?traces?|heap (?:space|dumps?|size)|replica(?:tion)? lag|garbage collect(?:ion|or)\
    |thread pools?|connection pools?|deadlock(?:s|ed)?|kernel panics?|core dumps?|exit code \\d+|split[- ]brain|etcd|systemd|file descriptors?|inodes?";

/// A word on data, on what is late, or on what customers have to do.
pub(super) const LEFT: &str = "(?:no|any|all|your|their|customers?|some|which|what) data|data (?:was|were|is|are|loss|has|have|of|from)|empty database\
    |lost|loss|losing|missing|corrupt(?:ed|ion)?|intact|preserved|back-?log|queued|queues? (?:is|are|was|were|has|have)|delay(?:s|ed)?\
    |remaining|lingering|catch(?:ing)? up|caught up|worked off|still (?:be|being|late|slow|waiting|see|need)\
    |re-?(?:sent|send|sending|tried|try|trying|played|play|queued|run|processed|index(?:ed)?|triggered|delivered|started by you)\
    |repeat(?:ed)?|(?:send|sent|try|upload|order|log in|sign in|start|run|submit)(?: [a-z]+){0,4} again|(?:do|enter) (?:this|it|them) again\
    |no (?:further |other |more )?action|nothing (?:to do|left|else|more)|(?:do|does|did) not (?:need|have) to|don't (?:need|have) to|not necessary\
    |need(?:s|ed)? to|must|you (?:can|may|should|will)|please (?:re[a-z]+|send|try|log|sign|check|clear|write|contact|upload|order|use)\
    |(?:went|gone) (?:out|through)|delivered|arrived?|processed|refund(?:s|ed)?|charged|billed|(?:have|has) been sent|were sent\
    |follow-up effects?|side effects?|no (?:further |other |lasting |remaining )?(?:effects?|impact|consequences?)";

macro_rules! rules {
    ($($code:ident $is_meant:ident $pattern:expr;)*) => {
        pub(super) static ALL: &[UpdateRule] = &[$({
            static PATTERN: LazyLock<Regex> = LazyLock::new(|| pattern($pattern));
            UpdateRule { code: Code::$code, pattern: &PATTERN, is_meant: $is_meant }
        },)*];
    };
}

rules! {
    TimeOfRepair time_of_repair "etas?";
    TimeOfRepair time_of_repair &promised_time();
    TimeOfRepair time_of_repair &lasting();
    TimeOfRepair time_of_repair &estimate();
    Soon soon SOON;
    PromisedRepair repair DOING;
    PromisedRepair repair BEING_DONE;
    Guarantee guarantee GUARANTEE;
    Guarantee early NOTHING_LOST;
    VendorBlamed blame &caused_by();
    VendorBlamed blame &trouble_with();
    VendorBlamed blame &trouble_of();
    Guess always GUESS;
    Guess likely SEEMS;
    Guess always SEEMS_OVER;
    NoOutage outage "outages?";
    Belittled belittling BELITTLED;
    InternalDetail jargon JARGON;
}
