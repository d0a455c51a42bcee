//! Issues and comments as `gh api`, `gh issue list --json` and GitLab's REST answers give them, read leniently.
//! Several files may tell of one issue: the fullest telling wins.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::import::object::texts;
use crate::import::{Notes, json, times};
use crate::time::{Date, Time, Zone};

/// An issue. The names in capitals are those of `gh issue list --json`; the other aliases are GitLab's.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::import) struct Issue {
    #[serde(alias = "iid")]
    pub number: Option<u64>,
    pub title: Option<String>,
    #[serde(alias = "description")]
    pub body: Option<String>,
    pub state: Option<String>,
    labels: Option<Vec<IssueLabel>>,
    #[serde(alias = "createdAt")]
    created_at: Option<String>,
    #[serde(alias = "closedAt")]
    closed_at: Option<String>,
    #[serde(alias = "updatedAt")]
    updated_at: Option<String>,
    #[serde(alias = "web_url")]
    html_url: Option<String>,
    url: Option<String>,
    /// How many there are, or the comments themselves.
    #[serde(alias = "user_notes_count")]
    comments: Option<Value>,
    #[serde(alias = "source_branch")]
    pull_request: Option<Value>,
    /// Whether GitLab shows it to members alone.
    pub confidential: Option<bool>,
    #[serde(flatten)]
    pub rest: BTreeMap<String, Value>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum IssueLabel {
    Word(String),
    Whole { name: String },
}

/// A comment on an issue.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::import) struct Comment {
    pub body: Option<String>,
    #[serde(alias = "createdAt")]
    created_at: Option<String>,
    issue_url: Option<String>,
    noteable_iid: Option<u64>,
    noteable_type: Option<String>,
    /// Whether GitLab wrote it, of a label or an assignment.
    system: Option<bool>,
    #[serde(alias = "confidential")]
    internal: Option<bool>,
    #[serde(alias = "isMinimized")]
    is_minimized: Option<bool>,
}

/// An issue, and where it was found.
pub(in crate::import) struct LocatedIssue {
    pub path: String,
    pub issue: Issue,
    pub number: u64,
    pub created: Time,
    /// Oldest first.
    pub comments: Vec<(Time, String)>,
}

/// Everything that was found.
#[derive(Default)]
pub(in crate::import) struct Dump {
    /// By number.
    pub issues: BTreeMap<u64, LocatedIssue>,
    /// How many pull requests were passed over; GitHub lists them among the issues.
    pub pull_requests: usize,
    /// Whether any file holds issues or comments.
    pub is_any: bool,
}

impl Dump {
    /// Reads the files that may hold issues and comments.
    pub(in crate::import) fn read<'f>(files: impl Iterator<Item = (&'f str, &'f [u8])>, notes: &mut Notes) -> Dump {
        let mut dump = Dump::default();
        let mut comments: Vec<(String, Option<u64>, Comment)> = Vec::new();
        for (path, bytes) in files {
            let before = notes.list.len();
            let (mut is_dump, mut strangers) = (false, Vec::new());
            for item in json::items(path, bytes, notes) {
                let has = |key: &str| item.get(key).is_some();
                if (has("number") || has("iid")) && has("title") {
                    is_dump = true;
                    dump.read_issue(path, item, &mut comments, notes);
                } else if (has("issue_url") || has("noteable_iid")) && has("body") {
                    is_dump = true;
                    comments.extend(read(path, "comment", item, notes).map(|comment| (path.to_owned(), None, comment)));
                } else {
                    strangers.push(item);
                }
            }
            if !is_dump && notes.list.len() == before {
                notes.add(path, None, "neither issues nor comments of GitHub or GitLab; not imported");
            } else if is_dump {
                strangers.iter().for_each(|item| stranger(path, item, notes));
            }
            dump.is_any |= is_dump;
        }
        comments.into_iter().for_each(|(path, number, comment)| dump.add_comment(&path, number, comment, notes));
        for located in dump.issues.values_mut() {
            located.comments.sort();
            located.comments.dedup();
        }
        dump
    }

    fn read_issue(
        &mut self,
        path: &str,
        item: Value,
        comments: &mut Vec<(String, Option<u64>, Comment)>,
        notes: &mut Notes,
    ) {
        let whole = item.clone();
        let texts = texts(&whole);
        let Some(issue) = read::<Issue>(path, "issue", item, notes) else { return };
        if issue.pull_request.as_ref().is_some_and(|value| !value.is_null()) {
            self.pull_requests += 1;
            return;
        }
        let Some(number) = issue.number else {
            return notes.set_aside(path, &texts, "an issue without `number`; not imported");
        };
        let Some(created) = time(issue.created_at.as_ref()) else {
            let message = format!("`#{number}`: it does not say when it was created; not imported");
            return notes.set_aside(path, &texts, message);
        };
        if let Some(Value::Array(items)) = &issue.comments {
            let read = items.iter().filter_map(|item| read(path, "comment", item.clone(), notes));
            comments.extend(read.map(|comment| (path.to_owned(), Some(number), comment)));
        }
        let located = LocatedIssue { path: path.to_owned(), issue, number, created, comments: Vec::new() };
        let is_less = self.issues.get(&number).is_some_and(|known| known.fullness() >= located.fullness());
        let other = if is_less { Some(located) } else { self.issues.insert(number, located) };
        // What one telling alone says is kept.
        other.iter().flat_map(LocatedIssue::texts).for_each(|text| notes.source(path, None, text));
    }

    fn add_comment(&mut self, path: &str, number: Option<u64>, comment: Comment, notes: &mut Notes) {
        let is_of_another = comment.noteable_type.as_deref().is_some_and(|kind| kind != "Issue");
        if comment.system == Some(true) || is_of_another {
            return;
        }
        let body = [comment.body.as_deref().unwrap_or_default()];
        let url = comment.issue_url.as_deref().unwrap_or_default();
        let number = number.or(comment.noteable_iid).or_else(|| url.rsplit('/').next()?.parse().ok());
        let Some(number) = number else {
            return notes.set_aside(path, &body, format!("a comment on `{url}`, which is no issue; not imported"));
        };
        let Some(located) = self.issues.get_mut(&number) else {
            return notes.set_aside(path, &body, format!("comments on `#{number}`, which no file holds; not imported"));
        };
        let name = format!("`#{number}`: ");
        let Some(at) = time(comment.created_at.as_ref()) else {
            return notes.set_aside(path, &body, format!("{name}a comment without a time; not imported"));
        };
        if comment.is_minimized == Some(true) || comment.internal == Some(true) {
            let at = times::spoken(at);
            return notes.add(path, None, format!("{name}the comment of {at} was hidden there; not imported"));
        }
        located.comments.push((at, comment.body.unwrap_or_default()));
    }

    /// The file to name for the whole.
    pub(in crate::import) fn first_path(&self) -> Option<&str> {
        self.issues.values().next().map(|located| located.path.as_str())
    }
}

