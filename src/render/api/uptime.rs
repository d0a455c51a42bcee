//! `api/uptime.json`: what every percentage is made of, so that anybody can work it out again.
//!
//! Codes and times are those of `api/v2`. An interval that goes on ends where the window does.

use serde::Serialize;

use crate::model::ComponentStatus;
use crate::paths;
use crate::render::facts::Facts;
use crate::render::public_id::public_id;
use crate::time::Time;
use crate::view::{Cause, DAYS, Record, Trouble, Uptime, WEIGHTS, window_start};

const FORMULA: &str = "share = 1 - (sum over the statuses of weight x seconds) / counted_seconds. Time before a \
                       component's start and after its end is not counted. Where intervals overlap, the worst status counts, and once.";

#[derive(Serialize)]
pub(super) struct UptimeAnswer {
    page: MeasuredPage,
    window: UptimeWindow,
    formula: &'static str,
    weights: ByStatus<f64>,
    components: Vec<ComponentUptime>,
}

#[derive(Serialize)]
struct MeasuredPage {
    name: String,
    url: String,
    time_zone: &'static str,
}

#[derive(Serialize)]
struct UptimeWindow {
    from: String,
    until: String,
    days: u64,
}

/// A value for each status, the worst first.
#[derive(Serialize)]
struct ByStatus<T> {
    major_outage: T,
    partial_outage: T,
    degraded_performance: T,
    under_maintenance: T,
    operational: T,
}

#[derive(Serialize)]
struct ComponentUptime {
    /// As in `api/v2`.
    id: String,
    slug: String,
    name: String,
    start_date: Option<String>,
    /// Its last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    counted_seconds: Seconds,
    seconds: ByStatus<Seconds>,
    /// 0 to 1; null if nothing is counted.
    share: Option<f64>,
    intervals: Vec<UptimeSpan>,
}

#[derive(Serialize)]
struct UptimeSpan {
    from: String,
    until: String,
    status: &'static str,
    /// `incident` or `maintenance`.
    kind: &'static str,
    /// As in `api/v2`.
    id: String,
    url: String,
}

/// Whole seconds, with a fraction only where there is one.
#[derive(Serialize)]
#[serde(untagged)]
enum Seconds {
    Whole(i64),
    Broken(f64),
}

pub(super) fn answer(facts: &Facts) -> UptimeAnswer {
    let settings = &facts.site.settings;
    let zone = settings.zone;
    let from = window_start(zone, facts.look.now());
    // A retired one keeps its percentage, on its own page, as long as a day of it counts.
    let records = facts.records.iter().filter(|it| !facts.is_retired(&it.component) || it.uptime.counted > 0);
    UptimeAnswer {
        page: MeasuredPage { name: settings.name.clone(), url: settings.url.clone(), time_zone: zone.name() },
        window: UptimeWindow { from: from.rfc3339_in(zone), until: facts.look.now().rfc3339_in(zone), days: DAYS },
        formula: FORMULA,
        weights: by_status(weight),
        components: records.map(|record| component(facts, record)).collect(),
    }
}

fn by_status<T>(of: impl Fn(ComponentStatus) -> T) -> ByStatus<T> {
    ByStatus {
        major_outage: of(ComponentStatus::MajorOutage),
        partial_outage: of(ComponentStatus::PartialOutage),
        degraded_performance: of(ComponentStatus::DegradedPerformance),
        under_maintenance: of(ComponentStatus::UnderMaintenance),
        operational: of(ComponentStatus::Operational),
    }
}

fn weight(status: ComponentStatus) -> f64 {
    WEIGHTS.iter().find(|(weighed, _)| *weighed == status).map_or(0.0, |(_, weight)| *weight)
}

fn component(facts: &Facts, record: &Record) -> ComponentUptime {
    let Record { component, uptime, troubles, .. } = record;
    ComponentUptime {
        id: public_id("component", component.first_id()),
        slug: component.id.to_string(),
        name: component.name.clone(),
        start_date: component.start.map(|date| date.iso()),
        end_date: component.end.map(|date| date.iso()),
        counted_seconds: seconds(uptime.counted),
        seconds: by_status(|status| seconds(millis(uptime, status))),
        share: uptime.share(),
        intervals: troubles.iter().map(|trouble| span(facts, trouble)).collect(),
    }
}

fn millis(uptime: &Uptime, status: ComponentStatus) -> i64 {
    if status == ComponentStatus::Operational { uptime.counted - uptime.troubled() } else { uptime.millis(status) }
}

fn seconds(millis: i64) -> Seconds {
    if millis % 1000 == 0 { Seconds::Whole(millis / 1000) } else { Seconds::Broken(millis as f64 / 1000.0) }
}

fn span(facts: &Facts, trouble: &Trouble) -> UptimeSpan {
    let Trouble { interval, status, cause } = trouble;
    let time = |time: Time| time.rfc3339_in(facts.site.settings.zone);
    let (kind, page, id) = match cause {
        Cause::Incident(id, _) => ("incident", paths::incident(id), id),
        Cause::Maintenance(id, _) => ("maintenance", paths::maintenance(id), id),
    };
    UptimeSpan {
        from: time(interval.from),
        until: time(interval.until),
        status: status.word(),
        kind,
        id: public_id(kind, id),
        url: facts.look.url(&page),
    }
}
