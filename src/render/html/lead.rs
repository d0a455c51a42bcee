//! The answer in a sentence: what fails, for whom, since when, and what works.

use crate::model::{ComponentStatus, IncidentStatus};
use crate::render::facts::Facts;
use crate::time::Time;
use crate::view::{ComponentState, Headline, IncidentSnapshot};

use super::parts::{isolated, with_time};

/// The words of the headline.
pub(in crate::render) fn headline(facts: &Facts) -> &str {
    facts.look.theme.messages.get(match facts.overview.headline {
        Headline::Operational => "headline_operational",
        Headline::Maintenance => "headline_maintenance",
        Headline::Recovering => "headline_recovering",
        Headline::Incident => "headline_incident",
        Headline::PartlyDegraded => "headline_partly_degraded",
        Headline::Degraded => "headline_degraded",
        Headline::MinorOutage => "headline_minor_outage",
        Headline::PartialOutage => "headline_partial_outage",
        Headline::MajorOutage => "headline_major_outage",
    })
}

/// The status whose colour and shape the headline has.
pub(in crate::render) fn colour(facts: &Facts) -> ComponentStatus {
    match facts.overview.headline {
        Headline::Recovering | Headline::Incident => ComponentStatus::DegradedPerformance,
        _ => facts.overview.worst,
    }
}

/// What an open incident does at present, by the rules of the headline: a status for its colour, and its words.
/// Where every component works, the words of the headline say why it is open all the same.
pub(in crate::render) fn incident_state<'a>(
    facts: &'a Facts,
    snapshot: &IncidentSnapshot,
) -> (ComponentStatus, &'a str) {
    let messages = &facts.look.theme.messages;
    match (snapshot.worst_now(), snapshot.status) {
        (ComponentStatus::Operational, IncidentStatus::Monitoring) => {
            (ComponentStatus::DegradedPerformance, messages.get("headline_recovering"))
        }
        (ComponentStatus::Operational, _) => (ComponentStatus::DegradedPerformance, messages.get("headline_incident")),
        (status, _) => (status, messages.get(status.word())),
    }
}

/// One sentence a status, the worst first, as HTML.
pub(super) fn sentences(facts: &Facts) -> String {
    let states = &facts.overview.components;
    let troubled = ComponentStatus::ALL.iter().rev().filter(|status| **status != ComponentStatus::Operational);
    let mut sentences: Vec<String> = troubled.filter_map(|status| sentence(facts, *status)).collect();
    let works = states.iter().filter(|state| state.status == ComponentStatus::Operational).count();
    if sentences.is_empty() {
        sentences.push(all_work(facts, works));
    } else if works > 0 {
        sentences.push(facts.look.html_words.get("lead_rest").to_owned());
    }
    sentences.join(" ")
}

/// What is so of all components with this status; nothing if there are none.
fn sentence(facts: &Facts, status: ComponentStatus) -> Option<String> {
    let states: Vec<&ComponentState> =
        facts.overview.components.iter().filter(|state| state.status == status).collect();
    if states.is_empty() {
        return None;
    }
    let names: Vec<String> = states.iter().map(|state| isolated(&facts.look, &state.component.name)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let number = if names.len() == 1 { "one" } else { "many" };
    let since = states.iter().filter_map(|state| state.since).min();
    let (key, time) = match (status, planned_end(facts)) {
        (ComponentStatus::UnderMaintenance, Some(end)) => (format!("lead_maintenance_until_{number}"), Some(end)),
        _ => (format!("lead_{}_{number}", status.word()), since),
    };
    let text = with_time(&facts.look, &key, time?, facts.look.now());
    Some(text.replace("{components}", &facts.look.html_words.list(&names)))
}

/// The latest planned end of what runs; none if the work has passed it, or some of it has none.
fn planned_end(facts: &Facts) -> Option<Time> {
    let running = &facts.overview.running;
    let ends = running.iter().map(|snapshot| snapshot.planned_end());
    ends.collect::<Option<Vec<Time>>>()?.into_iter().max().filter(|end| *end > facts.look.now())
}

fn all_work(facts: &Facts, works: usize) -> String {
    let messages = &facts.look.html_words;
    match &facts.overview.open[..] {
        [] => messages.count("lead_operational", works),
        [only] => messages.fill("lead_incident", &[("title", &isolated(&facts.look, &only.incident.title))]),
        many => messages.count("lead_incidents", many.len()),
    }
}
