//! Random sites as their authors would write them: incidents and planned work, told in any order of statuses, once or
//! again and again, on components that are there, are gone, are hidden or had another name.

use std::collections::BTreeMap;

use candor::time::{Time, Zone};
use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;

/// Minutes of two weeks, in which everything happens.
pub(super) const SPAN: i64 = 14 * 1440;

/// `cron` is what `jobs` was called before.
const COMPONENTS: [&str; 4] = ["web", "api", "jobs", "cron"];
/// How far planned work has come.
pub(super) const OF_WORK: [&str; 6] = ["scheduled", "postponed", "in_progress", "verifying", "completed", "cancelled"];
const STATUSES: [&str; 4] = ["operational", "degraded_performance", "partial_outage", "major_outage"];
/// New York puts its clocks forward on the first Sunday of these weeks.
const ZONES: [&str; 3] = ["Etc/UTC", "America/New_York", "Asia/Kolkata"];

/// A site in words.
#[derive(Clone, Debug)]
pub(super) struct World {
    /// How `jobs` is written: it may have ended, or be hidden.
    pub jobs: &'static str,
    pub zone: &'static str,
    /// What of planned work counts against uptime.
    pub counted: &'static str,
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
    pub felt: BTreeMap<&'static str, &'static str>,
    /// A rule, and by how many days it goes on each time.
    pub repeat: Option<(&'static str, i64)>,
    pub updates: Vec<Said>,
}

/// An update.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub at: i64,
    pub status: &'static str,
    pub components: BTreeMap<&'static str, &'static str>,
    pub window: Option<(i64, i64)>,
    /// Of work that is repeated, the number of the time that it is about.
    pub occurrence: Option<i64>,
    pub id: Option<&'static str>,
    pub body: String,
}

impl Said {
    /// No more than a word.
    pub fn new(at: i64, status: &'static str, body: String) -> Said {
        Said { at, status, components: BTreeMap::new(), window: None, occurrence: None, id: None, body }
    }
}

pub(super) fn time(minutes: i64) -> Time {
    Time::parse("2026-03-02T00:00Z").expect("a time").plus_seconds(minutes * 60)
}

fn written(minutes: i64) -> String {
    time(minutes).rfc3339_minutes()
}

pub(super) fn world() -> impl Strategy<Value = World> {
    let jobs = prop_oneof![
        Just("jobs, end: 2026-03-31"),
        Just("jobs, end: 2026-03-09"),
        Just("jobs, hidden: true"),
        Just("jobs")
    ];
    let zone = prop_oneof![4 => Just(ZONES[0]), 1 => Just(ZONES[1]), 1 => Just(ZONES[2])];
    let counted = prop_oneof![Just("none"), Just("impact")];
    (jobs, zone, counted, vec(incident(), 0..3), vec(work(), 0..3))
        .prop_map(|(jobs, zone, counted, incidents, works)| World { jobs, zone, counted, incidents, works })
}

/// From one word to the next: now and then none, so that two have one time.
fn gap(longest: i64) -> impl Strategy<Value = i64> {
    prop_oneof![1 => Just(0), 6 => 1..longest]
}

pub(super) fn incident() -> impl Strategy<Value = Incident> {
    let status = prop_oneof![Just("investigating"), Just("identified"), Just("monitoring"), Just("resolved")];
    let touched =
        prop::collection::btree_map(prop::sample::select(&COMPONENTS[..]), prop::sample::select(&STATUSES[..]), 0..3);
    let said = (gap(2000), status, touched, 0..9u8, any::<prop::sample::Index>());
    (0..SPAN, 0..300i64, vec(said, 1..5)).prop_map(|(first, before, said)| {
        let mut at = first + 300;
        let mut updates: Vec<Said> = Vec::new();
        for (gap, status, mut components, word, name) in said {
            // After the last word nothing follows but what reopens it.
            let is_over = updates.last().is_some_and(|last| last.status == "resolved");
            let status = if is_over && status == "resolved" { "investigating" } else { status };
            if components.contains_key("jobs") {
                components.remove("cron");
            }
            let id = named(&updates, name);
            updates.push(Said { components, id, ..Said::new(at, status, format!("Word {word}.")) });
            at += gap;
        }
        Incident { title: format!("Trouble {first}"), started: first + 300 - before, updates }
    })
}

