//! Statuspage's `/history?page=N` as JSON, which goes back to the first incident, three months a page. Of
//! each it knows name, impact, last word, and when it began and ended:
//!
//! ```text
//! {"months": [{"year": 2023, "month"…: …, "incidents": [{"code": "…", "name": "…", "message": "…", "impact": "minor",
//!   "timestamp": "Aug <var data-var='date'>10</var>, <var data-var='time'>00:17</var> - <var data-var='time'>01:30</var> UTC"}]}]}
//! ```

use serde_json::Value;

use super::moment::{Years, times_in};
use crate::import::Notes;
use crate::import::html::plain;
use crate::import::object::texts;
use crate::import::page::objects::{Incident, Readable, Update};
use crate::import::times::{Frame, Moment};
use crate::time::{Time, Zone};

/// The incidents of the months.
pub(super) fn read(path: &str, months: Vec<Value>, zone: Option<Zone>, notes: &mut Notes) -> Vec<Incident> {
    let mut found = Vec::new();
    for month in months {
        let year = month.get("year").and_then(Value::as_i64).and_then(|year| years(year, zone));
        let incidents = month.get("incidents").and_then(Value::as_array);
        let (Some(years), Some(incidents)) = (year, incidents) else {
            let message = "a month without a year or without a list of incidents; not imported";
            notes.set_aside(path, &texts(&month), message);
            continue;
        };
        found.extend(incidents.iter().filter_map(|told| incident(path, told, &years, notes)));
    }
    if !found.is_empty() {
        let message = "the history knows of an incident its last word alone, neither components nor its other updates, and times to the minute; it was taken to be over, and has no effect on uptime";
        notes.add(path, None, message);
    }
    found
}

/// A year, and as far into the next one as planned work may reach.
fn years(year: i64, zone: Option<Zone>) -> Option<Years> {
    let from = Time::parse(&format!("{year:04}-01-01T00:00Z")).ok()?;
    let until = from.plus_seconds(365 * 86_400);
    Some(Years { from, until, clocks: zone.map_or(Frame::Offset(0), Frame::Zone) })
}

fn incident(path: &str, told: &Value, years: &Years, notes: &mut Notes) -> Option<Incident> {
    let text = |key: &str| told.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    let name = text("name").map(plain).unwrap_or_default();
    let said: Vec<String> = [text("name"), text("message")].into_iter().flatten().map(plain).collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    let Some(code) = text("code") else {
        notes.set_aside(path, &said, format!("`{name}`: it has no code; not imported"));
        return None;
    };
    let words = plain(text("timestamp").unwrap_or_default());
    let moments = times_in(&words, years.clocks);
    let place = |moment: Option<&Moment>, later| moment.and_then(|moment| years.in_first(moment, later));
    let Some((from, doubt)) = place(moments.first(), 0) else {
        notes.set_aside(path, &said, format!("`{name}`: its time, `{words}`, cannot be read; not imported"));
        return None;
    };
    doubt.iter().for_each(|doubt| notes.time(path, None, format!("`{name}`: {doubt}")));
    // From December to January is into the next year.
    let ends = [0, 1].into_iter().filter_map(|later| place(moments.last(), later)).map(|(time, _)| time);
    let until = ends.into_iter().find(|until| *until >= from).unwrap_or(from);
    let is_planned = text("impact") == Some("maintenance");
    let status = if is_planned { "completed" } else { "resolved" }.to_owned();
    let update = Update {
        status: Some(status.clone()),
        body: text("message").map(str::to_owned),
        display_at: Some(Readable::from(until)),
        ..Update::default()
    };
    Some(Incident {
        id: Some(code.to_owned()),
        name: Some(name.clone()).filter(|name| !name.is_empty()),
        status: Some(status),
        impact: text("impact").filter(|_| !is_planned).map(str::to_owned),
        started_at: Some(Readable::from(from)),
        scheduled_for: is_planned.then_some(Readable::from(from)),
        scheduled_until: is_planned.then_some(Readable::from(until)),
        incident_updates: Some(vec![update]),
        ..Incident::default()
    })
}
