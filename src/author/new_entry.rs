//! The files of a new incident and of new maintenance.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::files::NewFile;
use super::list_item::ListItem;
use super::new_update::{NewUpdate, written};
use crate::model::{Detection, EntryKind, Id, Impact, Visibility};
use crate::time::{Date, Time};
use crate::yaml::write::inline;

/// The file of each entry, by kind and id.
pub type EntryFiles = BTreeMap<(EntryKind, Id), Arc<str>>;

/// An incident that nobody has written of yet.
#[derive(Clone, Debug)]
pub struct NewIncident {
    /// As printed.
    pub title: String,
    /// Left out: from the worst status.
    pub impact: Option<Impact>,
    /// When the impact began.
    pub started: Time,
    /// Who noticed first.
    pub detected_by: Option<Detection>,
    /// Who may read it.
    pub visibility: Visibility,
    /// Whether somebody is to look at it before it is published.
    pub is_draft: bool,
    /// What customers are told first.
    pub update: NewUpdate,
}

/// Maintenance that nobody has written of yet.
#[derive(Clone, Debug)]
pub struct NewMaintenance {
    /// As printed.
    pub title: String,
    /// When it is planned to begin.
    pub from: Time,
    /// When it is planned to end.
    pub until: Time,
    /// The rule by which it takes place again.
    pub repeat: Option<String>,
    /// What it touches.
    pub components: Vec<Id>,
    /// How it is announced.
    pub update: NewUpdate,
}

impl NewIncident {
    /// Its file, at `path`.
    pub fn file(&self, path: String) -> NewFile {
        let mut lines = vec![format!("title: {}", inline(&self.title))];
        lines.extend(self.impact.map(|impact| format!("impact: {}", impact.word())));
        lines.push(format!("started: {}", written(self.started)));
        lines.extend(self.detected_by.map(|who| format!("detected_by: {}", who.word())));
        if self.visibility == Visibility::Internal {
            lines.push(format!("visibility: {}", self.visibility.word()));
        }
        lines.extend(self.is_draft.then(|| "draft: true".to_owned()));
        file(path, lines, &self.update)
    }
}

impl NewMaintenance {
    /// Its file, at `path`.
    pub fn file(&self, path: String) -> NewFile {
        let ids: Vec<String> = self.components.iter().map(|id| inline(id)).collect();
        let repeat = self.repeat.as_ref().map(|rule| format!(", repeat: {}", inline(rule))).unwrap_or_default();
        let (from, until) = (written(self.from), written(self.until));
        let lines = vec![
            format!("title: {}", inline(&self.title)),
            format!("scheduled: {{ from: {from}, until: {until}{repeat} }}"),
            format!("components: [{}]", ids.join(", ")),
        ];
        file(path, lines, &self.update)
    }
}

fn file(path: String, mut lines: Vec<String>, update: &NewUpdate) -> NewFile {
    const INDENT: usize = 4;
    lines.push("updates:".to_owned());
    for (index, line) in update.lines(INDENT).into_iter().enumerate() {
        lines.push(match index {
            0 => format!("  - {line}"),
            _ if line.is_empty() => line,
            _ => format!("    {line}"),
        });
    }
    NewFile { path, text: format!("---\n{}\n---\n", lines.join("\n")) }
}

/// A free id for an entry: the day and the name, with a number where that is taken. None if nothing of the name can
/// stand in a URL.
pub fn free_id(is_taken: impl Fn(&Id) -> bool, day: Date, name: &str) -> Option<Id> {
    /// Room for the day and a number.
    const ROOM: usize = 20;
    let slug = Id::slug(name)?;
    let short: String = slug.chars().take(Id::LONGEST - ROOM).collect();
    let stem = format!("{}-{}", day.iso(), short.trim_end_matches('-'));
    // From 2: the first has its name before anybody knows of a second.
    let numbered = (2..).map(|number| format!("{stem}-{number}"));
    let mut names = std::iter::once(stem.clone()).chain(numbered).filter_map(|name| Id::new(&name));
    names.find(|id| !is_taken(id))
}

/// Where the file of a new entry belongs: in a folder of its year where those of its kind are, or where
/// there are none and it is an incident.
pub fn path(files: &EntryFiles, kind: EntryKind, day: Date, id: &Id) -> String {
    let folder = format!("content/{}/", kind.folder());
    let of_kind: Vec<&str> = files
        .iter()
        .filter(|((other, _), _)| *other == kind)
        .filter_map(|(_, path)| path.strip_prefix(&*folder))
        .collect();
    let in_years = of_kind.iter().filter(|path| is_in_year(path)).count();
    // By majority: an import or a mistake may have left some files elsewhere.
    let has_years = if of_kind.is_empty() { kind == EntryKind::Incident } else { in_years * 2 > of_kind.len() };
    if has_years { format!("{folder}{}/{id}.md", day.year()) } else { format!("{folder}{id}.md") }
}

fn is_in_year(path: &str) -> bool {
    path.split_once('/').is_some_and(|(year, _)| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))
}
