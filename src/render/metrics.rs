//! `metrics`: the status in Prometheus' text format, version 0.0.4
//! (<https://prometheus.io/docs/instrumenting/exposition_formats/>).
//!
//! Series are labelled with ids, so that a new name does not begin a new series;
//! `candor_component_info` joins the names to them.

use crate::model::{Component, ComponentStatus, Impact};
use crate::render::facts::Facts;
use crate::time::Time;
use crate::view::next_transition;

pub(super) fn text(facts: &Facts) -> String {
    let families = [info(facts), status(facts), uptime(facts), incidents(facts), maintenance(facts), times(facts)];
    families.concat()
}

fn info(facts: &Facts) -> String {
    let mut family = Family::new("candor_component_info", "The names of a component and of its group; always 1.");
    for component in facts.present() {
        let group = facts.site.groups.iter().find(|group| component.group.as_ref() == Some(&group.id));
        let group_name = group.map_or("", |group| &group.name);
        let [id, group] = of(component);
        family.add(&[id, group, ("name", &component.name), ("group_name", group_name)], 1.0);
    }
    family.text
}

/// One series for each status, as OpenMetrics has state sets: an alert can name the status it waits for.
fn status(facts: &Facts) -> String {
    let mut family =
        Family::new("candor_component_status", "1 for the present status of a component, 0 for each other status.");
    for state in &facts.overview.components {
        for status in ComponentStatus::ALL {
            let [id, group] = of(&state.component);
            family.add(&[id, group, ("status", status.word())], f64::from(u8::from(*status == state.status)));
        }
    }
    family.text
}

fn uptime(facts: &Facts) -> String {
    let mut family = Family::new(
        "candor_component_uptime_ratio",
        "The share of the last 90 days in which a component was up, 0 to 1; absent while nothing is counted.",
    );
    for record in facts.records.iter().filter(|record| !facts.is_retired(&record.component)) {
        if let Some(share) = record.uptime.share() {
            let [id, group] = of(&record.component);
            family.add(&[id, group, ("window", "90d")], share);
        }
    }
    family.text
}

fn incidents(facts: &Facts) -> String {
    let mut family = Family::new("candor_open_incidents", "Open incidents, by impact.");
    for impact in Impact::ALL {
        let count = facts.overview.open.iter().filter(|snapshot| snapshot.incident.impact == *impact).count();
        family.add(&[("impact", impact.word())], count as f64);
    }
    family.text
}

fn maintenance(facts: &Facts) -> String {
    let mut family = Family::new("candor_maintenance", "Maintenance that is under way or lies ahead, by state.");
    family.add(&[("state", "running")], facts.overview.running.len() as f64);
    family.add(&[("state", "upcoming")], facts.overview.upcoming.len() as f64);
    family.text
}

fn times(facts: &Facts) -> String {
    let next = next_transition(facts.next_change, facts.site.settings.zone, facts.look.now());
    let mut built = Family::new("candor_build_timestamp_seconds", "When the site was built, in seconds since 1970.");
    built.add(&[], seconds(facts.look.now()));
    let mut due = Family::new(
        "candor_next_transition_timestamp_seconds",
        "When the site will change without an edit and is to be built again, in seconds since 1970.",
    );
    due.add(&[], seconds(next));
    built.text + &due.text
}

fn of(component: &Component) -> [(&'static str, &str); 2] {
    [("component", &component.id), ("group", component.group.as_deref().unwrap_or_default())]
}

fn seconds(time: Time) -> f64 {
    time.millis() as f64 / 1000.0
}

/// The lines of one metric.
struct Family {
    name: &'static str,
    text: String,
}

impl Family {
    fn new(name: &'static str, help: &str) -> Family {
        Family { name, text: format!("# HELP {name} {}\n# TYPE {name} gauge\n", escape(help)) }
    }

    fn add(&mut self, labels: &[(&str, &str)], value: f64) {
        let labels: Vec<String> =
            labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escape(value).replace('"', "\\\""))).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        self.text += &format!("{}{labels} {value}\n", self.name);
    }
}

/// As the text of a HELP line; a label's value also wants its quotes escaped.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n")
}
