//! Months as pictures: the days of a year as a calendar, and the uptime of a component month by month.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use super::bars::{CELL, HEIGHT, PITCH, Time, rise, times};
use super::parts::severity;
use crate::model::ComponentStatus;
use crate::paths;
use crate::render::facts::Facts;
use crate::time::{Date, Zone};
use crate::view::{HistoryEntry, MONTHS, Month, MonthUptime};

/// Units from one day of the calendar to the next.
const DAY: usize = 12;

/// A month of the calendar: its days in rows of a week, the one of Monday first, and the way to its page.
#[derive(Serialize)]
pub(super) struct CalendarMonth {
    path: String,
    name: String,
    entries: String,
    /// The days on which nothing happened, as the path of points.
    quiet: String,
    days: Vec<CalendarDay>,
}

/// A day on which something happened, in the shape of its status.
#[derive(Serialize)]
struct CalendarDay {
    status: &'static str,
    title: String,
    path: String,
}

/// The last months of the history, the oldest first.
pub(super) fn calendar(facts: &Facts, entries: impl Fn(&Month) -> String) -> Vec<CalendarMonth> {
    let months = facts.months.iter().take(MONTHS).rev();
    months.map(|month| calendar_month(facts, month, entries(month))).collect()
}

fn calendar_month(facts: &Facts, month: &Month, entries: String) -> CalendarMonth {
    let zone = facts.site.settings.zone;
    let (first, next) = Zone::month_bounds(month.first);
    let last = zone.date(facts.look.now()).min(next.minus_days(1));
    let statuses = statuses(month, zone, first, last);
    let (mut quiet, mut days) = (String::new(), Vec::new());
    for date in std::iter::successors(Some(first), |date| Some(date.plus_days(1))).take_while(|date| *date <= last) {
        let place = first.weekday() + date.day() as usize - 1;
        let (x, y) = (place % 7 * DAY, place / 7 * DAY);
        match statuses.get(&date) {
            None => _ = write!(quiet, "M{} {}h0", x + DAY / 2, y + DAY / 2),
            Some(status) => days.push(CalendarDay {
                status: status.word(),
                title: facts.look.format().day(date) + ": " + facts.look.theme.messages.get(status.word()),
                path: format!("M{x} {y}{}", shape(*status)),
            }),
        }
    }
    let path = paths::file(&paths::month(month.first));
    CalendarMonth { path, name: facts.look.format().month(month.first), entries, quiet, days }
}

/// The worst of each day between these two.
fn statuses(month: &Month, zone: Zone, first: Date, last: Date) -> BTreeMap<Date, ComponentStatus> {
    let mut statuses: BTreeMap<Date, ComponentStatus> = BTreeMap::new();
    for entry in &month.entries {
        let status = match entry {
            // What nobody felt was there all the same.
            HistoryEntry::Incident(snapshot) => severity(snapshot).max(ComponentStatus::UnderMaintenance),
            HistoryEntry::Maintenance(_) => ComponentStatus::UnderMaintenance,
        };
        for (from, until) in entry.days(zone) {
            let days = std::iter::successors(Some(from.max(first)), |date| Some(date.plus_days(1)));
            for date in days.take_while(|date| *date <= until.min(last)) {
                let worst = statuses.entry(date).or_insert(status);
                *worst = status.max(*worst);
            }
        }
    }
    statuses
}

/// The mark of a status in a square of ten units whose corner is where the pen is.
fn shape(status: ComponentStatus) -> &'static str {
    match status {
        ComponentStatus::Operational | ComponentStatus::UnderMaintenance => "m5 0l5 5-5 5-5-5z",
        ComponentStatus::DegradedPerformance => "m5 0a5 5 0 0 1 0 10zm0 0a5 5 0 0 0 0 10v-1.5a3.5 3.5 0 0 1 0-7z",
        ComponentStatus::PartialOutage => "m5 0l5 10h-10z",
        ComponentStatus::MajorOutage => "h10v10h-10z",
    }
}

/// The uptime of a component by month, as a picture and as rows.
#[derive(Serialize)]
pub(super) struct ByMonth {
    width: u64,
    /// The months without trouble, as the path of a dashed line.
    quiet: String,
    bars: Vec<MonthBar>,
    /// The newest first.
    rows: Vec<MonthRow>,
    first: String,
    last: String,
}

#[derive(Serialize)]
struct MonthBar {
    x: u64,
    y: String,
    height: String,
    status: &'static str,
}

#[derive(Serialize)]
struct MonthRow {
    name: String,
    /// None where no page tells of the month.
    path: Option<String>,
    percent: String,
    times: Vec<Time>,
}

/// None where nothing counts yet.
pub(super) fn by_month(facts: &Facts, months: &[MonthUptime]) -> Option<ByMonth> {
    let (first, last) = (months.first()?, months.last()?);
    let mut quiet = String::new();
    let mut bars = Vec::new();
    for (index, month) in (0..).zip(months) {
        let x = index * PITCH;
        if month.uptime.troubled() == 0 {
            _ = write!(quiet, "M{x} 22h{CELL}");
            continue;
        }
        let height = rise(month.uptime.troubled(), LONGEST);
        let (y, height) = (format!("{:.0}", HEIGHT - height), format!("{height:.0}"));
        bars.push(MonthBar { x, y, height, status: month.uptime.worst().word() });
    }
    let name = |month: &MonthUptime| facts.look.format().month(month.first);
    Some(ByMonth {
        width: months.len() as u64 * PITCH - (PITCH - CELL),
        quiet,
        bars,
        rows: months.iter().rev().map(|month| month_row(facts, month)).collect(),
        first: name(first),
        last: name(last),
    })
}

/// Trouble of this many minutes fills the height of a month.
const LONGEST: f64 = 31.0 * 1440.0;

fn month_row(facts: &Facts, month: &MonthUptime) -> MonthRow {
    let has_page = facts.months.iter().any(|known| known.first == month.first);
    let share = month.uptime.share().unwrap_or(1.0);
    MonthRow {
        name: facts.look.format().month(month.first),
        path: has_page.then(|| paths::file(&paths::month(month.first))),
        percent: facts.look.format().percent(share),
        times: times(facts, &month.uptime),
    }
}
