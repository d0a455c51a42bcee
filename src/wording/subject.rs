//! Whose verb it is. "Failed to" is mostly said of services; the rules are about people alone.

use super::people::People;

/// Who does what the verb says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    pub who: Who,
    /// The byte at which it begins in the text before the verb.
    pub start: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// A person or a team, by role or by name.
    Person,
    /// A word that also stands for programs: operators and vendors.
    Ambiguous,
    /// The authors.
    Ourselves,
}

/// People by role, as a pattern.
pub(super) const PERSON_PATTERN: &str = "(?:engineers?|developers?|administrators?|technicians?|employees?|responders?|\
    on-call|sres?|contractors?|teams?|staff|colleagues?|someone|somebody|everyone|everybody|operators?|people|interns?)";

const PEOPLE: &[&str] = &[
    "engineer",
    "developer",
    "administrator",
    "sysadmin",
    "technician",
    "employee",
    "responder",
    "on-call",
    "oncall",
    "sre",
    "contractor",
    "consultant",
    "team",
    "staff",
    "colleague",
    "reviewer",
    "author",
    "maintainer",
    "tester",
    "intern",
    "someone",
    "somebody",
    "everyone",
    "everybody",
    "anyone",
    "nobody",
    "he",
    "she",
    "people",
    "person",
    "ops",
    "commander",
    "supervisor",
    "leadership",
    "apprentice",
    "newcomer",
    "dba",
    "analyst",
    "specialist",
    "architect",
    "programmer",
    "committer",
    "coworker",
    "co-worker",
    "trainee",
    "owner",
];

const AMBIGUOUS: &[&str] = &["operator", "admin", "dev", "they", "vendor", "supplier", "provider", "manager", "lead"];

/// Words that may stand between a subject and its verb.
const FILLERS: &[&str] = &[
    "also",
    "again",
    "simply",
    "just",
    "then",
    "still",
    "had",
    "has",
    "have",
    "was",
    "were",
    "who",
    "that",
    "never",
    "always",
    "even",
    "once",
    "all",
    "both",
    "himself",
    "herself",
    "themselves",
    "ourselves",
    "later",
    "first",
    "apparently",
    "on-duty",
    "did",
    "would",
    "should",
    "could",
    "may",
    "might",
    "must",
];

/// Words with which a description of the subject begins: "the engineer on duty".
const LINKS: &[&str] = &[
    "who",
    "that",
    "on",
    "at",
    "in",
    "from",
    "of",
    "with",
    "responsible",
    "handling",
    "running",
    "doing",
    "working",
    "assigned",
    "involved",
    "performing",
    "executing",
    "deploying",
    "for",
];

/// Words after which another subject may follow.
const BREAKS: &[&str] =
    &["which", "whose", "and", "where", "when", "because", "so", "but", "if", "as", "while", "or", "than"];

const CONJUNCTIONS: &[&str] = &["and", "but", "or", "then", "nor"];

/// Words that may stand before a subject at the start of a sentence.
const OPENERS: &[&str] = &[
    "the",
    "a",
    "an",
    "our",
    "their",
    "one",
    "of",
    "another",
    "some",
    "several",
    "two",
    "both",
    "all",
    "new",
    "junior",
    "senior",
    "first",
    "second",
    "responding",
    "then",
    "so",
    "later",
    "but",
    "and",
    "when",
    "because",
    "after",
    "since",
    "while",
    "as",
    "us",
];

/// How many words a description of the subject may have.
const REACH: usize = 9;

struct Word<'t> {
    start: usize,
    text: &'t str,
    folded: String,
}

/// The person or people of whom a verb is said that follows `before` in the same sentence.
pub(super) fn before(before: &str, people: &People) -> Option<Subject> {
    let (clause, offset) = clause(before);
    let words = words(clause, offset);
    let mut last = words.len();
    while last > 0 && is_filler(&words[last - 1].folded) {
        last -= 1;
    }
    let direct = last.checked_sub(1).and_then(|at| subject(&words, at, people));
    let is_joined = last.checked_sub(1).is_none_or(|at| CONJUNCTIONS.contains(&words[at].folded.as_str()));
    direct.or_else(|| described(&words, people)).or_else(|| if is_joined { opening(before, people) } else { None })
}

