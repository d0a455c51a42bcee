//! `history/`: since when each site is watched, how it does now, and for how many minutes of which day it
//! was down.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::dump::Dump;
use super::{Files, Site};
use crate::document::Node;
use crate::import::front::{child, open, scalar};
use crate::import::{Notes, json};
use crate::time::{Date, Zone};

/// One line of `summary.json`.
struct SummaryLine {
    slug: String,
    name: String,
    status: Option<String>,
    /// Minutes of downtime by day.
    down: BTreeMap<Date, u64>,
}

/// What the folder says.
#[derive(Default)]
pub(super) struct History {
    lines: Vec<SummaryLine>,
    /// By slug: when it was first checked, and the file that says so.
    starts: BTreeMap<String, (String, Option<Date>)>,
    is_summary: bool,
}

const SUMMARY: &str = "history/summary.json";

impl History {
    /// Reads the folder.
    pub(super) fn read(files: &Files, notes: &mut Notes) -> History {
        let mut history = History::default();
        for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("history/")) {
            let name = &path["history/".len()..];
            if path == SUMMARY {
                history.read_summary(bytes, notes);
            } else if let Some(slug) = name.strip_suffix(".yml").or_else(|| name.strip_suffix(".yaml")) {
                history.read_site(path, slug, bytes, notes);
            } else {
                notes.add(path, None, "no file of Upptime's history; not imported");
            }
        }
        history
    }

    fn read_summary(&mut self, bytes: &[u8], notes: &mut Notes) {
        self.is_summary = true;
        for line in json::items(SUMMARY, bytes, notes) {
            let text = |key: &str| line.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
            let Some(slug) = text("slug").or(text("name")) else {
                notes.add(SUMMARY, None, "a line without `slug` and `name`; not imported");
                continue;
            };
            let days = line.get("dailyMinutesDown").and_then(Value::as_object);
            let days = days.into_iter().flatten().filter_map(|(day, minutes)| {
                let minutes = minutes.as_u64().filter(|minutes| *minutes > 0)?;
                Some((Date::parse(day).ok()?, minutes))
            });
            self.lines.push(SummaryLine {
                slug: slug.to_owned(),
                name: text("name").unwrap_or(slug).to_owned(),
                status: text("status").map(str::to_owned),
                down: days.collect(),
            });
        }
    }

    /// A mapping, or, as older versions wrote it, a list of mappings of one key.
    fn read_site(&mut self, path: &str, slug: &str, bytes: &[u8], notes: &mut Notes) {
        let Some(document) = open(path, bytes, notes) else { return };
        let parts = match document.root() {
            Node::List(items) => items.iter().collect(),
            other => vec![other],
        };
        let start = parts.iter().find_map(|part| child(part, "startTime")).and_then(scalar);
        let time = start.as_deref().and_then(|start| notes.time_of(path, None, start).ok()).map(|(time, _)| time);
        if let Some(start) = start.filter(|_| time.is_none()) {
            notes.add(path, None, format!("`startTime: {start}` is no time that can be read; left out"));
        }
        self.starts.insert(slug.to_owned(), (path.to_owned(), time.map(|time| Zone::UTC.date(time))));
    }

    /// Whether there was nothing.
    pub(super) fn is_empty(&self) -> bool {
        !self.is_summary && self.starts.is_empty()
    }

    /// The file to name for the whole.
    pub(super) fn path(&self) -> Option<&str> {
        let first = || self.starts.values().next().map(|(path, _)| path.as_str());
        self.is_summary.then_some(SUMMARY).or_else(first)
    }

    /// Since when a site is watched.
    pub(super) fn start(&self, slug: &str) -> Option<Date> {
        self.starts.get(slug).and_then(|(_, start)| *start)
    }

    /// The slug that Upptime made of a name.
    pub(super) fn slug_of(&self, name: &str) -> Option<String> {
        self.lines.iter().find(|line| line.name == name).map(|line| line.slug.clone())
    }

    /// The sites that it tells of, where no settings list them.
    pub(super) fn sites(&self) -> Vec<Site> {
        let known: BTreeSet<&str> = self.lines.iter().map(|line| line.slug.as_str()).collect();
        let lines = self.lines.iter().map(|line| (line.slug.as_str(), line.name.as_str(), SUMMARY));
        let others = self.starts.iter().filter(|(slug, _)| !known.contains(slug.as_str()));
        let others = others.map(|(slug, (path, _))| (slug.as_str(), slug.as_str(), path.as_str()));
        let site = |(slug, name, path): (&str, &str, &str)| Site {
            slug: slug.to_owned(),
            name: name.split_whitespace().collect::<Vec<_>>().join(" "),
            path: path.to_owned(),
        };
        lines.chain(others).map(site).collect()
    }

    /// Notes what the history says and no saved issue tells.
    pub(super) fn compare(&self, sites: &[Site], dump: &Dump, notes: &mut Notes) {
        for (slug, (path, _)) in self.starts.iter().filter(|(slug, _)| sites.iter().all(|site| site.slug != **slug)) {
            notes.add(path, None, format!("the site `{slug}` is not listed any more; not imported"));
        }
        for line in &self.lines {
            let SummaryLine { slug, status, .. } = line;
            let is_told = dump.issues.values().any(|located| located.is_open() && located.has_label(slug));
            if let Some(status) = status.as_deref().filter(|status| *status != "up" && !is_told) {
                let message =
                    format!("`{slug}` is `{status}` now, but no saved issue says why; no incident was written");
                notes.add(SUMMARY, None, message);
            }
            line.note_untold(dump, notes);
        }
    }
}

impl SummaryLine {
    fn note_untold(&self, dump: &Dump, notes: &mut Notes) {
        /// So many days are named.
        const NAMED: usize = 12;
        let untold: Vec<(&Date, &u64)> = self
            .down
            .iter()
            .filter(|(day, _)| !dump.issues.values().any(|located| located.covers(&self.slug, **day)))
            .collect();
        if untold.is_empty() {
            return;
        }
        let minutes: u64 = untold.iter().fold(0, |sum, (_, minutes)| sum.saturating_add(**minutes));
        let mut days: Vec<String> =
            untold.iter().take(NAMED).map(|(day, minutes)| format!("{} ({minutes})", day.iso())).collect();
        if untold.len() > NAMED {
            days.push(format!("and {} days more", untold.len() - NAMED));
        }
        let message = format!(
            "`{}` was down for {minutes} minutes that no saved issue tells of; no incident was written: {}",
            self.slug,
            days.join(", ")
        );
        notes.add(SUMMARY, None, message);
    }
}
