//! What the company knows about a component: whose it is, how much more it can carry, what happened to it.

use std::sync::Arc;

use serde::Serialize;

use super::plot::sparkline;
use super::postmortem::{self, PostmortemRow};
use super::{Wiki, WikiPageHead, actions, incident, paths, render};
use crate::model::{Capacity, Component, ComponentStatus, Id, Postmortem, ServiceCard};
use crate::output::Made;
use crate::render::html::parts::{self, Status};
use crate::time::Date;
use crate::view::{CAPACITY_STALE_AFTER, IncidentSnapshot};

/// How far back a card looks, in seconds: a year.
const YEAR: i64 = 365 * 86_400;

/// A component and its card.
#[derive(Serialize)]
struct Card {
    path: String,
    name: String,
    group: Option<String>,
    description: String,
    /// How it does now.
    status: Status,
    owner: Option<String>,
    runbook: Option<String>,
    dashboard: Option<String>,
    headroom: Option<String>,
    source: Option<String>,
    checked: Checked,
    /// How its headroom went, as SVG; none if fewer than two readings count the same.
    trend: Option<String>,
    /// Incidents within a year, in words.
    incidents: String,
    /// Its open actions, in words.
    actions: String,
}

/// When somebody last looked how much more it can carry.
#[derive(Serialize)]
struct Checked {
    /// None if nobody did.
    day: Option<String>,
    /// `140 days ago`
    ago: Option<String>,
    state: Status,
}

#[derive(Serialize)]
struct ComponentList {
    cards: Vec<Card>,
    /// How many headrooms are known and fresh, in a sentence.
    said: String,
}

pub(super) fn list(wiki: &Wiki) -> Made {
    let cards: Vec<Card> = wiki.site.components.iter().map(|component| card(wiki, component)).collect();
    let fresh = cards.iter().filter(|card| card.checked.state.word == "operational").count();
    let values = [("n", &*fresh.to_string()), ("all", &*cards.len().to_string())];
    let said = wiki.look.theme.messages.fill("pm_headroom_known", &values);
    render(
        wiki,
        "components.html",
        &WikiPageHead::new("components/", wiki.look.theme.messages.get("services")),
        &ComponentList { cards, said },
    )
}

fn card(wiki: &Wiki, component: &Component) -> Card {
    let none = ServiceCard::default();
    let service = wiki.site.services.get(&component.id).unwrap_or(&none);
    let capacity = service.capacity().cloned().unwrap_or_default();
    let group = component.group.as_ref().and_then(|id| wiki.site.groups.iter().find(|group| group.id == *id));
    let messages = &wiki.look.theme.messages;
    Card {
        path: paths::page(&paths::component(&component.id)),
        name: component.name.clone(),
        group: group.map(|group| group.name.clone()),
        description: component.description.clone(),
        status: parts::status(&wiki.look, now(wiki, &component.id)),
        owner: service.owner.clone(),
        runbook: service.runbook.clone(),
        dashboard: service.dashboard.clone(),
        checked: checked(wiki, &capacity),
        trend: trend(wiki, component, service),
        headroom: capacity.headroom,
        source: capacity.source,
        incidents: messages.count("incidents", incidents(wiki, &component.id).count()),
        actions: actions::summary(wiki, &postmortems(wiki, &component.id)),
    }
}

/// How the headroom of a component went.
fn trend(wiki: &Wiki, component: &Component, service: &ServiceCard) -> Option<String> {
    let said = |reading: &'_ Capacity| reading.checked.zip(reading.headroom.clone());
    let readings: Vec<(Date, String)> = service.capacity.iter().filter_map(said).collect();
    let points = sparkline::points(readings.iter().map(|(day, text)| (*day, &**text)));
    let (first, last) = readings.first().zip(readings.last())?;
    let day = |day: Date| wiki.look.format().date(day);
    let values = [
        ("name", &*component.name),
        ("from", &*first.1),
        ("first", &*day(first.0)),
        ("to", &*last.1),
        ("last", &*day(last.0)),
    ];
    let label = wiki.look.theme.messages.fill("pm_headroom_trend", &values);
    sparkline::svg(&points, last.1.contains('%'), &label)
}

