//! Issues with a label, of GitHub (<https://docs.github.com/en/rest/issues>) or GitLab
//! (<https://docs.gitlab.com/api/issues/>): the answers of either, saved as files.
//!
//! What is decided for the author:
//! - An issue is over when a comment says so in its label (`**Resolved:** …`) and none after it says otherwise.
//!   One that only was closed may have been over long before, so nobody knows how long it lasted.
//! - Labels such as `component:api` or `service::api` name components, and those such as `sev::critical` or `major`
//!   how bad it was. Any other label says nothing of either; it is kept as a comment.
//! - What a label calls planned work, or the title where no label says how bad it was, is an announcement.
//! - What GitLab shows to members alone stays internal.

use std::collections::BTreeMap;

use super::Imported;
use super::history::draft::{Draft, SiteSettings};
use super::history::entry::{AnnouncementDraft, Location};
use super::marker::{Label, lead};
use super::page::Unused;
use super::upptime::dump::{Dump, LocatedIssue};
use super::upptime::incident::{begun, close, comments, end};
use super::upptime::issue::{IssueWriter, MACHINERY, later, location};
use super::words;
use crate::model::{ComponentStatus, Impact};
use crate::time::{Time, Zone};

/// The label that is meant when none is named.
const USUAL: &str = "incident";

/// What stands before the name of a component in a label.
const COMPONENTS: [&str; 3] = ["component", "service", "system"];

/// How bad it was, by words of labels.
const SEVERITIES: [(&str, ComponentStatus); 3] = [
    ("critical", ComponentStatus::MajorOutage),
    ("major", ComponentStatus::PartialOutage),
    ("minor", ComponentStatus::DegradedPerformance),
];

/// Keys of GitLab that say nothing of an incident.
const OF_GITLAB: [&str; 14] = [
    "project_id",
    "_links",
    "references",
    "time_stats",
    "task_completion_status",
    "task_status",
    "has_tasks",
    "type",
    "issue_type",
    "upvotes",
    "downvotes",
    "merge_requests_count",
    "blocking_issues_count",
    "subscribed",
];

/// The content files that issues with the label become; without any of them there are no files.
pub(super) fn issues(files: &BTreeMap<String, Vec<u8>>, label: Option<&str>) -> Imported {
    let label = label.unwrap_or(USUAL);
    let (mut draft, mut unused) = (Draft::default(), Unused::default());
    let json = files.iter().filter(|(path, _)| path.ends_with(".json"));
    let dump = Dump::read(json.map(|(path, bytes)| (path.as_str(), bytes.as_slice())), &mut draft.notes);
    let path = dump.first_path().unwrap_or_default().to_owned();
    let (wanted, others): (Vec<&LocatedIssue>, Vec<&LocatedIssue>) =
        dump.issues.values().partition(|located| located.has_label(label));
    if wanted.is_empty() {
        return Imported { notes: draft.notes.sorted(), ..Imported::default() };
    }
    let mut writer = IssueWriter { system: "Tracker", draft: &mut draft, unused: &mut unused, dump: &dump };
    wanted.into_iter().for_each(|located| write(&mut writer, located, label));
    writer.note_missing(&path);
    if !others.is_empty() {
        let message = format!("issues without the label `{label}` were passed over: {}", others.len());
        writer.draft.notes.add(&path, None, message);
    }
    unused.report(&path, &mut draft.notes);
    draft.finish(SiteSettings { path, ..SiteSettings::default() })
}

fn write(writer: &mut IssueWriter<'_>, located: &LocatedIssue, label: &str) {
    let location = location(located);
    writer.draft.summary.entries += 1;
    let is_said = |key: &str| !MACHINERY.contains(&key) && !OF_GITLAB.contains(&key);
    let rest = located.issue.rest.iter().filter(|(key, _)| is_said(key));
    writer.unused.count("issues", &rest.map(|(key, value)| (key.clone(), value.clone())).collect());
    if let Some(word) = planned(located) {
        return announce(writer, located, &location, label, word);
    }
    let severity = located.labels().find_map(severity);
    let components = components(writer, located);
    if severity.is_none() {
        let message = if components.is_empty() {
            "no label says how bad it was; `impact: none` was written"
        } else {
            "no label says how bad it was; `degraded_performance` was taken"
        };
        writer.note(&location, message);
    }
    let status = severity.unwrap_or(ComponentStatus::DegradedPerformance);
    let impact = components.is_empty().then(|| severity.map_or(Impact::None, Impact::of));
    let mut incident = begun(writer, located, &location, components.into_iter().map(|id| (id, status)).collect());
    incident.impact = impact;
    incident.is_internal = located.issue.confidential == Some(true);
    let said = said_over(located);
    let end = said.or_else(|| closed(writer, located, &location));
    let last = comments(writer, located, &location, &mut incident, end);
    incident.is_duration_unknown = end.is_some() && said.is_none();
    if let Some(end) = end {
        close(&mut incident, end, last);
    }
    incident.kept = writer.kept(located, &incident.kept);
    incident.kept.extend(other_labels(located, label));
    writer.draft.incident(&location, None, incident);
}

