//! Whether an entry is an incident, maintenance or an announcement. cState has one kind of entry;
//! its authors say the difference in words.

use super::entry::{Entry, Severity};
use crate::import::Notes;
use crate::import::times;

/// What an entry becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Something went wrong, or was worth saying.
    Incident,
    /// Planned work.
    Maintenance,
    /// `informational: true`
    Announcement,
}

impl Kind {
    /// Its folder, and the first part of its address.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Kind::Incident => "incidents",
            Kind::Maintenance => "maintenance",
            Kind::Announcement => "announcements",
        }
    }
}

/// Words of a title that mean planned work by themselves.
const PLANNED: [&str; 14] = [
    "maintenance",
    "maintenances",
    "upgrade",
    "upgrades",
    "upgraded",
    "upgrading",
    "migration",
    "migrations",
    "migrate",
    "migrated",
    "migrating",
    "window",
    "brownout",
    "planned",
];

/// Words of a title that mean planned work if the text announces it.
const WORK: [&str; 14] = [
    "update",
    "updates",
    "updating",
    "operation",
    "operations",
    "restart",
    "reboot",
    "reindex",
    "reset",
    "deployment",
    "removal",
    "change",
    "cleanup",
    "enforced",
];

/// Words of a title that mean that something is wrong.
const FAILURE: [&str; 31] = [
    "outage",
    "outages",
    "down",
    "incident",
    "unavailable",
    "unreachable",
    "issue",
    "issues",
    "problem",
    "problems",
    "error",
    "errors",
    "fail",
    "fails",
    "failed",
    "failure",
    "slow",
    "slowness",
    "blocked",
    "not",
    "no",
    "expired",
    "disruption",
    "disruptions",
    "disrupted",
    "flaky",
    "broken",
    "degraded",
    "missing",
    "exceeded",
    "overload",
];

/// Words of a text that announces something.
const ANNOUNCING: [&str; 10] = [
    "will be",
    "we'll",
    "we\u{2019}ll",
    "we will",
    "will switch",
    "is planned",
    "scheduled",
    "going to be",
    "starting at",
    "will happen",
];

/// Decides, and notes each decision that the file does not force.
pub(super) fn kind(entry: &Entry, notes: &mut Notes) -> Kind {
    if entry.hidden.is_some() {
        return Kind::Incident;
    }
    if entry.informational {
        if !entry.affected.is_empty() {
            let message =
                format!("an announcement names no components; it was said to be about {}", entry.affected.join(", "));
            notes.add(&entry.path, None, message);
        }
        return Kind::Announcement;
    }
    let (is_planned, reason) = planned(entry);
    if !is_planned {
        return Kind::Incident;
    }
    let Some((from, until)) = entry.window() else {
        notes.add(&entry.path, None, format!("{reason}, but it has no end after its start: imported as an incident"));
        return Kind::Incident;
    };
    let certainty = match entry.severity {
        Severity::Notice => "`notice`",
        Severity::Disrupted => "`disrupted`: ambiguous",
        Severity::Down => "`down`: ambiguous",
    };
    let window = format!("{} to {}", times::spoken(from), times::spoken(until));
    notes.add(&entry.path, None, format!("{reason}; severity {certainty}: imported as maintenance, {window}"));
    Kind::Maintenance
}

/// Whether the words speak of planned work, and which do.
fn planned(entry: &Entry) -> (bool, String) {
    let title = words(&entry.title);
    let find = |list: &[&str]| title.iter().find(|word| list.contains(&word.as_str())).cloned();
    let fails = find(&FAILURE).is_some();
    let is_notice = entry.severity == Severity::Notice;
    if let Some(word) = find(&PLANNED).filter(|_| is_notice || !fails) {
        return (true, format!("the title speaks of planned work (`{word}`)"));
    }
    let text = entry.body.to_lowercase();
    let announcing = ANNOUNCING.iter().find(|words| text.contains(**words));
    match (find(&WORK), announcing) {
        (Some(word), Some(announcing)) if !fails => {
            (true, format!("the title (`{word}`) and the text (`{announcing}`) speak of planned work"))
        }
        (None, Some(announcing)) if is_notice && !fails && !entry.affected.is_empty() => {
            (true, format!("a notice whose text announces something (`{announcing}`)"))
        }
        _ => (false, String::new()),
    }
}

/// Words between blanks, without punctuation at their ends: a host name such as
/// `issues.example.com` is one word.
fn words(title: &str) -> Vec<String> {
    let trimmed = title.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    trimmed.filter(|word| !word.is_empty()).collect()
}