/// The worst that open incidents say of it, internal ones included.
fn now(wiki: &Wiki, id: &Id) -> ComponentStatus {
    let open = wiki.incidents.iter().filter(|snapshot| snapshot.is_open());
    open.filter_map(|snapshot| snapshot.components.get(id).copied()).max().unwrap_or(ComponentStatus::Operational)
}

fn checked(wiki: &Wiki, capacity: &Capacity) -> Checked {
    let today = wiki.site.settings.zone.date(wiki.look.now());
    let state = |word, key: &str| Status { word, label: wiki.look.theme.messages.get(key).to_owned() };
    Checked {
        day: capacity.checked.map(|date| wiki.look.format().date(date)),
        ago: capacity.checked.map(|date| ago(wiki, today, date)),
        state: match capacity.checked {
            _ if capacity.headroom.is_none() => state("unknown", "pm_headroom_unknown"),
            None => state("partial_outage", "pm_never_checked"),
            Some(date) if today.days_since(date) > CAPACITY_STALE_AFTER => state("partial_outage", "capacity_stale"),
            Some(_) => state("operational", "pm_fresh"),
        },
    }
}

/// `today`, `140 days ago`
fn ago(wiki: &Wiki, today: Date, date: Date) -> String {
    let messages = &wiki.look.theme.messages;
    match usize::try_from(today.days_since(date)) {
        Ok(days) if days > 0 => messages.fill("pm_ago", &[("days", &messages.count("days", days))]),
        _ => messages.get("pm_today").to_owned(),
    }
}

/// Its incidents of the last year, newest first.
fn incidents<'a>(wiki: &'a Wiki, id: &'a Id) -> impl Iterator<Item = &'a Arc<IncidentSnapshot>> {
    let is_recent = |snapshot: &IncidentSnapshot| {
        snapshot.is_open() || wiki.look.now().seconds_since(snapshot.incident.started) <= YEAR
    };
    wiki.incidents.iter().rev().filter(move |snapshot| snapshot.components.contains_key(id) && is_recent(snapshot))
}

fn postmortems(wiki: &Wiki, id: &Id) -> Vec<Arc<Postmortem>> {
    let postmortems = wiki.site.postmortems.iter().rev();
    postmortems.filter(|postmortem| postmortem.components.contains(id)).cloned().collect()
}

/// One reading of how much more a component can carry.
#[derive(Serialize)]
struct ReadingRow {
    /// None if nobody wrote it down.
    day: Option<String>,
    headroom: Option<String>,
    source: Option<String>,
}

/// How many readings a page shows: a weekly query over half a year.
const READINGS_SHOWN: usize = 26;

/// The readings of a component, newest first.
fn readings(wiki: &Wiki, component: &Component) -> Vec<ReadingRow> {
    let known = wiki.site.services.get(&component.id).map_or(&[][..], |card| &card.capacity);
    if known.len() < 2 {
        return Vec::new();
    }
    let row = |reading: &Capacity| ReadingRow {
        day: reading.checked.map(|date| wiki.look.format().date(date)),
        headroom: reading.headroom.clone(),
        source: reading.source.clone(),
    };
    known.iter().rev().take(READINGS_SHOWN).map(row).collect()
}

#[derive(Serialize)]
struct ComponentPage {
    card: Card,
    /// What was read of its headroom, newest first; empty if there is nothing but what the card says.
    readings: Vec<ReadingRow>,
    /// Its page for everybody.
    public: String,
    incidents: Vec<incident::IncidentRow>,
    postmortems: Vec<PostmortemRow>,
    actions: Vec<actions::ActionRow>,
}

pub(super) fn page(wiki: &Wiki, index: usize) -> Made {
    let component = &wiki.site.components[index];
    let folder = paths::component(&component.id);
    let postmortems = postmortems(wiki, &component.id);
    let page = ComponentPage {
        card: card(wiki, component),
        readings: readings(wiki, component),
        public: wiki.look.url(&folder),
        incidents: incidents(wiki, &component.id).map(|snapshot| incident::row(wiki, snapshot)).collect(),
        postmortems: postmortem::postmortem_rows(wiki, postmortems.iter()),
        actions: actions::open(wiki, &postmortems),
    };
    render(wiki, "component.html", &WikiPageHead::new(folder, &*component.name), &page)
}
