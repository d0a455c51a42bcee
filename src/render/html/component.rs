//! The page of a component: how it does, how it did, and what happened to it.

use serde::Serialize;

use super::bars::{Bars, Causes, Time, bars, day_anchor, day_names, times};
use super::entries::{EntryLine, line};
use super::months::{ByMonth, by_month};
use super::parts::{IncidentHead, MaintenanceHead, Status, incident, maintenance, status};
use super::{PageHead, render};
use crate::model::{Component, Provider};
use crate::output::Made;
use crate::paths;
use crate::render::facts::Facts;
use crate::time::Date;
use crate::view::{Cause, Day, HistoryEntry};

/// Incidents listed; older ones are in the history.
const PAST: usize = 30;

#[derive(Serialize)]
struct ComponentPage<'a> {
    name: &'a str,
    description: &'a str,
    group: Option<&'a str>,
    /// How it does; none once it is retired.
    status: Option<Status>,
    /// That it is retired, and since when.
    retired: Option<String>,
    /// Where customers use it.
    url: Option<&'a str>,
    /// The same without its scheme.
    url_text: Option<&'a str>,
    providers: &'a [Provider],
    bars: Bars,
    /// For the script of the bars: the names of their days, and what each of them was in trouble for.
    day_names: String,
    causes: String,
    first_day: String,
    last_day: String,
    counted_since: Option<String>,
    times: Vec<Time>,
    /// None where nothing counts yet.
    by_month: Option<ByMonth>,
    open: Vec<IncidentHead>,
    running: Vec<MaintenanceHead>,
    upcoming: Vec<MaintenanceHead>,
    days: Vec<DayRow>,
    past: Vec<EntryLine>,
    older: Option<String>,
    follow: Vec<Follow<'a>>,
}

/// A way to follow the component.
#[derive(Serialize)]
struct Follow<'a> {
    name: &'a str,
    path: String,
    mime: &'static str,
    /// As in the list of feeds that readers find.
    title: &'a str,
}

#[derive(Serialize)]
struct DayRow {
    anchor: String,
    iso: String,
    day: String,
    times: Vec<Time>,
    causes: Vec<CauseLink>,
}

#[derive(Serialize)]
struct CauseLink {
    path: String,
    title: String,
}

pub(super) fn page(facts: &Facts, index: usize) -> Made {
    let component = &facts.site.components[index];
    let record = &facts.records[index];
    let state = facts.overview.components.iter().find(|state| state.component.id == component.id);
    let messages = &facts.look.theme.messages;
    let causes = Causes::of(std::iter::once(record));
    let touching = |ids: &[crate::model::Id]| ids.contains(&component.id);
    let open = facts.overview.open.iter().filter(|snapshot| snapshot.components.contains_key(&component.id));
    let work = |list: &[std::sync::Arc<crate::view::MaintenanceSnapshot>]| {
        let own = list.iter().filter(|snapshot| touching(&snapshot.maintenance.components));
        own.map(|snapshot| maintenance(&facts.look, snapshot)).collect()
    };
    let past: Vec<_> = facts
        .incidents
        .iter()
        .rev()
        .filter(|snapshot| !snapshot.is_open() && snapshot.components.contains_key(&component.id))
        .collect();
    let older = past.len().saturating_sub(PAST);
    let days = record.days.iter().rev().filter(|day| day.uptime.troubled() > 0);
    let group = component.group.as_ref().and_then(|id| facts.site.groups.iter().find(|group| group.id == *id));
    let page = ComponentPage {
        name: &component.name,
        description: &component.description,
        group: group.map(|group| &*group.name),
        status: state.map(|state| status(&facts.look, state.status)),
        retired: component.end.filter(|_| state.is_none()).map(|end| retired(facts, end)),
        url: component.url.as_deref(),
        url_text: component
            .url
            .as_deref()
            .map(|url| url.split_once("://").map_or(url, |(_, rest)| rest).trim_end_matches('/')),
        providers: &component.providers,
        bars: bars(facts, record, &causes, "../../"),
        day_names: day_names(facts),
        causes: causes.json("../../"),
        first_day: record.days.first().map(|day| facts.look.format().date(day.date)).unwrap_or_default(),
        last_day: record.days.last().map(|day| facts.look.format().date(day.date)).unwrap_or_default(),
        counted_since: counted_since(facts, index),
        times: times(facts, &record.uptime),
        by_month: by_month(facts, &facts.monthly()[index]),
        open: open.map(|snapshot| incident(&facts.look, snapshot)).collect(),
        running: work(&facts.overview.running),
        upcoming: work(&facts.overview.upcoming),
        days: days.map(|day| day_row(facts, day)).collect(),
        past: past
            .into_iter()
            .take(PAST)
            .map(|snapshot| line(facts, &HistoryEntry::Incident(std::sync::Arc::clone(snapshot))))
            .collect(),
        older: (older > 0).then(|| messages.count("older_incidents", older)),
        follow: follow(facts, component),
    };
    let state = page.status.as_ref().map(|status| &status.label).or(page.retired.as_ref());
    let state = state.map(|state| state.trim_end_matches('.')).unwrap_or_default();
    let description = format!("{}: {state}. {}", component.name, page.bars.text);
    let folder = paths::component(&component.id);
    render(facts, "component.html", &PageHead::new(&folder, component.name.clone(), description), &page)
}

fn follow<'a>(facts: &'a Facts, component: &'a Component) -> Vec<Follow<'a>> {
    let ways = [
        ("RSS", paths::HISTORY_RSS, "application/rss+xml"),
        ("Atom", paths::HISTORY_ATOM, "application/atom+xml"),
        (facts.look.theme.messages.get("updates"), paths::UPDATES_ATOM, "application/atom+xml"),
        ("JSON Feed", paths::FEED_JSON, "application/feed+json"),
        ("iCalendar", paths::CALENDAR, "text/calendar"),
    ];
    let ways = ways.map(|(name, file, mime)| {
        let path = paths::component(&component.id) + file;
        Follow { name, path, mime, title: &component.name }
    });
    ways.into()
}

fn retired(facts: &Facts, end: Date) -> String {
    facts.look.theme.messages.fill("retired_on", &[("date", &facts.look.format().date(end))])
}

/// A word on a component that is younger than the bars.
fn counted_since(facts: &Facts, index: usize) -> Option<String> {
    let start = facts.site.components[index].start?;
    let first = facts.records[index].days.first()?.date;
    (start > first)
        .then(|| facts.look.theme.messages.fill("counted_since", &[("date", &facts.look.format().date(start))]))
}

fn day_row(facts: &Facts, day: &Day) -> DayRow {
    let causes = day.causes.iter().map(|cause| match cause {
        Cause::Incident(id, title) => CauseLink { path: paths::file(&paths::incident(id)), title: title.clone() },
        Cause::Maintenance(id, title) => CauseLink { path: paths::file(&paths::maintenance(id)), title: title.clone() },
    });
    let causes = causes.collect();
    DayRow {
        anchor: day_anchor(day),
        iso: day.date.iso(),
        day: facts.look.format().date(day.date),
        times: times(facts, &day.uptime),
        causes,
    }
}
