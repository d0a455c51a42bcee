//! `maintenance.ics`: planned work as a calendar that people subscribe to; of everything, of each component
//! and of each group.

mod write;

use std::sync::Arc;

use super::facts::Facts;
use super::public_id::public_id;
use super::published::own_markdown;
use super::scope::Scope;
use super::text::host;
use crate::markdown::{self, Links};
use crate::model::MaintenanceStatus;
use crate::output::Route;
use crate::paths;
use crate::theme::Form;
use crate::view::{Interval, MaintenanceSnapshot, MaintenanceState};
use write::CalendarWriter;

/// How many past windows a calendar keeps, and for how many days.
const PAST: usize = 50;
const PAST_DAYS: i64 = 365;

pub(super) fn routes(facts: &Arc<Facts>) -> Vec<Route> {
    Scope::every(facts).iter().flat_map(|scope| scope.routes(facts, paths::CALENDAR, calendar)).collect()
}

/// The work on what the scope is about.
fn calendar(facts: &Facts, scope: &Scope) -> String {
    let messages = &facts.look.theme.messages;
    let subject = scope.name(facts);
    let name = format!("{subject}: {}", messages.get("maintenance"));
    let mut writer = CalendarWriter::default();
    writer.line("BEGIN", "VCALENDAR");
    writer.line("VERSION", "2.0");
    writer.line("PRODID", "-//Candor//Maintenance//EN");
    // What calendars show as its name: RFC 7986, and the older custom.
    writer.text("NAME", &name);
    writer.text("X-WR-CALNAME", &name);
    writer.line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    let listed = listed(facts, scope);
    if listed.is_empty() {
        utc(&mut writer);
    }
    listed.into_iter().for_each(|snapshot| event(facts, snapshot, &mut writer));
    writer.line("END", "VCALENDAR");
    writer.finish()
}

/// A calendar must hold something (section 3.6), and this says nothing that is not so.
fn utc(writer: &mut CalendarWriter) {
    writer.line("BEGIN", "VTIMEZONE");
    writer.line("TZID", "Etc/UTC");
    writer.line("BEGIN", "STANDARD");
    writer.line("DTSTART", "19700101T000000");
    writer.line("TZOFFSETFROM", "+0000");
    writer.line("TZOFFSETTO", "+0000");
    writer.line("END", "STANDARD");
    writer.line("END", "VTIMEZONE");
}

/// By start: the latest of the past ones, and all that goes on or lies ahead, also what was given up.
fn listed<'a>(facts: &'a Facts, scope: &Scope) -> Vec<&'a MaintenanceSnapshot> {
    let now = facts.look.now();
    let oldest = now.plus_seconds(-PAST_DAYS * 24 * 60 * 60);
    let all = facts.maintenance.iter().chain(&facts.to_come).chain(&facts.withdrawn).map(|snapshot| &**snapshot);
    let mut listed: Vec<&MaintenanceSnapshot> = all
        .filter(|snapshot| scope.is_touched(snapshot.maintenance.components.iter()))
        .filter(|snapshot| snapshot.takes_place().until >= oldest)
        .collect();
    listed.sort_by(|a, b| {
        (a.maintenance.scheduled, &a.maintenance.id).cmp(&(b.maintenance.scheduled, &b.maintenance.id))
    });
    let is_past = |snapshot: &MaintenanceSnapshot| {
        snapshot.state() == MaintenanceState::Past && snapshot.takes_place().until <= now
    };
    let mut surplus = listed.iter().filter(|snapshot| is_past(snapshot)).count().saturating_sub(PAST);
    listed.retain(|snapshot| {
        let is_surplus = surplus > 0 && is_past(snapshot);
        surplus -= usize::from(is_surplus);
        !is_surplus
    });
    listed
}

/// `SEQUENCE` counts what happened, and `DTSTAMP` is when: whatever a subscriber can see to change is a step of the
/// work, or an edit of what had been said. Work that was given up stays in the calendar as cancelled, since what merely vanishes stays in the calendars
/// of those who took it over; so does work that waits for another time.
fn event(facts: &Facts, snapshot: &MaintenanceSnapshot, writer: &mut CalendarWriter) {
    let work = &snapshot.maintenance;
    let Interval { from, until } = snapshot.takes_place();
    writer.line("BEGIN", "VEVENT");
    writer
        .line("UID", &format!("{}@{}", public_id("maintenance", work.first_id()), host(&facts.site.settings.id_base)));
    writer.time("DTSTAMP", snapshot.stamped());
    writer.line("SEQUENCE", &snapshot.version().to_string());
    let takes_place = snapshot.status != MaintenanceStatus::Cancelled && !snapshot.waits_undated();
    writer.line("STATUS", if takes_place { "CONFIRMED" } else { "CANCELLED" });
    writer.time("DTSTART", from);
    // Without an end it ends as it begins; an end that is no later than the beginning is not allowed.
    if until > from {
        writer.time("DTEND", until);
    }
    // Work whose file was taken away has neither a title nor a page.
    let (title, page) = match &*work.title {
        "" => (facts.look.theme.messages.get("maintenance_word"), paths::MAINTENANCE.to_owned()),
        title => (title, paths::maintenance(&work.id)),
    };
    writer.text("SUMMARY", title);
    writer.text("DESCRIPTION", &description(facts, snapshot));
    writer.line("URL", &facts.look.url(&page));
    let touched = facts.site.components.iter().filter(|component| work.components.contains(&component.id));
    writer.texts("CATEGORIES", touched.map(|component| &*component.name));
    // It takes nobody's time.
    writer.line("TRANSP", "TRANSPARENT");
    writer.line("END", "VEVENT");
}

/// What will be done, then what was said, newest first.
fn description(facts: &Facts, snapshot: &MaintenanceSnapshot) -> String {
    let plain = |text: &str| markdown::text(text, Links::Absolute(&facts.site.settings.url));
    let published = snapshot.listed();
    let updates = published.iter().rev().map(|update| {
        let status = facts.look.theme.messages.get(update.status.word());
        let text = own_markdown(&facts.look, update.text);
        let (time, text) = (facts.look.format().time(update.at, Form::Full), plain(&text));
        if text.is_empty() { format!("{time}, {status}") } else { format!("{time}, {status}: {text}") }
    });
    let parts = std::iter::once(plain(&snapshot.maintenance.description)).chain(updates);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}
