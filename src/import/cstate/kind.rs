//! Whether an entry is an incident, maintenance or an announcement. cState has one kind of entry: its keys say the
//! difference first, then the labels of its text, then its words.

use std::sync::LazyLock;

use regex::Regex;

use super::entry::{CstateEntry, CstateSeverity};
use super::split::split;
use crate::import::Notes;
use crate::import::marker::Label;
use crate::import::{times, words};

/// What an entry becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EntryTarget {
    /// Something went wrong, or was worth saying.
    Incident,
    /// Planned work.
    Maintenance,
    /// `informational: true`, or a notice about nothing that the page shows.
    Announcement,
}

impl EntryTarget {
    /// Its folder, and the first part of its address.
    pub(super) fn folder(self) -> &'static str {
        match self {
            EntryTarget::Incident => "incidents",
            EntryTarget::Maintenance => "maintenance",
            EntryTarget::Announcement => "announcements",
        }
    }
}

/// Words of a title that mean planned work if the text announces it.
const WORK: [&str; 15] = [
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
    "window",
];

/// A text that announces work, not one that promises more news.
static ANNOUNCES: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?i)\b(?:will|is going to|are going to|is planned|are planned|is scheduled|scheduled (?:for|to)|we['’]ll|starting at|werden|wird|sera|será)\b[^.!?\n]{0,60}?\b(?:maint\w*|upgrad\w*|migrat\w*|mov(?:e|ed|ing)|restart\w*|reboot\w*|replac\w*|perform\w*|carr(?:y|ied) out|undergo\w*|down|unavailable|offline|shut|switch\w*|install\w*|patch\w*|deploy\w*|reindex\w*|happen|brownout|remov\w*|enforc\w*|updat(?:e|ed|ing) (?:of|the|our|to)\b|gewartet|umgestellt|aktualisiert|nicht erreichbar)";
    Regex::new(pattern).expect("a fixed pattern")
});

/// Decides, and notes each decision that the file does not force.
pub(super) fn kind(entry: &CstateEntry, notes: &mut Notes) -> EntryTarget {
    if entry.hidden.is_some() {
        return EntryTarget::Incident;
    }
    if entry.informational {
        return EntryTarget::Announcement;
    }
    let is_notice = entry.severity == CstateSeverity::Notice;
    let Some(reason) = planned(entry) else {
        let is_news = is_notice && entry.affected.is_empty() && !fails(entry) && !tells_of_trouble(entry);
        if is_news {
            let message = "a notice that names no system and speaks of no trouble: imported as an announcement";
            notes.add(&entry.path, None, message);
        }
        return if is_news { EntryTarget::Announcement } else { EntryTarget::Incident };
    };
    if is_notice && entry.affected.is_empty() && entry.over().is_none() && !is_labelled(entry) {
        let message = format!("{reason}, but it names no system and has no end: imported as an announcement");
        notes.time(&entry.path, None, message);
        return EntryTarget::Announcement;
    }
    let certainty = match entry.severity {
        CstateSeverity::Notice => "`notice`",
        CstateSeverity::Disrupted => "`disrupted`: ambiguous",
        CstateSeverity::Down => "`down`: ambiguous",
    };
    let until = entry.over().map_or_else(|| "an end that is not known".to_owned(), times::spoken);
    let window = format!("{} to {until}", times::spoken(entry.start));
    notes.add(&entry.path, None, format!("{reason}; severity {certainty}: imported as maintenance, {window}"));
    EntryTarget::Maintenance
}

/// Why an entry is about planned work, if it is.
fn planned(entry: &CstateEntry) -> Option<String> {
    let fails = fails(entry);
    let is_notice = entry.severity == CstateSeverity::Notice;
    if is_labelled(entry) && !tells_of_trouble(entry) && !fails {
        return Some("the labels of its text are those of planned work".to_owned());
    }
    if let Some(word) = words::planned(&entry.title).filter(|_| is_notice || !fails) {
        return Some(format!("the title speaks of planned work (`{word}`)"));
    }
    let announcing = ANNOUNCES.find(&entry.body).map(|found| found.as_str()).filter(|_| !fails)?;
    let work = words::of(&entry.title).into_iter().find(|word| WORK.contains(&word.as_str()));
    match work {
        Some(word) => Some(format!("the title (`{word}`) and the text (`{announcing}`) speak of planned work")),
        None if is_notice && !entry.affected.is_empty() => {
            Some(format!("a notice whose text announces work (`{announcing}`)"))
        }
        None => None,
    }
}

/// Whether labels of its text are those of planned work.
fn is_labelled(entry: &CstateEntry) -> bool {
    let is_work = |label: Label| matches!(label, Label::Scheduled | Label::InProgress);
    split(&entry.body, entry.context).parts.iter().any(|part| is_work(part.label))
}

/// Whether the labels of its text are those of an incident.
fn tells_of_trouble(entry: &CstateEntry) -> bool {
    let is_trouble = |label: Label| matches!(label, Label::Investigating | Label::Identified);
    split(&entry.body, entry.context).parts.iter().any(|part| is_trouble(part.label))
}

/// Whether the title says that something is wrong. What a thing is called says nothing: `issues.example.com` and
/// `Error Tracking` are upgraded as well.
fn fails(entry: &CstateEntry) -> bool {
    let spaced = |words: &[String]| format!(" {} ", words.join(" "));
    let title: Vec<String> = words::of(&entry.title).into_iter().filter(|word| !words::is_host(word)).collect();
    let names = entry.affected.iter().map(|name| words::of(name)).filter(|name| !name.is_empty());
    let title = names.fold(spaced(&title), |title, name| title.replace(&spaced(&name), " "));
    words::fails(&title)
}