/// A name that no update before it has, for one in four.
fn named(before: &[Said], index: prop::sample::Index) -> Option<&'static str> {
    const NAMES: [&str; 12] = ["first", "second", "third", "scheduled", "", "", "", "", "", "", "", ""];
    let name = NAMES[index.index(NAMES.len())];
    let is_free = !name.is_empty() && before.iter().all(|said| said.id != Some(name));
    is_free.then_some(name)
}

pub(super) fn work() -> impl Strategy<Value = Work> {
    let status = prop::sample::select(&OF_WORK[..]);
    let said = (gap(1500), status, of((-200..600i64, 30..400i64)), 0..9u8, of(0..4i64), any::<prop::sample::Index>());
    let components = prop::sample::subsequence(COMPONENTS[..3].to_vec(), 1..=2);
    let felt =
        prop::collection::btree_map(prop::sample::select(&COMPONENTS[..3]), prop::sample::select(&STATUSES[..]), 0..3);
    let repeat = prop_oneof![
        Just(("FREQ=DAILY;COUNT=4", 1)),
        Just(("FREQ=DAILY;INTERVAL=3;UNTIL=20260331", 3)),
        Just(("WEEKLY", 7))
    ];
    let window = (600..SPAN, 30..600i64);
    (window, 0..3000i64, components, felt, weighted(0.4, repeat), vec(said, 0..4), any::<bool>()).prop_map(
        |((from, length), before, components, mut felt, repeat, said, is_described)| {
            felt.retain(|component, _| components.contains(component));
            let mut at = from - before;
            let mut updates: Vec<Said> = Vec::new();
            for (gap, status, moved, word, about, name) in said {
                let is_over = |status: &str| ["completed", "cancelled"].contains(&status);
                let was_over = updates.last().is_some_and(|last| is_over(last.status));
                let status = if was_over && is_over(status) { "in_progress" } else { status };
                let window = moved.filter(|(ahead, length)| !is_over(status) && ahead + length > 0);
                let window = window.map(|(ahead, length)| (at + ahead, at + ahead + length));
                let is_about_all = window.is_none() && ["scheduled", "cancelled"].contains(&status);
                let about = if is_about_all { about } else { about.or(Some(0)) };
                let id = named(&updates, name);
                let occurrence = about.filter(|_| repeat.is_some());
                updates.push(Said { window, occurrence, id, ..Said::new(at, status, format!("Word {word}.")) });
                at += gap;
            }
            let description = if is_described { "What and why." } else { "" };
            Work {
                title: format!("Work {from}"),
                description: description.to_owned(),
                window: (from, from + length),
                components,
                felt,
                repeat,
                updates,
            }
        },
    )
}

impl World {
    pub fn zone(&self) -> Zone {
        Zone::named(self.zone).expect("a zone")
    }

    /// The files of its site; `note` is a line that customers cannot see.
    pub fn files(&self, note: &str) -> Vec<(String, String)> {
        let site = format!(
            "name: World\nurl: https://world.example/\ntimezone: {}\nuptime: {{ maintenance: {} }}\ncomponents:\n\
             - {{ id: web, name: Web, core: true }}\n- {{ id: api, name: API, group: Inside }}\n\
             - {{ id: {}, aliases: [cron], name: Jobs, group: Inside }}\n",
            self.zone, self.counted, self.jobs
        );
        let incidents = self.incidents.iter().enumerate();
        let incidents =
            incidents.map(|(number, it)| (format!("content/incidents/i{number}.yaml"), it.text(number, note)));
        let works = self.works.iter().enumerate();
        let works =
            works.map(|(number, it)| (format!("content/maintenance/m{number}.md"), it.text(number, note, self.zone())));
        std::iter::once(("content/site.yaml".to_owned(), site)).chain(incidents).chain(works).collect()
    }
}

