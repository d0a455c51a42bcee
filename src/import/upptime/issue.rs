//! What incidents and planned work have in common: an issue, its site and its texts.

use super::dump::{Dump, LocatedIssue};
use crate::import::history::draft::Draft;
use crate::import::history::entry::Location;
use crate::import::history::write::source_comment;
use crate::import::markdown::{prepare, settle, stand_alone};
use crate::import::marker::lead;
use crate::import::page::Unused;
use crate::import::spans::hard_breaks;
use crate::time::Time;

/// Keys of an issue that are GitHub's own: addresses, numbers, switches.
pub(in crate::import) const MACHINERY: [&str; 19] = [
    "repository_url",
    "labels_url",
    "comments_url",
    "events_url",
    "timeline_url",
    "id",
    "node_id",
    "author_association",
    "active_lock_reason",
    "locked",
    "draft",
    "performed_via_github_app",
    "reactions",
    "closed",
    "state_reason",
    "stateReason",
    "sub_issues_summary",
    "issue_dependencies_summary",
    "issue_field_values",
];

/// Labels that say what an issue is, not which site it is about.
pub(in crate::import) const KINDS: [&str; 2] = ["status", "maintenance"];

/// What the writers of entries need.
pub(in crate::import) struct IssueWriter<'d> {
    /// What the issues are of, as comments in files say it.
    pub system: &'static str,
    pub draft: &'d mut Draft,
    pub unused: &'d mut Unused,
    pub dump: &'d Dump,
}

/// What a body says, and the comments that stood in it.
pub(in crate::import) struct Text {
    pub body: String,
    pub comments: Vec<String>,
}

impl IssueWriter<'_> {
    pub(in crate::import) fn note(&mut self, location: &Location, message: &str) {
        location.note(&mut self.draft.notes, message);
    }

    /// The title on one line.
    pub(in crate::import) fn title(&mut self, located: &LocatedIssue, location: &Location) -> String {
        let title = located.issue.title.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() {
            self.note(location, "it has no title; its number stands for it");
            return format!("Issue {}", located.number);
        }
        self.draft.notes.source_of(location, &title);
        title
    }

    /// GitHub's Markdown in Candor's: there a line break is one.
    pub(in crate::import) fn text(&mut self, location: &Location, raw: &str) -> Text {
        let raw = raw.replace("\r\n", "\n");
        let (label, words) = lead(raw.trim());
        if label.is_some() && words.len() < raw.trim().len() {
            self.draft.notes.take(&location.path, location.line, raw.trim().lines().next().unwrap_or_default());
        }
        self.draft.notes.source_of(location, &words);
        let (text, comments) = prepare(raw.trim());
        let (body, findings) = settle(&hard_breaks(text.trim()), &stand_alone);
        findings.iter().for_each(|finding| self.note(location, finding));
        Text { body, comments }
    }

    /// The ids of the sites that the labels name, or the one that the title names.
    pub(in crate::import) fn components(&mut self, located: &LocatedIssue, location: &Location) -> Vec<String> {
        let labels: Vec<&str> =
            located.labels().filter(|label| !KINDS.contains(&label.to_lowercase().as_str())).collect();
        let mut ids: Vec<String> = Vec::new();
        for label in &labels {
            let known = self.draft.components.find(label).map(|component| component.id.clone());
            ids.extend(known.filter(|id| !ids.contains(id)));
        }
        if ids.is_empty() {
            ids.extend(self.component_of_title(located, &labels, location));
        }
        ids
    }

    /// Upptime's own titles name their site, which may be gone from the settings.
    fn component_of_title(&mut self, located: &LocatedIssue, labels: &[&str], location: &Location) -> Option<String> {
        let title = located.issue.title.as_deref().unwrap_or_default().trim_start_matches(['🛑', '⚠', '\u{fe0f}', ' ']);
        let name = [" is down", " has degraded performance"].iter().find_map(|end| title.strip_suffix(end));
        let (name, label) = (name.map(str::trim).filter(|name| !name.is_empty()), labels.first());
        if let Some(known) = name.and_then(|name| self.draft.components.all().iter().find(|known| known.name == name)) {
            let id = known.id.clone();
            self.note(location, &format!("no label names its site; it was taken to be `{id}` by its title"));
            return Some(id);
        }
        match (label, name) {
            (Some(label), name) => Some(self.draft.unlisted(location, label, name.unwrap_or(label))),
            (None, Some(name)) => Some(self.draft.unlisted(location, name, name)),
            (None, None) => {
                self.note(location, "neither labels nor title name a site; it touches no component");
                None
            }
        }
    }

    /// Lines to keep as comments.
    pub(in crate::import) fn kept(&self, located: &LocatedIssue, comments: &[String]) -> Vec<String> {
        let address = located.address().map(|address| format!(" {address}")).unwrap_or_default();
        let first = format!("{}: issue {}{address}", self.system, located.number);
        let comments = comments.iter().map(|comment| source_comment(comment));
        std::iter::once(first).chain(comments).collect()
    }

    /// What concerns all issues together.
    pub(in crate::import) fn note_rest(&mut self) {
        let dump = self.dump;
        let Some(path) = dump.first_path() else {
            let message = "no file holds issues, so there are no incidents; see `candor import upptime --help`";
            return self.draft.notes.add(".", None, message);
        };
        let others = dump.issues.values().filter(|located| !KINDS.iter().any(|kind| located.has_label(kind)));
        let others: Vec<String> = others.map(|located| format!("#{}", located.number)).collect();
        if !others.is_empty() {
            let list = others.join(", ");
            let message = format!("issues that are labelled neither `status` nor `maintenance`; not imported: {list}");
            self.draft.notes.add(path, None, message);
        }
        self.note_missing(path);
    }

    /// What of the answers is no issue, and which comments were not saved.
    pub(in crate::import) fn note_missing(&mut self, path: &str) {
        let dump = self.dump;
        if dump.pull_requests > 0 {
            let message = format!("pull requests among the issues; not imported: {}", dump.pull_requests);
            self.draft.notes.add(path, None, message);
        }
        for located in dump.issues.values().filter(|located| located.counted() > located.comments.len()) {
            let (counted, found) = (located.counted(), located.comments.len());
            let message = format!("its tracker counts {counted} comments, the files hold {found}; save the others too");
            location(located).note(&mut self.draft.notes, &message);
        }
    }
}

/// Where an issue stands: its file and its number.
pub(in crate::import) fn location(located: &LocatedIssue) -> Location {
    Location { path: located.path.clone(), line: None, name: format!("#{}", located.number) }
}

/// A comment that was written after the last word, told with it.
pub(in crate::import) fn later(at: Time, body: &str) -> String {
    format!("\n\n**{}**\n\n{body}", crate::import::times::spoken(at))
}