/// Labels that say neither a component nor how bad it was, as a comment.
fn other_labels(located: &LocatedIssue, label: &str) -> Option<String> {
    let rest: Vec<&str> = located.labels().filter(|name| !name.eq_ignore_ascii_case(label)).collect();
    (!rest.is_empty()).then(|| format!("Labels: {}", rest.join(", ")))
}

/// The word by which an issue is about planned work: a label's, or the title's if that tells of no trouble, and labels of
/// none. What is internal stays an incident, since announcements are public.
fn planned(located: &LocatedIssue) -> Option<&'static str> {
    let title = located.issue.title.as_deref().unwrap_or_default();
    let is_trouble = words::fails(title) || located.labels().any(|label| severity(label).is_some());
    let mut labels = located.labels().filter(|label| component(label).is_none());
    let found = labels.find_map(words::planned).or_else(|| words::planned(title).filter(|_| !is_trouble));
    found.filter(|_| located.issue.confidential != Some(true))
}

/// Nobody knows from when until when the work was planned, so it is an announcement.
fn announce(writer: &mut IssueWriter<'_>, located: &LocatedIssue, location: &Location, label: &str, word: &str) {
    let message = format!(
        "it speaks of planned work (`{word}`), and no key says from when until when: imported as an announcement"
    );
    location.doubt(&mut writer.draft.notes, &message);
    let mut text = writer.text(location, located.issue.body.as_deref().unwrap_or_default());
    for (at, raw) in &located.comments {
        let comment = writer.text(location, raw);
        text.body.push_str(&later(*at, &comment.body));
        text.comments.extend(comment.comments);
    }
    let mut kept = writer.kept(located, &text.comments);
    kept.extend(other_labels(located, label));
    let title = writer.title(located, location);
    let until = located.closed().filter(|closed| *closed > located.created);
    let announcement = AnnouncementDraft::new(title, located.created, text.body.trim().to_owned());
    let announcement = AnnouncementDraft { until, kept, ..announcement };
    writer.draft.announcement(location, None, announcement);
}

/// When a comment says that it is over, and none after it says that it goes on.
fn said_over(located: &LocatedIssue) -> Option<Time> {
    let mut labels = located.comments.iter().filter_map(|(at, body)| Some((*at, lead(body.trim()).0?)));
    let is_news = |label: Label| label.of_incident().is_some();
    let last = labels.rfind(|(_, label)| is_news(*label));
    // An issue that is open, and was written on since, may tell of what goes on.
    let is_last = |at: Time| located.comments.iter().all(|(other, _)| *other <= at);
    let is_over = |at: Time, label: Label| label == Label::Final && (!located.is_open() || is_last(at));
    last.filter(|(at, label)| is_over(*at, *label)).map(|(at, _)| at)
}

/// When it was closed, which says little of when it was over.
fn closed(writer: &mut IssueWriter<'_>, located: &LocatedIssue, location: &Location) -> Option<Time> {
    let end = end(writer, located, location)?;
    let day = Zone::UTC.date(end);
    let message = format!("no comment says when it was over; it was closed on {}, which may be later", day.iso());
    location.doubt(&mut writer.draft.notes, &message);
    Some(end)
}

/// The ids of the components that labels name.
fn components(writer: &mut IssueWriter<'_>, located: &LocatedIssue) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for name in located.labels().filter_map(component) {
        let key = name.to_lowercase();
        let known = writer.draft.components.find(&key).map(|component| component.id.clone());
        let id = known.unwrap_or_else(|| writer.draft.components.add(&key, &key, name, None).id.clone());
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// The component that a label names: `component:api`, `Service: API`, `system/api`.
fn component(label: &str) -> Option<&str> {
    let (kind, name) = label.split_once([':', '/'])?;
    let name = name.trim_start_matches(':').trim();
    let is_kind = COMPONENTS.iter().any(|known| kind.trim().eq_ignore_ascii_case(known));
    (is_kind && !name.is_empty()).then_some(name)
}

/// How bad a label says that it was: `critical`, `severity::major`, `sev/minor`.
fn severity(label: &str) -> Option<ComponentStatus> {
    let (kind, word) = label.rsplit_once([':', '/']).unwrap_or(("severity", label));
    let kind = kind.trim_end_matches(':').trim().to_lowercase();
    let is_kind = ["severity", "sev", "impact"].contains(&kind.as_str());
    SEVERITIES.iter().find(|(known, _)| is_kind && word.trim().eq_ignore_ascii_case(known)).map(|(_, status)| *status)
}