impl LocatedIssue {
    fn fullness(&self) -> (bool, Option<Time>, usize) {
        let holds = matches!(self.issue.comments, Some(Value::Array(_)));
        (holds, time(self.issue.updated_at.as_ref()), self.issue.rest.len())
    }

    /// Everything that it says to readers.
    pub(in crate::import) fn texts(&self) -> impl Iterator<Item = &str> {
        let comments = self.comments.iter().map(|(_, body)| body.as_str());
        [&self.issue.title, &self.issue.body].into_iter().flatten().map(String::as_str).chain(comments)
    }

    /// The names of its labels.
    pub(in crate::import) fn labels(&self) -> impl Iterator<Item = &str> {
        self.issue.labels.iter().flatten().map(|label| match label {
            IssueLabel::Word(name) | IssueLabel::Whole { name } => name.trim(),
        })
    }

    /// Whether it has this label.
    pub(in crate::import) fn has_label(&self, wanted: &str) -> bool {
        self.labels().any(|label| label.eq_ignore_ascii_case(wanted))
    }

    /// Whether it is open.
    pub(in crate::import) fn is_open(&self) -> bool {
        !self.issue.state.as_deref().is_some_and(|state| state.eq_ignore_ascii_case("closed"))
            && self.closed().is_none()
    }

    /// When it was closed.
    pub(in crate::import) fn closed(&self) -> Option<Time> {
        time(self.issue.closed_at.as_ref())
    }

    /// When anything was last done about it, if it says so.
    pub(in crate::import) fn updated(&self) -> Option<Time> {
        time(self.issue.updated_at.as_ref())
    }

    /// Where people read it; `gh issue list` calls it `url`.
    pub(in crate::import) fn address(&self) -> Option<&str> {
        let url = self.issue.html_url.as_deref().or(self.issue.url.as_deref());
        url.filter(|url| url.starts_with("https://") && !url.contains("://api.") && !url.contains(char::is_whitespace))
    }

    /// How many comments GitHub counts.
    pub(in crate::import) fn counted(&self) -> usize {
        self.issue.comments.as_ref().and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok()).unwrap_or(0)
    }

    /// Whether it tells of trouble of a site on a day.
    pub(in crate::import) fn covers(&self, slug: &str, day: Date) -> bool {
        let from = Zone::UTC.date(self.created);
        let until = self.closed().map(|time| Zone::UTC.date(time));
        self.has_label(slug) && from <= day && until.is_none_or(|until| day <= until)
    }
}

fn time(text: Option<&String>) -> Option<Time> {
    text.and_then(|text| times::exact(text))
}

fn read<T: for<'de> Deserialize<'de>>(path: &str, what: &str, value: Value, notes: &mut Notes) -> Option<T> {
    match T::deserialize(&value) {
        Ok(read) => Some(read),
        Err(error) => {
            let name = name(&value);
            notes.set_aside(path, &texts(&value), format!("the {what} {name} cannot be read: {error}; not imported"));
            None
        }
    }
}

/// Says that something among issues or comments is neither.
fn stranger(path: &str, item: &Value, notes: &mut Notes) {
    let name = Some(name(item)).filter(|name| !name.is_empty()).map_or_else(String::new, |name| format!(" ({name})"));
    let message = format!(
        "an item{name} is neither an issue, which has `number` and `title`, nor a comment, which has `issue_url` and `body`; not imported"
    );
    notes.set_aside(path, &texts(item), message);
}

/// What an item calls itself.
fn name(item: &Value) -> String {
    item.get("number").or_else(|| item.get("id")).map(Value::to_string).unwrap_or_default()
}