/// The clause at the end of `text`: what follows the last comma or colon. An insertion between two
/// commas before the verb is passed over.
fn clause(text: &str) -> (&str, usize) {
    const ENDS: [char; 5] = [',', ':', '(', '–', '—'];
    let text = text.trim_end();
    let text = match text.strip_suffix(',') {
        Some(inner) => inner.rfind(',').map_or(inner, |comma| &inner[..comma]),
        None => text,
    };
    let start = text.rfind(ENDS).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    (&text[start..], start)
}

fn words(text: &str, offset: usize) -> Vec<Word<'_>> {
    let is_edge = |c: char| !c.is_alphanumeric() && c != '@' && c != '#';
    let words = text.split_whitespace().map(|word| {
        let start =
            word.as_ptr() as usize - text.as_ptr() as usize + word.len() - word.trim_start_matches(is_edge).len();
        let text = word.trim_matches(is_edge);
        Word { start: offset + start, text, folded: text.to_lowercase() }
    });
    words.filter(|word| !word.text.is_empty()).collect()
}

fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word) || (word.ends_with("ly") && word != "only")
}

/// The word at `at`, if it stands for people; with its article.
fn subject(words: &[Word<'_>], at: usize, people: &People) -> Option<Subject> {
    let who = who(&words[at], people)?;
    let mut first = at;
    if who != Who::Ourselves {
        let article = |word: &Word<'_>| ["the", "a", "an", "our", "their", "no"].contains(&word.folded.as_str());
        let reach = at.saturating_sub(2)..at;
        first = reach.rev().find(|before| article(&words[*before])).unwrap_or(at);
    }
    Some(Subject { who, start: words[first].start })
}

fn who(word: &Word<'_>, people: &People) -> Option<Who> {
    let is_one_of = |list: &[&str]| {
        let singular = word.folded.strip_suffix('s').unwrap_or(&word.folded);
        list.contains(&word.folded.as_str()) || list.contains(&singular)
    };
    match word.folded.as_str() {
        "we" | "i" => Some(Who::Ourselves),
        _ if is_one_of(PEOPLE) || people.has(word.text) => Some(Who::Person),
        _ if is_one_of(AMBIGUOUS) => Some(Who::Ambiguous),
        _ => None,
    }
}

/// "the engineer on duty that night": a subject with a description up to the verb.
fn described(words: &[Word<'_>], people: &People) -> Option<Subject> {
    let first = words.len().saturating_sub(REACH);
    for at in (first..words.len().saturating_sub(1)).rev() {
        let rest = &words[at + 1..];
        if rest.iter().any(|word| BREAKS.contains(&word.folded.as_str())) {
            return None;
        }
        let found = subject(words, at, people).filter(|found| found.who != Who::Ourselves);
        if found.is_some() && LINKS.contains(&rest[0].folded.as_str()) {
            return found;
        }
    }
    None
}

/// The subject with which a sentence opens: "The engineer ran it and forgot to …".
pub(super) fn opening(sentence: &str, people: &People) -> Option<Subject> {
    let words = words(sentence, 0);
    let at = (0..words.len().min(5)).find(|at| who(&words[*at], people).is_some())?;
    let is_opener = |word: &Word<'_>| OPENERS.contains(&word.folded.as_str());
    let strange = words[..at].iter().filter(|word| !is_opener(word)).count();
    (strange == 0 || (strange == 1 && is_opener(&words[0]))).then(|| subject(&words, at, people)).flatten()
}

/// Whether what follows a participle names the people who did it: "deleted by an engineer".
pub(super) fn is_agent(after: &str, people: &People) -> bool {
    let words = words(after, 0);
    let Some(by) = words.iter().take(4).position(|word| word.folded == "by") else { return false };
    (by + 1..words.len().min(by + 5)).any(|at| who(&words[at], people).is_some())
}

/// Whether anybody stands in `text`.
pub(super) fn any(text: &str, people: &People) -> bool {
    words(text, 0).iter().any(|word| who(word, people).is_some())
}
