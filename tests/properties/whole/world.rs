//! Random sites as their authors would write them: incidents and planned work, told in any order of statuses.

use std::collections::BTreeMap;

use candor::time::Time;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

/// Minutes of two weeks, in which everything happens.
pub(super) const SPAN: i64 = 14 * 1440;

const COMPONENTS: [&str; 3] = ["web", "api", "jobs"];
const STATUSES: [&str; 4] = ["operational", "degraded_performance", "partial_outage", "major_outage"];

/// A site in words.
#[derive(Clone, Debug)]
pub(super) struct World {
    /// How `jobs` is written: it may have ended, or be hidden.
    pub jobs: &'static str,
    pub incidents: Vec<Incident>,
    pub works: Vec<Work>,
}

/// An incident; times are minutes.
#[derive(Clone, Debug)]
pub(super) struct Incident {
    pub title: String,
    pub started: i64,
    pub updates: Vec<Said>,
}

/// Planned work.
#[derive(Clone, Debug)]
pub(super) struct Work {
    pub title: String,
    pub description: String,
    pub window: (i64, i64),
    pub components: Vec<&'static str>,
    pub updates: Vec<Said>,
}

/// An update.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub at: i64,
    pub status: &'static str,
    pub components: BTreeMap<&'static str, &'static str>,
    pub window: Option<(i64, i64)>,
    pub body: String,
}

pub(super) fn time(minutes: i64) -> Time {
    Time::parse("2026-03-02T00:00Z").expect("a time").plus_seconds(minutes * 60)
}

fn written(minutes: i64) -> String {
    time(minutes).rfc3339_minutes()
}

pub(super) fn world() -> impl Strategy<Value = World> {
    let jobs = prop_oneof![Just("jobs, end: 2026-03-31"), Just("jobs, hidden: true"), Just("jobs")];
    (jobs, vec(incident(), 0..3), vec(work(), 0..3)).prop_map(|(jobs, incidents, works)| World {
        jobs,
        incidents,
        works,
    })
}

pub(super) fn incident() -> impl Strategy<Value = Incident> {
    let status = prop_oneof![Just("investigating"), Just("identified"), Just("monitoring"), Just("resolved")];
    let touched =
        prop::collection::btree_map(prop::sample::select(&COMPONENTS[..]), prop::sample::select(&STATUSES[..]), 0..3);
    let said = (1..2000i64, status, touched, 0..9u8);
    (0..SPAN, 0..300i64, vec(said, 1..5)).prop_map(|(first, before, said)| {
        let mut at = first + 300;
        let mut updates: Vec<Said> = Vec::new();
        for (gap, status, components, word) in said {
            // After the last word nothing follows but what reopens it.
            let is_over = updates.last().is_some_and(|last| last.status == "resolved");
            let status = if is_over && status == "resolved" { "investigating" } else { status };
            updates.push(Said { at, status, components, window: None, body: format!("Word {word}.") });
            at += gap;
        }
        Incident { title: format!("Trouble {first}"), started: first + 300 - before, updates }
    })
}

pub(super) fn work() -> impl Strategy<Value = Work> {
    let status = prop_oneof![
        Just("scheduled"),
        Just("postponed"),
        Just("in_progress"),
        Just("verifying"),
        Just("completed"),
        Just("cancelled")
    ];
    let said = (1..1500i64, status, of((-200..600i64, 30..400i64)), 0..9u8);
    let components = prop::sample::subsequence(COMPONENTS.to_vec(), 1..=2);
    let window = (600..SPAN, 30..600i64);
    (window, 0..3000i64, components, vec(said, 0..4), any::<bool>()).prop_map(
        |((from, length), before, components, said, is_described)| {
            let mut at = from - before;
            let mut updates: Vec<Said> = Vec::new();
            for (gap, status, moved, word) in said {
                let is_over = |status: &str| ["completed", "cancelled"].contains(&status);
                let was_over = updates.last().is_some_and(|last| is_over(last.status));
                let status = if was_over && is_over(status) { "in_progress" } else { status };
                let window = moved.filter(|(ahead, length)| !is_over(status) && ahead + length > 0);
                let window = window.map(|(ahead, length)| (at + ahead, at + ahead + length));
                updates.push(Said { at, status, components: BTreeMap::new(), window, body: format!("Word {word}.") });
                at += gap;
            }
            let description = if is_described { "What and why." } else { "" };
            Work {
                title: format!("Work {from}"),
                description: description.to_owned(),
                window: (from, from + length),
                components,
                updates,
            }
        },
    )
}

impl World {
    /// The files of its site; `note` is a line that customers cannot see.
    pub fn files(&self, note: &str) -> Vec<(String, String)> {
        let site = format!(
            "name: World\nurl: https://world.example/\ncomponents:\n- {{ id: web, name: Web, core: true }}\n\
             - {{ id: api, name: API, group: Inside }}\n- {{ id: {}, name: Jobs, group: Inside }}\n",
            self.jobs
        );
        let incidents = self.incidents.iter().enumerate();
        let incidents = incidents.map(|(number, it)| (format!("content/incidents/i{number}.yaml"), it.text(note)));
        let works = self.works.iter().enumerate();
        let works = works.map(|(number, it)| (format!("content/maintenance/m{number}.md"), it.text(note)));
        std::iter::once(("content/site.yaml".to_owned(), site)).chain(incidents).chain(works).collect()
    }
}

impl Incident {
    pub fn text(&self, note: &str) -> String {
        let updates: String = self.updates.iter().map(Said::line).collect();
        format!("title: {}\nstarted: {}\n{note}updates:\n{updates}", self.title, written(self.started))
    }
}

impl Work {
    pub fn text(&self, note: &str) -> String {
        let updates: String = self.updates.iter().map(Said::line).collect();
        let updates = if updates.is_empty() { String::new() } else { format!("updates:\n{updates}") };
        format!(
            "---\ntitle: {}\n{note}scheduled: {}\ncomponents: [{}]\n{updates}---\n{}\n",
            self.title,
            window(self.window),
            self.components.join(", "),
            self.description
        )
    }
}

impl Said {
    fn line(&self) -> String {
        let components: Vec<String> = self.components.iter().map(|(id, status)| format!("{id}: {status}")).collect();
        let components = match components.is_empty() {
            true => String::new(),
            false => format!(", components: {{ {} }}", components.join(", ")),
        };
        let moved = self.window.map(|moved| format!(", scheduled: {}", window(moved))).unwrap_or_default();
        let (at, status, body) = (written(self.at), self.status, &self.body);
        format!("- {{ at: {at}, status: {status}{components}{moved}, body: \"{body}\" }}\n")
    }
}

fn window((from, until): (i64, i64)) -> String {
    format!("{{ from: {}, until: {} }}", written(from), written(until))
}