impl Incident {
    /// Whether a word after `known` tells how a component did before it: the first word does, and the last one does of
    /// what nobody named since it began, or began again. That is news, and no change of the past by itself.
    pub fn is_told_afterwards(&self, component: &str, known: i64) -> bool {
        let is_it = |name: &str| name == component || (name == "cron" && component == "jobs");
        let mut is_named = false;
        for (index, said) in self.updates.iter().enumerate() {
            let names = said.components.keys().any(|name| is_it(name));
            let is_over = said.status == "resolved";
            if names && !is_named && (index == 0 || is_over) && said.at > known {
                return true;
            }
            is_named = !is_over && (is_named || names);
        }
        false
    }

    fn text(&self, number: usize, note: &str) -> String {
        let updates: String = self.updates.iter().map(|said| said.line(&|_| String::new())).collect();
        let started = written(self.started);
        format!("title: {}\nstarted: {started}\naliases: [old-i{number}]\n{note}updates:\n{updates}", self.title)
    }
}

impl Work {
    /// Takes place twice instead of more often, if nothing was said of the others.
    pub fn shorten(&mut self) {
        let is_about_first = self.updates.iter().all(|said| said.occurrence.is_none_or(|nth| nth < 2));
        if let Some((_, step)) = self.repeat.filter(|_| is_about_first) {
            let rule = match step {
                1 => "FREQ=DAILY;COUNT=2",
                3 => "FREQ=DAILY;INTERVAL=3;COUNT=2",
                _ => "FREQ=WEEKLY;COUNT=2",
            };
            self.repeat = Some((rule, step));
        }
    }

    fn text(&self, number: usize, note: &str, zone: Zone) -> String {
        let step = self.repeat.map_or(0, |(_, step)| step);
        let day = |nth: i64| {
            let day = zone.date(time(self.window.0)).plus_days((nth * step).unsigned_abs());
            format!(", occurrence: {}", day.iso())
        };
        let updates: String = self.updates.iter().map(|said| said.line(&day)).collect();
        let updates = if updates.is_empty() { String::new() } else { format!("updates:\n{updates}") };
        let repeat = self.repeat.map(|(rule, _)| format!(", repeat: {rule}")).unwrap_or_default();
        let window = window(self.window, &repeat);
        let (title, felt, components) = (&self.title, pairs(&self.felt), self.components.join(", "));
        format!(
            "---\ntitle: {title}\n{note}scheduled: {window}\naliases: [old-m{number}]\ncomponents: [{components}]\n\
             impact: {{ {felt} }}\n{updates}---\n{}\n",
            self.description
        )
    }
}

impl Said {
    fn line(&self, day: &dyn Fn(i64) -> String) -> String {
        let components = match self.components.is_empty() {
            true => String::new(),
            false => format!(", components: {{ {} }}", pairs(&self.components)),
        };
        let moved = self.window.map(|moved| format!(", scheduled: {}", window(moved, ""))).unwrap_or_default();
        let occurrence = self.occurrence.map(day).unwrap_or_default();
        let id = self.id.map(|id| format!(", id: {id}")).unwrap_or_default();
        let body = if self.body.is_empty() { String::new() } else { format!(", body: \"{}\"", self.body) };
        let (at, status) = (written(self.at), self.status);
        format!("- {{ at: {at}, status: {status}{components}{moved}{occurrence}{id}{body} }}\n")
    }
}

fn pairs(statuses: &BTreeMap<&str, &str>) -> String {
    statuses.iter().map(|(id, status)| format!("{id}: {status}")).collect::<Vec<_>>().join(", ")
}

fn window((from, until): (i64, i64), repeat: &str) -> String {
    format!("{{ from: {}, until: {}{repeat} }}", written(from), written(until))
}
